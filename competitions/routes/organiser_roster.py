"""The organiser's list of contestants: pasting or uploading a roster, and personal codes."""

import hashlib
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import entries
from competitions.contests import ContestFacts, contest_for_organiser
from competitions.may import RUN_COMPETITIONS
from competitions.roster import people
from competitions.rules.roster import Roster, read_roster
from foundation.base.problem import Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.lists import uploaded_text
from foundation.web.pages import pages_of, redirect, render


@get("/organise/contests/{address:str}/roster", may=RUN_COMPETITIONS)
async def roster_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    everybody = await people(contest.id)
    return render(request, "competitions/organiser/roster.html", contest=contest, people=everybody, form=Form())


@post("/organise/contests/{address:str}/roster", may=RUN_COMPETITIONS)
async def add_roster(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Show how the list is understood; add it only as it was shown."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    uploaded, problems = await uploaded_text(form, "file")
    if problems:
        return _check(request, contest, form.with_problems(problems), Roster(problems=tuple(problems)), 422)
    if uploaded is not None:
        form = form.with_values({"roster": uploaded})
    text = form.value("roster")
    known = [one.row() for one in await people(contest.id)]
    roster = read_roster(text, contest.groups, known)
    if roster.problems:
        return _check(request, contest, form.with_problems(roster.problems), roster, 422)
    if form.value("act") != "add" or not roster.rows:
        return _check(request, contest, form, roster)
    if form.value("checked") != _digest(text):
        return _check(request, contest, form.with_problems([Problem("roster_changed", "roster")]), roster, 409)
    try:
        await entries.add_roster(contest.id, roster.rows, request.user.account_id)
    except Refused as refusal:
        return _check(request, contest, form.with_problems(refusal.problems), roster, 409)
    return redirect(request, f"/organise/contests/{address}/roster", done="roster_added")


def _check(
    request: Request[Any, Any, Any], contest: ContestFacts, form: Form, roster: Roster, status: int = 200
) -> Response[bytes]:
    form = form.with_values({"checked": _digest(form.value("roster"))})
    return render(
        request, "competitions/organiser/roster_check.html", status, contest=contest, form=form, roster=roster
    )


def _digest(text: str) -> str:
    return hashlib.sha256("\n".join(text.split()).encode()).hexdigest()


@get("/organise/contests/{address:str}/codes", may=RUN_COMPETITIONS)
async def codes_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    return await _codes(request, contest, Form())


@post("/organise/contests/{address:str}/codes", may=RUN_COMPETITIONS)
async def issue_codes(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """The answer is the page of slips and no redirect: the codes exist on this one page only."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    everybody = await people(contest.id)
    chosen = form.value("work_number")
    only = [one.entry_id for one in everybody if one.work_number == chosen] if chosen else None
    again = any(one.has_code for one in everybody if only is None or one.entry_id in only)
    try:
        if again and not form.checked("confirm", "yes"):
            raise Refused(Problem("codes_confirm", "confirm"))
        slips = await entries.issue_codes(contest.id, request.user.account_id, only)
    except Refused as refusal:
        return await _codes(request, contest, form.with_problems(refusal.problems), 409)
    home = pages_of(request).settings.public_url or str(request.base_url).rstrip("/")
    return render(request, "competitions/organiser/slips.html", contest=contest, slips=slips, public_url=home)


async def _codes(
    request: Request[Any, Any, Any], contest: ContestFacts, form: Form, status: int = 200
) -> Response[bytes]:
    everybody = await people(contest.id)
    return render(request, "competitions/organiser/codes.html", status, contest=contest, people=everybody, form=form)


HANDLERS = [roster_page, add_roster, codes_page, issue_codes]
