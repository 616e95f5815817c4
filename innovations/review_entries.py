"""What becomes of one entry before it is decided: given back, completed, withdrawn, not admitted, a calibration item.

With `review_channels` (which lists and enters) and `review_deciding` (which decides) the only writer of `ReviewEntry`.
The innovation's own stage moves with it in the same transaction.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations import innovations, review_channels, reviews
from innovations.innovation_tables import Innovation
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewTask
from innovations.reviews import RoundFacts
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.review_steps import EntryStage, Stage

LONGEST_REASON = 1000
LONGEST_NAMED = 200
MOST_NAMED = 3
BEFORE_MARKING = (Stage.OPEN, Stage.ASSIGNING)
STANDING = (EntryStage.LISTED, EntryStage.RETURNED, EntryStage.ENTERED)

Row = dict[str, Any]


@tried_again
async def give_back(entry_id: int, notes: Mapping[str, str], until: date | None, by: int, now: datetime) -> None:
    """Give an entry back for completion (退回补充): the named fields of the innovation open again, until a day.

    Raises NotFound; Refused once marking has begun, for one that is given back already, and with all that is wrong
    with the day and the notes.
    """
    async with transaction():
        row, _ = await _locked(entry_id, *BEFORE_MARKING)
        if row["stage"] not in (EntryStage.LISTED.value, EntryStage.ENTERED.value) or row["calibration"]:
            raise Refused(Problem("review_entry_late"))
        problems = [Problem("review_day", "until")] if until is None else []
        if until is not None and until < day_of(now):
            problems.append(Problem("review_return_until", "until"))
        if await _stage_of(row["innovation"]) is InnovationStage.AWARDED:
            raise Refused(*problems, Problem("review_return_awarded"))
        try:
            await innovations.give_back(row["innovation"], notes, by, now)
        except Refused as refusal:
            problems += refusal.problems
        if until is None or problems:
            raise Refused(*problems)
        values: dict[Any, Any] = {ReviewEntry.stage: EntryStage.RETURNED.value, ReviewEntry.return_until: until}
        await ReviewEntry.update(values).where(ReviewEntry.id == entry_id)
        _record(row, "entry_returned", by, {"until": until.isoformat(), "fields": sorted(notes)})


@tried_again
async def renew(entry_id: int, by: int, now: datetime) -> None:
    """Go on with what its unit has handed in since: a completed entry, or a later version of one that has an award.

    Raises NotFound; Refused where the unit has handed nothing in, and once marking has begun.
    """
    async with transaction():
        row, _ = await _locked(entry_id, *BEFORE_MARKING)
        if row["stage"] not in {stage.value for stage in STANDING}:
            raise Refused(Problem("review_entry_late"))
        one = await innovations.locked(row["innovation"])
        version = await review_channels.version_of(one)
        returned = row["stage"] == EntryStage.RETURNED.value
        if version == row["version"] or (returned and one["stage"] == InnovationStage.RETURNED.value):
            raise Refused(Problem("review_nothing_newer"))
        values: dict[Any, Any] = {ReviewEntry.version: version, ReviewEntry.return_until: None}
        if returned:
            values[ReviewEntry.stage] = EntryStage.LISTED.value
        await ReviewEntry.update(values).where(ReviewEntry.id == entry_id)
        if returned and await _is_handed_in(row["channel"]) and (problems := await review_channels.enter(row, by, now)):
            raise Refused(*problems)
        _record(row, "entry_renewed", by, {"version": version})


@tried_again
async def leave(entry_id: int, stage: EntryStage, reason: str, by: int, now: datetime) -> None:
    """It leaves the round: withdrawn on its unit's word, or not admitted; its unit reads the reason.

    Reviews of it count no more. Raises NotFound; Refused without a reason, and once marks are locked.
    """
    reason = reason.strip()
    async with transaction():
        row, found = await _locked(entry_id, *BEFORE_MARKING, Stage.MARKING)
        problems = [] if reason else [Problem("review_reason_empty", "reason")]
        if len(reason) > LONGEST_REASON:
            problems.append(Problem("review_long", "reason", {"most": str(LONGEST_REASON)}))
        if stage not in (EntryStage.WITHDRAWN, EntryStage.EXCLUDED) or row["stage"] not in {
            one.value for one in STANDING
        }:
            problems.append(Problem("review_entry_late"))
        if problems:
            raise Refused(*problems)
        await _release(row, reason, by, now)
        values: dict[Any, Any] = {
            ReviewEntry.stage: stage.value, ReviewEntry.reasons: reason, ReviewEntry.decided_at: now,
            ReviewEntry.return_until: None,
        }  # fmt: skip
        await ReviewEntry.update(values).where(ReviewEntry.id == entry_id)
        await ReviewTask.update({ReviewTask.ended_at: now}).where(
            ReviewTask.entry == entry_id, ReviewTask.ended_at.is_null()
        )
        _record(row, f"entry_{stage.value}", by, {"stage": found.stage.value})


@tried_again
async def name(entry_id: int, named: str, by: int) -> None:
    """Whom its unit asks to keep out, a name a line (回避申请); until marking begins. Raises NotFound, Refused."""
    names = list(dict.fromkeys(filter(None, (" ".join(one.split()) for one in named.splitlines()))))
    text = "\n".join(names)
    async with transaction():
        row, _ = await _locked(entry_id, *BEFORE_MARKING)
        if len(names) > MOST_NAMED or len(text) > LONGEST_NAMED:
            raise Refused(Problem("review_named", "named", {"most": str(MOST_NAMED)}))
        await ReviewEntry.update({ReviewEntry.named: text}).where(ReviewEntry.id == entry_id)
        _record(row, "entry_named", by, {"count": len(names)})


@tried_again
async def add_calibration(round_id: int, innovation_id: int, by: int, now: datetime) -> int:
    """Have everybody review an awarded innovation of before, to be compared: it wins nothing. Answers the entry's id.

    Whether the office may read it was decided by the loader. Raises Refused for one that has no award, or stands in
    the round.
    """
    async with transaction():
        found = await reviews.at(round_id, Stage.ASSIGNING)
        one = await Innovation.select().where(Innovation.id == innovation_id).first()
        if one is None or one["stage"] != InnovationStage.AWARDED.value:
            raise Refused(Problem("review_calibration", "address"))
        channel = await ReviewChannel.select(ReviewChannel.id).where(ReviewChannel.round == round_id).first()
        entry = ReviewEntry(
            round=round_id, channel=channel["id"] if channel else 0, innovation=one["id"],
            version=await review_channels.version_of(one), code=await review_channels.new_code(round_id), rank=None,
            stage=EntryStage.ENTERED.value, calibration=True, award="", reasons="", named="",
        )  # fmt: skip
        made = await ReviewEntry.insert(entry).on_conflict(action="DO NOTHING")
        if not made:
            raise Refused(Problem("review_picked_already", "address"))
        reviews.record(found.id, "calibration", by, {"innovation": one["id"]})
        return int(made[0]["id"])


@tried_again
async def cancel(round_id: int, by: int, now: datetime) -> None:
    """Give a round up before marks are locked: its innovations are free for another. Raises NotFound, Refused."""
    async with transaction():
        found = await reviews.locked(round_id)
        await reviews.step_taken(found, "cancel", by)
        rows = await ReviewEntry.select().where(
            ReviewEntry.round == round_id, ReviewEntry.stage.is_in([stage.value for stage in STANDING])
        )
        for row in sorted(rows, key=lambda one: int(one["innovation"])):
            await _release(row, found.name, by, now)
            await ReviewEntry.update({ReviewEntry.stage: EntryStage.WITHDRAWN.value}).where(ReviewEntry.id == row["id"])


async def round_of(entry_id: int) -> int:
    """The round that an entry stands in. Raises NotFound."""
    row = await ReviewEntry.select(ReviewEntry.round).where(ReviewEntry.id == entry_id).first()
    if row is None:
        raise NotFound
    return int(row["round"])


async def _locked(entry_id: int, *stages: Stage) -> tuple[Row, RoundFacts]:
    """An entry, its round at one of these stages; both locked, the round first."""
    found = await reviews.at(await round_of(entry_id), *stages)
    await lock_row(ReviewEntry, entry_id)
    row = await ReviewEntry.select().where(ReviewEntry.id == entry_id).first()
    if row is None:
        raise NotFound
    return row, found


async def _release(row: Row, note: str, by: int, now: datetime) -> None:
    if row["calibration"]:
        return
    one = await innovations.locked(row["innovation"])
    if one["stage"] == InnovationStage.IN_REVIEW.value:
        await innovations.move(one, "release", note, by, now)


async def _is_handed_in(channel_id: int) -> bool:
    return (await review_channels.by_id(channel_id)).submitted_at is not None


async def _stage_of(innovation_id: int) -> InnovationStage:
    row = await Innovation.select(Innovation.stage).where(Innovation.id == innovation_id).first()
    if row is None:
        raise NotFound
    return InnovationStage(row["stage"])


def _record(row: Row, act: str, by: int, payload: Mapping[str, Any]) -> None:
    reviews.record(row["round"], act, by, {"entry": row["id"], **payload})
