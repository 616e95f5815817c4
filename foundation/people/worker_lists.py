"""Lists of workers and searching them, for those who keep them: only what the worn hat may see is selected.

Writes nothing, and opens nothing that is sealed: an ID number or a telephone is found by its keyed hash.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from piccolo.columns.combination import And, Or

from foundation.base import identity
from foundation.base.problem import NotFound, Problem
from foundation.people import may, privacy
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.people.worker_reads import WorkerFacts
from foundation.people.worker_tables import Worker
from foundation.text import names

ORDERS = {"sound": Worker.sound_key, "strokes": Worker.stroke_key}
LAST = "\U0010ffff"  # after every text that starts alike


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One worker in a list."""

    id: int
    name: str
    unit: str
    gender: str
    occupation: str
    grade: str
    numbered: bool  # whether an ID number is known


async def listing(
    user: SignedIn, size: int, order: str = "sound", search: str = "", after: int | None = None
) -> list[WorkerRow]:
    """At most `size + 1` workers of the hat's organisation and below, by sound or by strokes, after the worker `after`.

    `search` is the beginning of a name, of its letters ("fengyanqiu") or of its initials ("fyq"). Raises NotFound
    where `after` is nobody this person keeps.
    """
    key = ORDERS[order]
    query = permitted(Worker.select(*_ROW), may.KEEP_WORKERS, user).where(Worker.merged_into.is_null())
    if search:
        query = query.where(_begins(search))
    if after is not None:
        last = await permitted(Worker.select(key), may.KEEP_WORKERS, user).where(Worker.id == after).first()
        if last is None:
            raise NotFound
        at = last[key._meta.name]
        query = query.where(key >= at, Or(key > at, Worker.id > after))
    rows = await query.order_by(key, Worker.id).limit(size + 1)
    return [_row(row) for row in rows]


_ROW = (
    Worker.id, Worker.name, Worker.unit.name.as_alias("unit_name"), Worker.gender, Worker.occupation, Worker.grade,
    Worker.id_hash,
)  # fmt: skip


def _row(row: Mapping[str, Any]) -> WorkerRow:
    return WorkerRow(
        id=row["id"],
        name=row["name"],
        unit=row["unit_name"],
        gender=row["gender"],
        occupation=row["occupation"],
        grade=row["grade"],
        numbered=bool(row["id_hash"]),
    )


def as_row(facts: WorkerFacts) -> WorkerRow:
    """The line of a list for a worker who was loaded whole."""
    own = {"numbered"}
    values = {name: getattr(facts, name) for name in WorkerRow.__dataclass_fields__ if name not in own}
    return WorkerRow(**values, numbered=bool(facts.id_number))


def _begins(search: str) -> And | Or:
    text = names.compared(search)[: names.LONGEST_NAME]
    by_name = And(Worker.folded >= text, Worker.folded < text + LAST)
    if not text.isascii():
        return by_name
    by_letters = And(Worker.letters >= text, Worker.letters < text + LAST)
    by_initials = And(Worker.initials >= text, Worker.initials < text + LAST)
    return Or(Or(by_name, by_letters), by_initials)


async def by_number(user: SignedIn, typed: str) -> list[int] | None:
    """Whom an ID number or a telephone belongs to, of those this person keeps; None where `typed` is neither."""
    id_number, phone = identity.read_id_number(typed), identity.read_phone(typed)
    if len(id_number) == identity.ID_LENGTH and id_number[:-1].isdecimal():
        condition = Worker.id_hash == privacy.keyed_hash("id_number", id_number)
    elif not identity.check_phone(phone):
        condition = Worker.phone_hash == privacy.keyed_hash("phone", phone)
    else:
        return None
    query = permitted(Worker.select(Worker.id), may.KEEP_WORKERS, user)
    rows = await query.where(condition, Worker.merged_into.is_null()).order_by(Worker.id).limit(10)
    return [row["id"] for row in rows]


async def unit_for(user: SignedIn, typed: str) -> tuple[int, list[Problem]]:
    """The id of the active organisation at or below the worn hat with this name, short name or code; else problems."""
    typed = typed.strip()
    if user.hat is None:
        raise NotFound
    if not typed:
        return 0, [Problem("worker_unit_empty", "unit")]
    here = Organisation.select(Organisation.id, Organisation.name).where(
        below(Organisation.path, user.hat.path),
        Organisation.active == True,  # noqa: E712 - a column, not a truth
    )
    named = Or(Or(Organisation.name == typed, Organisation.short_name == typed), Organisation.code == typed.upper())
    rows = await here.where(named).order_by(Organisation.path).limit(2)
    if len(rows) == 1:
        return int(rows[0]["id"]), []
    if rows:
        return 0, [Problem("worker_unit_several", "unit", {"unit": typed[:100]})]
    return 0, [Problem("worker_unit_unknown", "unit", {"unit": typed[:100]})]
