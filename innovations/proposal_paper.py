"""Proposals that were handed in on paper and are entered by a clerk; writes `Proposal` through `proposals`.

Nobody holds a code of such a one: it cannot be given back for completion, so its clerk may mend what was copied wrong
until the unit answers. The clock runs from the day on the paper. Who may do this was decided by the route.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base import secrets
from foundation.base.problem import Problem, Refused
from foundation.files import pictures
from foundation.store.commit import write
from foundation.store.locks import lock_name
from innovations import proposal_index, proposal_sheets, proposals
from innovations.proposal_pictures import ROLE
from innovations.proposal_tables import Proposal, ProposalPicture
from innovations.rules.proposal_form import ProposalDraft, changed
from innovations.rules.proposal_paper import OnPaper
from innovations.rules.proposals import Stage


@dataclass(frozen=True, slots=True)
class Entering:
    """Who enters it where, and when."""

    organisation_id: int
    by: int  # account
    now: datetime
    zone: ZoneInfo


async def enter(paper: OnPaper, picture_id: int | None, at: Entering) -> int:
    """Keep it as handed in on its day, with a photograph of the paper or none; answers its id.

    Raises Refused where the unit has it from the same person in the same words.
    """

    async def job() -> int:
        await lock_name(f"proposal-paper:{at.organisation_id}")
        await _check_new(paper.said, at.organisation_id)
        row = Proposal(
            organisation=at.organisation_id, worker=None, receipt_hash=secrets.digest(secrets.new_code()),
            stage=Stage.DRAFT.value, desk="", drafted_at=at.now, changed_at=at.now, entered_by=at.by,
            phone_hash=proposals.phone_hash(paper.said.phone), **proposals.columns(paper.said),
        )  # fmt: skip
        await row.save()
        if picture_id is not None:
            await _hang(int(row.id), picture_id, paper.said.title)
        stands = await proposals.locked(int(row.id))
        since = _beginning(paper.on, at.zone)
        values: dict[Any, Any] = {"handed_in_at": since, "worker": await proposals.worker_of(stands)}
        await proposals.move(
            stands, "enter_paper", "", by=at.by, now=at.now, zone=at.zone, values=values, since=since,
            payload={"organisation": at.organisation_id},
        )  # fmt: skip
        return int(row.id)

    return await write(job)


async def mend(proposal_id: int, said: ProposalDraft, revision: int, by: int, now: datetime) -> None:
    """Put what really stands on the paper in the place of what was copied. Raises Refused once it is being answered."""

    async def job() -> None:
        row = await proposals.locked(proposal_id)
        if row["entered_by"] is None or row["stage"] != Stage.SUBMITTED.value:
            raise Refused(Problem("proposal_not_writable"))
        if row["revision"] != revision:
            raise Refused(Problem("proposal_changed"))
        values: dict[Any, Any] = {**proposals.columns(said), "changed_at": now, "revision": revision + 1}
        values["phone_hash"] = proposals.phone_hash(said.phone) or row["phone_hash"]
        if any(values[name] != row[name] for name in ("phone_hash", "folded")):  # somebody else's, by what stands there
            values["worker"] = await proposals.worker_of(values)
        await Proposal.update(values).where(Proposal.id == proposal_id)
        await proposal_index.put(proposal_id)
        proposals.record(
            proposal_id, "proposal.mended", f"account:{by}", {"fields": changed(proposals.draft_of(row), said)}
        )

    await write(job)


async def _check_new(said: ProposalDraft, organisation_id: int) -> None:
    values = {"title": said.title, "problem": said.problem, "suggestion": said.suggestion, "name": said.name}
    if (await proposal_sheets.there([values], organisation_id))[0]:
        raise Refused(Problem("proposal_paper_again", "title"))


async def _hang(proposal_id: int, picture_id: int, title: str) -> None:
    await ProposalPicture(proposal=proposal_id, picture=picture_id).save()
    await pictures.describe(picture_id, title)
    await pictures.hang(picture_id, proposals.subject(proposal_id), ROLE)


def _beginning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
