"""What a unit's own system sends and is answered: the fields of each, one list a struct, and how they are filled.

Lengths and choices stand here for the description; what is wrong is said by the rules of the package.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from foundation.files.pictures import LONGEST_ALT
from innovations.proposal_facts import OutcomeFacts, ProposalFacts, RewardFacts, Step
from innovations.proposal_receiving import MOST
from innovations.rules.admissibility import BY_CODE, hints
from innovations.rules.answers import LONGEST
from innovations.rules.innovation_kinds import KINDS as INNOVATION_KINDS
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.outcomes import UNCOUNTED
from innovations.rules.proposal_form import MOST as LENGTHS
from innovations.rules.proposals import ANSWERS, DESKS, KINDS, SEEN, possible


def _text(most: int, least: int = 0) -> Any:
    return Annotated[str, Meta(extra_json_schema={"minLength": least, "maxLength": most})]


def _one_of(values: Sequence[str]) -> Any:
    return Annotated[str, Meta(extra_json_schema={"enum": list(values)})]


_Revision = Annotated[int, Meta(ge=1, le=2**31 - 1)]
_Fen = Annotated[int, Meta(ge=0, le=10**14)]


class ProposalSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proposal as its worker wrote it. The telephone is not kept; by it the worker finds the proposal."""

    title: _text(LENGTHS["title"], 1)  # type: ignore[valid-type]
    problem: _text(LENGTHS["problem"], 1)  # type: ignore[valid-type]
    suggestion: _text(LENGTHS["suggestion"], 1)  # type: ignore[valid-type]
    kind: _one_of(tuple(KINDS))  # type: ignore[valid-type]
    name: _text(LENGTHS["name"], 1)  # type: ignore[valid-type]
    others: _text(LENGTHS["others"]) = ""  # type: ignore[valid-type]
    phone: _text(20) = ""  # type: ignore[valid-type]
    place: _text(LENGTHS["place"]) = ""  # type: ignore[valid-type]


class ProposalsSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Several proposals, all or none."""

    proposals: Annotated[list[ProposalSent], Meta(min_length=1, max_length=MOST)]


class PhotographSent(msgspec.Struct, frozen=True):
    """A photograph as a file of a form, and what it shows in words; without them the proposal's title stands there."""

    picture: Annotated[str, Meta(extra_json_schema={"format": "binary"})]
    alt: _text(LONGEST_ALT) = ""  # type: ignore[valid-type]


class PhotographTaken(msgspec.Struct, frozen=True):
    """A photograph of a proposal, by its number."""

    id: int
    proposal: int


class AnswerSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the unit answers; `revision` is what was read. The note is read by the worker."""

    step: _one_of(ANSWERS)  # type: ignore[valid-type]
    revision: _Revision
    note: _text(LONGEST) = ""  # type: ignore[valid-type]
    rule: _one_of(("", *BY_CODE)) = ""  # type: ignore[valid-type]
    desk: _one_of(("", *DESKS)) = ""  # type: ignore[valid-type]
    reopened: dict[str, str] = {}


class OutcomeSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was done and what it brought in 12 months: fen with how they were figured, or a kind not counted."""

    done: _text(2000, 1)  # type: ignore[valid-type]
    done_on: date
    counted: bool
    revision: _Revision
    claimed_fen: _Fen | None = None
    working: _text(2000) = ""  # type: ignore[valid-type]
    uncounted: _one_of(("", *UNCOUNTED)) = ""  # type: ignore[valid-type]


class HintShown(msgspec.Struct, frozen=True):
    """A rule that may apply to a proposal, and the words that say so."""

    rule: str
    words: list[str]


class ProposalTaken(msgspec.Struct, frozen=True):
    """Where a proposal stands after a write."""

    id: int
    stage: str
    revision: int
    hints: list[HintShown]


class ProposalsTaken(msgspec.Struct, frozen=True):
    """In the order in which they were sent."""

    proposals: list[ProposalTaken]


class ProposalLine(msgspec.Struct, frozen=True):
    """A proposal of the unit."""

    id: int
    page: str
    title: str
    problem: str
    suggestion: str
    kind: _one_of(tuple(KINDS))  # type: ignore[valid-type]
    name: str
    others: str
    place: str
    stage: _one_of([stage.value for stage in SEEN])  # type: ignore[valid-type]
    desk: str
    revision: int
    due_at: datetime | None
    handed_in_at: datetime | None
    adopted_at: datetime | None
    changed_at: datetime


class ProposalList(msgspec.Struct, frozen=True):
    """A page of them; `next` is the address of the next one, null at the end."""

    proposals: list[ProposalLine]
    next: str | None


class StepShown(msgspec.Struct, frozen=True):
    """One step of a proposal; `by` is empty for its writer."""

    step: str
    note: str
    rule: str
    at: datetime
    by: str


class OutcomeShown(msgspec.Struct, frozen=True):
    """What was done; claimed by the unit and verified by a second person, in fen."""

    done: str
    done_on: date
    claimed_fen: int | None
    working: str
    uncounted: str
    verified_fen: int | None


class RewardShown(msgspec.Struct, frozen=True):
    """What it was awarded, in fen, and under which table."""

    rule: str
    tier: str
    amount_fen: int


class ProposalShown(msgspec.Struct, frozen=True):
    """A proposal with all that became of it; `possible` is what can be answered now."""

    proposal: ProposalLine
    possible: list[str]
    steps: list[StepShown]
    outcome: OutcomeShown | None
    reward: RewardShown | None


class UnitInnovation(msgspec.Struct, frozen=True):
    """An innovation of the unit as the unit writes it; `version` counts how often it was handed in."""

    id: int
    page: str
    address: str
    title: str
    kind: _one_of(tuple(INNOVATION_KINDS))  # type: ignore[valid-type]
    year: int
    stage: _one_of([stage.value for stage in InnovationStage])  # type: ignore[valid-type]
    version: int
    changed_at: datetime


class UnitInnovationList(msgspec.Struct, frozen=True):
    """A page of them; `next` is the address of the next one, null at the end."""

    innovations: list[UnitInnovation]
    next: str | None


def line_of(one: ProposalFacts, site: str) -> ProposalLine:
    """A proposal as it is listed."""
    same = {name: getattr(one, name) for name in ProposalLine.__struct_fields__ if name not in {"page", "stage"}}
    return ProposalLine(**same, page=f"{site}/proposals/desk/{one.id}", stage=one.stage.value)


def hints_of(title: str, problem: str, suggestion: str) -> list[HintShown]:
    """What the rules say of the words."""
    return [HintShown(hint.rule.code, list(hint.found)) for hint in hints(title, problem, suggestion)]


def shown(
    one: ProposalFacts, site: str, steps: Sequence[Step], outcome: OutcomeFacts | None, reward: RewardFacts | None
) -> ProposalShown:
    """A proposal with all that became of it."""
    return ProposalShown(
        proposal=line_of(one, site),
        possible=[step for step in possible(one.stage) if one.has_writer or step != "return"],
        steps=[StepShown(step.step, step.note, step.rule, step.at, step.by) for step in steps],
        outcome=OutcomeShown(
            outcome.done, outcome.done_on, outcome.claimed, outcome.working, outcome.uncounted, outcome.verified
        )
        if outcome
        else None,
        reward=RewardShown(reward.rule, reward.tier, reward.amount) if reward else None,
    )
