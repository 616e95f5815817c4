"""Studios for the unit, its channel and whoever calls, each through what they may see; calls likewise.

What everyone may read of studios is `studio_showing`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.base.clock import today
from foundation.base.problem import NotFound
from foundation.people import organisation_tree
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from innovations import studio_rounds, studios
from innovations.may_studios import KEEP_NAMED_STUDIOS, KEEP_STUDIOS, RANK_STUDIOS, RUN_STUDIO_CALLS, SEE_STUDIOS
from innovations.rules.studio_calls import RoundStage
from innovations.rules.studios import LIVING, Stage
from innovations.studio_rounds import CallFacts
from innovations.studio_tables import Studio, StudioMember, StudioRound, StudioTerm
from innovations.studios import StudioFacts

PAGE = 30
MOST = 1000  # studios of one call on its page
FROZEN = [stage.value for stage in RoundStage if stage not in {RoundStage.DRAFT, RoundStage.CANCELLED}]
BORE_A_NAME = [stage.value for stage in (Stage.NAMED, Stage.LAPSED, Stage.ENDED)]


@dataclass(frozen=True, slots=True)
class Line:
    """A studio in a list."""

    studio: StudioFacts
    leader: str
    unit: str
    channel: str
    call: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works or worked in a studio."""

    id: int
    name: str
    unit: str
    grade: str
    since: date
    until: date | None


async def calls_run(user: SignedIn, before: int | None = None) -> list[CallFacts]:
    """The calls that this person runs, the newest first, one more than a page."""
    query = permitted(StudioRound.select(), RUN_STUDIO_CALLS, user)
    if before is not None:
        query = query.where(StudioRound.id < before)
    rows = await query.order_by(StudioRound.id, ascending=False).limit(PAGE + 1)
    return [studio_rounds.facts(row) for row in rows]


async def call_run(user: SignedIn, round_id: int) -> CallFacts:
    """The call, where this person runs it. Raises NotFound."""
    row = await permitted(StudioRound.select().where(StudioRound.id == round_id), RUN_STUDIO_CALLS, user).first()
    if row is None:
        raise NotFound
    return studio_rounds.facts(row)


async def public_calls(before: int | None = None) -> list[CallFacts]:
    """Calls with frozen standards, the newest first, one more than a page."""
    query = StudioRound.select().where(StudioRound.stage.is_in(FROZEN))
    if before is not None:
        query = query.where(StudioRound.id < before)
    rows = await query.order_by(StudioRound.id, ascending=False).limit(PAGE + 1)
    return [studio_rounds.facts(row) for row in rows]


async def public_call(address: str) -> CallFacts:
    """A call with frozen standards. Raises NotFound."""
    row = await StudioRound.select().where(StudioRound.address == address[:40], StudioRound.stage.is_in(FROZEN)).first()
    if row is None:
        raise NotFound
    return studio_rounds.facts(row)


async def open_calls(organisation_id: int) -> list[CallFacts]:
    """The calls under which this unit may apply today."""
    chain = await organisation_tree.trail(organisation_id)
    rows = await (
        StudioRound.select()
        .where(
            StudioRound.stage == RoundStage.OPEN.value, StudioRound.apply_until >= today(),
            StudioRound.organisation.is_in([one.id for one in chain] or [0]),
        )
        .order_by(StudioRound.id)
    )  # fmt: skip
    return [studio_rounds.facts(row) for row in rows]


async def calls_of_channel(user: SignedIn) -> list[CallFacts]:
    """The calls for which the worn hat draws a list up, open or past, the newest first: its own, and those of the
    union right above it."""
    if user.hat is None:
        return []
    own = user.hat.organisation_id
    near = [one.id for one in (await organisation_tree.trail(own))[-2:]]
    callers = [one for one in near if own in {channel.id for channel in await studio_rounds.channels_of(one)}]
    rows = await (
        StudioRound.select()
        .where(StudioRound.stage.is_in(FROZEN), StudioRound.organisation.is_in(callers or [0]))
        .order_by(StudioRound.id, ascending=False)
        .limit(MOST)
    )
    return [studio_rounds.facts(row) for row in rows]


