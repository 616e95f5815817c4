"""What a unit and an office are told of a subsidy: handed in or not, why so much or nothing, and when to report."""

import hashlib
import json
import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from foundation.base import clock
from foundation.process import notice_waits, notices
from foundation.process.notice_tables import Notice
from foundation.store import ledger
from foundation.work import acts, two_person
from innovations import (
    subsidies,
    subsidy_allocating,
    subsidy_applications,
    subsidy_evidence,
    subsidy_paying,
    subsidy_ranking,
    subsidy_reports,
    subsidy_todo,
)
from innovations.rules.payments import Kind as Way
from innovations.rules.subsidy_steps import ApplicationStage, Stage
from innovations.rules.subsidy_terms import Method
from innovations.subsidy_tables import SubsidyAllocation, SubsidyMovement
from tests.innovations.made_up import works
from tests.innovations.test_proposal_pages import sentences
from tests.innovations.test_subsidies import AFTER, DRAFT, NOW, WAN, open_today, opened, paid, refused
from tests.innovations.test_subsidy_overlaps import next_round
from tests.innovations.test_subsidy_pages import ASKED, TERMS, YEAR, handed_in, revision
from tests.web import visitors

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def at(number: int) -> str:
    return f"/subsidies/applications/{number}"


@SQLITE
async def test_who_hands_in_is_told_so(database):
    found = await opened()
    await open_today()
    number = await found.applied("夹具", "works")
    await subsidy_applications.give_back(number, {"plan": "明细"}, found.by, NOW)
    async with visitors() as web:
        unit = await web.signed_in("mei")
        typed = {"cost": "20万", "purpose": "中试", "plan": "工装\t40,000\n检测\t２万"}
        page = await unit.get(at(number))
        saved = await unit.post(f"{at(number)}/draft", {**typed, "revision": revision(page)})
        assert "已保存。提交之前仅本单位可见。" in (await unit.get(saved.headers["location"])).text
        page = await unit.get(at(number))
        sent = await unit.post(f"{at(number)}/draft", {**typed, "revision": revision(page), "then": "hand_in"})
        page = (await unit.get(sent.headers["location"])).text
        assert "已上报。由办理本批次的工会审核" in page
        assert "仅本单位可见" not in page


async def test_while_it_is_checked_again_nobody_reads_that_it_is_not_eligible(database):
    found = await opened()
    number = await found.applied("夹具", "works")
    await subsidy_ranking.check(number, ["disputed"], 3, found.by)
    one = await found.one("夹具")
    assert one.bars == ("disputed",)
    await subsidy_ranking.check_again(number, one.revision, found.by)
    assert (await found.one("夹具")).bars == ()


@SQLITE
async def test_of_a_settled_grant_nothing_is_still_to_be_paid(database):
    found = await paid()
    one = await found.one("夹具")
    await subsidy_reports.hand_in(one.id, 3 * WAN, "用完", one.revision, found.by, AFTER)
    async with visitors() as web:
        unit = await web.signed_in("mei")
        assert "待拨付" in (await unit.get(at(one.id))).text
        await subsidy_reports.settle(one.id, True, one.revision + 1, found.by, AFTER)
        page = (await unit.get(at(one.id))).text
        assert "待拨付" not in page
        assert "不再拨付" in page


@SQLITE
async def test_ranks_are_read_as_a_chinese_keyboard_gives_them_and_what_is_wrong_is_told_by_rank(database):
    found = await opened()
    for name in ("夹具", "色卡", "料架"):
        await found.applied(name, "works")
    await found.ranked("夹具", "色卡", "料架")
    first, second, third = (found.applications[name] for name in ("夹具", "色卡", "料架"))
    async with visitors() as web:
        office = await web.signed_in("sheng")
        ranking = f"/subsidies/desk/{found.id}/ranking"
        page = await office.post(ranking, {f"rank-{first}": "2", f"rank-{second}": "2", f"rank-{third}": ""})
        assert sentences(page) == ["尚有1项申报未排序。", "第2位重复2次，请确定先后。"]
        typed = {f"rank-{first}": "３", f"rank-{second}": "２", f"rank-{third}": "１"}
        assert (await office.post(ranking, typed)).status_code == 303
    assert [one.id for one in await subsidy_ranking.ranked(found.id)] == [third, second, first]


