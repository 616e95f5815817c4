"""The meeting on a round whose marks are locked: awards within the rules, what authors read; back after an objection.

Whoever keeps out of an entry sees the ranking without it, and does not decide. With `review_entries` the only writer
of what is decided on an entry; nothing of it is anybody else's to read before the round is decided.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from foundation.base.problem import Problem, Refused
from foundation.process import notice_waits
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import review_away, review_chair, reviews
from innovations.review_tables import ReviewEntry, ReviewKeptOut, ReviewRound, ReviewTask
from innovations.reviews import RoundFacts
from innovations.rules.innovation_form import Draft
from innovations.rules.review_rules import award_problems
from innovations.rules.review_scores import LockedLine, order_problems, without
from innovations.rules.review_steps import Stage

LONGEST_REASONS = 2000
SHOWN = (Stage.DECIDING, Stage.NOTICE, Stage.DECIDED)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the meeting decided on an entry: an award's code, or "", and what its authors read."""

    award: str
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One entry in the order of places; `leaves` are the reviewers who leave the room while it is spoken of."""

    entry: int
    title: str
    people: tuple[str, ...]
    unit: str
    channel: str
    rank: int | None
    locked: LockedLine
    award: str
    reasons: str
    leaves: tuple[str, ...]
    opinions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The ranking as somebody may see it; `hidden` entries left no trace in it."""

    lines: tuple[MeetingLine, ...]
    hidden: int


async def meeting(found: RoundFacts, account: int) -> Meeting:
    """The locked ranking for this account; places are counted without what is hidden from it."""
    locked = await review_chair.locked_of(found.id)
    away = await review_away.entries(found, account)
    rows = await (
        ReviewEntry.select(
            ReviewEntry.id, ReviewEntry.rank, ReviewEntry.award, ReviewEntry.reasons,
            ReviewEntry.version.title.as_alias("title"), ReviewEntry.version.body.as_alias("body"),
            ReviewEntry.innovation.organisation.name.as_alias("unit"),  # type: ignore[union-attr]
            ReviewEntry.channel.organisation.name.as_alias("channel"),  # type: ignore[union-attr]
        ).where(ReviewEntry.round == found.id)
    )  # fmt: skip
    by_id = {row["id"]: row for row in rows}
    leaves = await _leaves(found.id)
    opinions = await opinions_of(found, [row["id"] for row in rows])
    lines = [one for one in (locked.lines if locked else ()) if one.entry in by_id]
    shown = without(lines, away)
    return Meeting(
        tuple(
            MeetingLine(
                one.entry, by_id[one.entry]["title"], _people(by_id[one.entry]["body"]), by_id[one.entry]["unit"],
                by_id[one.entry]["channel"], by_id[one.entry]["rank"], one, by_id[one.entry]["award"],
                by_id[one.entry]["reasons"], leaves.get(one.entry, ()), opinions.get(one.entry, ()),
            )
            for one in shown
        ),
        len(lines) - len(shown),
    )  # fmt: skip


