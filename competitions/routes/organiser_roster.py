"""The organiser's list of entries: pasting or uploading a roster, one entry, times and status, personal codes."""

import hashlib
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import entries
from competitions.contests import ContestFacts, contest_for_organiser
from competitions.roster import people, person
from competitions.rules.facts import FIELDS, EntryFacts, read_facts
from competitions.rules.roster import Roster, read_roster
from competitions.rules.sheets import decode
from competitions.rules.times import show_time
from foundation.base.problem import Problem, Refused
from foundation.people.grants import Role
from foundation.web.forms import Form, read_form
from foundation.web.pages import pages_of, redirect, render, show_thousandths


@get("/organise/contests/{address:str}/roster", role=Role.ORGANISER)
async def roster_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    everybody = await people(contest.id)
    return render(request, "competitions/organiser/roster.html", contest=contest, people=everybody, form=Form())


@post("/organise/contests/{address:str}/roster", role=Role.ORGANISER)
async def add_roster(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Show how the list is understood; add it only as it was shown."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    upload = form.upload("file")
    if upload is not None:
        text, problems = decode(upload.content, "file")
        if problems:
            return _check(request, contest, form.with_problems(problems), Roster(problems=tuple(problems)), 422)
        form = form.with_values({"roster": text})
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


@get("/organise/contests/{address:str}/entries/{work_number:str}", role=Role.ORGANISER)
async def entry_page(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    one = await person(contest.id, work_number)
    form = Form.filled({"name": one.name, "unit": one.unit, "city": one.city})
    return render(request, "competitions/organiser/entry.html", contest=contest, one=one, form=form)


@post("/organise/contests/{address:str}/entries/{work_number:str}", role=Role.ORGANISER)
async def change_entry(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[Any]:
    """Correct how the person is written, or remove the entry."""
    contest = await contest_for_organiser(request.user, address)
    one = await person(contest.id, work_number)
    form = await read_form(request)
    by = request.user.account_id
    try:
        if form.value("act") == "remove":
            await entries.remove_entry(contest.id, one.entry_id, by)
            return redirect(request, f"/organise/contests/{address}/roster", done="entry_removed")
        name, unit, city = (form.value(field) for field in ("name", "unit", "city"))
        await entries.correct_person(contest.id, one.entry_id, name=name, unit=unit, city=city, by=by)
    except Refused as refusal:
        form = form.with_problems(refusal.problems)
        return render(request, "competitions/organiser/entry.html", 409, contest=contest, one=one, form=form)
    here = f"/organise/contests/{address}/entries/{quote(work_number, safe='')}"
    return redirect(request, here, done="person_corrected")


@get("/organise/contests/{address:str}/entries", role=Role.ORGANISER)
async def facts_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    everybody = await people(contest.id)
    shown: dict[str, str] = {}
    for one in everybody:
        shown |= {f"e{one.entry_id}-{name}": text for name, text in _shown(one.facts).items()}
    return render(
        request, "competitions/organiser/entries.html", contest=contest, people=everybody, form=Form.filled(shown)
    )


@post("/organise/contests/{address:str}/entries", role=Role.ORGANISER)
async def change_facts(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Save status, time, penalty and carried points of all entries that the page held."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    everybody = await people(contest.id)
    facts: dict[int, EntryFacts] = {}
    problems: list[Problem] = []
    for one in everybody:
        at = f"e{one.entry_id}-"
        if f"{at}status" not in form.fields:
            continue
        read, wrong = read_facts({name: form.value(at + name) for name in FIELDS})
        problems += [Problem(each.code, at + each.field, each.params) for each in wrong]
        if read is not None:
            facts[one.entry_id] = read
    try:
        if problems:
            raise Refused(*problems)
        await entries.set_all_facts(contest.id, facts, request.user.account_id)
    except Refused as refusal:
        form = form.with_problems(refusal.problems)
        more = {"contest": contest, "people": everybody, "form": form}
        return render(request, "competitions/organiser/entries.html", 422, **more)
    return redirect(request, f"/organise/contests/{address}/entries", done="facts_saved")


def _shown(facts: EntryFacts) -> dict[str, str]:
    return {
        "status": facts.status,
        "time": show_time(facts.time),
        "penalty": show_thousandths(facts.penalty or None),
        "carried": show_thousandths(facts.carried or None),
    }


@get("/organise/contests/{address:str}/codes", role=Role.ORGANISER)
async def codes_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    return await _codes(request, contest, Form())


@post("/organise/contests/{address:str}/codes", role=Role.ORGANISER)
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


HANDLERS = [
    roster_page,
    add_roster,
    entry_page,
    change_entry,
    facts_page,
    change_facts,
    codes_page,
    issue_codes,
]
