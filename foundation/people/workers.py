"""Workers: the only writer of `Worker` (with `worker_merging`), and of who looked at what is sealed about them.

A person once: an ID number that comes again finds the same worker. The ledger's stream `worker:<id>` holds which
fields changed and who looked, never what stands in them.
"""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeAlias

from piccolo.columns import Column

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, own, privacy
from foundation.people.organisation_tables import Organisation
from foundation.people.worker_facts import Given
from foundation.people.worker_reads import WorkerFacts
from foundation.people.worker_tables import Worker, WorkerReveal
from foundation.store import engines, ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import transaction
from foundation.text import names

ADULT = 18  # years; nobody younger has a public page
LONGEST_REASON = 500
SEALED_FIELDS = {"id_number": Worker.id_sealed, "phone": Worker.phone_sealed}

Values: TypeAlias = dict[Column | str, Any]
Mover: TypeAlias = Callable[[int, int], Awaitable[None]]
"""Takes the id that goes and the id that stays, inside the merging transaction."""

MOVERS: list[Mover] = []


def on_merge(mover: Mover) -> Mover:
    """Have `mover` bring a package's references along whenever two workers become one."""
    MOVERS.append(mover)
    return mover


def may_be_public(worker: WorkerFacts, today: date) -> bool:
    """Whether a public page may exist at all: of age today, by a birth date that is known. Consents come on top."""
    return worker.merged_into is None and is_of_age(worker.birth_date, today)


def is_of_age(birth_date: date | None, today: date) -> bool:
    """Whether somebody is 18 or older; False where nobody knows."""
    if birth_date is None:
        return False
    return (today.year - birth_date.year, today.month, today.day) >= (ADULT, birth_date.month, birth_date.day)


@tried_again
async def create(given: Given, unit_id: int, by: str, now: datetime) -> tuple[int, bool]:
    """Make a worker, or find the one who has this ID number already; answers the id and whether it was made.

    A worker who was found is left as they are. Raises Refused for a unit that is closed or unknown.
    """
    async with transaction():
        worker_id, made = await make(given, unit_id, by, now)
    return worker_id, made


async def make(given: Given, unit_id: int, by: str, now: datetime) -> tuple[int, bool]:
    """`create` within the caller's transaction."""
    await _check_unit(unit_id)
    row = Worker(**_columns(given), unit=unit_id, created_at=now, changed_at=now)
    made = await Worker.insert(row).on_conflict(action="DO NOTHING")
    if not made:
        found = await Worker.select(Worker.id).where(Worker.id_hash == row.id_hash).first()
        if found is None:
            raise Refused(Problem("worker_again"))
        return int(found["id"]), False
    worker_id = int(made[0]["id"])
    ledger.record(stream=f"worker:{worker_id}", act="worker.created", actor=by, payload={"unit": unit_id})
    return worker_id, True


async def change(worker_id: int, given: Given, unit_id: int, *, revision: int, by: str, now: datetime) -> None:
    """Replace what is known by `given`; an empty ID number or telephone leaves what is sealed as it is.

    `revision` is what the form showed. Raises NotFound, and Refused (`worker_changed`) where somebody was quicker.
    """
    try:
        await _change(worker_id, given, unit_id, revision, by, now)
    except engines.current().integrity as error:  # two records were given one ID number at the same moment
        raise Refused(Problem("worker_id_taken", "id_number")) from error


@tried_again
async def _change(  # noqa: PLR0917
    worker_id: int, given: Given, unit_id: int, revision: int, by: str, now: datetime
) -> None:
    async with transaction():
        await _check_unit(unit_id)  # before the worker, as merging two units does
        row = await _locked(worker_id)
        if row["revision"] != revision:
            raise Refused(Problem("worker_changed"))
        wanted = {**_columns(given), "unit": unit_id}
        if given.id_number and await _is_taken(wanted["id_hash"], worker_id):
            raise Refused(Problem("worker_id_taken", "id_number"))
        for name in ("id", "phone"):  # nothing typed, or what is sealed already
            if wanted[f"{name}_hash"] in ("", row[f"{name}_hash"]):
                del wanted[f"{name}_hash"], wanted[f"{name}_sealed"]
        changed: Values = {name: value for name, value in wanted.items() if row[name] != value}
        if changed:
            fields = sorted(name for name in wanted if name in changed and name not in _DERIVED)
            changed |= {"revision": revision + 1, "changed_at": now}
            await Worker.update(changed).where(Worker.id == worker_id)
            if "phone_hash" in changed:
                await own.end_all(worker_id)  # what the old telephone's owner can open
            ledger.record(stream=f"worker:{worker_id}", act="worker.changed", actor=by, payload={"fields": fields})


