"""Which organisations somebody means by what they type behind 单位: by name, a piece of one, or `#7`, its number.

A union stands for everything below it, so that a city's name is not asked about because its units bear it too. On the
desk whatever stands at or below the hat is looked through; outside only what the library shows: unit and city of an
innovation, by the names they have now.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.base.problem import Problem
from foundation.people import organisation_lists
from foundation.people.organisation_acts import escaped, fold
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import OrganisationFacts, by_id, by_ids, end_of, is_below

OFFERED = 8
_LOOKED_AT = 200  # of those outside that have the text somewhere
_NUMBER = 9  # digits


@dataclass(frozen=True, slots=True)
class Meant:
    """The organisations that may be meant; more than one is asked about, none is a problem."""

    found: tuple[OrganisationFacts, ...] = ()
    problem: Problem | None = None


async def inside(text: str, path: str) -> Meant:
    """Of those at or below a place of the tree; closed and former names are found, merged ones stand for the other."""
    if text.startswith("#"):
        one = await by_id(_number(text))
        return _meant(text, [one] if one is not None and is_below(one.path, path) else [])
    exact = await organisation_lists.named(text, path, OFFERED + 1)
    return _meant(text, await _followed(exact or await _pieces(text, path)))


async def outside(text: str) -> Meant:
    """Of those that the library shows: whose an innovation is, and its city."""
    shown = "(SELECT organisation FROM shown_innovation UNION SELECT city FROM shown_innovation)"
    if text.startswith("#"):
        rows = await Organisation.raw(
            f"SELECT id, name, short_name FROM organisation WHERE id = {{}} AND id IN {shown}",  # noqa: S608 - ours
            _number(text),
        )
        return _meant(text, await by_ids([row["id"] for row in rows]))
    wanted = fold(text[: organisation_lists.LONGEST_SEARCH])
    rows = await Organisation.raw(
        "SELECT id, name, short_name FROM organisation WHERE folded LIKE {} ESCAPE '\\' "  # noqa: S608 - ours
        f"AND id IN {shown} ORDER BY path LIMIT {_LOOKED_AT}",
        f"%{escaped(wanted)}%",
    )
    names = {row["id"]: (fold(row["name"]), fold(row["short_name"])) for row in rows}
    exact = [one for one, said in names.items() if wanted in said]
    pieces = [one for one, said in names.items() if any(wanted in each for each in said)]
    return _meant(text, _highest(await by_ids((exact or pieces)[: OFFERED + 1])))


async def _pieces(text: str, path: str) -> list[OrganisationFacts]:
    """The highest that have the text in a name of theirs, one more than are offered."""
    found: list[OrganisationFacts] = []
    after = ""
    while len(found) <= OFFERED:
        some = await organisation_lists.search(text, path, after, 1)
        if not some:
            break
        found.append(some[0])
        after = end_of(some[0].path)  # what stands below goes with it
    return found


async def _followed(found: Sequence[OrganisationFacts]) -> list[OrganisationFacts]:
    """Each once, the one into which it was merged in its place."""
    kept: dict[int, OrganisationFacts] = {}
    for each in found:
        one: OrganisationFacts | None = each
        while one is not None and one.merged_into is not None:
            one = await by_id(one.merged_into)
        if one is not None:
            kept[one.id] = one
    return list(kept.values())


def _highest(found: Sequence[OrganisationFacts]) -> list[OrganisationFacts]:
    """Without those that stand below another of them."""
    return [one for one in found if not any(other is not one and is_below(one.path, other.path) for other in found)]


def _meant(text: str, found: Sequence[OrganisationFacts]) -> Meant:
    if not found:
        return Meant(problem=Problem("search_unit_unknown", "q", {"name": text}))
    if len(found) > OFFERED:
        return Meant(tuple(found[:OFFERED]), Problem("search_unit_many", "q", {"name": text, "most": str(OFFERED)}))
    return Meant(tuple(found))


def _number(text: str) -> int:
    digits = text[1:]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= _NUMBER else 0
