"""Which applications are eligible, in what order, and what officers decided by hand: what is allocated from.

Writes what of `SubsidyApplication` an allocation is computed from; each change has its entry in the ledger.
"""

from collections.abc import Sequence

from foundation.base.problem import Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import subsidies, subsidy_overlaps
from innovations.rules.subsidy_forms import bars_problems
from innovations.rules.subsidy_steps import ApplicationStage, Stage
from innovations.rules.subsidy_terms import Application
from innovations.subsidy_applications import ApplicationFacts, facts, gone, locked_to_check, move, record, touch
from innovations.subsidy_tables import SubsidyApplication

LONGEST_REASON = 1000
INCOMPLETE = "incomplete"  # rules.subsidy_steps.BARS


@tried_again
async def check(application_id: int, bars: Sequence[str], revision: int, by: int, why: str = "") -> ApplicationStage:
    """Say whether it is eligible: admitted without `bars`, else not admitted, by these codes, and `why` in words.

    Raises Refused; also while nobody has decided whether earlier money was for the same.
    """
    why = why.strip()
    if bars and (problems := bars_problems(bars, why)):
        raise Refused(*problems)
    async with transaction():
        found = await locked_to_check(application_id, revision)
        if not bars:
            problems = await gone([application_id]) + await subsidy_overlaps.hindrances_of(application_id)
            if problems:
                raise Refused(*problems)
        values = {SubsidyApplication.bars: " ".join(bars), SubsidyApplication.why_not: why if bars else ""}
        return await move(found, "not_admit" if bars else "admit", by, values, {"bars": list(bars)})


@tried_again
async def check_again(application_id: int, revision: int, by: int) -> None:
    """Take the word on its eligibility back. Raises NotFound; Refused once money is allocated."""
    async with transaction():
        values = {SubsidyApplication.rank: None, SubsidyApplication.bars: "", SubsidyApplication.why_not: ""}
        await move(await locked_to_check(application_id, revision), "reopen", by, values)


async def unchecked(round_id: int) -> int:
    """How many applications nobody has said a word on; within the caller's transaction, the round locked."""
    return int(await SubsidyApplication.count().where(
        SubsidyApplication.round == round_id, SubsidyApplication.stage == ApplicationStage.HANDED_IN.value
    ))  # fmt: skip


async def leave_incomplete(round_id: int, by: int) -> None:
    """Within the approving transaction: what its unit never completed is not eligible, and the unit reads why."""
    rows = await SubsidyApplication.select().where(
        SubsidyApplication.round == round_id, SubsidyApplication.stage == ApplicationStage.RETURNED.value
    )
    for row in rows:
        await move(facts(row), "not_admit", by, {SubsidyApplication.bars: INCOMPLETE}, {"bars": [INCOMPLETE]})


@tried_again
async def rank(round_id: int, order: Sequence[int], by: int) -> None:
    """Rank the admitted applications of a round, first to last. Raises Refused where the list is not all of them."""
    async with transaction():
        found = await subsidies.locked(round_id)
        if found.stage is not Stage.CHECKING:
            raise Refused(Problem("subsidy_step_late"))
        admitted = await _admitted(round_id)
        if sorted(order) != sorted(admitted):
            raise Refused(Problem("subsidy_ranking_incomplete", "", {"count": str(len(admitted))}))
        for place, application_id in enumerate(order, 1):
            await SubsidyApplication.update({SubsidyApplication.rank: place}).where(
                SubsidyApplication.id == application_id
            )
        subsidies.record(round_id, "ranked", by, {"order": list(order)})


@tried_again
async def pin(application_id: int, amount: int | None, reason: str, revision: int, by: int) -> None:
    """Decide an amount by hand, in fen, with a reason; None lets the rule decide again. Raises NotFound, Refused."""
    reason = reason.strip()
    async with transaction():
        found = await locked_to_check(application_id, revision)
        if found.stage is not ApplicationStage.ADMITTED:
            raise Refused(Problem("subsidy_step_late"))
        if amount is not None and not reason:
            raise Refused(Problem("subsidy_pin_reason", "reason"))
        if len(reason) > LONGEST_REASON:
            raise Refused(Problem("subsidy_long", "reason", {"most": str(LONGEST_REASON)}))
        values = {
            SubsidyApplication.pinned: amount,
            SubsidyApplication.pinned_reason: reason if amount is not None else "",
        }
        await touch(found, values)
        record(application_id, "pinned", by, {"amount": amount})


async def ranked(round_id: int) -> list[ApplicationFacts]:
    """The admitted applications of a round by rank; unranked ones last."""
    rows = await SubsidyApplication.select().where(
        SubsidyApplication.round == round_id, SubsidyApplication.stage == ApplicationStage.ADMITTED.value
    )
    return sorted(map(facts, rows), key=lambda one: (one.rank is None, one.rank or 0, one.id))


def as_asked(one: ApplicationFacts) -> Application:
    """An application as the allocation sees it."""
    return Application(
        key=str(one.id), unit=str(one.unit_id), city=str(one.city_id), rank=one.rank or 0, asked=one.asked.amount,
        cost=one.asked.cost, bars=one.bars, pinned=one.pinned,
    )  # fmt: skip


async def _admitted(round_id: int) -> list[int]:
    return [one.id for one in await ranked(round_id)]
