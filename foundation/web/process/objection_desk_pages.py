"""Objections for those who handle or supervise them: the list, one with its steps, and who objects, with a reason."""

from datetime import UTC, datetime, time
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.process import notice_reads, objection_reads, objections
from foundation.process.calendar import read_day
from foundation.process.may import HANDLE_OBJECTIONS, KEEP_NOTICES, SEE_OBJECTIONS
from foundation.process.notice_reads import KeptNotice
from foundation.process.objection_reads import ObjectionFacts
from foundation.process.objections import Objector
from foundation.process.rules.objections import OFFICERS_STEPS, Channel, day_received, read_objection
from foundation.web.forms import Form, read_form
from foundation.web.keyset import LARGEST_ID, page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of

SIZE = 50
SAID = {
    "accept": "objection_accepted", "refuse": "objection_refused", "check": "objection_checking",
    "answer": "objection_answered", "close": "objection_closed",
}  # fmt: skip
BY_OFFICERS = (Channel.PHONE, Channel.LETTER, Channel.VISIT)


@get("/objections", may=SEE_OBJECTIONS)
async def objection_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    every = request.query_params.get("show", "") == "all"
    before = read_cursor(request)
    rows = await objection_reads.listed(request.user, SEE_OBJECTIONS, before, SIZE, waiting=not every)
    page = page_of(rows, SIZE, lambda objection: objection.id)
    return render(request, "process/objections/list.html", page=page, every=every, now=datetime.now(UTC))


@get("/objections/{objection_id:int}", may=SEE_OBJECTIONS)
async def objection_page(request: Request[Any, Any, Any], objection_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, await _one(request, objection_id), Form())


@post("/objections/{objection_id:int}/steps", may=HANDLE_OBJECTIONS)
async def take_step(request: Request[Any, Any, Any], objection_id: FromPath[int]) -> Response[Any]:
    found, form = await _one(request, objection_id, handling=True), await read_form(request)
    step = form.value("step")
    try:
        if step not in OFFICERS_STEPS:
            raise Refused(Problem("objection_step_empty", "step"))
        await objections.take(
            found.id,
            step,
            form.value("note"),
            by=request.user.account_id,
            now=datetime.now(UTC),
            outcome=form.value("outcome"),
        )
    except Refused as refusal:
        return await _page(request, await _one(request, objection_id), form.with_problems(refusal.problems), 422)
    return redirect(request, f"/objections/{objection_id}", done=SAID[step])


@post("/objections/{objection_id:int}/objector", may=HANDLE_OBJECTIONS)
async def read_objector(request: Request[Any, Any, Any], objection_id: FromPath[int]) -> Response[bytes]:
    """Answers with who objects and no redirect: the name stands on this one page only."""
    found, form = await _one(request, objection_id, handling=True), await read_form(request)
    try:
        who = await objections.open_contact(found.id, form.value("reason"), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, found, form.with_problems(refusal.problems), 422)
    return await _page(request, found, Form(), objector=who)


@get("/notices/manage/{address:str}/objection", may=KEEP_NOTICES)
async def record_form(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    notice = await notice_reads.kept(request.user, KEEP_NOTICES, address)
    today = datetime.now(zone_of(request)).date().isoformat()
    return _record_form(request, notice, Form.filled({"received": today}))


@post("/notices/manage/{address:str}/objection", may=KEEP_NOTICES)
async def record_objection(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """Answers with the receipt for the objector; the code exists on this one page only."""
    notice = await notice_reads.kept(request.user, KEEP_NOTICES, address)
    form, now, zone = await read_form(request), datetime.now(UTC), zone_of(request)
    said, problems = read_objection({name: form.value(name) for name in ("text", "named", "name", "contact")})
    day, channel = read_day(form.value("received")), form.value("channel")
    if day is None:
        problems.append(Problem("objection_received_form", "received"))
    if channel not in BY_OFFICERS:
        problems.append(Problem("objection_channel", "channel"))
    try:
        if said is None or day is None or problems:
            raise Refused(*problems)
        first, last = (datetime.combine(day, at, zone).astimezone(UTC) for at in (time.min, time.max))
        received = day_received(first, last, notice.ends_at, now)
        code = await objections.record_for(
            said, Channel(channel), notice.id, received, by=request.user.account_id, now=now, zone=zone
        )
    except Refused as refusal:
        return _record_form(request, notice, form.with_problems(refusal.problems), 422)
    return render(request, "process/objections/recorded.html", 201, notice=notice, code=code, now=now)


def _record_form(request: Request[Any, Any, Any], notice: KeptNotice, form: Form, status: int = 200) -> Response[bytes]:
    return render(request, "process/objections/record.html", status, notice=notice, form=form)


async def _one(request: Request[Any, Any, Any], objection_id: int, *, handling: bool = False) -> ObjectionFacts:
    if not 0 < objection_id <= LARGEST_ID:
        raise NotFound
    permission = HANDLE_OBJECTIONS if handling else SEE_OBJECTIONS
    return await objection_reads.one(request.user, permission, objection_id)


async def _page(
    request: Request[Any, Any, Any],
    found: ObjectionFacts,
    form: Form,
    status: int = 200,
    objector: Objector | None = None,
) -> Response[bytes]:
    return render(
        request,
        "process/objections/objection.html",
        status,
        objection=found,
        steps=await objection_reads.steps(found.id),
        openings=await objection_reads.openings(found.id),
        objector=objector,
        handles=await objection_reads.may(request.user, HANDLE_OBJECTIONS, found.id),
        form=form,
        now=datetime.now(UTC),
    )


HANDLERS = [objection_list, objection_page, take_step, read_objector, record_form, record_objection]
