"""What the registry knows that would make an application ineligible, told to its unit while it writes. Writes nothing.

Only a hint: the unit may hand in all the same, and whoever checks it decides.
"""

from datetime import datetime

from innovations import subsidies, subsidy_paying, subsidy_reports
from innovations.innovation_tables import Innovation
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.subsidy_steps import ApplicationStage
from innovations.rules.subsidy_terms import Terms
from innovations.subsidy_applications import ApplicationFacts, facts
from innovations.subsidy_overlaps import FUNDED
from innovations.subsidy_tables import SubsidyApplication

MOST = 50  # earlier grants of a unit that are looked at


async def bars(one: ApplicationFacts, terms: Terms, now: datetime) -> list[str]:
    """Codes of `rules.subsidy_steps.BARS` that the terms of its round name and that seem to apply, in their order."""
    earlier = SubsidyApplication.innovation == one.innovation_id
    funded = await SubsidyApplication.exists().where(
        earlier, SubsidyApplication.stage.is_in(FUNDED), SubsidyApplication.id != one.id
    )
    awarded = await Innovation.exists().where(
        Innovation.id == one.innovation_id, Innovation.stage == InnovationStage.AWARDED.value
    )
    found = (("funded", funded), ("unreported", await _unreported(one.unit_id, now)), ("not_awarded", not awarded))
    return [code for code, applies in found if applies and terms.bars_out(code)]


async def _unreported(unit_id: int, now: datetime) -> bool:
    """Whether the unit has money whose report is overdue."""
    rows = await (
        SubsidyApplication.select()
        .where(SubsidyApplication.unit == unit_id, SubsidyApplication.stage == ApplicationStage.GRANTED.value)
        .limit(MOST)
    )
    for row in rows:
        found = facts(row)
        months = (await subsidies.by_id(found.round_id)).report_months
        if await subsidy_paying.first_paid(found) and await subsidy_reports.overdue(found.id, months, now):
            return True
    return False
