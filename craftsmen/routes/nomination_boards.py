"""The pages of a round for those who audit and rank: the board, the opinion matrix, a channel's list.

Load, decide, write, redirect; what of a round is shown is what the worn hat sees.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import boards, nomination_rounds, ranking, round_reads
from craftsmen.may import RANK_NOMINATIONS, WATCH_NOMINATIONS
from craftsmen.routes.nomination_shown import known_id, stage_of
from craftsmen.rules.nomination_steps import ROAD, Stage
from foundation.base.problem import NotFound, Refused
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render


@get("/nominations/rounds/{address:str}", may=WATCH_NOMINATIONS)
async def board(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """Where every nomination of the round stands and what stops it, by stage and channel."""
    found, now = await nomination_rounds.by_address(address[:60]), datetime.now(UTC)
    stage, channel = _filters(request)
    rows = await boards.page(request.user, found.id, stage, channel, read_cursor(request, "after"), now)
    return render(
        request,
        "craftsmen/nominations/board.html",
        round=found,
        page=page_of(rows, boards.PAGE, lambda stood: stood.nomination.id),
        counts=await boards.counts(request.user, found.id),
        channels=await round_reads.channels_of(found.id),
        lists=await ranking.channels_of(request.user, found.id) if RANK_NOMINATIONS.possible(request.user) else [],
        stage=stage,
        channel=channel,
        stages=[*ROAD, Stage.NOT_CHOSEN, Stage.WITHDRAWN],
    )


@get("/nominations/rounds/{address:str}/opinions", may=WATCH_NOMINATIONS)
async def opinion_matrix(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """Nominations by the bodies that are asked, and how each opinion stands today."""
    found, now = await nomination_rounds.by_address(address[:60]), datetime.now(UTC)
    stage, channel = _filters(request)
    rows = await boards.page(request.user, found.id, stage, channel, read_cursor(request, "after"), now)
    return render(
        request,
        "craftsmen/nominations/opinions.html",
        round=found,
        page=page_of(rows, boards.PAGE, lambda stood: stood.nomination.id),
        stage=stage,
        channel=channel,
    )


@get("/nominations/rounds/{address:str}/lists/{channel_id:int}", may=RANK_NOMINATIONS)
async def ranked_list(
    request: Request[Any, Any, Any], address: FromPath[str], channel_id: FromPath[int]
) -> Response[bytes]:
    return await _list(request, address, channel_id, Form())


@post("/nominations/rounds/{address:str}/lists/{channel_id:int}", may=RANK_NOMINATIONS)
async def change_list(
    request: Request[Any, Any, Any], address: FromPath[str], channel_id: FromPath[int]
) -> Response[Any]:
    """Keep the order as it was typed, move one up or down, or hand the list in; without a script."""
    found, form, now = await nomination_rounds.by_address(address[:60]), await read_form(request), datetime.now(UTC)
    shown = await ranking.for_user(request.user, found.id, _known(channel_id), now)
    by = request.user.account_id
    try:
        if form.value("act") == "hand_in":
            seen = [known_id(text) for text in form.value("seen").split(",") if text]
            await ranking.hand_in(found.id, channel_id, seen, by, now)
            return redirect(request, f"/nominations/rounds/{address}/lists/{channel_id}", done="list_handed_in")
        await ranking.order(found.id, channel_id, _order(shown, form), by, now)
    except Refused as refusal:
        return await _list(request, address, channel_id, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/nominations/rounds/{address}/lists/{channel_id}", done="list_kept")


def _order(shown: ranking.RankedList, form: Form) -> list[int]:
    """The order that was asked for: typed places, smallest first, equal ones as they stood; then one step up or down.

    An empty place takes somebody off the list.
    """
    ids = [one.nomination.id for one in shown.lines]
    typed = {one: form.value(f"place_{one}").strip() for one in ids}
    placed = [one for one in ids if typed[one].isascii() and typed[one].isdecimal() and len(typed[one]) < 5]
    placed.sort(key=lambda one: (int(typed[one]), ids.index(one)))
    move, _, who = form.value("move").partition(":")
    if who.isascii() and who.isdecimal() and int(who[:10]) in placed:
        at = placed.index(int(who[:10]))
        to = at - 1 if move == "up" else at + 1
        if 0 <= to < len(placed):
            placed[at], placed[to] = placed[to], placed[at]
    return placed


async def _list(
    request: Request[Any, Any, Any], address: str, channel_id: int, form: Form, status: int = 200
) -> Response[bytes]:
    found = await nomination_rounds.by_address(address[:60])
    shown = await ranking.for_user(request.user, found.id, _known(channel_id), datetime.now(UTC))
    return render(request, "craftsmen/nominations/ranked.html", status, round=found, list=shown, form=form)


def _filters(request: Request[Any, Any, Any]) -> tuple[Stage | None, int | None]:
    stage, channel = request.query_params.get("stage", ""), request.query_params.get("channel", "")
    known = int(channel) if channel.isascii() and channel.isdecimal() and len(channel) < 10 else None
    return stage_of(stage) if stage else None, known


def _known(number: int) -> int:
    if not 0 < number < 2**31:
        raise NotFound
    return number


HANDLERS = [board, opinion_matrix, ranked_list, change_list]
