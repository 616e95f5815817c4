"""Up the tree: what stops a step is said whole, each step is in the ledger, and twins take one step between them."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from craftsmen import materials, nominations, standings, steps
from craftsmen.nomination_history import steps_of
from craftsmen.nomination_tables import Nomination
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.outcomes import Outcome
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.transactions import transaction
from tests.craftsmen.nominations.cast import DRAFT, NOW, province

OUTCOME = Outcome("传承方面的材料只有一份协议。带徒的结果没有写。", "推荐选树办法第七条", "补充徒弟的技能等级证书。")


def codes(refusal) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


async def test_an_empty_draft_is_told_everything_at_once(database):
    here = await province()
    one = await here.facts(await here.begun("cheng"))
    with pytest.raises(Refused) as refusal:
        await steps.go_on(one.id, Stage.DRAFT, here.people["mei"], NOW)
    assert codes(refusal) == [
        "nomination_summary_empty", "nomination_story_short", "nomination_question_open", "nomination_question_open",
        "nomination_scan_unread",
    ]  # fmt: skip
    assert [problem.field for problem in refusal.value.problems] == [
        "summary", "story", "answer_years", "answer_accident", "scan",
    ]  # fmt: skip


async def test_the_whole_road_to_the_panel_and_its_ledger(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.PANEL)
    acts = [entry.act for entry in await ledger.entries(one.subject)]
    assert acts.count("nomination.went_on") == 6
    taken = [(step.before, step.after, step.who) for step in reversed(await steps_of(one.id))]
    assert taken == [
        ("draft", "congress", "mei"), ("congress", "unit_notice", "mei"), ("unit_notice", "county", "mei"),
        ("county", "channel", "xian"), ("channel", "province", "shi"), ("province", "panel", "shen"),
    ]  # fmt: skip


async def test_the_congress_waits_for_its_minutes_and_leaving_the_unit_for_every_paper(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.CONGRESS)
    await materials.take_off(one.id, "minutes", here.people["mei"])
    await materials.take_off(one.id, "approval", here.people["mei"])
    await here.scanned(one.address)
    with pytest.raises(Refused) as refusal:
        await steps.go_on(one.id, Stage.CONGRESS, here.people["mei"], NOW)
    assert refusal.value.problems == (Problem("material_missing", "material_minutes", {"name": "职代会决议"}),)
    await here.paper(one.address, "minutes")
    await here.scanned(one.address)
    await steps.go_on(one.id, Stage.CONGRESS, here.people["mei"], NOW)
    with pytest.raises(Refused) as refusal:
        await steps.go_on(one.id, Stage.UNIT_NOTICE, here.people["mei"], NOW)
    assert refusal.value.problems == (Problem("material_missing", "material_approval", {"name": "推荐审批表"}),)


@pytest.mark.parametrize(
    "first, last, code",
    [
        (None, None, ["nomination_notice_missing"]),
        (date(2026, 4, 27), date(2026, 5, 5), ["nomination_notice_short"]),  # 1 to 5 May are off
        (date(2026, 4, 27), date(2026, 5, 6), []),  # the case of RULES
    ],
)
async def test_a_notice_on_the_wall_hangs_its_working_days(database, first, last, code):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.UNIT_NOTICE)
    await nominations.set_notice_days(one.id, first, last, "account:1", NOW)
    stood = await standings.of(await here.facts(one.address), NOW)
    assert [problem.code for problem in stood.blocks] == code


async def test_the_deadline_of_a_stage_counts_to_its_last_day(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.COUNTY)
    last = NOW.replace(month=6, day=10, hour=15, minute=59)  # 23:59 here
    assert (await standings.of(one, last)).blocks == ()
    with pytest.raises(Refused) as refusal:
        await steps.go_on(one.id, Stage.COUNTY, here.people["xian"], last + timedelta(minutes=1))
    assert refusal.value.problems == (Problem("nomination_late", "", {"due": "2026-06-10"}),)


async def test_an_opinion_that_is_missing_against_or_over_stops_it_at_the_federation(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.PROVINCE)
    for given, agrees, code in (
        (date(2026, 5, 1), False, "opinion_against"),
        (date(2025, 6, 1), True, "opinion_expired"),
    ):
        await here.opinion(one.address, given_on=given, agrees=agrees)
        with pytest.raises(Refused) as refusal:
            await steps.go_on(one.id, Stage.PROVINCE, here.people["shen"], NOW)
        assert codes(refusal) == [code]
    await here.opinion(one.address)
    assert await steps.go_on(one.id, Stage.PROVINCE, here.people["shen"], NOW) == Stage.PANEL


async def test_nobody_audits_what_they_wrote_or_passed_on(database):
    here = await province()
    address = await here.nominated("cheng")
    one = await here.facts(address)
    draft = replace(one.draft, summary="县里改过的简要事迹。")
    await nominations.save(one.id, draft, one.revision, f"account:{here.people['xian']}", NOW)
    await here.scanned(address)
    one = await here.at(address, Stage.DRAFT)
    for stage in (Stage.DRAFT, Stage.CONGRESS, Stage.UNIT_NOTICE):
        await steps.go_on(one.id, stage, here.people["mei"], NOW)
    with pytest.raises(Refused) as refusal:
        await steps.go_on(one.id, Stage.COUNTY, here.people["xian"], NOW)
    assert codes(refusal) == ["nomination_own_hand"]
    assert await steps.go_on(one.id, Stage.COUNTY, here.people["shi"], NOW) == Stage.CHANNEL


async def test_sent_back_only_the_named_parts_open_and_it_returns_to_who_asked(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.COUNTY)
    notes = {"story": "写明带徒的结果。", "material_approval": "盖章不清，请重新扫描。"}
    await steps.send_back(one.id, Stage.COUNTY, notes, here.people["xian"], NOW)
    one = await here.facts(one.address)
    assert one.stage is Stage.DRAFT
    closed = replace(one.draft, summary="换一句。")
    with pytest.raises(Refused) as refusal:
        await nominations.save(one.id, closed, one.revision, "account:1", NOW)
    assert refusal.value.problems == (Problem("return_field_closed", "summary"),)
    with pytest.raises(Refused) as refusal:
        await here.paper(one.address, "minutes")
    assert codes(refusal) == ["return_field_closed"]
    await here.paper(one.address, "approval")
    await nominations.save(
        one.id, replace(one.draft, story=DRAFT.story + "十一人中三人已是技师。"), one.revision, "account:1", NOW
    )
    await here.scanned(one.address)
    assert await steps.go_on(one.id, Stage.DRAFT, here.people["mei"], NOW) == Stage.COUNTY


async def test_what_cannot_be_sent_back_is_refused(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.COUNTY)
    for notes, code in (
        ({}, "return_nothing"),
        ({"name": "改名"}, "nomination_field_unknown"),
        ({"story": " "}, "return_note_empty"),
    ):
        with pytest.raises(Refused) as refusal:
            await steps.send_back(one.id, Stage.COUNTY, notes, here.people["xian"], NOW)
        assert codes(refusal) == [code]


async def test_not_chosen_says_why_and_ends(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.PROVINCE)
    await steps.leave_out(one.id, Stage.PROVINCE, OUTCOME, here.people["sheng"], NOW)
    ended = await here.facts(one.address)
    assert (ended.stage, ended.outcome_reason, ended.outcome_rule, ended.outcome_advice) == (
        Stage.NOT_CHOSEN, OUTCOME.reason, OUTCOME.rule, OUTCOME.advice,
    )  # fmt: skip
    entry = (await ledger.entries(one.subject))[0]
    assert entry.act == "nomination.left_out"
    assert OUTCOME.reason not in str(entry.payload)
    for step in (
        steps.go_on(one.id, Stage.PROVINCE, here.people["shen"], NOW),
        steps.leave_out(one.id, Stage.PROVINCE, OUTCOME, here.people["sheng"], NOW),
        steps.withdraw(one.id, Stage.NOT_CHOSEN, "不参加了", "account:1", NOW),
    ):
        with pytest.raises(Refused) as refusal:
            await step
        assert codes(refusal) == ["nomination_at_not_chosen"]


async def test_withdrawn_the_worker_can_be_nominated_again(database):
    here = await province()
    one = await here.facts(await here.begun("cheng"))
    with pytest.raises(Refused) as refusal:
        await steps.withdraw(one.id, Stage.DRAFT, "  ", "account:1", NOW)
    assert codes(refusal) == ["nomination_reason_empty"]
    await steps.withdraw(one.id, Stage.DRAFT, "本人另有安排", "account:1", NOW)
    assert await here.begun("cheng") == "ganpo-craftsman-8-002"


async def test_twins_take_one_step(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.COUNTY)
    both = [steps.go_on(one.id, Stage.COUNTY, here.people[who], NOW) for who in ("xian", "shi")]
    answers = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "Stage"]
    assert len([step for step in await steps_of(one.id) if step.before == "county"]) == 1


async def test_the_channel_goes_on_by_its_list_alone_and_what_moved_meanwhile_is_told(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.CHANNEL)
    with pytest.raises(Refused) as refusal:
        await steps.go_on(one.id, Stage.CHANNEL, here.people["shi"], NOW)
    assert codes(refusal) == ["nomination_by_list"]
    with pytest.raises(Refused) as refusal:
        async with transaction():
            await steps.advance([one.id], Stage.PROVINCE, here.people["shi"], NOW)
    assert codes(refusal) == ["nomination_moved_meanwhile"]
    with pytest.raises(NotFound):
        async with transaction():
            await steps.advance([one.id, 999], Stage.CHANNEL, here.people["shi"], NOW)


async def test_the_panel_decides_about_many_or_about_none(database):
    here = await province()
    ids = [
        (await here.at(await here.nominated("cheng"), Stage.PANEL)).id,
        (await here.at(await here.nominated("xiong", "tao"), Stage.PANEL)).id,
    ]
    with pytest.raises(Refused):  # noqa: PT012 - both in one transaction
        async with transaction():
            await steps.advance(ids[:1], Stage.PANEL, here.people["sheng"], NOW)
            await steps.advance(ids, Stage.PANEL, here.people["sheng"], NOW)
    rows = await Nomination.select(Nomination.stage)
    assert {row["stage"] for row in rows} == {"panel"}
    async with transaction():
        assert await steps.advance(ids[:1], Stage.PANEL, here.people["sheng"], NOW) is Stage.NOTICE
        await steps.leave_out_all({ids[1]: OUTCOME}, Stage.PANEL, here.people["sheng"], NOW)
    rows = await Nomination.select(Nomination.stage).order_by(Nomination.id)
    assert [row["stage"] for row in rows] == ["notice", "not_chosen"]


async def test_a_cancelled_round_moves_nothing(database):
    here = await province()
    one = await here.at(await here.nominated("cheng"), Stage.COUNTY)
    await SelectionRound.update({SelectionRound.stage: "cancelled"}).where(SelectionRound.id == here.round_id)
    for step in (
        steps.go_on(one.id, Stage.COUNTY, here.people["xian"], NOW),
        steps.leave_out(one.id, Stage.COUNTY, OUTCOME, here.people["xian"], NOW),
    ):
        with pytest.raises(Refused) as refusal:
            await step
        assert codes(refusal) == ["nomination_round_closed"]
