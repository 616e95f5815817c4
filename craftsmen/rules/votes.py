"""Who is chosen in a vote (表决): base, quorum, threshold, seats and ties, all of it in integers. Pure.

A nomination reaches the threshold when `denominator x yes >= numerator x base` (RULES: 3 x yes >= 2 x n). The base:

- present (实到): members who are there, less those of them who keep out of this nomination (回避);
- eligible (有表决权): all members, less those who keep out of this nomination;
- total (全体委员): all members. A recusal takes nobody off: whoever keeps out counts as one who did not agree.

A paper that is not valid, an abstention and a no are all members of the base who did not say yes. Nominations of which
more reached the threshold than there are seats are ordered by yes of their own base, compared as exact fractions.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

import msgspec

from craftsmen.rules.round_rules import VoteRule
from foundation.base.problem import Problem


class Stage(StrEnum):
    """Where one ballot stands."""

    OPEN = "open"  # people vote, or tellers count
    COUNTED = "counted"  # two tellers agree; the signed tally is awaited
    CLOSED = "closed"  # its result counts
    BROKEN = "broken"  # broken off with a reason; nothing of it counts


class Choice(StrEnum):
    """What can be said of one nomination."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """What a ballot said of one nomination."""

    CHOSEN = "chosen"
    TIED = "tied"  # reached the threshold, and stands equal with others at the last seat
    BEHIND = "behind"  # reached the threshold, and others had more
    BELOW = "below"  # did not reach the threshold


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who could vote, as it was frozen at the opening: seat ids, and who keeps out of which nomination."""

    members: frozenset[int]
    attending: frozenset[int]
    recused: Mapping[int, frozenset[int]]

    def voters(self, nomination: int) -> frozenset[int]:
        """Those who are there and vote on this nomination."""
        return self.attending - self.recused.get(nomination, frozenset())

    def base(self, kind: str, nomination: int) -> int:
        """How many count as the whole for this nomination. Raises ValueError for a kind that there is not."""
        if kind == "present":
            return len(self.voters(nomination))
        if kind == "eligible":
            return len(self.members - self.recused.get(nomination, frozenset()))
        if kind == "total":
            return len(self.members)
        raise ValueError(kind)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for one nomination."""

    nomination: int
    yes: int
    no: int
    abstain: int


@dataclass(frozen=True, slots=True)
class Line:
    """One nomination's figures and what they come to; `needed` is the least yes that reaches the threshold."""

    nomination: int
    yes: int
    no: int
    abstain: int
    base: int
    recused: int  # members of the panel who keep out
    needed: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """One ballot's result. `seats_left` are still to be filled; `by` says what parted equals: "", score or chair."""

    lines: tuple[Line, ...]
    seats_left: int
    by: str = ""

    def of(self, outcome: Outcome) -> tuple[int, ...]:
        return tuple(line.nomination for line in self.lines if line.outcome is outcome)

    @property
    def chosen(self) -> tuple[int, ...]:
        return self.of(Outcome.CHOSEN)

    @property
    def tied(self) -> tuple[int, ...]:
        return self.of(Outcome.TIED)


def quorum(rule: VoteRule, members: int, attending: int) -> int:
    """How many more must be there before anybody may vote; 0: enough are. quorum_denominator x present >= … x total."""
    return max(0, _ceil(rule.quorum_numerator * members, rule.quorum_denominator) - attending)


def needed(rule: VoteRule, base: int) -> int:
    """The least number of yes that reaches the threshold of this base; one at least, for nobody is chosen by none."""
    return max(1, _ceil(rule.numerator * base, rule.denominator))


def reached(rule: VoteRule, yes: int, base: int) -> bool:
    """Whether so many yes are enough."""
    return yes > 0 and rule.denominator * yes >= rule.numerator * base


