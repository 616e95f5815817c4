"""The difficulty (难度系数) that is recorded of entries: the only reader and writer of `Coefficient`.

`record` belongs to `entries.py`, which holds the contest's lock. Who a contestant is, is not known here: the chief
judge's pages read it too.
"""

from collections.abc import Mapping
from typing import Any

from competitions.rules.difficulty import with_difficulty
from competitions.tables import Coefficient, Entry
from competitions.versions import frozen_scheme
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.tabulation.scheme import Aspect, Scheme

Typed = Mapping[int, Mapping[str, int | None]]
"""Millionths by entry id and aspect code; None takes the coefficient back."""


async def aspects_of(contest_id: int) -> tuple[Aspect, ...]:
    """The aspects that take a coefficient by the newest frozen scheme; none before it is frozen."""
    frozen = await frozen_scheme(contest_id)
    return with_difficulty(frozen.scheme) if frozen else ()


async def recorded(contest_id: int) -> dict[tuple[int, str], int]:
    """Millionths by entry id and aspect code, as recorded, whatever the scheme says now."""
    rows = await Coefficient.select(Coefficient.entry, Coefficient.aspect, Coefficient.value).where(
        Coefficient.entry.contest == contest_id
    )
    return {(row["entry"], row["aspect"]): row["value"] for row in rows}


async def counted(contest_id: int, scheme: Scheme) -> dict[tuple[int, str], int]:
    """The same, as far as `scheme` takes them: after an amendment what stands elsewhere counts nothing."""
    codes = {aspect.code for aspect in with_difficulty(scheme)}
    if not codes:
        return {}
    return {pair: value for pair, value in (await recorded(contest_id)).items() if pair[1] in codes}


async def record(contest_id: int, new: Typed, by: int) -> set[int]:
    """Record what changed; answers which entries (ids). Only in a transaction that holds the contest's lock.

    Raises NotFound for an entry of another contest, Refused for aspects that take no coefficient by the newest scheme.
    """
    if not any(new.values()):
        return set()
    known = await Entry.select(Entry.id).where(Entry.contest == contest_id)
    if not new.keys() <= {row["id"] for row in known}:
        raise NotFound
    codes = {aspect.code for aspect in await aspects_of(contest_id)}
    if strange := sorted({code for values in new.values() for code in values} - codes):
        raise Refused(*(Problem("coefficient_not_taken", "", {"aspect": code[:40]}) for code in strange))
    before = await recorded(contest_id)
    changed = set()
    for entry_id, values in sorted(new.items()):
        fresh = {code: value for code, value in values.items() if value != before.get((entry_id, code))}
        for code, value in fresh.items():
            await _put(entry_id, code, value, known=(entry_id, code) in before)
        if fresh:
            changed.add(entry_id)
            ledger.record(
                stream=f"contest:{contest_id}",
                act="entry.difficulty_set",
                actor=f"account:{by}",
                about=f"entry:{entry_id}",
                payload={"coefficients": fresh},
            )
    return changed


async def forget(entry_id: int) -> None:
    """Of an entry that leaves the list; the act is recorded by whoever removes it."""
    await Coefficient.delete().where(Coefficient.entry == entry_id)


async def _put(entry_id: int, code: str, value: int | None, *, known: bool) -> None:
    here: Any = (Coefficient.entry == entry_id) & (Coefficient.aspect == code)
    if value is None:
        await Coefficient.delete().where(here)
    elif known:
        await Coefficient.update({Coefficient.value: value}).where(here)
    else:
        await Coefficient(entry=entry_id, aspect=code, value=value).save()
