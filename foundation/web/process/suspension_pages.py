"""Suspended pages: suspending one, asking for it to be restored, and what the public is answered meanwhile."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Problem, Refused
from foundation.process import suspensions
from foundation.process.may import SUSPEND_PAGES
from foundation.web.api.endpoints import Endpoint
from foundation.web.api.problems import problem_answer
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.documents import known_id
from foundation.work import two_person

PAGE = 30
GONE = 410


async def answer_if_suspended(request: Request[Any, Any, Any]) -> Response[bytes] | None:
    """The answer instead of a public page that is suspended, None for all others.

    Asked before every handler, within the snapshot of a page that is going to be kept, so that no page is kept that
    was read after its suspension. Desks and forms behind the door are not asked.
    """
    opt = request.scope["route_handler"].opt
    if not opt.get("public"):
        return None
    endpoint: Endpoint | None = opt.get("api")
    page_too = endpoint.page.format_map(request.path_params) if endpoint and endpoint.page else request.scope["path"]
    if not (await suspensions.suspended(request.scope["path"]) or await suspensions.suspended(page_too)):
        return None
    if endpoint is not None and request.scope.get("ganpo.api"):
        return problem_answer(request, GONE)
    page = render(request, "process/suspensions/suspended.html", status=GONE)
    page.headers["cache-control"] = "no-store"
    return page


@get("/suspensions", may=SUSPEND_PAGES)
async def suspension_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _page(request, Form.filled({"address": request.query_params.get("address", "")[:400]}))


@post("/suspensions", may=SUSPEND_PAGES)
async def suspend(request: Request[Any, Any, Any]) -> Response[Any]:
    """In force from this commit on; a second person confirms afterwards."""
    form = await read_form(request)
    try:
        await suspensions.suspend(
            form.value("address"), form.value("reason"), request.user.account_id, datetime.now(UTC)
        )
    except Refused as refusal:
        return await _page(request, form.with_problems(refusal.problems), 422)
    return redirect(request, "/suspensions", done="suspension_made")


@post("/suspensions/{suspension_id:int}/lifting", may=SUSPEND_PAGES)
async def ask_to_lift(request: Request[Any, Any, Any], suspension_id: FromPath[int]) -> Response[Any]:
    form, field = await read_form(request), f"lift-{suspension_id}"
    try:
        await suspensions.ask_to_lift(
            known_id(suspension_id), form.value(field), request.user.account_id, datetime.now(UTC)
        )
    except Refused as refusal:
        problems = [Problem(each.code, field if each.field else "", each.params) for each in refusal.problems]
        return await _page(request, form.with_problems(problems), 422)
    return redirect(request, "/suspensions", done="suspension_lift_asked")


async def _page(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    rows = await suspensions.newest(read_cursor(request), PAGE + 1)
    page = page_of(rows, PAGE, lambda row: row.id)
    open_acts = {row.id: await _open_acts(row.about) for row in page.rows if row.lifted_at is None}
    return render(request, "process/suspensions/list.html", status, form=form, page=page, open_acts=open_acts)


async def _open_acts(about: str) -> dict[str, int]:
    """Kind -> id of what waits for a second person."""
    return {act.kind: act.id for act in await two_person.about(about) if act.stage is two_person.Stage.ASKED}


HANDLERS = [suspension_list, suspend, ask_to_lift]