async def of_call(user: SignedIn, round_id: int, permission: Permission = KEEP_NAMED_STUDIOS) -> list[Line]:
    """The studios of a call that were applied for, by channel and rank."""
    query = Studio.select(*_COLUMNS).where(Studio.round == round_id)
    lines = _lines(await permitted(query, permission, user).order_by(Studio.id).limit(MOST))
    risen = {line.studio.continues for line in lines}  # their applications stand for them
    lines = [line for line in lines if line.studio.id not in risen]
    return sorted(lines, key=lambda one: (one.channel, one.studio.rank is None, one.studio.rank or 0, one.studio.id))


async def gone_on(user: SignedIn, round_id: int) -> list[Line]:
    """What was named under a call and is named at a higher level since."""
    terms = await StudioTerm.select(StudioTerm.studio).where(StudioTerm.round == round_id)
    query = Studio.select(*_COLUMNS).where(
        Studio.id.is_in(sorted({row["studio"] for row in terms}) or [0]), Studio.round != round_id
    )
    return _lines(await permitted(query, SEE_STUDIOS, user).order_by(Studio.id))


async def of_channel(user: SignedIn, round_id: int) -> list[Line]:
    """What the worn hat's channel ranks for a call: those with a rank first."""
    return await of_call(user, round_id, RANK_STUDIOS)


async def of_unit(user: SignedIn, before: int | None = None) -> list[Line]:
    """The studios of the hat's own unit, the newest first, one more than a page."""
    query = permitted(Studio.select(*_COLUMNS), KEEP_STUDIOS, user)
    if before is not None:
        query = query.where(Studio.id < before)
    return _lines(await query.order_by(Studio.id, ascending=False).limit(PAGE + 1))


async def named(user: SignedIn, stage: str = "", before: int | None = None) -> list[Line]:
    """Studios that bear or bore a name, for whoever assesses them; the newest first, one more than a page."""
    query = permitted(Studio.select(*_COLUMNS), KEEP_NAMED_STUDIOS, user)
    query = query.where(Studio.stage.is_in([stage] if stage in BORE_A_NAME else BORE_A_NAME))
    if before is not None:
        query = query.where(Studio.id < before)
    return _lines(await query.order_by(Studio.id, ascending=False).limit(PAGE + 1))


async def one(user: SignedIn, studio_id: int, permission: Permission = SEE_STUDIOS) -> Line:
    """A studio, where this person may do this with it. Raises NotFound."""
    query = Studio.select(*_COLUMNS).where(Studio.id == studio_id)
    row = await permitted(query, permission, user).first()
    if row is None:
        raise NotFound
    return _lines([row])[0]


async def may(user: SignedIn, permission: Permission, studio_id: int) -> bool:
    """Whether this person may do this with the studio."""
    return permission.possible(user) and await permission.allows(user, Studio.id == studio_id)


async def members(studio_id: int) -> list[Member]:
    """Who works in a studio that was loaded through what its reader may see, those who left at the end."""
    rows = await (
        StudioMember.select(
            StudioMember.id, StudioMember.since, StudioMember.until, StudioMember.worker.name.as_alias("name"),
            StudioMember.worker.grade.as_alias("grade"), StudioMember.worker.unit.name.as_alias("unit"),  # type: ignore[union-attr]
        )
        .where(StudioMember.studio == studio_id)
        .order_by(StudioMember.since, StudioMember.id)
    )  # fmt: skip
    return sorted((Member(**row) for row in rows), key=lambda each: each.until is not None)


async def of_innovation(organisation_id: int) -> list[tuple[int, str]]:
    """The studios of a unit that an innovation may be a result of: (id, name)."""
    stages = [stage.value for stage in LIVING]
    rows = await (
        Studio.select(Studio.id, Studio.name)
        .where(Studio.organisation == organisation_id, Studio.stage.is_in(stages), Studio.continues.is_null())
        .order_by(Studio.id)
    )
    return [(row["id"], row["name"]) for row in rows]


_COLUMNS = (
    *Studio.all_columns(), Studio.leader.name.as_alias("leader_name"), Studio.organisation.name.as_alias("unit_name"),
    Studio.channel.name.as_alias("channel_name"), Studio.round.name.as_alias("round_name"),
)  # fmt: skip


def _lines(rows: Sequence[dict[str, Any]]) -> list[Line]:
    return [
        Line(
            studios.facts(row), row["leader_name"], row["unit_name"], row["channel_name"] or "", row["round_name"] or ""
        )
        for row in rows
    ]  # fmt: skip
