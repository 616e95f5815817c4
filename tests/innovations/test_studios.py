"""Studios through their writers: standards, lists of channels, notice and naming, years, terms, the end of a name."""

import asyncio
from dataclasses import replace as with_values
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from craftsmen import honours
from foundation.base import clock
from foundation.base.problem import NotFound
from foundation.people import organisations, workers
from foundation.people.organisations import Draft as OrganisationDraft
from foundation.people.organisations import Kind
from foundation.people.worker_facts import Given
from foundation.process import notices
from foundation.process.notice_tables import Notice
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import (
    innovations,
    studio_lists,
    studio_members,
    studio_naming,
    studio_reads,
    studio_results,
    studio_rounds,
    studio_showing,
    studio_terms,
    studio_todo,
    studio_years,
    studios,
)
from innovations.rules.review_rules import Level
from innovations.rules.studio_calls import Call, RoundStage
from innovations.rules.studio_form import StudioDraft
from innovations.rules.studios import Stage, Verdict
from innovations.studio_tables import Studio, StudioMember, StudioRound, StudioTerm, StudioYear
from tests.competitions.judging.watching import statements
from tests.innovations.made_up import NOW, ZONE
from tests.innovations.studios_made_up import (
    AFTER,
    BODY,
    CALL,
    CITY_CALL,
    FOUNDED,
    ON,
    STANDARDS,
    TODAY,
    opened,
    refused,
)

YEAR = {"trainings": "2", "upgraded": "1", "fund": "5万"}
ENDS = date(2029, 6, 10)


async def test_the_whole_way_to_a_name(database):
    story = await opened()
    one = await story.named()
    assert (one.stage, one.level, one.named_on, one.named_until) == (Stage.NAMED, Level.PROVINCE, ON, ENDS)
    call = await studio_rounds.by_id(story.call)
    assert (call.stage, call.document) == (RoundStage.NAMED, "赣工发〔2026〕9号")
    assert [(each.since, each.until) for each in await studio_terms.of(one.id)] == [(ON, ENDS)]
    steps = {entry.act.removeprefix("studio.") for entry in await ledger.entries(one.subject)}
    assert steps == {"begun", "written", "apply", "recommend", "open_notice", "name"}


async def test_what_the_registry_knows_is_not_typed(database):
    story = await opened()
    own = await story.made("色卡", worker=story.here.worker)
    await story.made("别人的", worker=await story.person("占云帆", titled=False))
    await story.made("邻厂的", "other", story.here.worker)
    number = await story.begun()
    assert [one.id for one in await studio_results.of(number)] == [own]


async def test_every_standard_that_is_not_met_is_told_before_it_is_applied_for(database):
    story = await opened(with_values(CALL, call=Call(replace(STANDARDS, results=2), each=2)))
    leader = await story.person("占云帆", titled=False)
    number = await story.begun("占", leader)
    assert await refused(studios.hand_in(number, 1, story.by, NOW, ZONE)) == [
        ("leader", "studio_leader_title"), ("results", "studio_results"), ("trainings", "studio_trainings"),
        ("upgraded", "studio_upgraded"), ("fund", "studio_fund"), ("place", "studio_place_empty"),
        ("rules", "studio_rules_empty"), ("topics", "studio_topics_empty"),
    ]  # fmt: skip
    assert (await story.facts("占")).stage is Stage.DRAFT


async def test_nobody_applies_late_but_with_what_was_given_back(database):
    story = await opened()
    number = await story.applied()
    channel = story.here.places["city"]
    assert await refused(studio_lists.give_back(number, " ", story.city, NOW)) == [("note", "studio_note")]
    await studio_lists.give_back(number, "缺经费凭据", story.city, NOW)
    one = await story.facts()
    assert (one.stage, one.note, one.channel_id) == (Stage.DRAFT, "缺经费凭据", None)
    late = NOW + timedelta(days=25)
    await studios.hand_in(number, one.revision, story.by, late, ZONE)
    one = await story.facts()
    assert (one.stage, one.note, one.channel_id) == (Stage.APPLIED, "", channel)
    other = await story.person("占云帆")
    await story.made("占的成果", worker=other)
    second = await story.begun("占", other)
    await studios.save(second, StudioDraft("占工作室", "C", FOUNDED, BODY), [], 1, story.by, NOW)
    assert ("", "studio_late") in await refused(studios.hand_in(second, 2, story.by, late, ZONE))


