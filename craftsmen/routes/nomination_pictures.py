"""Portrait and photographs of a nomination: the page that takes them, and the hidden pictures as they are sent.

Load, decide, write, redirect. A picture is sent to whoever may see its nomination, and to nobody by its number alone.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import nomination_pictures
from craftsmen.may import NOMINATE, SEE_NOMINATIONS
from craftsmen.nomination_pictures import MOST, ROLES
from craftsmen.nomination_reads import NominationFacts
from craftsmen.routes.nomination_shown import loaded
from craftsmen.rules.nomination_steps import Stage
from foundation.base.problem import Problem, Refused
from foundation.files.limits import PICTURE
from foundation.web.files.picture_pages import asked, send_rendition
from foundation.web.files.taking import read_focus, take_picture
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.uploads import takes
from foundation.work import returns


@get("/nominations/{address:str}/pictures", may=NOMINATE)
async def pictures_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await _page(request, await loaded(request, address, NOMINATE), Form())


@post("/nominations/{address:str}/pictures", may=NOMINATE, **takes(PICTURE))
async def add_picture(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    nomination, form = await loaded(request, address, NOMINATE), await read_form(request)
    taken = await take_picture(request, form, "picture")
    problems = [*taken.problems]
    if form.value("role") not in ROLES:
        problems.append(Problem("nomination_picture_role", "role"))
    try:
        if problems or taken.id is None:
            raise Refused(*problems)
        said = (form.value("alt"), form.value("caption"))
        by, now = request.user.account_id, datetime.now(UTC)
        await nomination_pictures.put(nomination.id, form.value("role"), taken.id, *said, by, now)
    except Refused as refusal:
        return await _page(request, nomination, taken.form.with_problems(refusal.problems), 422)
    return redirect(request, f"/nominations/{address}/pictures", done="nomination_picture_in")


@get("/nominations/{address:str}/pictures/{picture:int}", may=NOMINATE)
async def one_picture(
    request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]
) -> Response[bytes]:
    """One picture: what it shows, what stands below it, and the point that every cut keeps in view."""
    nomination = await loaded(request, address, NOMINATE)
    pictures = await nomination_pictures.of(nomination)
    shown = pictures.one(picture)
    values = {"alt": shown.alt, "caption": pictures.caption(picture), "focus": ",".join(map(str, shown.focus))}
    return await _one(request, nomination, picture, Form.filled(values))


@post("/nominations/{address:str}/pictures/{picture:int}", may=NOMINATE)
async def change_picture(
    request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]
) -> Response[Any]:
    nomination, form = await loaded(request, address, NOMINATE), await read_form(request)
    shown = (await nomination_pictures.of(nomination)).one(picture)
    by, said = request.user.account_id, (form.value("alt"), form.value("caption"))
    try:
        await nomination_pictures.say(nomination.id, picture, *said, by, datetime.now(UTC))
        await nomination_pictures.cut(nomination, picture, read_focus(form, default=shown.focus), by)
    except Refused as refusal:
        return await _one(request, nomination, picture, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/nominations/{address}/pictures/{picture}", done="nomination_saved")


@post("/nominations/{address:str}/pictures/{picture:int}/removal", may=NOMINATE)
async def take_off(request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]) -> Response[Any]:
    nomination, by = await loaded(request, address, NOMINATE), request.user.account_id
    await read_form(request)
    try:
        await nomination_pictures.take_off(nomination.id, picture, by, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, nomination, Form().with_problems(refusal.problems), 422)
    return redirect(request, f"/nominations/{address}/pictures", done="nomination_picture_off")


@get("/nominations/{address:str}/pictures/{picture:int}/{name:str}", may=SEE_NOMINATIONS)
async def picture_file(
    request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int], name: FromPath[str]
) -> Response[bytes]:
    shown = (await nomination_pictures.of(await loaded(request, address))).one(picture)
    return await send_rendition(request, shown.id, *asked(name))


async def _page(
    request: Request[Any, Any, Any], nomination: NominationFacts, form: Form, status: int = 200
) -> Response[bytes]:
    named = await returns.open_fields(nomination.subject)
    return render(
        request,
        "craftsmen/nominations/pictures.html",
        status,
        nomination=nomination,
        pictures=await nomination_pictures.of(nomination),
        form=form,
        opened=nomination.stage is Stage.DRAFT and (named is None or nomination_pictures.FIELD in named),
        most=MOST,
    )


async def _one(
    request: Request[Any, Any, Any], nomination: NominationFacts, picture: int, form: Form, status: int = 200
) -> Response[bytes]:
    pictures = await nomination_pictures.of(nomination)
    return render(
        request,
        "craftsmen/nominations/picture.html",
        status,
        nomination=nomination,
        shown=pictures.one(picture),
        portrait=nomination.portrait == picture,
        form=form,
    )


HANDLERS = [pictures_page, add_picture, one_picture, change_picture, take_off, picture_file]
