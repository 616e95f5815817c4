"""Honours as those who keep or report them see them: the register with its search, one honour, its history.

Writes nothing; what the worn hat may see is selected. Internal reasons are read by those who keep the title alone.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen import may
from craftsmen.honour_facts import COLUMNS, HonourFacts, facts
from craftsmen.honour_tables import Honour, HonourChange
from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.people.tables import Account

SIZE = 50
LAST = "\U0010ffff"  # after every text that starts alike
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Search:
    """What the register is narrowed to; empty fields narrow nothing."""

    text: str = ""  # the beginning of a name or of a unit, an address, or a document
    title: str = ""  # code
    stage: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to an honour. `fields` are (name, before, after)."""

    version: int
    what: str
    fields: tuple[tuple[str, str, str], ...]
    public_reason: str
    internal_reason: str  # empty for those who may not read it
    who: str
    at: datetime


async def for_user(user: SignedIn, honour_id: int, permission: Permission = may.SEE_HONOURS) -> HonourFacts:
    """The honour, if this person may do that to it. NotFound for strangers."""
    if not 0 < honour_id < 2**31:
        raise NotFound
    row = await permitted(Honour.select(*COLUMNS).where(Honour.id == honour_id), permission, user).first()
    if row is None:
        raise NotFound
    return facts(row)


async def allows(user: SignedIn, honour_id: int, permission: Permission) -> bool:
    """Whether this person may do that to the honour."""
    return await permission.allows(user, Honour.id == honour_id)


async def listing(user: SignedIn, search: Search, before: int | None = None, size: int = SIZE) -> list[HonourFacts]:
    """The newest `size + 1` honours of this hat, older than the honour `before`."""
    query = permitted(Honour.select(*COLUMNS), may.SEE_HONOURS, user)
    if text := search.text.strip()[:LONGEST_SEARCH]:
        query = query.where(
            ((Honour.name >= text) & (Honour.name < text + LAST))
            | ((Honour.unit_name >= text) & (Honour.unit_name < text + LAST))
            | (Honour.address == text)
            | (Honour.document == text)
        )
    if search.title:
        query = query.where(Honour.title.code == search.title)
    if search.stage:
        query = query.where(Honour.stage == search.stage)
    if search.year:
        query = query.where(Honour.year == search.year)
    if before is not None:
        query = query.where(Honour.id < before)
    return [facts(row) for row in await query.order_by(Honour.id, ascending=False).limit(size + 1)]


async def history(honour_id: int, *, internal: bool) -> list[Change]:
    """What happened to an honour, newest first; with `internal`, the reasons for the files too."""
    columns = [one for one in HonourChange.all_columns() if internal or one._meta.name != "internal_reason"]
    rows = (
        await HonourChange.select(*columns)
        .where(HonourChange.honour == honour_id)
        .order_by(HonourChange.id, ascending=False)
    )
    called = await called_by_actor({row["by"] for row in rows})
    return [
        Change(
            version=row["version"],
            what=row["what"],
            fields=_fields(json.loads(row["before"]), json.loads(row["after"])),
            public_reason=row["public_reason"],
            internal_reason=row.get("internal_reason", ""),
            who=called.get(row["by"], ""),
            at=row["at"],
        )
        for row in rows
    ]


def _fields(before: Mapping[str, Any], later: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    shown = [name for name in later if name not in ("version", "stage", "public_reason", "worker", "unit", "city")]
    return tuple((name, _text(before.get(name)), _text(later[name])) for name in shown if name != "county")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, bool):
        return "✓" if value else "–"
    return "–" if value in (None, "") else str(value)


async def called_by_actor(actors: Collection[str]) -> dict[str, str]:
    """The names of the accounts among those who acted, by how the ledger writes them."""
    ids = sorted(int(number) for kind, _, number in (one.partition(":") for one in actors) if kind == "account")
    rows = await Account.select(Account.id, Account.name).where(Account.id.is_in(ids)) if ids else []
    return {f"account:{row['id']}": row["name"] for row in rows}
