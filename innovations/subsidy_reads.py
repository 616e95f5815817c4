"""Subsidies for those who run a round, for units that apply, and what everyone may read of a round.

Every query but the public ones goes through what the reader may see. The public reads select rounds with frozen terms
and, of applications, what a notice has shown and was granted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foundation.base.clock import today
from foundation.base.problem import NotFound
from foundation.people import organisation_tree
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from innovations import subsidies, subsidy_applications
from innovations.innovation_standing import TOLD
from innovations.innovation_tables import Innovation
from innovations.may import RUN_SUBSIDIES, SEE_APPLICATIONS, WRITE_APPLICATIONS
from innovations.rules.innovations import GONE, HANDED_IN_ONCE
from innovations.rules.subsidy_steps import ApplicationStage, Stage
from innovations.rules.subsidy_terms import Terms
from innovations.subsidies import RoundFacts
from innovations.subsidy_applications import CHANNELS, ApplicationFacts
from innovations.subsidy_tables import SubsidyApplication, SubsidyRound

PAGE = 30
CHOICES = 200  # innovations that are offered to be applied for
MOST = 5000  # applications of one round on its page
PUBLIC = [stage.value for stage in Stage if stage not in {Stage.DRAFT, Stage.CANCELLED}]
RESULT = (Stage.GRANTED, Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class Line:
    """An application in a list: what the registry knows of it, nothing typed twice."""

    application: ApplicationFacts
    title: str
    unit: str
    city: str
    round_name: str
    given_up: bool  # the round


@dataclass(frozen=True, slots=True)
class Choice:
    """An innovation for which its unit may apply."""

    id: int
    title: str
    year: int


async def rounds_run(user: SignedIn, before: int | None = None) -> list[RoundFacts]:
    """The rounds that this person runs, the newest first, one more than a page."""
    query = permitted(SubsidyRound.select(), RUN_SUBSIDIES, user)
    if before is not None:
        query = query.where(SubsidyRound.id < before)
    return [subsidies.facts(row) for row in await query.order_by(SubsidyRound.id, ascending=False).limit(PAGE + 1)]


async def round_run(user: SignedIn, round_id: int) -> RoundFacts:
    """The round, where this person runs it. Raises NotFound."""
    row = await permitted(SubsidyRound.select().where(SubsidyRound.id == round_id), RUN_SUBSIDIES, user).first()
    if row is None:
        raise NotFound
    return subsidies.facts(row)


async def public_rounds(before: int | None = None) -> list[RoundFacts]:
    """Rounds with frozen terms, the newest first, one more than a page."""
    query = SubsidyRound.select().where(SubsidyRound.stage.is_in(PUBLIC))
    if before is not None:
        query = query.where(SubsidyRound.id < before)
    return [subsidies.facts(row) for row in await query.order_by(SubsidyRound.id, ascending=False).limit(PAGE + 1)]


async def public_round(address: str) -> RoundFacts:
    """A round with frozen terms. Raises NotFound."""
    row = await SubsidyRound.select().where(SubsidyRound.address == address, SubsidyRound.stage.is_in(PUBLIC)).first()
    if row is None:
        raise NotFound
    return subsidies.facts(row)


async def channels(path: str) -> dict[str, str]:
    """The channels at or below a place, names by the key that `Terms.cities` has: who may have a ceiling of its own."""
    rows = await (
        Organisation.select(Organisation.id, Organisation.name)
        .where(
            below(Organisation.path, path), Organisation.active.eq(True),
            Organisation.kind.is_in([kind.value for kind in CHANNELS]),
        )
        .order_by(Organisation.path)
        .limit(MOST)
    )  # fmt: skip
    return {str(row["id"]): row["name"] for row in rows}


async def channel_names(terms: Terms) -> dict[str, str]:
    """What the channels with a ceiling of their own are called."""
    rows = await Organisation.select(Organisation.id, Organisation.name).where(
        Organisation.id.is_in([int(key) for key in terms.cities] or [0])
    )
    return {str(row["id"]): row["name"] for row in rows}


async def open_rounds(organisation_id: int) -> list[RoundFacts]:
    """Rounds that take applications of this unit today: its own, and those of the unions above it."""
    above = [one.id for one in await organisation_tree.trail(organisation_id)]
    rows = await (
        SubsidyRound.select()
        .where(
            SubsidyRound.stage == Stage.OPEN.value, SubsidyRound.organisation.is_in(above or [0]),
            SubsidyRound.apply_until >= today(),
        )
        .order_by(SubsidyRound.id)
        .limit(PAGE)
    )  # fmt: skip
    return [subsidies.facts(row) for row in rows]


async def of_round(user: SignedIn, round_id: int) -> list[Line]:
    """The applications of a round that were handed in, by rank, then in their order."""
    query = SubsidyApplication.select(*_columns()).where(
        SubsidyApplication.round == round_id, SubsidyApplication.stage != ApplicationStage.DRAFT.value
    )
    lines = _lines(await permitted(query, SEE_APPLICATIONS, user).order_by(SubsidyApplication.id).limit(MOST))
    return sorted(lines, key=lambda one: (one.application.rank is None, one.application.rank or 0))


async def veiled(round_id: int, lines: Sequence[Line]) -> int:
    """How many applications of a round its reader was not shown, for they review those innovations blind."""
    handed_in = SubsidyApplication.stage != ApplicationStage.DRAFT.value
    return int(await SubsidyApplication.count().where(SubsidyApplication.round == round_id, handed_in)) - len(lines)


async def of_unit(user: SignedIn, before: int | None = None) -> list[Line]:
    """What the hat's own unit applied for, the newest first, one more than a page."""
    query = permitted(SubsidyApplication.select(*_columns()), WRITE_APPLICATIONS, user)
    if before is not None:
        query = query.where(SubsidyApplication.id < before)
    return _lines(await query.order_by(SubsidyApplication.id, ascending=False).limit(PAGE + 1))


