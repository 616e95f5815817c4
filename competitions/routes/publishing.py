"""The organiser's preview of the results, and the official act of publishing them."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import publishing, reopening, showcase
from competitions.contests import ContestFacts, contest_for_organiser
from competitions.may import RUN_COMPETITIONS
from competitions.rules.stages import Stage
from foundation.base.problem import Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render

BEFORE = (Stage.DRAFT, Stage.FROZEN)


@get("/organise/contests/{address:str}/results", may=RUN_COMPETITIONS)
async def results_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await _results(request, await contest_for_organiser(request.user, address))


@get("/organise/contests/{address:str}/results/publish", may=RUN_COMPETITIONS)
async def confirm_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """What will be done, once more; where it cannot be done, the preview with the reasons."""
    contest = await contest_for_organiser(request.user, address)
    if contest.stage is not Stage.MARKING:
        return await _results(request, contest)
    preview = await publishing.preview(contest)
    if preview.problems:
        return await _results(request, contest)
    return render(request, "competitions/publishing/confirm.html", contest=contest, preview=preview)


@post("/organise/contests/{address:str}/results/publish", may=RUN_COMPETITIONS)
async def publish(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Publish exactly what the confirming page was made of."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    try:
        if contest.stage is Stage.MARKING and not form.value("seen"):
            raise Refused(Problem("publish_changed"))
        await publishing.publish(contest.id, request.user.account_id, datetime.now(UTC), form.value("seen"))
    except Refused as refusal:
        return await _results(request, await contest_for_organiser(request.user, address), refusal.problems)
    return redirect(request, f"/organise/contests/{quote(address)}/results", done="results_published")


@post("/organise/contests/{address:str}/results/correction", may=RUN_COMPETITIONS)
async def ask_to_reopen(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Ask that published results be opened again; somebody else decides."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    try:
        await reopening.ask_to_reopen(
            contest, form.value("public_reason"), form.value("reason"), request.user.account_id, datetime.now(UTC)
        )
    except Refused as refusal:
        return await _results(request, contest, form=form.with_problems(refusal.problems))
    return redirect(request, f"/organise/contests/{quote(address)}/results", done="reopen_asked")


async def _results(
    request: Request[Any, Any, Any],
    contest: ContestFacts,
    refused: tuple[Problem, ...] = (),
    form: Form | None = None,
) -> Response[bytes]:
    """The preview while marking is open; before it a word, after it what was published."""
    preview = await publishing.preview(contest) if contest.stage is Stage.MARKING else None
    standing = preview.problems if preview else ()
    return render(
        request,
        "competitions/publishing/results.html",
        409 if refused else 422 if form else 200,
        contest=contest,
        preview=preview,
        published=await showcase.results(contest) if contest.stage is Stage.PUBLISHED else None,
        refused=[problem for problem in refused if problem not in standing],
        correcting=await reopening.being_corrected(contest.id),
        form=form or Form(),
    )


HANDLERS = [results_page, confirm_page, publish, ask_to_reopen]
