"""Rewards of innovations: the only writer of `InnovationReward` and `InnovationRewardShare`.

An award lies within the tier of the unit's table that holds on its day, by the verified benefit or, where none is
counted, by significance with a reason; it is split among the people of the newest version by their shares, which are
typed nowhere again. An innovation is rewarded once; where its proposal was rewarded, or the same one of another year,
a reason is asked for. Who may do it was decided by the loader.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from foundation.base.money import yuan
from foundation.base.problem import Problem, Refused
from foundation.people import workers
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations import benefits, innovation_standing, innovation_versions, innovations, reward_tables
from innovations.innovation_reward_tables import InnovationReward, InnovationRewardShare
from innovations.innovation_tables import Innovation, SameAs
from innovations.proposal_facts import RewardFacts, Share
from innovations.proposal_tables import Proposal, ProposalReward
from innovations.rules.innovations import GONE, Stage
from innovations.rules.reward_form import read_award

MOST_SAME = 8  # years that an innovation is followed through, back and forth


@tried_again
async def award(  # noqa: PLR0917 - who gives what for which innovation
    innovation_id: int, values: Mapping[str, str], revision: int, by: int, now: datetime, zone: ZoneInfo
) -> None:
    """Award from the form: amount, tier where nothing was counted, reason. Raises Refused, NotFound."""
    async with transaction():
        row = await innovations.locked(innovation_id, revision)
        if problems := await why_not(innovation_id, Stage(row["stage"]), row["version"]):
            raise Refused(*problems)
        day = now.astimezone(zone).date()
        await reward_tables.hold_still(row["organisation"])
        table = await reward_tables.holding(row["organisation"], day)
        if table is None:
            raise Refused(Problem("reward_table_none"))
        people = (await innovation_versions.one(innovation_id, row["version"])).authors
        stands = await innovation_standing.records({one.worker for one in people if one.worker})
        shares = [(one.name, one.share) for one in people]
        said, problems = read_award(values, table, await benefit_of(innovation_id), shares)
        problems += [] if values.get("reason", "").strip() else await rewarded_before(row, in_order=True)
        if said is None or problems:
            raise Refused(*problems)
        made = InnovationReward(
            innovation=innovation_id, version=row["version"], rule=table.code, rule_digest=table.digest, rule_day=day,
            tier=said.tier.name, amount=said.amount, reason=said.reason, awarded_by=by, awarded_at=now,
        )  # fmt: skip
        await made.save()
        await InnovationRewardShare.insert(
            *(
                InnovationRewardShare(
                    reward=made.id, position=place, name=one.name, worker=stands.get(author.worker), share=one.share,
                    amount=one.fen,
                )
                for place, (one, author) in enumerate(zip(said.recipients, people, strict=True), 1)
            )
        )  # fmt: skip
        await innovations.touch(row, {}, now)
        await innovations.remark(innovation_id, "reward", "", by, now)
        payload = {"rule": table.code, "rule_digest": table.digest, "amount": said.amount, "reward": made.id}
        innovations.record(innovation_id, "rewarded", by, payload)


async def of(innovation_id: int) -> RewardFacts | None:
    """The award of an innovation that was loaded through what its reader may see."""
    row = await InnovationReward.select().where(InnovationReward.innovation == innovation_id).first()
    if row is None:
        return None
    shares = await (
        InnovationRewardShare.select(
            InnovationRewardShare.name, InnovationRewardShare.share, InnovationRewardShare.amount
        )
        .where(InnovationRewardShare.reward == row["id"])
        .order_by(InnovationRewardShare.position)
    )
    same = {name: row[name] for name in ("rule", "rule_digest", "rule_day", "tier", "amount", "reason")}
    return RewardFacts(**same, shares=tuple(Share(**one) for one in shares))


async def benefit_of(innovation_id: int) -> int | None:
    """The verified benefit in fen by which a tier is found; None where none is counted."""
    found = await benefits.of(innovation_id)
    return found.fen["verified"] if found else None


async def of_proposal(proposal_id: int | None) -> int:
    """What the proposal that it grew out of was rewarded with, in fen; 0 for nothing."""
    row = (
        await ProposalReward.select(ProposalReward.amount).where(ProposalReward.proposal == (proposal_id or 0)).first()
    )
    return int(row["amount"]) if row else 0


async def of_same(innovation_id: int) -> int:
    """What its unit rewarded the same innovation with, in fen: one that it carries on, or that carries it on, and one
    that was merged with it; 0 for nothing."""
    rows = await InnovationReward.select(InnovationReward.amount).where(
        InnovationReward.innovation.is_in(await _same(innovation_id) or [0])
    )
    return sum(row["amount"] for row in rows)


async def rewarded_before(row: Mapping[str, Any], *, in_order: bool = False) -> list[Problem]:
    """What was rewarded already of the same as an innovation, each a sentence that asks for a reason.

    `in_order` locks what may be rewarded at this moment, within the caller's transaction.
    """
    if in_order:
        if row["proposal"]:
            await lock_row(Proposal, row["proposal"])
        for each in await _same(row["id"]):
            await lock_row(Innovation, each)
    told = {"reward_twice": await of_proposal(row["proposal"]), "reward_twice_same": await of_same(row["id"])}
    return [Problem(code, "reason", {"yuan": yuan(fen)}) for code, fen in told.items() if fen]


async def _same(innovation_id: int) -> list[int]:
    """The same innovation of other years, and those it was merged with, as far as its unit keeps them."""
    found, asked = {innovation_id}, {innovation_id}
    for _ in range(MOST_SAME):
        of = sorted(asked)
        carried = await Innovation.select(Innovation.id, Innovation.earlier).where(
            Innovation.id.is_in(of) | Innovation.earlier.is_in(of)
        )
        merged = await SameAs.select(SameAs.one, SameAs.other).where(
            SameAs.merged_at.is_not_null(), SameAs.one.is_in(of) | SameAs.other.is_in(of)
        )
        near = {one for row in (*carried, *merged) for one in row.values() if one}
        asked = near - found
        if not asked:
            break
        found |= asked
    own = Innovation.select(Innovation.organisation).where(Innovation.id == innovation_id)
    rows = await Innovation.select(Innovation.id).where(
        Innovation.id.is_in(sorted(found - {innovation_id}) or [0]), Innovation.organisation.is_in(own)
    )
    return sorted(row["id"] for row in rows)


async def share_of(worker_id: int, innovation_id: int) -> tuple[int, int] | None:
    """What a worker gets of an award: percent and fen; None where nothing, or where they are not known by it."""
    row = await (
        InnovationRewardShare.select(InnovationRewardShare.share, InnovationRewardShare.amount)
        .where(InnovationRewardShare.worker == worker_id, InnovationRewardShare.reward.innovation == innovation_id)
        .first()
    )
    return (row["share"], row["amount"]) if row else None


async def why_not(innovation_id: int, stage: Stage, version: int) -> list[Problem]:
    """Why an innovation cannot be rewarded now."""
    if not version or stage in GONE | {Stage.DRAFT}:
        return [Problem("reward_innovation_early")]
    if await InnovationReward.exists().where(InnovationReward.innovation == innovation_id):
        return [Problem("reward_innovation_twice")]
    found = await benefits.of(innovation_id)
    if found and found.claimed and not found.verified:
        return [Problem("reward_unverified")]
    return [Problem("reward_nothing_gained")] if (await benefit_of(innovation_id) or 0) < 0 else []


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records become one worker: what they were awarded goes along. Runs in the merging transaction."""
    await InnovationRewardShare.update({InnovationRewardShare.worker: stays}).where(
        InnovationRewardShare.worker == goes
    )


workers.on_merge(_follow_worker)
