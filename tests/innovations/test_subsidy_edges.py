"""Subsidies at their edges: what everyone reads of a hidden title, what was taken back, money that all came back."""

import asyncio
import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts, confirming, organisation_moves, organisations
from foundation.people.organisations import Draft, Kind
from foundation.store.tables import LedgerEntry
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import (
    benefit_verifying,
    innovation_versions,
    innovations,
    subsidies,
    subsidy_applications,
    subsidy_paying,
    subsidy_reads,
    subsidy_reports,
    subsidy_todo,
)
from innovations.innovation_tables import Innovation, SameAs
from innovations.rules.payments import Kind as Way
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.subsidy_steps import ApplicationStage
from innovations.subsidy_tables import SubsidyRound
from tests.competitions.judging.watching import statements
from tests.innovations.made_up import NOW, ZONE, works
from tests.innovations.reviews_made_up import ready
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_proposal_pages import sentences
from tests.innovations.test_subsidies import (
    AFTER,
    ASKED,
    DRAFT,
    WAN,
    Round,
    open_today,
    opened,
    paid,
    refused,
)
from tests.innovations.test_subsidy_pages import TERMS, revision
from tests.web import visitors


async def made(found: Round, name: str, publicity: Publicity) -> None:
    one = await found.one(name)
    row = await Innovation.select(Innovation.revision).where(Innovation.id == one.innovation_id).first()
    await innovations.set_publicity(one.innovation_id, publicity, BenefitShown.HIDDEN, row["revision"], found.by, AFTER)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_title_that_its_unit_hides_leaves_the_public_page_at_once(database):
    found = await opened()
    await found.applied("夹具", "works")
    await found.ranked("夹具")
    await found.granted()
    await made(found, "夹具", Publicity.PUBLIC)
    at = f"/subsidies/{(await found.facts()).address}"
    async with visitors() as web:
        stranger = web.visitor()
        assert "夹具" in (await stranger.get(at)).text
        await made(found, "夹具", Publicity.INTERNAL)
        assert "夹具" not in (await stranger.get(at)).text


async def test_terms_that_are_too_long_to_be_kept_are_told_and_not_lost(database):
    await works()
    long = {**TERMS, "name": "补" * 201, "instalments": "1 " * 25 + "75"}
    async with visitors() as web:
        office = await web.signed_in("sheng")
        page = await office.post("/subsidies/desk/new", long)
        assert page.status_code == 422
        assert page.text.count("field-error") == 2
        assert "补" * 201 in page.text
        assert await SubsidyRound.count() == 0


