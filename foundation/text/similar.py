"""Texts that are much like another: found by rare terms that they share, then compared exactly.

Knows the index; decides nothing: likeness finds re-wording, is right about two times of three, and so is shown and
asked about, never refused or merged by. Candidates come from the index by the text's rarest terms; a term that very
many have is asked for only together with its neighbours. A document that the asker may not see is never selected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from foundation.store import bulk
from foundation.text import documents, frequencies, index, postings, tokens
from foundation.text.expression import Expression, Token
from foundation.text.seen import Seen, condition, shown

RARE = 20_000  # a term of more documents than this is asked for only together with its neighbours
ASKED = 48  # rare terms
READ = 50_000  # documents that rare terms may have together, by what was counted last
FEW = 12  # fewer rare terms than this are joined by frequent ones with their neighbours
OF_EACH = 2_000  # documents of those at most, and of a term that was counted in few or none: there may be many by now
CANDIDATES = 1_500  # those that share most
COMPARED = 400  # of those that may be seen
READ_AT_ONCE = 500  # candidates, of which some may not be seen
LEAST = Fraction(3, 20)  # likeness below this is none
LEAST_SHARED = 4  # terms; of a text that has fewer, all


@dataclass(frozen=True, slots=True)
class Similar:
    """A row of a domain whose text is much like the one asked about.

    `likeness` is how many terms both have, of all that either has (Jaccard); `shared` are they, for marking.
    """

    kind: str
    item: int
    likeness: Fraction
    shared: tuple[str, ...]


async def similar(
    words: str, seen: Seen, *, kinds: Sequence[str] = (), own: tuple[str, int] | None = None, size: int = 5
) -> list[Similar]:
    """The texts that are most like these words, best first; never the asker's own (kind, item)."""
    wanted = tokens.terms(tokens.folded(words))
    async with postings.reading():
        may = shown(seen, kinds, await index.hidden())
        if not wanted or may.impossible:
            return []
        asked = units(list(wanted), await frequencies.of(wanted))
        rows = await _visible(await postings.sharing(asked, most=CANDIDATES), may)
    found = [_compared(wanted, row) for row in rows if (row["kind"], row["item"]) != own]
    return sorted((each for each in found if each), key=lambda each: (-each.likeness, each.kind, -each.item))[:size]


async def _visible(candidates: Sequence[int], may: Expression) -> list[documents.Record]:
    """The first of these documents that may be seen, `COMPARED` and one; read in parts, mostly the first is enough."""
    where, values = condition(may)
    found: list[documents.Record] = []
    for start in range(0, len(candidates), READ_AT_ONCE):
        part = candidates[start : start + READ_AT_ONCE]
        rows = await postings.records(part, "id", "kind", "item", "kept", where=where, values=values)
        places = {one: place for place, one in enumerate(part)}
        found += sorted(rows, key=lambda row: places[row["id"]])
        if len(found) > COMPARED:
            break
    return found[: COMPARED + 1]


def shared(words: str, other: str) -> tuple[str, ...]:
    """The terms that both texts have, for marking."""
    theirs = tokens.terms(tokens.folded(other))
    return tuple(term for term in tokens.terms(tokens.folded(words)) if term in theirs)


def _compared(wanted: Mapping[str, None], row: documents.Record) -> Similar | None:
    """The likeness of a candidate; None where the overlap is no real one."""
    other = tokens.terms(documents.kept_of(row).words)
    both = tuple(term for term in wanted if term in other)
    likeness = Fraction(len(both), len(wanted) + len(other) - len(both))
    if likeness < LEAST or len(both) < min(LEAST_SHARED, len(wanted)):
        return None
    return Similar(row["kind"], row["item"], likeness, both)


def units(wanted: Sequence[str], counts: Mapping[str, int]) -> list[tuple[Expression, int, int | None]]:
    """What the index is asked for a text's terms: each with its worth (rarer is more) and how many documents of it.

    None stands for all: a limit costs PostgreSQL a quarter more, so none is set where the count says enough.
    """
    by_rarity = sorted(range(len(wanted)), key=lambda at: (counts[wanted[at]].bit_length(), tokens.number(wanted[at])))
    rare: list[int] = []
    read = 0
    for at in by_rarity[:ASKED]:
        count = counts[wanted[at]]
        read += count
        if count > RARE or read > READ:
            break
        rare.append(at)
    found: list[tuple[Expression, int, int | None]] = []
    for at in rare:
        count = counts[wanted[at]]
        found.append((_all([wanted[at]]), _worth(count), None if count * 2 > OF_EACH else OF_EACH))
    for at in by_rarity[len(rare) :][: max(FEW - len(rare), 0)]:
        together = wanted[max(at - 1, 0) : at + 2]
        found.append((_all(together), _worth(min(counts[term] for term in together)), OF_EACH))
    return found


def _all(terms: Sequence[str]) -> Expression:
    return Expression().also(*([Token(term)] for term in terms))


def _worth(count: int) -> int:
    return max(24 - count.bit_length(), 1)


async def repeats(texts: Sequence[str], seen: Seen, *, kinds: Sequence[str] = ()) -> list[list[tuple[str, int]]]:
    """For each text, the rows (kind, item) that say exactly the same but for spaces and punctuation; a look-up."""
    asked = [documents.joined(tokens.folded(text)) for text in texts]
    async with postings.reading():
        may = shown(seen, kinds, await index.hidden())
        rows = await postings.repeating({documents.repeat_key(text) for text in asked if text}, may)
    same: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        same.setdefault(documents.joined(documents.kept_of(row).words), []).append((row["kind"], row["item"]))
    return [same.get(text, []) for text in asked]


async def in_batch(
    batch: str, seen: Seen, *, before: int | None = None, most: int = 50, kinds: Sequence[str] = ()
) -> tuple[list[tuple[tuple[str, int], list[Similar]]], int | None]:
    """One step of a job: for the next `most` documents of a batch, which others are like each; and where to go on.

    The batch itself may still be hidden; what its rows are compared with is what may be seen.
    """
    wish = Expression().also([documents.batch_facet(batch)])
    matched = await postings.match(wish, size=most, most=most, before=before)
    rows = await postings.records(matched.ids, "id", "kind", "item", "kept")
    found = []
    for row in sorted(rows, key=lambda row: -row["id"]):
        await bulk.breath()
        own = (row["kind"], row["item"])
        found.append((own, await similar(documents.kept_of(row).words, seen, kinds=kinds, own=own)))
    return found, matched.ids[-1] if len(matched.ids) == most else None
