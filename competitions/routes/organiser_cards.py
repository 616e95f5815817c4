"""The organiser's page of judges' cards: who has one for a day, making them, withdrawing one."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import venue
from competitions.contests import ContestFacts, contest_for_organiser
from competitions.may import RUN_COMPETITIONS
from foundation.base.problem import NotFound, Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import pages_of, redirect, render, speaker_of
from foundation.web.qr import qr_svg


@get("/organise/contests/{address:str}/cards", may=RUN_COMPETITIONS)
async def cards_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    today = _today(request)
    day = venue.read_day(request.query_params.get("day", "")) or max(today, contest.competition.starts_on or today)
    without = [one.seat for one in await venue.holders(contest, day) if one.card is None or one.card.state != "good"]
    form = Form.filled({"day": day.isoformat(), "seats": [str(seat.position) for seat in without]})
    return await _page(request, contest, day, form)


@post("/organise/contests/{address:str}/cards", may=RUN_COMPETITIONS)
async def issue_cards(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """The answer is the page of cards and no redirect: codes exist on this one page only, and no PIN at all."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    today, day = _today(request), venue.read_day(form.value("day"))
    chosen = {int(one) if one.isdecimal() and len(one) < 6 else 0 for one in form.values("seats")}
    try:
        if day is None:
            raise Refused(Problem("date_wrong", "day", {"date": form.value("day")[:40]}))
        cards = await venue.issue(
            contest,
            chosen,
            day,
            today=today,
            by=request.user.account_id,
            now=datetime.now(UTC),
            replacing=form.checked("confirm", "yes"),
        )
    except Refused as refusal:
        return await _page(request, contest, day or today, form.with_problems(refusal.problems), 422)
    home = pages_of(request).settings.public_url or str(request.base_url).rstrip("/")
    label = speaker_of(request).gettext("QR code of the card")
    slips = [(seat, card, qr_svg(f"{home}/venue/{card.code}", label)) for seat, card in cards]
    return render(
        request, "competitions/organiser/card_slips.html", contest=contest, slips=slips, day=day, home=home, here=""
    )


@post("/organise/contests/{address:str}/cards/{card_id:int}", may=RUN_COMPETITIONS)
async def withdraw_card(
    request: Request[Any, Any, Any], address: FromPath[str], card_id: FromPath[int]
) -> Response[Any]:
    contest = await contest_for_organiser(request.user, address)
    if not 0 < card_id < 2**31:
        raise NotFound
    day = venue.read_day((await read_form(request)).value("day")) or _today(request)
    await venue.withdraw(contest, card_id, request.user.account_id, datetime.now(UTC))
    return redirect(request, f"/organise/contests/{address}/cards?day={day.isoformat()}", done="card_withdrawn_done")


async def _page(
    request: Request[Any, Any, Any], contest: ContestFacts, day: date, form: Form, status: int = 200
) -> Response[bytes]:
    holders = await venue.holders(contest, day)
    return render(
        request,
        "competitions/organiser/cards.html",
        status,
        contest=contest,
        holders=holders,
        day=day,
        form=form,
        without_pin=[one.seat for one in holders if one.pin == "none"],
        some_good=any(one.card is not None and one.card.state == "good" for one in holders),
    )


def _today(request: Request[Any, Any, Any]) -> date:
    return datetime.now(ZoneInfo(pages_of(request).settings.zone)).date()


HANDLERS = [cards_page, issue_cards, withdraw_card]
