"""Ballots of a round as frozen values: who may vote, what was counted, and what stands to be voted on next.

Writes nothing. While an electronic ballot is open its choices are not selected at all, and of a paper ballot a teller
is shown the other's tally only when both have handed theirs in.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from craftsmen.nomination_tables import Nomination
from craftsmen.panel_tables import Ballot, PanelVote, VoteCast, VoteCount, VoteTally, VoteTeller
from craftsmen.rules import votes as rule
from craftsmen.rules.nomination_steps import ENDED
from craftsmen.rules.nomination_steps import Stage as NominationStage
from craftsmen.rules.round_rules import RoundRules, VoteRule
from craftsmen.rules.tallies import Tally
from craftsmen.rules.votes import Counted, Meeting, Result, Stage
from foundation.base.problem import NotFound
from foundation.people.tables import Account


@dataclass(frozen=True, slots=True)
class Vote:
    """One ballot."""

    id: int
    round_id: int
    ordinal: int
    mode: str  # paper, electronic
    stage: Stage
    rule: VoteRule
    candidates: tuple[int, ...]
    meeting: Meeting
    seats: int
    opened_at: datetime
    closed_at: datetime | None
    ballots_hash: str
    tally_file: int | None
    result: Result | None
    reason: str

    @property
    def subject(self) -> str:
        """Its stream in the ledger, and what its signed paper hangs on."""
        return f"vote:{self.id}"

    @property
    def quorum(self) -> int:
        """How many had to be there."""
        return -(-self.rule.quorum_numerator * len(self.meeting.members) // self.rule.quorum_denominator)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is voted on, as the panel and the tellers read them."""

    id: int
    address: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Due:
    """What a further ballot would be about; `seats` left, nobody where there is nothing to vote on."""

    seats: int
    candidates: tuple[int, ...]
    held: int  # ballots that count already


@dataclass(frozen=True, slots=True)
class Teller:
    """Who counts, and whether they handed their tally in."""

    account: int
    name: str
    done: bool


def vote(row: Mapping[str, Any]) -> Vote:
    """A whole row of `PanelVote`."""
    recused = {int(key): frozenset(seats) for key, seats in json.loads(row["recused"]).items()}
    return Vote(
        id=row["id"],
        round_id=row["round"],
        ordinal=row["ordinal"],
        mode=row["mode"],
        stage=Stage(row["stage"]),
        rule=msgspec.json.decode(row["rule"], type=VoteRule),
        candidates=tuple(json.loads(row["candidates"])),
        meeting=Meeting(frozenset(json.loads(row["members"])), frozenset(json.loads(row["attending"])), recused),
        seats=row["seats"],
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        ballots_hash=row["ballots_hash"],
        tally_file=row["tally_file"],
        result=rule.read_result(row["result"]),
        reason=row["reason"],
    )


async def votes_of(round_id: int) -> list[Vote]:
    """Every ballot of a round, the first first."""
    rows = await PanelVote.select().where(PanelVote.round == round_id).order_by(PanelVote.ordinal)
    return [vote(row) for row in rows]


async def vote_at(round_id: int, ordinal: int) -> Vote:
    """One ballot of a round. Raises NotFound."""
    row = await PanelVote.select().where(PanelVote.round == round_id, PanelVote.ordinal == ordinal).first()
    if row is None:
        raise NotFound
    return vote(row)


async def by_id(vote_id: int) -> Vote:
    """One ballot. Raises NotFound."""
    row = await PanelVote.select().where(PanelVote.id == vote_id).first()
    if row is None:
        raise NotFound
    return vote(row)


async def chosen_of(round_id: int) -> frozenset[int]:
    """Everybody whom a ballot that counts has chosen, and who did not leave the round since."""
    said = {key for one in await votes_of(round_id) if one.stage is Stage.CLOSED for key in _chosen(one)}
    if not said:
        return frozenset()
    gone = {ended.value for ended in ENDED} - {NominationStage.CONFERRED.value}
    rows = await Nomination.select(Nomination.id, Nomination.stage).where(Nomination.id.is_in(sorted(said)))
    return frozenset(row["id"] for row in rows if row["stage"] not in gone)


