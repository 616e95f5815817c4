"""Votes of a panel (表决): the only writer of `PanelVote` and of the ballots, tallies and tellers that hang on one.

A ballot opens with its rule, its members, who is there, and who keeps out of what, frozen. By default it is on paper:
two tellers hand in the same tally, each by themselves, and its signed paper is uploaded before anything counts. The
electronic way is `electronic`: what is said there stands apart from who said it. `by` is the acting account's id; the
ledger's stream is `vote:<id>`.
"""

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from craftsmen import recusals, rounds
from craftsmen.panel_locks import scores_of
from craftsmen.panel_reads import locked_at, scheme_of, seats_of
from craftsmen.panel_tables import PanelVote, VoteCount, VoteTally, VoteTeller
from craftsmen.round_reads import rules_of
from craftsmen.rules import votes as rule
from craftsmen.rules.round_stages import Stage as RoundStage
from craftsmen.rules.tallies import Tally, differences, tally_problems
from craftsmen.rules.votes import Counted, Result, Stage
from craftsmen.vote_reads import Vote, by_id, due, tally_of, tellers_of, vote_at
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import uses
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

SIGNED = "signed_tally"
LONGEST_REASON = 500


@tried_again
async def open_vote(round_id: int, attending: Collection[int], tellers: Collection[int], by: int, now: datetime) -> int:
    """Open the next ballot; answers its ordinal. `attending` are seats, `tellers` accounts (for paper, two or more).

    Raises Refused where the round, its marks or an earlier ballot are not that far, too few are there, or nobody
    stands to be voted on.
    """
    async with transaction():
        found = await rounds.lock_round(round_id)
        rules = await rules_of(round_id)
        if found.stage is not RoundStage.DECIDING:
            raise Refused(Problem("panel_not_deciding"))
        if scheme_of(rules)[0] is not None and await locked_at(round_id) is None:
            raise Refused(Problem("vote_marks_first"))
        if await PanelVote.exists().where(
            PanelVote.round == round_id, PanelVote.stage.is_in([Stage.OPEN.value, Stage.COUNTED.value])
        ):
            raise Refused(Problem("panel_vote_open"))
        members = [one.id for one in await seats_of(round_id)]
        there = sorted(set(attending))
        problems = [] if set(there) <= set(members) else [Problem("vote_attending", "attending")]
        if lacking := rule.quorum(rules.vote, len(members), len(there)):
            problems.append(Problem("vote_no_quorum", "attending", {"n": str(lacking)}))
        if rules.vote.mode == "paper" and len(set(tellers)) < 2:
            problems.append(Problem("vote_tellers", "tellers"))
        standing = await due(round_id, rules)
        if not standing.candidates:
            problems.append(Problem("vote_nobody_due"))
        if problems or not members:
            raise Refused(*(problems or [Problem("vote_attending", "attending")]))
        kept: dict[int, list[int]] = {}
        for seat, nomination in sorted(await recusals.keep(round_id, now)):
            if nomination in standing.candidates and seat in members:
                kept.setdefault(nomination, []).append(seat)
        ordinal = int(await PanelVote.count().where(PanelVote.round == round_id)) + 1
        row = PanelVote(
            round=round_id, ordinal=ordinal, mode=rules.vote.mode, stage=Stage.OPEN.value,
            rule=json.dumps(asdict(rules.vote), sort_keys=True), candidates=json.dumps(standing.candidates),
            members=json.dumps(members), attending=json.dumps(there), recused=json.dumps(kept, sort_keys=True),
            seats=standing.seats, opened_by=by, opened_at=now, ballots_hash="", result="", reason="",
        )  # fmt: skip
        await row.save()
        if rules.vote.mode == "paper":
            await VoteTeller.insert(*(VoteTeller(vote=row.id, account=one) for one in sorted(set(tellers))))
        payload = {
            "ordinal": ordinal, "members": members, "attending": there, "candidates": list(standing.candidates),
            "recused": {str(key): seats for key, seats in kept.items()}, "seats": standing.seats,
            "tellers": sorted(set(tellers)) if rules.vote.mode == "paper" else [], "mode": rules.vote.mode,
        }  # fmt: skip
        record(row.id, "vote.opened", by, payload, about=f"round:{round_id}")
    return ordinal


@tried_again
async def hand_in(vote_id: int, tally: Tally, by: int, now: datetime) -> Stage:
    """A teller's tally, whole, in place of their own earlier one; answers where the ballot stands now.

    When another teller's agrees in every figure the result is counted. Raises NotFound for who is no teller, Refused
    for a tally that cannot be.
    """
    async with transaction():
        found = await locked(vote_id)
        if by not in {one.account for one in await tellers_of(vote_id)}:
            raise NotFound
        if found.stage is not Stage.OPEN or found.mode != "paper":
            raise Refused(Problem("vote_counted_already"))
        if {one.nomination for one in tally.lines} != set(found.candidates):
            raise NotFound
        if problems := tally_problems(tally, found.meeting, found.seats):
            raise Refused(*problems)
        await VoteTally.delete().where(VoteTally.vote == vote_id, VoteTally.account == by)
        await VoteCount.delete().where(VoteCount.vote == vote_id, VoteCount.account == by)
        await VoteCount(
            vote=vote_id, account=by, given_out=tally.given_out, returned=tally.returned, invalid=tally.invalid, at=now
        ).save()
        await VoteTally.insert(
            *(
                VoteTally(
                    vote=vote_id, account=by, nomination=one.nomination, yes=one.yes, no=one.no, abstain=one.abstain
                )
                for one in tally.lines
            )
        )
        agreed = await _agrees(vote_id, by, tally)
        record(vote_id, "vote.tallied", by, {"agrees": agreed, "digest": _digest(tally)})
        if not agreed:
            return Stage.OPEN
        await settle(found, tally.lines, Stage.COUNTED, by)
        return Stage.COUNTED


