"""What was paid for before is found by innovation, patent, studio and person."""

import pytest

from innovations.rules.double_funding import Funded, Overlap, Same, overlaps, patent_number

ASKING = Funded(
    "subsidy:2026/3",
    2026,
    innovations=frozenset({4}),
    patents=frozenset({"ZL 2023 1 0456789.X"}),
    persons=frozenset({9}),
)


@pytest.mark.parametrize(
    "written", ["ZL 2023 1 0456789.X", "zl202310456789.x", "2023 10456789X", "CN202310456789.X", "ZL202310456789-X"]
)
def test_a_patent_is_one_however_it_is_written(written):
    assert patent_number(written) == "202310456789X"


def test_everything_in_common_is_told_the_weightiest_and_newest_first():
    before = [
        Funded("contest:2024/1", 2024, persons=frozenset({9})),
        Funded("subsidy:2024/8", 2024, 30_000_00, innovations=frozenset({4}), persons=frozenset({9, 10})),
        Funded("subsidy:2025/2", 2025, 20_000_00, patents=frozenset({"202310456789.x"})),
        Funded("subsidy:2025/5", 2025, 20_000_00, studios=frozenset({1}), persons=frozenset({77})),
        ASKING,
    ]
    assert overlaps(ASKING, before) == [
        Overlap(Same.INNOVATION, "4", "subsidy:2024/8", 2024, 30_000_00),
        Overlap(Same.PATENT, "202310456789X", "subsidy:2025/2", 2025, 20_000_00),
        Overlap(Same.PERSON, "9", "contest:2024/1", 2024, 0),
        Overlap(Same.PERSON, "9", "subsidy:2024/8", 2024, 30_000_00),
    ]


def test_two_without_a_patent_have_none_in_common():
    asking, other = (Funded(what, 2026, patents=frozenset({" ", "ZL"})) for what in ("a", "b"))
    assert overlaps(asking, [other]) == []