def decide(
    rule: VoteRule,
    seats: int,
    meeting: Meeting,
    counts: Iterable[Counted],
    scores: Mapping[int, Fraction | None] | None = None,
) -> Result:
    """The result of one ballot. `scores` part equals where the rule says so and every one of them has a score."""
    figures = {one.nomination: one for one in counts}
    bases = {key: meeting.base(rule.base, key) for key in figures}
    over = [key for key, one in figures.items() if reached(rule, one.yes, bases[key])]
    chosen, tied = _filled(over, seats, {key: Fraction(figures[key].yes, bases[key]) for key in over})
    by = ""
    if tied and rule.ties == "score" and scores and all(scores.get(key) is not None for key in tied):
        more, tied = _filled(tied, seats - len(chosen), {key: scores[key] or Fraction(0) for key in tied})
        chosen, by = [*chosen, *more], "score"
    outcomes = dict.fromkeys(over, Outcome.BEHIND) | dict.fromkeys(tied, Outcome.TIED)
    outcomes |= dict.fromkeys(chosen, Outcome.CHOSEN)
    lines = tuple(
        Line(
            key, one.yes, one.no, one.abstain, bases[key], len(meeting.recused.get(key, frozenset()) & meeting.members),
            needed(rule, bases[key]), outcomes.get(key, Outcome.BELOW),
        )
        for key, one in sorted(figures.items())
    )  # fmt: skip
    return Result(lines, seats - len(chosen), by)


def by_chair(result: Result, picked: Collection[int]) -> Result | Problem:
    """The result after the chair filled the last seats from the equals: as many of them as there are seats."""
    if not result.tied or not set(picked) <= set(result.tied) or len(set(picked)) != result.seats_left:
        return Problem("vote_tie_pick", "pick", {"n": str(result.seats_left)})
    lines = tuple(
        replace(line, outcome=Outcome.CHOSEN if line.nomination in picked else Outcome.BEHIND)
        if line.outcome is Outcome.TIED
        else line
        for line in result.lines
    )
    return Result(lines, 0, "chair")


def next_candidates(rule: VoteRule, result: Result, ordinal: int) -> tuple[int, ...]:
    """Who stands in a further ballot: the equals, else whoever is not chosen yet; nobody where no seat or ballot is
    left, or the chair decides.
    """
    if result.seats_left < 1 or ordinal >= rule.most_ballots or (result.tied and rule.ties == "chair"):
        return ()
    return result.tied or tuple(line.nomination for line in result.lines if line.outcome is not Outcome.CHOSEN)


def ballot_problems(
    candidates: Collection[int], given: Mapping[int, Choice | None], own_recusals: Collection[int], seats: int
) -> list[Problem]:
    """What is wrong with one member's electronic ballot: a word for everybody but those one keeps out of, and not
    more yes than seats.
    """
    due = [key for key in candidates if key not in own_recusals]
    problems = [Problem("vote_choice_missing", f"choice-{key}") for key in due if given.get(key) is None]
    if (said := sum(given.get(key) is Choice.YES for key in due)) > seats:
        problems.append(Problem("vote_too_many_yes", "", {"n": str(said), "seats": str(seats)}))
    return problems


def ballots_text(ballots: Iterable[tuple[str, str]]) -> str:
    """The electronic ballots as they are shown and hashed: (nomination's address, choice), sorted, a line each."""
    return "nomination,choice\n" + "".join(f"{address},{choice}\n" for address, choice in sorted(ballots))


def text_hash(text: str) -> str:
    """sha256 (hex) of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def result_json(result: Result) -> str:
    """The canonical text of a result."""
    return json.dumps(asdict(result), sort_keys=True, separators=(",", ":"))


def read_result(text: str) -> Result | None:
    """A stored result; None while there is none."""
    return msgspec.json.decode(text, type=Result) if text else None


def _filled(keys: Sequence[int], seats: int, merit: Mapping[int, Fraction]) -> tuple[list[int], list[int]]:
    """Those who have a seat, the best first, and the equals who stand at the last seats together."""
    chosen: list[int] = []
    for _, group in groupby(sorted(keys, key=lambda key: (-merit[key], key)), key=lambda key: merit[key]):
        equals = list(group)
        if len(chosen) + len(equals) > seats:
            return chosen, equals if len(chosen) < seats else []
        chosen += equals
    return chosen, []


def _ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
