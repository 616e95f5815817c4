"""The organiser's panel: who judges what, by aspects and work numbers."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import seats
from competitions.contests import ContestFacts, contest_for_organiser
from competitions.may import RUN_COMPETITIONS
from competitions.panel import SeatFacts, plans, seats_of
from competitions.preparing import hindrances
from competitions.rules.panel import SeatDraft
from competitions.versions import current_scheme
from foundation.base.problem import NotFound, Refused
from foundation.people import account_look_up
from foundation.tabulation.scheme import Scheme
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


@get("/organise/contests/{address:str}/panel", may=RUN_COMPETITIONS)
async def panel_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    return render(
        request,
        "competitions/organiser/panel.html",
        contest=contest,
        scheme=await current_scheme(contest.id),
        seats=await seats_of(contest.id),
        hindrances=await hindrances(contest),
    )


@get("/organise/contests/{address:str}/panel/new", may=RUN_COMPETITIONS)
async def new_seat(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    return await _form(request, contest, Form.filled({"works": "every"}), None)


@post("/organise/contests/{address:str}/panel", may=RUN_COMPETITIONS)
async def give_seat(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Seat everybody who was typed, one account a line, alike."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    sign_ins = form.value("sign_in").split()
    draft = _draft(form, await current_scheme(contest.id))
    try:
        finder = account_look_up.finder(request.user, datetime.now(UTC), "sign_in")
        await seats.seat_judges(contest.id, sign_ins, draft, request.user.account_id, finder)
    except Refused as refusal:
        return await _form(request, contest, form.with_problems(refusal.problems), None, 409)
    return redirect(request, f"/organise/contests/{address}/panel", done="seat_given")


@get("/organise/contests/{address:str}/panel/{position:int}", may=RUN_COMPETITIONS)
async def seat_page(
    request: Request[Any, Any, Any], address: FromPath[str], position: FromPath[int]
) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    seat = await _seat(contest, position)
    form = Form.filled(
        {
            "chief": "yes" if seat.chief else "",
            "aspects": seat.aspects,
            "works": "every" if seat.works is None else "chosen",
            "work": seat.works or (),
        }
    )
    return await _form(request, contest, form, seat)


@post("/organise/contests/{address:str}/panel/{position:int}", may=RUN_COMPETITIONS)
async def change_seat(
    request: Request[Any, Any, Any], address: FromPath[str], position: FromPath[int]
) -> Response[Any]:
    contest = await contest_for_organiser(request.user, address)
    seat = await _seat(contest, position)
    form = await read_form(request)
    by, remove = request.user.account_id, form.value("act") == "remove"
    try:
        if remove:
            await seats.remove(contest.id, position, by)
        else:
            await seats.change(contest.id, position, _draft(form, await current_scheme(contest.id)), by)
    except Refused as refusal:
        return await _form(request, contest, form.with_problems(refusal.problems), seat, 409)
    done = "seat_removed" if remove else "seat_changed"
    return redirect(request, f"/organise/contests/{address}/panel", done=done)


def _draft(form: Form, scheme: Scheme | None) -> SeatDraft:
    """The seat as ticked: aspects one by one, or whole modules; in the scheme's order, strange ones last."""
    ticked = dict.fromkeys(form.values("aspects"))
    whole = set(form.values("modules"))
    ordered = [
        aspect.code
        for module in (scheme.modules if scheme else ())
        for aspect in module.aspects
        if aspect.code in ticked or module.code in whole
    ]
    codes = (*ordered, *(code for code in ticked if code not in ordered))
    works = None if form.value("works") != "chosen" else tuple(dict.fromkeys(form.values("work")))
    return SeatDraft(codes, form.checked("chief", "yes"), works)


async def _seat(contest: ContestFacts, position: int) -> SeatFacts:
    for seat in await seats_of(contest.id):
        if seat.position == position:
            return seat
    raise NotFound


async def _form(
    request: Request[Any, Any, Any], contest: ContestFacts, form: Form, seat: SeatFacts | None, status: int = 200
) -> Response[bytes]:
    works, _ = await plans(contest.id)
    return render(
        request,
        "competitions/organiser/seat.html",
        status,
        contest=contest,
        seat=seat,
        scheme=await current_scheme(contest.id),
        works=works,
        form=form,
    )


HANDLERS = [panel_page, new_seat, give_seat, seat_page, change_seat]
