"""In how many documents terms stand, about: counted now and then, to know which terms are rare.

The only writer of `text_frequency`. Approximate by intent: what is changed or taken out stays counted until a
rebuild, and a process that dies while it writes leaves a step counted in part. How far the count is, is in the
database, so any process goes on where another stopped, and none counts what another has taken.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence

from foundation.store import engines
from foundation.store.bulk import breath
from foundation.store.locks import lock_name
from foundation.store.transactions import Transaction, transaction
from foundation.text import documents, postings, tokens
from foundation.text.tables import Document, IndexState

STEP = 4_000  # documents that are counted together: the more, the fewer times a frequent term is written
AT_ONCE = 200  # documents between two breaths
WRITTEN = 2_000  # terms in one transaction: about 10 ms of writing


async def of(terms: Iterable[str]) -> dict[str, int]:
    """For each term, in how many documents it stood when they were last counted; 0 for those of since then."""
    numbers = {term: tokens.number(term) for term in terms}
    if not numbers:
        return {}
    async with postings.reading() as held:
        places = ", ".join("{}" for _ in numbers)
        sql = f"SELECT term, documents FROM text_frequency WHERE term IN ({places})"  # noqa: S608 - places only
        rows = await held.run(sql, *numbers.values())
    found = {row["term"]: row["documents"] for row in rows}
    return {term: found.get(number, 0) for term, number in numbers.items()}


async def refresh() -> AsyncIterator[tuple[int, int]]:
    """Count the documents that came since the last time; yields (counted up to, up to) after each step."""
    at_once = 2 if engines.current().engine_type == "postgres" else 1  # one counts while the database writes the other
    while claimed := [claim for _ in range(at_once) if (claim := await _claim()) is not None]:
        async with asyncio.TaskGroup() as parts:
            for first, last in claimed:
                parts.create_task(_count(first, last))
        rows = await Document.select(Document.id).order_by(Document.id, ascending=False).limit(1)
        done = claimed[-1][1]
        yield done, max(rows[0]["id"] if rows else 0, done)


async def _claim() -> tuple[int, int] | None:
    """Take the next documents to be counted: those above the first id up to the last; None where there are none."""
    async with transaction():
        await lock_name("text:frequencies")
        mark = (await IndexState.select(IndexState.value).where(IndexState.name == "counted"))[0]["value"]
        query = Document.select(Document.id).where(Document.id > mark).order_by(Document.id)
        rows = await query.limit(STEP)
        if not rows:
            return None
        last = rows[-1]["id"]
        await IndexState.update({IndexState.value: last}).where(IndexState.name == "counted")
    return mark, last


async def _count(first: int, last: int) -> None:
    counts: Counter[str] = Counter()
    while first < last:
        query = Document.select(Document.id, Document.kept).where(Document.id > first, Document.id <= last)
        rows = await query.order_by(Document.id).limit(AT_ONCE)
        for row in rows:
            counts.update(tokens.terms(documents.kept_of(row).words).keys())
        first = rows[-1]["id"] if rows else last
        await breath()
    numbers: Counter[int] = Counter()
    for term, number in counts.items():
        numbers[tokens.number(term)] += number
    ordered = sorted(numbers.items())
    for start in range(0, len(ordered), WRITTEN):
        async with transaction() as held:
            await _add(held, ordered[start : start + WRITTEN])
        await breath()


async def _add(held: Transaction, counts: Sequence[tuple[int, int]]) -> None:
    """Add to the counts of some numbers of terms, in the order of the numbers, so that two never wait in a ring."""
    onto = "ON CONFLICT (term) DO UPDATE SET documents = text_frequency.documents + excluded.documents"
    if held.engine.engine_type == "postgres":
        sql = f"INSERT INTO text_frequency (term, documents) SELECT * FROM unnest({{}}::int[], {{}}::int[]) {onto}"  # noqa: S608
        await held.run(sql, [term for term, _ in counts], [number for _, number in counts])
    else:
        await held.run_many(f"INSERT INTO text_frequency (term, documents) VALUES ({{}}, {{}}) {onto}", counts)  # noqa: S608
