"""What a member judges by: one nomination's text, conditions, evidence, papers and pictures. Writes nothing.

Everything comes through `panel_reads.judged`, so who keeps out of a nomination sees nothing of it, and nobody sees what
does not stand before a panel on which they sit. Opinions of other bodies are the audit's and are not selected.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from craftsmen import materials, nomination_pictures, nomination_records
from craftsmen.materials import Paper
from craftsmen.nomination_pictures import Pictures
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_records import Bond
from craftsmen.panel_reads import Desk, Work, judged
from craftsmen.rules.eligibility import Answered, answered
from foundation.people.sessions import SignedIn


@dataclass(frozen=True, slots=True)
class Attached:
    """A paper that was handed in, by the name that the round gives it."""

    name: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Judged:
    """All that a member reads of one nomination."""

    nomination: NominationFacts
    conditions: Sequence[Answered]
    honours: Sequence[nomination_records.HonourLine]
    bonds: Sequence[Bond]
    papers: Sequence[Attached]
    pictures: Pictures


async def of(desk: Desk, user: SignedIn, work: Work) -> Judged:
    """Read it. Raises NotFound for who keeps out."""
    one = await judged(desk, user, work)
    handed = {paper.code: paper for paper in (await materials.of([one.id]))[one.id]}
    return Judged(
        nomination=one,
        conditions=answered(desk.rules.questions, one.draft.answers),
        honours=await nomination_records.honours_of(one.worker_id),
        bonds=await nomination_records.bonds_of(one.worker_id),
        papers=[Attached(rule.name, handed[rule.code]) for rule in desk.rules.materials if rule.code in handed],
        pictures=await nomination_pictures.of(one),
    )


async def paper(desk: Desk, user: SignedIn, work: Work, code: str) -> int:
    """The stored file of a paper that the round asks for. Raises NotFound."""
    return await materials.file_of((await judged(desk, user, work)).id, code)


async def pictures(desk: Desk, user: SignedIn, work: Work) -> Pictures:
    """Portrait and photographs. Raises NotFound for who keeps out."""
    return await nomination_pictures.of(await judged(desk, user, work))