@tried_again
async def decide_awards(
    round_id: int, decided: Mapping[int, Decision], by: int, now: datetime, *, seen: str | None = None
) -> None:
    """Keep what the meeting decided; it may be changed until the notice. `seen` is the digest that the page had.

    Raises NotFound; Refused with everything that is against the rules, for whoever keeps out of an entry, and where
    somebody else decided meanwhile.
    """
    async with transaction():
        found = await reviews.at(round_id, Stage.DECIDING)
        if away := await review_away.entries(found, by):
            raise Refused(Problem("review_decides_away", "", {"count": str(len(away))}))
        locked = await review_chair.locked_of(round_id)
        lines = locked.lines if locked else ()
        known = {one.entry for one in lines}
        if not set(decided) <= known:
            raise Refused(Problem("review_changed"))
        given = {entry: decided[entry].award if entry in decided else "" for entry in known}
        reasons = {entry: one.reasons.strip() for entry, one in decided.items()}
        problems = [] if seen is None or seen == await digest_of(round_id) else [Problem("review_changed")]
        problems += award_problems(found.rules.awards, {str(entry): code for entry, code in given.items()})
        unplaced = {one.entry: one.code for one in lines if one.place is None}
        problems += [
            Problem("review_award_unranked", f"award-{entry}", {"code": unplaced[entry]})
            for entry in sorted(unplaced)
            if given[entry]
        ]
        problems += [
            Problem("review_long", f"reasons-{entry}", {"most": str(LONGEST_REASONS)})
            for entry, text in reasons.items()
            if len(text) > LONGEST_REASONS
        ]
        problems += order_problems(lines, found.rules.awards, given, reasons)
        if problems:
            raise Refused(*problems)
        places = {one.entry: one.place for one in lines}
        for entry in sorted(known):
            values: dict[Any, Any] = {
                ReviewEntry.award: given[entry], ReviewEntry.place: places[entry],
                ReviewEntry.reasons: reasons.get(entry, ""),
            }  # fmt: skip
            await ReviewEntry.update(values).where(ReviewEntry.id == entry)
        reviews.record(round_id, "awards", by, {"digest": await digest_of(round_id)})


@tried_again
async def decide_again(round_id: int, by: int, now: datetime) -> None:
    """Back to the meeting, as after an accepted objection: what follows is noticed anew.

    Raises NotFound; Refused while a notice tells, or could still tell everyone, of what is being taken back.
    """
    async with transaction():
        found = await reviews.locked(round_id)
        if found.stage is Stage.NOTICE and await notice_waits.may_tell(found.notice, now):
            raise Refused(Problem("review_notice_stands"))
        if away := await review_away.entries(found, by):
            raise Refused(Problem("review_decides_away", "", {"count": str(len(away))}))
        await reviews.step_taken(found, "decide_again", by)


async def digest_of(round_id: int) -> str:
    """sha256 of everything that is decided on the entries of a round, and of the marks it rests on."""
    rows = await (
        ReviewEntry.select(
            ReviewEntry.id, ReviewEntry.version, ReviewEntry.stage, ReviewEntry.award, ReviewEntry.reasons
        )
        .where(ReviewEntry.round == round_id)
        .order_by(ReviewEntry.id)
    )
    scores = await ReviewRound.select(ReviewRound.scores).where(ReviewRound.id == round_id).first()
    said = [[list(row.values()) for row in rows], scores["scores"] if scores else ""]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


async def opinions_of(found: RoundFacts, entries: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What reviewers wrote for the authors, by entry, in an order that tells nothing of who wrote."""
    rows = await ReviewTask.select(ReviewTask.id, ReviewTask.entry, ReviewTask.opinion).where(
        ReviewTask.entry.is_in(list(entries) or [0]),
        ReviewTask.ended_at.is_null(),
        ReviewTask.handed_in_at.is_not_null(),
    )
    dealt = sorted(rows, key=lambda row: hashlib.sha256(f"{found.seed}:{row['id']}".encode()).digest())
    said: dict[int, list[str]] = {}
    for row in dealt:
        if row["opinion"].strip():
            said.setdefault(row["entry"], []).append(row["opinion"].strip())
    return {entry: tuple(texts) for entry, texts in said.items()}


def _people(body: str) -> tuple[str, ...]:
    return tuple(one.name for one in msgspec.json.decode(body, type=Draft).authors)


async def _leaves(round_id: int) -> dict[int, tuple[str, ...]]:
    rows = await (
        ReviewKeptOut.select(
            ReviewKeptOut.entry,
            ReviewKeptOut.seat.account.name.as_alias("name"),  # type: ignore[union-attr]
        )
        .where(ReviewKeptOut.entry.round == round_id, ReviewKeptOut.seat.active == True)  # noqa: E712 - a column
        .order_by(ReviewKeptOut.seat)
    )
    found: dict[int, dict[str, None]] = {}
    for row in rows:
        found.setdefault(row["entry"], {})[row["name"]] = None
    return {entry: tuple(names) for entry, names in found.items()}
