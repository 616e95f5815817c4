"""Who the contestants are among the registry's workers: proposed here, decided by the contest office."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import linking
from competitions.contests import ContestFacts, contest_for_organiser
from competitions.may import RUN_COMPETITIONS
from foundation.base.problem import Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


@get("/organise/contests/{address:str}/workers", may=RUN_COMPETITIONS)
async def workers_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await _page(request, await contest_for_organiser(request.user, address), Form())


@post("/organise/contests/{address:str}/workers", may=RUN_COMPETITIONS)
async def link(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Link those that were ticked, or take back the link whose button was pressed."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    here = f"/organise/contests/{address}/workers"
    if gone := _ids(form.values("unlink")):
        await linking.unlink(contest.id, gone[0], request.user.account_id)
        return redirect(request, here, done="contestant_unlinked")
    try:
        await linking.link(contest.id, _ids(form.values("contestant")), request.user.account_id)
    except Refused as refusal:
        return await _page(request, contest, form.with_problems(refusal.problems), 422)
    return redirect(request, here, done="contestants_linked")


def _ids(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]


async def _page(
    request: Request[Any, Any, Any], contest: ContestFacts, form: Form, status: int = 200
) -> Response[bytes]:
    found = await linking.proposals(contest.id)
    return render(request, "competitions/organiser/workers.html", status, contest=contest, proposals=found, form=form)


HANDLERS = [workers_page, link]
