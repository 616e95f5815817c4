"""A craftsman's own look at their public page (/mine/page): every part chosen one by one, shown exactly as the public
will see it, and agreed to or taken back in one act. Opened with a worker's own session; kept by nobody.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import profiles
from craftsmen.routes.profiles import send_picture_of
from craftsmen.rules.showing import PARTS
from craftsmen.showing_pages import preview
from foundation.base.problem import N_, NotFound
from foundation.files import picture_reads
from foundation.people import consents, own
from foundation.people.organisation_words import INDUSTRIES
from foundation.people.own import OwnRow, OwnSession, Section
from foundation.web.forms import Form
from foundation.web.pages import redirect, render
from foundation.web.people.own_pages import NO_STORE, form_of, session_of


@get("/mine/page", public=True)
async def own_preview(request: Request[Any, Any, Any]) -> Response[Any]:
    """The page as it would be with the parts that the address names; without any, with those agreed to now."""
    session = await session_of(request)
    if session is None:
        return redirect(request, "/mine")
    row = await _row(session)
    said = {thing: word.given for thing, word in (await consents.of_worker(session.worker_id)).items()}
    wanted = {part: said.get(part, False) for part in PARTS}
    if request.query_params.get("show"):
        wanted = {part: request.query_params.get(part) == "yes" for part in PARTS}
    view = await preview(row, wanted, datetime.now(UTC))
    answer = render(
        request,
        "craftsmen/own/page.html",
        csrf_token=session.csrf,
        form=Form.filled({part: "yes" for part in PARTS if wanted[part]}),
        wanted=wanted,
        said=said,
        view=view,
        pictures=await picture_reads.shown(view.pictures, also_hidden=True) if view else {},
        at="/mine/page/pictures",
        things={part: consents.THINGS[part] for part in PARTS},
        industries=INDUSTRIES,
    )
    answer.headers["cache-control"] = NO_STORE
    return answer


@post("/mine/page", public=True)
async def agree(request: Request[Any, Any, Any]) -> Response[Any]:
    """Agree to exactly the parts that were ticked, and take back the others."""
    session, form = await form_of(request)
    if session is not None:
        await _row(session)
        words = {part: form.checked(part, "yes") for part in PARTS}
        await consents.say_all(session.worker_id, words, session.actor, datetime.now(UTC))
    return redirect(request, "/mine/page")


@get("/mine/page/pictures/{picture:int}/{name:str}", public=True)
async def own_picture(request: Request[Any, Any, Any], picture: FromPath[int], name: FromPath[str]) -> Response[bytes]:
    session = await session_of(request)
    if session is None:
        raise NotFound
    return await send_picture_of(request, await _row(session), picture, name)


async def _row(session: OwnSession) -> dict[str, Any]:
    row = await profiles.of_worker(session.worker_id)
    if row is None:
        raise NotFound
    return row


async def _own_rows(worker_id: int) -> list[OwnRow]:
    """On the worker's own page: the way to the preview, for who has a page."""
    row = await profiles.of_worker(worker_id)
    return [OwnRow(row["headline"] or row["address"], "", "/mine/page")] if row else []


own.SECTIONS.append(Section(N_("My page as a craftsman"), _own_rows))

HANDLERS = [own_preview, agree, own_picture]
