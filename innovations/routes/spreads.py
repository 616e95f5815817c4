"""Innovations that other units take over: a unit tells of one, its makers answer. Load, decide, write, redirect."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Refused
from foundation.people.permissions import Permission
from foundation.web.forms import Form, read_form
from foundation.web.keyset import Page, page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from innovations import library_reads, spread_reads, spreads
from innovations.innovation_tables import Innovation
from innovations.library_reads import Published
from innovations.may_spread import ANSWER_SPREAD, SEE_SPREAD, TELL_SPREAD
from innovations.routes.unit_innovation_shown import revision_of, values_of
from innovations.rules.spread_form import Told, answer_problems, read_told
from innovations.spread_reads import SpreadFacts

AT = "/spreads/{number:int}"
Act = Callable[[SpreadFacts, Form, int, datetime], Awaitable[object]]


@get("/spreads", may=SEE_SPREAD)
async def spread_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(
        request,
        "innovations/spread/list.html",
        waiting=await spread_reads.waiting(request.user),
        taken=_paged(await spread_reads.taken(request.user, read_cursor(request, "taken"))),
        given=_paged(await spread_reads.given(request.user, read_cursor(request, "given"))),
    )


@get("/spreads/new/{address:str}", may=TELL_SPREAD)
async def new_spread(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """A published innovation that the unit uses as well."""
    return await _new(request, await library_reads.one(address), Form())


@post("/spreads/new/{address:str}", may=TELL_SPREAD)
async def tell(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    published, form = await library_reads.one(address), await read_form(request)
    row = await Innovation.select(Innovation.id).where(Innovation.address == published.address).first()
    if row is None:
        raise NotFound
    try:
        told = await _told(request, row["id"], form)
        user = request.user
        number = await spreads.tell(row["id"], user.hat.organisation_id, told, user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _new(request, published, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/spreads/{number}", done="spread_saved")


@get(AT, may=SEE_SPREAD)
async def spread_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await spread_reads.one(request.user, number), Form())


@post(AT, may=TELL_SPREAD)
async def correct(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """What the unit told, put right; after the makers declined it is told anew."""

    async def act(one: SpreadFacts, form: Form, by: int, now: datetime) -> None:
        told = await _told(request, one.innovation, form)
        if one.declined_at is not None:
            await spreads.tell(one.innovation, one.unit_id, told, by, now)
        else:
            await spreads.correct(one.id, told, revision_of(form), by, now)

    return await _act(request, number, act, "spread_saved", TELL_SPREAD)


@post(AT + "/answer", may=ANSWER_SPREAD)
async def answer(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: SpreadFacts, form: Form, by: int, now: datetime) -> None:
        word, reason = form.value("word"), form.value("reason").strip()
        if problems := answer_problems(word, reason):
            raise Refused(*problems)
        await spreads.answer(one.id, word == "agree", reason, revision_of(form), by, now)

    return await _act(request, number, act, "spread_answered_now", ANSWER_SPREAD)


@post(AT + "/removal", may=TELL_SPREAD)
async def take_back(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one, form = await spread_reads.one(request.user, number, TELL_SPREAD), await read_form(request)
    try:
        await spreads.take_back(one.id, revision_of(form), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, "/spreads", done="spread_taken_back")


def _paged(rows: Sequence[SpreadFacts]) -> Page[SpreadFacts]:
    return page_of(rows, spread_reads.PAGE, lambda one: one.id)


async def _act(
    request: Request[Any, Any, Any], number: int, act: Act, done: str, permission: Permission
) -> Response[Any]:
    one = await spread_reads.one(request.user, number, permission)
    form = await read_form(request)
    try:
        await act(one, form, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        one = await spread_reads.one(request.user, number, permission)
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/spreads/{number}", done=done)


async def _told(request: Request[Any, Any, Any], innovation_id: int, form: Form) -> Told:
    offered = frozenset(unit for unit, _ in await spread_reads.sources(innovation_id))
    told, problems = read_told(values_of(form), _today(request), offered)
    if told is None:
        raise Refused(*problems)
    return told


async def _new(request: Request[Any, Any, Any], one: Published, form: Form, status: int = 200) -> Response[bytes]:
    row = await Innovation.select(Innovation.id).where(Innovation.address == one.address).first()
    sources = await spread_reads.sources(row["id"]) if row else []
    return render(request, "innovations/spread/new.html", status, one=one, form=form, sources=_but(request, sources))


async def _page(request: Request[Any, Any, Any], one: SpreadFacts, form: Form, status: int = 200) -> Response[bytes]:
    here = request.user.hat.organisation_id
    if not form.fields:
        source = str(one.from_organisation or "")
        form = Form.filled({"since_on": one.since_on.isoformat(), "result": one.result, "learned_from": source})
    sources = await spread_reads.sources(one.innovation)
    return render(
        request,
        "innovations/spread/page.html",
        status,
        one=one,
        form=form.with_values({"revision": str(one.revision)}),
        sources=_but(request, sources),
        learned=await spread_reads.learned_at(one),
        tells=one.unit_id == here,
        answers=one.makers_id == here and one.state == "waiting",
    )


def _but(request: Request[Any, Any, Any], sources: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Nobody learns from themselves."""
    return [(unit, name) for unit, name in sources if unit != request.user.hat.organisation_id]


def _today(request: Request[Any, Any, Any]) -> date:
    return datetime.now(UTC).astimezone(zone_of(request)).date()


HANDLERS = [spread_list, new_spread, tell, spread_page, correct, answer, take_back]
