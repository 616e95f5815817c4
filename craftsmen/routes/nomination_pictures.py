"""Portrait and photographs of a nomination: the page that takes them, and the hidden pictures as they are sent.

Load, decide, write, redirect. A picture is sent to whoever may see its nomination, and to nobody by its number alone.
What a page does once its nomination is loaded, the worker's own page (`nomination_own_pictures`) does too: `own` is
then the token of their session.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import nomination_pictures
from craftsmen.may import NOMINATE, SEE_NOMINATIONS
from craftsmen.nomination_pictures import MOST, PHOTOGRAPH, PORTRAIT, ROLES
from craftsmen.nomination_reads import NominationFacts
from craftsmen.routes.nomination_shown import loaded
from craftsmen.rules.nomination_steps import Stage
from foundation.base.problem import Problem, Refused
from foundation.files.limits import PICTURE
from foundation.files.uploaders import Uploader
from foundation.web.files.picture_pages import asked, send_rendition
from foundation.web.files.taking import read_focus, take_picture
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.uploads import takes
from foundation.work import returns


@get("/nominations/{address:str}/pictures", may=NOMINATE)
async def pictures_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await show_all(request, await loaded(request, address, NOMINATE), Form())


@post("/nominations/{address:str}/pictures", may=NOMINATE, **takes(PICTURE))
async def add_picture(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    nomination, form = await loaded(request, address, NOMINATE), await read_form(request)
    return await add(request, nomination, form, request.user.account_id)


@get("/nominations/{address:str}/pictures/{picture:int}", may=NOMINATE)
async def one_picture(
    request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]
) -> Response[bytes]:
    """One picture: what it shows, what stands below it, and the point that every cut keeps in view."""
    return await show_one(request, await loaded(request, address, NOMINATE), picture)


@post("/nominations/{address:str}/pictures/{picture:int}", may=NOMINATE)
async def change_picture(
    request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]
) -> Response[Any]:
    nomination, form = await loaded(request, address, NOMINATE), await read_form(request)
    return await change(request, nomination, picture, form, request.user.account_id)


@post("/nominations/{address:str}/pictures/{picture:int}/removal", may=NOMINATE)
async def take_off(request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]) -> Response[Any]:
    nomination = await loaded(request, address, NOMINATE)
    await read_form(request)
    return await remove(request, nomination, picture, request.user.account_id)


@get("/nominations/{address:str}/pictures/{picture:int}/{name:str}", may=SEE_NOMINATIONS)
async def picture_file(
    request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int], name: FromPath[str]
) -> Response[bytes]:
    return await send(request, await loaded(request, address), picture, name)


async def add(
    request: Request[Any, Any, Any], nomination: NominationFacts, form: Form, by: Uploader, own: str = ""
) -> Response[Any]:
    """Hang the picture of a form on the nomination."""
    taken = await take_picture(request, form, "picture")
    problems = [*taken.problems]
    if form.value("role") not in ROLES:
        problems.append(Problem("nomination_picture_role", "role"))
    try:
        if problems or taken.id is None:
            raise Refused(*problems)
        said = (form.value("alt"), form.value("caption"))
        await nomination_pictures.put(nomination.id, form.value("role"), taken.id, *said, by, datetime.now(UTC))
    except Refused as refusal:
        return await show_all(request, nomination, taken.form.with_problems(refusal.problems), 422, own)
    return _done(request, f"{_at(nomination, own)}/pictures", "nomination_picture_in", own)


async def change(  # noqa: PLR0917 - who changes what of which picture
    request: Request[Any, Any, Any], nomination: NominationFacts, picture: int, form: Form, by: Uploader, own: str = ""
) -> Response[Any]:
    """Say anew what a picture shows, and cut it around another point."""
    shown = (await nomination_pictures.of(nomination)).one(picture)
    said = (form.value("alt"), form.value("caption"))
    try:
        await nomination_pictures.say(nomination.id, picture, *said, by, datetime.now(UTC))
        await nomination_pictures.cut(nomination, picture, read_focus(form, default=shown.focus), by)
    except Refused as refusal:
        return await show_one(request, nomination, picture, form.with_problems(refusal.problems), 422, own)
    return _done(request, f"{_at(nomination, own)}/pictures/{picture}", "nomination_saved", own)


async def remove(
    request: Request[Any, Any, Any], nomination: NominationFacts, picture: int, by: Uploader, own: str = ""
) -> Response[Any]:
    """Take a picture off."""
    try:
        await nomination_pictures.take_off(nomination.id, picture, by, datetime.now(UTC))
    except Refused as refusal:
        return await show_all(request, nomination, Form().with_problems(refusal.problems), 422, own)
    return _done(request, f"{_at(nomination, own)}/pictures", "nomination_picture_off", own)


async def send(
    request: Request[Any, Any, Any], nomination: NominationFacts, picture: int, name: str
) -> Response[bytes]:
    """One hidden picture of a nomination that its reader may see. Raises NotFound."""
    shown = (await nomination_pictures.of(nomination)).one(picture)
    return await send_rendition(request, shown.id, *asked(name))


async def show_all(
    request: Request[Any, Any, Any], nomination: NominationFacts, form: Form, status: int = 200, own: str = ""
) -> Response[bytes]:
    """The page of all pictures."""
    named = await returns.open_fields(nomination.subject)
    pictures = await nomination_pictures.of(nomination)
    if not form.value("role"):  # most often the portrait comes first, and then what they do
        form = form.with_values({"role": PHOTOGRAPH if pictures.portrait else PORTRAIT})
    return render(
        request,
        "craftsmen/nominations/pictures.html",
        status,
        nomination=nomination,
        at=_at(nomination, own),
        own=bool(own),
        pictures=pictures,
        form=form,
        opened=nomination.stage is Stage.DRAFT and (named is None or nomination_pictures.FIELD in named),
        most=MOST,
        **_token(own),
    )


async def show_one(  # noqa: PLR0917 - a page and how it was asked for
    request: Request[Any, Any, Any],
    nomination: NominationFacts,
    picture: int,
    form: Form | None = None,
    status: int = 200,
    own: str = "",
) -> Response[bytes]:
    """The page of one picture, as it stands or as it was typed."""
    pictures = await nomination_pictures.of(nomination)
    shown = pictures.one(picture)
    values = {"alt": shown.alt, "caption": pictures.caption(picture), "focus": ",".join(map(str, shown.focus))}
    return render(
        request,
        "craftsmen/nominations/picture.html",
        status,
        nomination=nomination,
        at=_at(nomination, own),
        own=bool(own),
        shown=shown,
        portrait=nomination.portrait == picture,
        form=form or Form.filled(values),
        **_token(own),
    )


def _at(nomination: NominationFacts, own: str) -> str:
    return f"{'/mine' if own else ''}/nominations/{nomination.address}"


def _token(own: str) -> dict[str, str]:
    return {"csrf_token": own} if own else {}


def _done(request: Request[Any, Any, Any], address: str, done: str, own: str) -> Response[Any]:
    """Back to the page; only an account's session seals a message on the way."""
    return redirect(request, address) if own else redirect(request, address, done=done)


HANDLERS = [pictures_page, add_picture, one_picture, change_picture, take_off, picture_file]
