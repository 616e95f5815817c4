"""Who stands too near to decide: same name, same unit, the unit above or below; the federation is near to nobody."""

import pytest

from craftsmen.rules.conflicts import Ground, Sitting, Standing, ground


@pytest.mark.parametrize(
    ("name", "paths", "why"),
    [
        ("万青", {"1.5.a."}, None),
        ("程 砚秋", {"1."}, Ground.SAME_NAME),
        ("万青", {"1.5.a2.7."}, Ground.SAME_UNIT),
        ("万青", {"1.", "1.5.a2.7."}, Ground.SAME_UNIT),
        ("万青", {"1.5.a2."}, Ground.NEXT_UNIT),
        ("万青", {"1.5.a2.7.9."}, Ground.NEXT_UNIT),
        ("万青", {"1.5."}, None),  # two above
        ("万青", {"1.5.a2.8."}, None),  # beside
        ("万青", {"1."}, None),
        ("万青", set(), None),
    ],
)
def test_who_keeps_out(name, paths, why):
    nominee = Standing(7, frozenset({"程砚秋"}), "1.5.a2.7.")
    assert ground(Sitting(1, name, frozenset(paths)), nominee) == why


def test_the_federation_is_directly_above_many_and_near_to_none():
    assert ground(Sitting(1, "万青", frozenset({"1."})), Standing(7, frozenset({"程砚秋"}), "1.5.")) is None


def test_a_blank_name_is_nobody_s():
    assert ground(Sitting(1, "", frozenset()), Standing(7, frozenset({""}), "1.5.")) is None
