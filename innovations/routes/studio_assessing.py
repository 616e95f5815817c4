"""Studios that bear a name, for whoever named them: the verdict on a year, a further term, the end of a name.

Load, decide, write, redirect.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.letters import number_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.web.forms import Form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import render
from foundation.work import two_person
from innovations import studio_reads, studio_terms, studio_years
from innovations.may_studios import KEEP_NAMED_STUDIOS
from innovations.routes.studio_shown import AT, done, today_of
from innovations.rules.studio_form import read_day
from innovations.rules.studio_terms import document_problems
from innovations.rules.studios import STAGES, Verdict
from innovations.studio_reads import BORE_A_NAME, PAGE, Line


@get("/studios/desk/named", may=KEEP_NAMED_STUDIOS)
async def named_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    stage = request.query_params.get("stage", "")
    if stage and stage not in BORE_A_NAME:
        raise NotFound
    rows = await studio_reads.named(request.user, stage, read_cursor(request))
    page, today = page_of(rows, PAGE, lambda line: line.studio.id), today_of(request)
    return render(
        request,
        "innovations/studios/named.html",
        page=page,
        stage=stage,
        groups=BORE_A_NAME,
        waiting=await studio_years.waiting([line.studio.id for line in page.rows]),
        risky=await studio_years.all_at_risk([line.studio for line in page.rows], today),
        stages=STAGES,
    )


@post(AT + "/{number:int}/assessment", may=KEEP_NAMED_STUDIOS)
async def assess(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        year = number_of(form.value("assessed_year"))
        try:
            verdict = Verdict(form.value("verdict"))
        except ValueError as error:
            raise Refused(Problem("studio_verdict", "verdict")) from error
        await studio_years.assess(number, year, verdict, form.value("why"), request.user.account_id, datetime.now(UTC))

    return await done(request, number, KEEP_NAMED_STUDIOS, act, "studio_assessed")


@post(AT + "/{number:int}/renewal", may=KEEP_NAMED_STUDIOS)
async def renew(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        today = today_of(request)
        document, reason = form.value("document"), form.value("reason")
        on, wrong = read_day(form.value("on"), "on", today)
        if on is None:
            wrong += document_problems(document.strip(), None, today) + two_person.reason_problems(reason)
            raise Refused(*wrong)
        await studio_terms.ask_renewal(number, document, on, reason, request.user.account_id, datetime.now(UTC), today)

    return await done(request, number, KEEP_NAMED_STUDIOS, act, "studio_act_asked")


@post(AT + "/{number:int}/ending", may=KEEP_NAMED_STUDIOS)
async def end(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        words = form.value("public_reason"), form.value("ending_reason")
        try:
            await studio_terms.ask_end(number, *words, request.user.account_id, datetime.now(UTC))
        except Refused as refusal:  # another form of the page has a field `reason` too
            raise Refused(
                *(replace(one, field="ending_reason") if one.field == "reason" else one for one in refusal.problems)
            ) from refusal

    return await done(request, number, KEEP_NAMED_STUDIOS, act, "studio_act_asked")


HANDLERS = [named_list, assess, renew, end]
