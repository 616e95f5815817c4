"""Who reviews what: the only writer of `ReviewTask`, but for what its reviewer writes.

Who keeps out is `review_kept_out`'s; reviewers are drawn by a seed that becomes public. Whoever declares a conflict
has it taken from them, and somebody else is drawn in their place where there is anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base.problem import NotFound, Problem, Refused
from foundation.process import calendar
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations import review_facts, review_kept_out, review_seats, reviews
from innovations.review_facts import key
from innovations.review_kept_out import ROWS_AT_ONCE
from innovations.review_tables import ReviewEntry, ReviewRound, ReviewTask
from innovations.reviews import RoundFacts
from innovations.rules.assignment import Assigned, Item, Reviewer, assign
from innovations.rules.conflicts import Ground
from innovations.rules.review_steps import EntryStage, Stage

LONGEST_NOTE = 500
ENTERED = (EntryStage.ENTERED.value,)


@tried_again
async def draw(round_id: int, by: int, now: datetime) -> Mapping[str, int]:
    """Derive conflicts and draw reviewers anew for every entry; answers how many are missing, by entry's code.

    Raises NotFound; Refused once marking has begun, and where nobody or nothing is there.
    """
    async with transaction():
        found = await reviews.at(round_id, Stage.ASSIGNING)
        seats = await review_seats.of(round_id)
        rows = await review_facts.entries_of(round_id, ENTERED)
        if not seats or not rows:
            raise Refused(Problem("review_nobody" if rows else "review_nothing_entered"))
        kept = await review_kept_out.derive(found, rows, now)
        await ReviewTask.delete().where(ReviewTask.entry.is_in([row["id"] for row in rows]))
        items = [Item(str(row["id"]), row["field"], kept[row["id"]]) for row in rows]
        ranked = [one for one, row in zip(items, rows, strict=True) if not row["calibration"]]
        everybody = [one for one, row in zip(items, rows, strict=True) if row["calibration"]]
        assigned = assign(ranked, [_reviewer(one) for one in seats], found.rules.each, found.seed)
        wanted = [(int(item), seat) for item, chosen in assigned.reviewers.items() for seat in map(_seat, chosen)]
        wanted += [(int(one.key), seat.id) for one in everybody for seat in seats if key(seat.id) not in one.barred]
        await _insert(wanted, now)
        codes = {str(row["id"]): row["code"] for row in rows}
        missing = {codes[item]: count for item, count in assigned.missing.items()}
        payload = {"tasks": sorted([entry, seat] for entry, seat in wanted), "missing": sum(missing.values())}
        reviews.record(round_id, "drawn", by, payload)
        return missing


@tried_again
async def begin_marking(round_id: int, short: bool, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Let reviewers mark. `short`: the office knows that some entries have fewer reviewers than the rules say.

    Raises NotFound; Refused before reviewers are drawn, without a chair, and while entries are given back.
    """
    async with transaction():
        found = await reviews.at(round_id, Stage.ASSIGNING)
        problems = [] if await review_seats.chair_of(round_id) else [Problem("review_chair_none")]
        back = await ReviewEntry.count().where(
            ReviewEntry.round == round_id, ReviewEntry.stage == EntryStage.RETURNED.value
        )
        if back:
            problems.append(Problem("review_still_returned", "", {"count": str(back)}))
        if await _in_conflict(
            await review_kept_out.derive(found, await review_facts.entries_of(round_id, ENTERED), now)
        ):
            problems.append(Problem("review_draw_again"))
        missing = await missing_of(found)
        if any(count == found.rules.each for count in missing.values()):
            problems.append(Problem("review_not_drawn"))
        elif missing and not short:
            problems.append(Problem("review_short", "short", {"count": str(len(missing))}))
        if problems:
            raise Refused(*problems)
        until = await calendar.working_deadline(now, found.rules.mark_days, zone)
        if until is None:
            raise Refused(Problem("review_calendar"))
        await reviews.step_taken(found, "begin_marking", by, {ReviewRound.mark_until: until})


