"""A panel member's pages: what stands before the panel, the sheet of one nomination, keeping out; the chair's view."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import panel, panel_files, panel_locks, panel_marks, panel_scores, vote_reads
from craftsmen.panel_reads import Desk, Work, desk_for, own_marks, seats_of, work_of, works_of
from craftsmen.rules.panel_marks import make_sheet, read_sheet, shown_fields
from foundation.base.problem import NotFound, Problem, Refused
from foundation.base.secrets import new_code
from foundation.people.worker_words import GRADES
from foundation.store.commit import Busy
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render

SAVED = "panel_marks_saved"


@get("/panel/rounds/{address:str}", signed_in=True)
async def panel_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    desk = await desk_for(request.user, address)
    return render(
        request,
        "craftsmen/panel/list.html",
        desk=desk,
        works=await works_of(desk, request.user),
        scores=panel_scores.shown(await panel_locks.scores_of(desk.round.id), desk.scheme),
        votes=await vote_reads.votes_of(desk.round.id),
    )


@get("/panel/rounds/{address:str}/nominations/{number:str}", signed_in=True)
async def sheet_page(request: Request[Any, Any, Any], address: FromPath[str], number: FromPath[str]) -> Response[bytes]:
    desk = await desk_for(request.user, address)
    work = await work_of(desk, request.user, number)
    return await _show(request, desk, work, await _filled(desk, work))


@post("/panel/rounds/{address:str}/nominations/{number:str}", signed_in=True)
async def save_sheet(request: Request[Any, Any, Any], address: FromPath[str], number: FromPath[str]) -> Response[Any]:
    desk = await desk_for(request.user, address)
    work = await work_of(desk, request.user, number)
    form = await read_form(request)
    if desk.scheme is None:
        raise NotFound
    given, problems = read_sheet(desk.scheme, form, desk.scheme_hash)
    if problems:
        return await _again(request, desk, work, form, problems, 422)
    try:
        await panel_marks.give(desk.seat.id, work.nomination.id, given, request.user.account_id, datetime.now(UTC))
    except Busy as busy:
        return await _again(request, desk, work, form, busy.problems, 503)
    except Refused as refusal:
        return await _again(request, desk, work, form, refusal.problems, 409)
    return redirect(request, f"/panel/rounds/{desk.round.address}/nominations/{work.nomination.address}", done=SAVED)


@post("/panel/rounds/{address:str}/nominations/{number:str}/recusal", signed_in=True)
async def keep_out(request: Request[Any, Any, Any], address: FromPath[str], number: FromPath[str]) -> Response[Any]:
    """Declare that one keeps out of this nomination, with the reason."""
    desk = await desk_for(request.user, address)
    work = await work_of(desk, request.user, number)
    form = await read_form(request)
    by, now = request.user.account_id, datetime.now(UTC)
    try:
        await panel.recuse(desk.round.id, desk.seat.id, work.nomination.id, form.value("reason"), by, now)
    except Refused as refusal:
        filled = (await _filled(desk, work)).with_values({"reason": form.value("reason")})
        return await _show(request, desk, work, filled.with_problems(refusal.problems), 409)
    return redirect(request, f"/panel/rounds/{desk.round.address}", done="recusal_declared")


@get("/panel/rounds/{address:str}/overview", signed_in=True)
async def overview_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    desk = await _chair(request, address)
    return await _overview(request, desk, Form())


@post("/panel/rounds/{address:str}/overview", signed_in=True)
async def lock(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """The chair locks the marks that the page showed."""
    desk = await _chair(request, address)
    form = await read_form(request)
    try:
        if not form.checked("confirm", "yes"):
            raise Refused(Problem("panel_lock_unconfirmed", "confirm"))
        await panel_locks.lock(desk.round.id, form.value("seen"), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        desk = await _chair(request, address)
        return await _overview(request, desk, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/panel/rounds/{desk.round.address}/overview", done="panel_locked_now")


@post("/panel/rounds/{address:str}/unlocking", signed_in=True)
async def ask_to_unlock(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """The chair asks that the lock be taken back; somebody else decides."""
    desk = await _chair(request, address)
    form = await read_form(request)
    try:
        await panel_locks.ask_to_unlock(desk.round.id, form.value("reason"), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _overview(request, desk, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/panel/rounds/{desk.round.address}/overview", done="panel_unlock_asked")


async def _chair(request: Request[Any, Any, Any], address: str) -> Desk:
    desk = await desk_for(request.user, address)
    if not desk.seat.chair:
        raise NotFound
    return desk


async def _overview(request: Request[Any, Any, Any], desk: Desk, form: Form, status: int = 200) -> Response[bytes]:
    found = await panel_scores.overview(desk.round.id)
    return render(
        request,
        "craftsmen/panel/overview.html",
        status,
        desk=desk,
        overview=found,
        scores=panel_scores.shown(await panel_locks.scores_of(desk.round.id), desk.scheme),
        seats=await seats_of(desk.round.id),
        unlock_asked=await panel_locks.asked(desk.round.id),
        unlockable=await panel_locks.unlocking(desk.round) is None,
        form=form.with_values({"seen": found.seen}),
    )


async def _filled(desk: Desk, work: Work) -> Form:
    """The sheet as it is stored; a nonce makes the ids of its marks its own."""
    if desk.scheme is None:
        return Form()
    current = (await own_marks(desk.seat.id)).get(work.nomination.id, {})
    return Form.filled({**shown_fields(desk.scheme, current), "nonce": new_code(), "scheme": desk.scheme_hash})


async def _again(  # noqa: PLR0917 - a page is all of these
    request: Request[Any, Any, Any], desk: Desk, work: Work, form: Form, problems: Iterable[Problem], status: int
) -> Response[bytes]:
    """The sheet as it was typed; a line that was changed elsewhere builds on what is stored now."""
    current = (await own_marks(desk.seat.id)).get(work.nomination.id, {})
    stale = {problem.field for problem in problems if problem.code == "panel_mark_stale"}
    bases = {f"base-{code}": str(one.revision) for code, one in current.items() if f"mark-{code}" in stale}
    form = form.with_values({**bases, "nonce": new_code(), "scheme": desk.scheme_hash}).with_problems(problems)
    return await _show(request, desk, work, form, status)


async def _show(
    request: Request[Any, Any, Any], desk: Desk, work: Work, form: Form, status: int = 200
) -> Response[bytes]:
    current = (await own_marks(desk.seat.id)).get(work.nomination.id, {})
    works = await works_of(desk, request.user)
    one = work.nomination
    return render(
        request,
        "craftsmen/panel/sheet.html",
        status,
        desk=desk,
        work=work,
        parts=make_sheet(desk.scheme, current) if desk.scheme else (),
        criteria={one.code: one.text for one in desk.rules.criteria},
        judged=await panel_files.of(desk, request.user, work) if work.keeps is None else None,
        form=form,
        grades=GRADES,
        disabled=desk.closed is not None,
        next=_next(works, one.address),
        saved=request.query_params.get("done", "").partition(".")[0] == SAVED,
    )


def _next(works: list[Work], address: str) -> Work | None:
    """The next nomination this member has not finished: after this one, then from the start."""
    order = [one.nomination.address for one in works]
    start = order.index(address) + 1 if address in order else 0
    later = (*works[start:], *works[:start])
    return next((one for one in later if one.open and one.nomination.address != address), None)


HANDLERS = [panel_page, sheet_page, save_sheet, keep_out, overview_page, lock, ask_to_unlock]
