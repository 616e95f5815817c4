"""Drafts of notices: written, sent to review, returned, approved; with `notices` the sole writer of `Notice`.

What is open is none of this file's business. `by` is the acting account's id.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from foundation.base import clock
from foundation.base.problem import Problem, Refused
from foundation.process.calendar import customs
from foundation.process.notice_tables import Notice
from foundation.process.notices import by_column, read_as, record, step_taken
from foundation.process.openings import reference_problems
from foundation.process.rules.notices import RETURNABLE, Draft, Stage, changed_fields, draft_problems
from foundation.process.rules.shown import sha256, shown_problems, table_of, table_text
from foundation.store.commit import write
from foundation.work import returns


def in_place_of(said: Draft, stopped_id: int, stage: Stage) -> Draft:
    """The draft of a notice that takes the place of a stopped one; any other has no successor. Raises Refused."""
    if stage is not Stage.STOPPED:
        raise Refused(Problem("notice_not_stopped"))
    return replace(said, replaces=stopped_id)


async def draft(said: Draft, organisation_id: int, by: int, now: datetime) -> str:
    """Draft a notice for an organisation; answers its address. Raises Refused."""

    async def job() -> str:
        _, address = await make(said, organisation_id, by, now)
        return address

    return await write(job)


async def make(said: Draft, organisation_id: int, by: int, now: datetime) -> tuple[int, str]:
    """`draft` inside the caller's transaction, for packages that notice their own results; answers (id, address)."""
    await _check(said, organisation_id)
    year = now.astimezone(clock.zone()).year
    number = await _next_number(year)
    for address in (f"{year}-{number + tries}" for tries in range(50)):
        row = Notice(
            **_columns(said),
            address=address,
            organisation=organisation_id,
            replaces=said.replaces,
            stage=Stage.DRAFT.value,
            drafted_by=by,
            drafted_at=now,
            authors=f",{by},",
        )
        made = await Notice.insert(row).on_conflict(target=Notice.address, action="DO NOTHING")
        if made:
            notice_id = int(made[0]["id"])
            record(notice_id, "notice.drafted", by, {"address": address, "organisation": organisation_id})
            return notice_id, address
    raise Refused(Problem("store_busy"))


async def change(notice_id: int, said: Draft, by: int, now: datetime) -> None:
    """Change a draft; whoever does is one of its authors from now on. Raises Refused.

    After a return only the fields that were named may differ.
    """

    async def job() -> None:
        row = await step_taken(notice_id, "change")
        if problems := await returns.check_reopened(subject(notice_id), changed_fields(_draft_of(row), said)):
            raise Refused(*problems)
        await _check(said, row["organisation"])
        authors = row["authors"] if f",{by}," in row["authors"] else f"{row['authors']}{by},"
        values = {**_columns(said), "drafted_by": by, "drafted_at": now, "authors": authors}
        await Notice.update(by_column(values)).where(Notice.id == notice_id)
        record(notice_id, "notice.changed", by, {"shown": sha256(table_text(said.shown))})

    await write(job)


async def discard(notice_id: int, by: int) -> None:
    """Give up a draft."""

    async def job() -> None:
        await step_taken(notice_id, "discard")
        record(notice_id, "notice.discarded", by)

    await write(job)


async def send(notice_id: int, by: int, now: datetime) -> None:
    """Send a draft to review, closing the fields that were open after a return."""

    async def job() -> None:
        await step_taken(notice_id, "send")
        if await returns.open_fields(subject(notice_id)) is not None:
            await returns.hand_in(subject(notice_id), by, now)
        await Notice.update({Notice.returned: ""}).where(Notice.id == notice_id)
        record(notice_id, "notice.sent", by)

    await write(job)


async def give_back(notice_id: int, notes: Mapping[str, str], by: int, now: datetime) -> None:
    """Return a draft to who wrote it; only the fields that `notes` names may be changed. Raises Refused."""
    if unknown := [field for field in notes if field not in RETURNABLE]:
        raise Refused(Problem("publishing_field_unknown", "", {"field": unknown[0][:40]}))

    async def job() -> None:
        await step_taken(notice_id, "give_back")
        await returns.give_back(subject(notice_id), notes, by, now)
        await Notice.update(
            {Notice.returned: ",".join(sorted(notes)), Notice.reviewed_by: None, Notice.reviewed_at: None}
        ).where(Notice.id == notice_id)
        record(notice_id, "notice.given_back", by)

    await write(job)


async def approve(notice_id: int, by: int, now: datetime, seen: str | None = None) -> None:
    """Find a draft fit to be shown as it was `seen` (its `wording`; None where nobody read a page); nobody who wrote
    on it may. Raises Refused."""

    async def job() -> None:
        row = await step_taken(notice_id, "approve")
        if f",{by}," in row["authors"]:
            raise Refused(Problem("notice_own_review"))
        read_as(row, seen)
        await Notice.update({Notice.reviewed_by: by, Notice.reviewed_at: now}).where(Notice.id == notice_id)
        record(notice_id, "notice.approved", by, {"drafter": row["drafted_by"]})

    await write(job)


async def _check(said: Draft, organisation_id: int) -> None:
    problems = draft_problems(said, await customs()) + shown_problems(said.shown)
    if problems := problems or await reference_problems(said.about, organisation_id, "about"):
        raise Refused(*problems)


async def _next_number(year: int) -> int:
    """One more than the newest address of the year; a twin that took it meanwhile is met by the unique index."""
    row = (
        await Notice.select(Notice.address)
        .where(Notice.address.like(f"{year}-%"))
        .order_by(Notice.id, ascending=False)
        .first()
    )
    return int(row["address"].partition("-")[2]) + 1 if row else 1


def subject(notice_id: int) -> str:
    """A notice as returned work and the ledger name it."""
    return f"notice:{notice_id}"


def _draft_of(row: Mapping[str, Any]) -> Draft:
    """A row as the draft that was saved in it."""
    names = ("title", "text", "contact", "days", "end_time", "results", "about", "label")
    return Draft(shown=table_of(row["shown"]), **{name: row[name] for name in names})


def _columns(said: Draft) -> dict[str, Any]:
    return {
        "title": said.title,
        "text": said.text,
        "contact": said.contact,
        "shown": table_text(said.shown),
        "days": said.days,
        "end_time": said.end_time,
        "results": said.results,
        "about": said.about,
        "label": said.label,
    }
