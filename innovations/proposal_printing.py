"""Proposals of a year, loaded line by line for one paper through what the reader may see."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from piccolo.custom_types import Combinable

from foundation.base.problem import Problem, Refused
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from innovations.proposal_facts import COLUMNS, ProposalFacts, facts, outcomes, rewards
from innovations.proposal_figures import handed_in
from innovations.proposal_papers import Line, Period
from innovations.proposal_tables import Proposal, ProposalReward
from innovations.rules.proposals import KINDS, STAGES

MOST_PRINTED = 5_000  # proposals on one printed paper
MOST_LISTED = 60_000  # in one spreadsheet: a whole sheet as units hand them in, and more
_AT_ONCE = 500
# On paper nobody reads what was wrong and what is suggested; of 60,000 they would be the most of it.
_UNPRINTED: Mapping[str, str] = {"problem": "", "suggestion": ""}
_PRINTED = [column for column in COLUMNS if column._meta.name not in _UNPRINTED]
_NARROWED: Mapping[str, Callable[[], Combinable]] = {
    "notice": Proposal.adopted_at.is_not_null,
    "bonus": lambda: Proposal.id.is_in(ProposalReward.select(ProposalReward.proposal)),
}


def period(user: SignedIn, year: int, now: datetime, zone: ZoneInfo) -> Period:
    """Of whom and of which days a year's papers speak: until its end, or until today."""
    last = min(date(year, 12, 31), now.astimezone(zone).date())
    return Period(user.hat.organisation if user.hat else "", date(year, 1, 1), last)


async def lines(  # noqa: PLR0917 - of whom, of when, and in which words
    what: str, kind: str, user: SignedIn, permission: Permission, year: int, zone: ZoneInfo, say: Callable[[str], str]
) -> tuple[Line, ...]:
    """What stands on the paper `what` of this kind (pdf, docx, xlsx), as far as this hat may.

    `say` gives the Chinese words. Raises Refused.
    """
    most, refused = (MOST_LISTED, "proposal_list_long") if kind == "xlsx" else (MOST_PRINTED, "proposal_paper_long")
    query = permitted(Proposal.select(*_PRINTED), permission, user).where(handed_in(year, zone))
    if what in _NARROWED:
        query = query.where(_NARROWED[what]())
    rows = await query.order_by(Proposal.id).limit(most + 1)
    if len(rows) > most:
        raise Refused(Problem(refused, "year", {"most": f"{most:,}"}))
    return await _lines([facts({**row, **_UNPRINTED}) for row in rows], zone, say)


async def _lines(found: list[ProposalFacts], zone: ZoneInfo, say: Callable[[str], str]) -> tuple[Line, ...]:
    """With the day as it was in the registry's zone."""
    made: list[Line] = []
    for start in range(0, len(found), _AT_ONCE):
        part = found[start : start + _AT_ONCE]
        ids = [one.id for one in part]
        done, won = await outcomes(ids), await rewards(ids)
        made += [
            Line(_at_home(one, zone), say(STAGES[one.stage]), say(KINDS[one.kind]), done.get(one.id), won.get(one.id))
            for one in part
        ]
    return tuple(made)


def _at_home(one: ProposalFacts, zone: ZoneInfo) -> ProposalFacts:
    return replace(one, handed_in_at=one.handed_in_at.astimezone(zone)) if one.handed_in_at else one
