"""From the channels' lists to names: what is chosen goes on notice, and is named by two people with a document number.

What a notice shows of a studio everyone may read: its name, its leader, its unit, who recommends it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from foundation.base.clock import day_of
from foundation.base.problem import N_, Problem, Refused
from foundation.process import notice_drafts, notice_waits
from foundation.process.calendar import customs
from foundation.process.rules.notices import Draft
from foundation.process.rules.shown import Shown
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import studio_facts, studio_lists, studio_results, studio_rounds, studio_terms, studios
from innovations.rules.studio_calls import RoundStage
from innovations.rules.studio_form import LONGEST
from innovations.rules.studio_terms import document_problems
from innovations.rules.studios import Stage, unmet
from innovations.studio_rounds import CallFacts
from innovations.studio_tables import Studio, StudioRound
from innovations.studios import StudioFacts

COLUMNS = ("number", "title", "name", "unit", "recommender")


@tried_again
async def open_notice(  # noqa: PLR0917 - a notice is all of these
    round_id: int, chosen: Sequence[int], title: str, text: str, contact: str, by: int, now: datetime, today: date
) -> str:
    """Take what was chosen of the channels' lists to a public notice and draft it; answers the notice's address.

    A second person reviews and opens it, as any notice. Raises NotFound; Refused for what was not recommended, or does
    not meet a standard any more.
    """
    async with transaction():
        found = await studio_rounds.locked(round_id)
        if found.stage is not RoundStage.CHECKING:
            raise Refused(Problem("studio_step_late"))
        if not chosen:
            raise Refused(Problem("studio_none_chosen", "chosen"))
        for studio_id in sorted(set(chosen)):
            await _choose(found, await studios.locked(studio_id), by, now, today)
        kept = await customs()
        said = Draft(
            title=title.strip(), text=text.strip(), contact=contact.strip(),
            shown=Shown(COLUMNS, await _shown_rows(round_id)), days=kept.days, end_time=kept.end_time, results=True,
            about=found.about, label=found.name,
        )  # fmt: skip
        _, address = await notice_drafts.make(said, found.organisation_id, by, now)
        values = {StudioRound.notice: address}
        await studio_rounds.step_taken(found, "open_notice", by, values, {"notice": address})
    return address


@tried_again
async def choose_again(round_id: int, by: int, now: datetime) -> None:
    """Back to the choice, as where the notice was stopped or showed other studios: what is chosen then is noticed
    anew. Raises NotFound, Refused."""
    async with transaction():
        found = await studio_rounds.locked(round_id)
        await studio_rounds.step_taken(found, "choose_again", by)
        for one in await _noticed(round_id):
            await studios.move(await studios.locked(one.id), "choose_again", by, now)


@tried_again
async def cancel(round_id: int, by: int, now: datetime) -> None:
    """Give a call up before anything was noticed: its applications end with it, and their leaders and results are free
    for another. Raises NotFound, Refused."""
    async with transaction():
        await studio_rounds.step_taken(await studio_rounds.locked(round_id), "cancel", by)
        await _end_rest(round_id, by, now)


@tried_again
async def not_name(studio_id: int, note: str, by: int, now: datetime) -> None:
    """It is not named this time, for a reason that its unit reads. Raises NotFound, Refused."""
    note = note.strip()
    if not note or len(note) > LONGEST["note"]:
        raise Refused(Problem("studio_note", "note", {"most": str(LONGEST["note"])}))
    async with transaction():
        await studio_rounds.locked((await studios.by_id(studio_id)).round_id)
        await _leave_out(await studios.locked(studio_id), note, by, now)


@tried_again
async def ask_naming(  # noqa: PLR0917 - a naming is all of these
    round_id: int, document: str, on: date, reason: str, by: int, now: datetime, today: date
) -> int:
    """Ask a second person to name what was noticed; answers the act's id. Raises NotFound; Refused before the notice
    ran to its end, and while an accepted objection is open."""
    document = " ".join(document.split())
    async with transaction():
        found = await studio_rounds.locked(round_id)
        problems = document_problems(document, on, today) + two_person.reason_problems(reason)
        problems += await _waits(found, now)
        noticed = await _noticed(round_id)
        problems += await _below(found, noticed, today)
        if not noticed:
            problems.append(Problem("studio_none_noticed"))
        if problems:
            raise Refused(*problems)
        payload = {
            "round": round_id, "document": document, "on": on.isoformat(), "studios": [one.id for one in noticed],
            "notice": found.notice,
        }  # fmt: skip
        return await two_person.ask(NAME, found.subject, payload, found.organisation_id, by, reason, now)


async def _name(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction."""
    found = await studio_rounds.locked(int(act.payload["round"]))
    if problems := await _waits(found, now):
        raise Refused(*problems)
    noticed = await _noticed(found.id)
    same_notice = act.payload.get("notice", found.notice) == found.notice
    if [one.id for one in noticed] != list(act.payload["studios"]) or not same_notice:
        raise Refused(Problem("studio_changed_meanwhile"))
    if problems := await _below(found, noticed, day_of(now)):
        raise Refused(*problems)
    document, on = str(act.payload["document"]), date.fromisoformat(act.payload["on"])
    for one in noticed:
        await studios.locked(one.home)  # a studio before its application, as where its name is withdrawn
        await studio_terms.begin(await studios.locked(one.id), found, on, document, act.id, by, now)
    await _end_rest(found.id, by, now)
    payload = {"act": act.id, "asked_by": act.asked_by, "studios": [one.id for one in noticed]}
    await studio_rounds.step_taken(found, "name", by, {StudioRound.document: document}, payload)


