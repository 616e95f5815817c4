"""Circulars as frozen values, for each kind of reader: the public, the units addressed, and those who write them.

Selects and writes nothing. A draft is selected only for those who may see drafts; an internal circular never for the
public; a unit selects what is addressed to it and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.columns.combination import And

from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.process.circular_tables import Circular, CircularReceipt
from foundation.process.may import RECEIVE_CIRCULARS, SEE_CIRCULARS
from foundation.process.rules.publishing import OUT, Stage

PAGE = 30

_STAGES_OUT = [stage.value for stage in OUT]


@dataclass(frozen=True, slots=True)
class CircularFacts:
    """A circular. `kinds`: those of organisations it is for, empty for all; `corrected_by`: address of a later one."""

    id: int
    organisation_id: int
    organisation: str
    organisation_path: str
    number: str
    address: str
    title: str
    text: str
    deadline: datetime | None
    contact_name: str
    contact_phone: str
    addressed_under: int
    addressed_name: str
    addressed_path: str
    kinds: tuple[str, ...]
    opens: str
    opens_label: str
    public: bool
    stage: Stage
    revision: int
    drafted_by: int
    authors: frozenset[int]
    created_at: datetime
    handed_in_at: datetime | None
    reviewed_by: int | None
    signed_by: int | None
    issued_at: datetime | None
    text_hash: str
    corrects: int | None
    corrects_number: str
    corrects_address: str
    corrects_public: bool
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @property
    def subject(self) -> str:
        return f"circular:{self.id}"


@dataclass(frozen=True, slots=True)
class Received:
    """A circular as a unit's list shows it."""

    id: int
    number: str
    title: str
    organisation: str
    issued_at: datetime
    deadline: datetime | None
    stage: Stage
    signed_at: datetime | None


async def public_circular(address: str) -> CircularFacts:
    """What everyone may read at this address. Raises NotFound."""
    return await _one(_query().where(Circular.address == address, *_public()))


async def public_page(before: tuple[datetime, int] | None, limit: int) -> list[CircularFacts]:
    """`limit` public circulars, the newest first, below the cursor (issued at, id)."""
    return await _below(_query().where(*_public()), before, limit)


async def for_desk(user: SignedIn, circular_id: int, permission: Permission = SEE_CIRCULARS) -> CircularFacts:
    """A circular, draft or not, for those who may do this with it. Raises NotFound."""
    return await _one(permitted(_query().where(Circular.id == circular_id), permission, user))


async def desk_page(user: SignedIn, stages: Sequence[str], before: int | None, limit: int) -> list[CircularFacts]:
    """`limit` circulars that this person may see, the newest first."""
    query = permitted(_query(), SEE_CIRCULARS, user).where(Circular.stage.is_in(list(stages)))
    if before is not None:
        query = query.where(Circular.id < before)
    return [_facts(row) for row in await query.order_by(Circular.id, ascending=False).limit(limit)]


async def received_circular(user: SignedIn, circular_id: int) -> CircularFacts:
    """An issued circular that is addressed to the unit of the hat. Raises NotFound."""
    return await _one(permitted(_query().where(Circular.id == circular_id, _out()), RECEIVE_CIRCULARS, user))


async def received_page(user: SignedIn, before: int | None, limit: int) -> list[Received]:
    """`limit` circulars addressed to the unit of the hat, the newest first, with when the unit signed for them."""
    query = permitted(_query().where(_out()), RECEIVE_CIRCULARS, user)
    facts = await _below(query, await _cursor(before), limit)
    signed = await receipts_of(user.hat.organisation_id if user.hat else 0, [one.id for one in facts])
    return [
        Received(
            one.id, one.number, one.title, one.organisation, one.issued_at, one.deadline, one.stage,
            signed[one.id].signed_at if one.id in signed else None,
        )
        for one in facts
        if one.issued_at is not None
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who signed for a unit, and when."""

    name: str
    signed_at: datetime


async def receipts_of(organisation_id: int, circulars: Sequence[int]) -> Mapping[int, Receipt]:
    """What this unit signed for, of these circulars."""
    if not circulars:
        return {}
    rows = await CircularReceipt.select(
        CircularReceipt.circular, CircularReceipt.name, CircularReceipt.signed_at
    ).where(CircularReceipt.organisation == organisation_id, CircularReceipt.circular.is_in(list(circulars)))
    return {row["circular"]: Receipt(row["name"], row["signed_at"]) for row in rows}


async def corrections_of(circular_id: int, *, public_only: bool) -> list[CircularFacts]:
    """The issued circulars that correct this one, the first first."""
    query = _query().where(Circular.corrects == circular_id, _out())
    if public_only:
        query = query.where(Circular.public == True)  # noqa: E712 - a column, not a truth
    return [_facts(row) for row in await query.order_by(Circular.id)]


async def corrections_for(user: SignedIn, circular_id: int) -> list[CircularFacts]:
    """The corrections of this one that are addressed to the unit of the hat too."""
    query = permitted(_query().where(Circular.corrects == circular_id, _out()), RECEIVE_CIRCULARS, user)
    return [_facts(row) for row in await query.order_by(Circular.id)]


def _out() -> Any:
    return And(Circular.number_key.is_not_null(), Circular.stage.is_in(_STAGES_OUT))


def _public() -> Sequence[Any]:
    return (_out(), Circular.public == True)  # noqa: E712 - a column, not a truth


def _query() -> Any:
    return Circular.select(
        *Circular.all_columns(),
        Circular.organisation.name.as_alias("organisation_name"),
        Circular.organisation.path.as_alias("organisation_path"),
        Circular.addressed_under.name.as_alias("addressed_name"),
        Circular.addressed_under.path.as_alias("addressed_path"),
        Circular.corrects.number.as_alias("corrects_number"),
        Circular.corrects.address.as_alias("corrects_address"),
        Circular.corrects.public.as_alias("corrects_public"),
    )


async def _cursor(circular_id: int | None) -> tuple[datetime, int] | None:
    """Where the circular of this id stands in the order of issuing."""
    if circular_id is None:
        return None
    row = await Circular.select(Circular.issued_at).where(Circular.id == circular_id).first()
    if row is None or row["issued_at"] is None:
        raise NotFound
    return row["issued_at"], circular_id


async def _below(query: Any, before: tuple[datetime, int] | None, limit: int) -> list[CircularFacts]:
    if before is not None:
        at, circular_id = before
        query = query.where((Circular.issued_at < at) | And(Circular.issued_at == at, Circular.id < circular_id))
    rows = await query.order_by(Circular.issued_at, Circular.id, ascending=False).limit(limit)
    return [_facts(row) for row in rows]


async def _one(query: Any) -> CircularFacts:
    row = await query.first()
    if row is None:
        raise NotFound
    return _facts(row)


def _facts(row: Mapping[str, Any]) -> CircularFacts:
    special = {
        "organisation_id": row["organisation"],
        "organisation": row["organisation_name"],
        "address": row["address"] or "",
        "kinds": tuple(part for part in row["addressed_kinds"].split(",") if part),
        "stage": Stage(row["stage"]),
        "authors": frozenset(int(part) for part in row["authors"].split(",") if part),
        "corrects_number": row["corrects_number"] or "",
        "corrects_address": row["corrects_address"] or "",
        "corrects_public": bool(row["corrects_public"]),
    }
    plain = {name: row[name] for name in CircularFacts.__dataclass_fields__ if name not in special}
    return CircularFacts(**plain, **special)
