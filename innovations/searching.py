"""One search over proposals and innovations: what was typed is read, units are resolved, hits are counted and loaded.

A `Scope` says who searches: what may be seen, which kinds, how units are looked up and hits loaded. Everything that
comes back is of what that scope may see. Knows no page and no language; words come in with the scope.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from foundation.base.problem import NotFound, Problem
from foundation.people import organisation_moves
from foundation.people.organisation_tree import ROOT_PATH, OrganisationFacts, by_ids, is_below
from foundation.people.sessions import SignedIn
from foundation.text import search
from foundation.text.query import Asked, Field, Query, parse, rewritten
from foundation.text.search import Found, Hit, Seen, Wanted
from innovations import innovation_documents, proposal_index, search_lines, search_units
from innovations.innovation_documents import FOR_EVERYONE, KIND, SHOWN
from innovations.innovation_tables import Innovation
from innovations.may import SEE_INNOVATIONS, SEE_PROPOSALS
from innovations.may_innovations import VEILED
from innovations.search_fields import GROUPS, STARTS, Words, fields, told, typed
from innovations.search_lines import Line, Said
from innovations.search_units import Meant

SIZE = 20
OFFERED = 12  # values of one facet
MOVED = 1_000  # organisations that were moved last
FACETED = 400  # organisations among the facets that are looked at


@dataclass(frozen=True, slots=True)
class Scope:
    """Who searches, and in what."""

    seen: Seen
    kinds: tuple[str, ...]
    fields: Sequence[Field]
    words: Words
    units: Callable[[str], Awaitable[Meant]]
    load: Callable[[Sequence[Hit]], Awaitable[list[Said]]]
    left_out: tuple[str, ...] = ()  # facets of what is not seen all the same
    below: int | None = None  # the organisation whose members are offered to be narrowed to; None: cities


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to go on with: what it is called, how many there are, and the whole query that is asked then."""

    label: str
    query: str
    count: int = 0
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed, understood: `units` are the organisations meant, by what was typed for them."""

    text: str
    wanted: Wanted
    empty: bool
    problems: tuple[Problem, ...] = ()
    units: tuple[tuple[Asked, tuple[OrganisationFacts, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What was found. `ranked`: the best first; `crowded`: too many to be ranked, so the newest first."""

    lines: tuple[Line, ...] = ()
    count: int = 0
    capped: bool = False
    after: int | None = None
    ranked: bool = False
    crowded: bool = False


def for_everyone(words: Words) -> Scope:
    """The public library, and nothing else."""
    return Scope(
        FOR_EVERYONE, (SHOWN,), fields(words, inside=False), words, search_units.outside, search_lines.outside
    )  # fmt: skip


async def seen_by(user: SignedIn) -> tuple[Seen, tuple[str, ...]]:
    """What the hat of somebody reads, as facets of which one is needed and facets that are left out.

    A document has the organisations that stood above its unit when it was put. So those that were moved since are asked
    for themselves: below the hat now, they are seen; elsewhere, left out. What somebody reviews blind is left out too,
    for no count or facet may tell whose it is. Raises NotFound where no hat is worn.
    """
    hat = user.hat
    if hat is None:
        raise NotFound
    seen, out = [f"u{hat.organisation_id}"], [innovation_documents.itself(one) for one in await _veiled(user)]
    if hat.path != ROOT_PATH:
        for one, path in await organisation_moves.moved(MOVED):
            if is_below(path, hat.path):
                seen.append(f"u{one}")
            elif not is_below(hat.path, path):
                out.append(f"u{one}")
    return [list(dict.fromkeys(seen))], tuple(out)


async def for_reader(user: SignedIn, words: Words, only: str = "") -> Scope:
    """What the hat reads of proposals and innovations; `only` one kind. Raises NotFound for who reads none."""
    hat = user.hat
    if hat is None:
        raise NotFound
    path = hat.path
    may = [(proposal_index.KIND, SEE_PROPOSALS), (KIND, SEE_INNOVATIONS)]
    kinds = tuple(kind for kind, permission in may if permission.possible(user) and only in {"", kind})
    if not kinds:
        raise NotFound
    seen, left_out = await seen_by(user)
    return Scope(
        seen, kinds, fields(words, inside=True), words,
        lambda text: search_units.inside(text, path), lambda hits: search_lines.inside(user, hits),
        left_out, hat.organisation_id,
    )  # fmt: skip


async def _veiled(user: SignedIn) -> list[int]:
    """The innovations that this person reviews blind at this moment."""
    rows = await Innovation.raw(f"SELECT DISTINCT review_entry.innovation AS id {VEILED}", user.account_id)
    return sorted(row["id"] for row in rows)


