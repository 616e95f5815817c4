"""One's own score: a form for the personal code, and what the code opens, typed or from the printed QR code.

Kept by nobody: no cache, no search engine. A page that shows a score also hides its address from every page it links
to; the form's own page cannot, for browsers then say "null" as the origin of the form, which is refused as foreign.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions.scores import Score, by_code, of_worker
from foundation.base.problem import NotFound, Problem, Refused
from foundation.process.wrong_codes import WrongCodes
from foundation.web.access import client_address
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.people.own_pages import session_of

wrong_codes = WrongCodes("code_paused")


@get("/score", public=True)
async def score_form(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _form(request, Form())


@post("/score", public=True)
async def show_score(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Answers with the score itself, so that the code stays out of addresses and of the browser's history."""
    form = await read_form(request)
    return await _score(request, form.value("code"))


@get("/score/{code:str}", public=True)
async def open_score(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    return await _score(request, code)


async def _score(request: Request[Any, Any, Any], code: str) -> Response[bytes]:
    form, now = Form.filled({"code": code[:80]}), datetime.now(UTC)
    if not code.strip():
        return _form(request, form.with_problems([Problem("code_empty", "code")]), 422)
    score = await by_code(code)
    if score is None:
        address = client_address(request)
        try:
            wrong_codes.check(address, now)
        except Refused as refusal:
            return _form(request, form.with_problems(refusal.problems), 429)
        wrong_codes.add(address, now)
        return _form(request, form.with_problems([Problem("code_wrong", "code")]), 404)
    return _shown(request, score, own=False)


@get("/mine/contests/{address:str}", public=True)
async def own_score(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """The same for who opened their own page, and took part here."""
    session = await session_of(request)
    if session is None:
        return redirect(request, "/mine")
    score = await of_worker(session.worker_id, address)
    if score is None:
        raise NotFound
    return _shown(request, score, own=True)


def _shown(request: Request[Any, Any, Any], score: Score, *, own: bool) -> Response[bytes]:
    if score.contest is None or score.why is None:
        return _private(render(request, "competitions/public/score_waiting.html", own=own))
    page = render(
        request,
        "competitions/public/score.html",
        contest=score.contest,
        score=score,
        why=score.why,
        frozen=score.why.frozen,
        working=score.why.working,
    )
    page.headers["referrer-policy"] = "no-referrer"
    return _private(page)


def _form(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    return _private(render(request, "competitions/public/score_form.html", status, form=form))


def _private(page: Response[bytes]) -> Response[bytes]:
    page.headers["cache-control"] = "no-store"
    page.headers["x-robots-tag"] = "noindex, nofollow"
    return page


HANDLERS = [score_form, show_score, open_score, own_score]
