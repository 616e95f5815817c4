"""What filters of the register offer, counted as lines come and go: the only writer of `ShownFacet`.

A list that is being registered is counted apart (`HonourListCount`), so that one statement adds the whole of it when
it becomes visible, or takes it away; it costs as much as the list has different values, not lines. Within the
caller's transaction, like all of `showing.py`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from craftsmen.honour_tables import HonourListCount
from craftsmen.rules.register import Facet, recounted
from craftsmen.showcase_tables import ShownFacet
from foundation.store import engines
from foundation.store.transactions import Transaction, TransactionError, mine

Line = Mapping[str, Any]


async def recount(before: Collection[Line], after: Collection[Line], shown: Collection[int]) -> None:
    """These lines stood, and those stand now; `shown` are the visible ones of their lists."""
    public: Counter[Facet] = Counter()
    lists = {line["honour_list"] for line in (*before, *after)}
    for one in sorted(lists, key=lambda one: one or 0):
        changed = recounted(_of(before, one), _of(after, one))
        if one is not None:
            await _count_apart(one, changed)
        if one is None or one in shown:
            public.update(changed)  # adds, whatever the sign
    await _count(public)


def _of(lines: Iterable[Line], one: int | None) -> list[Line]:
    return [line for line in lines if line["honour_list"] == one]


async def _count(changed: Mapping[Facet, int]) -> None:
    """In one order, so that two writers never wait for each other in a ring."""
    rows = [(*facet, changed[facet]) for facet in sorted(changed) if changed[facet]]
    if rows:
        await _held().run_many(
            "INSERT INTO shown_facet (scope, kind, value, parent, label, size) VALUES ({}, {}, {}, {}, {}, {}) "
            "ON CONFLICT (scope, kind, value, parent) DO UPDATE SET size = shown_facet.size + excluded.size, "
            "label = excluded.label",
            rows,
        )
        await ShownFacet.delete().where(ShownFacet.size <= 0)


async def _count_apart(list_id: int, changed: Mapping[Facet, int]) -> None:
    if changed:
        await _held().run_many(
            "INSERT INTO honour_list_count (honour_list, scope, kind, value, parent, label, size) "
            "VALUES ({}, {}, {}, {}, {}, {}, {}) ON CONFLICT (honour_list, scope, kind, value, parent) "
            "DO UPDATE SET size = honour_list_count.size + excluded.size, label = excluded.label",
            [(list_id, *facet, size) for facet, size in changed.items()],
        )


async def add_list(list_id: int) -> None:
    """The list is visible from now on: so is what it counts."""
    await _all_of(list_id, "size")


async def subtract_list(list_id: int) -> None:
    """The list is visible no more."""
    await _all_of(list_id, "-size")
    await ShownFacet.delete().where(ShownFacet.size <= 0)


async def _all_of(list_id: int, size: str) -> None:
    await _held().run(
        "INSERT INTO shown_facet (scope, kind, value, parent, label, size) "  # noqa: S608 - our own words
        f"SELECT scope, kind, value, parent, label, {size} FROM honour_list_count "
        "WHERE honour_list = {} AND size > 0 "
        "ORDER BY scope, kind, value, parent ON CONFLICT (scope, kind, value, parent) "
        "DO UPDATE SET size = shown_facet.size + excluded.size, label = excluded.label",
        list_id,
    )


async def rename_title(code: str, name: str) -> None:
    """A title is called otherwise."""
    for table in (ShownFacet, HonourListCount):
        await table.update({table.label: name}).where(table.kind == "title", table.value == code)


def _held() -> Transaction:
    held = mine(engines.current())
    if held is None:
        raise TransactionError("The register changes only inside a transaction.")
    return held
