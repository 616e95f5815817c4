"""A teller's tally: read, impossible ones refused, two of them compared cell by cell."""

from dataclasses import dataclass

import pytest

from craftsmen.rules.tallies import Tally, differences, read_tally, tally_problems
from craftsmen.rules.votes import Counted, Meeting
from foundation.base.problem import Problem

NINE = Meeting(frozenset(range(9)), frozenset(range(7)), {2: frozenset({0, 8})})  # of 7 there, one keeps out of 2


@dataclass
class Typed:
    fields: dict[str, str]

    def value(self, name: str, default: str = "") -> str:
        return self.fields.get(name, default)


def tally(given_out=7, returned=7, invalid=0, one=(5, 1, 1), two=(4, 1, 1)) -> Tally:
    return Tally(given_out, returned, invalid, (Counted(1, *one), Counted(2, *two)))


def test_what_was_typed_is_read_whole_or_not_at_all():
    cells = {name: str(found) for name, found in tally().cells.items()}
    assert read_tally(Typed(cells), [1, 2]) == (tally(), [])
    wrong = {**cells, "yes-2": "四", "returned": "", "no-1": "-1"}
    assert read_tally(Typed(wrong), [1, 2]) == (
        None, [Problem("vote_figure", "returned"), Problem("vote_figure", "no-1"), Problem("vote_figure", "yes-2")]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "codes"),
    [
        (tally(), []),
        (tally(given_out=8), ["vote_given_out"]),
        (tally(returned=8), ["vote_returned"]),
        (tally(given_out=6, returned=6, one=(4, 1, 1), two=(4, 1, 1)), []),  # who keeps out may have sent none back
        (tally(given_out=6, returned=6, one=(4, 1, 1), two=(3, 1, 1)), []),
        (tally(invalid=8), ["vote_invalid"]),
        (tally(one=(5, 1, 0)), ["vote_line_sum"]),
        (tally(two=(5, 1, 1)), ["vote_line_sum"]),  # seven words where one keeps out
        (tally(invalid=1, one=(5, 1, 0), two=(4, 1, 0)), []),
        (tally(invalid=1, one=(5, 1, 0), two=(4, 1, 1)), []),  # the one that is not valid was theirs
        (tally(returned=0, one=(0, 0, 0), two=(0, 0, 0)), []),
        (tally(one=(7, 0, 0), two=(6, 0, 0)), ["vote_all_yes"]),
    ],
)
def test_what_cannot_be_is_refused(found, codes):
    assert [problem.code for problem in tally_problems(found, NINE, 1 if "vote_all_yes" in codes else 2)] == codes


def test_two_tallies_differ_cell_by_cell():
    assert differences(tally(), tally()) == {}
    assert differences(tally(), tally(invalid=1, two=(3, 2, 1))) == {
        "invalid": (0, 1), "yes-2": (4, 3), "no-2": (1, 2),
    }  # fmt: skip
