"""The electronic ballot: the only writer of `Ballot` and `VoteCast`.

Who voted, and what was voted, stand apart: `VoteCast` and the ledger name the seat and nothing else; each choice is a
row of its own under a key of chance, without seat, time or order, so that neither the gap of a recusal nor a rare
pattern of choices names anybody. While a ballot is open, PostgreSQL itself still knows which rows one transaction
wrote; closing writes all of them again, under new keys and in one transaction. This keeps a ballot secret from the
panel and the office. It is no secret from whoever runs the database, and the page says so.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from craftsmen.panel_reads import seat_in
from craftsmen.panel_tables import Ballot, PanelVote, VoteCast
from craftsmen.rules import votes as rule
from craftsmen.rules.votes import Choice, Counted, Stage
from craftsmen.vote_reads import Vote, ballots
from craftsmen.votes import locked, record, settle
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store.commit import write
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction


async def cast(vote_id: int, given: Mapping[int, Choice | None], by: int) -> None:
    """A member votes, once: a word for each candidate but those they keep out of. Raises Refused, NotFound."""

    async def job() -> None:
        found = await locked(vote_id)
        seat = await seat_in(by, found.round_id)
        if seat is None or seat.id not in found.meeting.members or found.mode != "electronic":
            raise NotFound
        if found.stage is not Stage.OPEN:
            raise Refused(Problem("vote_closed_already"))
        if seat.id not in found.meeting.attending:
            raise Refused(Problem("vote_not_there"))
        own = [key for key in found.candidates if seat.id in found.meeting.recused.get(key, ())]
        if problems := rule.ballot_problems(found.candidates, given, own, found.seats):
            raise Refused(*problems)
        if await VoteCast.exists().where(VoteCast.vote == vote_id, VoteCast.seat == seat.id):
            raise Refused(Problem("vote_cast_already"))
        await VoteCast(vote=vote_id, seat=seat.id).save()
        said = [(key, choice) for key in found.candidates if key not in own and (choice := given.get(key)) is not None]
        await _put(vote_id, [(key, choice.value) for key, choice in said])
        record(vote_id, "vote.cast", by, {"seat": seat.id})

    await write(job)


@tried_again
async def close(vote_id: int, by: int, now: datetime) -> None:
    """End an electronic ballot, count it, and part its rows from the moment at which each came. Raises Refused.

    Whoever is there and did not vote stays in the base, and did not say yes.
    """
    async with transaction():
        found = await locked(vote_id)
        if found.mode != "electronic":
            raise NotFound
        if found.stage is not Stage.OPEN:
            raise Refused(Problem("vote_closed_already"))
        if not await VoteCast.exists().where(VoteCast.vote == vote_id):
            raise Refused(Problem("vote_nobody_cast"))
        rows = await Ballot.select(Ballot.nomination, Ballot.choice).where(Ballot.vote == vote_id)
        said = [(row["nomination"], row["choice"]) for row in rows]
        await Ballot.delete().where(Ballot.vote == vote_id)
        await _put(vote_id, said)
        digest = rule.text_hash(rule.ballots_text(await ballots(found)))
        more: dict[Any, Any] = {PanelVote.ballots_hash: digest, PanelVote.closed_at: now}
        await settle(found, _counted(found, said), Stage.CLOSED, by, more)
        record(vote_id, "vote.closed", by, {"ballots": digest, "cast": await VoteCast.count().where(
            VoteCast.vote == vote_id
        )})  # fmt: skip


async def _put(vote_id: int, said: list[tuple[int, str]]) -> None:
    """Rows in the order of keys that are chance: how they lie on the disk says nothing."""
    keyed = sorted((secrets.token_hex(16), nomination, choice) for nomination, choice in said)
    for start in range(0, len(keyed), 200):
        rows = [
            Ballot(key=key, vote=vote_id, nomination=nomination, choice=choice)
            for key, nomination, choice in keyed[start : start + 200]
        ]
        await Ballot.insert(*rows)


def _counted(found: Vote, said: list[tuple[int, str]]) -> list[Counted]:
    return [Counted(key, *(said.count((key, choice.value)) for choice in Choice)) for key in found.candidates]
