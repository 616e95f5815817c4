"""Proposals of a year, loaded for papers through what the reader may see: lines, figures, and of whom they speak."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from foundation.base.problem import Problem, Refused
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from innovations.proposal_facts import COLUMNS, ProposalFacts, ends, facts, outcomes, rewards
from innovations.proposal_papers import Line, Period
from innovations.proposal_tables import Proposal
from innovations.rules.figures import Counted, Figures, figures
from innovations.rules.proposals import KINDS, STAGES, Stage

MOST = 5_000  # proposals on one paper
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Report:
    """A year's proposals as papers show them."""

    period: Period
    lines: tuple[Line, ...]
    figures: Figures


async def report(  # noqa: PLR0917 - of whom, of when, and in which words
    user: SignedIn, permission: Permission, year: int, now: datetime, zone: ZoneInfo, say: Callable[[str], str]
) -> Report:
    """What was handed in during a year, as far as this hat may; `say` gives the Chinese words. Raises Refused."""
    begins = datetime.combine(date(year, 1, 1), time(), zone)
    ends = datetime.combine(date(year + 1, 1, 1), time(), zone)
    query = permitted(Proposal.select(*COLUMNS), permission, user).where(
        Proposal.handed_in_at >= begins, Proposal.handed_in_at < ends, Proposal.stage != Stage.WITHDRAWN.value
    )
    found = [facts(row) for row in await query.order_by(Proposal.id).limit(MOST + 1)]
    if len(found) > MOST:
        raise Refused(Problem("proposal_paper_long", "year", {"most": str(MOST)}))
    lines = await _lines(found, zone, say)
    last = min(date(year, 12, 31), now.astimezone(zone).date())
    unit = user.hat.organisation if user.hat else ""
    return Report(Period(unit, date(year, 1, 1), last), lines, figures(_counted(line) for line in lines))


async def _lines(found: list[ProposalFacts], zone: ZoneInfo, say: Callable[[str], str]) -> tuple[Line, ...]:
    """With the day as it was in the registry's zone."""
    made: list[Line] = []
    for start in range(0, len(found), _AT_ONCE):
        part = found[start : start + _AT_ONCE]
        ids = [one.id for one in part]
        done, awarded = await outcomes(ids), await rewards(ids)
        ended = await ends([one.id for one in part if one.stage is Stage.CLOSED and one.adopted_at is None])
        made += [
            Line(
                _at_home(one, zone),
                say(STAGES[one.stage]),
                say(KINDS[one.kind]),
                done.get(one.id),
                awarded.get(one.id),
                ended.get(one.id),
            )
            for one in part
        ]
    return tuple(made)


def _at_home(one: ProposalFacts, zone: ZoneInfo) -> ProposalFacts:
    return replace(one, handed_in_at=one.handed_in_at.astimezone(zone)) if one.handed_in_at else one


def _counted(line: Line) -> Counted:
    one, outcome = line.one, line.outcome
    return Counted(
        stage=one.stage,
        adopted=one.adopted_at is not None,
        done=outcome is not None,
        person=f"worker:{one.worker}" if one.worker else f"{one.organisation_id}:{one.name}",
        claimed=outcome.claimed if outcome else None,
        verified=outcome.verified if outcome else None,
        uncounted=bool(outcome and outcome.uncounted),
        reward=line.reward.amount if line.reward else 0,
        ended=line.ended,
    )
