"""Photographs of a proposal: the only writer of `ProposalPicture`.

All are hidden: the page of the proposal sends them to its writer and to whoever may read it, and nobody publishes one.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import picture_reads, pictures
from foundation.files.picture_reads import ShownPicture
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import returns
from innovations import proposal_senders, proposals
from innovations.proposal_tables import ProposalPicture
from innovations.rules.proposals import WRITABLE, Stage

MOST = 4
FIELD = "pictures"
ROLE = "photograph"


@dataclass(frozen=True, slots=True)
class Upload:
    """A photograph as it came: its name is a hint, `said` what it shows in words, which may be empty."""

    name: str
    content: bytes | Path
    said: str


async def add(proposal_id: int, upload: Upload, sender: str, now: datetime) -> None:
    """Make a picture of an upload of the proposal's writer and hang it there. Raises Refused, NotFound."""
    async with transaction():
        await proposal_senders.count_picture(sender, now)
        await _open(proposal_id)
        await _check_room(proposal_id)
    picture_id = await pictures.keep_undescribed(upload.name, upload.content, pictures.NOBODY, now, field="picture")
    await _hang(proposal_id, picture_id, upload.said)


@tried_again
async def _hang(proposal_id: int, picture_id: int, said: str) -> None:
    async with transaction():
        title = await _open(proposal_id)
        number = await _check_room(proposal_id) + 1
        await ProposalPicture(proposal=proposal_id, picture=picture_id).save()
        await pictures.describe(picture_id, said.strip()[: pictures.LONGEST_ALT] or f"{title}（{number}）")
        await pictures.hang(picture_id, proposals.subject(proposal_id), ROLE)
        _record(proposal_id, "proposal.picture_in", picture_id)


async def check_unit(proposal_id: int) -> tuple[str, int]:
    """Within the caller's transaction: a unit hangs photographs on what it entered itself, until that is answered; what
    a worker wrote is the worker's. Answers its title and how many it has. Raises Refused, NotFound."""
    row = await proposals.locked(proposal_id)
    if row["entered_by"] is None or row["stage"] != Stage.SUBMITTED.value:
        raise Refused(Problem("proposal_not_writable"))
    return str(row["title"]), await _check_room(proposal_id)


async def hang_of_unit(proposal_id: int, picture_id: int, said: str, by: int) -> None:
    """Within the caller's transaction: a photograph of the unit's own system, as `check_unit` allows it."""
    title, there = await check_unit(proposal_id)
    await ProposalPicture(proposal=proposal_id, picture=picture_id).save()
    await pictures.describe(picture_id, said or f"{title}（{there + 1}）", by)
    await pictures.hang(picture_id, proposals.subject(proposal_id), ROLE)
    proposals.record(proposal_id, "proposal.picture_in", f"account:{by}", {"picture": picture_id})


@tried_again
async def take_off(proposal_id: int, picture_id: int) -> None:
    """Take a photograph off; a second time is once. Raises Refused, NotFound."""
    async with transaction():
        await _open(proposal_id)
        gone = await (
            ProposalPicture.delete()
            .where(ProposalPicture.proposal == proposal_id, ProposalPicture.picture == picture_id)
            .returning(ProposalPicture.id)
        )
        if gone:
            await pictures.unhang([picture_id], proposals.subject(proposal_id))
            _record(proposal_id, "proposal.picture_off", picture_id)


async def of(proposal_id: int) -> list[ShownPicture]:
    """The photographs of a proposal that was loaded through what its reader may see."""
    rows = await (
        ProposalPicture.select(ProposalPicture.picture)
        .where(ProposalPicture.proposal == proposal_id)
        .order_by(ProposalPicture.id)
    )
    found = await picture_reads.shown([row["picture"] for row in rows], also_hidden=True)
    return [found[row["picture"]] for row in rows if row["picture"] in found]


async def one(proposal_id: int, picture_id: int) -> int:
    """The picture's id, where the proposal has it. Raises NotFound."""
    if not await ProposalPicture.exists().where(
        ProposalPicture.proposal == proposal_id, ProposalPicture.picture == picture_id
    ):
        raise NotFound
    return picture_id


async def _open(proposal_id: int) -> str:
    """Lock the proposal; answers its title. Photographs change while it is written. Raises Refused, NotFound."""
    row = await proposals.locked(proposal_id)
    if Stage(row["stage"]) not in WRITABLE:
        raise Refused(Problem("proposal_not_writable"))
    if problems := await returns.check_reopened(proposals.subject(proposal_id), [FIELD]):
        raise Refused(*(Problem(problem.code, "picture") for problem in problems))
    return str(row["title"])


async def _check_room(proposal_id: int) -> int:
    count = int(await ProposalPicture.count().where(ProposalPicture.proposal == proposal_id))
    if count >= MOST:
        raise Refused(Problem("proposal_pictures_many", "picture", {"most": str(MOST)}))
    return count


def _record(proposal_id: int, act: str, picture_id: int) -> None:
    stream = proposals.subject(proposal_id)
    ledger.record(stream=stream, act=act, actor=proposals.WRITER, payload={"picture": picture_id})