async def test_nothing_is_begun_that_could_not_be_handed_in_any_more(database):
    story = await opened()
    works, late = story.here.places["works"], NOW + timedelta(days=25)
    await studios.begin(story.call, "冯工作室", story.here.worker, FOUNDED, works, story.by, NOW)
    other = await story.person("占云帆")
    begun = studios.begin(story.call, "占工作室", other, FOUNDED, works, story.by, late)
    assert await refused(begun) == [("round", "studio_late")]
    assert await studio_reads.open_calls(works) == []  # its last day was in May
    for until, expected in ((clock.today(), 1), (clock.today() - timedelta(days=1), 0)):
        await StudioRound.update({StudioRound.apply_until: until}).where(StudioRound.id == story.call)
        assert len(await studio_reads.open_calls(works)) == expected


async def test_a_channel_keeps_its_calls_however_many_others_make(database):
    story = await opened()
    far = story.here.places["other"]
    for _ in range(studio_reads.PAGE + 1):
        number = await studio_rounds.create(CALL, far, story.by, NOW)
        await studio_rounds.freeze(number, 1, story.by, NOW, ZONE)
    city, county = await story.here.user("jing"), await story.here.user("yun")
    assert [one.id for one in await studio_reads.calls_of_channel(city)] == [story.call]
    assert await studio_reads.calls_of_channel(county) == []  # the city's list has theirs


async def test_one_person_leads_one_studio_even_if_two_apply_at_once(database):
    story = await opened()
    found = await asyncio.gather(story.begun("甲"), story.begun("乙"), return_exceptions=True)
    assert sorted(isinstance(one, int) for one in found) == [False, True]
    assert await Studio.count() == 1
    assert await refused(story.begun("丙")) == [("leader", "studio_leader_twice")]


async def test_a_unit_of_elsewhere_has_no_part_in_a_city_s_call(database):
    story = await opened()
    number = await studio_rounds.create(CALL, story.here.places["far"], story.by, NOW)
    await studio_rounds.freeze(number, 1, story.by, NOW, ZONE)
    assert (await studio_rounds.by_id(number)).level is Level.CITY
    story.call = number
    assert await refused(story.begun()) == [("round", "studio_not_open")]


async def test_frozen_standards_do_not_change_and_what_is_wrong_is_not_frozen(database):
    story = await opened()
    assert await refused(studio_rounds.change(story.call, CALL, 2, story.by)) == [("", "studio_call_frozen")]
    bad = with_values(CALL, apply_until=date(2026, 5, 1), call=Call(replace(STANDARDS, term=0), each=0))
    number = await studio_rounds.create(bad, story.here.places["root"], story.by, NOW)
    assert await refused(studio_rounds.freeze(number, 1, story.by, NOW, ZONE)) == [
        ("apply_until", "studio_call_until"), ("term", "studio_call_term"), ("each", "studio_call_places"),
    ]  # fmt: skip


async def test_a_channel_keeps_to_its_places_and_to_its_word(database):
    story = await opened(with_values(CALL, call=Call(STANDARDS, each=1)))
    channel, by = story.here.places["city"], story.city
    await story.applied()
    await story.applied("占", await story.person("占云帆"))
    both = [story.ids["占"], story.ids["冯"]]
    assert await refused(studio_lists.rank(story.call, channel, both, by, NOW)) == [("", "studio_list_places")]
    assert await refused(studio_lists.hand_in(story.call, channel, by, NOW)) == [("", "studio_list_empty")]
    with pytest.raises(NotFound):
        await studio_lists.rank(story.call, story.here.places["far"], both[:1], by, NOW)
    await studio_lists.rank(story.call, channel, both[:1], by, NOW)
    await studio_lists.rank(story.call, channel, both[1:], by, NOW)  # another one in its place
    assert [(await story.facts(name)).stage for name in ("占", "冯")] == [Stage.APPLIED, Stage.RECOMMENDED]
    await studio_lists.hand_in(story.call, channel, by, NOW)
    assert await refused(studio_lists.rank(story.call, channel, both[:1], by, NOW)) == [("", "studio_list_closed")]
    assert await refused(studio_lists.hand_in(story.call, channel, by, NOW)) == [("", "studio_list_closed")]
    await studio_lists.give_list_back(story.call, channel, story.by)
    await studio_lists.rank(story.call, channel, both[:1], by, NOW)
    assert [(await story.facts(name)).rank for name in ("占", "冯")] == [1, None]


