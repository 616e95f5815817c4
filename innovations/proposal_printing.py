"""Proposals of a year, loaded line by line for one paper through what the reader may see."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from piccolo.custom_types import Combinable

from foundation.base.problem import Problem, Refused
from foundation.papers.fonts import printable
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


def period(user: SignedIn, year: int, now: datetime, zone: ZoneInfo, units: Iterable[int] = ()) -> Period:
    """Of whom (`units`, by their ids) and of which days a year's papers speak: until its end, or until today."""
    last = min(date(year, 12, 31), now.astimezone(zone).date())
    unit, name = (user.hat.organisation_id, user.hat.organisation) if user.hat else (0, "")
    return Period(name, date(year, 1, 1), last, below=any(one != unit for one in units))


async def lines(  # noqa: PLR0917 - of whom, of when, and in which words
    what: str, kind: str, user: SignedIn, permission: Permission, year: int, zone: ZoneInfo, say: Callable[[str], str]
) -> tuple[Line, ...]:
    """What stands on the paper `what` of this kind (pdf, docx, xlsx), as far as this hat may.

    That is what was handed in during the year; on the bonus list what was awarded during it, in the order of the
    awards, whenever it was handed in: by that list the year's money is paid. `say` gives the Chinese words. Raises
    Refused.
    """
    most, refused = (MOST_LISTED, "proposal_list_long") if kind == "xlsx" else (MOST_PRINTED, "proposal_paper_long")
    query = permitted(Proposal.select(*_PRINTED), permission, user).where(
        _awarded(year) if what == "bonus" else handed_in(year, zone)
    )
    if what == "notice":
        query = query.where(Proposal.adopted_at.is_not_null())
    rows = await query.order_by(Proposal.id).limit(most + 1)
    if len(rows) > most:
        raise Refused(Problem(refused, "year", {"most": f"{most:,}"}))
    ones = [facts({**row, **_UNPRINTED}) for row in rows]
    if kind == "pdf":  # a face that a worker put into a title stops nobody's paper
        ones = await asyncio.to_thread(lambda: list(map(_in_print, ones)))
    found = await _lines(ones, zone, say)
    return tuple(sorted(found, key=_award_day)) if what == "bonus" else found


def _awarded(year: int) -> Combinable:
    made = ProposalReward.select(ProposalReward.proposal).where(
        ProposalReward.rule_day >= date(year, 1, 1), ProposalReward.rule_day < date(year + 1, 1, 1)
    )
    return Proposal.id.is_in(made)


def _in_print(one: ProposalFacts) -> ProposalFacts:
    return replace(one, title=printable(one.title), place=printable(one.place))


def _award_day(line: Line) -> date:
    return line.reward.rule_day if line.reward else date.max


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
