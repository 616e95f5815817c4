"""A judge at a venue: the page behind the QR code of a card, the judge's own PIN, and handing the shared tablet on.

What the card is good for is text of whoever made it. Its code stands in the address, so the pages send no address on.
"""

from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import factors, sessions, venue_entry, venue_pins
from foundation.people.venue_cards import CardFacts, card_by_code
from foundation.web.access import client_address
from foundation.web.door import session_cookie
from foundation.web.forms import Form, read_form
from foundation.web.pages import pages_of, redirect, render

Answer = TypeVar("Answer", bound=Response[Any])


@get("/venue", public=True)
async def venue_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A tablet that nobody holds."""
    return _quiet(render(request, "people/venue.html", form=Form()))


@post("/venue", public=True)
async def typed_code(request: Request[Any, Any, Any]) -> Response[Any]:
    """The code typed from the card, where a tablet cannot scan."""
    form = await read_form(request)
    code = secrets.read_code(form.value("code"))
    if not code or await card_by_code(code) is None:
        again = form.with_problems([Problem("venue_code_unknown", "code")])
        return _quiet(render(request, "people/venue.html", 422, form=again))
    return redirect(request, f"/venue/{code}")


@get("/venue/{code:str}", public=True)
async def pin_page(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    return await _pin(request, code, Form(), choosing="choose" in request.query_params)


@post("/venue/{code:str}", public=True)
async def enter(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """The right PIN opens the session, and the page that the card is for."""
    form, now, zone = await read_form(request), datetime.now(UTC), _zone(request)
    try:
        token, card = await venue_entry.enter(code, form.value("pin"), now, zone)
    except Refused as refusal:
        return await _pin(request, code, Form().with_problems(refusal.problems), 422)
    return _inside(request, token, card, now, zone)


@post("/venue/{code:str}/pin", public=True)
async def choose_pin(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """The judge's own PIN, chosen at the tablet by who shows the password or an activation code; then as with a PIN."""
    form, now, zone = await read_form(request), datetime.now(UTC), _zone(request)
    proof, pin, repeated = form.value("proof"), form.value("pin"), form.value("pin_repeated")
    try:
        token, card = await venue_entry.choose(code, proof, pin, repeated, client_address(request), now, zone)
    except Refused as refusal:
        return await _pin(request, code, Form().with_problems(refusal.problems), 422, choosing=True)
    return _inside(request, token, card, now, zone)


@get("/me/venue-pin", signed_in=True)
async def own_pin(request: Request[Any, Any, Any]) -> Response[bytes]:
    """One's own PIN, chosen in peace before the day."""
    return await _own(request, Form())


@post("/me/venue-pin", signed_in=True)
async def choose_own_pin(request: Request[Any, Any, Any]) -> Response[Any]:
    form, now = await read_form(request), datetime.now(UTC)
    pin, repeated = venue_pins.read(form.value("pin")), venue_pins.read(form.value("pin_repeated"))
    try:
        if problems := venue_pins.problems_with(pin, repeated):
            raise Refused(*problems)
        await sessions.prove(request.user, form.value("password"), form.value("code"), client_address(request), now)
        await venue_pins.choose(request.user.account_id, pin, repeated, now)
    except Refused as refusal:
        return await _own(request, Form().with_problems(refusal.problems), 422)
    return redirect(request, "/me/venue-pin", done="venue_pin_done")


@post("/hand-on", signed_in=True, venue="*")
async def hand_on(request: Request[Any, Any, Any]) -> Response[Any]:
    """The judge is done here: the session ends, the tablet is anybody's."""
    await sessions.sign_out(request.user)
    answer = redirect(request, "/venue")
    answer.set_cookie(session_cookie(request, "", 0))
    return answer


async def _card(code: str) -> CardFacts:
    card = await card_by_code(code)
    if card is None:
        raise NotFound
    return card


def _zone(request: Request[Any, Any, Any]) -> ZoneInfo:
    return ZoneInfo(pages_of(request).settings.zone)


def _inside(
    request: Request[Any, Any, Any], token: str, card: CardFacts, now: datetime, zone: ZoneInfo
) -> Response[Any]:
    answer = _quiet(redirect(request, card.opens))
    until = venue_entry.day_end(card.valid_on, zone)
    answer.set_cookie(session_cookie(request, token, int((until - now).total_seconds())))
    return answer


async def _pin(
    request: Request[Any, Any, Any], code: str, form: Form, status: int = 200, *, choosing: bool = False
) -> Response[bytes]:
    """Behind a card: why it opens nothing now, the PIN, or choosing one where there is none that is good."""
    card = await _card(code)
    closed = venue_entry.card_problems(card, datetime.now(UTC), _zone(request))
    state = (await venue_pins.states([card.account_id]))[card.account_id]
    if closed:
        form = Form().with_problems(closed)
    page = render(
        request,
        "people/venue_pin.html",
        status,
        form=form,
        card=card,
        open=not closed,
        state=state,
        choosing=choosing or state != "good",
        choose_address=f"/venue/{quote(code)}/pin",
        enter_address=f"/venue/{quote(code)}",
        here="",
    )
    return _quiet(page)


async def _own(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    me = request.user.account_id
    state = (await venue_pins.states([me]))[me]
    factor = await factors.needed(me, request.user.all_roles) is factors.Need.CODE
    return render(request, "people/venue_own.html", status, form=form, state=state, factor=factor)


def _quiet(page: Answer) -> Answer:
    """Kept nowhere, told nowhere; under `no-referrer` a browser would hide where the form comes from (Origin: null)."""
    page.headers["cache-control"] = "no-store"
    page.headers["referrer-policy"] = "strict-origin"
    page.headers["x-robots-tag"] = "noindex"
    return page


HANDLERS = [venue_page, typed_code, pin_page, enter, choose_pin, own_pin, choose_own_pin, hand_on]
