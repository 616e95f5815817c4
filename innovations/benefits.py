"""What an innovation brings in its first twelve months: the only writer of `Benefit`.

Forecast, claimed and verified stay three workings and three figures. Every write locks the innovation, then reads; its
entry in the ledger holds sums and digests, never words. What everyone sees is written by `library` in the same
transaction. Who may do it was decided by the loader.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from foundation.base.problem import Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import acts
from innovations import innovations, library
from innovations.innovation_tables import Benefit
from innovations.review_tables import ReviewEntry
from innovations.rules.benefits import Line, benefit
from innovations.rules.innovations import GONE, Stage
from innovations.rules.review_steps import EntryStage
from innovations.rules.review_steps import Stage as RoundStage

READ = (RoundStage.MARKING, RoundStage.DECIDING)  # of a round: one reads what all others read
ACT = "innovation.benefit"  # the act of two people that verifies
NOTHING: dict[Any, Any] = {
    "verified": "", "verified_fen": None, "verified_by": None, "verified_at": None, "verifying": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BenefitFacts:
    """Three workings of an innovation, each empty where there is none; sums are fen."""

    id: int
    innovation: int
    first_day: date | None
    forecast: tuple[Line, ...]
    claimed: tuple[Line, ...]
    verified: tuple[Line, ...]
    claimed_by: int | None
    claimed_at: datetime | None
    verified_at: datetime | None
    sampled: bool
    audited_at: datetime | None
    audit_note: str
    revision: int

    @property
    def fen(self) -> Mapping[str, int | None]:
        """Each of the three sums by its name; None where there is no working."""
        workings = {"forecast": self.forecast, "claimed": self.claimed, "verified": self.verified}
        return {name: benefit(lines) if lines else None for name, lines in workings.items()}


async def of(innovation_id: int) -> BenefitFacts | None:
    """The benefit of an innovation that was loaded through what its reader may see; None where nobody wrote one."""
    row = await Benefit.select().where(Benefit.innovation == innovation_id).first()
    return facts(row) if row else None


@tried_again
async def forecast(  # noqa: PLR0917 - a forecast is all of these
    innovation_id: int, first_day: date, lines: Sequence[Line], revision: int, by: int, now: datetime
) -> None:
    """Keep what the unit expects. Raises NotFound; Refused under review, and once a benefit is claimed."""
    async with transaction():
        innovations.check_writable(await innovations.locked(innovation_id))
        found = await of(innovation_id)
        if found is not None and found.revision != revision and _says(found.forecast, found, first_day, lines):
            return  # pressed twice
        _check_revision(found, revision)
        if found is not None and found.claimed:
            raise Refused(Problem("benefit_forecast_late"))
        values = {**_of_day(first_day), "forecast": text_of(lines), "forecast_fen": benefit(lines)}
        await _put(innovation_id, found, values)
        _record(innovation_id, "forecast", by, lines)


@tried_again
async def claim(  # noqa: PLR0917 - a claim is all of these
    innovation_id: int, first_day: date, lines: Sequence[Line], revision: int, by: int, now: datetime
) -> None:
    """Keep what the unit claims.

    Raises NotFound; Refused before it was handed in, while reviewers read it, while and after it is verified.
    """
    async with transaction():
        row = await innovations.locked(innovation_id)
        if not row["version"] or Stage(row["stage"]) in GONE | {Stage.DRAFT}:
            raise Refused(Problem("benefit_claim_early"))
        if await ReviewEntry.exists().where(
            ReviewEntry.innovation == innovation_id, ReviewEntry.stage == EntryStage.ENTERED.value,
            ReviewEntry.calibration.eq(False), ReviewEntry.round.stage.is_in([stage.value for stage in READ]),
        ):  # fmt: skip
            raise Refused(Problem("benefit_claim_review"))
        found = await of(innovation_id)
        if found is not None and found.revision != revision and _says(found.claimed, found, first_day, lines):
            return  # pressed twice
        _check_revision(found, revision)
        if found is not None:
            await check_open(found)
        values = {
            **_of_day(first_day), "claimed": text_of(lines), "claimed_fen": benefit(lines), "claimed_by": by,
            "claimed_at": now,
        }  # fmt: skip
        await _put(innovation_id, found, values)
        _record(innovation_id, "claimed", by, lines)


async def set_verified(found: BenefitFacts, lines: Sequence[Line], act: acts.Asked, by: int, now: datetime) -> None:
    """Within the transaction that confirms, the innovation locked: what finance found, and what everyone sees of it."""
    values = {
        "verified": text_of(lines), "verified_fen": benefit(lines), "verified_by": by, "verified_at": now,
        "verifying": act.id, "sampled": False, "audited_at": None, "audit_note": "",
    }  # fmt: skip
    await _put(found.innovation, found, values)
    _record(found.innovation, "verified", by, lines, {"act": act.id, "asked_by": act.asked_by})
    await library.refresh(found.innovation, now)


async def set_asked(found: BenefitFacts, act: int | None) -> None:
    """Within the caller's transaction, the innovation locked: which act is to verify it, or none any more.

    The revision stays: it is what the act was asked about.
    """
    await Benefit.update({Benefit.verifying: act}).where(Benefit.id == found.id)


async def sample(benefit_id: int) -> None:
    """Within the drawing transaction: it is drawn for an audit, once."""
    await Benefit.update({Benefit.sampled: True}).where(Benefit.id == benefit_id)


async def set_audited(found: BenefitFacts, outcome: str, reason: str, by: int, now: datetime) -> None:
    """Within the auditing transaction, the innovation locked: a figure that is set aside is verified no more."""
    values: dict[Any, Any] = {"audited_at": now, "audit_note": reason}
    if outcome == "set_aside":
        values |= NOTHING
    await _put(found.innovation, found, values)
    _record(found.innovation, f"audit_{outcome}", by, found.verified)
    await library.refresh(found.innovation, now)


async def touch(found: BenefitFacts) -> None:
    """Within the caller's transaction: whoever has an older page open is told."""
    await _put(found.innovation, found, {})


