"""In how many documents terms stand, about: counted in steps, now and then, to know which terms are rare.

The only writer of `text_frequency`. Approximate by intent: what is changed or taken out stays counted until a
rebuild. The way of a count is in the database, so any process goes on where another stopped.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence

from foundation.store.bulk import breath
from foundation.store.locks import lock_name
from foundation.store.transactions import Transaction, transaction
from foundation.text import documents, postings, tokens
from foundation.text.tables import Document

STEP = 400  # documents in one transaction: about 15 ms of writing


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
    while True:
        async with postings.reading() as held:
            last = int((await held.run("SELECT coalesce(max(id), 0) AS last FROM text_document"))[0]["last"])
            mark = int((await held.run("SELECT value FROM text_state WHERE name = 'counted'"))[0]["value"])
        if mark >= last:
            return
        yield await _step(), last
        await breath()


async def _step() -> int:
    """Count the next few documents; answers the last id that is counted now."""
    async with transaction() as held:
        await lock_name("text:frequencies")
        mark = int((await held.run("SELECT value FROM text_state WHERE name = 'counted'"))[0]["value"])
        query = Document.select(Document.id, Document.kept).where(Document.id > mark).order_by(Document.id)
        rows = await query.limit(STEP)
        if not rows:
            return mark
        await count(held, (documents.kept_of(row).words for row in rows))
        last = int(rows[-1]["id"])
        await held.run("UPDATE text_state SET value = {} WHERE name = 'counted'", last)
    return last


async def count(held: Transaction, texts: Iterable[str]) -> None:
    """Add the terms of some folded texts."""
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update({tokens.number(term) for term in tokens.terms(text)})
    await add(held, sorted(counts.items()))


async def add(held: Transaction, counts: Sequence[tuple[int, int]]) -> None:
    """Add to the counts of some numbers of terms, in the order of the numbers."""
    if not counts:
        return
    onto = "ON CONFLICT (term) DO UPDATE SET documents = text_frequency.documents + excluded.documents"
    if held.engine.engine_type == "postgres":
        sql = f"INSERT INTO text_frequency (term, documents) SELECT * FROM unnest({{}}::int[], {{}}::int[]) {onto}"  # noqa: S608
        await held.run(sql, [term for term, _ in counts], [number for _, number in counts])
    else:
        await held.run_many(f"INSERT INTO text_frequency (term, documents) VALUES ({{}}, {{}}) {onto}", counts)  # noqa: S608
