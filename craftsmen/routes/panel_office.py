"""The office's pages of a panel: who sits, who keeps out, how far marks are; opening, closing and signing ballots."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import electronic, panel, panel_locks, panel_reads, recusals, vote_reads, votes
from craftsmen.may import RUN_ROUNDS
from craftsmen.panel_scores import overview, shown
from craftsmen.round_reads import RoundFacts, for_officer, rules_of
from craftsmen.rules.votes import quorum
from craftsmen.vote_reads import Vote
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.limits import PAPER
from foundation.people.account_look_up import look_up
from foundation.web.files.taking import take_file
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.uploads import takes

MOST_TELLERS = 6


@get("/rounds/manage/{address:str}/panel", may=RUN_ROUNDS)
async def panel_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await _panel(request, await _round(request, address), Form())


@post("/rounds/manage/{address:str}/panel", may=RUN_ROUNDS)
async def change_panel(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Seat members, change the chair, take somebody off, write down or lift a recusal."""
    found = await _round(request, address)
    form = await read_form(request)
    act = form.value("act")
    try:
        if act not in _PANEL_ACTS:
            raise Refused(Problem("panel_act_none"))
        done = await _PANEL_ACTS[act](request, found, form)
    except Refused as refusal:
        return await _panel(request, found, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/rounds/manage/{found.address}/panel", done=done)


@get("/rounds/manage/{address:str}/votes", may=RUN_ROUNDS)
async def votes_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await _votes(request, await _round(request, address), Form())


@post("/rounds/manage/{address:str}/votes", may=RUN_ROUNDS)
async def open_vote(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Open the next ballot with who is there and, for paper, who counts."""
    found = await _round(request, address)
    form = await read_form(request)
    user, now = request.user, datetime.now(UTC)
    there = [one.id for one in await panel_reads.seats_of(found.id) if str(one.id) in form.values("attending")]
    typed = [line.strip() for line in form.value("tellers").splitlines() if line.strip()][:MOST_TELLERS]
    try:
        tellers = [(await look_up(user, line, now, "tellers")).id for line in typed]
        ordinal = await votes.open_vote(found.id, there, tellers, user.account_id, now)
    except Refused as refusal:
        return await _votes(request, found, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/rounds/manage/{found.address}/votes/{ordinal}", done="vote_opened_now")


@get("/rounds/manage/{address:str}/votes/{ordinal:int}", may=RUN_ROUNDS)
async def vote_page(request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]) -> Response[bytes]:
    found, vote = await _vote(request, address, ordinal)
    return await _one_vote(request, found, vote, Form())


@post("/rounds/manage/{address:str}/votes/{ordinal:int}", may=RUN_ROUNDS)
async def end_vote(request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]) -> Response[Any]:
    """Close an electronic ballot, have papers counted again, or break a ballot off."""
    found, vote = await _vote(request, address, ordinal)
    form = await read_form(request)
    by, now, act = request.user.account_id, datetime.now(UTC), form.value("act")
    try:
        if act == "close":
            await electronic.close(vote.id, by, now)
        elif act == "again":
            await votes.count_again(vote.id, form.value("reason"), by)
        elif act == "break":
            await votes.break_off(vote.id, form.value("reason"), by, now)
        else:
            raise Refused(Problem("panel_act_none"))
    except Refused as refusal:
        vote = await vote_reads.by_id(vote.id)
        return await _one_vote(request, found, vote, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/rounds/manage/{found.address}/votes/{vote.ordinal}", done=_ENDED[act])


@post("/rounds/manage/{address:str}/votes/{ordinal:int}/signed", may=RUN_ROUNDS, **takes(PAPER))
async def sign(request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]) -> Response[Any]:
    """The signed tally is uploaded: the result counts."""
    found, vote = await _vote(request, address, ordinal)
    form = await read_form(request)
    taken = await take_file(request, form, "paper", PAPER, missing="vote_paper_missing")
    try:
        if taken.id is None or taken.problems:
            raise Refused(*taken.problems)
        await votes.sign(vote.id, taken.id, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _one_vote(request, found, vote, taken.form.with_problems(refusal.problems), 409)
    return redirect(request, f"/rounds/manage/{found.address}/votes/{vote.ordinal}", done="vote_signed_now")


_ENDED = {"close": "vote_closed_now", "again": "vote_counting_again", "break": "vote_broken_now"}


async def _seat(request: Request[Any, Any, Any], found: RoundFacts, form: Form) -> str:
    """Every line is an account; all of them are looked up before the first is seated."""
    user, now = request.user, datetime.now(UTC)
    typed = [line.strip() for line in form.value("account").splitlines() if line.strip()][: panel.MOST]
    if not typed:
        raise Refused(Problem("panel_account_empty", "account"))
    accounts = [(await look_up(user, line, now, "account")).id for line in typed]
    await panel.seat_all(found.id, accounts, user.account_id, now)
    return "panel_seated_now"


async def _chair(request: Request[Any, Any, Any], found: RoundFacts, form: Form) -> str:
    await panel.make_chair(found.id, _number(form.value("position")), request.user.account_id)
    return "panel_chair_now"


async def _remove(request: Request[Any, Any, Any], found: RoundFacts, form: Form) -> str:
    await panel.remove(found.id, _number(form.value("position")), request.user.account_id)
    return "panel_left_now"


async def _recuse(request: Request[Any, Any, Any], found: RoundFacts, form: Form) -> str:
    seat, nomination = _number(form.value("seat")), _number(form.value("nomination"))
    if seat < 0 or nomination < 0:
        raise Refused(Problem("recusal_who", "seat"))
    by, now = request.user.account_id, datetime.now(UTC)
    await panel.recuse(found.id, seat, nomination, form.value("reason"), by, now)
    return "recusal_declared"


async def _lift(request: Request[Any, Any, Any], found: RoundFacts, form: Form) -> str:
    seat, nomination = _number(form.value("seat")), _number(form.value("nomination"))
    by, now = request.user.account_id, datetime.now(UTC)
    await panel.lift(found.id, seat, nomination, form.value("lift"), by, now)
    return "recusal_lifted"


_PANEL_ACTS: dict[str, Callable[[Request[Any, Any, Any], RoundFacts, Form], Awaitable[str]]] = {
    "seat": _seat, "chair": _chair, "remove": _remove, "recuse": _recuse, "lift": _lift,
}  # fmt: skip


async def _round(request: Request[Any, Any, Any], address: str) -> RoundFacts:
    found = await for_officer(request.user, address)
    if not found.public:
        raise NotFound
    return found


async def _vote(request: Request[Any, Any, Any], address: str, ordinal: int) -> tuple[RoundFacts, Vote]:
    found = await _round(request, address)
    if not 0 < ordinal < 1000:
        raise NotFound
    return found, await vote_reads.vote_at(found.id, ordinal)


async def _panel(request: Request[Any, Any, Any], found: RoundFacts, form: Form, status: int = 200) -> Response[bytes]:
    rules, nominees = await rules_of(found.id), await panel_reads.before_panel(found.id)
    kept = await recusals.of_round(found.id)
    seats = await panel_reads.seats_of(found.id)
    by_seat, by_nominee = {one.id: one for one in seats}, {one.id: one for one in nominees}
    return render(
        request,
        "craftsmen/panel/office.html",
        status,
        round=found,
        rules=rules,
        seats=seats,
        nominees=nominees,
        kept=[
            (by_seat[s], by_nominee[n], why) for (s, n), why in sorted(kept.items()) if s in by_seat and n in by_nominee
        ],
        overview=await overview(found.id),
        locked_at=await panel_reads.locked_at(found.id),
        scores=shown(await panel_locks.scores_of(found.id), panel_reads.scheme_of(rules)[0]),
        form=form,
    )


async def _votes(request: Request[Any, Any, Any], found: RoundFacts, form: Form, status: int = 200) -> Response[bytes]:
    rules, seats = await rules_of(found.id), await panel_reads.seats_of(found.id)
    due = await vote_reads.due(found.id, rules)
    nominees = {one.id: one for one in await panel_reads.before_panel(found.id)}
    return render(
        request,
        "craftsmen/panel/votes.html",
        status,
        round=found,
        rules=rules,
        seats=seats,
        votes=await vote_reads.votes_of(found.id),
        due=due,
        nominees=[nominees[key] for key in due.candidates],
        least=quorum(rules.vote, len(seats), 0),
        marks_missing=bool(rules.scheme) and await panel_reads.locked_at(found.id) is None,
        form=form,
    )


async def _one_vote(
    request: Request[Any, Any, Any], found: RoundFacts, vote: Vote, form: Form, status: int = 200
) -> Response[bytes]:
    return render(
        request,
        "craftsmen/panel/office_vote.html",
        status,
        round=found,
        vote=vote,
        candidates=await vote_reads.candidates_of(vote),
        cast=await vote_reads.cast_by(vote.id),
        tellers=await vote_reads.tellers_of(vote.id),
        paper=PAPER,
        form=form,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


HANDLERS = [panel_page, change_panel, votes_page, open_vote, vote_page, end_vote, sign]
