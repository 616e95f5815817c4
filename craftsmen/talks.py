"""Talks of craftsmen (宣讲): the only writer of `Talk`, and how they are read.

A unit asks for a craftsman who has a public page; an officer above the speaker's unit agrees or refuses with a
reason; after the day the host counts the audience in 人次. Acts are in the stream `talk:<id>`, without any text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from craftsmen import may
from craftsmen.guild_tables import Talk
from craftsmen.rules.talks import Kind, Stage, TalkDraft, Total, after, overlapping, reason_problems, totals
from foundation.base import clock
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.people import organisation_moves, own, workers
from foundation.people.own import OwnRow, Section
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.people.worker_tables import Worker
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work.todo import Todo

PAGE = 30
TO_COUNT = timedelta(days=7)  # after a talk, its audience should be entered
TOLD = timedelta(days=14)  # how long a refusal stands on the host's desk, while its day has not come
MOST = 100_000  # talks that are summed


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """One talk as those concerned see it."""

    id: int
    speaker: int
    speaker_name: str
    speaker_unit: str
    host: int | None
    host_name: str
    kind: Kind
    topic: str
    place: str
    starts_at: datetime
    ends_at: datetime
    expected: int
    audience: int | None
    contact: str
    stage: Stage
    note: str
    revision: int
    asked_by: int


_COLUMNS = (
    *Talk.all_columns(),
    Talk.speaker.name.as_alias("speaker_name"),
    Talk.speaker.unit.name.as_alias("speaker_unit"),  # type: ignore[union-attr]
)


def _facts(row: Mapping[str, Any]) -> TalkFacts:
    same = {name: row[name] for name in TalkFacts.__dataclass_fields__ if name not in ("kind", "stage")}
    return TalkFacts(kind=Kind(row["kind"]), stage=Stage(row["stage"]), **same)


async def seen_by(user: SignedIn, stage: str = "", before: int | None = None) -> list[TalkFacts]:
    """Talks that this hat's units booked, or their craftsmen give; the newest first, one more than a page."""
    query = permitted(Talk.select(*_COLUMNS), may.SEE_TALKS, user)
    if stage:
        query = query.where(Talk.stage == stage)
    if before is not None:
        query = query.where(Talk.id < before)
    return [_facts(row) for row in await query.order_by(Talk.id, ascending=False).limit(PAGE + 1)]


async def for_user(user: SignedIn, talk_id: int, permission: Permission = may.SEE_TALKS) -> TalkFacts:
    """The talk, for whom it concerns. NotFound for anybody else."""
    if not 0 < talk_id < 2**31:
        raise NotFound
    row = await permitted(Talk.select(*_COLUMNS).where(Talk.id == talk_id), permission, user).first()
    if row is None:
        raise NotFound
    return _facts(row)


async def sums(user: SignedIn) -> list[Total]:
    """Talks that were held, by year and kind: how many, and their audience in 人次."""
    zone = clock.zone()
    query = Talk.select(Talk.starts_at, Talk.kind, Talk.audience).where(Talk.stage == Stage.HELD.value)
    rows = await permitted(query, may.SEE_TALKS, user).limit(MOST)
    return totals((row["starts_at"].astimezone(zone).date(), row["kind"], row["audience"] or 0) for row in rows)


@tried_again
async def ask(speaker: int, draft: TalkDraft, host: int, host_name: str, by: int, now: datetime) -> int:  # noqa: PLR0917
    """Ask for a craftsman; answers the talk's id. Raises Refused where they speak elsewhere at these hours."""
    async with transaction():
        await _lock_speaker(speaker)
        await _free(speaker, draft.starts_at, draft.ends_at, "from")
        values = {**asdict(draft), "kind": draft.kind.value, "host_name": draft.host_name or host_name}
        row = Talk(
            speaker=speaker, host=host, stage=Stage.ASKED.value, audience=None, note="", revision=1, asked_by=by,
            asked_at=now, changed_at=now, **values,
        )  # fmt: skip
        await row.save()
        _record(row.id, "talk.asked", f"account:{by}", {"speaker": speaker, "host": host, "kind": draft.kind.value})
    return int(row.id)


@tried_again
async def agree(talk_id: int, revision: int, by: str, now: datetime) -> None:
    """The speaker will come. Raises Refused for hours at which they speak elsewhere meanwhile."""
    async with transaction():
        asked = await Talk.select(Talk.speaker).where(Talk.id == talk_id).first()
        if asked is None:
            raise NotFound
        await _lock_speaker(asked["speaker"])  # two bookings of one speaker are agreed to one after the other
        row = await _locked(talk_id, "agree", revision)
        if row["speaker"] != asked["speaker"]:
            raise Refused(Problem("guild_changed_meanwhile"))
        if row["starts_at"] <= now:
            raise Refused(Problem("talk_over"))
        await _free(row["speaker"], row["starts_at"], row["ends_at"], "")
        await _save(row, {"stage": Stage.AGREED.value}, "talk.agreed", by, now)


async def refuse(talk_id: int, reason: str, revision: int, by: str, now: datetime) -> None:
    """The speaker cannot come; the host reads why. Raises Refused."""
    await _end(talk_id, "refuse", reason, revision, by, now)


async def cancel(talk_id: int, reason: str, revision: int, by: str, now: datetime) -> None:
    """Called off by either side; the other reads why. Raises Refused."""
    await _end(talk_id, "cancel", reason, revision, by, now)


