"""The organiser's competitions: the list, a new one, its page, its facts, and who runs it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import events
from competitions.contests import CompetitionFacts, competition_for_organiser, contests_of
from competitions.preparing import overview, prepared_of, runners
from competitions.rules.events import COMPETITION_FIELDS, CompetitionDraft, read_competition
from foundation.base.problem import Refused
from foundation.people.grants import Role
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


def _read(form: Form) -> tuple[CompetitionDraft | None, Form]:
    draft, problems = read_competition({name: form.value(name) for name in COMPETITION_FIELDS})
    return draft, form.with_problems(problems)


@get("/organise", role=Role.ORGANISER)
async def competition_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, "competitions/organiser/list.html", competitions=await overview(request.user))


@get("/organise/competitions/new", role=Role.ORGANISER)
async def new_competition(request: Request[Any, Any, Any]) -> Response[bytes]:
    form = Form.filled({"year": str(datetime.now(UTC).year), "level": "class_two"})
    return render(request, "competitions/organiser/competition_form.html", form=form, competition=None)


@post("/organise/competitions", role=Role.ORGANISER)
async def create_competition(request: Request[Any, Any, Any]) -> Response[Any]:
    draft, form = _read(await read_form(request))
    if draft is None:
        return render(request, "competitions/organiser/competition_form.html", 422, form=form, competition=None)
    made = await events.create_competition(draft, request.user.account_id, datetime.now(UTC))
    return redirect(request, f"/organise/competitions/{made.address}", done="competition_created")


@get("/organise/competitions/{address:str}", role=Role.ORGANISER)
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


@get("/organise/competitions/{address:str}/facts", role=Role.ORGANISER)
async def competition_facts(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    competition = await competition_for_organiser(request.user, address)
    form = Form.filled(
        {
            "title": competition.title,
            "year": str(competition.year),
            "level": competition.level.value,
            "organisers": "\n".join(competition.organisers),
            "hosts": "\n".join(competition.hosts),
            "co_hosts": "\n".join(competition.co_hosts),
            "place": competition.place,
            "starts_on": competition.starts_on.isoformat() if competition.starts_on else "",
            "ends_on": competition.ends_on.isoformat() if competition.ends_on else "",
        }
    )
    return render(request, "competitions/organiser/competition_form.html", form=form, competition=competition)


@post("/organise/competitions/{address:str}/facts", role=Role.ORGANISER)
async def change_competition(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    competition = await competition_for_organiser(request.user, address)
    draft, form = _read((await read_form(request)).with_values({"year": str(competition.year)}))
    if draft is None:
        return render(request, "competitions/organiser/competition_form.html", 422, form=form, competition=competition)
    await events.change_competition(competition.id, draft, request.user.account_id)
    return redirect(request, f"/organise/competitions/{address}", done="competition_changed")


@post("/organise/competitions/{address:str}/organisers", role=Role.ORGANISER)
async def change_organisers(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Add the account that was typed, or remove the one whose button was pressed."""
    competition = await competition_for_organiser(request.user, address)
    form = await read_form(request)
    gone = form.value("remove")
    by = request.user.account_id
    try:
        if gone:
            await events.remove_organiser(competition.id, int(gone) if gone.isdecimal() and len(gone) < 10 else 0, by)
        else:
            await events.add_organiser(competition.id, form.value("sign_in"), by)
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
