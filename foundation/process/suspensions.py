"""Suspended public pages: the only writer of `Suspension`, and what asks whether a page is one.

One authorised person suspends at once; a second confirms it, or two lift it again: a two-person act each. What the
second rejects or the first withdraws is lifted with it. The ledger's stream is `suspension:<id>`; addresses are in
it, reasons are not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.people.organisation_tables import ROOT_ID
from foundation.process.rules.suspending import covers, suspension_problems, typed_path
from foundation.process.suspension_tables import Suspension
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.copies import Copy
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import two_person
from foundation.work.two_person import Asked, Kind, Shown

__all__ = [
    "GENERATION",
    "SuspensionFacts",
    "ask_to_lift",
    "by_id",
    "covers",
    "load",
    "newest",
    "standing",
    "suspend",
    "suspended",
]

Line = TypeVar("Line")

GENERATION = "suspensions"  # counted with every change of what is suspended


@dataclass(frozen=True, slots=True)
class SuspensionFacts:
    """One suspension and where it stands."""

    id: int
    address: str
    reason: str
    suspended_by: int
    suspended_by_name: str
    suspended_at: datetime
    confirmed_at: datetime | None
    lifted_at: datetime | None

    @property
    def about(self) -> str:
        """How acts and the ledger name it."""
        return f"suspension:{self.id}"


@tried_again
async def suspend(typed: str, reason: str, by: int, now: datetime) -> int:
    """Take a public page down, with everything below it, from this commit on; answers the suspension's id.

    Whether a second person confirms it is asked in the same transaction. Raises Refused.
    """
    address = typed_path(typed)
    if problems := suspension_problems(address, reason):
        raise Refused(*problems)
    async with transaction():
        made = await Suspension.insert(
            Suspension(address=address, reason=reason.strip(), suspended_by=by, suspended_at=now)
        ).on_conflict(action="DO NOTHING")
        if not made:
            raise Refused(Problem("suspension_already", "address", {"address": address}))
        suspension_id = int(made[0]["id"])
        payload = {"suspension": suspension_id, "address": address}
        await two_person.ask(CONFIRM, f"suspension:{suspension_id}", payload, ROOT_ID, by, reason, now)
        _record(suspension_id, "suspended", by, address)
    return suspension_id


@tried_again
async def ask_to_lift(suspension_id: int, reason: str, by: int, now: datetime) -> None:
    """Ask for a page to be restored; a second person confirms it. Raises Refused, NotFound."""
    async with transaction():
        address = await _in_force(suspension_id)
        payload = {"suspension": suspension_id, "address": address}
        await two_person.ask(LIFT, f"suspension:{suspension_id}", payload, ROOT_ID, by, reason, now)


async def load() -> tuple[str, ...]:
    """The addresses that are suspended now, one small read."""
    rows = (
        await Suspension.select(Suspension.address).where(Suspension.lifted_at.is_null()).order_by(Suspension.address)
    )
    return tuple(row["address"] for row in rows)


_copy = Copy(GENERATION, load)


async def suspended(path: str) -> bool:
    """Whether a public page at this path is suspended: from memory until something changes; in a snapshot, as of it."""
    return covers(await _copy.now(), path)


async def standing(lines: Sequence[Line], path: Callable[[Line], str]) -> list[Line]:
    """Those lines of a public list whose page is not suspended."""
    down = await _copy.now()
    return [line for line in lines if not covers(down, path(line))]


async def newest(before: int | None, limit: int) -> list[SuspensionFacts]:
    """`limit` suspensions, those that were lifted too, the newest first."""
    query = _query()
    if before is not None:
        query = query.where(Suspension.id < before)
    return [_facts(row) for row in await query.order_by(Suspension.id, ascending=False).limit(limit)]


async def by_id(suspension_id: int) -> SuspensionFacts:
    """One suspension. Raises NotFound."""
    row = await _query().where(Suspension.id == suspension_id).first()
    if row is None:
        raise NotFound
    return _facts(row)


async def _confirmed(act: Asked, by: int, now: datetime) -> None:
    suspension_id = int(act.payload["suspension"])
    address = await _in_force(suspension_id)
    await Suspension.update({Suspension.confirmed_by: by, Suspension.confirmed_at: now}).where(
        Suspension.id == suspension_id
    )
    _record(suspension_id, "confirmed", by, address)


async def _not_confirmed(act: Asked, by: int, now: datetime) -> None:
    """Rejected by the second person, or taken back by the first: one alone keeps no page down."""
    suspension_id = int(act.payload["suspension"])
    await lock_row(Suspension, suspension_id)
    rows = (
        await Suspension.update({Suspension.lifted_by: by, Suspension.lifted_at: now})
        .where(Suspension.id == suspension_id, Suspension.lifted_at.is_null())
        .returning(Suspension.address)
    )
    if rows:  # two may have lifted it meanwhile
        _record(suspension_id, "lifted", by, str(rows[0]["address"]))


async def _lifted(act: Asked, by: int, now: datetime) -> None:
    suspension_id = int(act.payload["suspension"])
    address = await _in_force(suspension_id)
    await Suspension.update({Suspension.lifted_by: by, Suspension.lifted_at: now}).where(Suspension.id == suspension_id)
    _record(suspension_id, "lifted", by, address)


async def _in_force(suspension_id: int) -> str:
    """The address of a suspension that is in force, its row locked. Raises NotFound, Refused."""
    if not await lock_row(Suspension, suspension_id):
        raise NotFound
    row = (
        await Suspension.select(Suspension.address, Suspension.lifted_at).where(Suspension.id == suspension_id).first()
    )
    if row is None:
        raise NotFound
    if row["lifted_at"] is not None:
        raise Refused(Problem("suspension_lifted_already"))
    return str(row["address"])


def _record(suspension_id: int, act: str, by: int, address: str) -> None:
    generations.bump(GENERATION)
    ledger.record(
        stream=f"suspension:{suspension_id}",
        act=f"suspension.{act}",
        actor=f"account:{by}",
        payload={"address": address},
    )


def _query() -> Any:
    return Suspension.select(*Suspension.all_columns(), Suspension.suspended_by.name.as_alias("suspended_by_name"))


def _facts(row: Mapping[str, Any]) -> SuspensionFacts:
    return SuspensionFacts(**{name: row[name] for name in SuspensionFacts.__dataclass_fields__})


def _show(payload: Mapping[str, Any]) -> Shown:
    return ((N_("Address of the page"), str(payload["address"])),)


def _page(act: Asked) -> str:
    return "/suspensions"


CONFIRM = two_person.register(
    Kind(
        "suspension.confirm",
        N_("Confirm that a public page stays suspended"),
        _confirmed,
        _show,
        unperformed=_not_confirmed,
        address=_page,
    )
)
LIFT = two_person.register(
    Kind("suspension.lift", N_("Restore a suspended public page"), _lifted, _show, address=_page)
)
