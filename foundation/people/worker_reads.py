"""Workers as those who keep them see them: what the worn hat may see is selected, and sealed fields are masked.

Writes nothing. ID numbers and telephones leave here masked; `workers.reveal` alone opens them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foundation.base import identity
from foundation.base.problem import NotFound
from foundation.people import may, privacy
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.people.tables import Account
from foundation.people.worker_tables import Worker, WorkerReveal


@dataclass(frozen=True, slots=True)
class WorkerFacts:
    """One worker; the ID number and the telephone are masked, and "" where there is none."""

    id: int
    name: str
    unit_id: int
    unit: str
    unit_path: str
    id_number: str
    phone: str
    gender: str
    birth_date: date | None
    ethnicity: str
    politics: str
    education: str
    title: str
    grade: str
    occupation: str
    occupation_code: str
    migrant: bool
    new_form: bool
    front_line: bool
    revision: int
    merged_into: int | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody saw a sealed field in clear."""

    field: str
    who: str
    reason: str
    at: datetime


_FACTS = (
    *(column for column in Worker.all_columns() if column._meta.name not in ("unit", "folded", "letters", "initials")),
    Worker.unit,
    Worker.unit.name.as_alias("unit_name"),
    Worker.unit.path.as_alias("unit_path"),
)


async def for_user(user: SignedIn, worker_id: int, permission: Permission = may.KEEP_WORKERS) -> WorkerFacts:
    """The worker, for whoever keeps their unit. NotFound for anybody else, who selects nothing."""
    if not 0 < worker_id < 2**31:
        raise NotFound
    query = Worker.select(*_FACTS).where(Worker.id == worker_id)
    row = await permitted(query, permission, user).first()
    if row is None:
        raise NotFound
    return _facts(row)


async def by_id(worker_id: int) -> WorkerFacts | None:
    """The worker, for rules and for their own page; pages of other people use `for_user`."""
    row = await Worker.select(*_FACTS).where(Worker.id == worker_id).first()
    return _facts(row) if row else None


def _facts(row: Mapping[str, Any]) -> WorkerFacts:
    own = {"unit_id", "unit", "id_number", "phone"}
    return WorkerFacts(
        unit_id=row["unit"],
        unit=row["unit_name"],
        id_number=identity.masked_id(privacy.opened(row["id_sealed"])),
        phone=identity.masked_phone(privacy.opened(row["phone_sealed"])),
        **{name: row[name] for name in WorkerFacts.__dataclass_fields__ if name not in own},
    )


async def looks(worker_id: int, limit: int = 20) -> list[Look]:
    """Who saw sealed fields of this worker, and why, newest first."""
    rows = (
        await WorkerReveal.select(WorkerReveal.field, WorkerReveal.account_id, WorkerReveal.reason, WorkerReveal.at)
        .where(WorkerReveal.worker == worker_id)
        .order_by(WorkerReveal.id, ascending=False)
        .limit(limit)
    )
    ids = {row["account_id"] for row in rows}
    found = await Account.select(Account.id, Account.name).where(Account.id.is_in(list(ids))) if ids else []
    called = {row["id"]: row["name"] for row in found}
    return [Look(row["field"], called.get(row["account_id"], ""), row["reason"], row["at"]) for row in rows]
