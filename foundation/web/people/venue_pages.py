"""A judge at a venue: the page behind the QR code of a card, the PIN, and handing the shared tablet on.

What the card is good for is text of whoever made it. Its code stands in the address, so the pages send no address on.
"""

from datetime import UTC, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import sessions, venue_entry
from foundation.people.venue_cards import CardFacts, card_by_code
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
    card = await _card(code)
    problems = venue_entry.card_problems(card, datetime.now(UTC), _zone(request))
    return _pin(request, card, Form().with_problems(problems), open_=not problems)


@post("/venue/{code:str}", public=True)
async def enter(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """The right PIN opens the session, and the page that the card is for."""
    card, now, zone = await _card(code), datetime.now(UTC), _zone(request)
    form = await read_form(request)
    try:
        token, card = await venue_entry.enter(code, form.value("pin"), now, zone)
    except Refused as refusal:
        still = not venue_entry.card_problems(await _card(code), now, zone)
        return _pin(request, card, Form().with_problems(refusal.problems), open_=still, status=422)
    answer = _quiet(redirect(request, card.opens))
    until = venue_entry.day_end(card.valid_on, zone)
    answer.set_cookie(session_cookie(request, token, int((until - now).total_seconds())))
    return answer


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


def _pin(
    request: Request[Any, Any, Any], card: CardFacts, form: Form, *, open_: bool, status: int = 200
) -> Response[bytes]:
    page = render(request, "people/venue_pin.html", status, form=form, card=card, open=open_, here="")
    return _quiet(page)


def _quiet(page: Answer) -> Answer:
    """Kept nowhere, told nowhere; under `no-referrer` a browser would hide where the form comes from (Origin: null)."""
    page.headers["cache-control"] = "no-store"
    page.headers["referrer-policy"] = "strict-origin"
    page.headers["x-robots-tag"] = "noindex"
    return page


HANDLERS = [venue_page, typed_code, pin_page, enter, hand_on]
