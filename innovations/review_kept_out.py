"""Who keeps out of what, and by which fact: the only writer of `ReviewKeptOut`.

Derived grounds are written anew whenever reviewers are drawn; what a reviewer declared stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovations import review_facts, review_seats
from innovations.review_facts import key
from innovations.review_tables import ReviewKeptOut
from innovations.reviews import RoundFacts
from innovations.rules.conflicts import Ground, counted, grounds

ROWS_AT_ONCE = 2000  # of one statement: a database takes some 32,000 values in one


@dataclass(frozen=True, slots=True)
class Declared:
    """What a reviewer said of a conflict of theirs, for the chair and the office."""

    code: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class KeptOut:
    """Somebody who keeps out of an entry, for the office; `note` is what they declared, else ""."""

    name: str
    grounds: tuple[Ground, ...]
    note: str


async def derive(found: RoundFacts, rows: Sequence[dict[str, Any]], now: datetime) -> dict[int, frozenset[str]]:
    """Write who keeps out of these entries, by which fact; answers the reviewers by entry. Declared ones stay."""
    judges = await review_facts.judges(found, now)
    seats = {one.id: one.name for one in await review_seats.of(found.id)}
    works = await review_facts.works(rows, seats, now)
    ids = [row["id"] for row in rows]
    await ReviewKeptOut.delete().where(
        ReviewKeptOut.entry.is_in(ids or [0]), ReviewKeptOut.ground != Ground.DECLARED.value
    )
    kept: dict[int, set[str]] = {entry: set() for entry in ids}
    new = []
    for work in works:
        for seat, judge in judges.items():
            for ground in counted(grounds(judge, work, found.rules.same_city), found.rules.level):
                kept[int(work.key)].add(judge.key)
                if ground is not Ground.DECLARED:
                    new.append(
                        ReviewKeptOut(
                            seat=seat, entry=int(work.key), ground=ground.value, by="registry", at=now, note=""
                        )
                    )
    for at in range(0, len(new), ROWS_AT_ONCE):
        await ReviewKeptOut.insert(*new[at : at + ROWS_AT_ONCE])
    return {entry: frozenset(each) for entry, each in kept.items()}


async def keep_out(  # noqa: PLR0917
    seat_id: int, entry_id: int, ground: Ground, by: str, now: datetime, note: str
) -> None:
    row = ReviewKeptOut(seat=seat_id, entry=entry_id, ground=ground.value, by=by, at=now, note=note)
    await ReviewKeptOut.insert(row).on_conflict(action="DO NOTHING")


async def declared(entries: Sequence[int]) -> tuple[Declared, ...]:
    """What reviewers declared on these entries, by code, in the order in which they did."""
    rows = await (
        ReviewKeptOut.select(
            ReviewKeptOut.note, ReviewKeptOut.entry.code.as_alias("code"),
            ReviewKeptOut.seat.account.name.as_alias("name"),  # type: ignore[union-attr]
        )
        .where(ReviewKeptOut.entry.is_in(list(entries) or [0]), ReviewKeptOut.ground == Ground.DECLARED.value)
        .order_by(ReviewKeptOut.entry.code, ReviewKeptOut.id)
    )  # fmt: skip
    return tuple(Declared(**row) for row in rows)


async def of_entry(entry_id: int) -> tuple[KeptOut, ...]:
    """Which reviewers keep out of one entry and why, as far as it was looked for: nothing before the first drawing."""
    rows = await (
        ReviewKeptOut.select(
            ReviewKeptOut.seat, ReviewKeptOut.ground, ReviewKeptOut.note,
            ReviewKeptOut.seat.account.name.as_alias("name"),  # type: ignore[union-attr]
        )
        .where(ReviewKeptOut.entry == entry_id, ReviewKeptOut.seat.active == True)  # noqa: E712 - a column
        .order_by(ReviewKeptOut.seat, ReviewKeptOut.id)
    )  # fmt: skip
    by_seat: dict[int, list[dict[str, str]]] = {}
    for row in rows:
        by_seat.setdefault(row["seat"], []).append(row)
    return tuple(
        KeptOut(
            own[0]["name"],
            tuple(ground for ground in Ground if ground.value in {one["ground"] for one in own}),
            next((one["note"] for one in own if one["note"]), ""),
        )
        for own in by_seat.values()
    )


async def of_entries(entries: Sequence[int]) -> dict[int, frozenset[str]]:
    rows = await ReviewKeptOut.select(ReviewKeptOut.seat, ReviewKeptOut.entry).where(
        ReviewKeptOut.entry.is_in(list(entries) or [0])
    )
    return {entry: frozenset(key(row["seat"]) for row in rows if row["entry"] == entry) for entry in entries}