@tried_again
async def declare(task_id: int, note: str, account: int, now: datetime) -> int:
    """A reviewer declares a conflict: the task is taken from them, and somebody else drawn; answers how many are
    missing now. Raises NotFound for what is not theirs, Refused once marks are locked."""
    note = note.strip()
    if not note:
        raise Refused(Problem("review_note_empty", "note"))
    if len(note) > LONGEST_NOTE:
        raise Refused(Problem("review_long", "note", {"most": str(LONGEST_NOTE)}))
    async with transaction():
        row = await _locked_task(task_id)
        if row["account"] != account:
            raise NotFound
        await review_kept_out.keep_out(row["seat"], row["entry"], Ground.DECLARED, f"account:{account}", now, note)
        return await _taken_from(row, "declared", account, now)


@tried_again
async def take_away(task_id: int, round_id: int, by: int, now: datetime) -> int:
    """The chair gives an entry to somebody else, as after long silence; answers how many are missing now.

    Raises NotFound; Refused where it is handed in already.
    """
    async with transaction():
        row = await _locked_task(task_id)
        if row["round"] != round_id:
            raise NotFound
        if row["handed_in_at"] is not None:
            raise Refused(Problem("review_handed_in"))
        return await _taken_from(row, "taken_away", by, now)


@tried_again
async def fill(round_id: int, by: int, now: datetime) -> int:
    """Draw reviewers for whatever has too few, as after a seat was added; answers how many are missing still.

    Conflicts are derived anew, and whoever turns out to be in one loses the entry.
    """
    async with transaction():
        found = await reviews.at(round_id, Stage.MARKING)
        rows = await review_facts.entries_of(round_id, ENTERED)
        kept = await review_kept_out.derive(found, rows, now)
        for task, seat, entry in await _in_conflict(kept):
            await ReviewTask.update({ReviewTask.ended_at: now}).where(ReviewTask.id == task)
            reviews.record(round_id, "in_conflict", by, {"seat": seat, "entry": entry})
        await _give_everybody([row["id"] for row in rows if row["calibration"]], found, kept, by, now)
        return await _fill(found, rows, by, now)


async def is_drawn(round_id: int) -> bool:
    """Whether anybody was drawn for anything yet."""
    found: bool = await ReviewTask.exists().where(ReviewTask.seat.round == round_id, ReviewTask.ended_at.is_null())
    return found


async def missing_of(found: RoundFacts) -> dict[str, int]:
    """How many reviewers each entry is short of, by code; those that have all are left out."""
    rows = await ReviewEntry.select(ReviewEntry.id, ReviewEntry.code).where(
        ReviewEntry.round == found.id, ReviewEntry.stage == EntryStage.ENTERED.value, ReviewEntry.calibration.eq(False)
    )
    counts = await _counts([row["id"] for row in rows])
    return {
        row["code"]: found.rules.each - counts.get(row["id"], 0)
        for row in rows
        if counts.get(row["id"], 0) < found.rules.each
    }


async def _taken_from(row: Mapping[str, Any], act: str, by: int, now: datetime) -> int:
    await ReviewTask.update({ReviewTask.ended_at: now}).where(ReviewTask.id == row["id"])
    reviews.record(row["round"], act, by, {"seat": row["seat"], "entry": row["entry"]})
    found = await reviews.by_id(row["round"])
    rows = [one for one in await review_facts.entries_of(found.id, ENTERED) if one["id"] == row["entry"]]
    return 0 if not rows or rows[0]["calibration"] else await _fill(found, rows, by, now)


async def _fill(found: RoundFacts, rows: Sequence[dict[str, Any]], by: int, now: datetime) -> int:
    """Draw for these entries what they are short of, keeping everybody who has them; within the transaction."""
    ranked = [row for row in rows if not row["calibration"]]
    tasks = await ReviewTask.select(ReviewTask.seat, ReviewTask.entry, ReviewTask.ended_at).where(
        ReviewTask.seat.round == found.id
    )
    load: dict[int, int] = {}
    for task in tasks:
        if task["ended_at"] is None:
            load[task["seat"]] = load.get(task["seat"], 0) + 1
    kept = await review_kept_out.of_entries([row["id"] for row in ranked])
    seats = await review_seats.of(found.id)
    missing, wanted = 0, []
    for row in ranked:
        had = {key(task["seat"]) for task in tasks if task["entry"] == row["id"]}
        short = found.rules.each - sum(task["ended_at"] is None for task in tasks if task["entry"] == row["id"])
        free = [Reviewer(key(one.id), one.fields, max(one.most - load.get(one.id, 0), 0)) for one in seats]
        emptiest_first = sorted(free, key=lambda one: (row["field"] not in one.fields, -one.most))
        drawn = _first(emptiest_first, Item(str(row["id"]), row["field"], kept[row["id"]] | had), short, found.seed)
        for seat in map(_seat, drawn.reviewers.get(str(row["id"]), ())):
            wanted.append((row["id"], seat))
            load[seat] = load.get(seat, 0) + 1
        missing += sum(drawn.missing.values())
    await _insert(wanted, now)
    if wanted:
        reviews.record(found.id, "drawn_again", by, {"tasks": sorted([entry, seat] for entry, seat in wanted)})
    return missing


