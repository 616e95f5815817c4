"""Which innovations were linked as the same, for the unions above both and for their units.

The other innovation of a link is told as far as its reader may read it: what is neither below their union nor public is
"another one", with the reason that was given and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from innovations import innovation_index
from innovations.innovation_reads import InnovationFacts
from innovations.innovation_tables import Innovation, InnovationStep, SameAs, SameAsWord
from innovations.library_tables import ShownInnovation
from innovations.may import SEE_INNOVATIONS
from innovations.may_same_as import LINK_SAME, SEE_SAME
from innovations.rules.innovations import HANDED_IN_ONCE, Stage
from innovations.rules.publicity import Publicity
from innovations.rules.shown_innovation import value_of

PAGE = 30
DESK = "/innovations/desk/"
UNSAID = """innovation.id IN (
    SELECT side.innovation FROM (
        SELECT id, one AS innovation, other AS beside FROM innovation_same_as WHERE merged_at IS NULL
        UNION ALL SELECT id, other, one FROM innovation_same_as WHERE merged_at IS NULL
    ) AS side
    WHERE NOT EXISTS (
        SELECT 1 FROM innovation AS gone
        WHERE gone.id IN (side.innovation, side.beside) AND gone.stage IN ('withdrawn', 'merged'))
    AND NOT EXISTS (
        SELECT 1 FROM innovation_same_as_word AS said
        WHERE said.same_as = side.id AND said.innovation = side.innovation))"""
"""Innovations with a link on which their unit has not said what it thinks; neither is withdrawn or merged."""
MOST_HOPS = 5  # an innovation that others were merged into may be merged itself


@dataclass(frozen=True, slots=True)
class Other:
    """The other innovation of a link; all empty where its reader may not know which one it is."""

    id: int
    address: str = ""
    title: str = ""
    unit: str = ""
    year: int = 0
    page: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What a unit says of a link."""

    agrees: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """One link in a list; `words` are those of the units so far: whether they agree."""

    id: int
    one: Other
    other: Other
    reason: str
    linked_at: datetime
    merged_at: datetime | None
    words: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an innovation. `stays`: the credit is merged, and this one carries it.

    `own_word` is what the unit of this innovation said, `other_word` that of the other, for who may link alone.
    """

    id: int
    other: Other
    reason: str
    linked_at: datetime
    merged_at: datetime | None
    act: int | None
    stays: bool
    may_link: bool
    own_word: Word | None = None
    other_word: Word | None = None


async def links(user: SignedIn, one: InnovationFacts) -> list[Link]:
    """All links of an innovation that was loaded through what its reader may see, the newest first."""
    rows = await (
        SameAs.select().where((SameAs.one == one.id) | (SameAs.other == one.id)).order_by(SameAs.id, ascending=False)
    )
    others = {row["id"]: row["other"] if row["one"] == one.id else row["one"] for row in rows}
    told = await _told(user, list(others.values()))
    linking = await _linking(user, [one.id, *others.values()])
    words = await _words(list(others))
    found = []
    for row in rows:
        other = others[row["id"]]
        may_link = {one.id, other} <= linking
        found.append(
            Link(
                row["id"], told.get(other, Other(0)), row["note"], row["linked_at"], row["merged_at"], row["act"],
                row["main"] == one.id, may_link, words.get((row["id"], one.id)),
                words.get((row["id"], other)) if may_link else None,
            )
        )  # fmt: skip
    return found


async def link(user: SignedIn, one: InnovationFacts, link_id: int, *, linking: bool) -> Link:
    """One link of it. Raises NotFound; where it is about `linking`, for everybody who may not link both."""
    for found in await links(user, one):
        if found.id == link_id and (found.may_link or not linking):
            return found
    raise NotFound


async def by_address(user: SignedIn, address: str) -> int | None:
    """The innovation of an address, if this person may link it."""
    query = Innovation.select(Innovation.id).where(Innovation.address == address.strip()[:24], _handed_in())
    row = await permitted(query, LINK_SAME, user).first()
    return int(row["id"]) if row else None


async def candidates(user: SignedIn, one: InnovationFacts, words: str) -> Sequence[innovation_index.Alike]:
    """What is much like it and may be linked with it."""
    alike = await innovation_index.like_this(user, words, one.id)
    addresses = {each.code: each for each in alike}
    query = Innovation.select(Innovation.address).where(
        Innovation.address.is_in(list(addresses) or [""]), _handed_in(), Innovation.stage != Stage.MERGED.value
    )
    return [addresses[row["address"]] for row in await permitted(query, LINK_SAME, user).order_by(Innovation.id)]


async def listed(user: SignedIn, before: int | None = None) -> list[Pair]:
    """Links of innovations that this person may read of, the newest first, one more than a page."""
    ids = permitted(Innovation.select(Innovation.id), SEE_SAME, user)
    query = SameAs.select().where(SameAs.one.is_in(ids) | SameAs.other.is_in(ids))
    if before is not None:
        query = query.where(SameAs.id < before)
    rows = await query.order_by(SameAs.id, ascending=False).limit(PAGE + 1)
    told = await _told(user, [row[side] for row in rows for side in ("one", "other")])
    words = await _words([row["id"] for row in rows])
    found = []
    for row in rows:
        both = [told.get(row[side], Other(0)) for side in ("one", "other")]
        both.sort(key=lambda each: not each.page.startswith(DESK))  # the one that opens the link comes first
        found.append(Pair(
            row["id"], both[0], both[1], row["note"], row["linked_at"], row["merged_at"],
            [word.agrees for (link, _), word in words.items() if link == row["id"]],
        ))  # fmt: skip
    return found


async def moved(address: str) -> str | None:
    """Where what was in the library under an address is read now that it is merged into another; None otherwise."""
    row = await Innovation.select(Innovation.id).where(
        Innovation.address == address[:24], Innovation.stage == Stage.MERGED.value,
        Innovation.publicity == Publicity.PUBLIC.value,
    ).first()  # fmt: skip
    awarded = InnovationStep.step == "award"
    if row is None or not await InnovationStep.exists().where(InnovationStep.innovation == row["id"], awarded):
        return None
    at = int(row["id"])
    for _ in range(MOST_HOPS):
        merged = SameAs.merged_at.is_not_null() & ((SameAs.one == at) | (SameAs.other == at)) & (SameAs.main != at)
        further = await SameAs.select(SameAs.main).where(merged).first()
        if further is None:
            return None
        at = int(further["main"])
        shown = await ShownInnovation.select(ShownInnovation.address).where(ShownInnovation.innovation == at).first()
        if shown is not None:
            return str(shown["address"])
    return None


def _handed_in() -> Any:
    return Innovation.stage.is_in([stage.value for stage in HANDED_IN_ONCE]) & (Innovation.version > 0)


async def _linking(user: SignedIn, ids: Sequence[int]) -> set[int]:
    if not LINK_SAME.possible(user):
        return set()
    query = Innovation.select(Innovation.id).where(Innovation.id.is_in(list(ids) or [0]))
    return {row["id"] for row in await permitted(query, LINK_SAME, user)}


async def _told(user: SignedIn, ids: Sequence[int]) -> dict[int, Other]:
    """Those that this person may read on the desk, or in the library."""
    columns = (
        Innovation.id, Innovation.address, Innovation.version, Innovation.organisation.name.as_alias("unit")
    )  # fmt: skip
    query = Innovation.select(*columns).where(Innovation.id.is_in(list(ids) or [0]), Innovation.version > 0)
    rows = {row["id"]: row for row in await permitted(query, SEE_INNOVATIONS, user)}
    said = await innovation_index.drafts({number: row["version"] for number, row in rows.items()})
    found = {
        number: Other(number, row["address"], said[number].title, row["unit"], said[number].year, f"{DESK}{number}")
        for number, row in rows.items()
    }
    rest = [each for each in ids if each not in found]
    shown = await ShownInnovation.select().where(ShownInnovation.innovation.is_in(rest or [0]))
    for row in shown:
        number, address = row["innovation"], row["address"]
        unit = value_of(row["value"]).unit
        found[number] = Other(number, address, row["title"], unit, row["year"], f"/innovations/{address}")
    return found


async def _words(links: Sequence[int]) -> dict[tuple[int, int], Word]:
    """What units said, by link and innovation."""
    rows = await SameAsWord.select().where(SameAsWord.same_as.is_in(list(links) or [0]))
    return {(row["same_as"], row["innovation"]): Word(row["agrees"], row["reason"], row["at"]) for row in rows}
