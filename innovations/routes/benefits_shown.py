"""The two pages of a benefit that many acts come back to: what stands there, and a working as a form."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from litestar import Request, Response

from foundation.files.limits import PAPER
from foundation.people.permissions import Permission
from foundation.web.forms import Form
from foundation.web.pages import render
from foundation.web.process.notice_desk_pages import zone_of
from foundation.work import acts
from innovations import benefit_evidence, benefit_reads, benefits, innovation_reads, innovations
from innovations.benefit_evidence import Evidence
from innovations.benefits import BenefitFacts
from innovations.innovation_reads import InnovationFacts
from innovations.innovation_tables import Innovation
from innovations.may_benefits import VERIFY_BENEFITS
from innovations.routes.unit_innovation_shown import values_of
from innovations.rules import benefit_audits, benefit_typed
from innovations.rules.benefits import benefit, value
from innovations.rules.innovations import GONE, WRITABLE

FORECAST, CLAIM, VERIFICATION = "forecast", "claim", "verification"
LEAST_ROWS = 3


async def show_page(
    request: Request[Any, Any, Any], one: InnovationFacts, form: Form, status: int = 200
) -> Response[bytes]:
    """Three workings side by side with their papers, and what may be done next."""
    found = await benefits.of(one.id)
    keeps = await innovation_reads.keeps(request.user, one.id)
    act = await acts.open_act(benefits.ACT, innovations.subject(one.id))
    claimed, verified = bool(found and found.claimed), bool(found and found.verified)
    still = act is None and not verified
    return render(
        request,
        "innovations/benefits/page.html",
        status,
        one=one,
        form=form,
        found=found,
        ends=_ends(found),
        over=_is_over(request, found),
        papers=await benefit_evidence.listed(found.id) if found and found.claimed else [],
        audits=await benefit_reads.found_of(found.id) if found else [],
        outcomes=benefit_audits.OUTCOMES,
        act=act,
        may_forecast=keeps and not claimed and one.stage in WRITABLE,
        may_claim=keeps and still and bool(one.version) and one.stage not in GONE,
        may_prove=keeps and still and claimed,
        may_verify=claimed and still and await _may(request, VERIFY_BENEFITS, one.id),
        accept=PAPER.accept,
        worked=benefit_typed.worked,
        value=value,
        formulas=benefit_typed.FORMULAS,
    )


def show_working(  # noqa: PLR0917 - a page is all of these
    request: Request[Any, Any, Any],
    one: InnovationFacts,
    what: str,
    form: Form,
    found: BenefitFacts | None,
    papers: Sequence[Evidence] = (),
    status: int = 200,
    *,
    more: bool = False,
    from_proposal: bool = False,
) -> Response[bytes]:
    """A working as a form, each line and the sum in figures as far as they can be read.

    `from_proposal`: what stands there is what the proposal says that the innovation grew out of.
    """
    lines, problems = benefit_typed.read(values_of(form))
    wrong = {problem.field.rpartition("-")[2] for problem in problems}
    sums = {place: value(line) for place, line in enumerate(lines, 1) if str(place) not in wrong}
    spare = benefit_typed.SPARE + (5 if more else 0)
    shown = min(max(len(lines) + spare, LEAST_ROWS), benefit_typed.MOST_LINES)
    return render(
        request,
        "innovations/benefits/working.html",
        status,
        one=one,
        what=what,
        form=form,
        found=found,
        papers=papers,
        ends=_ends(found),
        over=_is_over(request, found),
        rows=range(1, shown + 1),
        sums=sums,
        total=benefit(lines) if lines and not wrong else None,
        formulas=benefit_typed.FORMULAS,
        worked=benefit_typed.worked,
        value=value,
        from_proposal=from_proposal,
        leaves=leaves(one, what),
    )


def leaves(one: InnovationFacts, what: str) -> bool:
    """Whether what is saved here is read outside the unit at once."""
    return what != VERIFICATION and one.version > 0


def _ends(found: BenefitFacts | None) -> date | None:
    """The last of the twelve months."""
    return benefit_typed.last_day(found.first_day) if found and found.first_day else None


def _is_over(request: Request[Any, Any, Any], found: BenefitFacts | None) -> bool:
    """Whether the twelve months are over, so that what was claimed can be verified."""
    ends = _ends(found)
    return ends is None or datetime.now(UTC).astimezone(zone_of(request)).date() > ends


async def _may(request: Request[Any, Any, Any], permission: Permission, innovation_id: int) -> bool:
    return permission.possible(request.user) and await permission.allows(request.user, Innovation.id == innovation_id)
