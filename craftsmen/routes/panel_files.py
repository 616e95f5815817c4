"""Papers and pictures of a nomination, as they are sent to a member who judges it; to nobody by address alone."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Stream

from craftsmen import panel_files
from craftsmen.panel_reads import Desk, Work, desk_for, work_of
from foundation.web.files.downloads import PRIVATE, download
from foundation.web.files.picture_pages import asked, send_rendition

AT = "/panel/rounds/{address:str}/nominations/{number:str}"


@get(AT + "/materials/{code:str}", signed_in=True)
async def paper(
    request: Request[Any, Any, Any], address: FromPath[str], number: FromPath[str], code: FromPath[str]
) -> Response[bytes] | Stream:
    desk, work = await _work(request, address, number)
    return await download(await panel_files.paper(desk, request.user, work, code[:40]), PRIVATE)


@get(AT + "/pictures/{picture:int}/{name:str}", signed_in=True)
async def picture_file(
    request: Request[Any, Any, Any],
    address: FromPath[str],
    number: FromPath[str],
    picture: FromPath[int],
    name: FromPath[str],
) -> Response[bytes]:
    desk, work = await _work(request, address, number)
    shown = (await panel_files.pictures(desk, request.user, work)).one(picture)
    return await send_rendition(request, shown.id, *asked(name))


async def _work(request: Request[Any, Any, Any], address: str, number: str) -> tuple[Desk, Work]:
    desk = await desk_for(request.user, address)
    return desk, await work_of(desk, request.user, number)


HANDLERS = [paper, picture_file]
