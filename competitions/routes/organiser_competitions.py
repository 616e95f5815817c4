"""The organiser's competitions: the list, a new one, its page, its facts, and who runs it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import events, organisers
from competitions.contests import CompetitionFacts, competition_for_organiser, contests_of
from competitions.may import CREATE_COMPETITIONS, RUN_COMPETITIONS
from competitions.preparing import overview, prepared_of, runners
from competitions.rules.events import COMPETITION_FIELDS, CompetitionDraft, read_competition
from competitions.rules.meanwhile import Opened, seen
from competitions.shown import competition_values
from foundation.base.clock import today
from foundation.base.problem import Refused
from foundation.people import account_look_up
from foundation.people.grants import Role
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of
from foundation.web.pages import redirect, render

SIZE = 10  # competitions on a page, each with its contests


def _read(form: Form) -> tuple[CompetitionDraft | None, Form]:
    draft, problems = read_competition({name: form.value(name) for name in COMPETITION_FIELDS})
    return draft, form.with_problems(problems)


@get("/organise", may=RUN_COMPETITIONS)
async def competition_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    rows = await overview(request.user, SIZE, request.query_params.get("before", ""))
    return render(request, "competitions/organiser/list.html", page=page_of(rows, SIZE, lambda row: row[0].address))


def _new(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    return render(
        request, "competitions/organiser/competition_form.html", status, form=form, competition=None, shown=""
    )


@get("/organise/competitions/new", may=CREATE_COMPETITIONS)
async def new_competition(request: Request[Any, Any, Any]) -> Response[bytes]:
    form = Form.filled({"year": str(today().year), "level": "class_two"})
    return _new(request, form)


@post("/organise/competitions", may=CREATE_COMPETITIONS)
async def create_competition(request: Request[Any, Any, Any]) -> Response[Any]:
    draft, form = _read(await read_form(request))
    if draft is None:
        return render(
            request, "competitions/organiser/competition_form.html", 422, form=form, competition=None, shown=""
        )
    user = request.user
    made = await events.create_competition(draft, user.account_id, datetime.now(UTC), user.hat.organisation_id)
    return redirect(request, f"/organise/competitions/{made.address}", done="competition_created")


@get("/organise/competitions/{address:str}", may=RUN_COMPETITIONS)
async def competition_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    competition = await competition_for_organiser(request.user, address)
    return await _page(request, competition, Form())


async def _page(
    request: Request[Any, Any, Any], competition: CompetitionFacts, form: Form, status: int = 200
) -> Response[bytes]:
    return render(
        request,
        "competitions/organiser/competition.html",
        status,
        competition=competition,
        contests=await prepared_of(await contests_of([competition])),
        runners=await runners(competition.id),
        form=form,
    )


@get("/organise/competitions/{address:str}/facts", may=RUN_COMPETITIONS)
async def competition_facts(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    competition = await competition_for_organiser(request.user, address)
    return _facts(request, competition, Form.filled(competition_values(competition)))


@post("/organise/competitions/{address:str}/facts", may=RUN_COMPETITIONS)
async def change_competition(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    competition = await competition_for_organiser(request.user, address)
    draft, form = _read((await read_form(request)).with_values({"year": str(competition.year)}))
    if draft is None:
        return _facts(request, competition, form, 422)
    opened = Opened(form.value("shown"), {name: form.value(name) for name in COMPETITION_FIELDS})
    try:
        await events.change_competition(competition.id, draft, request.user.account_id, opened)
    except Refused as refusal:
        now = await competition_for_organiser(request.user, address)
        return _facts(request, now, form.without(["shown"]).with_problems(refusal.problems), 409)
    return redirect(request, f"/organise/competitions/{address}", done="competition_changed")


def _facts(
    request: Request[Any, Any, Any], competition: CompetitionFacts, form: Form, status: int = 200
) -> Response[bytes]:
    return render(
        request,
        "competitions/organiser/competition_form.html",
        status,
        form=form,
        competition=competition,
        shown=form.value("shown", seen(competition_values(competition))),
    )


@post("/organise/competitions/{address:str}/organisers", may=RUN_COMPETITIONS)
async def change_organisers(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Add the account that was typed, or remove the one whose button was pressed."""
    competition = await competition_for_organiser(request.user, address)
    form = await read_form(request)
    gone = form.value("remove")
    by = request.user.account_id
    try:
        if gone:
            await organisers.remove(competition.id, int(gone) if gone.isdecimal() and len(gone) < 10 else 0, by)
        else:
            finder = account_look_up.finder(request.user, datetime.now(UTC), "sign_in")
            await organisers.add(competition.id, form.value("sign_in"), by, finder)
    except Refused as refusal:
        return await _page(request, competition, form.with_problems(refusal.problems), 409)
    done = "organiser_removed" if gone else "organiser_added"
    if gone == str(by) and Role.OFFICER not in request.user.roles:
        return redirect(request, "/organise", done=done)
    return redirect(request, f"/organise/competitions/{address}", done=done)


HANDLERS = [
    competition_list,
    new_competition,
    create_competition,
    competition_page,
    competition_facts,
    change_competition,
    change_organisers,
]
