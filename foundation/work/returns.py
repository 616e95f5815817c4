"""Returned work (退回补充): which fields are open again, each with its note; the only writer of `ReturnedField`.

Knows subjects ("proposal:12") and names of fields; knows no form. Its functions run inside the transaction of the
writer who gives back or takes in, so that the subject's stage and its open fields never disagree.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from foundation.base.problem import Problem, Refused
from foundation.store import ledger
from foundation.work.return_tables import ReturnedField

LONGEST_NOTE = 1000


async def give_back(subject: str, notes: Mapping[str, str], by: int, now: datetime) -> None:
    """Open the named fields again, each with what to do there. Raises Refused; the problems' fields are `notes`'.

    Named again while it is open, a field gets the new note.
    """
    kept = {field: note.strip() for field, note in notes.items()}
    problems = [Problem("return_note_empty", field) for field, note in kept.items() if not note]
    problems += [
        Problem("return_note_long", field, {"most": str(LONGEST_NOTE)})
        for field, note in kept.items()
        if len(note) > LONGEST_NOTE
    ]
    if not kept:
        problems.append(Problem("return_nothing"))
    if problems:
        raise Refused(*problems)
    for field in sorted(kept):
        row = ReturnedField(subject=subject, field=field, note=kept[field], returned_by=by, returned_at=now)
        if not await ReturnedField.insert(row).on_conflict(action="DO NOTHING"):
            await ReturnedField.update(
                {
                    ReturnedField.note: kept[field],
                    ReturnedField.returned_by: by,
                    ReturnedField.returned_at: now,
                }
            ).where(
                ReturnedField.subject == subject, ReturnedField.field == field, ReturnedField.handed_in_at.is_null()
            )
    ledger.record(stream=subject, act="work.returned", actor=f"account:{by}", payload={"fields": sorted(kept)})


async def open_fields(subject: str) -> Mapping[str, str] | None:
    """Field -> note of what may be changed again; None where nothing was returned, and the stage alone decides."""
    rows = await ReturnedField.select(ReturnedField.field, ReturnedField.note).where(
        ReturnedField.subject == subject, ReturnedField.handed_in_at.is_null()
    )
    return {row["field"]: row["note"] for row in sorted(rows, key=lambda row: row["field"])} or None


async def check_reopened(subject: str, changed: Collection[str]) -> list[Problem]:
    """What speaks against changing these fields: a problem for each that was not named when the work was returned."""
    named = await open_fields(subject)
    if named is None:
        return []
    return [Problem("return_field_closed", field) for field in changed if field not in named]


async def end(subject: str, by: int, now: datetime) -> None:
    """Close what was open because the work itself was taken back: nothing will be handed in again for it."""
    rows = (
        await ReturnedField.update({ReturnedField.handed_in_at: now})
        .where(ReturnedField.subject == subject, ReturnedField.handed_in_at.is_null())
        .returning(ReturnedField.field)
    )
    if rows:
        payload = {"fields": sorted(row["field"] for row in rows)}
        ledger.record(stream=subject, act="work.return_ended", actor=f"account:{by}", payload=payload)


async def hand_in(subject: str, by: int | str, now: datetime) -> None:
    """Close what was open: the work is handed in again. Raises Refused where nothing was open (a second click).

    `by` is an account, or how the ledger names somebody without one.
    """
    rows = (
        await ReturnedField.update({ReturnedField.handed_in_at: now})
        .where(ReturnedField.subject == subject, ReturnedField.handed_in_at.is_null())
        .returning(ReturnedField.field)
    )
    if not rows:
        raise Refused(Problem("return_none_open"))
    fields = sorted(row["field"] for row in rows)
    ledger.record(
        stream=subject,
        act="work.handed_in_again",
        actor=by if isinstance(by, str) else f"account:{by}",
        payload={"fields": fields},
    )
