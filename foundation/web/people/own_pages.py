"""A worker's own page (/mine): opened with a telephone and a code, it shows this worker's data and nothing else.

No account's session is looked at here: the cookie, the table and the token of forms are the worker's own. Every
answer is for one person and kept by nobody.
"""

import hmac
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie

from foundation.base.clock import today
from foundation.base.problem import Refused
from foundation.people import consents, own, worker_reads, workers
from foundation.people.own import OwnSession
from foundation.people.worker_words import EDUCATION, GENDERS, GRADES, MARKS, POLITICS
from foundation.web.access import ForeignForm, client_address
from foundation.web.forms import CSRF_FIELD, Form, read_form, received
from foundation.web.pages import pages_of, redirect, render

NO_STORE = "private, no-store"


def cookie_name(secure: bool) -> str:
    """`__Host-` binds the cookie to this host and to https, where there is https."""
    return "__Host-ganpo-mine" if secure else "ganpo-mine"


async def session_of(request: Request[Any, Any, Any]) -> OwnSession | None:
    """Whose own page is open in this browser."""
    token = request.cookies.get(cookie_name(pages_of(request).settings.secure))
    return await own.from_token(token, datetime.now(UTC)) if token else None


async def form_of(request: Request[Any, Any, Any]) -> tuple[OwnSession | None, Form]:
    """Whose page a form came from. Raises ForeignForm for one that lacks the token of this very session."""
    session = await session_of(request)
    if session is not None:
        token = (await received(request)).get(CSRF_FIELD)
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), session.csrf.encode()):
            raise ForeignForm
    return session, await read_form(request)


@get("/mine", public=True)
async def own_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    session = await session_of(request)
    return _door(request, Form()) if session is None else await _page(request, session)


@post("/mine", public=True)
async def enter(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    now = datetime.now(UTC)
    try:
        token = await own.enter(form.value("phone"), form.value("code"), client_address(request), now)
    except Refused as refusal:
        return _door(request, form.without(["code"]).with_problems(refusal.problems), status=422)
    answer = redirect(request, "/mine")
    answer.set_cookie(_cookie(request, token, int(own.SESSION_LIFETIME.total_seconds())))
    return answer


@post("/mine/consents", public=True)
async def say(request: Request[Any, Any, Any]) -> Response[Any]:
    """Give or withdraw one consent; the page shows at once what holds now."""
    session, form = await form_of(request)
    if session is not None:
        given = form.value("given") == "yes"
        await consents.say(session.worker_id, form.value("what"), given, session.actor, datetime.now(UTC))
    return redirect(request, "/mine#consents")


@post("/mine/leave", public=True)
async def leave(request: Request[Any, Any, Any]) -> Response[Any]:
    session, _ = await form_of(request)
    if session is not None:
        await own.leave(session)
    answer = redirect(request, "/mine")
    answer.set_cookie(_cookie(request, "", 0))
    return answer


def _cookie(request: Request[Any, Any, Any], token: str, seconds: int) -> Cookie:
    secure = pages_of(request).settings.secure
    return Cookie(
        key=cookie_name(secure), value=token, max_age=seconds, path="/", httponly=True, samesite="strict", secure=secure
    )


def _door(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    page = render(request, "people/own_door.html", status, form=form)
    page.headers["cache-control"] = NO_STORE
    return page


async def _page(request: Request[Any, Any, Any], session: OwnSession) -> Response[bytes]:
    worker = await worker_reads.by_id(session.worker_id)
    if worker is None or worker.merged_into is not None:
        return _door(request, Form())
    page = render(
        request,
        "people/own_page.html",
        csrf_token=session.csrf,
        worker=worker,
        sections=await own.sections(worker.id),
        looks=await worker_reads.looks(worker.id),
        things=consents.THINGS,
        consents=await consents.of_worker(worker.id),
        history=await consents.history(worker.id),
        public=workers.may_be_public(worker, today()),
        genders=GENDERS,
        politics=POLITICS,
        education=EDUCATION,
        grades=GRADES,
        marks=MARKS,
    )
    page.headers["cache-control"] = NO_STORE
    return page


HANDLERS = [own_page, enter, say, leave]