@SQLITE
async def test_a_unit_reads_why_it_was_granted_so_much_or_nothing_and_not_before(database):
    found = await opened()
    for name, unit in (("夹具", "works"), ("色卡", "works"), ("料架", "works")):
        await found.applied(name, unit)
    await found.ranked("夹具", "色卡", "料架")
    await found.approved()
    async with visitors() as web:
        unit = await web.signed_in("mei")
        some, none = (at(found.applications[name]) for name in ("夹具", "料架"))
        for address in (some, none):
            assert "单位剩余额度" not in (await unit.get(address)).text
            assert "单项上限 50,000" not in re.sub(r"\s+", " ", (await unit.get(address)).text)
        await found.noticed_and_granted()
        assert "单项上限 50,000" in re.sub(r"\s+", " ", (await unit.get(some)).text)
        page = re.sub(r"\s+", " ", (await unit.get(none)).text)
        assert "本次未予补助" in page
        assert "单位剩余额度 0" in page


@SQLITE
async def test_whoever_checks_opens_the_innovation_and_reads_what_speaks_against_it(database):
    first = await paid()
    await SubsidyMovement.update({SubsidyMovement.paid_on: clock.today() - timedelta(days=800)}, force=True)
    found = await next_round(first)
    number = await subsidy_applications.begin(found.id, (await first.one("色卡")).innovation_id, found.by, NOW)
    await subsidy_applications.save(number, (await first.one("色卡")).asked, 1, found.by)
    await subsidy_applications.hand_in(number, 2, found.by, NOW, clock.zone())
    one = await subsidy_applications.by_id(number)
    async with visitors() as web:
        office, unit = await web.signed_in("sheng"), await web.signed_in("mei")
        page = (await office.get(at(number))).text
        assert page.count("单位此前补助尚未报告使用情况") == 2  # as what is known, and among the choices
        assert f'href="/innovations/desk/{one.innovation_id}"' in page
        assert (await office.get(f"/innovations/desk/{one.innovation_id}")).status_code == 200
        assert f'href="/innovations/desk/{one.innovation_id}"' in (await unit.get(at(number))).text


async def test_a_grant_of_which_nothing_was_paid_is_given_up_and_the_round_can_end(database):
    found = await paid()
    first, second = await found.one("夹具"), await found.one("料架")
    late = [("", "subsidy_given_up_late")]
    assert await refused(subsidy_paying.give_up(first.id, first.revision, found.by)) == late
    act = await found.asked_to_move("料架", Way.PAID, WAN)
    asked = [("", "subsidy_money_asked")]
    assert await refused(subsidy_paying.give_up(second.id, second.revision, found.by)) == asked
    await two_person.withdraw(act, found.by, AFTER)
    async with visitors() as web:
        unit, other = await web.signed_in("tao"), await web.signed_in("mei")
        page = await unit.get(at(second.id))
        assert "放弃 20,000 元" in page.text
        given_up = {"revision": revision(page)}
        assert (await other.post(f"{at(second.id)}/giving-up", given_up)).status_code == 404
        assert (await unit.post(f"{at(second.id)}/giving-up", given_up)).status_code == 303
        assert (await unit.post(f"{at(second.id)}/giving-up", given_up)).status_code == 422  # a second click
    assert (await found.one("料架")).stage is ApplicationStage.WITHDRAWN
    assert await refused(found.asked_to_move("料架", Way.PAID, WAN)) == [("", "subsidy_step_late")]
    third = await found.one("色卡")
    await subsidy_paying.give_up(third.id, third.revision, found.by)
    await found.moved("夹具", Way.RETURNED, 3 * WAN, short=True)
    await subsidies.close(found.id, found.by)


