"""The round of a nomination: its frozen rules, its channels, and through which of them a unit recommends.

Reads rounds and writes nothing; rounds are prepared and frozen elsewhere.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from craftsmen.round_reads import ChannelFacts
from craftsmen.round_tables import RoundAmendment, SelectionRound
from craftsmen.rules.round_rules import RoundRules, parsed
from craftsmen.rules.round_stages import Stage
from foundation.base.problem import NotFound
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ancestors, is_below

AUDITORS = (Kind.COUNTY, Kind.PARK)  # 县(市、区)、园区: who audits between a unit and its channel


@dataclass(frozen=True, slots=True)
class RoundForNominations:
    """A frozen round as nominations see it."""

    id: int
    address: str
    name: str
    title_id: int
    title: str
    organisation_id: int
    organisation_path: str
    stage: Stage
    frozen_at: datetime
    rules: RoundRules

    @property
    def wanted(self) -> frozenset[str]:
        """Codes of the stages that this round has."""
        return frozenset(stage.code for stage in self.rules.stages)

    def due(self, stage: str) -> date | None:
        """Until when a stage is to be left."""
        found = self.rules.stage(stage)
        return found.due if found else None


@lru_cache(maxsize=64)
def _rules(text: str) -> RoundRules:
    return parsed(text)


async def by_address(address: str) -> RoundForNominations:
    """The frozen round at this address. Raises NotFound, also for one that is still a draft."""
    row = await _select().where(SelectionRound.address == address).first()
    return (await _whole([row] if row else []))[0] if row else _nothing()


async def by_ids(round_ids: Collection[int]) -> dict[int, RoundForNominations]:
    """Several rounds by their ids, in three queries however many."""
    if not round_ids:
        return {}
    rows = await _select().where(SelectionRound.id.is_in(list(round_ids)))
    return {one.id: one for one in await _whole(rows)}


async def by_id(round_id: int) -> RoundForNominations:
    """One round. Raises NotFound."""
    return (await by_ids([round_id])).get(round_id) or _nothing()


async def open_rounds(today: date) -> list[RoundForNominations]:
    """Rounds whose nominations can still be begun, the newest first."""
    return [one for one in await newest(20) if is_open(one, today)]


async def newest(most: int) -> list[RoundForNominations]:
    """The newest frozen rounds, whatever their stage."""
    return await _whole(await _select().order_by(SelectionRound.id, ascending=False).limit(most))


def is_open(found: RoundForNominations, today: date) -> bool:
    """Whether nominations can be begun: frozen, nothing decided yet, and the day for units has not passed."""
    due = found.due("draft")
    return found.stage is Stage.OPEN and (due is None or today <= due)


def channel_of(path: str, found: Collection[ChannelFacts]) -> ChannelFacts | None:
    """The channel through which the organisation at this place recommends: the nearest one at or above it."""
    return max((one for one in found if is_below(path, one.path)), key=lambda one: len(one.path), default=None)


async def auditor_of(path: str, channel: ChannelFacts) -> int | None:
    """The county or park union between the organisation at this place and its channel, the nearest to the channel."""
    between = [each for each in ancestors(path)[:-1] if each not in ancestors(channel.path)]
    if not between:
        return None
    rows = await (
        Organisation.select(Organisation.id)
        .where(Organisation.id.is_in(between), Organisation.kind.is_in([kind.value for kind in AUDITORS]))
        .order_by(Organisation.path)
    )
    return rows[0]["id"] if rows else None


def _select() -> Any:
    return SelectionRound.select(
        SelectionRound.id, SelectionRound.address, SelectionRound.name, SelectionRound.stage, SelectionRound.rules,
        SelectionRound.frozen_at, SelectionRound.organisation, SelectionRound.title,
        SelectionRound.title.name.as_alias("title_name"),
        SelectionRound.organisation.path.as_alias("organisation_path"),
    ).where(SelectionRound.frozen_at.is_not_null())  # fmt: skip


async def _whole(rows: list[dict[str, Any]]) -> list[RoundForNominations]:
    ids = [row["id"] for row in rows]
    amended: dict[int, str] = {}
    if ids:
        found = await (
            RoundAmendment.select(RoundAmendment.round, RoundAmendment.rules)
            .where(RoundAmendment.round.is_in(ids))
            .order_by(RoundAmendment.number)
        )
        amended = {row["round"]: row["rules"] for row in found}
    return [
        RoundForNominations(
            id=row["id"],
            address=row["address"],
            name=row["name"],
            title_id=row["title"],
            title=row["title_name"],
            organisation_id=row["organisation"],
            organisation_path=row["organisation_path"],
            stage=Stage(row["stage"]),
            frozen_at=row["frozen_at"],
            rules=_rules(amended.get(row["id"], row["rules"])),
        )
        for row in rows
    ]


def _nothing() -> Any:
    raise NotFound