async def _give_everybody(
    entries: Sequence[int], found: RoundFacts, kept: Mapping[int, frozenset[str]], by: int, now: datetime
) -> None:
    """Items for comparison go to whoever was seated since; what was taken from somebody does not come back."""
    had = await ReviewTask.select(ReviewTask.seat, ReviewTask.entry).where(ReviewTask.entry.is_in(list(entries) or [0]))
    known = {(row["entry"], row["seat"]) for row in had}
    seats = await review_seats.of(found.id)
    wanted = [
        (entry, one.id)
        for entry in entries
        for one in seats
        if (entry, one.id) not in known and key(one.id) not in kept[entry]
    ]
    await _insert(wanted, now)
    if wanted:
        reviews.record(found.id, "drawn_again", by, {"tasks": sorted([entry, seat] for entry, seat in wanted)})


def _first(reviewers: Sequence[Reviewer], item: Item, short: int, seed: str) -> Assigned:
    """Draw among those with the most room: of the field, else of all."""
    if short <= 0:
        return Assigned({}, {})
    able = [one for one in reviewers if one.most > 0 and one.key not in item.barred]
    knowing = [one for one in able if item.field in one.fields]
    pool = knowing if len(knowing) >= short else able
    room = sorted((one.most for one in pool), reverse=True)[: short or None]
    return assign([item], [one for one in pool if not room or one.most >= room[-1]], short, seed)


async def _in_conflict(kept: Mapping[int, frozenset[str]]) -> list[tuple[int, int, int]]:
    """(task, seat, entry) of those who have an entry that they must keep out of."""
    rows = await ReviewTask.select(ReviewTask.id, ReviewTask.seat, ReviewTask.entry).where(
        ReviewTask.entry.is_in(sorted(kept) or [0]), ReviewTask.ended_at.is_null()
    )
    return [(row["id"], row["seat"], row["entry"]) for row in rows if key(row["seat"]) in kept[row["entry"]]]


async def _counts(entries: Sequence[int]) -> dict[int, int]:
    rows = await ReviewTask.select(ReviewTask.entry).where(
        ReviewTask.entry.is_in(list(entries) or [0]), ReviewTask.ended_at.is_null()
    )
    counts: dict[int, int] = {}
    for row in rows:
        counts[row["entry"]] = counts.get(row["entry"], 0) + 1
    return counts


async def _insert(wanted: Iterable[tuple[int, int]], now: datetime) -> None:
    rows = [ReviewTask(seat=seat, entry=entry, assigned_at=now, opinion="", private="") for entry, seat in wanted]
    for at in range(0, len(rows), ROWS_AT_ONCE):
        await ReviewTask.insert(*rows[at : at + ROWS_AT_ONCE])


async def _locked_task(task_id: int) -> dict[str, Any]:
    """A task that somebody has, with its round and account; the round is locked first, while it is marked."""
    columns = (
        ReviewTask.id, ReviewTask.seat, ReviewTask.entry, ReviewTask.handed_in_at, ReviewTask.ended_at,
        ReviewTask.seat.account.as_alias("account"), ReviewTask.seat.round.as_alias("round"),
    )  # fmt: skip
    query = ReviewTask.select(*columns).where(ReviewTask.id == task_id, ReviewTask.ended_at.is_null())
    before = await query.first()
    if before is None:
        raise NotFound
    await reviews.at(before["round"], Stage.MARKING)
    await lock_row(ReviewTask, task_id)
    row: dict[str, Any] | None = await ReviewTask.select(*columns).where(
        ReviewTask.id == task_id, ReviewTask.ended_at.is_null()
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    return row


def _reviewer(one: review_seats.Seat) -> Reviewer:
    return Reviewer(key(one.id), one.fields, one.most)


def _seat(name: str) -> int:
    return int(name.removeprefix("R"))
