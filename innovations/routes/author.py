"""An innovation on the own page of one of its authors: read only, kept by nobody."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.web.pages import redirect, render
from foundation.web.people.own_pages import session_of
from innovations import innovation_own, innovation_rewards
from innovations.routes.worker import private
from innovations.rules.innovation_kinds import KINDS
from innovations.rules.innovations import STAGES
from innovations.rules.review_steps import ENTRY_STAGES


@get("/mine/innovations/{number:int}", public=True)
async def mine(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    session = await session_of(request)
    if session is None:
        return redirect(request, "/mine")
    found = await innovation_own.one(session.worker_id, number)
    results = await innovation_own.results(session.worker_id, number)
    return private(
        render(
            request, "innovations/made/own.html", one=found, kind=KINDS[found.said.kind], results=results,
            stages=STAGES, entry_stages=ENTRY_STAGES,
            reward=await innovation_rewards.share_of(session.worker_id, number),
        )
    )  # fmt: skip


HANDLERS = [mine]
