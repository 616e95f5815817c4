"""What a person sees when something cannot be done: one page, in their language, never a traceback.

Forms that a handler refuses come back filled in; this is for everything that has no form to come back to. Programs,
which ask below /api/, get the same as `application/problem+json`.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException

from foundation.base.problem import N_, NotFound, Refused
from foundation.store.commit import Busy, is_conflict
from foundation.web.access import ForeignForm, ScopeNeeded, SignInNeeded, TokenNeeded, TooMany
from foundation.web.api.problems import problem_answer, status_for
from foundation.web.pages import redirect, render, speaker_of

log = structlog.get_logger()

PAGES: dict[int, tuple[str, str, str]] = {
    400: (
        N_("This could not be read"),
        N_("What was sent is not complete or not in the form we expect."),
        N_("Go back, reload the page and try again."),
    ),
    403: (
        N_("This form came from somewhere else"),
        N_("For your safety we accept forms from our own pages only, so nothing was saved."),
        N_("Open the page here and fill in the form again."),
    ),
    404: (
        N_("There is nothing here"),
        N_("The address may be mistyped, or the page is not yours to see."),
        N_("Start again from the first page."),
    ),
    405: (
        N_("This cannot be done that way"),
        N_("The address exists, but not for this kind of request."),
        N_("Start again from the first page."),
    ),
    409: (
        N_("This cannot be done now"),
        N_("Nothing was saved."),
        N_("Go back, reload the page and look at what has changed."),
    ),
    413: (
        N_("This is too large"),
        N_("What was sent is larger than we accept, so nothing was saved."),
        N_("Send a smaller file, or fewer things at once."),
    ),
    500: (
        N_("Something went wrong on our side"),
        N_("Nothing of this request was saved. The fault has been recorded."),
        N_("Try again in a moment. If it happens again, tell us the number below."),
    ),
    503: (
        N_("Very many people are here just now"),
        N_("We could not take this in time, and nothing of it was saved."),
        N_("Wait a few seconds, then send it again."),
    ),
}


def error_page(request: Request[Any, Any, Any], status: int, sentences: list[str] | None = None) -> Response[bytes]:
    """The page for a status; unknown ones are shown as the nearest known."""
    if request.scope.get("ganpo.api"):
        return problem_answer(request, status)
    known = status if status in PAGES else (400 if status < 500 else 500)
    title, what, now = PAGES[known]
    speaker = speaker_of(request)
    response = render(
        request,
        "web/error.html",
        status=status,
        title=speaker.gettext(title),
        sentence=speaker.gettext(what),
        sentences=sentences or [],
        advice=speaker.gettext(now),
        request_id=request.scope.get("ganpo.request_id", ""),
    )
    response.headers["cache-control"] = "no-store"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["retry-after"] = "2"
    return response


def not_found(request: Request[Any, Any, Any], _: NotFound) -> Response[bytes]:
    return error_page(request, 404)


def refused(request: Request[Any, Any, Any], refusal: Refused) -> Response[bytes]:
    """A refusal that no form caught."""
    if request.scope.get("ganpo.api"):
        return problem_answer(request, status_for(refusal.problems), refusal.problems)
    speaker = speaker_of(request)
    return error_page(request, 409, [speaker.say(problem) for problem in refusal.problems])


def busy(request: Request[Any, Any, Any], _: Busy) -> Response[bytes]:
    return error_page(request, 503)


def foreign_form(request: Request[Any, Any, Any], _: ForeignForm) -> Response[bytes]:
    return error_page(request, 403)


def token_needed(request: Request[Any, Any, Any], _: TokenNeeded) -> Response[bytes]:
    return problem_answer(request, 401)


def scope_needed(request: Request[Any, Any, Any], _: ScopeNeeded) -> Response[bytes]:
    return problem_answer(request, 403)


def too_many(request: Request[Any, Any, Any], error: TooMany) -> Response[bytes]:
    return problem_answer(request, 429, headers={"retry-after": str(error.seconds)})


def sign_in_needed(request: Request[Any, Any, Any], _: SignInNeeded) -> Response[Any]:
    """The door, and from there back to the page that was wanted."""
    query = request.scope["query_string"].decode("ascii", "replace")
    wanted = request.scope["path"] + ("?" + query if query else "")
    return redirect(request, "/sign-in?" + urlencode({"next": wanted}))


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    answer = error_page(request, error.status_code)
    if allow := (error.headers or {}).get("allow"):
        answer.headers["allow"] = allow
    return answer


def unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A fault of ours: recorded with its traceback in the log, told as one sentence with the request's number.

    Where the database only had too much to do, it is no fault: 503, try again.
    """
    if is_conflict(error):
        return error_page(request, 503)
    log.error("fault", exc_info=error, request_id=request.scope.get("ganpo.request_id", ""))
    return error_page(request, 500)


HANDLERS: dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]] = {
    NotFound: not_found,
    Refused: refused,
    Busy: busy,
    ForeignForm: foreign_form,
    SignInNeeded: sign_in_needed,
    TokenNeeded: token_needed,
    ScopeNeeded: scope_needed,
    TooMany: too_many,
    HTTPException: http_error,
    Exception: unexpected,
}
