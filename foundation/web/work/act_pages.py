"""The pages of acts that need two people: what waits, what one asked for, one act, and deciding it.

Who confirms signs in again on the page itself; who rejects gives a reason. Knows no kind of act.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.limits import PAPER
from foundation.people import confirming, factors, sessions
from foundation.people.confirming import Seen
from foundation.web.access import client_address
from foundation.web.files.downloads import download
from foundation.web.files.taking import take_file
from foundation.web.forms import Form, read_form
from foundation.web.keyset import LARGEST_ID, page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.uploads import takes
from foundation.work import evidence, two_person

LISTS = {"waiting": confirming.waiting, "asked": confirming.asked, "below": confirming.below}
CONFIRM_FIELDS = ("password", "code", "paper")


@get("/acts", signed_in=True)
async def act_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    show = request.query_params.get("show", "waiting")
    if show not in LISTS:
        raise NotFound
    rows = await LISTS[show](request.user, read_cursor(request))
    page = page_of(rows, confirming.SIZE, lambda line: line.act.id)
    return render(request, "work/acts.html", page=page, show=show)


@get("/acts/{act_id:int}", signed_in=True)
async def act_page(request: Request[Any, Any, Any], act_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, await _seen(request, act_id), Form())


@post("/acts/{act_id:int}/confirmation", signed_in=True)
async def confirm(request: Request[Any, Any, Any], act_id: FromPath[int]) -> Response[Any]:
    seen, form = await _seen(request, act_id), await read_form(request)
    if not seen.may_decide:
        return await _page(request, seen, form.with_problems(_why_not(seen)), 409)
    if seen.barred is not None:
        return await _page(request, seen, form.with_problems([seen.barred]), 409)
    try:
        await _prove(request, form)
        await two_person.confirm(act_id, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, seen, form.with_problems(_placed(refusal, CONFIRM_FIELDS)), 422)
    return redirect(request, f"/acts/{act_id}", done="act_confirmed")


@post("/acts/{act_id:int}/paper", signed_in=True, **takes(PAPER))
async def confirm_on_paper(request: Request[Any, Any, Any], act_id: FromPath[int]) -> Response[Any]:
    """A unit with one person: the signed paper takes the place of the second, and is named in the ledger."""
    seen, form = await _seen(request, act_id), await read_form(request)
    if not seen.may_use_paper:
        problem = Problem("act_paper_not_alone", "paper") if seen.is_mine else Problem("act_own")
        return await _page(request, seen, form.with_problems([problem]), 409)
    taken = await take_file(request, form, "paper", PAPER, missing="act_paper_missing")
    if taken.id is None:
        return await _page(request, seen, taken.form.with_problems(taken.problems), 422)
    try:
        await _prove(request, form)
        await two_person.confirm(act_id, request.user.account_id, datetime.now(UTC), paper=taken.id)
    except Refused as refusal:
        return await _page(request, seen, taken.form.with_problems(_placed(refusal, CONFIRM_FIELDS)), 422)
    return redirect(request, f"/acts/{act_id}", done="act_confirmed_on_paper")


@post("/acts/{act_id:int}/rejection", signed_in=True)
async def reject(request: Request[Any, Any, Any], act_id: FromPath[int]) -> Response[Any]:
    seen, form = await _seen(request, act_id), await read_form(request)
    if not seen.may_decide:
        return await _page(request, seen, form.with_problems(_why_not(seen)), 409)
    try:
        await two_person.reject(act_id, request.user.account_id, form.value("decision_reason"), datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, seen, form.with_problems(_placed(refusal, ("decision_reason",))), 422)
    return redirect(request, f"/acts/{act_id}", done="act_rejected")


@post("/acts/{act_id:int}/withdrawal", signed_in=True)
async def withdraw(request: Request[Any, Any, Any], act_id: FromPath[int]) -> Response[Any]:
    await _seen(request, act_id)
    await two_person.withdraw(act_id, request.user.account_id, datetime.now(UTC))
    return redirect(request, f"/acts/{act_id}", done="act_withdrawn")


@get("/acts/{act_id:int}/paper", signed_in=True)
async def paper(request: Request[Any, Any, Any], act_id: FromPath[int]) -> Response[Any]:
    seen = await _seen(request, act_id)
    if seen.act.paper is None:
        raise NotFound
    return await download(seen.act.paper)


@post("/acts/{act_id:int}/evidence", signed_in=True)
async def open_evidence(request: Request[Any, Any, Any], act_id: FromPath[int]) -> Response[Any]:
    """The paper that the question rests on, for who asked and who decides; that it was opened is noted."""
    seen, _ = await _seen(request, act_id), await read_form(request)
    return await download(await evidence.opened(seen.act, request.user.account_id))


async def _seen(request: Request[Any, Any, Any], act_id: int) -> Seen:
    if not 0 < act_id <= LARGEST_ID:
        raise NotFound
    return await confirming.act_for(request.user, act_id)


async def _page(request: Request[Any, Any, Any], seen: Seen, form: Form, status: int = 200) -> Response[bytes]:
    """The act as it is now: after a refusal somebody else may have decided it."""
    if status != 200:
        seen = await confirming.act_for(request.user, seen.act.id)
    need = await factors.needed(request.user.account_id, request.user.all_roles)
    needs_code = need is factors.Need.CODE
    return render(request, "work/act.html", status, seen=seen, act=seen.act, form=form, needs_code=needs_code)


async def _prove(request: Request[Any, Any, Any], form: Form) -> None:
    address, now = client_address(request), datetime.now(UTC)
    await sessions.prove(request.user, form.value("password"), form.value("code"), address, now)


def _why_not(seen: Seen) -> Sequence[Problem]:
    if seen.act.stage != two_person.Stage.ASKED:
        return [Problem(f"act_is_{seen.act.stage.value}")]
    return [Problem("act_own")]


def _placed(refusal: Refused, fields: Sequence[str]) -> list[Problem]:
    """What doing it refused may name places of other forms: here it belongs to the whole."""
    return [
        problem if problem.field in fields else Problem(problem.code, "", problem.params)
        for problem in refusal.problems
    ]


HANDLERS = [act_list, act_page, confirm, confirm_on_paper, reject, withdraw, paper, open_evidence]
