"""The office's rounds: the list, a new one, its overview, its own facts, and the steps it takes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import round_drafts, rounds
from craftsmen.may import RUN_ROUNDS
from craftsmen.nominee_reads import totals_of
from craftsmen.round_pages import choices, prepared
from craftsmen.round_reads import SIZE, RoundFacts, channels_of, cursor, for_officer, rounds_of
from craftsmen.rules.round_draft import FIELDS, read_draft
from craftsmen.rules.round_rules import RoundRules
from foundation.base.clock import today
from foundation.base.problem import Problem, Refused
from foundation.process import showcase as told
from foundation.process.calendar import read_day
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_pair_cursor
from foundation.web.pages import redirect, render

_DONE = {"close": "round_closed", "open_again": "round_opened_again", "decide": "round_deciding_now"}


@get("/rounds/manage", may=RUN_ROUNDS)
async def round_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await rounds_of(request.user, read_pair_cursor(request)), SIZE, cursor)
    return render(request, "craftsmen/rounds/list.html", page=page)


@get("/rounds/manage/new", may=RUN_ROUNDS)
async def new_round(request: Request[Any, Any, Any]) -> Response[bytes]:
    year = today().year
    return await _new(request, Form.filled({"year": str(year), "start": request.query_params.get("start", "")}))


@post("/rounds/manage", may=RUN_ROUNDS)
async def create_round(request: Request[Any, Any, Any]) -> Response[Any]:
    """Make a draft from a preset, from an earlier round or from nothing."""
    form = await read_form(request)
    draft, problems = read_draft({name: form.value(name) for name in FIELDS})
    offered = await choices(request.user, _copied(form))
    if draft and draft.title not in {title.id for title in offered.titles}:
        problems.append(Problem("round_title_none", "title"))
    user, now = request.user, datetime.now(UTC)
    try:
        rules, copied = await _start(form, {one.address: one for one in offered.before}, user.hat.organisation_id)
        if problems or draft is None:
            raise Refused
        place = user.hat.organisation_id
        address = await round_drafts.create(draft, rules, place, user.account_id, now, copied_from=copied)
    except Refused as refusal:
        return await _new(request, form.with_problems([*problems, *refusal.problems]), 422)
    return redirect(request, f"/rounds/manage/{address}", done="round_made")


async def _start(form: Form, before: Mapping[str, RoundFacts], organisation: int) -> tuple[RoundRules, int | None]:
    """The rules to start from, and the round they come from. Raises Refused."""
    kind, _, name = form.value("start").partition(":")
    if kind == "empty":
        return round_drafts.EMPTY, None
    if kind == "preset" and name in round_drafts.PRESETS:
        return await round_drafts.from_preset(name, organisation), None
    if kind != "before" or name not in before:
        raise Refused(Problem("round_preset_none", "start"))
    typed = form.value("begin").strip()
    begin = read_day(typed)
    if typed and begin is None:
        raise Refused(Problem("round_begin", "begin"))
    return await round_drafts.as_before(before[name], begin), before[name].id


async def _new(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    offered = await choices(request.user, _copied(form))
    return render(request, "craftsmen/rounds/new.html", status, form=form, choices=offered)


def _copied(form: Form) -> str:
    """The address of the earlier round that the form starts from."""
    kind, _, address = form.value("start").partition(":")
    return address if kind == "before" else ""


@get("/rounds/manage/{address:str}", may=RUN_ROUNDS)
async def round_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await _page(request, await for_officer(request.user, address), Form())


async def _page(request: Request[Any, Any, Any], found: RoundFacts, form: Form, status: int = 200) -> Response[bytes]:
    return render(
        request,
        "craftsmen/rounds/round.html",
        status,
        round=found,
        prepared=await prepared(found),
        channels=await channels_of(found.id),
        totals=(await totals_of([found.id]))[found.id],
        told=await told.about(f"round:{found.address}"),
        form=form,
    )


@post("/rounds/manage/{address:str}", may=RUN_ROUNDS)
async def take_step(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Close recommendations, open them again, go on to deciding, or cancel with a reason."""
    found = await for_officer(request.user, address)
    form = await read_form(request)
    step, by = form.value("step"), request.user.account_id
    try:
        if step == "cancel":
            address = await rounds.cancel(found.id, form.value("reason"), by)
        elif step in _DONE:
            await rounds.take_step(found.id, step, by)
        else:
            raise Refused(Problem("round_step_none"))
    except Refused as refusal:
        found = await for_officer(request.user, address)
        return await _page(request, found, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/rounds/manage/{address}", done=_DONE.get(step, "round_cancelled_done"))


@get("/rounds/manage/{address:str}/facts", may=RUN_ROUNDS)
async def facts_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    found = await for_officer(request.user, address)
    if found.public:
        return redirect(request, f"/rounds/manage/{address}")
    form = Form.filled({"name": found.name, "year": str(found.year), "revision": str(found.revision)})
    return render(request, "craftsmen/rounds/facts.html", round=found, form=form)


@post("/rounds/manage/{address:str}/facts", may=RUN_ROUNDS)
async def change_facts(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    found = await for_officer(request.user, address)
    form = await read_form(request)
    typed = {"title": str(found.title_id), "edition": str(found.edition or "")}
    draft, problems = read_draft({**typed, "name": form.value("name"), "year": form.value("year")})
    try:
        if draft is None:
            raise Refused
        await round_drafts.change(found.id, draft, number(form.value("revision")), request.user.account_id)
    except Refused as refusal:
        newest = await for_officer(request.user, address)
        form = form.with_problems([*problems, *refusal.problems]).with_values({"revision": str(newest.revision)})
        return render(request, "craftsmen/rounds/facts.html", 422, round=newest, form=form)
    return redirect(request, f"/rounds/manage/{address}", done="round_saved")


def number(text: str) -> int:
    """A number that a form carried; -1 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


HANDLERS = [round_list, new_round, create_round, round_page, take_step, facts_page, change_facts]
