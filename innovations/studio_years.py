"""The yearly assessment of studios (年度考核): the only writer of `StudioYear`.

A unit reports its figures, results counted by the registry; an officer of whoever named it finds how the year was,
with a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from foundation.base.problem import NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import studio_results, studio_rounds, studios
from innovations.rules.studio_form import read_year, verdict_problems
from innovations.rules.studios import Stage, Verdict, Year, name_at_risk, year_gaps
from innovations.studio_rounds import CallFacts
from innovations.studio_tables import StudioRound, StudioTerm, StudioYear
from innovations.studios import StudioFacts

REPORTS = (Stage.NAMED, Stage.LAPSED)


@dataclass(frozen=True, slots=True)
class YearFacts:
    """One year of a studio; `verdict` None while it is not assessed."""

    year: int
    figures: Year
    verdict: Verdict | None
    reason: str
    assessed_at: datetime | None


async def of(studio_id: int) -> list[YearFacts]:
    """The years that were reported, the newest first."""
    rows = await StudioYear.select().where(StudioYear.studio == studio_id).order_by(StudioYear.year, ascending=False)
    return [
        YearFacts(
            row["year"], msgspec.json.decode(row["figures"], type=Year),
            Verdict(row["verdict"]) if row["verdict"] else None, row["reason"], row["assessed_at"],
        )
        for row in rows
    ]  # fmt: skip


async def verdicts(studio_id: int) -> dict[int, Verdict | None]:
    """How each year was found."""
    return {one.year: one.verdict for one in await of(studio_id)}


async def waiting(studio_ids: Sequence[int]) -> set[int]:
    """Which of these studios wait for the verdict on a year."""
    rows = await StudioYear.select(StudioYear.studio).where(
        StudioYear.studio.is_in(list(studio_ids) or [0]), StudioYear.verdict == ""
    )
    return {row["studio"] for row in rows}


async def at_risk(found: StudioFacts, call: CallFacts, today: date) -> list[int]:
    """The years for which its name may be withdrawn; none as long as there are no more of them than allowed."""
    if found.stage not in REPORTS or found.named_on is None:
        return []
    begun = (await _begun([found], today))[found.id]
    return name_at_risk(call.call.standards, await verdicts(found.id), begun.running, today.year)


async def all_at_risk(found: Sequence[StudioFacts], today: date) -> dict[int, list[int]]:
    """For many named studios at once: the years of each whose name is at risk, by its id."""
    ids = [one.id for one in found]
    calls = await StudioRound.select().where(StudioRound.id.is_in(sorted({one.round_id for one in found}) or [0]))
    standards = {row["id"]: studio_rounds.facts(row).call.standards for row in calls}
    rows = await StudioYear.select(StudioYear.studio, StudioYear.year, StudioYear.verdict).where(
        StudioYear.studio.is_in(ids or [0])
    )
    years: dict[int, dict[int, Verdict | None]] = {number: {} for number in ids}
    for row in rows:
        years[row["studio"]][row["year"]] = Verdict(row["verdict"]) if row["verdict"] else None
    begun = await _begun(found, today)
    risks = {
        one.id: name_at_risk(standards[one.round_id], years[one.id], begun[one.id].running, today.year)
        for one in found
        if one.named_on is not None
    }
    return {number: risky for number, risky in risks.items() if risky}


async def due(found: StudioFacts, today: date) -> list[int]:
    """The years that the unit has still to report: from the beginning of its term to the last whole one."""
    return (await all_due([found], today)).get(found.id, [])


async def all_due(found: Sequence[StudioFacts], today: date) -> dict[int, list[int]]:
    """The same for many studios, by id, in as many queries as for one; those that owe none are left out."""
    rows = await StudioYear.select(StudioYear.studio, StudioYear.year).where(
        StudioYear.studio.is_in([one.id for one in found] or [0])
    )
    told, begun = {(row["studio"], row["year"]) for row in rows}, await _begun(found, today)
    owed = {
        one.id: [year for year in range(begun[one.id].running, today.year) if (one.id, year) not in told]
        for one in found
        if one.stage in REPORTS and one.named_on is not None
    }
    return {number: years for number, years in owed.items() if years}


async def reportable(found: StudioFacts, today: date) -> list[int]:
    """The years that can be reported, the newest first: since it was named first."""
    if found.stage not in REPORTS or found.named_on is None:
        return []
    return list(range(today.year, (await _begun([found], today))[found.id].first - 1, -1))


@dataclass(frozen=True, slots=True)
class _Begun:
    """The years in which a studio was named first, and in which the term that runs on a day began."""

    first: int
    running: int


async def _begun(found: Sequence[StudioFacts], today: date) -> dict[int, _Begun]:
    """By studio. A further term is given while the last one runs, and begins after it."""
    rows = await StudioTerm.select(StudioTerm.studio, StudioTerm.since).where(
        StudioTerm.studio.is_in([one.id for one in found] or [0])
    )
    since: dict[int, list[date]] = {one.id: [one.named_on] if one.named_on else [today] for one in found}
    for row in rows:
        since[row["studio"]].append(row["since"])
    return {
        number: _Begun(min(days).year, max((day for day in days if day <= today), default=min(days)).year)
        for number, days in since.items()
    }


@tried_again
async def report(studio_id: int, year: int, values: Mapping[str, str], by: int, today: date) -> None:
    """Report a year, this one or one since its naming; anew as long as nobody assessed it. Raises NotFound, Refused."""
    async with transaction():
        found = await studios.locked(studio_id)
        if found.stage not in REPORTS or found.named_on is None:
            raise Refused(Problem("studio_step_late"))
        first = (await _begun([found], today))[studio_id].first
        if not first <= year <= today.year:
            raise Refused(Problem("studio_year", "year", {"first": str(first), "last": str(today.year)}))
        figures, problems = read_year(values, await studio_results.count(studio_id, year))
        if figures is None:
            raise Refused(*problems)
        row = await StudioYear.select().where(StudioYear.studio == studio_id, StudioYear.year == year).first()
        if row is not None and row["verdict"]:
            raise Refused(Problem("studio_year_assessed", "year"))
        text = msgspec.json.encode(figures, order="deterministic").decode()
        if row is None:
            await StudioYear(
                studio=studio_id, year=year, figures=text, verdict="", reason="", assessed_by=None, assessed_at=None
            ).save()
        else:
            await StudioYear.update({StudioYear.figures: text}).where(StudioYear.id == row["id"])
        studios.record(studio_id, "reported", by, {"year": year, **msgspec.to_builtins(figures)})


@tried_again
async def assess(studio_id: int, year: int, verdict: Verdict, reason: str, by: int, now: datetime) -> None:  # noqa: PLR0917
    """Find how a reported year was; again where it was found wrongly. Raises NotFound, Refused."""
    reason = reason.strip()
    async with transaction():
        found = await studios.locked(studio_id)
        row = await StudioYear.select().where(StudioYear.studio == studio_id, StudioYear.year == year).first()
        if row is None:
            raise NotFound
        if found.stage not in REPORTS:
            raise Refused(Problem("studio_step_late"))
        call = await studio_rounds.by_id(found.round_id)
        gaps = year_gaps(call.call.standards, msgspec.json.decode(row["figures"], type=Year))
        if problems := verdict_problems(verdict, reason, gaps):
            raise Refused(*problems)
        values: dict[Any, Any] = {
            StudioYear.verdict: verdict.value, StudioYear.reason: reason, StudioYear.assessed_by: by,
            StudioYear.assessed_at: now,
        }  # fmt: skip
        await StudioYear.update(values).where(StudioYear.id == row["id"])
        studios.record(studio_id, "assessed", by, {"year": year, "verdict": verdict.value})
