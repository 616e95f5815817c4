"""The tally of a paper ballot (计票): what one teller typed, whether it can be, and where two tellers differ. Pure.

A member who keeps out of a nomination leaves its line blank, so a line holds as many words as valid papers less such
blanks. Which paper is not valid nobody knows, so the blanks of invalid ones are between none and all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from craftsmen.rules.votes import Counted, Meeting
from foundation.base.problem import Problem

PAPERS = ("given_out", "returned", "invalid")
WORDS = ("yes", "no", "abstain")
MOST = 999


class Fields(Protocol):
    """A submitted form, as far as this module looks."""

    def value(self, name: str, default: str = "") -> str: ...


@dataclass(frozen=True, slots=True)
class Tally:
    """What one teller counted: papers, and a line for each nomination."""

    given_out: int
    returned: int
    invalid: int
    lines: tuple[Counted, ...]

    @property
    def valid(self) -> int:
        return self.returned - self.invalid

    @property
    def cells(self) -> Mapping[str, int]:
        """Every figure by the name of its field."""
        papers = {name: getattr(self, name) for name in PAPERS}
        return papers | {f"{word}-{one.nomination}": getattr(one, word) for one in self.lines for word in WORDS}


def read_tally(form: Fields, candidates: Sequence[int]) -> tuple[Tally | None, list[Problem]]:
    """Every figure of the form, or a problem for each that is no whole number."""
    names = [*PAPERS, *(f"{word}-{key}" for key in candidates for word in WORDS)]
    cells = {name: _number(form.value(name)) for name in names}
    problems = [Problem("vote_figure", name) for name, found in cells.items() if found is None]
    if problems:
        return None, problems
    known = {name: found for name, found in cells.items() if found is not None}
    lines = tuple(Counted(key, *(known[f"{word}-{key}"] for word in WORDS)) for key in candidates)
    return Tally(known["given_out"], known["returned"], known["invalid"], lines), []


def tally_problems(tally: Tally, meeting: Meeting, seats: int) -> list[Problem]:
    """What cannot be so, however often it was counted."""
    there = len(meeting.attending)
    problems = []
    if tally.given_out > there:
        problems.append(Problem("vote_given_out", "given_out", {"n": str(there)}))
    if tally.returned > tally.given_out:
        problems.append(Problem("vote_returned", "returned", {"n": str(tally.given_out)}))
    if tally.invalid > tally.returned:
        problems.append(Problem("vote_invalid", "invalid", {"n": str(tally.returned)}))
    if problems:
        return problems
    for one in tally.lines:
        blank = there - len(meeting.voters(one.nomination))
        least, most = max(0, tally.valid - blank), min(tally.valid, there - blank)
        if not least <= one.yes + one.no + one.abstain <= most:
            params = {"sum": str(one.yes + one.no + one.abstain), "least": str(least), "most": str(most)}
            problems.append(Problem("vote_line_sum", f"yes-{one.nomination}", params))
    if (said := sum(one.yes for one in tally.lines)) > seats * tally.valid:
        problems.append(Problem("vote_all_yes", "", {"n": str(said), "most": str(seats * tally.valid)}))
    return problems


def differences(one: Tally, other: Tally) -> dict[str, tuple[int, int]]:
    """Cell by cell where two tallies of the same ballot differ: field -> (one, other)."""
    return {name: (found, other.cells[name]) for name, found in one.cells.items() if other.cells[name] != found}


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST)) else None
