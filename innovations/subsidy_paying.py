"""Money that goes out and comes back: the only writer of `SubsidyMovement`.

Every movement is an act of two people with its proof; it is checked against the grant in the confirming transaction,
so that two payments that are right alone cannot be too much together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foundation.base.clock import day_of
from foundation.base.money import yuan
from foundation.base.problem import N_, Problem, Refused
from foundation.files import stored, uses
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import subsidies, subsidy_applications
from innovations.innovation_tables import Innovation
from innovations.rules.payments import Account, Kind, Movement, account, instalments, movement_problems, report_due
from innovations.rules.subsidy_steps import ApplicationStage
from innovations.subsidies import RoundFacts
from innovations.subsidy_applications import ApplicationFacts
from innovations.subsidy_tables import SubsidyMovement

PAYS = (ApplicationStage.GRANTED, ApplicationStage.REPORTED)
RETURNS = (*PAYS, ApplicationStage.SETTLED)  # money can come back though the report was accepted
ROLE = "payment_proof"
SHOWN = (*RETURNS, ApplicationStage.RECOVERED)
"""While there is money to be told of."""


@dataclass(frozen=True, slots=True)
class MovementFacts:
    """A movement as a page shows it; `amount` in fen, `proof` a stored file."""

    id: int
    kind: Kind
    amount: int
    paid_on: date
    proof: int


async def movements(application_id: int, most: int = 100) -> list[MovementFacts]:
    """The movements of an application that was loaded through what its reader may see, in order."""
    rows = await (
        SubsidyMovement.select()
        .where(SubsidyMovement.application == application_id)
        .order_by(SubsidyMovement.id)
        .limit(most)
    )
    return [MovementFacts(row["id"], Kind(row["kind"]), row["amount"], row["paid_on"], row["proof"]) for row in rows]


async def stands(found: ApplicationFacts) -> Account:
    """How a grant stands."""
    rows = await SubsidyMovement.select(SubsidyMovement.kind, SubsidyMovement.amount).where(
        SubsidyMovement.application == found.id
    )
    return account(found.granted or 0, [Movement(Kind(row["kind"]), row["amount"]) for row in rows])


@dataclass(frozen=True, slots=True)
class Standing:
    """How a grant of a round stands, in fen; `open` is what waits to be paid, `due` until when its unit reports."""

    granted: int
    paid: int
    returned: int
    open: int
    due: date | None = None


async def of_round(of: RoundFacts, grants: Sequence[ApplicationFacts]) -> dict[int, Standing]:
    """How the grants of a round stand that were loaded through what the reader may see, by application."""
    rows = await SubsidyMovement.select(
        SubsidyMovement.application, SubsidyMovement.kind, SubsidyMovement.amount, SubsidyMovement.paid_on
    ).where(SubsidyMovement.application.round == of.id)
    moved, first = defaultdict[int, list[Movement]](list), dict[int, date]()
    for row in rows:
        moved[row["application"]].append(Movement(Kind(row["kind"]), row["amount"]))
        if row["kind"] == Kind.PAID.value:
            first[row["application"]] = min(row["paid_on"], first.get(row["application"], row["paid_on"]))
    return {
        one.id: _standing(one, account(one.granted, moved[one.id]), report_by(one, of, first.get(one.id)))
        for one in grants
        if one.granted and one.stage in SHOWN
    }


def _standing(one: ApplicationFacts, now: Account, due: date | None) -> Standing:
    return Standing(now.granted, now.paid, now.returned, now.open if one.stage in PAYS else 0, due)


def together(some: Iterable[Standing]) -> Standing:
    """All of them added up."""
    every = list(some)
    return Standing(
        sum(one.granted for one in every), sum(one.paid for one in every), sum(one.returned for one in every),
        sum(one.open for one in every),
    )  # fmt: skip


def report_by(one: ApplicationFacts, of: RoundFacts, first: date | None) -> date | None:
    """Until when a unit reports on a grant that was paid `first`; None where no report waits to be written."""
    return report_due(first, of.report_months) if first and one.stage is ApplicationStage.GRANTED else None


async def first_paid(found: ApplicationFacts) -> date | None:
    """The day of the first payment; None before."""
    row = await (
        SubsidyMovement.select(SubsidyMovement.paid_on)
        .where(SubsidyMovement.application == found.id, SubsidyMovement.kind == Kind.PAID.value)
        .order_by(SubsidyMovement.paid_on)
        .first()
    )
    return row["paid_on"] if row else None


async def plan(found: ApplicationFacts) -> list[int]:
    """The instalments of a grant in fen."""
    return instalments(found.granted or 0, (await subsidies.by_id(found.round_id)).instalments)


@tried_again
async def ask(  # noqa: PLR0917 - a movement is all of these
    application_id: int,
    one: Movement,
    paid_on: date,
    proof: int,
    reason: str,
    by: int,
    now: datetime,
    *,
    short: bool = False,
) -> int:
    """Ask a second person to confirm a movement; answers the act's id. `proof` is a stored file of `by`.

    `short`: where all that was paid comes back, the rest of the grant is not paid any more, and it ends with that.
    Raises NotFound, Refused.
    """
    async with transaction():
        found = await subsidy_applications.locked(application_id)
        if problems := await wrong_with(found, one, paid_on, reason, now):
            raise Refused(*problems)
        of = await subsidies.by_id(found.round_id)
        await stored.pending(proof, by)
        payload = {
            "application": application_id, "kind": one.kind.value, "amount": one.amount, "proof": proof,
            "paid_on": paid_on.isoformat(), "short": short and one.kind is Kind.RETURNED,
        }  # fmt: skip
        act = await two_person.ask(MOVE, found.subject, payload, of.organisation_id, by, reason, now)
        await uses.hang(proof, f"act:{act}", ROLE)
        return act


async def wrong_with(
    found: ApplicationFacts, one: Movement | None, paid_on: date | None, reason: str, now: datetime
) -> list[Problem]:
    """Everything that speaks against asking; of what could not be read (None), nothing."""
    problems = await _problems(found, one) if one else []
    made = (await subsidies.by_id(found.round_id)).created_at
    if paid_on and paid_on > day_of(now):
        problems.append(Problem("subsidy_day_to_come", "paid_on"))
    if paid_on and paid_on < day_of(made):
        problems.append(Problem("subsidy_day_early", "paid_on"))
    return problems + two_person.reason_problems(reason)


@tried_again
async def give_up(application_id: int, revision: int, by: int) -> None:
    """The unit does not take a grant of which nothing was paid: none of it is paid any more.

    Raises NotFound; Refused once money moved, and while a second person is asked about it.
    """
    async with transaction():
        found = await subsidy_applications.locked(application_id, revision)
        account_now = await stands(found)
        problems = [Problem("subsidy_given_up_late")] if account_now.paid else []
        if await two_person.open_act(MOVE.code, found.subject):
            problems.append(Problem("subsidy_money_asked"))
        if problems:
            raise Refused(*problems)
        await subsidy_applications.move(found, "give_up", by, payload={"unpaid": account_now.open})


async def _move(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction."""
    found = await subsidy_applications.locked(int(act.payload["application"]))
    one = Movement(Kind(act.payload["kind"]), int(act.payload["amount"]))
    if problems := await _problems(found, one):
        raise Refused(*problems)
    row = SubsidyMovement(
        application=found.id, kind=one.kind.value, amount=one.amount, instalment=None,
        paid_on=date.fromisoformat(act.payload["paid_on"]), proof=act.payload["proof"], note="", act=act.id, by=by,
        at=now,
    )  # fmt: skip
    await row.save()
    await uses.hang(act.payload["proof"], found.subject, ROLE)
    payload = {"kind": one.kind.value, "amount": one.amount, "act": act.id, "asked_by": act.asked_by}
    subsidy_applications.record(found.id, "money", by, payload)
    after = await stands(found)
    ended = not after.open or act.payload.get("short") or found.stage is ApplicationStage.SETTLED
    if one.kind is Kind.RETURNED and after.kept == 0 and ended:
        await subsidy_applications.move(found, "recover", by, payload={"unpaid": after.open})


