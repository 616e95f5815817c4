"""A unit reads what became of its innovations in reviews, with reasons; it may ask that somebody keeps out."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Refused
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from innovations import review_entries, review_list_reads, review_reads, review_results
from innovations.may_review import SEE_RESULTS
from innovations.review_list_reads import OwnLine
from innovations.rules.review_steps import ENTRY_STAGES, EntryStage, Stage

AT = "/reviews/own"


@get(AT, may=SEE_RESULTS)
async def entry_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    rows = await review_list_reads.own_entries(request.user, read_cursor(request))
    page = page_of(rows, review_reads.PAGE, lambda one: one.id)
    return render(request, "innovations/reviews/own.html", page=page, stages=ENTRY_STAGES)


@get(AT + "/{number:int}", may=SEE_RESULTS)
async def entry_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await review_list_reads.own_entry(request.user, number), Form())


@post(AT + "/{number:int}/named", may=SEE_RESULTS)
async def name(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Whom the unit asks to keep out, a name a line."""
    line = await review_list_reads.own_entry(request.user, number)
    form = await read_form(request)
    try:
        await review_entries.name(line.id, form.value("named"), request.user.account_id)
    except Refused as refusal:
        return await _page(request, line, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{number}", done="review_named_kept")


async def _page(request: Request[Any, Any, Any], line: OwnLine, form: Form, status: int = 200) -> Response[bytes]:
    decided = line.stage in {EntryStage.AWARDED, EntryStage.NOT_AWARDED}
    return render(
        request, "innovations/reviews/own_entry.html", status, line=line, stages=ENTRY_STAGES, now=datetime.now(UTC),
        form=form if form.fields else Form.filled({"named": line.named}),
        naming=line.round.stage in review_entries.BEFORE_MARKING and line.stage in review_entries.STANDING,
        result=await review_results.of(line) if decided else None,
        left_out=line.stage is EntryStage.LISTED and line.round.stage is not Stage.OPEN,
    )  # fmt: skip


HANDLERS = [entry_list, entry_page, name]
