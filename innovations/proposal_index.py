"""Proposals as documents of the search index: put by `proposals` when one is handed in, adopted or verified.

Facets: every organisation from the federation down to the unit (`u7`), the unit itself (`own7`), the year it was handed
in, its category, `adopted`, and the innovation that grew out of it (`i7`), for whoever reviews that one blind must not
find it by what it grew out of. Who may see what is asked by facets, and every hit is loaded through permissions again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from foundation.base.clock import day_of
from foundation.people.organisation_tree import ancestors
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.text import index
from foundation.text.documents import Document
from foundation.text.similar import similar
from innovations import innovation_documents
from innovations.innovation_tables import Innovation
from innovations.may import SEE_PROPOSALS
from innovations.proposal_facts import COLUMNS, ProposalFacts, facts
from innovations.proposal_tables import Proposal, ProposalOutcome
from innovations.rules.proposals import SEEN

KIND = "proposal"
ADOPTED = "adopted"
SHOWN = 5
MOST_ASKED = 4_000  # characters of a text that likeness is asked for


@dataclass(frozen=True, slots=True)
class Alike:
    """A proposal that is much like another; `shared` are the folded pairs and words both have."""

    one: ProposalFacts
    likeness: Fraction
    shared: tuple[str, ...]


async def put(proposal_id: int) -> None:
    """Make a proposal findable as it is now, in the caller's transaction; a draft is not."""
    columns = (*Proposal.all_columns(), Proposal.organisation.path.as_alias("path"))
    row = await Proposal.select(*columns).where(Proposal.id == proposal_id).first()
    if row is None or row["stage"] not in {stage.value for stage in SEEN}:
        return
    outcome = (
        await ProposalOutcome.select(ProposalOutcome.verified).where(ProposalOutcome.proposal == proposal_id).first()
    )
    grown = await Innovation.select(Innovation.id).where(Innovation.proposal == proposal_id).first()
    batch = batch_of(row["sheet"]) if row["sheet"] else ""
    facets = [innovation_documents.itself(grown["id"])] if grown else []
    made = document(row, ancestors(row["path"]), outcome["verified"] if outcome else None, batch)
    await index.put(replace(made, facets=[*made.facets, *facets]))


def document(row: Mapping[str, Any], above: Sequence[int], verified: int | None = None, batch: str = "") -> Document:
    """A row of `Proposal` as it is found; `above` are the organisations from the federation down to its unit."""
    facets = [f"u{one}" for one in above] + [f"own{row['organisation']}", f"c-{row['kind']}"]
    facets += [f"y{day_of(row['handed_in_at']).year}"] if row["handed_in_at"] else []
    facets += [ADOPTED] if row["adopted_at"] else []
    words = words_of(row["title"], row["problem"], row["suggestion"])
    return Document(KIND, row["id"], words, facets, verified, {"person": f"{row['name']} {row['others']}"}, batch)


def batch_of(sheet_id: int) -> str:
    """What the documents of a sheet are called together."""
    return f"proposals-{sheet_id}"


async def remove(proposal_id: int) -> None:
    """Let nobody find it, in the caller's transaction."""
    await index.remove(KIND, [proposal_id])


def words_of(title: str, problem: str, suggestion: str) -> str:
    """What likeness is asked of."""
    return f"{title}\n{problem}\n{suggestion}"


async def like_this(user: SignedIn, one: ProposalFacts) -> list[Alike]:
    """What this person may see that is much like a proposal, itself left out, the likest first."""
    return await like_words(user, words_of(one.title, one.problem, one.suggestion), one.id)


async def like_words(user: SignedIn, words: str, own: int | None = None) -> list[Alike]:
    """Proposals that this person may see and that are much like a text, their `own` left out, the likest first."""
    if user.hat is None or not SEE_PROPOSALS.possible(user):
        return []
    seen = [[f"u{user.hat.organisation_id}"]]
    found = await similar(words[:MOST_ASKED], seen, kinds=[KIND], own=(KIND, own) if own else None, size=SHOWN)
    query = Proposal.select(*COLUMNS).where(Proposal.id.is_in([hit.item for hit in found] or [0]))
    rows = {row["id"]: facts(row) for row in await permitted(query, SEE_PROPOSALS, user)}
    return [Alike(rows[hit.item], hit.likeness, hit.shared) for hit in found if hit.item in rows]


async def adopted_like(words: str, organisation_id: int, own: int | None = None) -> list[Alike]:
    """What a unit adopted that is much like what one of its workers writes: the unit tells that to everybody there."""
    seen = [[f"own{organisation_id}"], [ADOPTED]]
    found = await similar(words[:MOST_ASKED], seen, kinds=[KIND], own=(KIND, own) if own else None, size=SHOWN)
    rows = await Proposal.select(*COLUMNS).where(
        Proposal.id.is_in([hit.item for hit in found] or [0]),
        Proposal.organisation == organisation_id,
        Proposal.adopted_at.is_not_null(),
    )
    loaded = {row["id"]: facts(row) for row in rows}
    return [Alike(loaded[hit.item], hit.likeness, hit.shared) for hit in found if hit.item in loaded]
