"""Innovations in the search index: put by `library` whenever what is shown changes, and which are much like another.

What the documents hold is in `innovation_documents`. Likeness is only ever a hint; every hit is loaded through what its
reader may see, or from the library's own rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import msgspec

from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.text import index
from foundation.text.similar import Similar, similar
from innovations import innovation_documents
from innovations.innovation_documents import FOR_EVERYONE, KIND, SHOWN
from innovations.innovation_tables import Benefit, Innovation, InnovationVersion
from innovations.library_tables import ShownInnovation
from innovations.may import SEE_INNOVATIONS
from innovations.rules import benefits
from innovations.rules.innovation_form import Draft
from innovations.rules.innovations import HANDED_IN_ONCE, Stage
from innovations.rules.shown_innovation import value_of

FOUND = frozenset(HANDED_IN_ONCE - {Stage.WITHDRAWN})
MOST_ALIKE = 5
MOST_ASKED = 4_000  # characters of a text that likeness is asked for


@dataclass(frozen=True, slots=True)
class Alike:
    """An innovation that is much like another; `shared` are the folded pairs and words both have.

    `page` is where its reader reads it: on the desk, or in the library. Empty as the rest, but year and `shared`, where
    the reader may not know which one it is. `again` is its id where the same unit handed it in before.
    """

    year: int
    likeness: Fraction
    shared: tuple[str, ...]
    code: str = ""
    title: str = ""
    unit: str = ""
    text: str = ""
    page: str = ""
    again: int = 0


async def put(innovation_id: int) -> None:
    """Make both documents what the rows say now, in the caller's transaction: put, changed or taken out."""
    unit = Innovation.organisation
    columns = (*Innovation.all_columns(), unit.path.as_alias("path"), unit.name.as_alias("unit"))
    row = await Innovation.select(*columns).where(Innovation.id == innovation_id).first()
    line = await ShownInnovation.select().where(ShownInnovation.innovation == innovation_id).first()
    if row is not None and row["version"] and Stage(row["stage"]) in FOUND:
        said = (await drafts({innovation_id: row["version"]}))[innovation_id]
        benefit = await verified(innovation_id)
        await index.put(innovation_documents.document(row, said, benefit, shown=line is not None))
    else:
        await index.remove(KIND, [innovation_id])
    if line is None:
        await index.remove(SHOWN, [innovation_id])
    else:
        await index.put(innovation_documents.shown_document(line))


async def verified(innovation_id: int) -> int | None:
    """The verified benefit in fen; None where nobody verified one."""
    row = await Benefit.select(Benefit.verified).where(Benefit.innovation == innovation_id).first()
    if row is None or not row["verified"]:
        return None
    return benefits.benefit(msgspec.json.decode(row["verified"], type=list[benefits.Line]))


async def like_this(user: SignedIn, words: str, innovation_id: int) -> list[Alike]:
    """What this person may see that is much like these words, this innovation left out, the likest first.

    Of the hat's organisation and those below what was handed in, of all others what the library shows.
    """
    if user.hat is None:
        return []
    hits = await _hits(words, user.hat.organisation_id, innovation_id)
    handed_in = await _handed_in(user, list(hits))
    before = await _before(innovation_id, list(handed_in))
    told = {**await _shown(list(hits)), **handed_in}
    found = [
        Alike(likeness=hit.likeness, shared=hit.shared, again=item if item in before else 0, **told[item])
        for item, hit in hits.items()
        if item in told
    ]
    return sorted(found, key=lambda one: (-one.likeness, one.code))[:MOST_ALIKE]