async def check_open(found: BenefitFacts) -> None:
    """Raises Refused where the claim and its evidence stand fast: asked to be verified, or verified."""
    if found.verified:
        raise Refused(Problem("benefit_is_verified"))
    if await acts.open_act(ACT, innovations.subject(found.innovation)) is not None:
        raise Refused(Problem("benefit_is_asked"))


def facts(row: Mapping[str, Any]) -> BenefitFacts:
    """The benefit of one whole row."""
    values: dict[str, Any] = {name: row[name] for name in BenefitFacts.__dataclass_fields__}
    return BenefitFacts(**values | {name: lines_of(row[name]) for name in ("forecast", "claimed", "verified")})


def lines_of(text: str) -> tuple[Line, ...]:
    """A working as it is kept."""
    return tuple(msgspec.json.decode(text, type=list[Line])) if text else ()


def text_of(lines: Sequence[Line]) -> str:
    """A working to be kept: canonical JSON."""
    return msgspec.json.encode(list(lines), order="deterministic").decode()


def _check_revision(found: BenefitFacts | None, revision: int) -> None:
    if revision != (found.revision if found else 0):
        raise Refused(Problem("innovation_stale"))


def _says(working: Sequence[Line], found: BenefitFacts, first_day: date, lines: Sequence[Line]) -> bool:
    """Whether exactly this stands there already."""
    return (tuple(working), found.first_day) == (tuple(lines), first_day)


def _of_day(day: date) -> dict[str, Any]:
    return {"first_day": day, "from_year": day.year, "from_month": day.month}


async def _put(innovation_id: int, found: BenefitFacts | None, values: Mapping[str, Any]) -> None:
    if found is None:
        empty = {"forecast": "", "claimed": "", "verified": "", "audit_note": ""}
        await Benefit(innovation=innovation_id, **{**empty, **values}).save()
        return
    columns: dict[Any, Any] = {getattr(Benefit, name): value for name, value in values.items()}
    columns[Benefit.revision] = found.revision + 1
    await Benefit.update(columns).where(Benefit.id == found.id)


def _record(
    innovation_id: int, act: str, by: int, lines: Sequence[Line], more: Mapping[str, int] | None = None
) -> None:
    digest = hashlib.sha256(text_of(lines).encode()).hexdigest()
    innovations.record(innovation_id, f"benefit_{act}", by, {"fen": benefit(lines), "digest": digest, **(more or {})})
