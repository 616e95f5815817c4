"""A proposal that a worker handed in on paper, as a clerk enters it: the same as a worker types, and the day. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foundation.base.problem import Problem
from innovations.rules.proposal_form import ProposalDraft, read_proposal

EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What stands on the paper, and on which day the unit got it."""

    said: ProposalDraft
    on: date


def read_paper(values: Mapping[str, str], today: date) -> tuple[OnPaper | None, list[Problem]]:
    """The paper, or everything that is wrong with what was typed; a day that is still to come is none."""
    said, problems = read_proposal(values)
    on = _day(values.get("on", ""))
    if on is None or on < EARLIEST:
        problems.append(Problem("proposal_paper_day", "on"))
    elif on > today:
        problems.append(Problem("outcome_day_later", "on"))
    return (None, problems) if problems or said is None or on is None else (OnPaper(said, on), [])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
