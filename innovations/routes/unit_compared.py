"""Which proposals of a sheet are much like another, for the clerks and officers of the unit that handed it in."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Refused
from foundation.process import sheet_reads
from foundation.process.rules.sheets import Stage
from foundation.process.sheet_reads import SheetFacts
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_pair_cursor
from foundation.web.pages import redirect, render
from innovations import proposal_comparing, proposal_comparing_reads
from innovations.may_proposals import SEE_ALIKE
from innovations.proposal_comparing_reads import PAGE
from innovations.proposal_sheets import PROPOSALS
from innovations.rules.proposals import STAGES

Asked = Request[Any, Any, Any]


@get("/proposals/sheets/{sheet_id:int}", may=SEE_ALIKE)
async def alike_in_sheet(request: Asked, sheet_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, await _sheet(request, sheet_id), Form())


@post("/proposals/sheets/{sheet_id:int}/comparison", may=SEE_ALIKE)
async def compare_on(request: Asked, sheet_id: FromPath[int]) -> Response[Any]:
    one = await _sheet(request, sheet_id)
    form = await read_form(request)
    try:
        await proposal_comparing.go_on(one.id, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, proposal_comparing.page(one.id))


async def _sheet(request: Asked, sheet_id: int) -> SheetFacts:
    """The sheet, while it is in. Raises NotFound."""
    one = await sheet_reads.for_unit(request.user, PROPOSALS, sheet_id)
    if one.stage is not Stage.VISIBLE:
        raise NotFound
    return one


async def _page(request: Asked, one: SheetFacts, form: Form, status: int = 200) -> Response[bytes]:
    found = await proposal_comparing_reads.pairs(request.user, one.id, read_pair_cursor(request))
    return render(
        request,
        "innovations/unit/compared.html",
        status,
        one=one,
        form=form,
        compared=await proposal_comparing_reads.compared(request.user, one.id),
        page=page_of(found, PAGE, lambda pair: (pair.likeness, pair.id)),
        stages=STAGES,
    )


HANDLERS = [alike_in_sheet, compare_on]
