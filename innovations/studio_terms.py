"""For how long a studio bears its name: the only writer of `StudioTerm`. Naming, renewal, lapse, and its end (摘牌).

Renewing and ending are acts of two people; what lapses does so by the calendar, a day after its last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from foundation.base.clock import day_of
from foundation.base.problem import N_, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import studio_facts, studio_rounds, studio_years, studios
from innovations.rules.review_rules import Level
from innovations.rules.studio_form import LONGEST
from innovations.rules.studio_terms import RENEWABLE, document_problems, next_term, renewal_problems
from innovations.rules.studios import Stage, term_end
from innovations.studio_rounds import CallFacts
from innovations.studio_tables import Studio, StudioTerm
from innovations.studios import StudioFacts

__all__ = ["RENEWABLE", "TermFacts", "ask_end", "ask_renewal", "begin", "lapse", "of"]


@dataclass(frozen=True, slots=True)
class TermFacts:
    """For how long it was named, and by which document."""

    level: Level
    since: date
    until: date
    document: str


async def of(studio_id: int) -> list[TermFacts]:
    """The terms of a studio, the newest first."""
    rows = await StudioTerm.select().where(StudioTerm.studio == studio_id).order_by(StudioTerm.since, ascending=False)
    return [TermFacts(Level(row["level"]), row["since"], row["until"], row["document"]) for row in rows]


async def begin(  # noqa: PLR0917 - a name is all of these
    found: StudioFacts, call: CallFacts, on: date, document: str, act: int, by: int, now: datetime
) -> None:
    """Within the caller's transaction, the studio locked: it is named from a day on, for the call's term.

    An application of a studio that bears or bore a name raises that one: its level, and what was applied with; its
    earlier terms stay, each with the call it was named under.
    """
    until = term_end(on, call.call.standards.term)
    values: dict[Any, Any] = {
        Studio.level: call.level.value, Studio.named_on: on, Studio.named_until: until, Studio.document: document,
        Studio.public: True, Studio.note: "",
    }  # fmt: skip
    if found.continues is None:
        await studios.move(found, "name", by, now, values)
    else:
        named = await studios.locked(found.continues)
        earlier = StudioTerm.update({StudioTerm.round: named.round_id})
        await earlier.where(StudioTerm.studio == named.id, StudioTerm.round.is_null())
        body = msgspec.json.encode(found.draft.body, order="deterministic").decode()
        values |= {
            Studio.round: call.id, Studio.channel: found.channel_id, Studio.rank: found.rank, Studio.body: body,
        }  # fmt: skip
        await studios.move(named, "rise", by, now, values)
        await studios.move(found, "rise", by, now, {Studio.note: ""})
    await StudioTerm(
        studio=found.home, level=call.level.value, since=on, until=until, document=document, act=act, round=call.id
    ).save()


async def why_not_renewed(found: StudioFacts, call: CallFacts, today: date) -> list[Problem]:
    """Everything that speaks against a further term today: too early, years at risk, standards not met (复核), a leader
    who leads another studio since the term ended."""
    years = await studio_years.verdicts(found.id)
    elsewhere = found.stage is Stage.LAPSED and await studios.leads_another(found)
    return [Problem("studio_leader_elsewhere")] * elsewhere + renewal_problems(
        call.call.standards, await studio_facts.of(found), years, found.stage, found.named_on, found.named_until, today
    )


@tried_again
async def ask_renewal(  # noqa: PLR0917 - a renewal is all of these
    studio_id: int, document: str, on: date, reason: str, by: int, now: datetime, today: date
) -> int:
    """Ask a second person to name a studio for a further term; answers the act's id. Raises NotFound, Refused."""
    document = " ".join(document.split())
    async with transaction():
        found = await studios.locked(studio_id)
        call = await studio_rounds.by_id(found.round_id)
        problems = document_problems(document, on, today) + two_person.reason_problems(reason)
        problems += await why_not_renewed(found, call, today)
        if problems:
            raise Refused(*problems)
        payload = {"studio": studio_id, "document": document, "on": on.isoformat(), "until": str(found.named_until)}
        return await two_person.ask(RENEW, found.subject, payload, call.organisation_id, by, reason, now)