async def like_version(innovation_id: int, words: str, organisation_id: int, *, blind: bool) -> list[Alike]:
    """For a reviewer: what was handed in below the union that runs the round, or is public, and is much like `words`.

    `words` is the text as this reviewer reads it, so that what both share tells nothing more. Blind: only year,
    likeness and shared words, for a code or title would lead to unit and names. Not blind: code and title too, and the
    unit of what is public.
    """
    hits = await _hits(words, organisation_id, innovation_id)
    told = {**await _coded(list(hits)), **await _shown(list(hits))}
    known = {"year"} if blind else {"year", "code", "title", "unit", "page"}
    found = []
    for item, hit in hits.items():
        said = {name: value for name, value in told.get(item, {}).items() if name in known}
        if said:
            found.append(Alike(likeness=hit.likeness, shared=hit.shared, **said))
    return sorted(found, key=lambda one: (-one.likeness, one.year))[:MOST_ALIKE]


async def _hits(words: str, organisation_id: int, own: int) -> dict[int, Similar]:
    """What is much like these words among what is handed in below an organisation, and in the library."""
    asked, inside = words[:MOST_ASKED], [[f"u{organisation_id}"]]
    found = await similar(asked, FOR_EVERYONE, kinds=[SHOWN], own=(SHOWN, own), size=MOST_ALIKE)
    found += await similar(asked, inside, kinds=[KIND], own=(KIND, own), size=MOST_ALIKE)
    return {hit.item: hit for hit in found}


async def _shown(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the library says of these."""
    rows = await ShownInnovation.select().where(ShownInnovation.innovation.is_in(list(ids) or [0]))
    found = {}
    for row in rows:
        said = value_of(row["value"])
        text = "\n".join(innovation_documents.texts_of(said.kind, said.sections))
        page = f"/innovations/{row['address']}"
        found[row["innovation"]] = {
            "code": row["address"], "title": said.title, "year": said.year, "unit": said.unit, "text": text,
            "page": page,
        }  # fmt: skip
    return found


async def _handed_in(user: SignedIn, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the newest versions say of those that this person may read."""
    columns = (Innovation.id, Innovation.version, Innovation.organisation.name.as_alias("unit"))
    query = Innovation.select(*columns).where(Innovation.id.is_in(list(ids) or [0]), Innovation.version > 0)
    units = {row["id"]: (row["version"], row["unit"]) for row in await permitted(query, SEE_INNOVATIONS, user)}
    found = await _coded(list(units))
    said = await drafts({item: version for item, (version, _) in units.items()})
    for item, (_, unit) in units.items():
        text = "\n".join(innovation_documents.texts_of(said[item].kind, said[item].body.sections))
        found[item] |= {"unit": unit, "text": text, "page": f"/innovations/desk/{item}"}
    return found


async def _before(innovation_id: int, ids: Sequence[int]) -> set[int]:
    """Those of these that the unit of an innovation began before it."""
    unit = Innovation.select(Innovation.organisation).where(Innovation.id == innovation_id)
    rows = await Innovation.select(Innovation.id).where(
        Innovation.id.is_in(list(ids) or [0]), Innovation.id < innovation_id, Innovation.organisation.is_in(unit)
    )
    return {row["id"] for row in rows}


async def _coded(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Code, title and year, as the newest version says them."""
    columns = (Innovation.id, Innovation.address, Innovation.version)
    rows = await Innovation.select(*columns).where(Innovation.id.is_in(list(ids) or [0]), Innovation.version > 0)
    said = await drafts({row["id"]: row["version"] for row in rows})
    return {
        row["id"]: {"code": row["address"], "title": said[row["id"]].title, "year": said[row["id"]].year}
        for row in rows
    }  # fmt: skip


async def drafts(versions: Mapping[int, int]) -> dict[int, Draft]:
    """What these versions say, by innovation."""
    columns = (InnovationVersion.innovation, InnovationVersion.number, InnovationVersion.body)
    rows = await InnovationVersion.select(*columns).where(
        InnovationVersion.innovation.is_in(sorted(versions) or [0]),
        InnovationVersion.number.is_in(sorted(set(versions.values())) or [0]),
    )
    return {
        row["innovation"]: msgspec.json.decode(row["body"], type=Draft)
        for row in rows
        if versions[row["innovation"]] == row["number"]
    }
