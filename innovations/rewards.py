"""Rewards: the only writer of `ProposalReward` and `ProposalShare`.

An award is made once, under the table that holds on its day; the table's code and digest are kept with it, so that
it can be made again (`reward_tables.by_code`).
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from foundation.base.money import yuan
from foundation.base.problem import Problem, Refused
from foundation.store.commit import write
from innovations import proposals, reward_tables
from innovations.innovation_reward_tables import InnovationReward
from innovations.proposal_tables import ProposalOutcome, ProposalReward, ProposalShare
from innovations.rules.reward_form import Award, read_award


async def award(  # noqa: PLR0917 - who gives what for which proposal
    proposal_id: int, values: Mapping[str, str], revision: int, by: int, now: datetime, zone: ZoneInfo
) -> None:
    """Award from the form: amount, tier and reason where nothing was counted, recipients. Raises Refused, NotFound."""

    async def job() -> None:
        row = await proposals.locked(proposal_id)
        if row["revision"] != revision:
            raise Refused(Problem("proposal_changed"))
        day = now.astimezone(zone).date()
        await reward_tables.hold_still(row["organisation"])
        table = await reward_tables.holding(row["organisation"], day)
        if table is None:
            raise Refused(Problem("reward_table_none"))
        said, problems = read_award(values, table, await benefit_of(proposal_id))
        grown = await of_innovations(proposal_id)
        if grown and not values.get("reason", "").strip():
            problems.append(Problem("reward_twice_grown", "reason", {"yuan": yuan(grown)}))
        if said is None or problems:
            raise Refused(*problems)
        made = ProposalReward(
            proposal=proposal_id, rule=table.code, rule_digest=table.digest, rule_day=day, tier=said.tier.name,
            amount=said.amount, reason=said.reason, awarded_by=by, awarded_at=now,
        )  # fmt: skip
        await made.save()
        await _split(int(made.id), said)
        payload = {"rule": table.code, "rule_digest": table.digest, "amount": said.amount, "reward": made.id}
        await proposals.move(row, "reward", said.reason, by=by, now=now, zone=zone, payload=payload)

    await write(job)


async def benefit_of(proposal_id: int) -> int | None:
    """The verified benefit in fen by which a tier is found; None where it is not counted in money."""
    row = await ProposalOutcome.select(ProposalOutcome.verified).where(ProposalOutcome.proposal == proposal_id).first()
    return None if row is None else row["verified"]


async def of_innovations(proposal_id: int) -> int:
    """What the innovations that grew out of it were rewarded with, in fen; 0 for nothing."""
    rows = await InnovationReward.select(InnovationReward.amount).where(
        InnovationReward.innovation.proposal == proposal_id
    )
    return sum(row["amount"] for row in rows)


async def _split(reward_id: int, said: Award) -> None:
    await ProposalShare.insert(
        *(
            ProposalShare(reward=reward_id, position=position, name=one.name, share=one.share, amount=one.fen)
            for position, one in enumerate(said.recipients, 1)
        )
    )
