"""Portrait and photographs that workers put on a nomination of themselves, until they hand it to their unit.

No account: the worker's own session, and this worker's nominations alone. Same pictures, same limits, same pages as
their unit has.
"""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import nomination_reads
from craftsmen.nomination_reads import NominationFacts
from craftsmen.routes.nomination_own import kept, own_draft_of, own_form
from craftsmen.routes.nomination_pictures import add, change, remove, send, show_all, show_one
from craftsmen.routes.nomination_shown import address_of
from foundation.base.problem import NotFound
from foundation.files.limits import PICTURE
from foundation.people.own import OwnSession
from foundation.web.access import ForeignForm
from foundation.web.forms import Form
from foundation.web.pages import redirect
from foundation.web.people.own_pages import session_of
from foundation.web.uploads import admit, takes


@get("/mine/nominations/{address:str}/pictures", public=True)
async def own_pictures(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    session = await session_of(request)
    if session is None:
        return redirect(request, "/mine")
    return kept(await show_all(request, await own_draft_of(session, address), Form(), own=session.csrf))


@post("/mine/nominations/{address:str}/pictures", public=True, **takes(PICTURE))
async def add_own(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    known = await session_of(request)
    if known is None:
        raise ForeignForm
    nomination = await own_draft_of(known, address)
    admit(request, known.actor)
    session, form = await own_form(request)
    return kept(await add(request, nomination, form, session.actor, session.csrf))


@get("/mine/nominations/{address:str}/pictures/{picture:int}", public=True)
async def own_one(request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]) -> Response[Any]:
    session = await session_of(request)
    if session is None:
        return redirect(request, "/mine")
    return kept(await show_one(request, await own_draft_of(session, address), picture, own=session.csrf))


@post("/mine/nominations/{address:str}/pictures/{picture:int}", public=True)
async def change_own(request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]) -> Response[Any]:
    session, form = await own_form(request)
    nomination = await own_draft_of(session, address)
    return kept(await change(request, nomination, picture, form, session.actor, session.csrf))


@post("/mine/nominations/{address:str}/pictures/{picture:int}/removal", public=True)
async def remove_own(request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]) -> Response[Any]:
    session, _ = await own_form(request)
    nomination = await own_draft_of(session, address)
    return kept(await remove(request, nomination, picture, session.actor, session.csrf))


@get("/mine/nominations/{address:str}/pictures/{picture:int}/{name:str}", public=True)
async def own_file(
    request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int], name: FromPath[str]
) -> Response[bytes]:
    """A picture of one's own nomination, while it is written and afterwards."""
    return await send(request, await _own(await session_of(request), address), picture, name)


async def _own(session: OwnSession | None, address: str) -> NominationFacts:
    if session is None:
        raise NotFound
    return await nomination_reads.own_of(session.worker_id, address_of(address))


HANDLERS = [own_pictures, add_own, own_one, change_own, remove_own, own_file]
