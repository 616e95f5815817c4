"""A worker's own page: one of their honours, and giving it back. The session is the worker's, no account's."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import honour_certificates, renouncing
from craftsmen.honour_facts import HonourFacts
from craftsmen.rules.honours import DONE, STAGES, Stage
from foundation.base.problem import Refused
from foundation.people.own import OwnSession
from foundation.process.checks import STANDING_WORDS
from foundation.web.forms import Form
from foundation.web.pages import redirect, render
from foundation.web.people.own_pages import NO_STORE, form_of, session_of


@get("/mine/honours/{honour_id:int}", public=True)
async def own_honour(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[Any]:
    session = await session_of(request)
    if session is None:
        return redirect(request, "/mine")
    return await _page(request, session, await renouncing.own_honour(session, honour_id), Form())


@post("/mine/honours/{honour_id:int}/renunciation", public=True)
async def renounce(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[Any]:
    session, form = await form_of(request)
    if session is None:
        return redirect(request, "/mine")
    honour = await renouncing.own_honour(session, honour_id)
    try:
        await renouncing.renounce(session, honour_id, form.checked("understood"), datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, session, honour, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/mine/honours/{honour_id}")


async def _page(
    request: Request[Any, Any, Any], session: OwnSession, honour: HonourFacts, form: Form, status: int = 200
) -> Response[bytes]:
    page = render(
        request,
        "craftsmen/honours/own.html",
        status,
        csrf_token=session.csrf,
        honour=honour,
        form=form,
        certificates=await honour_certificates.of_honour(honour.id),
        certificate_words=STANDING_WORDS,
        gives_back=honour.stage is Stage.CONFERRED and honour.worker == session.worker_id,
        stages=STAGES,
        done=DONE,
    )
    page.headers["cache-control"] = NO_STORE
    return page


HANDLERS = [own_honour, renounce]
