"""Writes of programs: done once for each Idempotency-Key, answered again from what was kept (`people/api_answers`)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response

from foundation.base.problem import Refused
from foundation.people import api_answers
from foundation.people.api_answers import Answer
from foundation.people.api_tokens import TokenEnded
from foundation.web.access import TokenNeeded
from foundation.web.api.answers import KIND
from foundation.web.api.bodies import pointing

Act = Callable[[], Awaitable[msgspec.Struct]]


def check_key(request: Request[Any, Any, Any]) -> str:
    """The key of a write. Raises Refused where there is none, or none that can be one."""
    key = request.headers.get("idempotency-key", "")
    if problems := api_answers.key_problems(key):
        raise Refused(*problems)
    return key


async def answered(request: Request[Any, Any, Any], now: datetime, said: bytes) -> Response[bytes] | None:
    """The answer that was given under this key, before work is done for a write that is not in its transaction."""
    key, asked = check_key(request), api_answers.asked(request.scope["path"], said)
    answer = await api_answers.kept(request.user.token_id, key, asked, now)
    return None if answer is None else _response(answer)


async def write_once(
    request: Request[Any, Any, Any], now: datetime, act: Act, status: int = 200, said: bytes | None = None
) -> Response[bytes]:
    """Run `act` inside the transaction that keeps its answer. What it answers holds ids and codes alone.

    `said` is what tells the write from another, where the body is none that comes twice alike, as a form with a file.
    """
    said = await request.body() if said is None else said
    key, asked = check_key(request), api_answers.asked(request.scope["path"], said)

    async def done() -> Answer:
        try:
            return Answer(status, msgspec.json.encode(await act()).decode())
        except Refused as refusal:  # a writer names the fields of its domain
            raise Refused(*pointing(refusal.problems)) from refusal

    try:
        return _response(await api_answers.once(request.user.token_id, key, asked, now, done))
    except TokenEnded as ended:
        raise TokenNeeded from ended


def _response(answer: Answer) -> Response[bytes]:
    headers = {"cache-control": "private, no-store"}
    if answer.replayed:
        headers["idempotency-replayed"] = "true"
    return Response(answer.body.encode(), status_code=answer.status, media_type=KIND, headers=headers)
