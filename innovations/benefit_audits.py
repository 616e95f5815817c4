"""Audits of verified benefits (抽查): the only writer of `BenefitDraw` and `DrawnBenefit`.

An officer above the units has a sample drawn by a seed that the registry makes: seed, and a digest of what was drawn
from, stand in the ledger. Each that was drawn is looked into once: upheld, or set aside with a reason.
"""

import secrets
from datetime import datetime
from typing import cast

from piccolo.columns import ForeignKey, Varchar

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import acts
from innovations import benefits, innovations
from innovations.benefit_tables import BenefitDraw, DrawnBenefit
from innovations.innovation_tables import Benefit
from innovations.rules.benefit_audits import digest, drawn
from innovations.rules.innovations import GONE


@tried_again
async def draw(  # noqa: PLR0917 - a draw is all of these
    organisation_id: int, path: str, year: int, size: int, by: int, now: datetime
) -> int:
    """Draw a sample of a year's verified benefits below an organisation; answers the draw's id.

    What was drawn before is not drawn again. Raises Refused where there is nothing to draw from.
    """
    async with transaction():
        await lock_row(Organisation, organisation_id)
        ids = await _undrawn(organisation_id, path, year)
        if not ids:
            raise Refused(Problem("audit_nothing", "year"))
        seed = secrets.token_hex(16)
        chosen = drawn(ids, seed, size)
        row = BenefitDraw(
            organisation=organisation_id, year=year, seed=seed, drawn=len(chosen), out_of=len(ids), drawn_by=by,
            drawn_at=now,
        )  # fmt: skip
        await row.save()
        for benefit_id in sorted(chosen):
            await _put(row.id, benefit_id)
        payload = {"seed": seed, "from": digest(ids), "out_of": len(ids), "drawn": sorted(chosen)}
        actor = f"account:{by}"
        ledger.record(stream=f"benefit-draw:{row.id}", act="benefit.drawn", actor=actor, payload=payload)
        return int(row.id)


async def _undrawn(organisation_id: int, path: str, year: int) -> list[int]:
    """Verified, of units below, never drawn since they were verified; of what is gone nothing counts, so none of it."""
    of_unit = cast("ForeignKey[Organisation]", Benefit.innovation.organisation)
    rows = await Benefit.select(Benefit.id).where(
        Benefit.verified_fen.is_not_null(), Benefit.from_year == year, Benefit.sampled == False,  # noqa: E712
        below(cast("Varchar", of_unit.path), path), of_unit != organisation_id,
        Benefit.innovation.stage.not_in([stage.value for stage in GONE]),
    )  # fmt: skip
    return [row["id"] for row in rows]


async def _put(draw_id: int, benefit_id: int) -> None:
    await lock_row(Benefit, benefit_id)
    row = await Benefit.select().where(Benefit.id == benefit_id).first()
    if row is None or row["sampled"] or row["verified_fen"] is None:
        raise Refused(Problem("audit_again"))
    await DrawnBenefit(
        draw=draw_id, benefit=benefit_id, verified=row["verified_fen"], outcome="", reason="", decided_by=None
    ).save()
    await benefits.sample(benefit_id)


@tried_again
async def decide(  # noqa: PLR0917 - a finding is all of these
    draw_id: int, drawn_id: int, outcome: str, reason: str, by: int, now: datetime
) -> None:
    """Record what was found. Raises NotFound; Refused where it was decided, or by who claimed or verified it."""
    async with transaction():
        found = await _benefit(draw_id, drawn_id)
        await innovations.locked(found.innovation)
        now_drawn = await DrawnBenefit.select().where(DrawnBenefit.id == drawn_id).first()
        row = await Benefit.select().where(Benefit.id == found.id).first()
        if row is None or now_drawn is None:
            raise NotFound
        if now_drawn["outcome"]:
            raise Refused(Problem("audit_decided"))
        act = await acts.by_id(row["verifying"]) if row["verifying"] else None
        if by in {row["claimed_by"], row["verified_by"], act.asked_by if act else None}:
            raise Refused(Problem("audit_own"))
        await benefits.set_audited(benefits.facts(row), outcome, reason, by, now)
        values = {"outcome": outcome, "reason": reason, "decided_by": by, "decided_at": now}
        columns = {getattr(DrawnBenefit, name): value for name, value in values.items()}
        await DrawnBenefit.update(columns).where(DrawnBenefit.id == drawn_id)


async def _benefit(draw_id: int, drawn_id: int) -> benefits.BenefitFacts:
    row = await DrawnBenefit.select().where(DrawnBenefit.id == drawn_id, DrawnBenefit.draw == draw_id).first()
    if row is None:
        raise NotFound
    found = await Benefit.select().where(Benefit.id == row["benefit"]).first()
    if found is None:
        raise NotFound
    return benefits.facts(found)


async def _follow_organisation(from_id: int, into_id: int) -> None:
    """Two organisations become one: draws of one go along. Runs in the merging transaction."""
    await BenefitDraw.update({BenefitDraw.organisation: into_id}).where(BenefitDraw.organisation == from_id)


organisation_moves.on_merge(_follow_organisation)
