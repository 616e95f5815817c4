"""Proposals that a unit's own system hands in: several at once, all or none; writes the tables of `proposals` too.

They are handed in as they come: a worker wrote them where they work, so there is no draft here, and nobody holds a
code; like one that came on paper, the unit may mend it until it is answered. By its telephone, which is not kept, it
stands on the worker's own page.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base import secrets
from foundation.base.problem import Problem
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ancestors
from foundation.people.posts import lock_place
from foundation.people.worker_tables import Worker
from foundation.process.calendar import working_deadline
from foundation.store import bulk
from foundation.text import index
from innovations import proposal_deadlines, proposal_index
from innovations.proposal_tables import Proposal, ProposalStep
from innovations.proposals import columns, phone_hash, record
from innovations.rules.answers import days_for
from innovations.rules.proposal_form import ProposalDraft
from innovations.rules.proposals import Stage

MOST = 200  # at once; they are one transaction, for which others wait: a tenth of a second as offices write
MOST_TEXT = 60_000  # characters of all together: two tenths


def length_problems(said: Sequence[ProposalDraft]) -> list[Problem]:
    """What is wrong with all of them together: more text than one transaction takes."""
    length = sum(len(one.title) + len(one.problem) + len(one.suggestion) for one in said)
    params = {"most": str(MOST_TEXT), "length": str(length)}
    return [Problem("proposals_long", "proposals", params)] if length > MOST_TEXT else []


async def receive(
    said: Sequence[ProposalDraft], organisation_id: int, by: int, now: datetime, zone: ZoneInfo
) -> list[int]:
    """Within the caller's transaction: all of them handed in; answers their ids in order. Raises Refused."""
    await lock_place(organisation_id)
    path = (await Organisation.select(Organisation.path).where(Organisation.id == organisation_id))[0]["path"]
    days = days_for(Stage.SUBMITTED, await proposal_deadlines.of(organisation_id))
    due_at = await working_deadline(now, days, zone) if days is not None else None
    workers = await _workers(said)
    ids = await bulk.next_ids(Proposal, len(said))
    rows = [
        _row(number, one, (organisation_id, by), workers.get(_who(one)), now, due_at)
        for number, one in zip(ids, said, strict=True)
    ]
    await bulk.insert(Proposal, rows)
    step = {"step": "hand_in", "note": "", "rule": "", "account": by, "at": now}
    await bulk.insert(ProposalStep, [{"proposal": number, **step} for number in ids])
    await index.put(*(proposal_index.document(row, ancestors(path)) for row in rows))
    for number in ids:
        payload = {"organisation": organisation_id, "stage": Stage.SUBMITTED.value}
        record(number, "proposal.hand_in", f"account:{by}", payload)
    return ids


def _row(  # noqa: PLR0917 - a row is all of these
    number: int, said: ProposalDraft, place: tuple[int, int], worker: int | None, now: datetime, due_at: datetime | None
) -> dict[str, Any]:
    organisation_id, by = place
    return {
        "id": number, "organisation": organisation_id, **columns(said), "phone_hash": phone_hash(said.phone),
        "worker": worker, "receipt_hash": secrets.digest(secrets.new_code()), "stage": Stage.SUBMITTED.value,
        "desk": "", "revision": 1, "due_at": due_at, "drafted_at": now, "handed_in_at": now, "adopted_at": None,
        "changed_at": now, "sheet": None, "entered_by": by,
    }  # fmt: skip


def _who(said: ProposalDraft) -> tuple[str, str]:
    """Telephone and name as they are compared."""
    return phone_hash(said.phone), columns(said)["folded"]


async def _workers(said: Sequence[ProposalDraft]) -> Mapping[tuple[str, str], int]:
    """Whose telephones and names these are in the registry; where several have the same, none of them."""
    phones = sorted({_who(one)[0] for one in said if one.phone})
    if not phones:
        return {}
    rows = await Worker.select(Worker.id, Worker.phone_hash, Worker.folded).where(
        Worker.phone_hash.is_in(phones), Worker.merged_into.is_null()
    )
    count = Counter((row["phone_hash"], row["folded"]) for row in rows)
    return {key: row["id"] for row in rows if count[key := (row["phone_hash"], row["folded"])] == 1}