async def read(scope: Scope, text: str) -> Read:
    """What was typed, units looked up."""
    query: Query = parse(text, scope.fields)
    wanted, problems, units = replace(query.wanted, kinds=scope.kinds), list(query.problems), []
    for asked in query.asked:
        meant = await scope.units(asked.text)
        units.append((asked, meant.found))
        if meant.problem is not None:
            problems.append(meant.problem)
            continue
        facets = tuple(f"u{one.id}" for one in meant.found)
        if asked.without:
            wanted = replace(wanted, left_out=(*wanted.left_out, *facets))
        else:
            wanted = replace(wanted, facets=(*wanted.facets, facets))
    empty = query.wanted == Wanted() and not query.asked
    wanted = replace(wanted, left_out=(*wanted.left_out, *scope.left_out))
    return Read(text, wanted, empty, tuple(problems), tuple(units))


async def find(scope: Scope, asked: Read, *, best: bool, before: int | None = None, skip: int = 0) -> Result:
    """A page of hits: the best from `skip` on where they are few, else the newest below `before`."""
    found: Found | None = None
    if best and before is None:
        found = await search.best(asked.wanted, scope.seen, skip=skip, size=SIZE)
    ranked = found is not None
    if found is None:
        found = await search.newest(asked.wanted, scope.seen, before=before, size=SIZE)
    lines = [search_lines.line(said, asked.wanted.words) for said in await scope.load(found.hits)]
    return Result(
        tuple(lines), found.count, found.capped, found.after, ranked, crowded=best and not ranked and before is None
    )  # fmt: skip


async def facets(scope: Scope, asked: Read) -> tuple[dict[str, list[Offer]], bool]:
    """What a search can be narrowed to, by group, and whether only the newest hits were counted."""
    counts, capped = await search.facets(asked.wanted, scope.seen, STARTS)
    found: dict[str, list[Offer]] = {group: [] for group in GROUPS}
    for facet, count in counts.most_common():
        if said := told(scope.words, facet):
            found[said.group].append(Offer(said.label, _with(asked.text, said.typed), count))
    found |= await _units(scope, asked.text, counts)
    found["year"].sort(key=lambda one: one.label, reverse=True)
    return {group: some[:OFFERED] for group, some in found.items() if len(some) > 1}, capped


async def without_each(scope: Scope, asked: Read) -> list[Offer]:
    """Where nothing is found: for each word, how many there are without it."""
    offers = []
    for word, count, capped in await search.without_each(asked.wanted, scope.seen):
        text = rewritten(asked.text, scope.fields, lambda one, word=word: word in one.wanted.words)  # type: ignore[misc]
        if count and text:
            offers.append(Offer(word.text, text, count, capped))
    return offers


async def units_named(scope: Scope, asked: Read) -> list[Offer]:
    """Where nothing is found: words that are a name of a unit, to be asked for as one."""
    offers = []
    for word in asked.wanted.words:
        meant = Meant() if word.without or word.name else await scope.units(word.text)
        for one in meant.found[:3]:
            text = rewritten(asked.text, scope.fields, lambda each, word=word: word in each.wanted.words)  # type: ignore[misc]
            offers.append(Offer(one.name, _with(text, typed(scope.words, "unit", one.name))))
    return offers


def choices(scope: Scope, asked: Read) -> list[tuple[str, list[Offer]]]:
    """For each unit that was typed and may be several: which, each with the query that means it alone."""
    found = []
    for one, meant in asked.units:
        if len(meant) > 1:
            names = Counter(each.name for each in meant)
            offers = []
            for each in meant:
                value = each.name if names[each.name] == 1 and each.name != one.text else f"#{each.id}"
                by = f"{'-' if one.without else ''}{typed(scope.words, 'unit', value)}"
                text = rewritten(asked.text, scope.fields, lambda item, one=one: one in item.asked, by)  # type: ignore[misc]
                offers.append(Offer(each.name, text))
            found.append((one.text, offers))
    return found


async def _units(scope: Scope, text: str, counts: Counter[str]) -> dict[str, list[Offer]]:
    """Units of what was found, and unions to narrow to: on the desk the members of one's own, outside cities."""
    own = {int(facet[3:]): count for facet, count in counts.most_common() if facet.startswith("own")}
    above = {int(facet[1:]): count for facet, count in counts.most_common() if facet[0] == "u"}
    if scope.below is None:
        cities = [one for one in above if one not in own][:OFFERED]
        unions = await by_ids(cities)
    else:
        unions = [one for one in await by_ids(list(above)[:FACETED]) if one.parent_id == scope.below]
    units = await by_ids(list(own)[:OFFERED])
    return {
        "city": _offers(scope, text, unions, above),
        "unit": _offers(scope, text, units, own) if len(own) > len(unions) or not unions else [],
    }


def _offers(scope: Scope, text: str, some: Sequence[OrganisationFacts], counts: dict[int, int]) -> list[Offer]:
    names = Counter(one.name for one in some)
    found = [
        Offer(
            one.name,
            _with(text, typed(scope.words, "unit", one.name if names[one.name] == 1 else f"#{one.id}")),
            counts[one.id],
        )
        for one in some
    ]
    return sorted(found, key=lambda one: (-one.count, one.label))


def _with(text: str, more: str) -> str:
    return f"{text.strip()} {more}".strip()
