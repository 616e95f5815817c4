"""Benefits for who may read them: lists, totals by organisation, samples that were drawn.

Every query goes through what the reader may see. A sum is of one figure alone: the three are never
added up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from piccolo.columns.combination import WhereRaw
from piccolo.query.functions.aggregate import Count, Sum

from foundation.base.problem import NotFound
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ancestors
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from innovations.benefit_tables import BenefitDraw, DrawnBenefit
from innovations.innovation_tables import Benefit
from innovations.may_benefits import AUDIT_BENEFITS, SEE_BENEFITS, drawn_unveiled
from innovations.rules.innovations import GONE

PAGE = 30
FIGURES = ("forecast", "claimed", "verified")
_UNIT: Any = Benefit.innovation.organisation


@dataclass(slots=True)
class Total:
    """One organisation with all below it: by figure, how many innovations have it, and their sum in fen."""

    id: int
    name: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))
    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))

    def add(self, row: Mapping[str, Any]) -> None:
        for figure in FIGURES:
            self.counts[figure] += int(row[f"{figure}_count"])
            self.sums[figure] += int(row[f"{figure}_sum"] or 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One innovation with its three figures in fen, None where there is none."""

    id: int
    innovation: int
    title: str
    unit: str
    forecast: int | None
    claimed: int | None
    verified: int | None


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample that was drawn."""

    id: int
    organisation: str
    year: int
    seed: str
    drawn: int
    out_of: int
    drawn_at: datetime


@dataclass(frozen=True, slots=True)
class Drawn:
    """One benefit of a sample, and what was found; `verified` fen as it was drawn, `outcome` empty while open."""

    id: int
    innovation: int
    title: str
    unit: str
    verified: int
    outcome: str
    reason: str
    decided_at: datetime | None


async def years(user: SignedIn) -> list[int]:
    """The years in which a benefit began that this person may read, the newest first."""
    query = permitted(Benefit.select(Benefit.from_year).where(_counted()), SEE_BENEFITS, user)
    query = query.group_by(Benefit.from_year)
    return sorted((row["from_year"] for row in await query), reverse=True)


async def totals(user: SignedIn, path: str, year: int | None) -> tuple[Total, list[Total]]:
    """All at or below a hat's organisation, and the same by each organisation right below it (itself too).

    What was withdrawn, or merged into the innovation that it is the same as, is in no sum.
    """
    columns: list[Any] = [_UNIT.path.as_alias("path")]
    for figure in FIGURES:
        column = getattr(Benefit, f"{figure}_fen")
        columns += [Count(column, alias=f"{figure}_count"), Sum(column, alias=f"{figure}_sum")]
    query = permitted(Benefit.select(*columns).where(_counted()), SEE_BENEFITS, user)
    if year is not None:
        query = query.where(Benefit.from_year == year)
    depth = len(ancestors(path))
    whole, parts = Total(0, ""), dict[int, Total]()
    for row in await query.group_by(_UNIT.path):
        trail = ancestors(row["path"])
        part = trail[depth] if len(trail) > depth else trail[-1]
        whole.add(row)
        parts.setdefault(part, Total(part, "")).add(row)
    rows = await (
        Organisation.select(Organisation.id, Organisation.name)
        .where(Organisation.id.is_in(sorted(parts) or [0]))
        .order_by(Organisation.position, Organisation.id)
    )
    for row in rows:
        parts[row["id"]].name = row["name"]
    return whole, [parts[row["id"]] for row in rows]


async def listed(user: SignedIn, year: int | None, before: int | None = None) -> list[Line]:
    """Innovations whose figures are added up, the newest first, one more than a page."""
    query = permitted(
        Benefit.select(
            Benefit.id, Benefit.innovation.id.as_alias("innovation"), Benefit.innovation.handed_title.as_alias("title"),
            _UNIT.name.as_alias("unit"), Benefit.forecast_fen.as_alias("forecast"),
            Benefit.claimed_fen.as_alias("claimed"), Benefit.verified_fen.as_alias("verified"),
        ),
        SEE_BENEFITS, user,
    ).where(_counted())  # fmt: skip
    if year is not None:
        query = query.where(Benefit.from_year == year)
    if before is not None:
        query = query.where(Benefit.id < before)
    return [Line(**row) for row in await query.order_by(Benefit.id, ascending=False).limit(PAGE + 1)]


async def draws(user: SignedIn, before: int | None = None) -> list[Draw]:
    """Samples, the newest first, one more than a page."""
    query = permitted(_draws(), AUDIT_BENEFITS, user)
    if before is not None:
        query = query.where(BenefitDraw.id < before)
    return [Draw(**row) for row in await query.order_by(BenefitDraw.id, ascending=False).limit(PAGE + 1)]


async def draw(user: SignedIn, draw_id: int) -> Draw:
    """One of them. Raises NotFound."""
    row = await permitted(_draws().where(BenefitDraw.id == draw_id), AUDIT_BENEFITS, user).first()
    if row is None:
        raise NotFound
    return Draw(**row)


async def drawn(user: SignedIn, of: Draw) -> list[Drawn]:
    """What a sample consists of, in the order in which they were put in; nothing that the person reviews blind."""
    of_innovation: Any = DrawnBenefit.benefit.innovation
    rows = await (
        DrawnBenefit.select(
            DrawnBenefit.id, of_innovation.id.as_alias("innovation"), of_innovation.handed_title.as_alias("title"),
            of_innovation.organisation.name.as_alias("unit"),
            DrawnBenefit.verified, DrawnBenefit.outcome, DrawnBenefit.reason, DrawnBenefit.decided_at,
        )
        .where(DrawnBenefit.draw == of.id, drawn_unveiled(user))
        .order_by(DrawnBenefit.id)
    )  # fmt: skip
    return [Drawn(**row) for row in rows]


async def found_of(benefit_id: int) -> Sequence[Mapping[str, Any]]:
    """What audits found of a benefit that was loaded: outcome, reason, day; the newest first."""
    rows: Sequence[Mapping[str, Any]] = await (
        DrawnBenefit.select(DrawnBenefit.outcome, DrawnBenefit.reason, DrawnBenefit.decided_at)
        .where(DrawnBenefit.benefit == benefit_id, WhereRaw("outcome <> ''"))
        .order_by(DrawnBenefit.id, ascending=False)
    )
    return rows


def _counted() -> Any:
    """The condition on benefits of innovations that stand: not withdrawn, not merged into another."""
    return Benefit.innovation.stage.not_in([stage.value for stage in GONE])


def _draws() -> Any:
    return BenefitDraw.select(
        BenefitDraw.id, BenefitDraw.organisation.name.as_alias("organisation"), BenefitDraw.year, BenefitDraw.seed,
        BenefitDraw.drawn, BenefitDraw.out_of, BenefitDraw.drawn_at,
    )  # fmt: skip
