"""Searches: newest first, best first where there are few, counts up to a cap, facets of what was found.

Knows the index; knows no page and no language. What a person may see comes as groups of facets (`seen`) that every
hit must meet, and is part of what the database is asked: a document that the person may not see is never selected.
Phrases and the ends of ranges are checked in Python on the newest `CHECKED` candidates. No search looks at every row.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from foundation.text import documents, expression, index, postings, ranking
from foundation.text.bands import cover
from foundation.text.expression import Expression
from foundation.text.seen import EVERYTHING, Seen, shown
from foundation.text.wanted import Wanted, Word

__all__ = [
    "COUNTED", "EVERYTHING", "Found", "Hit", "Seen", "Wanted", "Word", "best", "facets", "newest", "without_each",
]  # fmt: skip

COUNTED = 10_000  # a count above this is "10,000+"
RANKED = 5_000  # so many hits are ranked at most
CHECKED = 3_000  # so many candidates are looked at for phrases and exact values
SIZE = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A document: its number in the index, and the row of the domain that it stands for."""

    id: int
    kind: str
    item: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `count` is exact unless `capped`: then there are more. `after` continues the search."""

    hits: tuple[Hit, ...] = ()
    count: int = 0
    capped: bool = False
    after: int | None = None


@dataclass(frozen=True, slots=True)
class _Matched:
    """Ids of hits, newest first; `last` is the oldest candidate where more of them were left unchecked."""

    ids: tuple[int, ...]
    count: int
    capped: bool
    last: int | None = None


async def newest(wanted: Wanted, seen: Seen, *, before: int | None = None, size: int = SIZE) -> Found:
    """The newest hits below `before` (`Found.after` of the page before). Counts are of what is left from there on."""
    async with postings.reading():
        matched = await _matched(wanted, seen, size=size + 1, most=COUNTED, before=before)
        hits = await _hits(matched.ids[:size])
    after = matched.ids[size - 1] if len(matched.ids) > size else matched.last
    return Found(hits, matched.count, matched.capped, after)


async def best(wanted: Wanted, seen: Seen, *, skip: int = 0, size: int = SIZE) -> Found | None:
    """The hits that fit best, from the one at `skip` on; None where there are too many to be ranked fairly."""
    async with postings.reading():
        matched = await _matched(wanted, seen, size=RANKED, most=RANKED)
        if matched.capped:
            return None
        rows = await postings.records(matched.ids, "id", "kept")
        order = ranking.ranked([word for word in wanted.words if not word.without], rows)
        hits = await _hits(order[skip : skip + size])
    return Found(hits, matched.count, after=skip + size if matched.count > skip + size else None)


async def facets(wanted: Wanted, seen: Seen, starts: Sequence[str]) -> tuple[Counter[str], bool]:
    """How many hits have each facet that begins with one of these; and whether only the newest hits were counted."""
    async with postings.reading():
        matched = await _matched(wanted, seen, size=COUNTED, most=COUNTED)
        rows = await postings.records(matched.ids, "facets")
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(row["facets"].split())
    good = tuple(starts)
    return Counter({each: n for each, n in counts.items() if each.startswith(good) and "." not in each}), matched.capped


async def without_each(wanted: Wanted, seen: Seen) -> list[tuple[Word, int, bool]]:
    """Where nothing is found: for each word, how many would be without it, and whether that count is capped."""
    found = []
    async with postings.reading():
        for word in wanted.words:
            rest = replace(wanted, words=tuple(each for each in wanted.words if each != word))
            matched = await _matched(rest, seen, size=1, most=COUNTED)
            found.append((word, matched.count, matched.capped))
    return found


async def _matched(wanted: Wanted, seen: Seen, *, size: int, most: int, before: int | None = None) -> _Matched:
    """Ids of hits, newest first, up to `size`; where the index does not settle it, of the newest candidates."""
    wish = asked(wanted, shown(seen, wanted.kinds, await index.hidden()))
    checked = wanted.checked
    if not checked and not wanted.value_cut:
        plain = await postings.match(wish, size=size, most=most, before=before)
        return _Matched(plain.ids, plain.count, plain.capped)
    candidates = await postings.match(wish, size=CHECKED, most=CHECKED, before=before)
    rows = await postings.records(candidates.ids, "id", "value", *(["kept"] if checked else []))
    if wanted.value is not None:
        rows = [row for row in rows if wanted.value.holds(row["value"])]
    if checked:
        rows = list(_with_phrases(rows, checked))
    good = sorted((row["id"] for row in rows), reverse=True)
    last = candidates.ids[-1] if candidates.capped else None
    return _Matched(tuple(good[:size]), len(good), candidates.capped, last)


def asked(wanted: Wanted, within: Expression) -> Expression:
    """What the index is asked for these words, facets and values, within what may be seen."""
    groups = [[expression.facet(facet) for facet in group] for group in wanted.facets]
    if wanted.value is not None:
        covered = cover(wanted.value)
        groups.append([documents.value_facet(band) for band in (*covered.whole, *covered.cut)])
    for word in wanted.words:
        if not word.without:
            groups += [[token] for token in expression.word(word.text, word.name)]
    without = [word for word in wanted.words if word.without and not word.checked]
    within = within.but(*([expression.facet(facet)] for facet in wanted.left_out))
    return within.also(*groups).but(*(expression.word(word.text, word.name) for word in without))


def _with_phrases(rows: list[documents.Record], words: Sequence[Word]) -> Iterator[documents.Record]:
    """Those of the candidates whose texts have all these phrases, and none of those that are not wanted."""
    # A text without the bytes of a phrase need not be read.
    quick = [word.text.encode(documents.CODING) for word in words if not word.without]
    for row in rows:
        if all(phrase in row["kept"] for phrase in quick):
            kept = documents.kept_of(row)
            if all(kept.holds(word.text, word.name) != word.without for word in words):
                yield row


async def _hits(ids: Sequence[int]) -> tuple[Hit, ...]:
    rows = {row["id"]: row for row in await postings.records(ids, "id", "kind", "item")}
    return tuple(Hit(one, rows[one]["kind"], rows[one]["item"]) for one in ids if one in rows)