@tried_again
async def sign(vote_id: int, file_id: int, by: int, now: datetime) -> None:
    """The signed tally (计票单) is there: from now on the result counts. Raises Refused."""
    async with transaction():
        found = await locked(vote_id)
        if found.stage is not Stage.COUNTED:
            raise Refused(Problem("vote_not_counted"))
        await uses.hang(file_id, found.subject, SIGNED)
        values: dict[Any, Any] = {"tally_file": file_id, "stage": Stage.CLOSED.value, "closed_at": now}
        await PanelVote.update(values).where(PanelVote.id == vote_id)
        record(vote_id, "vote.signed", by, {"file": file_id})


@tried_again
async def count_again(vote_id: int, reason: str, by: int) -> None:
    """Before the paper is signed: both tallies are taken back, and the papers are counted anew. Raises Refused."""
    reason = _reason(reason)
    async with transaction():
        found = await locked(vote_id)
        if found.stage is not Stage.COUNTED:
            raise Refused(Problem("vote_not_counted"))
        await VoteTally.delete().where(VoteTally.vote == vote_id)
        await VoteCount.delete().where(VoteCount.vote == vote_id)
        values: dict[Any, Any] = {"stage": Stage.OPEN.value, "result": "", "reason": reason}
        await PanelVote.update(values).where(PanelVote.id == vote_id)
        record(vote_id, "vote.counted_again", by)


@tried_again
async def break_off(vote_id: int, reason: str, by: int, now: datetime) -> None:
    """Nothing of this ballot counts, for a reason; one whose result counts already is never broken off. Refused."""
    reason = _reason(reason)
    async with transaction():
        found = await locked(vote_id)
        if found.stage not in (Stage.OPEN, Stage.COUNTED):
            raise Refused(Problem("vote_closed_already"))
        values: dict[Any, Any] = {"stage": Stage.BROKEN.value, "closed_at": now, "reason": reason, "result": ""}
        await PanelVote.update(values).where(PanelVote.id == vote_id)
        record(vote_id, "vote.broken_off", by)


@tried_again
async def pick(vote_id: int, picked: Collection[int], by: int) -> None:
    """The chair fills the last seats from the equals, where the rule says so. Raises Refused, NotFound."""
    async with transaction():
        found = await locked(vote_id)
        chair = next((one for one in await seats_of(found.round_id) if one.chair), None)
        if chair is None or chair.account != by:
            raise NotFound
        if found.stage is not Stage.CLOSED or found.result is None or found.rule.ties != "chair":
            raise Refused(Problem("vote_no_tie"))
        if any(chair.id in found.meeting.recused.get(key, ()) for key in found.result.tied):
            raise Refused(Problem("vote_chair_recused"))
        result = rule.by_chair(found.result, picked)
        if isinstance(result, Problem):
            raise Refused(result)
        await PanelVote.update({PanelVote.result: rule.result_json(result)}).where(PanelVote.id == vote_id)
        record(vote_id, "vote.tie_decided", by, {"picked": sorted(set(picked)), "among": sorted(found.result.tied)})


async def settle(
    found: Vote, counts: Collection[Counted], stage: Stage, by: int, more: Mapping[Any, Any] | None = None
) -> Result:
    """Count and keep the result of a locked ballot, inside the caller's transaction."""
    scores = await scores_of(found.round_id)
    result = rule.decide(found.rule, found.seats, found.meeting, counts, scores)
    text = rule.result_json(result)
    values: dict[Any, Any] = {PanelVote.result: text, PanelVote.stage: stage.value, **(more or {})}
    await PanelVote.update(values).where(PanelVote.id == found.id)
    said = {"chosen": list(result.chosen), "tied": list(result.tied), "result": rule.text_hash(text)}
    record(found.id, "vote.counted", by, said)
    return result


async def locked(vote_id: int) -> Vote:
    """A ballot, locked until the transaction ends. Raises NotFound."""
    if not await lock_row(PanelVote, vote_id):
        raise NotFound
    return await by_id(vote_id)


def record(vote_id: int, act: str, by: int, payload: Mapping[str, Any] | None = None, *, about: str = "") -> None:
    """One line in the ballot's stream, in the open transaction."""
    ledger.record(stream=f"vote:{vote_id}", act=act, actor=f"account:{by}", about=about, payload=payload)


async def _agrees(vote_id: int, by: int, tally: Tally) -> bool:
    for one in await tellers_of(vote_id):
        other = await tally_of(vote_id, one.account) if one.account != by else None
        if other is not None and not differences(tally, other):
            return True
    return False


def _digest(tally: Tally) -> str:
    text = json.dumps([secrets.token_hex(16), sorted(tally.cells.items())])
    return hashlib.sha256(text.encode()).hexdigest()


def _reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(Problem("vote_reason_empty", "reason"))
    if len(reason) > LONGEST_REASON:
        raise Refused(Problem("vote_reason_long", "reason", {"most": str(LONGEST_REASON)}))
    return reason


__all__ = [
    "Tally", "break_off", "count_again", "hand_in", "locked", "open_vote", "pick", "record", "settle", "sign",
    "vote_at",
]  # fmt: skip
