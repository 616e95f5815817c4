"""Who is chosen: RULES.md's figures (3 x yes >= 2 x n), bases, quorum, seats, ties; against a slow second writing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftsmen.rules.round_rules import VoteRule
from craftsmen.rules.votes import (
    Choice,
    Counted,
    Meeting,
    Outcome,
    ballot_problems,
    ballots_text,
    by_chair,
    decide,
    needed,
    next_candidates,
    quorum,
    reached,
    read_result,
    result_json,
)
from foundation.base.problem import Problem


def meeting(members: int, attending: int | None = None, **recused: list[int]) -> Meeting:
    """Seats 1 … members; `n7=[2]`: seat 2 keeps out of nomination 7."""
    there = members if attending is None else attending
    kept = {int(key[1:]): frozenset(seats) for key, seats in recused.items()}
    return Meeting(frozenset(range(1, members + 1)), frozenset(range(1, there + 1)), kept)


def counted(found: Meeting, **yes: int) -> list[Counted]:
    """`n7=5`: five said yes to nomination 7, all others who may said no."""
    lines = {int(key[1:]): said for key, said in yes.items()}
    return [Counted(key, said, max(0, len(found.voters(key)) - said), 0) for key, said in lines.items()]


# members there, the least yes by two thirds, by half, by three quarters: counted with a pencil
NEEDED = [
    (1, 1, 1, 1), (2, 2, 1, 2), (3, 2, 2, 3), (4, 3, 2, 3), (5, 4, 3, 4), (6, 4, 3, 5), (7, 5, 4, 6), (8, 6, 4, 6),
    (9, 6, 5, 7), (10, 7, 5, 8), (11, 8, 6, 9), (12, 8, 6, 9), (13, 9, 7, 10), (15, 10, 8, 12), (21, 14, 11, 16),
]  # fmt: skip


@pytest.mark.parametrize(("base", "thirds", "half", "quarters"), NEEDED)
def test_the_least_yes_that_reaches_the_threshold(base, thirds, half, quarters):
    rules = [VoteRule(), VoteRule(numerator=1, denominator=2), VoteRule(numerator=3, denominator=4)]
    assert [needed(rule, base) for rule in rules] == [thirds, half, quarters]
    assert [reached(rule, needed(rule, base), base) for rule in rules] == [True] * 3
    assert [reached(rule, needed(rule, base) - 1, base) for rule in rules] == [False] * 3


@pytest.mark.parametrize(
    ("members", "there", "lacking"), [(9, 6, 0), (9, 5, 1), (10, 6, 1), (10, 7, 0), (7, 5, 0), (7, 4, 1), (1, 0, 1)]
)
def test_two_thirds_of_the_members_must_be_there(members, there, lacking):
    assert quorum(VoteRule(), members, there) == lacking


# Nine members, seven there; seats 1 (there) and 9 (not there) keep out of nomination 7: what is the base?
@pytest.mark.parametrize(("base", "size", "least"), [("present", 6, 4), ("eligible", 7, 5), ("total", 9, 6)])
def test_a_recusal_reduces_the_base_where_the_base_is_who_may_vote(base, size, least):
    found = meeting(9, 7, n7=[1, 9])
    (line,) = decide(VoteRule(base=base), 1, found, counted(found, n7=least)).lines
    assert (line.base, line.needed, line.recused, line.outcome) == (size, least, 2, Outcome.CHOSEN)
    (line,) = decide(VoteRule(base=base), 1, found, counted(found, n7=least - 1)).lines
    assert line.outcome is Outcome.BELOW


def test_there_is_no_other_base():
    with pytest.raises(ValueError, match="everybody"):
        meeting(3).base("everybody", 1)


def test_more_than_the_seats_reach_it_and_the_best_are_chosen():
    found = meeting(9)
    result = decide(VoteRule(), 2, found, counted(found, n1=6, n2=9, n3=8, n4=5))
    assert [line.outcome for line in result.lines] == [Outcome.BEHIND, Outcome.CHOSEN, Outcome.CHOSEN, Outcome.BELOW]
    assert (result.seats_left, result.tied) == (0, ())


def test_equals_at_the_last_seat_are_tied_and_stand_in_another_ballot():
    found = meeting(9)
    result = decide(VoteRule(), 2, found, counted(found, n1=9, n2=7, n3=7, n4=6))
    assert (result.chosen, result.tied, result.seats_left) == ((1,), (2, 3), 1)
    assert next_candidates(VoteRule(), result, 1) == (2, 3)
    assert next_candidates(VoteRule(most_ballots=1), result, 1) == ()
    assert next_candidates(VoteRule(ties="chair"), result, 1) == ()


def test_whoever_is_not_chosen_stands_again_while_seats_are_left():
    found = meeting(9)
    result = decide(VoteRule(), 3, found, counted(found, n1=9, n2=5, n3=0))
    assert (result.chosen, result.seats_left) == ((1,), 2)
    assert next_candidates(VoteRule(), result, 1) == (2, 3)
    assert next_candidates(VoteRule(), result, 3) == ()


def test_shares_of_unlike_bases_are_compared_as_fractions():
    found = meeting(9, 9, n2=[1, 2, 3])  # 5 of 6 is more than 7 of 9
    result = decide(VoteRule(), 1, found, counted(found, n1=7, n2=5))
    assert (result.chosen, result.of(Outcome.BEHIND)) == ((2,), (1,))


def test_scores_part_equals_where_the_rule_says_so_and_equal_scores_do_not():
    found, rule = meeting(9), VoteRule(ties="score")
    counts = counted(found, n1=7, n2=7, n3=7)
    third = Fraction(271, 3)
    result = decide(rule, 2, found, counts, {1: third, 2: third + 1, 3: third})
    assert (result.chosen, result.tied, result.by) == ((2,), (1, 3), "score")
    result = decide(rule, 2, found, counts, {1: third - 1, 2: third + 1, 3: third})
    assert (result.chosen, result.tied, result.by) == ((2, 3), (), "score")
    assert decide(rule, 2, found, counts, {1: third, 2: third}).tied == (1, 2, 3)


def test_the_chair_fills_exactly_the_last_seats_from_the_equals():
    found = meeting(9)
    result = decide(VoteRule(ties="chair"), 2, found, counted(found, n1=9, n2=7, n3=7))
    assert by_chair(result, [1]) == Problem("vote_tie_pick", "pick", {"n": "1"})
    assert by_chair(result, [2, 3]) == Problem("vote_tie_pick", "pick", {"n": "1"})
    decided = by_chair(result, [3])
    assert not isinstance(decided, Problem)
    assert (decided.chosen, decided.of(Outcome.BEHIND), decided.seats_left) == ((1, 3), (2,), 0)


def test_nobody_is_chosen_by_nobody():
    found = meeting(3, 3, n1=[1, 2, 3])
    (line,) = decide(VoteRule(), 1, found, [Counted(1, 0, 0, 0)]).lines
    assert (line.base, line.outcome) == (0, Outcome.BELOW)


def test_an_electronic_ballot_says_a_word_for_each_and_no_more_yes_than_seats():
    given = {1: Choice.YES, 2: Choice.YES, 3: None}
    assert ballot_problems([1, 2, 3, 4], given, [4], 1) == [
        Problem("vote_choice_missing", "choice-3"),
        Problem("vote_too_many_yes", "", {"n": "2", "seats": "1"}),
    ]
    assert ballot_problems([1, 2, 3, 4], {**given, 3: Choice.ABSTAIN}, [4], 2) == []


def test_ballots_are_written_sorted_whatever_order_they_came_in():
    one = [("r-8-002", "yes"), ("r-8-001", "no"), ("r-8-002", "abstain")]
    assert ballots_text(one) == ballots_text(one[::-1])
    assert ballots_text(one) == "nomination,choice\nr-8-001,no\nr-8-002,abstain\nr-8-002,yes\n"


def test_a_result_is_read_as_it_was_kept():
    found = meeting(9)
    result = decide(VoteRule(), 2, found, counted(found, n1=9, n2=7, n3=7))
    assert read_result(result_json(result)) == result
    assert read_result("") is None


def slowly(numerator: int, denominator: int, seats: int, yes: dict[int, int], base: dict[int, int]):
    """The same with fractions and no sorting: add the best of who is left while all equals of it fit."""
    left = {key: Fraction(said, base[key]) for key, said in yes.items() if base[key] and said}
    left = {key: share for key, share in left.items() if share >= Fraction(numerator, denominator)}
    chosen: set[int] = set()
    while left:
        best = {key for key, share in left.items() if share == max(left.values())}
        if len(chosen | best) > seats:
            return chosen, best if len(chosen) < seats else set()
        chosen |= best
        left = {key: share for key, share in left.items() if key not in best}
    return chosen, set()


@st.composite
def ballots(draw):
    members = draw(st.integers(1, 15))
    there = draw(st.integers(0, members))
    keys = draw(st.lists(st.integers(1, 30), min_size=1, max_size=8, unique=True))
    seats = st.frozensets(st.integers(1, members), max_size=members)
    found = meeting(members, there, **{f"n{key}": list(draw(seats)) for key in keys})
    yes = {key: draw(st.integers(0, len(found.voters(key)))) for key in keys}
    denominator = draw(st.integers(1, 6))
    rule = VoteRule(
        base=draw(st.sampled_from(["present", "eligible", "total"])),
        numerator=draw(st.integers(1, denominator)),
        denominator=denominator,
    )
    return found, yes, rule, draw(st.integers(0, 8))


@given(ballots())
def test_as_the_slow_second_writing(case):
    found, yes, rule, seats = case
    result = decide(rule, seats, found, [Counted(key, said, 0, 0) for key, said in yes.items()])
    base = {key: found.base(rule.base, key) for key in yes}
    assert (set(result.chosen), set(result.tied)) == slowly(rule.numerator, rule.denominator, seats, yes, base)
    assert len(result.chosen) <= seats
    assert result.seats_left == seats - len(result.chosen)
    for line in result.lines:  # the least yes that is printed decides, whatever else was computed
        assert (line.outcome is not Outcome.BELOW) == (line.yes >= line.needed)


@given(ballots(), st.data())
def test_one_more_yes_never_takes_the_threshold_away(case, data):
    found, yes, rule, _ = case
    key = data.draw(st.sampled_from(sorted(yes)))
    base = found.base(rule.base, key)
    if reached(rule, yes[key], base):
        assert reached(rule, yes[key] + 1, base)
