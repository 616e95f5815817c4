"""A channel ranks what it recommends as studios (限额推荐、推荐顺序), gives back what is incomplete, hands its list in.

Load, decide, write, redirect.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.letters import number_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from innovations import studio_facts, studio_lists, studio_reads
from innovations.may_studios import RANK_STUDIOS
from innovations.routes.studio_shown import in_words, show, today_of
from innovations.rules.studio_calls import ROUND_STAGES
from innovations.rules.studios import STAGES, Stage, unmet
from innovations.studio_rounds import CallFacts

AT = "/studios/channel"
Act = Callable[[CallFacts, int, Form], Awaitable[None]]


@get(AT, may=RANK_STUDIOS)
async def call_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    calls = await studio_reads.calls_of_channel(request.user)
    return render(request, "innovations/studios/channel_list.html", calls=calls, stages=ROUND_STAGES)


@get(AT + "/{number:int}", may=RANK_STUDIOS)
async def call_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await _call(request, number), Form())


@post(AT + "/{number:int}/ranking", may=RANK_STUDIOS)
async def rank(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """The ranks that were typed beside the applications, from 1; what has none is not recommended. One button hands the
    list in with them."""
    hands_in = (await read_form(request)).checked("then", "hand_in")

    async def act(call: CallFacts, channel: int, form: Form) -> None:
        lines = await studio_reads.of_channel(request.user, call.id)
        typed = {line.studio.id: form.value(f"rank-{line.studio.id}").strip() for line in lines}
        ranks = {one: number_of(text) for one, text in typed.items() if text}
        if 0 in ranks.values() or len(set(ranks.values())) < len(ranks):
            raise Refused(Problem("studio_rank_form"))
        order = sorted(ranks, key=ranks.__getitem__)
        await studio_lists.rank(call.id, channel, order, request.user.account_id, datetime.now(UTC))
        if hands_in:
            await studio_lists.hand_in(call.id, channel, request.user.account_id, datetime.now(UTC))

    return await _done(request, number, act, "studio_list_in" if hands_in else "studio_ranked")


@post("/studios/files/{number:int}/return", may=RANK_STUDIOS)
async def give_back(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Back to its unit, with what is missing; the channel reads it again when it is applied for anew."""
    line = await studio_reads.one(request.user, number, RANK_STUDIOS)
    form = await read_form(request)
    try:
        await studio_lists.give_back(number, form.value("note"), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await show(request, line, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{line.studio.round_id}", done="studio_given_back")


async def _call(request: Request[Any, Any, Any], number: int) -> CallFacts:
    found = [one for one in await studio_reads.calls_of_channel(request.user) if one.id == number]
    if not found:
        raise NotFound
    return found[0]


async def _done(request: Request[Any, Any, Any], number: int, act: Act, word: str) -> Response[Any]:
    call, form = await _call(request, number), await read_form(request)
    try:
        await act(call, request.user.hat.organisation_id, form)
    except Refused as refusal:
        return await _page(request, call, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{number}", done=word)


async def _page(request: Request[Any, Any, Any], call: CallFacts, form: Form, status: int = 200) -> Response[bytes]:
    lines, channel, today = await studio_reads.of_channel(request.user, call.id), request.user.hat, today_of(request)
    read = [line.studio for line in lines if line.studio.stage in {Stage.APPLIED, Stage.RECOMMENDED}]
    facts = await studio_facts.of_all(read)
    missing = {number: in_words(unmet(call.call.standards, one, today)) for number, one in facts.items()}
    lists = {one.channel_id: one for one in await studio_lists.handed_in(call.id)}
    return render(
        request,
        "innovations/studios/channel.html",
        status,
        call=call,
        form=form,
        lines=lines,
        missing=missing,
        places=call.call.places_of(channel.organisation_id),
        handed_in=lists.get(channel.organisation_id),
        stages=STAGES,
        call_stages=ROUND_STAGES,
    )


HANDLERS = [call_list, call_page, rank, give_back]