@tried_again
async def hold(talk_id: int, audience: int, revision: int, by: str, now: datetime) -> None:
    """It was held, before so many (人次). Raises Refused before it began."""
    async with transaction():
        row = await _locked(talk_id, "hold", revision)
        if now < row["starts_at"]:
            raise Refused(Problem("talk_not_yet", "audience"))
        values = {"stage": Stage.HELD.value, "audience": audience}
        await _save(row, values, "talk.held", by, now, {"audience": audience})


@tried_again
async def _end(talk_id: int, step: str, reason: str, revision: int, by: str, now: datetime) -> None:  # noqa: PLR0917
    async with transaction():
        row = await _locked(talk_id, step, revision)
        if problems := reason_problems(reason):
            raise Refused(*problems)
        stage = after(step, Stage(row["stage"]))
        await _save(row, {"stage": stage, "note": reason.strip()}, f"talk.{stage}", by, now)


async def _lock_speaker(worker_id: int) -> None:
    """Lock who is to speak. Raises NotFound for a record that became part of another meanwhile."""
    await lock_row(Worker, worker_id)
    if not await Worker.exists().where(Worker.id == worker_id, Worker.merged_into.is_null()):
        raise NotFound


async def _free(speaker: int, starts_at: datetime, ends_at: datetime, field: str) -> None:
    """Raises Refused where the speaker is booked at these hours."""
    rows = await Talk.select(Talk.starts_at, Talk.ends_at).where(
        Talk.speaker == speaker, Talk.stage == Stage.AGREED.value, Talk.starts_at < ends_at, Talk.ends_at > starts_at
    )
    if overlapping(starts_at, ends_at, [(row["starts_at"], row["ends_at"]) for row in rows]):
        raise Refused(Problem("talk_hours_taken", field))


async def _locked(talk_id: int, step: str, revision: int) -> dict[str, Any]:
    if not await lock_row(Talk, talk_id):
        raise NotFound
    row: dict[str, Any] | None = await Talk.select().where(Talk.id == talk_id).first()
    if row is None:
        raise NotFound
    if after(step, Stage(row["stage"])) is None:
        raise Refused(Problem(f"talk_is_{row['stage']}"))
    if row["revision"] != revision:
        raise Refused(Problem("guild_changed_meanwhile"))
    return row


async def _save(  # noqa: PLR0917
    row: Mapping[str, Any], values: Mapping[str, Any], act: str, by: str, now: datetime,
    payload: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    written: Any = {**values, "revision": row["revision"] + 1, "changed_at": now}
    await Talk.update(written).where(Talk.id == row["id"])
    _record(row["id"], act, by, payload)


def _record(talk_id: int, act: str, by: str, payload: Mapping[str, Any] | None = None) -> None:
    ledger.record(stream=f"talk:{talk_id}", act=act, actor=by, payload=payload)


async def due(user: SignedIn, now: datetime) -> Sequence[Todo]:
    """Desk lines: bookings to answer, audiences to enter, and refusals to read."""
    found: list[Todo] = []
    if may.DECIDE_TALKS.possible(user):
        asked = Talk.select(*_COLUMNS).where(Talk.stage == Stage.ASKED.value, Talk.starts_at > now)
        rows = await permitted(asked, may.DECIDE_TALKS, user).order_by(Talk.starts_at).limit(50)
        found += [_line(row, "todo_talk_answer", row["starts_at"]) for row in rows]
    if may.BOOK_TALKS.possible(user):
        over = Talk.select(*_COLUMNS).where(Talk.stage == Stage.AGREED.value, Talk.ends_at < now)
        rows = await permitted(over, may.BOOK_TALKS, user).order_by(Talk.starts_at).limit(50)
        found += [_line(row, "todo_talk_count", row["ends_at"] + TO_COUNT) for row in rows]
        refused = Talk.select(*_COLUMNS).where(
            Talk.stage == Stage.REFUSED.value, Talk.starts_at > now, Talk.changed_at > now - TOLD
        )
        rows = await permitted(refused, may.BOOK_TALKS, user).order_by(Talk.starts_at).limit(50)
        found += [_line(row, "todo_talk_refused", row["starts_at"]) for row in rows]
    return found


def _line(row: Mapping[str, Any], code: str, until: datetime) -> Todo:
    return Todo(f"{row['speaker_name']} · {row['topic']}", Problem(code), f"/talks/{row['id']}", 1, "talk", until)


async def own_rows(worker_id: int) -> list[OwnRow]:
    """On the worker's own page: where they speak."""
    zone = clock.zone()
    rows = (
        await Talk.select(Talk.topic, Talk.place, Talk.starts_at)
        .where(Talk.speaker == worker_id, Talk.stage.is_in([Stage.AGREED.value, Stage.HELD.value]))
        .order_by(Talk.starts_at, ascending=False)
        .limit(50)
    )
    return [
        OwnRow(row["topic"], f"{row['starts_at'].astimezone(zone):%Y-%m-%d %H:%M} · {row['place']}") for row in rows
    ]


own.SECTIONS.append(Section(N_("My talks"), own_rows))


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records become one worker: their talks go along. Runs in the merging transaction."""
    await Talk.update({Talk.speaker: stays, Talk.changed_at: datetime.now(UTC)}).where(Talk.speaker == goes)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    await Talk.update({Talk.host: into_id}).where(Talk.host == from_id)


workers.on_merge(_follow_worker)
organisation_moves.on_merge(_follow_organisation)
