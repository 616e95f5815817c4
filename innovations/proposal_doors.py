"""Doors (扫码建议): the only writer of `ProposalDoor`, and how they are read.

A door's address is short enough to be typed from a poster and random enough that nobody finds one by counting; it is
no secret, for it hangs in a workshop. Where it is abused it is closed and another one made.
"""

import secrets as random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.locks import lock_name, lock_row
from innovations import may
from innovations.proposal_tables import ProposalDoor

LENGTH = 10  # letters of base 32: 50 bits
MOST = 60  # open doors of one unit: a workshop each
LONGEST_PLACE = 60


@dataclass(frozen=True, slots=True)
class Door:
    """An address at which a unit's workers propose."""

    id: int
    organisation_id: int
    organisation: str
    place: str
    code: str
    made_at: datetime
    closed_at: datetime | None

    @property
    def address(self) -> str:
        return f"/proposals/to/{self.code}"


_COLUMNS = (
    ProposalDoor.id, ProposalDoor.organisation.id.as_alias("organisation_id"),
    ProposalDoor.organisation.name.as_alias("organisation"), ProposalDoor.place, ProposalDoor.code,
    ProposalDoor.made_at, ProposalDoor.closed_at,
)  # fmt: skip


async def open_door(place: str, organisation_id: int, by: int, now: datetime) -> int:
    """A new door, for a workshop or (place "") the whole unit; answers its id. Raises Refused."""
    place = " ".join(place.split())
    if len(place) > LONGEST_PLACE:
        raise Refused(Problem("proposal_long", "place", {"most": str(LONGEST_PLACE), "length": str(len(place))}))
    code = "".join(random.choice(secrets.ALPHABET) for _ in range(LENGTH))

    async def job() -> int:
        await lock_name(f"proposal-doors:{organisation_id}")
        found = await ProposalDoor.select(ProposalDoor.place).where(
            ProposalDoor.organisation == organisation_id, ProposalDoor.closed_at.is_null()
        )
        if any(row["place"] == place for row in found):
            raise Refused(Problem("proposal_door_again", "place"))
        if len(found) >= MOST:
            raise Refused(Problem("proposal_doors_many", "place", {"most": str(MOST)}))
        row = ProposalDoor(organisation=organisation_id, place=place, code=code, made_by=by, made_at=now)
        await row.save()
        _record(row.id, "opened", by, {"organisation": organisation_id})
        return int(row.id)

    return await write(job)


async def close_door(door_id: int, by: int, now: datetime) -> None:
    """From now on the address opens nothing; a second time is once. Raises NotFound."""

    async def job() -> None:
        if not await lock_row(ProposalDoor, door_id):
            raise NotFound
        closed = (
            await ProposalDoor.update({ProposalDoor.closed_at: now})
            .where(ProposalDoor.id == door_id, ProposalDoor.closed_at.is_null())
            .returning(ProposalDoor.id)
        )
        if closed:
            _record(door_id, "closed", by, {})

    await write(job)


async def by_code(text: str) -> Door:
    """The open door of an active unit, however its code was typed. Raises NotFound."""
    code = secrets.read_code(text)
    if len(code) != LENGTH:
        raise NotFound
    row = (
        await ProposalDoor.select(*_COLUMNS)
        .where(
            ProposalDoor.code == code,
            ProposalDoor.closed_at.is_null(),
            ProposalDoor.organisation.active == True,  # noqa: E712 - SQL
        )
        .first()
    )
    if row is None:
        raise NotFound
    return Door(**row)


async def of_unit(user: SignedIn) -> list[Door]:
    """The doors of this hat's unit, open ones first, then the newest."""
    query = permitted(ProposalDoor.select(*_COLUMNS), may.KEEP_DOORS, user)
    found = [Door(**row) for row in await query.order_by(ProposalDoor.id, ascending=False).limit(4 * MOST)]
    return sorted(found, key=lambda door: door.closed_at is not None)


async def for_user(user: SignedIn, door_id: int) -> Door:
    """One of them. Raises NotFound for anybody else."""
    row = await permitted(
        ProposalDoor.select(*_COLUMNS).where(ProposalDoor.id == door_id), may.KEEP_DOORS, user
    ).first()
    if row is None:
        raise NotFound
    return Door(**row)


def _record(door_id: int, act: str, by: int, payload: dict[str, Any]) -> None:
    ledger.record(stream=f"proposal-door:{door_id}", act=f"proposal_door.{act}", actor=f"account:{by}", payload=payload)


async def _follow(from_id: int, into_id: int) -> None:
    """Two organisations become one: posters that hang go on leading somewhere. Runs in the merging transaction."""
    await ProposalDoor.update({ProposalDoor.organisation: into_id}).where(ProposalDoor.organisation == from_id)


organisation_moves.on_merge(_follow)