async def one(user: SignedIn, application_id: int, permission: Permission = SEE_APPLICATIONS) -> Line:
    """An application, where this person may do this with it. Raises NotFound."""
    query = SubsidyApplication.select(*_columns()).where(SubsidyApplication.id == application_id)
    lines = _lines([row] if (row := await permitted(query, permission, user).first()) else [])
    if not lines:
        raise NotFound
    return lines[0]


async def choices(organisation_id: int) -> tuple[list[Choice], bool]:
    """The newest innovations of a unit that were handed in, and whether it has more."""
    rows = await (
        Innovation.select(*TOLD)
        .where(
            Innovation.organisation == organisation_id,
            Innovation.stage.is_in([stage.value for stage in HANDED_IN_ONCE - GONE]),
        )
        .order_by(Innovation.id, ascending=False)
        .limit(CHOICES + 1)
    )
    return [Choice(**row) for row in rows[:CHOICES]], len(rows) > CHOICES


async def may_apply_for(organisation_id: int, innovation_id: int) -> None:
    """Raises NotFound for an innovation of another unit."""
    if not await Innovation.exists().where(Innovation.id == innovation_id, Innovation.organisation == organisation_id):
        raise NotFound


def _columns() -> Sequence[Any]:
    return (
        *SubsidyApplication.all_columns(), SubsidyApplication.innovation.handed_title.as_alias("title"),
        SubsidyApplication.unit.name.as_alias("unit_name"), SubsidyApplication.city.name.as_alias("city_name"),
        SubsidyApplication.round.name.as_alias("round_name"), SubsidyApplication.round.stage.as_alias("round_stage"),
    )  # fmt: skip


def _lines(rows: Sequence[dict[str, Any]]) -> list[Line]:
    return [
        Line(
            subsidy_applications.facts(row), row["title"], row["unit_name"], row["city_name"],
            row["round_name"], row["round_stage"] == Stage.CANCELLED.value,
        )
        for row in rows
    ]  # fmt: skip
