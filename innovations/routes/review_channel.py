"""A channel picks innovations for a round, ranks them and hands its list in. Load, decide, write, redirect."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base import clock
from foundation.base.letters import number_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from innovations import review_channels, review_entries, review_list_reads, review_reads
from innovations.may_review import RECOMMEND
from innovations.review_channels import ON_LIST, ChannelFacts
from innovations.reviews import RoundFacts
from innovations.routes.review_office import read_day
from innovations.routes.review_office_entries import at_fields, notes_of
from innovations.rules.innovation_kinds import KINDS
from innovations.rules.review_steps import ENTRY_STAGES, STAGES, Stage

AT = "/reviews/channels"
Act = Callable[[ChannelFacts, Form], Awaitable[None]]


@get(AT, may=RECOMMEND)
async def channel_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    lines = await review_list_reads.channels_own(request.user)
    return render(request, "innovations/reviews/channels.html", lines=lines, stages=STAGES)


@get(AT + "/{number:int}", may=RECOMMEND)
async def channel_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    channel, found = await review_list_reads.channel_own(request.user, number)
    return await _page(request, channel, found, Form())


@post(AT + "/{number:int}/picks", may=RECOMMEND)
async def pick(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(channel: ChannelFacts, form: Form) -> None:
        chosen = [number_of(text) for text in form.values("pick")]
        if not chosen:
            raise Refused(Problem("review_pick_none", "pick"))
        await review_channels.pick(channel.id, chosen, request.user.account_id, datetime.now(UTC))

    return await _done(request, number, act, "review_picked")


@post(AT + "/{number:int}/ranking", may=RECOMMEND)
async def rank(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """The ranks that were typed, from 1; or hand the list in with them, or take one off."""

    async def act(channel: ChannelFacts, form: Form) -> None:
        by, now = request.user.account_id, datetime.now(UTC)
        lines = [one for one in await review_list_reads.list_of(channel) if one.stage.value in ON_LIST]
        typed = {one.id: number_of(form.value(f"rank-{one.id}")) for one in lines}
        fits = len(set(typed.values())) == len(typed) and 0 not in typed.values()
        if off := number_of(form.value("off")):
            if fits:  # what was typed for the others holds as well
                await review_channels.rank(channel.id, sorted(typed, key=typed.__getitem__), by)
            await review_channels.take_off(channel.id, off, by)
            return
        if lines and not fits:
            raise Refused(Problem("review_ranking", "", {"count": str(len(lines))}))
        await review_channels.rank(channel.id, sorted(typed, key=typed.__getitem__), by)
        if form.checked("then", "hand_in"):
            await review_channels.hand_in(channel.id, by, now, zone_of(request))

    hands_in = (await read_form(request)).checked("then", "hand_in")
    return await _done(request, number, act, "review_list_handed_in" if hands_in else "review_list_kept")


@get(AT + "/{number:int}/entries/{entry:int}", may=RECOMMEND)
async def entry_page(request: Request[Any, Any, Any], number: FromPath[int], entry: FromPath[int]) -> Response[bytes]:
    channel, found = await review_list_reads.channel_own(request.user, number)
    return await _entry(request, channel, found, entry, Form())


@post(AT + "/{number:int}/entries/{entry:int}", may=RECOMMEND)
async def take(request: Request[Any, Any, Any], number: FromPath[int], entry: FromPath[int]) -> Response[Any]:
    """Before the list is handed in: give an entry back with a deadline, or go on with a completed one."""
    channel, found = await review_list_reads.channel_own(request.user, number)
    await _line(channel, entry)
    form, by, now = await read_form(request), request.user.account_id, datetime.now(UTC)
    try:
        if channel.submitted_at is not None:
            raise Refused(Problem("review_list_in"))
        if form.value("word") == "renew":
            await review_entries.renew(entry, by, now)
        else:
            await review_entries.give_back(entry, notes_of(form), read_day(form.value("until")), by, now)
    except Refused as refusal:
        return await _entry(request, channel, found, entry, form.with_problems(at_fields(refusal)), 422)
    return redirect(request, f"{AT}/{number}", done="review_step_taken")


async def _done(request: Request[Any, Any, Any], number: int, act: Act, word: str) -> Response[Any]:
    channel, found = await review_list_reads.channel_own(request.user, number)
    form = await read_form(request)
    try:
        await act(channel, form)
    except Refused as refusal:
        channel, found = await review_list_reads.channel_own(request.user, number)
        return await _page(request, channel, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{number}", done=word)


async def _line(channel: ChannelFacts, entry: int) -> review_list_reads.ListLine:
    found = next((one for one in await review_list_reads.list_of(channel) if one.id == entry), None)
    if found is None:
        raise NotFound
    return found


async def _entry(  # noqa: PLR0917
    request: Request[Any, Any, Any], channel: ChannelFacts, found: RoundFacts, entry: int, form: Form, status: int = 200
) -> Response[bytes]:
    line = await _line(channel, entry)
    said = await review_reads.said_of(entry)
    return render(
        request, "innovations/reviews/channel_entry.html", status, channel=channel, round=found, line=line, form=form,
        said=said, kind=KINDS[said.kind], writes=found.stage is Stage.OPEN and channel.submitted_at is None,
        entry_stages=ENTRY_STAGES,
    )  # fmt: skip


async def _page(
    request: Request[Any, Any, Any], channel: ChannelFacts, found: RoundFacts, form: Form, status: int = 200
) -> Response[bytes]:
    writes, before = found.stage is Stage.OPEN and channel.submitted_at is None, read_cursor(request)
    rows = await review_list_reads.candidates(channel, before) if writes else []
    return render(
        request, "innovations/reviews/channel.html", status, channel=channel, round=found, form=form, writes=writes,
        lines=await review_list_reads.list_of(channel), on_list=ON_LIST,
        candidates=page_of(rows, review_reads.CANDIDATES, lambda one: one.id), before=before, kinds=KINDS,
        stages=STAGES, entry_stages=ENTRY_STAGES, today=clock.today(),
    )  # fmt: skip


HANDLERS = [channel_list, channel_page, pick, rank, entry_page, take]
