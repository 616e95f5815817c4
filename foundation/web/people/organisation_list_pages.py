"""A long list of units: what its check found, line by line, and having it added; load, decide, write, redirect."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Refused
from foundation.people import organisation_long_lists as long_lists
from foundation.people.may import KEEP_ORGANISATIONS
from foundation.people.organisation_lists import for_officer
from foundation.people.organisation_long_lists import LongList
from foundation.people.organisation_tree import OrganisationFacts
from foundation.web.forms import Form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import language_of, redirect
from foundation.web.people.organisation_shown import page, spoken

SIZE = 100  # lines of a page


@get("/organisations/{organisation_id:int}/lists/{list_id:int}", may=KEEP_ORGANISATIONS)
async def list_page(
    request: Request[Any, Any, Any], organisation_id: FromPath[int], list_id: FromPath[int]
) -> Response[bytes]:
    unit = await for_officer(request.user, organisation_id)
    return await _page(request, unit, await long_lists.of(unit, list_id), Form())


@post("/organisations/{organisation_id:int}/lists/{list_id:int}/adding", may=KEEP_ORGANISATIONS)
async def add_list(
    request: Request[Any, Any, Any], organisation_id: FromPath[int], list_id: FromPath[int]
) -> Response[Any]:
    unit = await for_officer(request.user, organisation_id)
    found = await long_lists.of(unit, list_id)
    try:
        job = await long_lists.add(found.id, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _refused(request, unit, list_id, refusal)
    return redirect(request, f"/jobs/{job}", done="organisations_adding")


@post("/organisations/{organisation_id:int}/lists/{list_id:int}/checking", may=KEEP_ORGANISATIONS)
async def check_list(
    request: Request[Any, Any, Any], organisation_id: FromPath[int], list_id: FromPath[int]
) -> Response[Any]:
    """Check it again, against the tree as it is now."""
    unit = await for_officer(request.user, organisation_id)
    found = await long_lists.of(unit, list_id)
    try:
        job = await long_lists.check_again(found.id, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _refused(request, unit, list_id, refusal)
    return redirect(request, f"/jobs/{job}", done="organisations_checking")


async def _refused(
    request: Request[Any, Any, Any], unit: OrganisationFacts, list_id: int, refusal: Refused
) -> Response[bytes]:
    return await _page(request, unit, await long_lists.of(unit, list_id), Form().with_problems(refusal.problems), 422)


async def _page(
    request: Request[Any, Any, Any], unit: OrganisationFacts, found: LongList, form: Form, status: int = 200
) -> Response[bytes]:
    lines = page_of(
        await long_lists.wrong_lines(found.id, read_cursor(request, "after") or 0, SIZE), SIZE, lambda one: one.line
    )
    language = language_of(request)
    rows = [(one, spoken(one.problems, language)) for one in lines.rows]
    return await page(request, "list", unit, status, list=found, rows=rows, after=lines.older, form=form)


HANDLERS = [list_page, add_list, check_list]
