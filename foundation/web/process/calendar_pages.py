"""The table of working days, for officers of the federation: a year, its days, and what is custom with notices."""

import re
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post

from foundation.base.problem import NotFound, Problem, Refused
from foundation.process import calendar
from foundation.process.calendar import YEARS
from foundation.process.may import KEEP_CALENDAR
from foundation.process.rules.notices import Customs
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of

WORKING = {"no": False, "yes": True, "back": None}  # "back": what was entered is taken back


def _year(text: str) -> int:
    """A year of an address. Raises NotFound for anything else."""
    if not re.fullmatch(r"[0-9]{4}", text) or int(text) not in YEARS:
        raise NotFound
    return int(text)


async def _page(
    request: Request[Any, Any, Any],
    year: int,
    status: int = 200,
    *,
    day: Form | None = None,
    customs: Form | None = None,
) -> Response[bytes]:
    return render(
        request,
        "process/calendar/year.html",
        status,
        year=await calendar.year_of(year),
        years=YEARS,
        day_form=day or Form(),
        customs_form=customs or Form.filled(calendar.as_typed(await calendar.customs())),
    )


@get("/calendar", may=KEEP_CALENDAR)
async def calendar_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    wanted = request.query_params.get("year", "")
    return await _page(request, _year(wanted) if wanted else datetime.now(zone_of(request)).year)


@post("/calendar/days", may=KEEP_CALENDAR)
async def set_day(request: Request[Any, Any, Any]) -> Response[Any]:
    form, now = await read_form(request), datetime.now(UTC)
    day, working = calendar.read_day(form.value("day")), form.value("working")
    problems = [Problem("calendar_day_form", "day")] if day is None else []
    if working not in WORKING:
        problems.append(Problem("calendar_working_empty", "working"))
    try:
        if day is None or problems:
            raise Refused(*problems)
        await calendar.set_day(day, WORKING[working], form.value("reason"), request.user.account_id, now)
    except Refused as refusal:
        return await _page(request, _shown_year(request, form), 422, day=form.with_problems(refusal.problems))
    done = "calendar_day_taken_back" if working == "back" else "calendar_day_saved"
    return redirect(request, f"/calendar?year={day.year}", done=done)


@post("/calendar/years", may=KEEP_CALENDAR)
async def enter_year(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    year = _shown_year(request, form)
    try:
        await calendar.enter_year(year, form.value("grounds"), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, year, 422, day=form.with_problems(refusal.problems))
    return redirect(request, f"/calendar?year={year}", done="calendar_year_saved")


@post("/calendar/customs", may=KEEP_CALENDAR)
async def set_customs(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    try:
        await calendar.set_customs(
            {name: form.value(name) for name in Customs.__slots__}, request.user.account_id, datetime.now(UTC)
        )
    except Refused as refusal:
        return await _page(request, _shown_year(request, form), 422, customs=form.with_problems(refusal.problems))
    return redirect(request, f"/calendar?year={_shown_year(request, form)}", done="calendar_customs_saved")


def _shown_year(request: Request[Any, Any, Any], form: Form) -> int:
    """The year whose page a form was on; it travels along as a hidden field."""
    wanted = form.value("year")
    found = re.fullmatch(r"[0-9]{4}", wanted) and int(wanted) in YEARS
    return int(wanted) if found else datetime.now(zone_of(request)).year


HANDLERS = [calendar_page, set_day, enter_year, set_customs]