async def test_not_eligible_is_said_with_its_reasons_and_other_ones_in_words(database):
    found = await opened()
    number = await found.applied("夹具", "works")
    assert await refused(subsidy_ranking.check(number, ["other"], 3, found.by)) == [
        ("why_not", "subsidy_why_not_empty")
    ]
    async with visitors() as web:
        office, unit = await web.signed_in("sheng"), await web.signed_in("mei")
        check = f"{at(number)}/check"
        page = await office.post(check, {"word": "not_admit", "revision": "3"})
        assert sentences(page) == ["请选择不符合条件的原因。"]
        page = await office.post(check, {"word": "not_admit", "bars": "other", "revision": "3"})
        assert sentences(page) == ["请写明“其他原因”是什么，单位会看到。"]
        typed = {"word": "not_admit", "bars": "other", "why_not": "项目在省外实施", "revision": "3"}
        assert (await office.post(check, typed)).status_code == 303
        page = (await unit.get(at(number))).text
        assert "项目在省外实施" in page
        assert "其他原因" not in page
        await office.post(check, {"word": "reopen", "revision": "4"})
        assert "项目在省外实施" not in (await unit.get(at(number))).text


@SQLITE
async def test_an_office_sees_the_money_of_its_round_at_once_and_whose_report_is_overdue(database):
    found = await paid()
    await found.moved("夹具", Way.RETURNED, WAN)
    async with visitors() as web:
        office = await web.signed_in("sheng")
        page = re.sub(r"\s+", " ", (await office.get(f"/subsidies/desk/{found.id}")).text)
        for words in ("核定补助合计</dt><dd>80,000 元", "已拨付</dt><dd>30,000 元", "待拨付</dt><dd>50,000 元"):
            assert words in page
        assert page.count("已超期") == 0
        await SubsidyMovement.update({SubsidyMovement.paid_on: date(2024, 1, 31)}, force=True)
        page = (await office.get(f"/subsidies/desk/{found.id}")).text
        assert page.count("已超期") == 1
        assert "2025年1月31日" in page
        page = (await (await web.signed_in("mei")).get(at(found.applications["夹具"]))).text
        assert "2025年1月31日前提交使用情况报告" in page


async def test_a_report_waits_for_its_unit_with_its_day(database):
    found = await paid()

    async def due() -> list[date | None]:
        lines = await subsidy_todo.rows(await found.here.user("mei"))
        return [clock.day_of(one.due - timedelta(seconds=1)) if one.due else None for one in lines]

    assert await due() == [date(2027, 6, 1)]
    await found.moved("色卡", Way.PAID, WAN)
    await SubsidyMovement.update({SubsidyMovement.paid_on: date(2026, 5, 20)}).where(
        SubsidyMovement.application == found.applications["色卡"]
    )
    assert await due() == [date(2027, 5, 20)]


@SQLITE
async def test_what_if_says_what_differs_from_what_was_computed(database):
    found = await opened()
    for name in ("夹具", "色卡"):
        await found.applied(name, "works" if name == "夹具" else "other")
    await found.ranked("夹具", "色卡")
    async with visitors() as web:
        office = await web.signed_in("sheng")
        at_round = f"/subsidies/desk/{found.id}"
        await office.post(f"{at_round}/allocation")
        page = re.sub(r"\s+", " ", (await office.get(f"{at_round}/what-if?budget=10万")).text)
        assert "色卡：30,000 元 → 50,000 元" in page
        assert "夹具：" not in page
        page = (await office.get(f"{at_round}/what-if?budget=8万")).text
        assert "与下方测算结果相同" in page


async def test_whoever_approves_an_allocation_reads_who_gets_how_much(database):
    found = await opened()
    for name, unit in (("夹具", "works"), ("料架", "other")):
        await found.applied(name, unit)
    await found.ranked("夹具", "料架")
    number = await subsidy_allocating.propose(found.id, found.by, NOW)
    act = await two_person.by_id(
        await subsidy_allocating.ask_approval(found.id, number, "评审会确定", found.by, NOW)
    )  # fmt: skip
    told = [value for label, value in await acts.KINDS[act.kind].show(act.payload) if "→" in label]
    assert told == [
        "1 · 夹具 · 云窑艺术瓷厂 · 60,000 → 50,000", "2 · 料架 · 素坯里陶瓷有限公司 · 60,000 → 30,000",
    ]  # fmt: skip