async def test_lists_are_not_closed_before_there_is_one_for_nothing_could_be_chosen_then(database):
    story = await opened()
    await story.applied()
    assert await refused(studio_rounds.close_lists(story.call, story.by)) == [("", "studio_lists_none")]
    await story.listed("冯")
    assert (await studio_rounds.by_id(story.call)).stage is RoundStage.CHECKING
    assert await refused(studio_rounds.close_lists(story.call, story.by)) == [("", "studio_step_late")]


async def test_only_what_is_on_a_list_and_still_meets_the_standards_is_noticed(database):
    story = await opened()
    titled = await story.person("占云帆", titled=False)
    honour = await story.title(titled)
    await story.applied()
    await story.applied("占", titled)
    await story.applied("万", await story.person("万知远"))
    await story.listed("冯", "占")
    assert await refused(story.noticed(())) == [("chosen", "studio_none_chosen")]
    assert await refused(story.noticed(("万",))) == [("chosen", "studio_not_listed")]
    async with transaction():
        await honours.revoke(honour, "弄虚作假", "查实", None, "test", NOW)
    assert await refused(story.noticed(("冯", "占"))) == [("chosen", "studio_below_now")]
    assert [(await story.facts(name)).stage for name in ("冯", "占")] == [Stage.RECOMMENDED] * 2


async def test_nothing_is_named_before_its_notice_ran_out_nor_by_one_person(database):
    story = await opened()
    await story.applied()
    await story.applied("占", await story.person("占云帆"))
    await story.listed("冯", "占")
    await story.noticed(("冯", "占"))
    early = studio_naming.ask_naming(story.call, "", TODAY, "评审会确定", story.by, NOW, TODAY)
    assert await refused(early) == [("document", "studio_document_empty"), ("", "studio_notice_open")]
    act = await story.asked()
    assert await refused(two_person.confirm(act, story.by, AFTER)) == [("", "act_own")]
    await studio_naming.not_name(story.ids["占"], "异议成立", story.by, AFTER)  # behind the question's back
    assert await refused(two_person.confirm(act, story.second, AFTER)) == [("", "studio_changed_meanwhile")]
    await two_person.reject(act, story.second, "重提", AFTER)
    await two_person.confirm(await story.asked(), story.second, AFTER)
    assert [(await story.facts(name)).stage for name in ("冯", "占")] == [Stage.NAMED, Stage.NOT_NAMED]
    assert await studio_results.of(story.ids["占"]) == []  # free for another call


async def test_what_was_recommended_and_not_chosen_is_not_named_with_the_rest(database):
    story = await opened()
    await story.applied()
    await story.applied("占", await story.person("占云帆"))
    await story.listed("冯", "占")
    await story.noticed()
    await two_person.confirm(await story.asked(), story.second, AFTER)
    assert (await story.facts("占")).stage is Stage.NOT_NAMED


async def merged(goes: int, stays: int) -> None:
    """Two records become one, as the act that merges them does."""
    async with transaction():
        for mover in workers.MOVERS:
            await mover(goes, stays)


async def test_members_come_and_go_and_two_records_of_one_become_one(database):
    story = await opened()
    number = await story.begun()
    one, twin = [(await workers.create(Given("占云帆"), story.here.places["works"], "test", NOW))[0] for _ in "12"]
    await studio_members.add(number, one, date(2023, 1, 1), story.by, NOW)
    assert await refused(studio_members.add(number, one, TODAY, story.by, NOW)) == [("member", "studio_member_twice")]
    leads = studio_members.add(number, story.here.worker, TODAY, story.by, NOW)
    assert await refused(leads) == [("member", "studio_member_twice")]
    await studio_members.add(number, twin, date(2022, 1, 1), story.by, NOW)
    await merged(twin, one)
    rows = await StudioMember.select(StudioMember.worker, StudioMember.since)
    assert rows == [{"worker": one, "since": date(2022, 1, 1)}]
    member = (await studio_members.of(number))[0]["id"]
    await studio_members.end(number, member, TODAY, story.by, NOW)  # of a draft: taken off
    assert await StudioMember.count() == 0


