"""What became of a subsidy (使用情况报告): the only writer of `SubsidyReport`.

A unit reports what it spent; whoever granted accepts the report or gives it back. Settled (结项) is only what is
accounted for to the fen: spent and given back are together what was paid.
"""

from dataclasses import dataclass
from datetime import datetime

from foundation.base.clock import day_of
from foundation.base.money import yuan
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import subsidy_applications, subsidy_paying
from innovations.rules.payments import report_due
from innovations.subsidy_tables import SubsidyReport

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report as a page shows it; `note` is why it was given back."""

    spent: int
    result: str
    handed_in_at: datetime
    accepted_at: datetime | None
    note: str


@tried_again
async def hand_in(application_id: int, spent: int, result: str, revision: int, by: int, now: datetime) -> None:  # noqa: PLR0917
    """Report what was spent (fen) and what it brought. Raises NotFound; Refused with everything that is wrong."""
    result = result.strip()
    async with transaction():
        found = await subsidy_applications.locked(application_id, revision)
        stands = await subsidy_paying.stands(found)
        problems = result_problems(result)
        if not 0 <= spent <= stands.kept:
            problems.append(Problem("subsidy_spent", "spent", {"most": yuan(stands.kept)}))
        if problems:
            raise Refused(*problems)
        await subsidy_applications.move(found, "report", by, payload={"spent": spent})
        await SubsidyReport.delete().where(SubsidyReport.application == application_id)
        await SubsidyReport(
            application=application_id,
            spent=spent,
            result=result,
            file=None,
            handed_in_by=by,
            handed_in_at=now,
            note="",
        ).save()


def result_problems(result: str) -> list[Problem]:
    """What is wrong with what a report says it brought."""
    if not result.strip():
        return [Problem("subsidy_report_empty", "result")]
    if len(result.strip()) > LONGEST:
        return [Problem("subsidy_long", "result", {"most": str(LONGEST)})]
    return []


@tried_again
async def give_back(application_id: int, note: str, revision: int, by: int) -> None:
    """Have it reported again, with what is missing. Raises NotFound, Refused."""
    note = note.strip()
    if not note:
        raise Refused(Problem("subsidy_note_empty", "note"))
    if len(note) > LONGEST:
        raise Refused(Problem("subsidy_long", "note", {"most": str(LONGEST)}))
    async with transaction():
        found = await subsidy_applications.locked(application_id, revision)
        await subsidy_applications.move(found, "report_again", by)
        await SubsidyReport.update({SubsidyReport.note: note}).where(SubsidyReport.application == application_id)


@tried_again
async def settle(application_id: int, short: bool, revision: int, by: int, now: datetime) -> None:
    """Accept the report and settle (结项), or recover (收回) where all that was paid came back.

    `short`: what was granted and not paid is not paid any more.
    Raises NotFound; Refused while paid, spent and given back do not agree, or a second person is asked about money.
    """
    async with transaction():
        found = await subsidy_applications.locked(application_id, revision)
        stands, report = await subsidy_paying.stands(found), await of(application_id)
        if report is None:
            raise Refused(Problem("subsidy_report_none"))
        problems = []
        if report.spent > stands.kept:
            problems.append(Problem("subsidy_spent_above", "", {"yuan": yuan(report.spent - stands.kept)}))
        if report.spent < stands.kept:
            problems.append(Problem("subsidy_unaccounted", "", {"yuan": yuan(stands.kept - report.spent)}))
        if stands.open and not short:
            problems.append(Problem("subsidy_unpaid", "short", {"yuan": yuan(stands.open)}))
        if await two_person.open_act(subsidy_paying.MOVE.code, found.subject):
            problems.append(Problem("subsidy_money_asked"))
        if problems:
            raise Refused(*problems)
        step = "recover" if stands.paid and not stands.kept else "settle"
        await subsidy_applications.move(found, step, by, payload={"unpaid": stands.open})
        await SubsidyReport.update({SubsidyReport.accepted_by: by, SubsidyReport.accepted_at: now}).where(
            SubsidyReport.application == application_id
        )


async def of(application_id: int) -> ReportFacts | None:
    """The report of an application that was loaded through what its reader may see."""
    names = [getattr(SubsidyReport, name) for name in ReportFacts.__dataclass_fields__]
    row = await SubsidyReport.select(*names).where(SubsidyReport.application == application_id).first()
    return ReportFacts(**row) if row else None


async def overdue(application_id: int, months: int, now: datetime) -> bool:
    """Whether a grant should have been reported by now: so many months after its first payment. Raises NotFound."""
    found = await subsidy_applications.by_id(application_id)
    first = await subsidy_paying.first_paid(found)
    if first is None:
        raise NotFound
    return day_of(now) > report_due(first, months)
