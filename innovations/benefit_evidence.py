"""Papers that prove a benefit: the only writer of `BenefitEvidence`.

They stand fast while somebody is asked to verify, and afterwards. Who may write was decided by the loader.
"""

from dataclasses import dataclass

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import uses
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import benefits, innovations
from innovations.innovation_tables import BenefitEvidence

MOST = 10
LONGEST_SAID = 200
ROLE = "benefit"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper, and what it proves; `size` is bytes."""

    id: int
    file_id: int
    said: str
    name: str
    size: int


@tried_again
async def add(innovation_id: int, file_id: int, said: str, by: int) -> None:
    """Hang a stored file on what an innovation brings. Raises Refused, NotFound."""
    said = said.strip()
    async with transaction():
        await innovations.locked(innovation_id)
        found = await _open(innovation_id)
        problems = said_problems(said)
        if int(await BenefitEvidence.count().where(BenefitEvidence.benefit == found.id)) >= MOST:
            problems.append(Problem("innovation_papers_many", "paper", {"most": str(MOST)}))
        if problems:
            raise Refused(*problems)
        await uses.hang(file_id, innovations.subject(innovation_id), ROLE)
        await BenefitEvidence(benefit=found.id, file=file_id, said=said).save()
        await benefits.touch(found)
        innovations.record(innovation_id, "benefit_paper_in", by, {"file": file_id})


def said_problems(said: str) -> list[Problem]:
    """What is wrong with what a paper is said to prove."""
    length = len(said.strip())
    if not length:
        return [Problem("evidence_unsaid", "said")]
    if length > LONGEST_SAID:
        return [Problem("innovation_long", "said", {"most": str(LONGEST_SAID), "length": str(length)})]
    return []


@tried_again
async def take_off(innovation_id: int, evidence_id: int, by: int) -> None:
    """Take a paper off; a second time is once. Raises Refused, NotFound."""
    async with transaction():
        await innovations.locked(innovation_id)
        found = await _open(innovation_id)
        gone = await (
            BenefitEvidence.delete()
            .where(BenefitEvidence.benefit == found.id, BenefitEvidence.id == evidence_id)
            .returning(BenefitEvidence.file)
        )
        if gone:
            file_id = gone[0]["file"]
            if not await BenefitEvidence.exists().where(
                BenefitEvidence.benefit == found.id, BenefitEvidence.file == file_id
            ):
                await uses.unhang(innovations.subject(innovation_id), ROLE, [file_id])
            await benefits.touch(found)
            innovations.record(innovation_id, "benefit_paper_off", by, {"file": file_id})


async def listed(benefit_id: int) -> list[Evidence]:
    """The papers of a benefit that was loaded through what its reader may see, in order."""
    rows = await (
        BenefitEvidence.select(
            BenefitEvidence.id, BenefitEvidence.file.id.as_alias("file_id"), BenefitEvidence.said,
            BenefitEvidence.file.name.as_alias("name"), BenefitEvidence.file.size.as_alias("size"),
        )
        .where(BenefitEvidence.benefit == benefit_id)
        .order_by(BenefitEvidence.id)
    )  # fmt: skip
    return [Evidence(**row) for row in rows]


async def one(benefit_id: int, evidence_id: int) -> Evidence:
    """One of `listed`. Raises NotFound."""
    for paper in await listed(benefit_id):
        if paper.id == evidence_id:
            return paper
    raise NotFound


async def _open(innovation_id: int) -> benefits.BenefitFacts:
    found = await benefits.of(innovation_id)
    if found is None or not found.claimed:
        raise Refused(Problem("evidence_early"))
    await benefits.check_open(found)
    return found