async def test_who_leaves_a_named_studio_stays_in_its_history(database):
    story = await opened()
    one = await story.named()
    worker = await story.person("占云帆", titled=False)
    await studio_members.add(one.id, worker, ON, story.by, AFTER)
    member = (await studio_members.of(one.id))[0]["id"]
    early = studio_members.end(one.id, member, ON - timedelta(days=1), story.by, AFTER)
    assert await refused(early) == [(f"until-{member}", "studio_member_until")]
    await studio_members.end(one.id, member, ON, story.by, AFTER)
    with pytest.raises(NotFound):
        await studio_members.end(one.id, member, ON, story.by, AFTER)
    assert await StudioMember.count() == 1
    assert await studio_members.of(one.id) == []


async def test_what_was_named_is_not_renamed_by_its_unit(database):
    story = await opened()
    one = await story.named()
    said = StudioDraft("别的名字", "A", date(2000, 1, 1), replace(BODY, topics=("新课题",)))
    results = [each.id for each in await studio_results.of(one.id)]
    await studios.save(one.id, said, results, one.revision, story.by, AFTER)
    kept = (await story.facts()).draft
    assert kept == StudioDraft("冯工作室", "C", FOUNDED, replace(BODY, topics=("新课题",)))
    assert await refused(studios.save(one.id, said, results, one.revision, story.by, AFTER)) == [("", "studio_changed")]


async def test_a_result_is_of_one_studio_and_of_its_own_unit(database):
    story = await opened()
    await story.applied()
    other = await story.begun("占", await story.person("占云帆"))
    taken = [each.id for each in await studio_results.of(story.ids["冯"])]
    far = await story.made("邻厂的", "other")
    draft = StudioDraft("占工作室", "C", FOUNDED, BODY)
    assert await refused(studios.save(other, draft, taken, 1, story.by, NOW)) == [("results", "studio_result_gone")]
    with pytest.raises(NotFound):
        await studios.save(other, draft, [far], 1, story.by, NOW)
    with pytest.raises(NotFound):
        await studio_results.put(far, other, story.here.places["other"], story.by)
    await studio_results.put(taken[0], other, story.here.places["works"], story.by)
    assert [each.id for each in await studio_results.of(other)] == taken


async def test_a_year_is_reported_counted_and_assessed(database):
    story = await opened()
    one = await story.named()
    number = await story.made("2026年的", worker=story.here.worker)
    async with transaction():
        await innovations.set_studio(number, one.id, story.by)
    later = date(2027, 1, 10)
    before = studio_years.report(one.id, 2025, YEAR, story.by, later)
    assert await refused(before) == [("year", "studio_year")]
    assert await studio_years.due(one, later) == [2026]
    await studio_years.report(one.id, 2026, {**YEAR, "trainings": "1"}, story.by, later)
    good = studio_years.assess(one.id, 2026, Verdict.GOOD, "", story.by, AFTER)
    assert await refused(good) == [("reason", "studio_verdict_reason"), ("verdict", "studio_verdict_below")]
    await studio_years.report(one.id, 2026, YEAR, story.by, later)
    await studio_years.assess(one.id, 2026, Verdict.GOOD, "培训到位", story.by, AFTER)
    again = studio_years.report(one.id, 2026, YEAR, story.by, later)
    assert await refused(again) == [("year", "studio_year_assessed")]
    (year,) = await studio_years.of(one.id)
    assert (year.verdict, year.figures.results, year.figures.fund) == (Verdict.GOOD, 0, 50_000_00)  # FOIL is of 2025
    assert await StudioYear.count() == 1


async def test_a_name_is_at_risk_after_more_bad_years_than_are_borne(database):
    story = await opened()
    one = await story.named()
    call = await studio_rounds.by_id(story.call)
    assert await studio_years.at_risk(one, call, date(2027, 6, 1)) == []  # 2026 alone
    assert await studio_years.at_risk(one, call, date(2028, 6, 1)) == [2026, 2027]
    assert await studio_years.all_at_risk([one], date(2028, 6, 1)) == {one.id: [2026, 2027]}
    await studio_years.report(one.id, 2026, YEAR, story.by, date(2028, 6, 1))
    await studio_years.assess(one.id, 2026, Verdict.MEND, "补课", story.by, AFTER)
    assert await studio_years.all_at_risk([one], date(2028, 6, 1)) == {}


