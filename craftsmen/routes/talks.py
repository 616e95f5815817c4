"""Talks of craftsmen: units ask for them and count the audience, officers of the speaker agree or refuse."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import may, talks
from craftsmen.choosing import Choice, choose
from craftsmen.routes.apprenticeships import revision_of
from craftsmen.rules.talks import FIELDS, KINDS, STAGES, Stage, read_audience, read_talk
from craftsmen.talks import PAGE, TalkFacts
from foundation.base.problem import NotFound, Refused
from foundation.people.permissions import Permission
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import pages_of, redirect, render

Act = Callable[[TalkFacts, Form, str, datetime], Awaitable[None]]


@get("/talks", may=may.SEE_TALKS)
async def talk_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    stage = request.query_params.get("stage", "")
    if stage and stage not in STAGES:
        raise NotFound
    page = page_of(await talks.seen_by(request.user, stage, read_cursor(request)), PAGE, lambda one: one.id)
    return render(
        request,
        "craftsmen/guild/talks.html",
        page=page,
        stage=stage,
        stages=STAGES,
        kinds=KINDS,
        sums=await talks.sums(request.user),
        books=may.BOOK_TALKS.possible(request.user),
    )


@get("/talks/new", may=may.BOOK_TALKS)
async def new_talk(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The name of who is asked for may come in the address, as a craftsman's page links here."""
    return _new(request, Form.filled({"speaker": request.query_params.get("speaker", "")[:64]}), Choice())


@post("/talks", may=may.BOOK_TALKS)
async def ask(request: Request[Any, Any, Any]) -> Response[Any]:
    form, now, user = await read_form(request), datetime.now(UTC), request.user
    speaker = await choose(user, "speaker", form.value("speaker"), form.value("speaker_id"), kept=False, shown=True)
    zone = ZoneInfo(pages_of(request).settings.zone)
    draft, problems = read_talk({name: form.value(name) for name in FIELDS}, zone, now)
    if draft is None or speaker.one is None:
        return _new(request, form.with_problems([*speaker.problems, *problems]), speaker, 422)
    try:
        made = await talks.ask(
            speaker.one.id, draft, user.hat.organisation_id, user.hat.organisation, user.account_id, now
        )
    except Refused as refusal:
        return _new(request, form.with_problems(refusal.problems), speaker, 422)
    return redirect(request, f"/talks/{made}", done="talk_asked")


@get("/talks/{number:int}", may=may.SEE_TALKS)
async def talk_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await talks.for_user(request.user, number), Form())


@post("/talks/{number:int}/agreement", may=may.DECIDE_TALKS)
async def agree(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: TalkFacts, form: Form, by: str, now: datetime) -> None:
        await talks.agree(one.id, revision_of(form), by, now)

    return await _act(request, number, may.DECIDE_TALKS, act, "talk_agreed")


@post("/talks/{number:int}/refusal", may=may.DECIDE_TALKS)
async def refuse(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: TalkFacts, form: Form, by: str, now: datetime) -> None:
        await talks.refuse(one.id, form.value("reason"), revision_of(form), by, now)

    return await _act(request, number, may.DECIDE_TALKS, act, "talk_refused")


@post("/talks/{number:int}/cancellation", may=may.SEE_TALKS)
async def cancel(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: TalkFacts, form: Form, by: str, now: datetime) -> None:
        await talks.cancel(one.id, form.value("reason"), revision_of(form), by, now)

    return await _act(request, number, may.SEE_TALKS, act, "talk_cancelled")


@post("/talks/{number:int}/audience", may=may.BOOK_TALKS)
async def count(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: TalkFacts, form: Form, by: str, now: datetime) -> None:
        audience, problems = read_audience(form.value("audience"), "audience")
        if audience is None:
            raise Refused(*problems)
        await talks.hold(one.id, audience, revision_of(form), by, now)

    return await _act(request, number, may.BOOK_TALKS, act, "talk_held")


async def _act(
    request: Request[Any, Any, Any], number: int, permission: Permission, act: Act, done: str
) -> Response[Any]:
    one = await talks.for_user(request.user, number, permission)
    form = await read_form(request)
    try:
        await act(one, form, request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        one = await talks.for_user(request.user, number, permission)
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/talks/{number}", done=done)


def _new(request: Request[Any, Any, Any], form: Form, speaker: Choice, status: int = 200) -> Response[bytes]:
    return render(request, "craftsmen/guild/talk_new.html", status, form=form, speakers=speaker.several, kinds=KINDS)


async def _page(request: Request[Any, Any, Any], one: TalkFacts, form: Form, status: int = 200) -> Response[bytes]:
    now = datetime.now(UTC)
    decides, books = await _holds(request, may.DECIDE_TALKS, one), await _holds(request, may.BOOK_TALKS, one)
    return render(
        request,
        "craftsmen/guild/talk.html",
        status,
        one=one,
        form=form.with_values({"revision": str(one.revision)}),
        kinds=KINDS,
        stages=STAGES,
        answers=decides and one.stage is Stage.ASKED,
        counts=books and one.stage is Stage.AGREED and one.starts_at <= now,
        cancels=one.stage in (Stage.ASKED, Stage.AGREED),
    )


async def _holds(request: Request[Any, Any, Any], permission: Permission, one: TalkFacts) -> bool:
    try:
        await talks.for_user(request.user, one.id, permission)
    except NotFound:
        return False
    return True


HANDLERS = [talk_list, new_talk, ask, talk_page, agree, refuse, cancel, count]
