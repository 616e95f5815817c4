"""Everyone's first page after signing in: what waits for them, gathered from every package."""

from typing import Any

from litestar import Request, Response, get

from competitions import todo
from foundation.web.pages import render


@get("/desk", signed_in=True)
async def desk(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, "ganpo/desk.html", todos=await todo.rows(request.user))


HANDLERS = [desk]
