"""The judge's pages: the works that were given to them, and the marking sheet of one work."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions.desk import Desk, DeskSheet, desk_for, next_open, sheet_of, works_of
from competitions.marks import give
from competitions.rules.revisions import is_stale
from competitions.rules.sheet import Sheet, make_sheet, shown_fields
from competitions.rules.sheet_reading import read_sheet
from foundation.base.clock import day_of, today
from foundation.base.problem import Problem, Refused
from foundation.base.secrets import new_code
from foundation.store.commit import Busy
from foundation.web.forms import Form, read_form
from foundation.web.pages import pages_of, redirect, render

SAVED = "marks_saved"
SUBJECT = "contest:{address}"  # open to a judge's card of the contest in the address: see competitions/venue.py


@get("/judge/contests/{address:str}", signed_in=True, venue=SUBJECT)
async def contest_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    desk = await desk_for(request.user.account_id, address)
    works = await works_of(desk)
    return render(
        request,
        "competitions/judge/contest.html",
        contest=desk.contest,
        seat=desk.seat,
        closed=desk.closed,
        waiting=[work for work in works if work.open],
        finished=[work for work in works if not work.open],
    )


@get("/judge/contests/{address:str}/works/{work_number:str}", signed_in=True, venue=SUBJECT)
async def sheet_page(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[bytes]:
    desk = await desk_for(request.user.account_id, address)
    work = await sheet_of(desk, work_number)
    sheet = _sheet(desk, work)
    form = Form.filled({**shown_fields(sheet, work.current), **_fresh(desk)})
    return await _show(request, desk, work, sheet=sheet, form=form)


@post("/judge/contests/{address:str}/works/{work_number:str}", signed_in=True, venue=SUBJECT)
async def save_sheet(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[Any]:
    desk = await desk_for(request.user.account_id, address)
    work = await sheet_of(desk, work_number)
    form = await read_form(request)
    given, problems = read_sheet(_sheet(desk, work), form, desk.frozen.version)
    if problems and work.closed is None:
        return await _again(request, desk, form, number=work_number, status=422, problems=problems)
    try:
        if work.closed is not None:
            raise Refused(work.closed)
        await give(desk.seat.id, work.id, given, request.user.account_id, datetime.now(UTC))
    except Busy as busy:
        return await _again(request, desk, form, number=work_number, status=503, problems=busy.problems)
    except Refused as refusal:
        return await _again(request, desk, form, number=work_number, status=409, problems=refusal.problems)
    return redirect(request, f"/judge/contests/{quote(address)}/works/{quote(work_number, safe='')}", done=SAVED)


def _sheet(desk: Desk, work: DeskSheet) -> Sheet:
    return make_sheet(desk.frozen.scheme, desk.frozen.notes, desk.seat.aspects, work.current)


def _fresh(desk: Desk) -> dict[str, str]:
    """What makes each rendered sheet its own: a nonce for the ids of its marks, and the scheme it was made from."""
    return {"nonce": new_code(), "version": str(desk.frozen.version)}


async def _again(
    request: Request[Any, Any, Any], desk: Desk, form: Form, *, number: str, status: int, problems: Iterable[Problem]
) -> Response[bytes]:
    """The sheet as it was typed, with what is wrong; a mark that was changed elsewhere now builds on the stored one."""
    work = await sheet_of(desk, number)
    problems = tuple(problems)
    current = work.current
    bases = {
        f"base-{code}": str(current[code].revision)
        for code in current
        if any(is_stale(problem, code) for problem in problems)
    }
    form = form.with_values({**bases, **_fresh(desk)}).with_problems(in_zone(request, problems))
    return await _show(request, desk, work, sheet=_sheet(desk, work), form=form, status=status)


async def _show(
    request: Request[Any, Any, Any], desk: Desk, work: DeskSheet, *, sheet: Sheet, form: Form, status: int = 200
) -> Response[bytes]:
    works = await works_of(desk)
    return render(
        request,
        "competitions/judge/sheet.html",
        status,
        contest=desk.contest,
        seat=desk.seat,
        number=work.number,
        closed=in_zone(request, [work.closed])[0] if work.closed and not form.problems else None,
        disabled=work.closed is not None,
        sheet=sheet,
        form=form,
        count=next(each.count for each in works if each.number == work.number),
        next=next_open(works, work.number),
        saved=request.query_params.get("done", "").partition(".")[0] == SAVED,
    )


def in_zone(request: Request[Any, Any, Any], problems: Iterable[Problem]) -> list[Problem]:
    """The problems with their times (`at`) as the clock on the wall shows them; with the day where it is not today."""
    zone = ZoneInfo(pages_of(request).settings.zone)
    shown: list[Problem] = []
    for problem in problems:
        if "at" in problem.params:
            at = datetime.fromisoformat(problem.params["at"]).astimezone(zone)
            clock = f"{at:%H:%M}" if day_of(at) == today() else f"{at:%Y-%m-%d %H:%M}"
            problem = replace(problem, params={**problem.params, "at": clock})  # noqa: PLW2901
        shown.append(problem)
    return shown


HANDLERS = [contest_page, sheet_page, save_sheet]
