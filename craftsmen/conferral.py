"""From the chosen to the conferred: notice, second review, proposal, and the conferral, which takes two people.

Each act is one transaction with the steps of the nominations in it; an accepted objection to the round's notice stops
all of them. Honours are `honours.py`'s, steps `steps.py`'s, notices foundation's: this file says only what follows
what. `by` is the acting account's id.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from craftsmen import honours, rounds, steps
from craftsmen.conferral_reads import about, noticed, state_of
from craftsmen.honour_tables import Honour
from craftsmen.nomination_reads import NominationFacts, by_ids
from craftsmen.round_reads import RoundFacts, channels_of, rules_of
from craftsmen.rules import conferral as rules
from craftsmen.rules.honours import HonourDraft, PartialDate
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.outcomes import Outcome
from craftsmen.rules.round_stages import Stage as RoundStage
from foundation.base.clock import day_of
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.process import notice_drafts
from foundation.process.calendar import customs
from foundation.process.rules.notices import Draft
from foundation.process.rules.shown import Shown
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person


@tried_again
async def to_notice(round_id: int, title: str, text: str, contact: str, *, by: int, now: datetime) -> str:
    """Take the chosen to the public notice and draft it, to be reviewed by a second person; answers its address.

    Where the round has no notice they go on to what follows, and "" is answered. In place of a notice that was stopped,
    or that showed others, another one shows everybody who is still to be named, whose second review and conferral wait
    for its end; it runs for its whole time again (RULES: each notice not fewer than 5 working days). Raises Refused.
    """
    async with transaction():
        found = await _deciding(round_id)
        state = await state_of(found, now)
        if problems := rules.notice_problems(state):
            raise Refused(*problems)
        if state.to_notice:
            await _advance(found, [one.id for one in state.to_notice], Stage.PANEL, by, now)
        if Stage.NOTICE.value not in state.wanted:
            return ""
        before = await noticed(found, now)
        if before.address and not (state.notice == "otherwise" and before.is_over):
            raise Refused(Problem("conferral_notice_there"))
        stage = (await rules_of(round_id)).stage(Stage.NOTICE)
        kept = await customs()
        said = Draft(
            title=title.strip(), text=text.strip(), contact=contact.strip(),
            shown=Shown(rules.COLUMNS, rules.table(state.to_show)),
            days=stage.days if stage else kept.days, end_time=kept.end_time, results=True, about=about(found),
            label=found.name, replaces=before.stopped,
        )  # fmt: skip
        _, address = await notice_drafts.make(said, found.organisation_id, by, now)
        rounds.record(round_id, "round.noticed", by, {"notice": address, "nominations": len(state.to_show)})
    return address


@tried_again
async def go_on(round_id: int, at: Stage, ids: Collection[int], by: int, now: datetime) -> Stage:
    """Take these on from the notice, or from the second review; whoever becomes proposed gets a proposed honour.

    Raises Refused while the notice runs or is held, and for a stage from which nobody goes on here.
    """
    async with transaction():
        found = await _deciding(round_id)
        state = await state_of(found, now)
        if at not in (Stage.NOTICE, Stage.SECOND):
            raise NotFound
        if problems := rules.after_notice_problems(state):
            raise Refused(*problems)
        here = {one.id for one in state.at(at)}
        if not ids or not set(ids) <= here:
            raise Refused(Problem("conferral_pick", "pick"))
        return await _advance(found, sorted(set(ids)), at, by, now)


@tried_again
async def leave_out(
    round_id: int, at: Stage, ids: Collection[int], outcome: Outcome, *, by: int, now: datetime
) -> None:
    """Not chosen after all (未入选), with the reason that unit and worker read; a proposed honour is declined."""
    async with transaction():
        found = await _deciding(round_id)
        state = await state_of(found, now)
        gone = {one.id for one in (state.left if at is Stage.PANEL else state.at(at))}
        if at is Stage.PANEL and state.voting:
            raise Refused(Problem("conferral_voting"))
        if not ids or not set(ids) <= gone or at is Stage.CONFERRED:
            raise Refused(Problem("conferral_pick", "pick"))
        if at is Stage.PROPOSED:
            await _not_asked(found)
            for honour_id in (await _honours(found, ids)).values():
                await honours.decline(honour_id, "", outcome.reason, f"account:{by}", now)
        await steps.leave_out_all(dict.fromkeys(sorted(set(ids)), outcome), at, by, now)


@tried_again
async def ask(round_id: int, document: str, on: date, reason: str, *, by: int, now: datetime) -> int:
    """Ask that everybody proposed be conferred by this document; answers the act, which a second person confirms."""
    async with transaction():
        found = await _deciding(round_id)
        state = await state_of(found, now)
        problems = rules.confer_problems(state, document)
        if on > day_of(now):
            problems.append(Problem("conferral_day", "on"))
        if problems:
            raise Refused(*problems)
        payload = {
            "round": found.address,
            "name": found.name,
            "document": " ".join(document.split()),
            "on": on.isoformat(),
            "nominations": sorted(one.id for one in state.at(Stage.PROPOSED)),
        }
        return await two_person.ask(CONFER, _subject(round_id), payload, found.organisation_id, by, reason, now)


def source_key(found: RoundFacts, nomination_id: int) -> str:
    """What makes the honour of a nomination known again."""
    return f"round:{found.address}:nomination:{nomination_id}"


async def _advance(found: RoundFacts, ids: list[int], at: Stage, by: int, now: datetime) -> Stage:
    target = await steps.advance(ids, at, by, now)
    if target is Stage.PROPOSED:
        channels = {one.id: one.organisation_id for one in await channels_of(found.id)}
        for one in await by_ids(ids):
            await honours.propose(_draft(found, one, channels.get(one.channel_id)), f"account:{by}", now)
    return target


def _draft(found: RoundFacts, one: NominationFacts, recommender: int | None) -> HonourDraft:
    return HonourDraft(
        title=found.title_code,
        year=found.year,
        name=one.name,
        worker=one.worker_id,
        unit=one.unit_id,
        recommender=recommender,
        edition=found.edition or None,
        source=about(found),
        source_key=source_key(found, one.id),
    )


async def _confer(act: two_person.Asked, by: int, now: datetime) -> None:
    """What the confirmation does: honours with their certificates, nominations, the round; or nothing."""
    round_id = int(act.about.removeprefix("round:"))
    found = await _deciding(round_id)
    state = await state_of(found, now)
    document = str(act.payload["document"])
    if problems := rules.confer_problems(state, document):
        raise Refused(*problems)
    ids = list(act.payload["nominations"])
    if ids != sorted(one.id for one in state.at(Stage.PROPOSED)):
        raise Refused(Problem("conferral_changed_meanwhile"))
    made = await _honours(found, ids)
    if set(made) != set(ids):
        raise Refused(Problem("conferral_changed_meanwhile"))
    on = date.fromisoformat(act.payload["on"])
    actor = f"account:{by}"
    await honours.confer(list(made.values()), document, PartialDate(on.year, on.month, on.day), actor, now)
    await steps.advance(ids, Stage.PROPOSED, by, now)
    await rounds.conclude(round_id, document, by)


async def _honours(found: RoundFacts, ids: Collection[int]) -> dict[int, int]:
    """The honours of these nominations, by nomination."""
    keys = {source_key(found, one): one for one in ids}
    rows: list[dict[str, Any]] = await Honour.select(Honour.id, Honour.source_key).where(
        Honour.source_key.is_in(list(keys) or [""])
    )
    return {keys[row["source_key"]]: row["id"] for row in rows}


async def _deciding(round_id: int) -> RoundFacts:
    found = await rounds.lock_round(round_id)
    if found.stage is not RoundStage.DECIDING:
        raise Refused(Problem("panel_not_deciding"))
    return found


async def _not_asked(found: RoundFacts) -> None:
    if await two_person.open_act(CONFER.code, _subject(found.id)) is not None:
        raise Refused(Problem("conferral_asked"))


def _subject(round_id: int) -> str:
    return f"round:{round_id}"


def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    return (
        (N_("Round"), str(payload["name"])),
        (N_("Document"), str(payload["document"])),
        (N_("Day of the decision"), str(payload["on"])),
        (N_("How many are conferred"), str(len(payload["nominations"]))),
    )


CONFER = two_person.register(
    two_person.Kind(
        "round.confer",
        N_("Confer the titles of a selection round"),
        perform=_confer,
        show=_show,
        address=lambda act: f"/rounds/manage/{act.payload['round']}/conferral",
    )
)