async def _choose(found: CallFacts, one: StudioFacts, by: int, now: datetime, today: date) -> None:
    lists = {each.channel_id for each in await studio_lists.handed_in(found.id)}
    if one.round_id != found.id or one.stage is not Stage.RECOMMENDED or one.channel_id not in lists:
        raise Refused(Problem("studio_not_listed", "chosen", {"name": one.draft.name}))
    if unmet(found.call.standards, await studio_facts.of(one), today):
        raise Refused(Problem("studio_below_now", "chosen", {"name": one.draft.name}))
    await studios.move(one, "open_notice", by, now)


async def _end_rest(round_id: int, by: int, now: datetime) -> None:
    """What is still under way ends with its call; a draft stays its unit's alone."""
    rows = await Studio.select(Studio.id).where(Studio.round == round_id, Studio.stage.is_in(studios.UNDER_WAY))
    for row in sorted(rows, key=lambda one: int(one["id"])):
        one = await studios.locked(row["id"])
        if one.stage is Stage.DRAFT:
            await studio_results.link_none(one.id, by)
            await studios.move(one, "withdraw", by, now)
        else:
            await _leave_out(one, "", by, now)


async def _below(found: CallFacts, noticed: Sequence[StudioFacts], today: date) -> list[Problem]:
    """What was noticed and lost a standard meanwhile: a leader's title was revoked, a result withdrawn."""
    return [
        Problem("studio_below_noticed", "", {"name": one.draft.name})
        for one in noticed
        if unmet(found.call.standards, await studio_facts.of(one), today)
    ]


async def _leave_out(one: StudioFacts, note: str, by: int, now: datetime) -> None:
    """Not named; its results are free for another application."""
    await studio_results.link_none(one.id, by)
    await studios.move(one, "not_name", by, now, {Studio.note: note})


async def _waits(found: CallFacts, now: datetime) -> list[Problem]:
    if found.stage is not RoundStage.NOTICE:
        return [Problem("studio_step_late")]
    if not await notice_waits.passed_with(found.notice, found.about, now):
        return [Problem("studio_notice_open")]
    return [] if await _is_told(found) else [Problem("studio_notice_otherwise")]


async def _is_told(found: CallFacts) -> bool:
    """Whether the notice shows whoever is to be named, by name of the studio or of its leader with the unit: its draft
    can be written on by hand; units and studios may be renamed meanwhile."""
    shown = await notice_waits.table_shown(found.notice)
    if not set(COLUMNS) <= set(shown.columns):
        return False
    title, name, unit = (shown.columns.index(each) for each in ("title", "name", "unit"))
    there = {row[title] for row in shown.rows}
    led = {(row[name], row[unit]) for row in shown.rows}
    return all(row[1] in there or (row[2], row[3]) in led for row in await _shown_rows(found.id))


async def _noticed(round_id: int) -> list[StudioFacts]:
    rows = await Studio.select().where(Studio.round == round_id, Studio.stage == Stage.NOTICE.value)
    return sorted(map(studios.facts, rows), key=lambda one: one.id)


async def _shown_rows(round_id: int) -> tuple[tuple[str, ...], ...]:
    rows = await Studio.select(
        Studio.id, Studio.name, Studio.rank, Studio.leader.name.as_alias("leader_name"),
        Studio.organisation.name.as_alias("unit"), Studio.channel.name.as_alias("channel_name"),
    ).where(Studio.round == round_id, Studio.stage == Stage.NOTICE.value)  # fmt: skip
    ordered = sorted(rows, key=lambda row: (row["channel_name"], row["rank"] or 0, row["id"]))
    return tuple(
        (str(number), row["name"], row["leader_name"], row["unit"], row["channel_name"])
        for number, row in enumerate(ordered, 1)
    )


async def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    found = await studio_rounds.by_id(int(payload["round"]))
    rows = await Studio.select(Studio.name).where(Studio.id.is_in(list(payload["studios"]) or [0])).order_by(Studio.id)
    return (
        (N_("Call for studios"), found.name),
        (N_("Document number"), str(payload["document"])),
        (N_("Day of the document"), str(payload["on"])),
        (N_("Studios that are named"), "、".join(row["name"] for row in rows)),
    )


NAME = two_person.register(
    two_person.Kind(
        "studio.naming",
        N_("Name innovation studios"),
        perform=_name,
        show=_show,
        address=lambda act: f"/studios/desk/calls/{act.payload['round']}",
    )
)
