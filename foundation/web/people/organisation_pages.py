"""The union tree, looked through: level by level, by searching, and what happened to one organisation."""

import re
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import NotFound
from foundation.people.may import KEEP_ORGANISATIONS
from foundation.people.organisation_kinds import BELOW
from foundation.people.organisation_lists import (
    LARGEST_ID,
    SIZE,
    children_after,
    for_officer,
    history,
    search,
    with_counts,
)
from foundation.people.organisation_tree import OrganisationFacts, by_ids, count_below
from foundation.web.keyset import page_of, read_cursor
from foundation.web.people import (
    organisation_edit_pages,
    organisation_import_pages,
    organisation_list_pages,
    organisation_move_pages,
)
from foundation.web.people.organisation_shown import may_shape, page

_PLACE = re.compile(r"([0-9]{1,5})-([1-9][0-9]{0,9})")


@get("/organisations", may=KEEP_ORGANISATIONS)
async def own_organisation(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _page(request, await for_officer(request.user, request.user.hat.organisation_id))


@get("/organisations/{organisation_id:int}", may=KEEP_ORGANISATIONS)
async def organisation_page(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, await for_officer(request.user, organisation_id))


async def _page(request: Request[Any, Any, Any], unit: OrganisationFacts) -> Response[bytes]:
    closed = request.query_params.get("closed") == "1"
    found = await children_after(unit, _read_place(request.query_params.get("after")), closed=closed)
    children = page_of(found, SIZE, lambda one: (one.position, one.id))
    return await page(
        request,
        "organisation",
        unit,
        children=await with_counts(children.rows),
        more=children.older,
        closed=closed,
        count=await count_below(unit.path),
        merged_into=await _merged_into(request, unit),
        may_shape=await may_shape(request, unit),
        may_add=unit.active and bool(BELOW[unit.kind]),
    )


async def _merged_into(request: Request[Any, Any, Any], unit: OrganisationFacts) -> OrganisationFacts | None:
    """Where it went, if that is in this person's part of the tree."""
    if unit.merged_into is None:
        return None
    try:
        return await for_officer(request.user, unit.merged_into)
    except NotFound:
        return None


def _read_place(text: str | None) -> tuple[int, int] | None:
    """The (order, id) that a page of children goes on from. Raises NotFound for junk."""
    if text is None:
        return None
    match = _PLACE.fullmatch(text)
    if match is None or int(match[2]) > LARGEST_ID:
        raise NotFound
    return int(match[1]), int(match[2])


@get("/organisations/{organisation_id:int}/search", may=KEEP_ORGANISATIONS)
async def search_page(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    """What stands at or below this organisation under a name or code."""
    unit = await for_officer(request.user, organisation_id)
    text = " ".join(request.query_params.get("q", "").replace("\0", "").split())[:100]
    after = read_cursor(request, "after")
    after_path = (await for_officer(request.user, after)).path if after else ""
    found = page_of(await search(text, unit.path, after_path), SIZE, lambda one: one.id)
    parents = await by_ids(sorted({one.parent_id for one in found.rows if one.parent_id}))
    return await page(
        request,
        "search",
        unit,
        text=text,
        found=found.rows,
        more=found.older,
        parents={one.id: one.name for one in parents},
    )


@get("/organisations/{organisation_id:int}/history", may=KEEP_ORGANISATIONS)
async def history_page(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    unit = await for_officer(request.user, organisation_id)
    changes = page_of(await history(unit.id, read_cursor(request)), SIZE, lambda one: one.id)
    return await page(request, "history", unit, changes=changes.rows, older=changes.older)


HANDLERS = [
    own_organisation,
    organisation_page,
    search_page,
    history_page,
    *organisation_edit_pages.HANDLERS,
    *organisation_move_pages.HANDLERS,
    *organisation_import_pages.HANDLERS,
    *organisation_list_pages.HANDLERS,
]
