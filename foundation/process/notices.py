"""Notices (公示), opened and stopped; with `notice_drafts` the sole writer of `Notice`.

What is open is never edited: it is stopped with a public reason, and a new one takes its place. `by` is the acting
account's id. The ledger's stream is `notice:<id>`: ids, days and hashes; titles, tables and reasons are not in it.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base import calendar as days
from foundation.base.problem import NotFound, Problem, Refused
from foundation.process.calendar import customs, day_table, moment
from foundation.process.notice_tables import Notice
from foundation.process.notice_waits import holds, passed
from foundation.process.openings import reference_problems
from foundation.process.rules.notices import Stage, after, opening_problem, reason_problem, wording
from foundation.process.rules.shown import canonical, sha256, table_of
from foundation.store import generations, ledger
from foundation.store.commit import write
from foundation.store.locks import lock_row

__all__ = ["end_if_opened", "holds", "open_notice", "passed", "put_up", "stop"]


async def open_notice(notice_id: int, by: int, now: datetime, zone: ZoneInfo, seen: str | None = None) -> None:
    """Put a notice up: today is its first day; its end and what it shows are frozen. Raises Refused.

    `seen` is the `wording` that was read; None where nobody read a page.
    """

    async def job() -> None:
        await put_up(notice_id, by, now, zone, seen)

    await write(job)


async def put_up(notice_id: int, by: int, now: datetime, zone: ZoneInfo, seen: str | None = None) -> None:
    """`open_notice` inside the caller's transaction."""
    row = await locked(notice_id)
    stage = _after("open", row)
    read_as(row, seen)
    if (problem := opening_problem(Stage(row["stage"]), row["results"], row["about"])) is not None:
        raise Refused(problem)
    if problems := await reference_problems(row["about"], row["organisation"], ""):
        raise Refused(*problems)
    kept, start = await customs(), now.astimezone(zone).date()
    ends_at = await end_if_opened(row["days"], row["end_time"], now, zone)
    if isinstance(ends_at, Problem):
        raise Refused(ends_at)
    frozen = {
        "address": row["address"],
        "about": row["about"],
        "label": row["label"],
        "title": row["title"],
        "text": row["text"],
        "contact": row["contact"],
        "starts_on": start.isoformat(),
        "days": row["days"],
        "first_day_counts": kept.first_day_counts,
        "ends_at": ends_at.isoformat(),
        "table": asdict(table_of(row["shown"])),
    }
    snapshot = canonical(frozen)
    values = {
        "stage": stage.value,
        "starts_on": start,
        "first_day_counts": kept.first_day_counts,
        "ends_at": ends_at,
        "snapshot": snapshot,
        "snapshot_hash": sha256(snapshot),
        "opened_by": by,
        "opened_at": now,
    }
    await Notice.update(by_column(values)).where(Notice.id == notice_id)
    payload = {"sha256": sha256(snapshot), "starts_on": start.isoformat(), "ends_at": ends_at.isoformat()}
    record(notice_id, "notice.opened", by, {**payload, "days": row["days"]}, about=row["about"])
    _shown_anew(row["address"])
    if row["replaces"]:
        old = await Notice.select(Notice.address).where(Notice.id == row["replaces"]).first()
        _shown_anew(str(old["address"]) if old else row["address"])  # its page names the new one


async def end_if_opened(length: int, end_time: str, now: datetime, zone: ZoneInfo) -> datetime | Problem:
    """When a notice of so many working days ends that is opened now; what `put_up` freezes."""
    counts = (await customs()).first_day_counts
    last = days.notice_end(now.astimezone(zone).date(), length, counts, await day_table())
    return last if isinstance(last, Problem) else moment(last, end_time, zone)


async def stop(notice_id: int, reason: str, by: int, now: datetime) -> None:
    """Stop an open notice before its end, with a reason that everybody reads. Raises Refused."""
    if (problem := reason_problem(reason)) is not None:
        raise Refused(problem)

    async def job() -> None:
        row = await step_taken(notice_id, "stop")
        if row["ends_at"] <= now:
            raise Refused(Problem("notice_ended"))
        values = {"stopped_by": by, "stopped_at": now, "stop_reason": reason.strip()}
        await Notice.update(by_column(values)).where(Notice.id == notice_id)
        record(notice_id, "notice.stopped", by, about=row["about"])
        _shown_anew(row["address"])

    await write(job)


async def locked(notice_id: int) -> dict[str, Any]:
    """The notice, its row locked until the transaction ends; only inside one. Raises NotFound."""
    if not await lock_row(Notice, notice_id):
        raise NotFound
    row: dict[str, Any] | None = await Notice.select().where(Notice.id == notice_id).first()
    if row is None:
        raise NotFound
    return row


def _after(step: str, row: dict[str, Any]) -> Stage:
    stage = after(step, Stage(row["stage"]))
    if isinstance(stage, Problem):
        raise Refused(stage)
    return stage


async def step_taken(notice_id: int, step: str) -> dict[str, Any]:
    """Lock the row, check the step, take it; answers the row as it stood before."""
    row = await locked(notice_id)
    await Notice.update({Notice.stage: _after(step, row).value}).where(Notice.id == notice_id)
    return row


def read_as(row: dict[str, Any], seen: str | None) -> None:
    """Raises Refused where the notice does not say any more what was `seen` (None: nobody read a page)."""
    if seen is not None and seen != wording(row):
        raise Refused(Problem("notice_other_text"))


def by_column(values: dict[str, Any]) -> dict[Any, Any]:
    """Values by name as an update takes them."""
    return {getattr(Notice, name): value for name, value in values.items()}


def record(notice_id: int, act: str, by: int, payload: dict[str, Any] | None = None, about: str = "") -> None:
    """An act in the notice's stream of the ledger."""
    ledger.record(stream=f"notice:{notice_id}", act=act, actor=f"account:{by}", about=about, payload=payload)


def _shown_anew(address: str) -> None:
    generations.bump("process", f"notice:{address}")
