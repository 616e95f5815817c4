"""A list of units pasted or uploaded: looked at with every problem at its line, then all of it added or nothing."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Problem, Refused
from foundation.base.sheets import decode
from foundation.people import organisation_import
from foundation.people.may import KEEP_ORGANISATIONS
from foundation.people.organisation_import import Placed
from foundation.people.organisation_lists import for_officer
from foundation.people.organisation_rows import FIELD, MOST, UnitList, read_units
from foundation.people.organisation_tree import OrganisationFacts
from foundation.web.forms import Form, cleaned, read_form
from foundation.web.pages import language_of, redirect
from foundation.web.people.organisation_shown import page, spoken


@get("/organisations/{organisation_id:int}/import", may=KEEP_ORGANISATIONS)
async def import_form(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, await for_officer(request.user, organisation_id), Form())


@post("/organisations/{organisation_id:int}/import", may=KEEP_ORGANISATIONS)
async def import_units(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    """Look the list over, or, where its own button was pressed and nothing is wrong, add it."""
    unit = await for_officer(request.user, organisation_id)
    form, units = _read(await read_form(request))
    placed = await organisation_import.place(units, unit)
    wrong = [one for one in placed if one.problems]
    problems = [
        *units.problems,
        *([Problem("organisations_wrong", FIELD, {"count": str(len(wrong))})] if wrong else []),
    ]
    if not problems and form.value("act") == "add":
        try:
            await organisation_import.add(units, unit.id, request.user.actor, datetime.now(UTC))
        except Refused as refusal:
            problems, placed = list(refusal.problems), await organisation_import.place(units, unit)
        else:
            return redirect(request, f"/organisations/{unit.id}", done="organisations_added")
    return await _page(request, unit, form.with_problems(problems), placed, units.ignored)


def _read(form: Form) -> tuple[Form, UnitList]:
    """The text of the file, where one was chosen, else what was pasted."""
    upload = form.upload("file")
    if upload is not None:
        text, problems = decode(upload.content, FIELD)
        if problems:
            return form, UnitList(problems=tuple(problems))
        form = form.with_values({FIELD: cleaned(text)})
    return form, read_units(form.value(FIELD))


async def _page(
    request: Request[Any, Any, Any],
    unit: OrganisationFacts,
    form: Form,
    placed: list[Placed] | None = None,
    ignored: tuple[str, ...] = (),
) -> Response[bytes]:
    language = language_of(request)
    rows = [(one, spoken(one.problems, language)) for one in placed or []]
    status = 422 if form.problems else 200
    return await page(request, "import", unit, status, form=form, rows=rows, ignored=ignored, most=MOST)


HANDLERS = [import_form, import_units]
