"""Announcements (公告): the only writer of `Announcement`'s own facts, and its readers.

The stage moves in `approval.py`; what was issued is never edited. The ledger's stream is `announcement:<id>`.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.process.approval import Paper, locked_row, with_author
from foundation.process.circular_tables import Announcement, Attachment
from foundation.process.issuing import free_address, lock_numbers, text_hash
from foundation.process.rules.circular_form import (
    ANNOUNCEMENT_RETURNABLE,
    AnnouncementDraft,
    changed_fields,
    unready,
)
from foundation.process.rules.document_numbers import folded_number, number_problems
from foundation.process.rules.publishing import FULL, Stage
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import returns

Row = Mapping[str, Any]


@tried_again
async def create(
    organisation_id: int, draft: AnnouncementDraft, by: int, now: datetime, corrects: int | None = None
) -> int:
    """Begin an announcement of this organisation; answers its id. Raises NotFound where there is none to correct."""
    async with transaction():
        if corrects is not None and not await Announcement.exists().where(
            Announcement.id == corrects, Announcement.number_key.is_not_null()
        ):
            raise NotFound
        row = Announcement(
            organisation=organisation_id,
            stage=Stage.DRAFT.value,
            drafted_by=by,
            authors=f",{by},",
            created_at=now,
            text_hash="",
            corrects=corrects,
            withdrawn_reason="",
            **asdict(draft),
        )
        await row.save()
        payload = {"organisation": organisation_id, "corrects": corrects}
        ledger.record(
            stream=f"announcement:{row.id}", act="announcement.drafted", actor=f"account:{by}", payload=payload
        )
    return int(row.id)


@tried_again
async def save(announcement_id: int, draft: AnnouncementDraft, revision: int, by: int) -> None:
    """Replace a draft by what was typed on top of `revision`. Raises Refused, NotFound."""
    async with transaction():
        row = await locked_row(PAPER, announcement_id)
        if row["stage"] != Stage.DRAFT:
            raise Refused(Problem(f"publishing_at_{row['stage']}"))
        if row["revision"] != revision:
            raise Refused(Problem("circular_changed_meanwhile"))
        if problems := await returns.check_reopened(f"announcement:{announcement_id}", changed_fields(row, draft)):
            raise Refused(*problems)
        columns: dict[Any, Any] = {**asdict(draft), "revision": revision + 1, "authors": with_author(row, by)}
        await Announcement.update(columns).where(Announcement.id == announcement_id)
        ledger.record(
            stream=f"announcement:{announcement_id}",
            act="announcement.changed",
            actor=f"account:{by}",
            payload={"revision": revision + 1},
        )


async def _issue(row: Row, typed: str, now: datetime) -> Mapping[str, Any]:
    number = folded_number(typed)
    if problems := number_problems(number):
        raise Refused(*problems)
    await lock_numbers()
    # 2026年第3号 names no organisation, so each organisation has its own.
    key = f"{row['organisation']}:{number}"
    if await Announcement.exists().where(Announcement.number_key == key):
        raise Refused(Problem("document_number_taken", "number", {"number": number}))
    if row["corrects"] is not None:
        generations.bump(f"announcement:{row['corrects']}")
    return {
        "number": number,
        "number_key": key,
        "address": await free_address(Announcement.address, number),
        "text_hash": text_hash(await issued_text({**row, "number": number})),
    }


async def issued_text(row: Row) -> Mapping[str, Any]:
    """Everything of an announcement that its hash covers."""
    files = await (
        Attachment.select(Attachment.number, Attachment.file.sha256.as_alias("sha256"))
        .where(Attachment.subject == f"announcement:{row['id']}")
        .order_by(Attachment.number)
    )
    return {
        **{name: row[name] for name in ("organisation", "number", "title", "text", "corrects")},
        "files": [[file["number"], file["sha256"]] for file in files],
    }


PAPER = Paper(
    name="announcement",
    table=Announcement,
    road=FULL,
    returnable=ANNOUNCEMENT_RETURNABLE,
    unready=unready,
    issue=_issue,
    issued_payload=lambda row: {"number": row["number"], "sha256": row["text_hash"]},
)
