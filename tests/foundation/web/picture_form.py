"""The application with one more page: a form that takes a picture and a paper, as a domain's own would be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader
from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Refused
from foundation.base.settings import Settings
from foundation.files import picture_reads, pictures, uses
from foundation.files.limits import PAPER, PICTURE
from foundation.store.transactions import transaction
from foundation.web.files.picture_pages import asked, send_rendition
from foundation.web.files.taking import read_focus, take_file, take_picture
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.uploads import takes
from ganpo.app import create_app
from tests.web import Web


@get("/test/pictures", signed_in=True)
async def form_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _page(request, Form())


@get("/test/pictures/{picture_id:int}", signed_in=True)
async def picture_page(request: Request[Any, Any, Any], picture_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, Form(), picture_id)


@post("/test/pictures", signed_in=True, **takes(PICTURE, PAPER))
async def save(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    photo = await take_picture(request, form, "photo")
    paper = await take_file(request, photo.form, "paper", PAPER, missing="")
    if problems := [*photo.problems, *paper.problems]:
        return await _page(request, paper.form.with_problems(problems), status=422)
    assert photo.id is not None
    async with transaction():
        await pictures.hang(photo.id, "test:1", "portrait")
        await pictures.describe(photo.id, form.value("alt"), request.user.account_id)
        if paper.id is not None:
            await uses.hang(paper.id, "test:1", "paper")
    return redirect(request, f"/test/pictures/{photo.id}")


@post("/test/pictures/{picture_id:int}/focus", signed_in=True)
async def focus(request: Request[Any, Any, Any], picture_id: FromPath[int]) -> Response[Any]:
    form = await read_form(request)
    try:
        await pictures.refocus(picture_id, read_focus(form), request.user.account_id)
    except Refused as refusal:
        return await _page(request, form.with_problems(refusal.problems), picture_id, 422)
    return redirect(request, f"/test/pictures/{picture_id}")


@get("/test/pictures/{picture_id:int}/{name:str}", signed_in=True)
async def hidden(request: Request[Any, Any, Any], picture_id: FromPath[int], name: FromPath[str]) -> Response[bytes]:
    return await send_rendition(request, picture_id, *asked(name))


async def _page(request: Any, form: Form, picture_id: int = 0, status: int = 200) -> Response[bytes]:
    shown = (await picture_reads.shown([picture_id], also_hidden=True)).get(picture_id)
    if shown is not None:
        form = form.with_values({"focus": f"{shown.focus[0]},{shown.focus[1]}"})
    return render(request, "picture_form.html", status, form=form, shown=shown, purpose=PICTURE)


def app_with_form() -> Any:
    app = create_app(Settings.from_env())
    for handler in (form_page, picture_page, save, focus, hidden):
        app.register(handler)
    return app


@asynccontextmanager
async def form_visitors() -> AsyncIterator[Web]:
    app = app_with_form()
    async with app.lifespan():
        find_template(app)
        yield Web(app)


def find_template(app: Any) -> None:
    for environment in app.state.pages.environments.values():
        environment.loader = ChoiceLoader([environment.loader, FileSystemLoader(Path(__file__).parent)])
