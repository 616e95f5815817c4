"""What a round is beside its rules: title, year, edition, name; read from a form. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from foundation.base.problem import Problem

FIELDS = ("title", "year", "edition", "name")
YEARS = range(1950, 2101)
MOST_EDITION = 999
LONGEST_NAME = 200
LONGEST_ADDRESS = 40
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A round's own facts. `edition` 0: it is counted by years alone, as the May-1 medals are."""

    title: int  # the title's id
    year: int
    edition: int
    name: str


def address_of(code: str, year: int, edition: int) -> str:
    """ganpo-craftsman-8 where editions are counted, may-day-medal-2026 where years are."""
    return f"{code}-{edition or year}"


def freed_address(round_id: int) -> str:
    """Where a draft stands that was given up before anybody saw it: 12-cancelled. No title's code begins so."""
    return f"{round_id}-cancelled"


def is_address(text: str) -> bool:
    """Whether a text can be a round's address at all; what is not is never asked for."""
    return _ADDRESS.fullmatch(text) is not None


def read_draft(values: Mapping[str, str]) -> tuple[RoundDraft | None, list[Problem]]:
    """A round from what was typed: title (an id), year, edition (empty: none), name."""
    problems: list[Problem] = []
    title = values.get("title", "").strip()
    if not re.fullmatch(r"[1-9][0-9]{0,8}", title):
        problems.append(Problem("round_title_none", "title"))
    year = values.get("year", "").strip()
    if not re.fullmatch(r"[0-9]{4}", year) or int(year) not in YEARS:
        problems.append(Problem("round_year", "year", {"first": str(YEARS[0]), "last": str(YEARS[-1])}))
    edition = values.get("edition", "").strip()
    if not re.fullmatch(r"[0-9]{0,3}", edition):
        problems.append(Problem("round_edition", "edition", {"most": str(MOST_EDITION)}))
    name = " ".join(values.get("name", "").split())
    if not name:
        problems.append(Problem("round_name_empty", "name"))
    elif len(name) > LONGEST_NAME:
        problems.append(Problem("round_long", "name", {"most": str(LONGEST_NAME)}))
    if problems:
        return None, problems
    return RoundDraft(int(title), int(year), int(edition or 0), name), []
