"""Innovations for the unit that writes them and the unions above it: lists, one innovation, how many stand where.

Every query goes through what the reader may see. The unit reads what is being written; everybody else reads the newest
version that was handed in, and nothing of what was written since is selected for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from piccolo.query.functions.aggregate import Count

from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from foundation.people.tables import Account
from innovations import innovation_standing, innovation_versions, innovations
from innovations.innovation_tables import Innovation, InnovationStep, InnovationVersion
from innovations.may import KEEP_INNOVATIONS, SEE_INNOVATIONS
from innovations.rules.innovation_form import Draft
from innovations.rules.innovations import Stage

PAGE = 30

GROUPS: Mapping[str, Sequence[Stage]] = {
    "writing": (Stage.DRAFT, Stage.RETURNED),
    "handed_in": (Stage.HANDED_IN,),
    "in_review": (Stage.IN_REVIEW,),
    "awarded": (Stage.AWARDED,),
    "others": (Stage.NOT_AWARDED, Stage.WITHDRAWN, Stage.MERGED),
}
"""The tabs of the list, in the order of the work."""


@dataclass(frozen=True, slots=True)
class Line:
    """An innovation in a list, as its reader may know it."""

    id: int
    organisation: str
    title: str
    kind: str
    year: int
    stage: Stage
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class InnovationFacts:
    """Where an innovation stands; what it says is `said`. `own`: the reader's unit is the one that writes it."""

    id: int
    address: str
    organisation_id: int
    organisation: str
    stage: Stage
    version: int
    revision: int
    proposal: int | None
    publicity: str
    benefit_shown: str
    cleared_at: datetime | None
    own: bool
    said: Draft

    @property
    def subject(self) -> str:
        return innovations.subject(self.id)


@dataclass(frozen=True, slots=True)
class Step:
    """What happened, with its words; `by` is who did it, for the unit itself."""

    step: str
    note: str
    at: datetime
    by: str = ""


_PLACE = (
    Innovation.id, Innovation.organisation.id.as_alias("organisation_id"),
    Innovation.organisation.name.as_alias("organisation"), Innovation.stage, Innovation.version, Innovation.changed_at,
)  # fmt: skip
_FACTS = (
    Innovation.id, Innovation.address, Innovation.organisation.id.as_alias("organisation_id"),
    Innovation.organisation.name.as_alias("organisation"), Innovation.stage, Innovation.version, Innovation.revision,
    Innovation.proposal, Innovation.publicity, Innovation.benefit_shown, Innovation.cleared_at,
)  # fmt: skip


async def listed(user: SignedIn, group: str = "", before: int | None = None) -> list[Line]:
    """The newest first, one more than a page; `group` is one of `GROUPS` or empty for all."""
    query = permitted(Innovation.select(*_PLACE), SEE_INNOVATIONS, user)
    if group:
        query = query.where(Innovation.stage.is_in([stage.value for stage in GROUPS[group]]))
    if before is not None:
        query = query.where(Innovation.id < before)
    rows = await query.order_by(Innovation.id, ascending=False).limit(PAGE + 1)
    own = {row["id"] for row in rows if _is_own(user, row)}
    others = {row["id"]: row["version"] for row in rows if row["id"] not in own}
    said = {**await _written(own), **await _handed_in(others)}
    return [
        Line(
            row["id"], row["organisation"], *said[row["id"]], Stage(row["stage"]), row["version"], row["changed_at"]
        )
        for row in rows
        if row["id"] in said
    ]  # fmt: skip


async def counts(user: SignedIn) -> dict[str, int]:
    """How many of the hat's own unit stand in each group."""
    query = permitted(Innovation.select(Innovation.stage, Count()), KEEP_INNOVATIONS, user)
    found = {Stage(row["stage"]): row["count"] for row in await query.group_by(Innovation.stage)}
    return {group: sum(found.get(stage, 0) for stage in stages) for group, stages in GROUPS.items()}


async def one(user: SignedIn, innovation_id: int, permission: Permission = SEE_INNOVATIONS) -> InnovationFacts:
    """The innovation, if this person may do this with it. Raises NotFound for strangers."""
    query = Innovation.select(*_FACTS).where(Innovation.id == innovation_id)
    row = await permitted(query, permission, user).first()
    if row is None:
        raise NotFound
    own = _is_own(user, row)
    said = await _draft(innovation_id) if own else await innovation_versions.one(innovation_id, row["version"])
    return InnovationFacts(**{**row, "stage": Stage(row["stage"]), "own": own, "said": said})


async def of_proposal(user: SignedIn, proposal_id: int) -> tuple[int, str] | None:
    """Id and title of the innovation that grew out of a proposal, where this person may read it."""
    query = Innovation.select(Innovation.id, Innovation.handed_title).where(Innovation.proposal == proposal_id)
    row = await permitted(query, SEE_INNOVATIONS, user).first()
    return (row["id"], row["handed_title"]) if row else None


async def keeps(user: SignedIn, innovation_id: int) -> bool:
    """Whether this person writes this innovation for its unit."""
    return KEEP_INNOVATIONS.possible(user) and await KEEP_INNOVATIONS.allows(user, Innovation.id == innovation_id)


async def steps(facts: InnovationFacts) -> list[Step]:
    """What happened to an innovation, in order; who took a step is told to the unit alone."""
    rows = await InnovationStep.select().where(InnovationStep.innovation == facts.id).order_by(InnovationStep.id)
    accounts = sorted({row["account"] for row in rows if row["account"]}) if facts.own else []
    found = await Account.select(Account.id, Account.name).where(Account.id.is_in(accounts or [0]))
    names = {row["id"]: row["name"] for row in found}
    return [Step(row["step"], row["note"], row["at"], names.get(row["account"], "")) for row in rows]


async def is_cleared(innovation_id: int) -> bool:
    """Whether the unit has looked through what stands there now."""
    row = await Innovation.select().where(Innovation.id == innovation_id).first()
    return row is not None and await innovation_standing.is_cleared(row)


async def _draft(innovation_id: int) -> Draft:
    row = await Innovation.select().where(Innovation.id == innovation_id).first()
    if row is None:
        raise NotFound
    return innovation_standing.draft_of(row, await innovation_standing.authors_of(innovation_id))


async def _written(ids: set[int]) -> dict[int, tuple[str, str, int]]:
    columns = (Innovation.id, Innovation.title, Innovation.kind, Innovation.year)
    rows = await Innovation.select(*columns).where(Innovation.id.is_in(sorted(ids) or [0]))
    return {row["id"]: (row["title"], row["kind"], row["year"]) for row in rows}


async def _handed_in(versions: Mapping[int, int]) -> dict[int, tuple[str, str, int]]:
    """Title, kind and year by innovation, as its newest version says them."""
    columns = (InnovationVersion.innovation, InnovationVersion.number, InnovationVersion.body)
    rows = await InnovationVersion.select(*columns).where(
        InnovationVersion.innovation.is_in(sorted(versions) or [0]),
        InnovationVersion.number.is_in(sorted(set(versions.values())) or [0]),
    )
    drafts = {
        row["innovation"]: msgspec.json.decode(row["body"], type=Draft)
        for row in rows
        if versions[row["innovation"]] == row["number"]
    }
    return {number: (one.title, one.kind, one.year) for number, one in drafts.items()}


def _is_own(user: SignedIn, row: Mapping[str, Any]) -> bool:
    return user.hat is not None and bool(row["organisation_id"] == user.hat.organisation_id)
