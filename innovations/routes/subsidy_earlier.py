"""Earlier money and awards for the same thing, for whoever checks an application; what people decide of it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.letters import number_of
from foundation.base.problem import Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from innovations import subsidy_evidence, subsidy_overlaps, subsidy_reads
from innovations.may import CHECK_APPLICATIONS
from innovations.routes.subsidy_unit import AT
from innovations.rules.double_funding import LONGEST_REASON
from innovations.subsidy_overlaps import DECIDES


@get(AT + "/{number:int}/earlier", may=CHECK_APPLICATIONS)
async def earlier(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, number, Form())


@post(AT + "/{number:int}/earlier", may=CHECK_APPLICATIONS)
async def decide(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    line = await subsidy_reads.one(request.user, number, CHECK_APPLICATIONS)
    form = await read_form(request)
    try:
        await subsidy_overlaps.decide(
            line.application.id, number_of(form.value("earlier")), form.value("word"), form.value("reason"),
            request.user.account_id, datetime.now(UTC),
        )  # fmt: skip
    except Refused as refusal:
        at = number_of(form.value("earlier"))
        named = [Problem(one.code, f"{one.field}-{at}" if one.field else "", one.params) for one in refusal.problems]
        return await _page(request, number, form.with_problems(named), 422)
    return redirect(request, f"{AT}/{number}/earlier", done="subsidy_overlap_decided")


async def _page(request: Request[Any, Any, Any], number: int, form: Form, status: int = 200) -> Response[bytes]:
    line = await subsidy_reads.one(request.user, number, CHECK_APPLICATIONS)
    one = line.application
    return render(
        request,
        "innovations/subsidies/earlier.html",
        status,
        line=line,
        one=one,
        form=form,
        grants=await subsidy_evidence.grants(request.user, one.id),
        awards=await subsidy_evidence.awards(request.user, one.innovation_id, one.id),
        deciding=one.stage in DECIDES,
        most=LONGEST_REASON,
    )


HANDLERS = [earlier, decide]
