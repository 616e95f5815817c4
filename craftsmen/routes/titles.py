"""The pages of titles for those who keep them: the list, a new one, changing one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import may, titles
from craftsmen.rules.honours import FAMILIES, HOLDERS, VERBS
from craftsmen.rules.titles import CHOICES, LONGEST, MARKS, read_title
from craftsmen.titles import TitleFacts
from foundation.base.problem import Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render, speaker_of

FIELDS = (*LONGEST, *CHOICES, *MARKS, "position")


@get("/honours/titles", may=may.KEEP_TITLES)
async def title_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    found = await titles.kept_by(request.user)
    return render(
        request, "craftsmen/honours/titles.html", titles=found, verbs=VERBS, holders=HOLDERS, families=FAMILIES
    )


@get("/honours/titles/new", may=may.KEEP_TITLES)
async def new_title(request: Request[Any, Any, Any]) -> Response[bytes]:
    shown = {"verb": "confer", "holder": "person", "family": "other", "listed": "yes", "active": "yes"}
    return _form(request, Form.filled({**shown, "position": "100"}), None)


@post("/honours/titles", may=may.KEEP_TITLES)
async def create(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    draft, problems = read_title({name: form.value(name) for name in FIELDS})
    if draft is None:
        return _form(request, form.with_problems(problems), None, 422)
    try:
        await titles.create(draft, request.user.hat.organisation_id, request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        return _form(request, form.with_problems(refusal.problems), None, 422)
    return redirect(request, "/honours/titles", done="title_created")


@get("/honours/titles/{code:str}", may=may.KEEP_TITLES)
async def title_page(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    title = await titles.for_officer(request.user, code)
    values = {name: getattr(title, name) for name in FIELDS}
    shown = {
        name: ("yes" if value else "") if isinstance(value, bool) else str(value) for name, value in values.items()
    }
    return _form(request, Form.filled(shown), title)


@post("/honours/titles/{code:str}", may=may.KEEP_TITLES)
async def change(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    title = await titles.for_officer(request.user, code)
    form = await read_form(request)
    fixed = {"code": title.code, "holder": title.holder.value}
    draft, problems = read_title({name: form.value(name) for name in FIELDS} | fixed)
    form = form.with_values(fixed)
    if draft is None:
        return _form(request, form.with_problems(problems), title, 422)
    try:
        await titles.change(title.id, draft, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return _form(request, form.with_problems(refusal.problems), title, 422)
    return redirect(request, "/honours/titles", done="title_saved")


def _form(request: Request[Any, Any, Any], form: Form, title: TitleFacts | None, status: int = 200) -> Response[bytes]:
    words = {"verbs": VERBS, "holders": HOLDERS, "families": FAMILIES}
    options = {name: _options(request, choices) for name, choices in words.items()}
    return render(request, "craftsmen/honours/title.html", status, form=form, title=title, **options)


def _options(request: Request[Any, Any, Any], words: Mapping[str, str]) -> list[tuple[str, str]]:
    say = speaker_of(request).gettext
    return [(str(code), say(word)) for code, word in words.items()]


HANDLERS = [title_list, new_title, create, title_page, change]