async def assessed(story, *years: int) -> None:
    for year in years:
        await studio_years.report(story.ids["冯"], year, YEAR, story.by, date(year + 1, 1, 10))
        await studio_years.assess(story.ids["冯"], year, Verdict.GOOD, "到位", story.by, AFTER)


async def test_a_term_is_renewed_by_two_people_and_follows_the_last_without_a_gap(database):
    story = await opened()
    one = await story.named()
    now = NOW.replace(year=2029)
    today = now.date()
    early = studio_terms.ask_renewal(one.id, "12号", ON, "复核通过", story.by, AFTER, ON)
    assert await refused(early) == [("", "studio_renewal_early")]
    risky = studio_terms.ask_renewal(one.id, "12号", today, "复核通过", story.by, now, today)
    assert await refused(risky) == [("", "studio_at_risk")]
    await assessed(story, 2026, 2027, 2028)
    act = await studio_terms.ask_renewal(one.id, "12号", today, "复核通过", story.by, now, today)
    await two_person.confirm(act, story.second, now)
    one = await story.facts()
    assert (one.stage, one.named_on, one.named_until) == (Stage.NAMED, date(2029, 6, 11), date(2032, 6, 10))
    assert await StudioTerm.count() == 2


async def test_a_year_before_a_term_was_renewed_is_still_reported(database):
    story = await opened()
    one = await story.named()
    now = NOW.replace(year=2029)
    today = now.date()
    await assessed(story, 2026, 2027)
    act = await studio_terms.ask_renewal(one.id, "12号", today, "复核通过", story.by, now, today)
    await two_person.confirm(act, story.second, now)
    one = await story.facts()
    assert one.named_on > today  # the further term begins after the one that runs
    assert await studio_years.due(one, today) == [2028]
    await studio_years.report(one.id, 2028, YEAR, story.by, today)
    assert await studio_years.due(one, today) == []
    assert await studio_years.due(one, date(2031, 1, 10)) == [2029, 2030]
    long_ago = studio_years.report(one.id, 2025, YEAR, story.by, today)
    assert await refused(long_ago) == [("year", "studio_year")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_public_page_tells_since_when_it_is_named_though_a_further_term_is_given(database):
    story = await opened()
    one = await story.named()
    today = clock.today()
    for since, until in ((today - timedelta(days=700), today + timedelta(days=30)), (today + timedelta(days=31),) * 2):
        await StudioTerm(
            studio=one.id, level="province", since=since, until=until, document="12号", act=1, round=story.call
        ).save()
    await Studio.update({Studio.named_on: today + timedelta(days=31)}).where(Studio.id == one.id)
    await StudioTerm.delete().where(StudioTerm.since == ON)
    shown = await studio_showing.one((await story.facts()).address)
    assert shown.named_on == today - timedelta(days=700)


async def test_a_name_lapses_a_day_after_its_last_and_can_be_renewed_then(database):
    story = await opened()
    one = await story.named()
    assert await studio_terms.lapse(ENDS, AFTER) == 0
    assert await studio_terms.lapse(ENDS + timedelta(days=1), AFTER) == 1
    assert await studio_terms.lapse(ENDS + timedelta(days=1), AFTER) == 0
    assert (await story.facts()).stage is Stage.LAPSED
    await assessed(story, 2026, 2027, 2028)
    now = NOW.replace(year=2029, month=9)
    act = await studio_terms.ask_renewal(one.id, "12号", now.date(), "复核通过", story.by, now, now.date())
    await two_person.confirm(act, story.second, now)
    assert (await story.facts()).named_on == now.date()


async def test_a_name_is_withdrawn_by_two_people_with_a_public_reason(database):
    story = await opened()
    one = await story.named()
    empty = studio_terms.ask_end(one.id, " ", "考核", story.by, AFTER)
    assert await refused(empty) == [("public_reason", "studio_public_reason")]
    act = await studio_terms.ask_end(one.id, "连续两年考核不合格", "考核表", story.by, AFTER)
    assert await refused(two_person.confirm(act, story.by, AFTER)) == [("", "act_own")]
    await two_person.confirm(act, story.second, AFTER)
    one = await story.facts()
    assert (one.stage, one.ended_reason) == (Stage.ENDED, "连续两年考核不合格")
    late = studio_years.report(one.id, 2026, YEAR, story.by, date(2027, 1, 1))
    assert await refused(late) == [("", "studio_step_late")]


async def test_a_studio_of_a_group_s_branch_stands_on_the_list_of_whoever_calls(database):
    story = await opened()
    places = story.here.places
    places["group"] = await organisations.create(
        places["city"], OrganisationDraft("昌窑集团", Kind.ENTERPRISE), "t", NOW
    )
    places["branch"] = await organisations.create(
        places["group"], OrganisationDraft("昌窑二分厂", Kind.ENTERPRISE), "t", NOW
    )
    story.call = await studio_rounds.create(CITY_CALL, places["city"], story.by, NOW)
    await studio_rounds.freeze(story.call, 1, story.by, NOW, ZONE)
    await story.applied("汪", await story.person("汪", "branch"), "branch")
    assert (await story.facts("汪")).channel_id == places["city"]  # a group recommends nobody: nobody would rank it
    await story.listed("汪")
    assert (await story.facts("汪")).stage is Stage.RECOMMENDED


async def test_from_a_notice_that_was_stopped_the_office_goes_back_to_its_choice(database):
    story = await opened()
    await story.applied()
    await story.applied("占", await story.person("占云帆"))
    await story.listed("冯", "占")
    await story.noticed()
    first = await studio_rounds.by_id(story.call)
    row = await Notice.select(Notice.id).where(Notice.address == first.notice).first()
    await notices.stop(row["id"], "单位名称有误", story.by, NOW)
    assert await refused(story.asked()) == [("", "studio_notice_open")]  # and it never will be anything else
    await studio_naming.choose_again(story.call, story.by, NOW)
    assert [(await story.facts(name)).stage for name in ("冯", "占")] == [Stage.RECOMMENDED] * 2
    assert await refused(studio_naming.choose_again(story.call, story.by, NOW)) == [("", "studio_step_late")]
    await story.noticed(("冯", "占"))
    assert (await studio_rounds.by_id(story.call)).notice != first.notice
    await two_person.confirm(await story.asked(), story.second, AFTER)
    assert [(await story.facts(name)).stage for name in ("冯", "占")] == [Stage.NAMED] * 2


async def test_a_question_about_one_notice_names_nothing_by_the_next(database):
    story = await opened()
    await story.applied()
    await story.listed("冯")
    await story.noticed()
    act = await story.asked()
    await studio_naming.choose_again(story.call, story.by, AFTER)
    await story.noticed()
    later = AFTER + timedelta(days=30)
    assert await refused(two_person.confirm(act, story.second, later)) == [("", "studio_changed_meanwhile")]


async def test_what_ends_with_a_call_that_is_given_up_is_free_for_another(database):
    story = await opened()
    other = await story.person("占云帆")
    await story.applied()
    await story.applied("占", other)
    draft = await story.begun("万", await story.person("万知远"))
    await story.listed("冯")
    await studio_naming.cancel(story.call, story.by, NOW)
    assert (await studio_rounds.by_id(story.call)).stage is RoundStage.CANCELLED
    stages = [(await story.facts(name)).stage for name in ("冯", "占", "万")]
    assert stages == [Stage.NOT_NAMED, Stage.NOT_NAMED, Stage.WITHDRAWN]
    assert draft
    story.call = await studio_rounds.create(CALL, story.here.places["root"], story.by, NOW)
    await studio_rounds.freeze(story.call, 1, story.by, NOW, ZONE)
    again = await story.begun("冯二")  # its leader may lead
    assert [one.title for one in await studio_results.of(again)] == ["冯的成果"]


async def test_what_lost_a_standard_while_it_was_on_notice_is_not_named(database):
    story = await opened()
    titled = await story.person("占云帆", titled=False)
    honour = await story.title(titled)
    await story.applied()
    await story.applied("占", titled)
    await story.listed("冯", "占")
    await story.noticed(("冯", "占"))
    act = await story.asked()
    async with transaction():
        await honours.revoke(honour, "弄虚作假", "查实", None, "test", AFTER)
    assert await refused(two_person.confirm(act, story.second, AFTER)) == [("", "studio_below_noticed")]
    await two_person.reject(act, story.second, "重提", AFTER)
    assert await refused(story.asked()) == [("", "studio_below_noticed")]
    await studio_naming.not_name(story.ids["占"], "称号已撤销", story.by, AFTER)
    await two_person.confirm(await story.asked(), story.second, AFTER)
    assert [(await story.facts(name)).stage for name in ("冯", "占")] == [Stage.NAMED, Stage.NOT_NAMED]


async def test_a_studio_of_a_large_unit_loses_no_result_when_its_page_is_saved(database, monkeypatch):
    story = await opened()
    number = await story.applied()
    mine = [one.id for one in await studio_results.of(number)]
    by_leader = await story.made("冯的另一项", worker=story.here.worker)
    newer = [await story.made(f"别人的{count}") for count in range(2)]
    monkeypatch.setattr(studio_results, "MOST", 1)
    offered = await studio_results.offered(number, story.here.places["works"], [story.here.worker])
    assert [one.id for one in offered] == [*mine, by_leader, newer[-1]]


async def test_a_leader_whose_second_record_was_a_member_is_counted_once(database):
    story = await opened()
    one = await story.named()
    twin = await story.person("冯砚秋二", titled=False)
    await studio_members.add(one.id, twin, ON, story.by, AFTER)
    await merged(twin, story.here.worker)
    assert await studio_members.of(one.id) == []
    assert (await studio_showing.one(one.address)).people == 1


async def test_who_leads_another_studio_since_a_term_ended_does_not_get_the_old_one_back(database):
    story = await opened()
    one = await story.named()
    assert await studio_terms.lapse(ENDS + timedelta(days=1), AFTER) == 1
    await assessed(story, 2026, 2027, 2028)
    now = NOW.replace(year=2029, month=9)
    act = await studio_terms.ask_renewal(one.id, "12号", now.date(), "复核通过", story.by, now, now.date())
    call = with_values(CITY_CALL, apply_until=date(2029, 12, 31))
    story.call = await studio_rounds.create(call, story.here.places["root"], story.by, NOW)
    await studio_rounds.freeze(story.call, 1, story.by, NOW, ZONE)
    await story.begun("冯二")
    assert await refused(two_person.confirm(act, story.second, now)) == [("", "studio_leader_elsewhere")]
    assert (await story.facts()).stage is Stage.LAPSED
    await two_person.reject(act, story.second, "已另行领衔", now)
    second = await story.facts("冯二")
    await studios.withdraw(second.id, second.revision, story.by, now)
    act = await studio_terms.ask_renewal(one.id, "12号", now.date(), "复核通过", story.by, now, now.date())
    await two_person.confirm(act, story.second, now)
    assert (await story.facts()).stage is Stage.NAMED


async def test_a_draft_that_was_never_handed_in_ends_with_its_call_and_is_asked_for_no_more(database):
    story = await opened()
    await story.applied()
    other = await story.person("占云帆")
    number = await story.applied("占", other)
    await studio_lists.give_back(number, "缺经费凭据", story.city, NOW)
    await story.listed("冯")
    await story.noticed()
    unit = await story.here.user("mei")
    waiting = {one.what.code for one in await studio_todo.rows(unit)}
    assert "todo_studios_back" in waiting
    await two_person.confirm(await story.asked(), story.second, AFTER)
    assert (await story.facts("占")).stage is Stage.WITHDRAWN
    assert await studio_results.of(number) == []
    assert "todo_studios_back" not in {one.what.code for one in await studio_todo.rows(unit)}
    officer = await story.here.user("sheng")
    assert number not in {line.studio.id for line in await studio_reads.of_call(officer, story.call)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_desk_of_a_unit_costs_the_same_queries_for_one_studio_and_for_three(database):
    story = await opened()
    one = await story.named()
    await Studio.update({Studio.named_on: date(2024, 6, 1)}).where(Studio.id == one.id)
    await StudioTerm.update({StudioTerm.since: date(2024, 6, 1)}).where(StudioTerm.studio == one.id)
    unit, day = await story.here.user("mei"), date(2026, 6, 1)
    with statements(database) as first:
        assert await studio_todo._to_report(unit, day) == 2
    row = await Studio.select().where(Studio.id == one.id).first()
    del row["id"]
    for name in ("甲", "乙"):
        await Studio(**{**row, "address": f"2026-{name}", "leader": await story.person(name)}).save()
    with statements(database) as third:
        assert await studio_todo._to_report(unit, day) == 6
    assert len(third) == len(first)