async def _renew(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction."""
    found = await studios.locked_with_leader(int(act.payload["studio"]))
    call = await studio_rounds.by_id(found.round_id)
    on = date.fromisoformat(act.payload["on"])
    if found.named_until is None or str(found.named_until) != act.payload["until"]:
        raise Refused(Problem("studio_changed_meanwhile"))
    if problems := await why_not_renewed(found, call, max(on, day_of(now))):
        raise Refused(*problems)
    since, until = next_term(found.stage, found.named_until, on, call.call.standards.term)
    values = {
        Studio.named_on: since, Studio.named_until: until, Studio.document: str(act.payload["document"]),
    }  # fmt: skip
    await studios.move(found, "renew", by, now, values)
    await StudioTerm(
        studio=found.id, level=found.level or call.level, since=since, until=until,
        document=str(act.payload["document"]), act=act.id, round=found.round_id,
    ).save()  # fmt: skip


@tried_again
async def ask_end(studio_id: int, public_reason: str, reason: str, by: int, now: datetime) -> int:
    """Ask a second person to withdraw a studio's name (摘牌), for a reason that everyone reads. Raises Refused."""
    public_reason = public_reason.strip()
    if not public_reason or len(public_reason) > LONGEST["reason"]:
        raise Refused(Problem("studio_public_reason", "public_reason", {"most": str(LONGEST["reason"])}))
    async with transaction():
        found = await studios.locked(studio_id)
        if found.stage not in {Stage.NAMED, Stage.LAPSED}:
            raise Refused(Problem("studio_step_late"))
        call = await studio_rounds.by_id(found.round_id)
        payload = {"studio": studio_id, "public_reason": public_reason, "round": found.round_id}
        return await two_person.ask(END, found.subject, payload, call.organisation_id, by, reason, now)


async def _end(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction."""
    found, reason = await studios.locked(int(act.payload["studio"])), str(act.payload["public_reason"])
    if found.round_id != act.payload.get("round", found.round_id):  # named at a higher level since: not theirs to end
        raise Refused(Problem("studio_changed_meanwhile"))
    await studios.move(found, "end", by, now, {Studio.ended_reason: reason})
    if (number := await studios.application_of(found.id)) is not None:  # what lost its name goes on nowhere
        application = await studios.locked(number)
        step = "withdraw" if application.stage is Stage.DRAFT else "not_name"
        await studios.move(application, step, by, now, {Studio.note: reason})


async def lapse(today: date, now: datetime, most: int = 500) -> int:
    """Every named studio whose term is over lapses; answers how many did. What was done is not done twice."""
    rows = await (
        Studio.select(Studio.id)
        .where(Studio.stage == Stage.NAMED.value, Studio.named_until < today)
        .order_by(Studio.id)
        .limit(most)
    )
    return sum([await _lapse(row["id"], today, now) for row in rows])


@tried_again
async def _lapse(studio_id: int, today: date, now: datetime) -> bool:
    async with transaction():
        found = await studios.locked(studio_id)
        over = found.stage is Stage.NAMED and found.named_until is not None and found.named_until < today
        if over:
            await studios.move(found, "lapse", None, now)
        return over


async def _show_renewal(payload: Mapping[str, Any]) -> two_person.Shown:
    found = await studios.by_id(int(payload["studio"]))
    return (
        (N_("Studio"), found.draft.name),
        (N_("Document number"), str(payload["document"])),
        (N_("Day of the document"), str(payload["on"])),
        (N_("Its term ended or ends on"), str(payload["until"])),
    )


async def _show_end(payload: Mapping[str, Any]) -> two_person.Shown:
    found = await studios.by_id(int(payload["studio"]))
    return ((N_("Studio"), found.draft.name), (N_("Reason that everyone reads"), str(payload["public_reason"])))


def _page(act: two_person.Asked) -> str:
    return f"/studios/files/{act.payload['studio']}"


RENEW = two_person.register(
    two_person.Kind(
        "studio.renewal", N_("Name a studio for a further term"), perform=_renew, show=_show_renewal, address=_page
    )
)
END = two_person.register(
    two_person.Kind("studio.ending", N_("Withdraw the name of a studio"), perform=_end, show=_show_end, address=_page)
)
