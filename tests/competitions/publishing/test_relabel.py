"""Judges' labels are dealt anew for every work and aspect; nobody can be followed, and no place changes."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from competitions.rules.relabel import Given, relabel
from foundation.tabulation.marks import ABSENT, Mark
from foundation.tabulation.output import standings_csv
from foundation.tabulation.ranking import tabulate
from tests.competitions.publishing.contests_made_up import MadeUp, made_up


def shuffled(seed: int):
    source = random.Random(seed)
    return lambda count: source.sample(range(count), count)


def backwards(count: int) -> Sequence[int]:
    return range(count - 1, -1, -1)


def test_each_work_and_aspect_gets_labels_of_its_own_from_j1_on():
    given_marks = [
        Given(Mark("W02", "P1", "J4", 8500), "d"),
        Given(Mark("W01", "P1", "J4", ABSENT)),
        Given(Mark("W01", "P1", "J2", 9000)),
        Given(Mark("W01", "P1", "J7", 8000)),
        Given(Mark("W01", "M1", "J7", 60_000)),
    ]
    assert relabel(given_marks, backwards) == [
        Given(Mark("W01", "M1", "J1", 60_000)),
        Given(Mark("W01", "P1", "J1", ABSENT)),
        Given(Mark("W01", "P1", "J2", 9000)),
        Given(Mark("W01", "P1", "J3", 8000)),
        Given(Mark("W02", "P1", "J1", 8500), "d"),
    ]


@given(made_up(), st.integers())
def test_the_standings_stay_as_they_were(contest: MadeUp, seed: int):
    dealt = [row.mark for row in relabel([Given(mark) for mark in contest.marks], shuffled(seed))]
    before = tabulate(contest.scheme, contest.entries, contest.marks, contest.coefficients)
    after = tabulate(contest.scheme, contest.entries, dealt, contest.coefficients)
    assert standings_csv(after) == standings_csv(before)
    assert [replace(line, modules=()) for line in after.lines] == [replace(line, modules=()) for line in before.lines]


@given(made_up(), st.integers())
def test_no_mark_is_lost_made_or_changed(contest: MadeUp, seed: int):
    dealt = [row.mark for row in relabel([Given(mark) for mark in contest.marks], shuffled(seed))]
    assert Counter(mark._replace(judge="") for mark in dealt) == Counter(
        mark._replace(judge="") for mark in contest.marks
    )


@given(made_up(), st.integers(), st.randoms())
def test_who_gave_which_mark_leaves_no_trace(contest: MadeUp, seed: int, chance: random.Random):
    """Whoever of the judges gave a mark, the same comes out: nothing in the bundle depends on it."""
    rows = [Given(mark) for mark in contest.marks]
    exchanged = [Given(row.mark._replace(judge=f"X{chance.random()}")) for row in rows]
    chance.shuffle(exchanged)
    assert relabel(exchanged, shuffled(seed)) == relabel(rows, shuffled(seed))
