"""Proposals as frozen values: what a list and a page show, and one line of a proposal's history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foundation.base.clock import day_of
from foundation.people.tables import Account
from innovations.proposal_tables import Proposal, ProposalOutcome, ProposalReward, ProposalShare, ProposalStep
from innovations.rules.proposals import Stage


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A proposal without its writer's code and telephone, which are nowhere."""

    id: int
    organisation_id: int
    organisation: str
    title: str
    problem: str
    suggestion: str
    kind: str
    name: str
    others: str
    place: str
    worker: int | None
    stage: Stage
    desk: str
    revision: int
    due_at: datetime | None
    handed_in_at: datetime | None
    adopted_at: datetime | None
    changed_at: datetime
    entered_by: int | None = None
    sheet: int | None = None

    @property
    def has_writer(self) -> bool:
        """Whether somebody holds its code, and so can complete it."""
        return self.entered_by is None and self.sheet is None

    @property
    def subject(self) -> str:
        return f"proposal:{self.id}"


COLUMNS = (
    Proposal.id, Proposal.organisation.id.as_alias("organisation_id"),
    Proposal.organisation.name.as_alias("organisation"), Proposal.title, Proposal.problem, Proposal.suggestion,
    Proposal.kind, Proposal.name, Proposal.others, Proposal.place, Proposal.worker, Proposal.stage, Proposal.desk,
    Proposal.revision, Proposal.due_at, Proposal.handed_in_at, Proposal.adopted_at, Proposal.changed_at,
    Proposal.entered_by, Proposal.sheet,
)  # fmt: skip


def facts(row: Mapping[str, Any]) -> ProposalFacts:
    """A row of `COLUMNS`."""
    return ProposalFacts(**{**row, "stage": Stage(row["stage"])})


@dataclass(frozen=True, slots=True)
class Step:
    """What happened, with its words; `by` is empty for the writer of the proposal, and for whoever reads as they do."""

    step: str
    note: str
    rule: str
    at: datetime
    by: str = ""


async def steps(proposal_id: int, *, named: bool) -> list[Step]:
    """What happened to a proposal, in order; who took a step is told to the unit alone (`named`)."""
    rows = await ProposalStep.select().where(ProposalStep.proposal == proposal_id).order_by(ProposalStep.id)
    names = await _names([row["account"] for row in rows if row["account"]]) if named else {}
    return [Step(row["step"], row["note"], row["rule"], row["at"], names.get(row["account"], "")) for row in rows]


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """What was done and what it brought; amounts are fen."""

    done: str
    done_on: date
    claimed: int | None
    working: str
    uncounted: str
    verified: int | None
    act: int | None


def done_day(one: ProposalFacts, outcome: OutcomeFacts) -> date | None:
    """The day on which it was done; None where it came by a sheet, which says the day of the proposal alone."""
    if one.sheet is None or one.handed_in_at is None or outcome.working:
        return outcome.done_on
    return None if outcome.done_on == day_of(one.handed_in_at) else outcome.done_on


async def outcomes(ids: Sequence[int]) -> dict[int, OutcomeFacts]:
    """By proposal, of those that were carried out."""
    rows = await ProposalOutcome.select().where(ProposalOutcome.proposal.is_in(list(ids) or [0]))
    return {
        row["proposal"]: OutcomeFacts(**{name: row[name] for name in OutcomeFacts.__dataclass_fields__}) for row in rows
    }


@dataclass(frozen=True, slots=True)
class Share:
    """Who gets how much of an award: `share` percent, `amount` fen."""

    name: str
    share: int
    amount: int


@dataclass(frozen=True, slots=True)
class RewardFacts:
    """An award and the table it was made under; amounts are fen."""

    rule: str
    rule_digest: str
    rule_day: date
    tier: str
    amount: int
    reason: str
    shares: tuple[Share, ...]


async def rewards(ids: Sequence[int]) -> dict[int, RewardFacts]:
    """By proposal, of those that were rewarded."""
    rows = await ProposalReward.select().where(ProposalReward.proposal.is_in(list(ids) or [0]))
    shares: dict[int, list[Share]] = {row["id"]: [] for row in rows}
    for one in (
        await ProposalShare.select()
        .where(ProposalShare.reward.is_in(sorted(shares) or [0]))
        .order_by(ProposalShare.reward)
        .order_by(ProposalShare.position)
    ):
        shares[one["reward"]].append(Share(one["name"], one["share"], one["amount"]))
    return {
        row["proposal"]: RewardFacts(
            row["rule"], row["rule_digest"], row["rule_day"], row["tier"], row["amount"], row["reason"],
            tuple(shares[row["id"]]),
        )
        for row in rows
    }  # fmt: skip


async def _names(accounts: Sequence[int]) -> dict[int, str]:
    rows = await Account.select(Account.id, Account.name).where(Account.id.is_in(sorted(set(accounts)) or [0]))
    return {row["id"]: row["name"] for row in rows}
