"""What a program is told when something cannot be done: `application/problem+json` (RFC 9457), in its language.

`type` leads to the page that explains the status; `problems` names every place that is wrong, each with a sentence.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, Response

from foundation.base.problem import N_, Problem
from foundation.web.pages import pages_of, speaker_of

KIND = "application/problem+json"

WORDS: dict[int, tuple[str, str]] = {
    400: (N_("This could not be read"), N_("What was sent is not complete or not in the form we expect.")),
    401: (N_("A token is needed"), N_("Send a token that is in force: “Authorization: Bearer …”.")),
    403: (N_("The token is not for this"), N_("The token is in force, but it was not made for this.")),
    404: (N_("There is nothing here"), N_("The address may be mistyped, or this is not yours to see.")),
    405: (N_("This cannot be done that way"), N_("The address exists, but not for this kind of request.")),
    409: (N_("This cannot be done now"), N_("Nothing was saved.")),
    410: (N_("This is not shown at present"), N_("Its page was suspended and is being looked at.")),
    413: (N_("This is too large"), N_("What was sent is larger than we accept, so nothing was saved.")),
    415: (
        N_("This is not of the kind that is taken here"),
        N_("Send JSON as “Content-Type: application/json”, a file as “multipart/form-data”."),
    ),
    422: (N_("Something needs mending"), N_("Nothing was saved. Each place that is wrong is named.")),
    429: (N_("Too many requests"), N_("Wait as many seconds as “Retry-After” says, then go on.")),
    500: (
        N_("Something went wrong on our side"),
        N_("Nothing of this request was saved. The fault has been recorded."),
    ),
    503: (
        N_("Very many people are here just now"),
        N_("We could not take this in time, and nothing of it was saved."),
    ),
}


MOST = 500
"""Places that are named: a body of 2 MB has room for more that are wrong than anybody reads."""


class PlaceWrong(msgspec.Struct, frozen=True):
    """One thing that is wrong. `field` is a JSON pointer into the body, the name of a parameter, or empty."""

    code: str
    field: str
    detail: str


class ProblemAnswer(msgspec.Struct, frozen=True):
    """Why something was not done."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    problems: list[PlaceWrong]


def body_of(speaker: Any, site: str, status: int, request_id: str, problems: Sequence[Problem] = ()) -> bytes:
    """The JSON of a problem; statuses without words of their own are told as the nearest known."""
    known = status if status in WORDS else (400 if status < 500 else 500)
    title, detail = WORDS[known]
    said = [PlaceWrong(one.code, one.field, speaker.say(one)) for one in problems[:MOST]]
    told = " ".join(one.detail for one in said) if said and known == 409 else speaker.gettext(detail)
    answer = ProblemAnswer(f"{site}/api#status-{known}", speaker.gettext(title), status, told, request_id, said)
    return msgspec.json.encode(answer)


def problem_answer(
    request: Request[Any, Any, Any],
    status: int,
    problems: Sequence[Problem] = (),
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    """The answer for a status."""
    site, number = pages_of(request).settings.public_url, request.scope.get("ganpo.request_id", "")
    body = body_of(speaker_of(request), site, status, str(number), problems)
    extra = {"cache-control": "no-store", **(headers or {})}
    if status == 401:
        extra["www-authenticate"] = 'Bearer realm="ganpo"'
    if status == 503:
        extra["retry-after"] = "2"
    return Response(body, status_code=status, media_type=KIND, headers=extra)


def status_for(problems: Sequence[Problem]) -> int:
    """A refusal that names places is about what was sent (422), any other about how things stand (409)."""
    return 422 if any(problem.field for problem in problems) else 409
