"""A worker's nomination of themselves (自荐) on their own page, and what became of those that others wrote.

No account: the session is the worker's own, and reaches this worker's nominations alone.
"""

import hmac
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import (
    nomination_own,
    nomination_pictures,
    nomination_reads,
    nomination_records,
    nomination_rounds,
    nominations,
    scanning,
    steps,
)
from craftsmen.nomination_pictures import Pictures
from craftsmen.nomination_reads import NominationFacts
from craftsmen.routes.nomination_shown import address_of, fields_of, filled, form_page, known_id, stage_of
from craftsmen.rules.nomination_form import read_nomination
from foundation.base.problem import NotFound, Refused
from foundation.people.own import OwnSession
from foundation.web.access import ForeignForm
from foundation.web.forms import CSRF_FIELD, Form, read_form, received
from foundation.web.pages import redirect, render
from foundation.web.people.own_pages import NO_STORE, session_of


@get("/mine/nominations", public=True)
async def own_list(request: Request[Any, Any, Any]) -> Response[Any]:
    """One's nominations, and rounds in which one may nominate oneself."""
    session = await session_of(request)
    return redirect(request, "/mine") if session is None else await _list(request, session, Form())


@post("/mine/nominations", public=True)
async def begin_own(request: Request[Any, Any, Any]) -> Response[Any]:
    session, form = await own_form(request)
    found = await nomination_rounds.by_address(form.value("round")[:60])
    try:
        made = await nominations.nominate(found.id, session.worker_id, session.actor, datetime.now(UTC), own=True)
    except Refused as refusal:
        return await _list(request, session, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/mine/nominations/{made}/draft")


@get("/mine/nominations/{address:str}", public=True)
async def own_file(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    session = await session_of(request)
    if session is None:
        return redirect(request, "/mine")
    return await _file(request, session, await nomination_reads.of_worker(session.worker_id, address_of(address)))


@get("/mine/nominations/{address:str}/draft", public=True)
async def own_draft(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    session = await session_of(request)
    if session is None:
        return redirect(request, "/mine")
    nomination = await own_draft_of(session, address)
    return kept(await form_page(request, nomination, filled(nomination), own=session.csrf))


@post("/mine/nominations/{address:str}/draft", public=True)
async def save_own(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    session, form = await own_form(request)
    nomination, now = await own_draft_of(session, address), datetime.now(UTC)
    found = await nomination_rounds.by_id(nomination.round_id)
    known = [honour.id for honour in await nomination_records.honours_of(session.worker_id)]
    typed = {name: form.value(name) for name in fields_of(found.rules)}
    made, problems = read_nomination(typed, form.values("honours"), known, found.rules)
    if made is None:
        again = form.with_problems(problems)
        return kept(await form_page(request, nomination, again, 422, own=session.csrf))
    try:
        await nominations.save(nomination.id, made, known_id(form.value("revision")), session.actor, now)
        await scanning.run(nomination.id, session.actor, now)
    except Refused as refusal:
        again = form.with_problems(refusal.problems)
        return kept(await form_page(request, await own_draft_of(session, address), again, 422, own=session.csrf))
    return redirect(request, f"/mine/nominations/{address}")


@post("/mine/nominations/{address:str}/steps", public=True)
async def own_step(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Hand it to the unit, or withdraw it."""
    session, form = await own_form(request)
    nomination = await nomination_reads.own_of(session.worker_id, address_of(address))
    now = datetime.now(UTC)
    try:
        if form.value("step") == "hand_over":
            await nominations.hand_over(nomination.id, session.worker_id, now)
        else:
            at = stage_of(form.value("at"))
            await steps.withdraw(nomination.id, at, form.value("withdraw_reason"), session.actor, now)
    except Refused as refusal:
        return await _file(request, session, nomination, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/mine/nominations/{address}")


async def own_draft_of(session: OwnSession, address: str) -> NominationFacts:
    """One's own nomination while it is still with oneself. Raises NotFound."""
    nomination = await nomination_reads.own_of(session.worker_id, address_of(address))
    if nomination.handed_over_at is not None:
        raise NotFound
    return nomination


async def own_form(request: Request[Any, Any, Any]) -> tuple[OwnSession, Form]:
    """Whose page a form came from. Raises ForeignForm without the token of this very session."""
    session = await session_of(request)
    token = (await received(request)).get(CSRF_FIELD) if session else None
    if session is None or not isinstance(token, str) or not hmac.compare_digest(token.encode(), session.csrf.encode()):
        raise ForeignForm
    return session, await read_form(request)


async def _list(request: Request[Any, Any, Any], session: OwnSession, form: Form, status: int = 200) -> Response[bytes]:
    lines = await nomination_own.of_worker(session.worker_id)
    page = render(
        request,
        "craftsmen/nominations/own.html",
        status,
        csrf_token=session.csrf,
        form=form,
        rounds=await nomination_own.open_to(session.worker_id, lines, datetime.now(UTC)),
        lines=lines,
    )
    return kept(page)


async def _file(
    request: Request[Any, Any, Any], session: OwnSession, nomination: NominationFacts, form: Form | None = None,
    status: int = 200,
) -> Response[bytes]:  # fmt: skip
    page = render(
        request,
        "craftsmen/nominations/own_file.html",
        status,
        csrf_token=session.csrf,
        form=form or Form(),
        nomination=nomination,
        round=await nomination_rounds.by_id(nomination.round_id),
        pictures=await nomination_pictures.of(nomination) if nomination.own else Pictures(),
    )
    return kept(page)


def kept(page: Response[Any]) -> Response[Any]:
    """The page of one person, kept by nobody."""
    page.headers["cache-control"] = NO_STORE
    return page


HANDLERS = [own_list, begin_own, own_file, own_draft, save_own, own_step]
