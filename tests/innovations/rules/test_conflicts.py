"""Each fact that keeps a reviewer out, alone and together."""

import pytest

from innovations.rules.conflicts import Ground, Judge, Work, barred, counted, grounds
from innovations.rules.review_rules import Level

WORK = Work(
    "a",
    authors=frozenset({11, 12}),
    units=frozenset({5}),
    groups=frozenset({50}),
    studios=frozenset({7}),
    cities=frozenset({3}),
    named=frozenset({"ling"}),
)


@pytest.mark.parametrize(
    ("judge", "told"),
    [
        (Judge("wu"), ()),
        (Judge("wu", worker=11), (Ground.AUTHOR,)),
        (Judge("wu", units=frozenset({5})), (Ground.UNIT,)),
        (Judge("wu", units=frozenset({6}), groups=frozenset({50})), (Ground.GROUP,)),  # two daughters of one company
        (Judge("wu", units=frozenset({50})), (Ground.GROUP,)),  # the company above
        (Judge("wu", units=frozenset({51}), groups=frozenset({5})), (Ground.GROUP,)),  # a daughter of the unit
        (Judge("wu", units=frozenset({5}), groups=frozenset({50})), (Ground.UNIT,)),  # told once
        (Judge("wu", co_authors=frozenset({12, 99})), (Ground.CO_AUTHOR,)),
        (Judge("wu", studios=frozenset({7})), (Ground.STUDIO,)),
        (Judge("wu", cities=frozenset({3, 4})), (Ground.CITY,)),
        (Judge("ling"), (Ground.NAMED,)),
        (Judge("wu", declared=frozenset({"a"})), (Ground.DECLARED,)),
        (Judge("wu", declared=frozenset({"b"})), ()),
        (Judge("ling", worker=12, cities=frozenset({3, 4})), (Ground.AUTHOR, Ground.CITY, Ground.NAMED)),
    ],
)
def test_every_ground(judge, told):
    assert grounds(judge, WORK, same_city=True) == told


@pytest.mark.parametrize(
    ("judge", "told"),
    [
        (Judge("wu", name="占云帆"), (Ground.AUTHOR,)),  # nobody knows which 占云帆 they are
        (Judge("wu", name="占云帆", worker=40), ()),  # another of this name
        (Judge("wu", name="汪砚"), (Ground.AUTHOR,)),
        (Judge("wu", name="汪砚", worker=40), (Ground.AUTHOR,)),  # the author may be them
        (Judge("wu", name="乐春晓"), ()),
        (Judge("wu"), ()),
    ],
)
def test_who_bears_the_name_of_an_author_where_one_of_both_is_unknown(judge, told):
    work = Work("a", names=frozenset({"占云帆", "汪砚"}), unknown=frozenset({"汪砚"}), authors=frozenset({11}))
    assert grounds(judge, work, same_city=False) == told


def test_a_city_counts_only_where_the_round_says_so_and_unknown_is_not_the_same():
    assert grounds(Judge("wu", cities=frozenset({3, 4})), WORK, same_city=False) == ()
    assert grounds(Judge("wu"), Work("b"), same_city=True) == ()


def test_for_all_items_at_once():
    judges = [Judge("wu", worker=11), Judge("ling"), Judge("xu")]
    assert barred(judges, [WORK, Work("b")], same_city=True) == {"a": frozenset({"wu", "ling"}), "b": frozenset()}


def test_in_a_units_own_review_to_be_of_the_unit_is_no_ground():
    found = (Ground.AUTHOR, Ground.UNIT, Ground.GROUP, Ground.CO_AUTHOR, Ground.CITY)
    assert counted(found, Level.ENTERPRISE) == (Ground.AUTHOR, Ground.CO_AUTHOR)
    assert counted(found, Level.CITY) == found
