"""What the organiser records of entries: how one is written, its difficulty, and of all times, penalties, absences."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import difficulty, entries
from competitions.contests import ContestFacts, contest_for_organiser
from competitions.may import RUN_COMPETITIONS
from competitions.roster import Person, people, person
from competitions.rules.difficulty import read_coefficients, show_coefficient
from competitions.rules.facts import FIELDS, EntryFacts, read_facts
from competitions.rules.times import show_time
from foundation.base.problem import Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render, show_thousandths

WAS = "was-"  # before a field's name: what it held when the page was opened
DIFFICULTY = re.compile(r"e([0-9]{1,9})-difficulty-(.+)")  # entry 12 and its aspect P1: e12-difficulty-P1


@get("/organise/contests/{address:str}/entries/{work_number:str}", may=RUN_COMPETITIONS)
async def entry_page(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    one = await person(contest.id, work_number)
    shown = {name: text for name, text in (await _difficulty(contest)).items() if name.startswith(f"e{one.entry_id}-")}
    return await _entry(request, contest, one, Form.filled({**_written(one), **shown}))


async def _entry(
    request: Request[Any, Any, Any], contest: ContestFacts, one: Person, form: Form, status: int = 200
) -> Response[bytes]:
    aspects = await difficulty.aspects_of(contest.id)
    more = {"contest": contest, "one": one, "aspects": aspects, "form": form}
    return render(request, "competitions/organiser/entry.html", status, **more)


def _written(one: Person) -> dict[str, str]:
    return {"name": one.name, "unit": one.unit, "city": one.city}


@post("/organise/contests/{address:str}/entries/{work_number:str}", may=RUN_COMPETITIONS)
async def change_entry(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[Any]:
    """Correct how the person is written, record the difficulty, or remove the entry."""
    contest = await contest_for_organiser(request.user, address)
    one = await person(contest.id, work_number)
    form = await read_form(request)
    by = request.user.account_id
    here = f"/organise/contests/{address}/entries/{quote(work_number, safe='')}"
    try:
        if form.value("act") == "remove":
            await entries.remove_entry(contest.id, one.entry_id, by)
            return redirect(request, f"/organise/contests/{address}/roster", done="entry_removed")
        if form.value("act") == "difficulty":
            form = form.with_values(_written(one))
            coefficients, problems = await _coefficients(form, contest, [one])
            if problems:
                raise Refused(*problems)
            await entries.set_all_facts(contest.id, {}, by, coefficients)
            return redirect(request, here, done="difficulty_saved")
        name, unit, city = (form.value(field) for field in ("name", "unit", "city"))
        await entries.correct_person(contest.id, one.entry_id, name=name, unit=unit, city=city, by=by)
    except Refused as refusal:
        shown = {name: text for name, text in (await _difficulty(contest)).items() if name not in form.fields}
        return await _entry(request, contest, one, form.with_values(shown).with_problems(refusal.problems), 409)
    return redirect(request, here, done="person_corrected")


@get("/organise/contests/{address:str}/entries", may=RUN_COMPETITIONS)
async def facts_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    everybody = await people(contest.id)
    now = await _recorded(contest, everybody)
    return await _facts(request, contest, everybody, Form.filled({**now, **{WAS + name: now[name] for name in now}}))


async def _recorded(contest: ContestFacts, everybody: Sequence[Person]) -> dict[str, str]:
    """Every field of the page as it is recorded now."""
    shown = await _difficulty(contest)
    for one in everybody:
        shown |= {f"e{one.entry_id}-{name}": text for name, text in _shown(one.facts).items()}
    return shown


async def _facts(
    request: Request[Any, Any, Any], contest: ContestFacts, everybody: list[Person], form: Form, status: int = 200
) -> Response[bytes]:
    aspects = await difficulty.aspects_of(contest.id)
    more = {"contest": contest, "people": everybody, "aspects": aspects, "form": form}
    return render(request, "competitions/organiser/entries.html", status, **more)


@post("/organise/contests/{address:str}/entries", may=RUN_COMPETITIONS)
async def change_facts(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Save status, time, penalty, carried points and difficulty of all entries that the page held."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    everybody = await people(contest.id)
    typed = form
    form, problems = changed_only(typed, await _recorded(contest, everybody))
    facts: dict[int, EntryFacts] = {}
    for one in everybody:
        at = f"e{one.entry_id}-"
        if f"{at}status" not in form.fields:
            continue
        read, wrong = read_facts({name: form.value(at + name) for name in FIELDS})
        problems += [Problem(each.code, at + each.field, each.params) for each in wrong]
        if read is not None:
            facts[one.entry_id] = read
    coefficients, wrong = await _coefficients(form, contest, everybody)
    problems += wrong
    try:
        if problems:
            raise Refused(*problems)
        seen = {one.entry_id: one.facts for one in everybody}
        await entries.set_all_facts(contest.id, facts, request.user.account_id, coefficients, seen=seen)
    except Refused as refusal:
        now = await _recorded(contest, await people(contest.id))
        told = {problem.field for problem in refusal.problems if problem.code == "fact_changed_meanwhile"}
        # What was told is known: sent once more, it replaces the other person's.
        form = typed.with_values({WAS + name: now.get(name, "") for name in told}).with_problems(refusal.problems)
        return await _facts(request, contest, everybody, form, 422)
    return redirect(request, f"/organise/contests/{address}/entries", done="facts_saved")


def changed_only(form: Form, now: Mapping[str, str]) -> tuple[Form, list[Problem]]:
    """The form with what this person did not change put to what is recorded now, and what two people changed at once.

    A page holds everybody's rows for a long time; only what was typed in it may replace what a colleague recorded.
    """
    merged, problems = {}, []
    for name in [name for name in form.names() if not name.startswith(WAS) and WAS + name in form.fields]:
        was, typed, stands = form.value(WAS + name), form.value(name), now.get(name, "")
        if typed == was:
            merged[name] = stands
        elif stands not in (was, typed):
            problems.append(Problem("fact_changed_meanwhile", name, {"now": stands or "–"}))
    return form.with_values(merged), problems


async def _difficulty(contest: ContestFacts) -> dict[str, str]:
    """The fields of all difficulty that is recorded."""
    known = await difficulty.recorded(contest.id)
    return {f"e{entry}-difficulty-{aspect}": show_coefficient(value) for (entry, aspect), value in known.items()}


async def _coefficients(
    form: Form, contest: ContestFacts, everybody: Sequence[Person]
) -> tuple[dict[int, dict[str, int | None]], list[Problem]]:
    """What was typed for these entries, in the order of the page, problems too.

    Aspects that take none (any more) are among it: the writer refuses them.
    """
    order = {aspect.code: place for place, aspect in enumerate(await difficulty.aspects_of(contest.id))}
    typed: dict[int, dict[str, str]] = {one.entry_id: {} for one in everybody}
    for name in sorted(form.names()):
        match = DIFFICULTY.fullmatch(name)
        if match and int(match[1]) in typed:
            typed[int(match[1])][match[2]] = form.value(name)
    found, problems = {}, []
    for entry, texts in typed.items():
        ordered = sorted(texts.items(), key=lambda pair: order.get(pair[0], len(order)))
        found[entry], wrong = read_coefficients(dict(ordered))
        problems += [Problem(each.code, f"e{entry}-difficulty-{each.field}", each.params) for each in wrong]
    return found, problems


def _shown(facts: EntryFacts) -> dict[str, str]:
    return {
        "status": facts.status,
        "time": show_time(facts.time),
        "penalty": show_thousandths(facts.penalty or None),
        "carried": show_thousandths(facts.carried or None),
    }


HANDLERS = [entry_page, change_entry, facts_page, change_facts]
