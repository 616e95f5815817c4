"""What the pages of one nomination show: the file for unit and auditor, and the form with all that was typed.

Reads only, through what this person may see; decides nothing.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response

from craftsmen import (
    boards,
    materials,
    nomination_history,
    nomination_pictures,
    nomination_printing,
    nomination_reads,
    nomination_records,
    nomination_rounds,
    opinions,
    ranking,
    scanning,
    standings,
)
from craftsmen.may import NOMINATE, REVIEW_NOMINATIONS, SEE_NOMINATIONS
from craftsmen.nomination_reads import NominationFacts
from craftsmen.round_reads import ChannelFacts
from craftsmen.rules.eligibility import answered
from craftsmen.rules.facts import Role, UnitType
from craftsmen.rules.nomination_form import RETURNABLE, length
from craftsmen.rules.nomination_steps import AT_UNIT, AUDITED, STEPS, Stage, road_of
from craftsmen.rules.round_rules import RoundRules
from craftsmen.scan_state import parsed
from foundation.base.problem import NotFound
from foundation.people.permissions import Permission
from foundation.people.worker_words import EDUCATION, GENDERS, GRADES, POLITICS
from foundation.process.prints import short
from foundation.web.forms import Form
from foundation.web.pages import render
from foundation.work import returns

_ADDRESS = re.compile(r"[a-z0-9-]{1,60}")
_PLAIN_FIELDS = ("role", "unit_type", "special", "team_name", "summary", "story", "works", "stated")


def fields_of(rules: RoundRules) -> Sequence[str]:
    """The fields of the form in this round."""
    asked = [f"{part}_{question.code}" for question in rules.questions for part in ("answer", "evidence")]
    return [*_PLAIN_FIELDS, *asked]


def stage_of(text: str) -> Stage:
    """The stage that a form says it saw. Raises NotFound for a word that is none."""
    try:
        return Stage(text)
    except ValueError:
        raise NotFound from None


def address_of(text: str) -> str:
    """An address as nominations have them. Raises NotFound."""
    if not _ADDRESS.fullmatch(text):
        raise NotFound
    return text


def known_id(text: str) -> int:
    """A number that a form carries; 0 for anything that no row can have."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 11 and int(text) < 2**31 else 0


async def loaded(
    request: Request[Any, Any, Any], address: str, permission: Permission = SEE_NOMINATIONS
) -> NominationFacts:
    """The nomination at this address for this person. Raises NotFound."""
    return await nomination_reads.for_user(request.user, address_of(address), permission)


async def _holds(request: Request[Any, Any, Any], address: str, permission: Permission) -> bool:
    try:
        await loaded(request, address, permission)
    except NotFound:
        return False
    return True


def filled(nomination: NominationFacts) -> Form:
    """A nomination as its form shows it."""
    draft = nomination.draft
    return Form.filled(
        {
            "role": draft.role.value,
            "unit_type": draft.unit_type.value,
            "special": draft.special,
            "team_name": draft.team_name,
            "summary": draft.summary,
            "story": draft.story,
            "works": "\n".join(work.line for work in draft.works),
            "stated": "\n".join(draft.stated),
            "honours": [str(honour) for honour in draft.honours],
            "revision": str(nomination.revision),
            **{f"answer_{one.code}": one.answer for one in draft.answers},
            **{f"evidence_{one.code}": one.evidence for one in draft.answers},
        }
    )


async def form_page(
    request: Request[Any, Any, Any], nomination: NominationFacts, form: Form, status: int = 200, own: str = ""
) -> Response[bytes]:
    """The form of a nomination, with what the registry has beside it; on a worker's own page `own` is its token."""
    token = {"csrf_token": own} if own else {}
    found = await nomination_rounds.by_id(nomination.round_id)
    return render(
        request,
        "craftsmen/nominations/form.html",
        status,
        nomination=nomination,
        round=found,
        form=form,
        roles=[role.value for role in Role],
        unit_types=[kind.value for kind in UnitType],
        honours=await nomination_records.honours_of(nomination.worker_id),
        bonds=await nomination_records.bonds_of(nomination.worker_id),
        returned=await returns.open_fields(nomination.subject) or {},
        newest=nomination.revision,
        lengths={name: length(form.value(name)) for name in ("summary", "story")},
        own=bool(own),
        **token,
    )


async def _ranked(request: Request[Any, Any, Any], nomination: NominationFacts) -> Sequence[ChannelFacts]:
    """The lists of this round that this person may order; asked only where the next step is such a list."""
    if nomination.stage is not Stage.CHANNEL:
        return ()
    return await ranking.channels_of(request.user, nomination.round_id)


async def file_page(
    request: Request[Any, Any, Any], nomination: NominationFacts, form: Form, status: int = 200
) -> Response[bytes]:
    """The file of a nomination: what is missing first, then what it says, its papers, and what can be done here."""
    now = datetime.now(UTC)
    stood = await standings.of(nomination, now)
    rules, at = stood.round.rules, nomination.stage
    writes = await _holds(request, nomination.address, NOMINATE) and at in AT_UNIT
    audits = at not in AT_UNIT and await _holds(request, nomination.address, REVIEW_NOMINATIONS)
    scan = parsed(nomination.scan)
    honours = {one.id: one for one in await nomination_records.honours_of(nomination.worker_id)}
    return render(
        request,
        "craftsmen/nominations/file.html",
        status,
        nomination=nomination,
        round=stood.round,
        stood=stood,
        form=form,
        road=road_of(stood.round.wanted, below_county=nomination.county_id is not None),
        pile=await boards.pile(request.user, nomination.round_id, at, nomination.id) if audits else None,
        writes=writes,
        audits=audits,
        ranks=audits and nomination.channel_id in {one.id for one in await _ranked(request, nomination)},
        returned=await returns.open_fields(nomination.subject) or {},
        honours=[honours[one] for one in nomination.draft.honours if one in honours],
        gone=sum(1 for one in nomination.draft.honours if one not in honours),
        bonds=await nomination_records.bonds_of(nomination.worker_id),
        answered=answered(rules.questions, nomination.draft.answers),
        papers={paper.code: paper for paper in (await materials.of([nomination.id]))[nomination.id]},
        given={one.code: one for one in (await opinions.of([nomination.id]))[nomination.id]},
        pictures=await nomination_pictures.of(nomination),
        printings=await nomination_printing.of(nomination, rules),
        scan=scan,
        may_stay=scanning.may_stay,
        history=await nomination_history.steps_of(nomination.id),
        version=short(standings.version(nomination)),
        returnable=[*RETURNABLE, *(f"material_{one.code}" for one in rules.materials)],
        can={step for step, stage in STEPS if stage is at},
        audited=at in AUDITED,
        genders=GENDERS,
        politics=POLITICS,
        education=EDUCATION,
        grades=GRADES,
    )
