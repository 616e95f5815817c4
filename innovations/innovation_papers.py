"""Papers of an innovation: the only writer of `InnovationFile`. Downloads alone; `foundation.files` judges the content.

A paper is the unit's own until it is handed in with a version (`since`). Who may write was decided by the loader.
"""

from dataclasses import dataclass
from datetime import datetime

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import uses
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import returns
from innovations import innovations
from innovations.innovation_standing import Row
from innovations.innovation_tables import InnovationFile, InnovationStep, InnovationVersion
from innovations.rules.innovation_kinds import PAPERS
from innovations.rules.innovations import Stage

REVIEWED = frozenset({Stage.AWARDED, Stage.NOT_AWARDED})  # a decision rests on its papers
DECISIONS = ("award", "not_award")
MOST = 20
FIELD = "papers"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper; `size` is bytes."""

    id: int
    file_id: int
    role: str
    name: str
    size: int
    since: int | None = None  # the version that it was handed in with


@tried_again
async def add(innovation_id: int, file_id: int, role: str, by: int, now: datetime) -> None:
    """Hang a stored file on an innovation. Raises Refused, NotFound."""
    async with transaction():
        row = await innovations.locked(innovation_id)
        await check_open(row, FIELD, "paper")
        if role not in PAPERS:
            raise Refused(Problem("innovation_paper_role", "role"))
        count = int(await InnovationFile.count().where(InnovationFile.innovation == innovation_id))
        if count >= MOST:
            raise Refused(Problem("innovation_papers_many", "paper", {"most": str(MOST)}))
        await uses.hang(file_id, innovations.subject(innovation_id), FIELD)
        await InnovationFile(innovation=innovation_id, file=file_id, role=role, position=count + 1, since=None).save()
        await innovations.touch(row, {}, now)
        innovations.record(innovation_id, "paper_in", by, {"file": file_id, "role": role})


@tried_again
async def take_off(innovation_id: int, paper_id: int, by: int, now: datetime) -> None:
    """Take a paper off; a second time is once. What a review has read stays. Raises Refused, NotFound."""
    async with transaction():
        row = await innovations.locked(innovation_id)
        await check_open(row, FIELD, "paper")
        read = await reviewed(innovation_id, Stage(row["stage"]), row["version"])
        if await InnovationFile.exists().where(
            InnovationFile.innovation == innovation_id, InnovationFile.id == paper_id, InnovationFile.since <= read
        ):
            raise Refused(Problem("innovation_paper_reviewed", "paper"))
        gone = await (
            InnovationFile.delete()
            .where(InnovationFile.innovation == innovation_id, InnovationFile.id == paper_id)
            .returning(InnovationFile.file)
        )
        if gone:
            await uses.unhang(innovations.subject(innovation_id), FIELD, [one["file"] for one in gone])
            await innovations.touch(row, {}, now)
            innovations.record(innovation_id, "paper_off", by, {"file": gone[0]["file"]})


async def reviewed(innovation_id: int, stage: Stage, version: int) -> int:
    """The newest version whose papers a decision rests on, 0 where there is none: also after a next one was handed in.

    While it has its result all that was handed in stays, for a further round may be reading it.
    """
    if stage in REVIEWED:
        return version
    last = await (
        InnovationStep.select(InnovationStep.at)
        .where(InnovationStep.innovation == innovation_id, InnovationStep.step.is_in(list(DECISIONS)))
        .order_by(InnovationStep.id, ascending=False)
        .first()
    )
    if last is None:
        return 0
    read = await (
        InnovationVersion.select(InnovationVersion.number)
        .where(InnovationVersion.innovation == innovation_id, InnovationVersion.made_at <= last["at"])
        .order_by(InnovationVersion.number, ascending=False)
        .first()
    )
    return int(read["number"]) if read else 0


async def of(innovation_id: int, *, own: bool) -> list[Paper]:
    """The papers of an innovation that was loaded; those that were handed in, where it is not the reader's `own`."""
    query = (
        InnovationFile.select(
            InnovationFile.id, InnovationFile.file.id.as_alias("file_id"), InnovationFile.role,
            InnovationFile.file.name.as_alias("name"), InnovationFile.file.size.as_alias("size"), InnovationFile.since,
        )
        .where(InnovationFile.innovation == innovation_id)
        .order_by(InnovationFile.id)
    )  # fmt: skip
    if not own:
        query = query.where(InnovationFile.since.is_not_null())
    return [Paper(**row) for row in await query]


async def one(innovation_id: int, paper_id: int, *, own: bool) -> Paper:
    """One of `of`. Raises NotFound."""
    for paper in await of(innovation_id, own=own):
        if paper.id == paper_id:
            return paper
    raise NotFound


async def check_open(row: Row, field: str, at: str) -> None:
    """Raises Refused where nobody writes now, or a return did not open this field; the problem stands at `at`."""
    innovations.check_writable(row)
    if problems := await returns.check_reopened(innovations.subject(row["id"]), [field]):
        raise Refused(*(Problem(problem.code, at) for problem in problems))
