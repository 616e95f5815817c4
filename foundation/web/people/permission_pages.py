"""The page that says who may do what, in words, made from the same predicates that decide it."""

from typing import Any

from litestar import Request, Response, get

from foundation.base.problem import N_
from foundation.people import may
from foundation.people.permissions import all_permissions, collect
from foundation.web.pages import render

collect(N_("Organisations, accounts and workers"), may.PERMISSIONS)


@get("/permissions", signed_in=True)
async def who_may_do_what(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Every permission of every package; those that the hat which is worn can hold are marked."""
    areas = all_permissions()
    mine = {one.code for area in areas for one in area.permissions if one.possible(request.user)}
    return render(request, "people/permissions.html", areas=areas, mine=mine)


HANDLERS = [who_may_do_what]