async def test_what_was_taken_back_is_taken_up_again_while_the_round_is_open(database):
    found = await opened()
    number = await found.applied("夹具", "works")
    one = await found.one("夹具")
    await subsidy_applications.withdraw(number, one.revision, found.by)
    begun = subsidy_applications.begin
    assert await begun(found.id, one.innovation_id, found.by, NOW) == number
    one = await found.one("夹具")
    assert (one.stage, one.asked) == (ApplicationStage.DRAFT, ASKED)  # nothing is typed twice
    await subsidy_applications.hand_in(number, one.revision, found.by, NOW, ZONE)
    one = await found.one("夹具")
    await subsidy_applications.give_back(number, {"purpose": "写清楚"}, found.by, NOW)
    await subsidy_applications.withdraw(number, one.revision + 1, found.by)
    assert await begun(found.id, one.innovation_id, found.by, NOW) == number
    one = await found.one("夹具")
    assert one.stage is ApplicationStage.RETURNED  # what had to be completed still has
    other = replace(ASKED, cost=ASKED.cost + 1)
    assert await refused(subsidy_applications.save(number, other, one.revision, found.by)) == [
        ("cost", "return_field_closed")
    ]
    await subsidy_applications.save(number, replace(ASKED, purpose="中试两批"), one.revision, found.by)
    await subsidy_applications.hand_in(number, one.revision + 1, found.by, NOW, ZONE)
    one = await found.one("夹具")
    assert one.stage is ApplicationStage.HANDED_IN
    await subsidy_applications.withdraw(number, one.revision, found.by)
    late = NOW + timedelta(days=25)
    assert await refused(begun(found.id, one.innovation_id, found.by, late)) == [("round", "subsidy_late")]
    await subsidies.close_applications(found.id, found.by)
    assert await refused(begun(found.id, one.innovation_id, found.by, NOW)) == [("", "subsidy_not_open")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_unit_takes_up_from_the_page_of_what_it_took_back(database):
    found = await opened()
    await open_today()
    number = await found.applied("夹具", "works")
    async with visitors() as web:
        unit = await web.signed_in("mei")
        mine = f"/subsidies/applications/{number}"
        page = await unit.get(mine)
        await unit.post(f"{mine}/withdrawal", {"revision": revision(page)})
        page = await unit.get(mine)
        given = dict(re.findall(r'type="hidden" name="(round|innovation)" value="(\d+)"', page.text))
        answer = await unit.post("/subsidies/applications", given)
        assert answer.headers["location"] == mine
        assert 'name="plan"' in (await unit.get(mine)).text


async def test_what_came_back_whole_leaves_what_was_not_paid_yet(database):
    found = await paid()
    await found.moved("夹具", Way.RETURNED, 3 * WAN)  # as when a bank sends it back
    assert (await found.one("夹具")).stage is ApplicationStage.GRANTED
    assert await refused(found.asked_to_move("夹具", Way.PAID, 3 * WAN)) == [("amount", "subsidy_paid_above")]
    await found.moved("夹具", Way.PAID, 2 * WAN)
    await found.moved("夹具", Way.RETURNED, 2 * WAN)  # now nothing is left to be paid
    assert (await found.one("夹具")).stage is ApplicationStage.RECOVERED


async def test_what_came_back_whole_ends_a_grant_on_two_people_s_word(database):
    found = await paid()
    await found.moved("夹具", Way.RETURNED, 3 * WAN, short=True)
    assert (await found.one("夹具")).stage is ApplicationStage.RECOVERED
    await found.moved("色卡", Way.PAID, WAN // 2)
    await found.moved("色卡", Way.RETURNED, WAN // 2)
    one = await found.one("色卡")
    await subsidy_reports.hand_in(one.id, 0, "项目终止", one.revision, found.by, AFTER)
    at = one.revision + 1
    assert await refused(subsidy_reports.settle(one.id, False, at, found.by, AFTER)) == [("short", "subsidy_unpaid")]
    await subsidy_reports.settle(one.id, True, at, found.by, AFTER)
    assert (await found.one("色卡")).stage is ApplicationStage.RECOVERED
    assert (await subsidy_paying.stands(one)).kept == 0


async def test_money_comes_back_after_a_report_was_accepted_too_and_nothing_is_paid_any_more(database):
    found = await paid()
    one = await found.one("夹具")
    await subsidy_reports.hand_in(one.id, 3 * WAN, "用完", one.revision, found.by, AFTER)
    await subsidy_reports.settle(one.id, True, one.revision + 1, found.by, AFTER)
    assert await refused(found.asked_to_move("夹具", Way.PAID, WAN)) == [("", "subsidy_step_late")]
    await found.moved("夹具", Way.RETURNED, WAN)
    assert (await found.one("夹具")).stage is ApplicationStage.SETTLED
    assert await refused(found.asked_to_move("夹具", Way.RETURNED, 3 * WAN)) == [("amount", "subsidy_returned_above")]
    async with visitors() as web:
        page = (await (await web.signed_in("sheng")).get(f"/subsidies/applications/{one.id}")).text
        assert "登记结项后追回的资金" in page
        assert 'value="paid"' not in page
    await found.moved("夹具", Way.RETURNED, 2 * WAN)
    assert (await found.one("夹具")).stage is ApplicationStage.RECOVERED


async def test_whoever_reviews_blind_finds_no_act_on_an_entry(database):
    review = await ready()
    here, by, innovation = review.here, review.by, review.innovations["夹具"]
    city = here.places["city"]
    here.people["shi"], _ = await accounts.create_account("shi", "shi", ["officer"], "test", NOW, organisation_id=city)
    number = int((await subsidies.create(DRAFT, city, by, NOW)).rpartition("-")[2])
    await subsidies.freeze(number, 1, by, NOW, ZONE)
    application = await subsidy_applications.begin(number, innovation, by, NOW)
    proposal, _ = await here.sent()
    await Innovation.update({Innovation.proposal: proposal}).where(Innovation.id == innovation)
    draft = await innovations.begin(FOIL, here.places["other"], by, NOW)
    same = SameAs(one=innovation, other=draft, note="", linked_by=by, linked_at=NOW)
    await same.save()
    of_entry = [
        f"innovation:{innovation}", f"proposal:{proposal}", f"same:{same.id}", f"subsidy:{number}",
        f"subsidy_application:{application}",
    ]  # fmt: skip
    others = [f"innovation:{draft}", "proposal:77", "same:77", "subsidy:77", "subsidy_application:77"]
    async with transaction():
        acts = [
            await two_person.ask(benefit_verifying.VERIFY, about, {}, here.places["works"], by, "核对", NOW)
            for about in (*of_entry, *others)
        ]
    before = await confirming.waiting(await here.user("shi")) + await confirming.below(await here.user("shi"))
    assert {line.act.about for line in before} == {*of_entry, *others}
    await review.seated("shi")
    user = await here.user("shi")
    seen = await confirming.waiting(user) + await confirming.below(user)
    assert {line.act.about for line in seen} == set(others)
    for act in acts[: len(of_entry)]:
        with pytest.raises(NotFound):
            await confirming.act_for(user, act)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whoever_reviews_blind_finds_no_application_for_an_entry(database):
    review = await ready()
    here, by, innovation = review.here, review.by, review.innovations["夹具"]
    city = here.places["city"]
    here.people["shi"], _ = await accounts.create_account(
        "shi", "shi", ["officer"], "test", NOW, organisation_id=city
    )  # fmt: skip
    address = await subsidies.create(DRAFT, city, by, NOW)
    number = int(address.rpartition("-")[2])
    await subsidies.freeze(number, 1, by, NOW, ZONE)
    found = Round(here, number, by, review.second)
    made = found.applications["夹具"] = await subsidy_applications.begin(number, innovation, by, NOW)
    await subsidy_applications.save(made, ASKED, 1, by)
    await subsidy_applications.hand_in(made, 2, by, NOW, ZONE)
    await found.ranked("夹具")
    await found.approved()
    async with visitors() as web:
        officer = await web.signed_in("shi")
        at, mine = f"/subsidies/desk/{number}", f"/subsidies/applications/{made}"
        assert "夹具" in (await officer.get(at)).text
        await review.seated("shi")
        page = await officer.get(at)
        assert page.status_code == 200
        assert "夹具" not in page.text
        assert "另有 1 项申报" in page.text
        for hidden in (mine, f"{mine}/earlier"):
            assert (await officer.get(hidden)).status_code == 404
        assert "夹具" in (await (await web.signed_in("mei")).get(mine)).text  # its unit knows it anyway


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_wrong_with_an_application_is_told_once_and_all_at_once(database):
    found = await opened()
    await open_today()
    number = await found.applied("夹具", "works")
    one = await found.one("夹具")
    await subsidy_applications.give_back(number, {"cost": "核", "plan": "核", "purpose": "核"}, found.by, NOW)
    at = f"/subsidies/applications/{number}/draft"
    async with visitors() as web:
        unit = await web.signed_in("mei")
        typed = {"cost": "很多", "plan": "工装：四万", "purpose": "", "revision": str(one.revision + 1)}
        page = await unit.post(at, {**typed, "then": "hand_in"})
        assert sentences(page) == [
            "金额请写成 128600、128,600.50 或 12.86万。",
            "第1行：请写用途、冒号和金额（元）。",
            "请说明补助资金的用途。",
        ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_wrong_with_a_report_is_told_at_once_and_what_was_said_before_stands_there_again(database):
    found = await paid()
    one = await found.one("夹具")
    mine = f"/subsidies/applications/{one.id}"
    async with visitors() as web:
        unit = await web.signed_in("mei")
        page = await unit.post(f"{mine}/report", {"spent": "很多", "result": "", "revision": str(one.revision)})
        assert sentences(page) == ["金额请写成 128600、128,600.50 或 12.86万。", "请说明资金使用成效。"]
        said = {"spent": "30000", "result": "中试完成两批", "revision": str(one.revision)}
        assert (await unit.post(f"{mine}/report", said)).status_code == 303
        await subsidy_reports.give_back(one.id, "请附照片", one.revision + 1, found.by)
        page = await unit.get(mine)
        assert re.search(r'name="spent"[^>]*value="30,000"', page.text)
        assert "中试完成两批</textarea>" in page.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_wrong_with_a_payment_is_told_at_once(database):
    found = await paid()
    one = await found.one("夹具")
    async with visitors() as web:
        office = await web.signed_in("sheng")
        typed = {"kind": "paid", "amount": "9万", "paid_on": "2099-01-01", "reason": ""}
        page = await office.post(f"/subsidies/applications/{one.id}/payments", typed)
        assert page.status_code == 422
        assert page.text.count("field-error") == 4  # no proof, too much, to come, no grounds


async def waiting(found: Round, who: str) -> list[tuple[str, int]]:
    return [(one.what.code, one.count) for one in await subsidy_todo.rows(await found.here.user(who))]


async def test_what_is_not_paid_in_full_waits_for_the_office_and_for_no_unit_before_a_payment(database):
    found = await paid()
    assert await waiting(found, "sheng") == [("todo_subsidies_pay", 3)]  # one of them paid in part
    assert await waiting(found, "mei") == [("todo_subsidies_report", 1)]
    assert await waiting(found, "tao") == []  # nothing was paid to 料架's unit yet
    await found.moved("夹具", Way.PAID, 2 * WAN)
    await found.moved("料架", Way.PAID, 2 * WAN)
    assert await waiting(found, "sheng") == [("todo_subsidies_pay", 1)]
    assert await waiting(found, "tao") == [("todo_subsidies_report", 1)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_unit_is_told_that_a_round_was_given_up_or_takes_nothing_any_more(database):
    found = await opened()
    number = await found.applied("夹具", "works")
    innovation = await innovations.begin(replace(FOIL, title="转盘"), found.here.places["works"], found.by, NOW)
    await innovations.clear(innovation, 1, found.by, NOW)
    await innovation_versions.hand_in(innovation, "", 2, found.by, NOW)
    draft = await subsidy_applications.begin(found.id, innovation, found.by, NOW)
    await open_today()
    async with visitors() as web:
        unit = await web.signed_in("mei")
        at = f"/subsidies/applications/{draft}"
        assert 'name="plan"' in (await unit.get(at)).text
        await SubsidyRound.update({SubsidyRound.apply_until: NOW.date()}, force=True)
        page = await unit.get(at)
        assert 'name="plan"' not in page.text  # nothing is typed in vain
        assert "申报截止日期已过" in page.text
        await open_today()
        await subsidies.close_applications(found.id, found.by)
        page = await unit.get(at)
        assert 'name="plan"' not in page.text
        assert "本批次目前不受理申报" in page.text
        await subsidies.cancel(found.id, found.by)
        for address in (at, f"/subsidies/applications/{number}"):
            assert "本批次已取消" in (await unit.get(address)).text
        assert (await unit.get("/subsidies/applications")).text.count("本批次已取消") == 2


async def test_a_report_of_more_than_is_left_is_told_in_words_that_fit(database):
    found = await paid()
    one = await found.one("夹具")
    await subsidy_reports.hand_in(one.id, 3 * WAN, "中试完成", one.revision, found.by, AFTER)
    await found.moved("夹具", Way.RETURNED, WAN)
    one = await found.one("夹具")
    with pytest.raises(Refused) as raised:
        await subsidy_reports.settle(one.id, True, one.revision, found.by, AFTER)
    assert raised.value.problems == (Problem("subsidy_spent_above", "", {"yuan": "10,000"}),)


async def test_what_is_missing_in_a_report_is_kept_whole_or_refused(database):
    found = await paid()
    one = await found.one("夹具")
    await subsidy_reports.hand_in(one.id, 3 * WAN, "中试完成", one.revision, found.by, AFTER)
    back = subsidy_reports.give_back(one.id, "缺" * 4001, one.revision + 1, found.by)
    assert await refused(back) == [("note", "subsidy_long")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_note_that_is_too_long_is_told_at_its_field(database):
    found = await opened()
    number = await found.applied("夹具", "works")
    one = await found.one("夹具")
    async with visitors() as web:
        office = await web.signed_in("sheng")
        typed = {"word": "return", "note-plan": "缺" * 1001, "revision": str(one.revision)}
        page = await office.post(f"/subsidies/applications/{number}/check", typed)
        assert 'href="#f-note-plan"' in page.text
        assert "缺" * 1001 in page.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_unit_with_more_innovations_than_are_offered_is_told_where_the_others_are(database, monkeypatch):
    found = await opened()
    await open_today()
    for name in ("夹具", "色卡"):
        await found.applied(name, "works")
    async with visitors() as web:
        unit = await web.signed_in("mei")
        assert "更早的成果" not in (await unit.get("/subsidies/applications")).text
        monkeypatch.setattr(subsidy_reads, "CHOICES", 1)
        page = (await unit.get("/subsidies/applications")).text
        assert page.count("<option") == 2  # one round, one innovation
        assert "更早的成果" in page


async def test_of_two_who_take_up_at_once_one_does(database):
    found = await opened()
    number = await found.applied("夹具", "works")
    one = await found.one("夹具")
    await subsidy_applications.withdraw(number, one.revision, found.by)
    again = (subsidy_applications.begin(found.id, one.innovation_id, found.by, NOW) for _ in range(2))
    assert await asyncio.gather(*again) == [number, number]
    taken_up = await LedgerEntry.count().where(LedgerEntry.act == "subsidy_application.take_up")
    assert (await found.one("夹具")).revision == one.revision + 2
    assert taken_up == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_page_of_a_round_asks_as_much_for_three_as_for_one(database):
    found = await opened()
    await found.applied("夹具", "works")
    async with visitors() as web:
        office = await web.signed_in("sheng")
        await office.get(f"/subsidies/desk/{found.id}")
        with statements(database) as one:
            await office.get(f"/subsidies/desk/{found.id}")
        for name in ("色卡", "料架"):
            await found.applied(name, "other")
        with statements(database) as three:
            await office.get(f"/subsidies/desk/{found.id}")
    assert len(three) == len(one)


async def test_a_channel_s_frozen_ceiling_holds_for_what_was_applied_for_under_it_though_it_is_merged(database):
    found = await opened(replace(DRAFT.terms, cities={"3": 2 * WAN}))
    places = found.here.places
    city, far = places["city"], places["far"]
    assert far == 3
    places["yard"] = await organisations.create(far, Draft("浔阳船厂", Kind.ENTERPRISE), "test", NOW)
    for name, unit in (("船台", "yard"), ("夹具", "works")):
        await found.applied(name, unit)
    await organisation_moves.merge(far, city, "test", NOW)
    await found.ranked("船台", "夹具")
    await found.approved()
    assert [(await found.one(name)).granted for name in ("船台", "夹具")] == [2 * WAN, 5 * WAN]
