"""What can be searched: one document a row of a domain, put in and taken out in the domain's own transaction.

The only writer of documents and hidden batches. Knows texts, facets and values; knows no kind's meaning. A document
holds what its row says in words, so whoever changes the row puts it again, and whoever removes it takes it out.

A batch (a sheet of 50,000 rows) is loaded hidden in as many transactions as it needs, and becomes visible, or
invisible again, by one small statement: its documents bear its facet, and searches leave hidden batches out.
"""

from collections.abc import Iterable

from foundation.store import bulk
from foundation.text import entering, expression, postings
from foundation.text.documents import Document, Record, batch_facet, entry_of, record_of
from foundation.text.tables import Document as Row
from foundation.text.tables import HiddenBatch

__all__ = ["Document", "hidden", "hide", "in_batch", "item_of", "number_of", "put", "remove", "show"]


async def put(*documents: Document) -> None:
    """Make documents findable as they are now, in the caller's transaction; new and changed ones alike.

    Raises TransactionError outside a transaction, ValueError for kinds, names and facets that are none.
    """
    entering.writing()
    wanted = {(each.kind, each.item): record_of(each) for each in documents}
    stands = await _standing(wanted)
    new = [record for key, record in wanted.items() if key not in stands]
    for record, one in zip(new, await bulk.next_ids(Row, len(new)) if new else [], strict=True):
        record["id"] = one
    await entering.add([entry_of(record) for record in new])
    before, after = [], []
    for key, old in stands.items():
        record = wanted[key] | {"id": old["id"]}
        if record != old:
            before.append(entry_of(old))
            after.append(entry_of(record))
    await entering.change(before, after)


async def remove(kind: str, items: Iterable[int]) -> None:
    """Take the documents of these rows out, in the caller's transaction; those that are not in are left alone."""
    entering.writing()
    stands = await _standing({(kind, item) for item in items})
    await entering.drop([entry_of(record) for record in stands.values()])


async def hide(batch: str) -> None:
    """Let nobody find the documents of a batch until it is shown; called before the first of them is put."""
    held = entering.writing()
    batch_facet(batch)
    await held.run("INSERT INTO text_hidden_batch (name) VALUES ({}) ON CONFLICT DO NOTHING", batch)


async def show(batch: str) -> None:
    """Let everybody find the documents of a batch whose facets they may see. Also ends a batch that was taken out."""
    entering.writing()
    await HiddenBatch.delete().where(HiddenBatch.name == batch)


async def in_batch(batch: str, most: int) -> list[tuple[str, int]]:
    """The last `most` rows, as (kind, item), whose documents are of a batch, hidden or not: for taking it out again."""
    wanted = expression.Expression().also([batch_facet(batch)])
    found = await postings.match(wanted, size=most, most=most)
    rows = await postings.records(found.ids, "id", "kind", "item")
    return [(row["kind"], row["item"]) for row in sorted(rows, key=lambda row: -row["id"])]


async def number_of(kind: str, item: int) -> int | None:
    """The number of a row's document, by which searches go on (`newest(before=…)`)."""
    row = await Row.select(Row.id).where(Row.kind == kind, Row.item == item).first()
    return int(row["id"]) if row else None


async def item_of(number: int) -> tuple[str, int] | None:
    """The row, as (kind, item), of a document's number."""
    row = await Row.select(Row.kind, Row.item).where(Row.id == number).first()
    return (row["kind"], int(row["item"])) if row else None


async def hidden() -> list[str]:
    """The batches that nobody is to find at this moment."""
    async with postings.reading() as held:
        return [row["name"] for row in await held.run("SELECT name FROM text_hidden_batch ORDER BY name")]


async def _standing(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Record]:
    """What the index has of these rows."""
    items: dict[str, list[int]] = {}
    for kind, item in keys:
        items.setdefault(kind, []).append(item)
    found: list[Record] = []
    for kind, some in items.items():
        found += await Row.select().where(Row.kind == kind, Row.item.is_in(some))
    return {(record["kind"], record["item"]): record for record in found}
