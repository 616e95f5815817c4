"""The organiser's contests: a new one, its page with the road to publication, its facts, settings, and its opening."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import events
from competitions.contests import ContestFacts, competition_for_organiser, contest_for_organiser
from competitions.may import RUN_COMPETITIONS
from competitions.preparing import codes_issued, hindrances, prepared_of, with_schemes
from competitions.presets.presets import list_presets
from competitions.rules.events import CONTEST_FIELDS, SETTING_FIELDS, read_contest, read_settings
from competitions.rules.meanwhile import Opened, seen
from competitions.rules.stages import Stage
from competitions.shown import contest_values, settings_values
from competitions.starting import Start, preset_named, start
from competitions.versions import scheme_versions
from foundation.base.problem import Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


@get("/organise/competitions/{address:str}/contests/new", may=RUN_COMPETITIONS)
async def new_contest(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await _new_page(request, address, Form.filled({"start": "preset"}))


@post("/organise/competitions/{address:str}/contests", may=RUN_COMPETITIONS)
async def create_contest(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    competition = await competition_for_organiser(request.user, address)
    form = await read_form(request)
    upload = form.upload("scheme_file")
    begin = await start(
        request.user,
        form.value("start"),
        form.value("preset"),
        form.value("earlier"),
        upload.content if upload else None,
    )
    draft, problems = read_contest(_with_preset(form))
    if draft is None or begin.problems or begin.file_problems:
        form = form.with_problems([*problems, *begin.problems])
        return await _new_page(request, address, form, 422, begin)
    made = await events.create_contest(
        competition.id,
        draft,
        request.user.account_id,
        datetime.now(UTC),
        scheme=begin.scheme if form.value("start") == "file" else begin.titled(draft.title),
        notes=begin.notes,
    )
    return redirect(request, f"/organise/contests/{made.address}", done="contest_created")


def _with_preset(form: Form) -> dict[str, str]:
    """What was typed; what was left blank comes from the chosen preset."""
    typed = {name: form.value(name) for name in CONTEST_FIELDS}
    preset = preset_named(form.value("preset")) if form.value("start") == "preset" else None
    if preset is not None and not typed["occupation"].strip():
        typed |= {
            "occupation": preset.occupation,
            "occupation_code": typed["occupation_code"] or preset.occupation_code,
        }
    if not typed["title"].strip():
        typed["title"] = typed["occupation"]
    return typed


async def _new_page(
    request: Request[Any, Any, Any], address: str, form: Form, status: int = 200, begin: Start | None = None
) -> Response[bytes]:
    return render(
        request,
        "competitions/organiser/contest_new.html",
        status,
        competition=await competition_for_organiser(request.user, address),
        presets=[(preset.key, preset.title) for preset in list_presets()],
        earlier=await with_schemes(request.user),
        form=form,
        file_problems=begin.file_problems if begin else (),
    )


@get("/organise/contests/{address:str}", may=RUN_COMPETITIONS)
async def contest_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    return render(
        request,
        "competitions/organiser/contest.html",
        contest=contest,
        prepared=(await prepared_of([contest]))[0],
        versions=await scheme_versions(contest.id),
        hindrances=await hindrances(contest) if contest.stage in (Stage.FROZEN, Stage.MARKING) else [],
        codes=await codes_issued(contest.id),
    )


@get("/organise/contests/{address:str}/facts", may=RUN_COMPETITIONS)
async def contest_facts(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    return _facts(request, contest, Form.filled(contest_values(contest)))


@post("/organise/contests/{address:str}/facts", may=RUN_COMPETITIONS)
async def change_contest(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    typed = {name: form.value(name) for name in CONTEST_FIELDS}
    draft, problems = read_contest(typed)
    try:
        if draft is None:
            raise Refused(*problems)
        await events.change_contest(contest.id, draft, request.user.account_id, Opened(form.value("shown"), typed))
    except Refused as refusal:
        return await _refused(request, address, form, refusal, _facts)
    return redirect(request, f"/organise/contests/{address}", done="contest_changed")


@get("/organise/contests/{address:str}/settings", may=RUN_COMPETITIONS)
async def settings_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    return _settings(request, contest, Form.filled(settings_values(contest)))


@post("/organise/contests/{address:str}/settings", may=RUN_COMPETITIONS)
async def change_settings(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    typed = {name: form.value(name) for name in SETTING_FIELDS}
    settings, problems = read_settings(typed)
    try:
        if settings is None:
            raise Refused(*problems)
        await events.change_settings(contest.id, settings, request.user.account_id, Opened(form.value("shown"), typed))
    except Refused as refusal:
        return await _refused(request, address, form, refusal, _settings)
    return redirect(request, f"/organise/contests/{address}", done="settings_changed")


Page = Callable[[Request[Any, Any, Any], ContestFacts, Form, int], Response[bytes]]


def _facts(request: Request[Any, Any, Any], contest: ContestFacts, form: Form, status: int = 200) -> Response[bytes]:
    shown = form.value("shown", seen(contest_values(contest)))
    return render(request, "competitions/organiser/contest_facts.html", status, contest=contest, form=form, shown=shown)


def _settings(request: Request[Any, Any, Any], contest: ContestFacts, form: Form, status: int = 200) -> Response[bytes]:
    shown = form.value("shown", seen(settings_values(contest)))
    return render(request, "competitions/organiser/settings.html", status, contest=contest, form=form, shown=shown)


async def _refused(
    request: Request[Any, Any, Any], address: str, form: Form, refusal: Refused, page: Page
) -> Response[bytes]:
    """The form with everything typed; what was told to have changed meanwhile counts as seen when it is sent again."""
    told = any(problem.code == "changed_meanwhile" for problem in refusal.problems)
    contest = await contest_for_organiser(request.user, address)
    form = (form.without(["shown"]) if told else form).with_problems(refusal.problems)
    return page(request, contest, form, 409 if told else 422)


@get("/organise/contests/{address:str}/opening", may=RUN_COMPETITIONS)
async def opening_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    return await _opening(request, contest, Form())


@post("/organise/contests/{address:str}/opening", may=RUN_COMPETITIONS)
async def open_marking(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    try:
        await events.open_marking(contest.id, request.user.account_id)
    except Refused as refusal:
        return await _opening(request, contest, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/organise/contests/{address}", done="marking_opened")


async def _opening(
    request: Request[Any, Any, Any], contest: ContestFacts, form: Form, status: int = 200
) -> Response[bytes]:
    return render(
        request,
        "competitions/organiser/opening.html",
        status,
        contest=contest,
        prepared=(await prepared_of([contest]))[0],
        hindrances=await hindrances(contest),
        form=form,
    )


HANDLERS = [
    new_contest,
    create_contest,
    contest_page,
    contest_facts,
    change_contest,
    settings_page,
    change_settings,
    opening_page,
    open_marking,
]