async def due(round_id: int, rules: RoundRules) -> Due:
    """What is still to be voted on: everybody at first; after a ballot the equals, else whoever is not chosen yet."""
    held = [one for one in await votes_of(round_id) if one.stage is Stage.CLOSED]
    chosen = await chosen_of(round_id)
    seats = rules.confer - len(chosen)
    rows = await Nomination.select(Nomination.id).where(
        Nomination.round == round_id, Nomination.stage == NominationStage.PANEL.value
    )
    here = {row["id"] for row in rows} - chosen
    if held and held[-1].result is not None:
        here &= set(rule.next_candidates(rules.vote, held[-1].result, len(held)))
    return Due(seats, tuple(sorted(here)) if seats > 0 else (), len(held))


async def candidates_of(found: Vote) -> list[Candidate]:
    """Who is voted on, by channel and its ranking: names and units, nothing else."""
    rows = await Nomination.select(
        Nomination.id, Nomination.address, Nomination.team_name, Nomination.channel, Nomination.rank,
        Nomination.worker.name.as_alias("name"), Nomination.unit.name.as_alias("unit"),
    ).where(Nomination.id.is_in(list(found.candidates)))  # fmt: skip
    rows.sort(key=lambda row: (row["channel"], row["rank"] is None, row["rank"] or 0, row["id"]))
    return [Candidate(row["id"], row["address"], row["name"] or row["team_name"], row["unit"]) for row in rows]


async def cast_by(vote_id: int) -> frozenset[int]:
    """The seats that have voted electronically."""
    rows = await VoteCast.select(VoteCast.seat).where(VoteCast.vote == vote_id)
    return frozenset(row["seat"] for row in rows)


async def tellers_of(vote_id: int) -> list[Teller]:
    """Who counts a paper ballot."""
    rows = await (
        VoteTeller.select(VoteTeller.account, VoteTeller.account.name.as_alias("name"))
        .where(VoteTeller.vote == vote_id)
        .order_by(VoteTeller.id)
    )
    counts = await VoteCount.select(VoteCount.account).where(VoteCount.vote == vote_id)
    done = {row["account"] for row in counts}
    return [Teller(row["account"], row["name"], row["account"] in done) for row in rows]


async def tally_of(vote_id: int, account: int) -> Tally | None:
    """What one teller handed in."""
    papers = await VoteCount.select().where(VoteCount.vote == vote_id, VoteCount.account == account).first()
    if papers is None:
        return None
    rows = (
        await VoteTally.select()
        .where(VoteTally.vote == vote_id, VoteTally.account == account)
        .order_by(VoteTally.nomination)
    )
    lines = tuple(Counted(row["nomination"], row["yes"], row["no"], row["abstain"]) for row in rows)
    return Tally(papers["given_out"], papers["returned"], papers["invalid"], lines)


async def other_tallies(vote_id: int, account: int) -> list[tuple[str, Tally]]:
    """The other tellers' tallies with their names; none at all before this teller handed in theirs."""
    if await tally_of(vote_id, account) is None:
        return []
    found = []
    for one in await tellers_of(vote_id):
        tally = await tally_of(vote_id, one.account) if one.account != account else None
        if tally is not None:
            found.append((one.name, tally))
    return found


async def ballots_text(found: Vote) -> str:
    """The electronic ballots after closing, sorted, as hashed. Raises NotFound before, and for paper."""
    if found.mode != "electronic" or found.stage is not Stage.CLOSED:
        raise NotFound
    return rule.ballots_text(await ballots(found))


async def ballots(found: Vote) -> Sequence[tuple[str, str]]:
    """(address of the nomination, choice) of every ballot, for the writer that closes and the file that is offered."""
    rows = await Ballot.select(Ballot.nomination, Ballot.choice).where(Ballot.vote == found.id)
    addresses = {one.id: one.address for one in await candidates_of(found)}
    return [(addresses[row["nomination"]], row["choice"]) for row in rows]


async def account_names(accounts: Sequence[int]) -> Mapping[int, str]:
    """Names by account id."""
    if not accounts:
        return {}
    rows = await Account.select(Account.id, Account.name).where(Account.id.is_in(list(accounts)))
    return {row["id"]: row["name"] for row in rows}


def _chosen(one: Vote) -> tuple[int, ...]:
    return one.result.chosen if one.result else ()
