"""A unit's own tables of rewards: the only writer of `RewardTable` and `RewardTier`, and how they are read.

A table is never edited: a new one takes its place from its day on, so that every award can be made again. One with a
slip in it is taken back, as long as nothing was awarded under it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.locks import lock_name
from innovations.innovation_reward_tables import InnovationReward
from innovations.may import KEEP_REWARD_TABLES
from innovations.proposal_tables import ProposalReward, RewardTier
from innovations.proposal_tables import RewardTable as Row
from innovations.rules.rewards import BY_CODE, RewardTable, Tier, table_of

OWN = "own:"


async def add(  # noqa: PLR0917
    title: str, from_day: date, tiers: Sequence[Tier], organisation_id: int, by: int, now: datetime
) -> int:
    """A unit's next table; answers its id. Raises Refused where one begins on this day already."""

    async def job() -> int:
        await hold_still(organisation_id)
        if await Row.exists().where(Row.organisation == organisation_id, Row.from_day == from_day):
            raise Refused(Problem("reward_day_taken", "from_day"))
        row = Row(organisation=organisation_id, title=title, from_day=from_day, made_by=by, made_at=now)
        await row.save()
        await RewardTier.insert(
            *(
                RewardTier(
                    reward_table=row.id, position=position, name=tier.name, from_fen=tier.from_fen, least=tier.least,
                    most=tier.most, significance=tier.significance,
                )
                for position, tier in enumerate(tiers, 1)
            )
        )  # fmt: skip
        table = RewardTable(f"{OWN}{row.id}", title, from_day, tuple(tiers))
        ledger.record(
            stream=f"organisation:{organisation_id}", act="reward_table.added", actor=f"account:{by}",
            payload={"table": row.id, "from": from_day.isoformat(), "digest": table.digest},
        )  # fmt: skip
        return int(row.id)

    return await write(job)


async def take_back(table_id: int, organisation_id: int, by: int) -> None:
    """Take a unit's table away under which nothing was awarded. Raises Refused; NotFound, a second time too."""

    async def job() -> None:
        await hold_still(organisation_id)
        if not await Row.exists().where(Row.id == table_id, Row.organisation == organisation_id):
            raise NotFound
        if await used([f"{OWN}{table_id}"]):
            raise Refused(Problem("reward_table_used"))
        await RewardTier.delete().where(RewardTier.reward_table == table_id)
        await Row.delete().where(Row.id == table_id)
        ledger.record(
            stream=f"organisation:{organisation_id}", act="reward_table.taken_back", actor=f"account:{by}",
            payload={"table": table_id},
        )  # fmt: skip

    await write(job)


async def hold_still(organisation_id: int) -> None:
    """Within the caller's transaction: a unit's tables stay as they are, for whoever adds one or awards under one."""
    await lock_name(f"reward-tables:{organisation_id}")


async def used(codes: Sequence[str]) -> set[str]:
    """Which of these tables something was awarded under, a proposal or an innovation."""
    found: set[str] = set()
    for table in (ProposalReward, InnovationReward):
        rows = await table.select(table.rule).where(table.rule.is_in(list(codes) or [""])).group_by(table.rule)
        found |= {row["rule"] for row in rows}
    return found


async def for_user(user: SignedIn, table_id: int) -> int:
    """The table's id, if it is of the unit whose hat is worn. Raises NotFound."""
    row = await permitted(Row.select(Row.id).where(Row.id == table_id), KEEP_REWARD_TABLES, user).first()
    if row is None:
        raise NotFound
    return int(row["id"])


async def of_unit(organisation_id: int) -> list[RewardTable]:
    """A unit's own tables, the newest first."""
    rows = await Row.select().where(Row.organisation == organisation_id).order_by(Row.from_day, ascending=False)
    return await _with_tiers(rows)


async def holding(organisation_id: int, day: date) -> RewardTable | None:
    """The table under which this unit awards on this day."""
    return table_of(await of_unit(organisation_id), day)


async def by_code(code: str) -> RewardTable | None:
    """The table that an award names, whoever keeps it by now."""
    if code in BY_CODE:
        return BY_CODE[code]
    number = code.removeprefix(OWN)
    if not code.startswith(OWN) or not number.isdecimal():
        return None
    found = await _with_tiers(await Row.select().where(Row.id == int(number)))
    return found[0] if found else None


async def _with_tiers(rows: Sequence[dict[str, Any]]) -> list[RewardTable]:
    tiers: dict[int, list[Tier]] = {row["id"]: [] for row in rows}
    for tier in (
        await RewardTier.select()
        .where(RewardTier.reward_table.is_in(sorted(tiers) or [0]))
        .order_by(RewardTier.reward_table)
        .order_by(RewardTier.position)
    ):
        tiers[tier["reward_table"]].append(_tier(tier))
    return [RewardTable(f"{OWN}{row['id']}", row["title"], row["from_day"], tuple(tiers[row["id"]])) for row in rows]


def _tier(row: dict[str, Any]) -> Tier:
    return Tier(row["name"], row["from_fen"], row["least"], row["most"], row["significance"])


async def _follow(from_id: int, into_id: int) -> None:
    """Two organisations become one: awards of the one that goes keep their tables; of two that begin on one day the
    other's holds. Runs in the merging transaction."""
    taken = [row["from_day"] for row in await Row.select(Row.from_day).where(Row.organisation == into_id)]
    await Row.update({Row.organisation: into_id}).where(
        Row.organisation == from_id, Row.from_day.not_in(taken or [date.min])
    )


organisation_moves.on_merge(_follow)