@SQLITE
async def test_the_last_day_that_the_terms_say_is_not_cut_short_by_a_slip(database):
    found = await opened()
    await found.applied("夹具", "works")
    await open_today()
    async with visitors() as web:
        office = await web.signed_in("sheng")
        step = f"/subsidies/desk/{found.id}/step"
        page = await office.post(step, {"step": "close_applications"})
        assert sentences(page) == ["按已公开的条件，申报尚未截止。请等到截止日之后，或勾选“提前截止”（将留痕）。"]
        assert (await found.facts()).stage is Stage.OPEN
        assert (await office.post(step, {"step": "close_applications", "early": "1"})).status_code == 303
    entry = (await ledger.entries(f"subsidy:{found.id}", limit=1))[0]
    assert (entry.act, entry.payload["early"]) == ("subsidy.close_applications", True)


async def test_a_notice_calls_no_industry_s_union_a_city(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    await found.approved()
    await found.noticed()
    shown = await notice_waits.table_shown((await found.facts()).notice)
    assert shown.columns == ("number", "title", "unit", "recommender", "amount")


async def test_what_was_computed_before_terms_had_their_newest_fields_is_approved_as_it_is(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    number = await subsidy_allocating.propose(found.id, found.by, NOW)
    row = await SubsidyAllocation.select().first()
    asked = json.loads(row["asked"])
    del asked["terms"]["who"], asked["terms"]["bars"]
    text = json.dumps(asked, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(f"{text}\n{row['grants']}".encode()).hexdigest()
    await SubsidyAllocation.update({SubsidyAllocation.asked: text, SubsidyAllocation.digest: digest}, force=True)
    act = await subsidy_allocating.ask_approval(found.id, number, "评审会确定", found.by, NOW)
    await two_person.confirm(act, found.second, NOW)
    assert (await found.one("夹具")).granted == 5 * WAN


async def test_amounts_that_were_changed_behind_an_allocation_are_not_approved(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    number = await subsidy_allocating.propose(found.id, found.by, NOW)
    act = await subsidy_allocating.ask_approval(found.id, number, "评审会确定", found.by, NOW)
    row = await SubsidyAllocation.select().first()
    more = row["grants"].replace("5000000", "6000000")
    assert more != row["grants"]
    await SubsidyAllocation.update({SubsidyAllocation.grants: more}, force=True)
    assert await refused(two_person.confirm(act, found.second, NOW)) == [("", "subsidy_allocation_old")]


@SQLITE
async def test_a_round_says_who_may_apply_and_only_its_own_rules_make_something_ineligible(database):
    here = await works()
    innovation = await handed_in(here)
    given = {**TERMS, "who": "职工不足300人的小微企业", "bars": ["funded", "disputed"]}
    async with visitors() as web:
        office, unit = await web.signed_in("sheng"), await web.signed_in("mei")
        page = await office.get("/subsidies/desk/new")
        assert page.text.count(" checked") == 5  # four rules, and in order
        await office.post("/subsidies/desk/new", given)
        page = await office.get("/subsidies/desk/1")
        assert page.text.count(" checked") == 3
        assert (
            await office.post("/subsidies/desk/1/draft", {**given, "revision": "1", "then": "freeze"})
        ).status_code == 303
        mine = (await unit.post("/subsidies/applications", {"round": "1", "innovation": str(innovation)})).headers[
            "location"
        ]
        for page in (await web.visitor().get(f"/subsidies/{YEAR}-1"), await unit.get(mine)):
            assert "职工不足300人的小微企业" in page.text
            assert "同一成果此前已获补助" in page.text
            assert "成果未在评审中获奖" not in page.text  # no rule of this round, so no hint either
        await unit.post(f"{mine}/draft", {**ASKED, "revision": "1", "then": "hand_in"})
        page = await office.get(mine)
        assert 'value="disputed"' in page.text
        assert 'value="not_awarded"' not in page.text
        at_check = f"{mine}/check"
        page = await office.post(at_check, {"word": "not_admit", "bars": "not_awarded", "revision": "3"})
        assert sentences(page) == ["请选择不符合条件的原因。"]


@SQLITE
async def test_money_that_came_back_is_called_so_and_what_cannot_be_withdrawn_is_not_offered(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    one = found.applications["夹具"]
    async with visitors() as web:
        unit = await web.signed_in("mei")
        assert "撤回申报" in (await unit.get(at(one))).text
        await found.approved()
        assert "撤回申报" not in (await unit.get(at(one))).text
        await found.noticed_and_granted()
        await found.moved("夹具", Way.PAID, 3 * WAN)
        await found.moved("夹具", Way.RETURNED, WAN)
        page = re.sub(r"\s+", " ", (await unit.get(at(one))).text)
        assert "· 收回 10,000 元 ·" in page
        assert "本人放弃" not in page


async def test_a_report_that_was_given_back_waits_as_that(database):
    found = await paid()
    one = await found.one("夹具")
    await subsidy_reports.hand_in(one.id, 3 * WAN, "中试完成", one.revision, found.by, AFTER)
    await subsidy_reports.give_back(one.id, "请附照片", one.revision + 1, found.by)
    codes = [line.what.code for line in await subsidy_todo.rows(await found.here.user("mei"))]
    assert codes == ["todo_subsidies_report_again"]


@SQLITE
async def test_money_that_nobody_gets_is_told_before_anybody_approves(database):
    found = await opened(replace(DRAFT.terms, budget=2 * WAN, item=2 * WAN, least=WAN, method=Method.IN_PROPORTION))
    for name, unit in (("夹具", "works"), ("色卡", "works"), ("料架", "other")):
        await found.applied(name, unit)
    await found.ranked("夹具", "色卡", "料架")
    at_round = f"/subsidies/desk/{found.id}"
    async with visitors() as web:
        office = await web.signed_in("sheng")
        await office.post(f"{at_round}/allocation")
        page = re.sub(r"\s+", " ", (await office.get(at_round)).text)
        assert "没有任何项目获得补助" in page
        assert "未分配</dt><dd>20,000 元" in page
        one = await found.one("夹具")
        await subsidy_ranking.pin(one.id, WAN, "评审会", one.revision, found.by)
        await office.post(f"{at_round}/allocation")
        page = re.sub(r"\s+", " ", (await office.get(at_round)).text)
        assert "没有任何项目获得补助" not in page
        assert "未分配</dt><dd>10,000 元" in page


async def test_earlier_money_that_all_came_back_is_told_as_that(database):
    first = await paid()
    innovation = (await first.one("夹具")).innovation_id
    found = await next_round(first)
    number = await subsidy_applications.begin(found.id, innovation, found.by, NOW)
    await subsidy_applications.save(number, (await first.one("夹具")).asked, 1, found.by)
    await subsidy_applications.hand_in(number, 2, found.by, NOW, clock.zone())
    user = await found.here.user("sheng")
    assert [one.recovered for one in await subsidy_evidence.grants(user, number)] == [False]
    await first.moved("夹具", Way.RETURNED, 3 * WAN, short=True)
    assert [one.recovered for one in await subsidy_evidence.grants(user, number)] == [True]
    async with visitors() as web:
        page = (await (await web.signed_in("sheng")).get(f"{at(number)}/earlier")).text
    assert "资金已收回" in page


async def test_a_notice_that_was_stopped_is_followed_by_the_one_that_takes_its_place(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    await found.approved()
    await found.noticed()
    row = await Notice.select(Notice.id).where(Notice.address == (await found.facts()).notice).first()
    await notices.stop(row["id"], "电话写错", found.by, NOW)
    await subsidy_allocating.check_again(found.id, found.by)
    await found.approved()
    await found.noticed()
    after = await Notice.select(Notice.replaces).where(Notice.address == (await found.facts()).notice).first()
    assert after["replaces"] == row["id"]
