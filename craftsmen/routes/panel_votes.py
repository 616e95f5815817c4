"""One ballot, as members, tellers and the office see it: voting, counting, the chair's word on equals, the paper."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from craftsmen import electronic, vote_reads, votes
from craftsmen.panel_reads import seat_in, seats_of
from craftsmen.round_reads import RoundFacts, for_officer, round_by_address
from craftsmen.rules.tallies import differences, read_tally
from craftsmen.rules.votes import Choice
from craftsmen.vote_reads import Vote
from foundation.base.problem import NotFound, Refused
from foundation.files.names import download_headers
from foundation.web.files.downloads import PRIVATE, download
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


@get("/panel/rounds/{address:str}/votes/{ordinal:int}", signed_in=True)
async def vote_page(request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]) -> Response[bytes]:
    found, vote = await _for_panel(request, address, ordinal)
    return await _show(request, found, vote, Form())


@post("/panel/rounds/{address:str}/votes/{ordinal:int}", signed_in=True)
async def cast(request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]) -> Response[Any]:
    """A member votes electronically."""
    found, vote = await _for_panel(request, address, ordinal)
    form = await read_form(request)
    given = {key: _choice(form.value(f"choice-{key}")) for key in vote.candidates}
    try:
        await electronic.cast(vote.id, given, request.user.account_id)
    except Refused as refusal:
        vote = await vote_reads.by_id(vote.id)
        return await _show(request, found, vote, form.with_problems(refusal.problems), 409)
    return redirect(request, _here(found, vote), done="vote_cast_done")


@post("/panel/rounds/{address:str}/votes/{ordinal:int}/equals", signed_in=True)
async def pick(request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]) -> Response[Any]:
    """The chair fills the last seats from the equals."""
    found, vote = await _for_panel(request, address, ordinal)
    form = await read_form(request)
    picked = {key for key in vote.candidates if str(key) in form.values("pick")}
    try:
        await votes.pick(vote.id, picked, request.user.account_id)
    except Refused as refusal:
        return await _show(request, found, vote, form.with_problems(refusal.problems), 409)
    return redirect(request, _here(found, vote), done="vote_tie_decided")


@get("/panel/rounds/{address:str}/votes/{ordinal:int}/tally", signed_in=True)
async def tally_page(
    request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]
) -> Response[bytes]:
    found, vote = await _for_teller(request, address, ordinal)
    own = await vote_reads.tally_of(vote.id, request.user.account_id)
    cells = (
        {name: str(one) for name, one in own.cells.items()} if own else {"given_out": str(len(vote.meeting.attending))}
    )
    return await _tally(request, found, vote, Form.filled(cells))


@post("/panel/rounds/{address:str}/votes/{ordinal:int}/tally", signed_in=True)
async def hand_in(request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]) -> Response[Any]:
    """A teller's whole tally; nothing is kept of one that cannot be."""
    found, vote = await _for_teller(request, address, ordinal)
    form = await read_form(request)
    tally, problems = read_tally(form, vote.candidates)
    try:
        if tally is None:
            raise Refused(*problems)
        await votes.hand_in(vote.id, tally, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        status = 422 if tally is None else 409
        return await _tally(request, found, vote, form.with_problems(refusal.problems), status)
    return redirect(request, f"{_here(found, vote)}/tally", done="vote_tally_kept")


@get("/panel/rounds/{address:str}/votes/{ordinal:int}/ballots.csv", signed_in=True)
async def ballots(request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]) -> Response[bytes]:
    """The electronic ballots after closing, sorted: their sha256 stands in the ledger."""
    _, vote = await _for_anybody(request, address, ordinal)
    text = await vote_reads.ballots_text(vote)
    headers = {"cache-control": PRIVATE, **download_headers(f"{address}-{ordinal}-ballots.csv")}
    return Response(text.encode(), media_type="text/csv; charset=utf-8", headers=headers)


@get("/panel/rounds/{address:str}/votes/{ordinal:int}/signed", signed_in=True)
async def signed(
    request: Request[Any, Any, Any], address: FromPath[str], ordinal: FromPath[int]
) -> Response[bytes] | Stream:
    """The signed tally."""
    _, vote = await _for_anybody(request, address, ordinal)
    if vote.tally_file is None:
        raise NotFound
    return await download(vote.tally_file)


async def _found(address: str, ordinal: int) -> tuple[RoundFacts, Vote]:
    found = await round_by_address(address)
    if found is None or not 0 < ordinal < 1000:
        raise NotFound
    return found, await vote_reads.vote_at(found.id, ordinal)


async def _for_panel(request: Request[Any, Any, Any], address: str, ordinal: int) -> tuple[RoundFacts, Vote]:
    found, vote = await _found(address, ordinal)
    if await seat_in(request.user.account_id, found.id) is None:
        raise NotFound
    return found, vote


async def _for_teller(request: Request[Any, Any, Any], address: str, ordinal: int) -> tuple[RoundFacts, Vote]:
    found, vote = await _found(address, ordinal)
    if request.user.account_id not in {one.account for one in await vote_reads.tellers_of(vote.id)}:
        raise NotFound
    return found, vote


async def _for_anybody(request: Request[Any, Any, Any], address: str, ordinal: int) -> tuple[RoundFacts, Vote]:
    """Members of the panel, tellers of this ballot, and the office that runs the round."""
    for way in (_for_panel, _for_teller):
        try:
            return await way(request, address, ordinal)
        except NotFound:
            continue
    await for_officer(request.user, address)
    return await _found(address, ordinal)


async def _show(
    request: Request[Any, Any, Any], found: RoundFacts, vote: Vote, form: Form, status: int = 200
) -> Response[bytes]:
    seat = await seat_in(request.user.account_id, found.id)
    return render(
        request,
        "craftsmen/panel/vote.html",
        status,
        round=found,
        vote=vote,
        seat=seat,
        candidates=await vote_reads.candidates_of(vote),
        cast=await vote_reads.cast_by(vote.id),
        form=form,
    )


async def _tally(
    request: Request[Any, Any, Any], found: RoundFacts, vote: Vote, form: Form, status: int = 200
) -> Response[bytes]:
    own = await vote_reads.tally_of(vote.id, request.user.account_id)
    others = await vote_reads.other_tallies(vote.id, request.user.account_id)
    return render(
        request,
        "craftsmen/panel/tally.html",
        status,
        round=found,
        vote=vote,
        candidates=await vote_reads.candidates_of(vote),
        own=own,
        others=[(name, differences(own, tally)) for name, tally in others] if own else [],
        tellers=await vote_reads.tellers_of(vote.id),
        members=await seats_of(found.id),
        form=form,
    )


def _choice(text: str) -> Choice | None:
    return Choice(text) if text in set(Choice) else None


def _here(found: RoundFacts, vote: Vote) -> str:
    return f"/panel/rounds/{found.address}/votes/{vote.ordinal}"


HANDLERS = [vote_page, cast, pick, tally_page, hand_in, ballots, signed]