@tried_again
async def forget_phone(worker_id: int, by: str, now: datetime) -> None:
    """Remove the telephone: it belongs to somebody else now. Raises NotFound."""
    async with transaction():
        row = await _locked(worker_id)
        await own.end_all(worker_id)
        values: Values = {Worker.phone_sealed: "", Worker.phone_hash: "", Worker.changed_at: now}
        await Worker.update({**values, Worker.revision: row["revision"] + 1}).where(Worker.id == worker_id)
        ledger.record(stream=f"worker:{worker_id}", act="worker.phone_forgotten", actor=by)


@tried_again
async def reveal(worker_id: int, field: str, reason: str, account_id: int, now: datetime) -> str:
    """One sealed field in clear, for one page; who looked, and the reason's digest, are in the ledger before.

    The caller has loaded the worker through what this person may see. Raises Refused, NotFound.
    """
    reason = reason.strip()
    if field not in SEALED_FIELDS:
        raise NotFound
    if not reason:
        raise Refused(Problem("worker_reason_empty", "reason"))
    if len(reason) > LONGEST_REASON:
        raise Refused(Problem("worker_text_long", "reason", {"most": str(LONGEST_REASON)}))
    salt = secrets.token_hex(16)
    async with transaction():
        row = await _locked(worker_id)
        look = WorkerReveal(worker=worker_id, field=field, account_id=account_id, reason=reason, salt=salt, at=now)
        await look.save()
        ledger.record(
            stream=f"worker:{worker_id}",
            act="worker.revealed",
            actor=f"account:{account_id}",
            payload={"field": field, "look": look.id, "reason": hashlib.sha256(f"{salt}{reason}".encode()).hexdigest()},
        )
    return privacy.opened(row[SEALED_FIELDS[field]._meta.name])


async def lock_standing(worker_ids: Iterable[int]) -> dict[int, int]:
    """Within the caller's transaction, for whoever makes something refer to workers: each id and who that is now.

    Who was merged away leads to the one that stays. Until COMMIT none of those answered becomes part of another: the
    merge waits, and then moves what was made along. Read after the lock, since one that waited saw what stood before.
    """
    leads = {one: one for one in worker_ids}
    unsure = set(leads.values())
    while unsure:
        kept = await lock_rows(Worker, unsure, share=True)
        rows = await Worker.select(Worker.id, Worker.merged_into).where(Worker.id.is_in(kept)) if kept else []
        merged = {row["id"]: row["merged_into"] for row in rows if row["merged_into"] is not None}
        leads = {one: merged.get(now, now) for one, now in leads.items() if now not in unsure or now in kept}
        unsure = set(merged.values())
    return leads


async def _locked(worker_id: int) -> dict[str, Any]:
    """The row, locked, then read; NotFound for none and for one that was merged away."""
    if not await lock_row(Worker, worker_id):
        raise NotFound
    row = await Worker.select().where(Worker.id == worker_id).first()
    if row is None or row["merged_into"] is not None:
        raise NotFound
    return row


async def _is_taken(id_hash: str, worker_id: int) -> bool:
    return await Worker.exists().where(Worker.id_hash == id_hash, Worker.id != worker_id)


async def _check_unit(unit_id: int) -> None:
    """A unit that stays open until COMMIT. Raises Refused where it is not."""
    await lock_row(Organisation, unit_id, share=True)
    if not await Organisation.exists().where(
        Organisation.id == unit_id,
        Organisation.active == True,  # noqa: E712 - a column, not a truth
    ):
        raise Refused(Problem("worker_unit_closed", "unit"))


_DERIVED = ("folded", "sound_key", "stroke_key", "letters", "initials", "id_sealed", "phone_sealed")


def _columns(given: Given) -> dict[str, Any]:
    """The row's own columns, by name."""
    return {
        "name": given.name,
        "folded": names.compared(given.name)[: names.LONGEST_NAME],
        "sound_key": names.pinyin_key(given.name),
        "stroke_key": names.stroke_key(given.name),
        "letters": names.letters_of(given.name),
        "initials": names.initials_of(given.name),
        "id_sealed": privacy.seal(given.id_number),
        "id_hash": privacy.keyed_hash("id_number", given.id_number) if given.id_number else "",
        "phone_sealed": privacy.seal(given.phone),
        "phone_hash": privacy.keyed_hash("phone", given.phone) if given.phone else "",
        "gender": given.gender,
        "birth_date": given.birth_date,
        "ethnicity": given.ethnicity,
        "politics": given.politics,
        "education": given.education,
        "title": given.title,
        "grade": given.grade,
        "occupation": given.occupation,
        "occupation_code": given.occupation_code,
        "migrant": given.migrant,
        "new_form": given.new_form,
        "front_line": given.front_line,
    }


async def _follow(from_id: int, into_id: int) -> None:
    """Two units become one: their workers go along. Runs in the merging transaction."""
    await Worker.update({Worker.unit: into_id}).where(Worker.unit == from_id)


async def _who_follows(from_id: int) -> list[Problem]:
    count = await Worker.count().where(Worker.unit == from_id, Worker.merged_into.is_null())
    return [Problem("workers_will_move", params={"count": str(count)})] if count else []


organisation_moves.on_merge(_follow, _who_follows)
