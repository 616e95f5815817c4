"""A list of units pasted or uploaded: looked at with every problem at its line, then all of it added or nothing.

A short one is answered at once; a long one is checked as long work, and looked at on the page of its list.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Problem, Refused
from foundation.people import organisation_import, organisation_long_lists
from foundation.people.may import KEEP_ORGANISATIONS
from foundation.people.organisation_lists import for_officer
from foundation.people.organisation_placing import Placed, place
from foundation.people.organisation_rows import FIELD, LARGEST, MOST, Outline, outline, rows_of
from foundation.people.organisation_tree import OrganisationFacts
from foundation.web.forms import Form, read_form
from foundation.web.lists import uploaded_text
from foundation.web.pages import language_of, redirect
from foundation.web.people.organisation_shown import page, spoken

LIST_BYTES = 16 * 1024 * 1024  # of a form with a list of the most units, each with every column


@get("/organisations/{organisation_id:int}/import", may=KEEP_ORGANISATIONS)
async def import_form(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, await for_officer(request.user, organisation_id), Form())


@post("/organisations/{organisation_id:int}/import", may=KEEP_ORGANISATIONS, request_max_body_size=LIST_BYTES)
async def import_units(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    """Look the list over, or, where its own button was pressed and nothing is wrong, add it; a long one is kept."""
    unit = await for_officer(request.user, organisation_id)
    form, found = await _read(await read_form(request, LIST_BYTES))
    if len(found.lines) > MOST:
        text, by = form.value(FIELD), request.user.account_id
        job = await organisation_long_lists.begin(text, found.ignored, unit.id, by, datetime.now(UTC))
        return redirect(request, f"/jobs/{job}", done="organisations_checking")
    rows = tuple(rows_of(found))
    placed = await place(rows, unit)
    wrong = [one for one in placed if one.problems]
    problems = [
        *found.problems,
        *([Problem("organisations_wrong", FIELD, {"count": str(len(wrong))})] if wrong else []),
    ]
    if not problems and form.value("act") == "add":
        try:
            if not await organisation_import.add(rows, unit.id, request.user.actor, datetime.now(UTC)):
                raise Refused(Problem("organisations_nothing_new", FIELD))
        except Refused as refusal:
            problems, placed = list(refusal.problems), await place(rows, unit)
        else:
            return redirect(request, f"/organisations/{unit.id}", done="organisations_added")
    return await _page(request, unit, form.with_problems(problems), placed, found.ignored)


async def _read(form: Form) -> tuple[Form, Outline]:
    """The text of the file, where one was chosen, else what was pasted."""
    text, problems = await uploaded_text(form, FIELD, LIST_BYTES)
    if problems:
        return form, Outline(problems=tuple(problems))
    if text is not None:
        form = form.with_values({FIELD: text})
    return form, outline(form.value(FIELD))


async def _page(
    request: Request[Any, Any, Any],
    unit: OrganisationFacts,
    form: Form,
    placed: list[Placed] | None = None,
    ignored: tuple[str, ...] = (),
) -> Response[bytes]:
    language = language_of(request)
    rows = [(one, spoken(one.problems, language)) for one in placed or []]
    fresh = sum(one.fresh for one, _ in rows)
    status = 422 if form.problems else 200
    return await page(
        request, "import", unit, status, form=form, rows=rows, fresh=fresh, ignored=ignored, short=MOST, most=LARGEST
    )


HANDLERS = [import_form, import_units]
