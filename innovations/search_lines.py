"""What was found, as lines with the words that were looked for marked: each hit loaded through what its reader may see.

Inside, proposals and innovations (the newest version that was handed in) come through the permissions of the hat;
outside, from the library's own rows. A hit that its reader may not load is no line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from foundation.base.clock import day_of
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.process.suspensions import standing
from foundation.text import marks
from foundation.text.marks import Part
from foundation.text.search import Hit
from foundation.text.wanted import Word
from innovations import innovation_index, proposal_facts, proposal_index
from innovations.innovation_documents import KIND, texts_of
from innovations.innovation_tables import Benefit, Innovation
from innovations.library_tables import ShownInnovation
from innovations.may import SEE_INNOVATIONS, SEE_PROPOSALS
from innovations.proposal_facts import COLUMNS, facts
from innovations.proposal_tables import Proposal
from innovations.rules import benefits
from innovations.rules.innovation_kinds import KINDS as INNOVATION_KINDS
from innovations.rules.innovations import STAGES as INNOVATION_STAGES
from innovations.rules.innovations import Stage
from innovations.rules.proposals import KINDS as PROPOSAL_KINDS
from innovations.rules.proposals import STAGES as PROPOSAL_STAGES
from innovations.rules.shown_innovation import value_of

EXCERPT = 160  # characters


@dataclass(frozen=True, slots=True)
class Said:
    """A hit in plain words. `kind`, `stage` and `band` are English sentences; `benefit` is verified, in fen.

    `at` is its last change.
    """

    id: int
    page: str
    title: str
    kind: str
    year: int
    unit: str
    people: str
    text: str
    at: datetime
    stage: str = ""
    benefit: int | None = None
    band: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A hit as a page shows it: marked parts of what it says."""

    said: Said
    title: tuple[Part, ...]
    unit: tuple[Part, ...]
    people: tuple[Part, ...]
    text: tuple[Part, ...]


def line(said: Said, words: Sequence[Word]) -> Line:
    """With the words that were looked for marked where they stand, and the text cut to a piece around the first."""
    anywhere = [word for word in words if not word.name]
    of_people = [word for word in words if word.name in {"", "person"}]
    return Line(
        said,
        _marked(said.title, anywhere),
        _marked(said.unit, anywhere),
        _marked(said.people, of_people),
        tuple(marks.excerpt(_marked(said.text, anywhere), EXCERPT)),
    )


async def inside(user: SignedIn, hits: Sequence[Hit]) -> list[Said]:
    """Proposals and innovations that this person may read, in the order of the hits."""
    found = {
        **await _proposals(user, [hit.item for hit in hits if hit.kind == proposal_index.KIND]),
        **await _innovations(user, [hit.item for hit in hits if hit.kind == KIND]),
    }
    return [found[hit.kind, hit.item] for hit in hits if (hit.kind, hit.item) in found]


async def outside(hits: Sequence[Hit]) -> list[Said]:
    """What the library shows of these, in the order of the hits."""
    rows = await ShownInnovation.select().where(ShownInnovation.innovation.is_in([hit.item for hit in hits] or [0]))
    found = {}
    for row in rows:
        said = value_of(row["value"])
        found[row["innovation"]] = Said(
            id=row["innovation"], page=f"/innovations/{row['address']}", title=said.title,
            kind=INNOVATION_KINDS[said.kind].name, year=said.year, unit=said.unit,
            people=_together(one.name for one in said.authors), text=" ".join(texts_of(said.kind, said.sections)),
            benefit=said.benefit, band=said.band, code=row["address"], at=row["published_at"],
        )  # fmt: skip
    lines = [found[hit.item] for hit in hits if hit.item in found]
    return await standing(lines, lambda one: one.page)  # whose page is suspended is in no list


async def _proposals(user: SignedIn, ids: Sequence[int]) -> dict[tuple[str, int], Said]:
    query = Proposal.select(*COLUMNS).where(Proposal.id.is_in(list(ids) or [0]))
    rows = [facts(row) for row in await permitted(query, SEE_PROPOSALS, user)]
    outcomes = await proposal_facts.outcomes([one.id for one in rows])
    return {
        (proposal_index.KIND, one.id): Said(
            id=one.id, page=f"/proposals/desk/{one.id}", title=one.title, kind=PROPOSAL_KINDS[one.kind],
            year=day_of(one.handed_in_at).year if one.handed_in_at else 0, unit=one.organisation,
            people=_together((one.name, *one.others.split())), text=f"{one.problem} {one.suggestion}",
            at=one.changed_at, stage=PROPOSAL_STAGES[one.stage],
            benefit=outcomes[one.id].verified if one.id in outcomes else None,
        )
        for one in rows
    }  # fmt: skip


async def _innovations(user: SignedIn, ids: Sequence[int]) -> dict[tuple[str, int], Said]:
    columns = (
        Innovation.id, Innovation.address, Innovation.version, Innovation.stage, Innovation.changed_at,
        Innovation.organisation.name.as_alias("unit"),
    )  # fmt: skip
    query = Innovation.select(*columns).where(Innovation.id.is_in(list(ids) or [0]), Innovation.version > 0)
    rows = await permitted(query, SEE_INNOVATIONS, user)
    drafts = await innovation_index.drafts({row["id"]: row["version"] for row in rows})
    verified = await _verified([row["id"] for row in rows])
    found = {}
    for row in rows:
        draft = drafts[row["id"]]
        found[KIND, row["id"]] = Said(
            id=row["id"], page=f"/innovations/desk/{row['id']}", title=draft.title,
            kind=INNOVATION_KINDS[draft.kind].name, year=draft.year, unit=row["unit"],
            people=_together(one.name for one in draft.authors),
            text=" ".join(texts_of(draft.kind, draft.body.sections)), stage=INNOVATION_STAGES[Stage(row["stage"])],
            benefit=verified.get(row["id"]), code=row["address"], at=row["changed_at"],
        )  # fmt: skip
    return found


async def _verified(ids: Sequence[int]) -> dict[int, int]:
    rows = await Benefit.select(Benefit.innovation, Benefit.verified).where(
        Benefit.innovation.is_in(list(ids) or [0]), Benefit.verified != ""
    )
    return {
        row["innovation"]: benefits.benefit(msgspec.json.decode(row["verified"], type=list[benefits.Line]))
        for row in rows
    }


def _marked(text: str, words: Sequence[Word]) -> tuple[Part, ...]:
    return tuple(marks.parts(text, marks.of_words(text, words)))


def _together(names: Iterable[str]) -> str:
    return "、".join(name for name in names if name)