async def _unmoved(act: two_person.Asked, by: int, now: datetime) -> None:
    """Rejected or withdrawn: the proof hangs on nothing any more."""
    await uses.unhang(f"act:{act.id}", ROLE)


async def _problems(found: ApplicationFacts, one: Movement) -> list[Problem]:
    if found.stage not in (PAYS if one.kind is Kind.PAID else RETURNS):
        return [Problem("subsidy_step_late")]
    return movement_problems(await stands(found), one)


async def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    found = await subsidy_applications.by_id(int(payload["application"]))
    after = await stands(found)
    paid = payload["kind"] == Kind.PAID.value
    columns = (Innovation.handed_title, Innovation.organisation.name.as_alias("unit"))
    whose = await Innovation.select(*columns).where(Innovation.id == found.innovation_id).first()
    rest = ((N_("Not paid any more, yuan"), yuan(after.open)),) if payload.get("short") and after.open else ()
    return (
        (N_("Innovation"), f"{whose['handed_title']} · {whose['unit']}" if whose else ""),
        (N_("Paid out, yuan") if paid else N_("Given back, yuan"), yuan(int(payload["amount"]))),
        (N_("On"), str(payload["paid_on"])),
        (N_("Granted, yuan"), yuan(after.granted)),
        (N_("Paid before, yuan"), yuan(after.paid)),
        (N_("Given back before, yuan"), yuan(after.returned)),
        *rest,
    )


MOVE = two_person.register(
    two_person.Kind(
        "subsidy.money",
        N_("Record a payment or a return of a subsidy"),
        perform=_move,
        show=_show,
        unperformed=_unmoved,
        address=lambda act: f"/subsidies/applications/{act.payload['application']}",
        evidence=lambda act: int(act.payload["proof"]),
    )
)
