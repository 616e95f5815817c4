"""Where workers begin: what proposals are, and the form behind a poster's code. Nobody signs in, and nobody keeps it.

A form is checked by where it came from (Origin), counted by network and door, and becomes a draft at an address of its
own, which its writer holds.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import worker_reads
from foundation.people.own import OwnSession
from foundation.web.access import client_address
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.people.own_pages import form_of, session_of
from innovations import proposal_doors, proposal_index, proposals
from innovations.proposal_doors import Door
from innovations.routes.worker import private, show_code_form
from innovations.rules.admissibility import RULES
from innovations.rules.proposal_form import FIELDS, MOST, read_proposal
from innovations.rules.proposals import KINDS, STAGES

LONGEST_ASKED = 1000  # characters of each field, while somebody is still typing


@get("/proposals", public=True)
async def start(request: Request[Any, Any, Any]) -> Response[bytes]:
    return show_code_form(request, Form())


@post("/proposals", public=True)
async def find_door(request: Request[Any, Any, Any]) -> Response[Any]:
    """The code of a poster, typed by hand."""
    form = await read_form(request)
    try:
        door = await proposal_doors.by_code(form.value("door"))
    except NotFound:
        return show_code_form(request, form.with_problems([Problem("proposal_door_wrong", "door")]), 404)
    return redirect(request, door.address)


@get("/proposals/to/{code:str}", public=True)
async def new_proposal(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    """The one screen; name and place are filled in where they are known."""
    door, session = await proposal_doors.by_code(code), await session_of(request)
    values = {"place": door.place}
    if session is not None and (worker := await worker_reads.by_id(session.worker_id)) is not None:
        values["name"] = worker.name
    return _form(request, door, Form.filled(values), session)


@post("/proposals/to/{code:str}", public=True)
async def begin(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Keep it as a draft, and go on at its own address: look once more, add photographs, hand in."""
    door = await proposal_doors.by_code(code)
    session, form = await form_of(request)
    later = form.checked("then", "later")
    said, problems = read_proposal({name: form.value(name) for name in FIELDS}, unfinished=later)
    try:
        if said is None:
            raise Refused(*problems)
        worker = session.worker_id if session is not None else None
        own = await proposals.begin(said, door, client_address(request), datetime.now(UTC), worker)
    except Refused as refusal:
        paused = any(problem.code == "proposal_paused" for problem in refusal.problems)
        return _form(request, door, form.with_problems(refusal.problems), session, 429 if paused else 422)
    return redirect(request, f"/proposals/own/{own}")


@post("/proposals/to/{code:str}/similar", public=True)
async def similar(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    """What the unit adopted that is like what stands in the form so far; a script puts it beside the form."""
    door, form = await proposal_doors.by_code(code), await read_form(request)
    texts = [form.value(name)[:LONGEST_ASKED] for name in ("title", "problem", "suggestion")]
    alike = await proposal_index.adopted_like(proposal_index.words_of(*texts), door.organisation_id)
    return private(render(request, "innovations/worker/similar.html", door=door, alike=alike, stages=STAGES))


def _form(
    request: Request[Any, Any, Any], door: Door, form: Form, session: OwnSession | None, status: int = 200
) -> Response[bytes]:
    return private(
        render(
            request,
            "innovations/worker/new.html",
            status,
            csrf_token=session.csrf if session else "",
            door=door,
            form=form,
            kinds=KINDS,
            most=MOST,
            rules=RULES,
            at_home=session is not None,
        )
    )


HANDLERS = [start, find_door, new_proposal, begin, similar]
