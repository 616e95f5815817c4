"""What innovations bring, added up for a unit or the unions above it; samples of verified benefits and their audits.

Load, decide, write, redirect.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from innovations import benefit_audits, benefit_reads
from innovations.may_benefits import AUDIT_BENEFITS, SEE_BENEFITS
from innovations.rules.benefit_audits import OUTCOMES, outcome_problems, size_problems


@get("/benefits", may=SEE_BENEFITS)
async def benefit_totals(request: Request[Any, Any, Any]) -> Response[bytes]:
    year = _year(request.query_params.get("year", ""))
    whole, parts = await benefit_reads.totals(request.user, request.user.hat.path, year)
    rows = await benefit_reads.listed(request.user, year, read_cursor(request))
    return render(
        request,
        "innovations/benefits/totals.html",
        year=year,
        years=await benefit_reads.years(request.user),
        whole=whole,
        parts=parts,
        page=page_of(rows, benefit_reads.PAGE, lambda one: one.id),
        audits=AUDIT_BENEFITS.possible(request.user),
    )


@get("/benefits/audits", may=AUDIT_BENEFITS)
async def audit_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _list(request, Form())


@post("/benefits/audits", may=AUDIT_BENEFITS)
async def draw_sample(request: Request[Any, Any, Any]) -> Response[Any]:
    form, hat = await read_form(request), request.user.hat
    size, problems = size_problems(form.value("size"))
    try:
        year = _year(form.value("year"))
        if year is None:
            problems.append(Problem("audit_year", "year"))
        if problems or year is None:
            raise Refused(*problems)
        by, now = request.user.account_id, datetime.now(UTC)
        number = await benefit_audits.draw(hat.organisation_id, hat.path, year, size, by, now)
    except Refused as refusal:
        return await _list(request, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/benefits/audits/{number}", done="audit_drawn")


@get("/benefits/audits/{number:int}", may=AUDIT_BENEFITS)
async def audit_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, number, Form())


@post("/benefits/audits/{number:int}/{drawn:int}", may=AUDIT_BENEFITS)
async def record_finding(request: Request[Any, Any, Any], number: FromPath[int], drawn: FromPath[int]) -> Any:
    found = await benefit_reads.draw(request.user, number)
    if drawn not in {one.id for one in await benefit_reads.drawn(request.user, found)}:
        raise NotFound
    form = await read_form(request)
    outcome, reason = form.value("outcome"), form.value("reason").strip()
    try:
        if problems := outcome_problems(outcome, reason):
            raise Refused(*problems)
        await benefit_audits.decide(found.id, drawn, outcome, reason, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        named = [Problem(one.code, f"{one.field}-{drawn}" if one.field else "", one.params) for one in refusal.problems]
        kept = Form.filled({f"outcome-{drawn}": outcome, f"reason-{drawn}": reason})
        return await _page(request, number, kept.with_problems(named), 422)
    return redirect(request, f"/benefits/audits/{number}", done="audit_recorded")


async def _list(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    rows = await benefit_reads.draws(request.user, read_cursor(request))
    return render(
        request,
        "innovations/benefits/audits.html",
        status,
        form=form,
        years=await benefit_reads.years(request.user),
        page=page_of(rows, benefit_reads.PAGE, lambda one: one.id),
    )


async def _page(request: Request[Any, Any, Any], number: int, form: Form, status: int = 200) -> Response[bytes]:
    found = await benefit_reads.draw(request.user, number)
    drawn = await benefit_reads.drawn(request.user, found)
    return render(
        request,
        "innovations/benefits/audit.html",
        status,
        draw=found,
        form=form,
        drawn=drawn,
        veiled=found.drawn - len(drawn),
        outcomes=OUTCOMES,
    )


def _year(text: str) -> int | None:
    """A year that was chosen; None for all of them. Raises NotFound for what is none."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise NotFound
    return int(text)


HANDLERS = [benefit_totals, audit_list, draw_sample, audit_page, record_finding]
