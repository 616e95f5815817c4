"""Reviews as a tired office, a unit and a chair walk through them: what must not be lost, and what they are told."""

import re
from datetime import date, timedelta

import pytest

from foundation.base.clock import day_of, today
from foundation.people import accounts, posts, workers
from foundation.people.worker_facts import Given
from foundation.process import notice_drafts, notices, objections
from foundation.process.notice_tables import Notice
from foundation.process.objection_tables import Objection
from foundation.process.rules.objections import ObjectionDraft
from innovations import (
    innovation_todo,
    review_assigning,
    review_channels,
    review_conferring,
    review_deciding,
    review_entries,
    review_marks,
    review_notices,
    review_papers,
    review_seats,
    review_todo,
    reviews,
    subsidy_evidence,
)
from innovations.innovation_tables import Innovation
from innovations.review_desk import Words
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewRound
from innovations.rules.review_steps import EntryStage
from tests.innovations.made_up import NOW, ZONE, works
from tests.innovations.reviews_made_up import AFTER, Round, opened, ready, refused, sheet
from tests.innovations.test_review_edges import POINTS, SQLITE, in_marking
from tests.innovations.test_review_pages import RULES, differing, hidden, text_of
from tests.web import shown, visitors


async def waits(found: Round, who: str) -> list[tuple[str, dict[str, str], date | None]]:
    """What stands on somebody's desk of reviews, and until which day."""
    user = await found.here.user(who)
    lines = [*await review_todo.at_seats(user), *await review_todo.rows(user)]
    return [(one.what.code, dict(one.what.params), day_of(one.due) if one.due else None) for one in lines]


async def test_to_change_what_a_reviewer_knows_does_not_forget_who_they_are(database):
    found = await ready()
    await found.entered()
    await found.seated("jia")
    wanted, _ = await workers.create(Given("jia"), found.here.places["works"], "test", NOW)
    await workers.create(Given("jia"), found.here.places["other"], "test", NOW)
    at = f"/reviews/desk/{found.id}/reviewers"
    async with visitors() as web:
        office = await web.signed_in("sheng")
        seat = {"word": "seat", "account": "jia", "most": "80"}
        assert (await office.post(at, {**seat, "worker": str(wanted)})).status_code == 303
        assert (await office.post(at, {**seat, "most": "５０", "fields": ["C", "D"]})).status_code == 303
    (one,) = await review_seats.of(found.id)
    assert (one.worker, one.most, one.fields) == (wanted, 50, frozenset({"C", "D"}))


@SQLITE
async def test_who_is_seated_again_as_the_only_one_takes_the_chair_as_the_page_says(database):
    found = await ready()
    await found.entered()
    await found.seated("jia")
    await review_seats.remove(found.id, found.seats["jia"], found.by, NOW)
    await found.seated("jia", "yi")
    assert [(one.sign_in, one.chair) for one in await review_seats.of(found.id)] == [("jia", True), ("yi", False)]


async def test_who_is_called_like_an_author_whom_the_registry_does_not_know_keeps_out(database):
    found = await ready()
    await found.entered()
    for name, called in (("one", "占云帆"), ("two", "冯 砚秋"), ("jia", "jia")):
        found.here.people[name] = (await accounts.create_account(name, called, [], "test", NOW))[0]
        found.seats[name] = await review_seats.seat(found.id, found.here.people[name], None, [], 80, found.by, NOW)
    await review_assigning.draw(found.id, found.by, NOW)
    assert {name: set(await found.tasks(name)) for name in POINTS} == {
        "夹具": {"one", "jia"},  # 冯砚秋 of the registry made it, and nobody said whether the reviewer is another
        "色卡": {"jia"},  # 占云帆 is not in the registry
        "料架": {"one", "two", "jia"},
    }
    async with visitors() as web:
        at = f"/reviews/desk/{found.id}/entries/{found.entries['色卡']}"
        page = shown(await (await web.signed_in("sheng")).get(at))
        assert "占云帆：本人或同名者为完成人" in page
        at = f"/reviews/desk/{found.id}/entries/{found.entries['料架']}"
        assert "需回避的评审人员" not in shown(await (await web.signed_in("sheng")).get(at))


async def two_channels() -> Round:
    """夹具 on the list of 景德镇, which is handed in; 九江 has places too, and has done nothing yet."""
    found = await opened()
    await ReviewChannel(
        round=found.id, organisation=found.here.places["far"], places=2, position=2, submitted_at=None
    ).save()
    await found.handed_in("夹具", "works")
    await found.listed("夹具")
    await review_channels.hand_in(found.channel, found.by, NOW, ZONE)
    return found


async def test_entries_are_not_closed_over_lists_that_are_missing_by_one_click(database):
    found = await two_channels()
    async with visitors() as web:
        office = await web.signed_in("sheng")
        at = f"/reviews/desk/{found.id}"
        page = await office.post(f"{at}/step", {"step": "close_entries"})
        assert page.status_code == 422
        assert "还有 1 个推荐渠道未提交名单" in page.text
        assert 'href="#f-short"' in page.text
        assert (await found.facts()).stage == "open"
        assert (await office.post(f"{at}/step", {"step": "close_entries", "short": "1"})).status_code == 303
    assert (await found.facts()).stage == "assigning"
    assert await refused(reviews.close_entries(found.id, found.by)) == [("", "review_step_late")]


@SQLITE
async def test_desks_tell_until_when_lists_are_handed_in_and_that_some_are_missing_after_it(database):
    found = await two_channels()
    later = today() + timedelta(days=9)
    await ReviewRound.update({ReviewRound.list_until: later}).where(ReviewRound.id == found.id)
    assert await waits(found, "xun") == [("todo_reviews_list", {}, later)]
    assert await waits(found, "sheng") == []
    over = today() - timedelta(days=1)
    await ReviewRound.update({ReviewRound.list_until: over}).where(ReviewRound.id == found.id)
    assert await waits(found, "sheng") == [("todo_reviews_late", {"count": "1"}, over)]
    await reviews.close_entries(found.id, found.by, short=True)
    assert [code for code, _, _ in await waits(found, "sheng")] == ["todo_reviews_assign"]


async def test_a_unit_finds_on_its_desk_until_when_it_completes_what_was_given_back(database):
    found = await ready()
    await found.entered()
    until = today() + timedelta(days=4)
    await review_entries.give_back(found.entries["夹具"], {"section-use": "写明"}, until, found.by, NOW)
    assert await waits(found, "mei") == [("todo_reviews_complete", {"title": "夹具"}, until)]
    assert await waits(found, "tao") == []
    told = [one.what.code for one in await innovation_todo.rows(await found.here.user("mei"))]
    assert "todo_innovations_returned" not in told  # once is enough
    async with visitors() as web:
        office = await web.signed_in("sheng")
        assert "已超期" not in shown(await office.get(f"/reviews/desk/{found.id}"))
        over = {ReviewEntry.return_until: today() - timedelta(days=1)}
        await ReviewEntry.update(over).where(ReviewEntry.id == found.entries["夹具"])
        assert "已超期" in shown(await office.get(f"/reviews/desk/{found.id}"))
    await review_entries.leave(found.entries["夹具"], EntryStage.EXCLUDED, "逾期未补充", found.by, NOW)
    assert await waits(found, "mei") == []
    told = [one.what.code for one in await innovation_todo.rows(await found.here.user("mei"))]
    assert "todo_innovations_returned" in told


@SQLITE
async def test_office_and_chair_are_told_what_stands_still_while_entries_are_marked(database):
    found = await in_marking()
    assert [code for code, _, _ in await waits(found, "sheng")] == []
    tasks = await found.tasks("夹具")
    for who in [one for one in tasks if one != "jia"][:2]:
        await review_assigning.declare(tasks[who], "同门", found.here.people[who], NOW)
    assert await waits(found, "sheng") == [("todo_reviews_short", {"count": "1"}, None)]
    for name in POINTS:
        if "jia" in await found.tasks(name):
            await found.reviewed(name, "jia", "50", "30")
    (line,) = await waits(found, "jia")  # the day by which they review is long over
    left = sum([who != "jia" for name in POINTS for who in await found.tasks(name)])
    assert line[:2] == ("todo_reviews_overdue", {"count": str(left)})


async def test_what_a_notice_tells_is_not_decided_anew_while_it_stands(database):
    found = await in_marking()
    await found.locked(POINTS)
    await found.awarded({"夹具": "award1"})
    address = await review_notices.open_notice(found.id, "公示", "现予公示。", "0791-1", by=found.by, now=NOW)
    row = await Notice.select(Notice.id).where(Notice.address == address).first()
    assert await refused(review_deciding.decide_again(found.id, found.by, NOW)) == [("", "review_notice_stands")]
    await notice_drafts.send(row["id"], found.by, NOW)
    await notice_drafts.approve(row["id"], found.second, NOW)
    await notices.open_notice(row["id"], found.by, NOW, ZONE)
    assert await refused(review_deciding.decide_again(found.id, found.by, NOW)) == [("", "review_notice_stands")]
    await notices.stop(row["id"], "异议成立，重新评议", found.by, NOW)
    await review_deciding.decide_again(found.id, found.by, NOW)
    assert (await found.facts()).stage == "deciding"
    again = await review_notices.open_notice(found.id, "再次公示", "现予公示。", "0791-1", by=found.by, now=NOW)
    row = await Notice.select(Notice.id).where(Notice.address == again).first()
    await notice_drafts.discard(row["id"], found.by)
    await review_deciding.decide_again(found.id, found.by, AFTER)


async def test_who_reviews_blind_reads_no_titles_on_the_lists_of_their_union_and_unit(database):
    found = await ready()
    city = found.here.places["city"]
    found.here.people["cheng"], _ = await accounts.create_account(
        "cheng", "cheng", ["clerk"], "test", NOW, organisation_id=city
    )
    await found.seated("cheng", "mei")
    lists = {"cheng": ["/reviews/channels", f"/reviews/channels/{found.channel}"],
             "mei": ["/reviews/own", f"/reviews/own/{found.entries['夹具']}"]}  # fmt: skip

    async def told(web, who: str) -> list[bool]:
        pages = [await (await web.signed_in(who)).get(at) for at in lists[who]]
        return ["2026年度职工创新成果评审" in page.text for page in pages]

    async with visitors() as web:
        assert await told(web, "cheng") == [True, True]  # whoever writes a list reads what stands on it
        await found.marking()
        assert {who: await told(web, who) for who in lists} == {"cheng": [False, False], "mei": [False, False]}
        await accounts.create_account("other", "other", ["clerk"], "test", NOW, organisation_id=city)
        lists["other"] = lists["cheng"]
        assert await told(web, "other") == [True, True]
        await ReviewRound.update({ReviewRound.stage: "decided"}).where(ReviewRound.id == found.id)
        assert {who: await told(web, who) for who in lists} == {
            "cheng": [True, True], "mei": [True, True], "other": [True, True],
        }  # fmt: skip


@SQLITE
async def test_the_office_is_told_of_whom_no_honour_can_be_kept(database):
    found = await in_marking()
    await found.locked({**POINTS, "色卡": ("58", "38")})
    await found.awarded({"色卡": "award1", "夹具": "award2"})  # award2 has no title
    await found.noticed()
    assert await review_conferring.unknown_authors(await found.facts()) == (("占云帆", "云窑艺术瓷厂"),)
    async with visitors() as web:
        page = shown(await (await web.signed_in("sheng")).get(f"/reviews/desk/{found.id}"))
    assert "占云帆 · 云窑艺术瓷厂" in page
    assert "冯砚秋 ·" not in page


@SQLITE
async def test_rules_that_cannot_be_frozen_yet_are_mended_on_the_page_that_said_so(database):
    here = await works()
    city = here.places["city"]
    async with visitors() as web:
        office = await web.signed_in("sheng")
        answer = await office.post("/reviews/desk/new", RULES)
        at = answer.headers["location"].split("?")[0]
        page = await office.get(at)
        sent = {**RULES, "then": "freeze", "revision": hidden(page, "revision")}
        page = await office.post(f"{at}/draft", sent)
        assert (page.status_code, "至少给一个推荐渠道分配名额" in page.text) == (422, True)
        again = {**sent, f"places-{city}": "2", "revision": hidden(page, "revision")}
        assert (await office.post(f"{at}/draft", again)).status_code == 303


@SQLITE
async def test_who_changes_a_draft_that_somebody_else_changed_is_told_once_and_may_then_send_it(database):
    await works()
    async with visitors() as web:
        office = await web.signed_in("sheng")
        at = (await office.post("/reviews/desk/new", RULES)).headers["location"].split("?")[0]
        first = {**RULES, "revision": hidden(await office.get(at), "revision")}
        assert (await office.post(f"{at}/draft", {**first, "name": "别人改的"})).status_code == 303
        page = await office.post(f"{at}/draft", {**first, "name": "我改的"})
        assert (page.status_code, "已有人改动" in page.text, "我改的" in page.text) == (422, True, True)
        bad = {**first, "name": "", "revision": first["revision"]}
        page = await office.post(f"{at}/draft", bad)  # something else is wrong: nothing unseen is replaced by it
        assert hidden(page, "revision") == first["revision"]
        page = await office.post(f"{at}/draft", {**first, "name": "我改的"})
        again = {**first, "name": "我改的", "revision": hidden(page, "revision")}
        assert (await office.post(f"{at}/draft", again)).status_code == 303
        assert "我改的" in (await office.get(at)).text


async def test_whoever_confirms_a_decision_reads_what_they_confirm(database):
    found = await in_marking()
    await found.locked({**POINTS, "色卡": ("58", "38")})
    await found.awarded({"色卡": "award1", "夹具": "award2"})
    await found.noticed()
    act = await review_conferring.ask(found.id, "10号", "无异议", found.by, AFTER)
    await accounts.create_account("fu", "fu", ["reviewer"], "test", NOW, organisation_id=1)
    async with visitors() as web:
        assert "色卡（云窑艺术瓷厂）" in shown(await (await web.signed_in("fu")).get(f"/acts/{act}"))


@SQLITE
async def test_the_office_reads_how_far_the_notice_is(database):
    found = await in_marking()
    await found.locked(POINTS)
    await found.awarded({"夹具": "award1"})
    address = await review_notices.open_notice(found.id, "公示", "现予公示。", "0791-1", by=found.by, now=NOW)
    row = await Notice.select(Notice.id).where(Notice.address == address).first()
    told = [await review_notices.standing(await found.facts(), NOW)]
    await notice_drafts.send(row["id"], found.by, NOW)
    await notice_drafts.approve(row["id"], found.second, NOW)
    await notices.open_notice(row["id"], found.by, NOW, ZONE)
    ends = (await Notice.select(Notice.ends_at).where(Notice.id == row["id"]).first())["ends_at"]
    told += [await review_notices.standing(await found.facts(), at) for at in (NOW, AFTER)]
    await objections.send(ObjectionDraft("与事实不符", True, "路人", "0791-2"), address, "192.0.2.7", NOW, ZONE)
    (one,) = await Objection.select(Objection.id)
    await objections.take(one["id"], "accept", "请核查", by=found.by, now=NOW)
    told.append(await review_notices.standing(await found.facts(), AFTER))
    await notices.stop(row["id"], "异议成立", found.by, NOW)
    told.append(await review_notices.standing(await found.facts(), NOW))
    assert told == [("draft", None), ("running", ends), ("over", None), ("held", None), ("stopped", None)]
    async with visitors() as web:
        assert "公示已停止" in shown(await (await web.signed_in("sheng")).get(f"/reviews/desk/{found.id}"))


@SQLITE
async def test_a_reviewer_is_not_told_that_somebody_else_was_asked_where_nobody_was(database):
    found = await in_marking()
    async with visitors() as web:
        told = []
        for who in list(await found.tasks("夹具")):
            code = await ReviewEntry.select(ReviewEntry.code).where(ReviewEntry.id == found.entries["夹具"]).first()
            reviewer = await web.signed_in(who)
            answer = await reviewer.post(f"/reviews/mine/2026-1/{code['code']}/conflict", {"note": "同门"})
            page = shown(await reviewer.get(answer.headers["location"]))
            told.append(("已另行安排评审" in page, "由主办单位另行安排" in page))
    assert told == [(True, False), (False, True), (False, True)]  # four reviewers, three for each entry


@SQLITE
async def test_the_page_of_an_entry_with_an_award_offers_no_form_that_is_always_refused(database):
    found = await ready()
    await Innovation.update({Innovation.stage: "awarded"}).where(Innovation.id == found.innovations["夹具"])
    city = found.here.places["city"]
    await accounts.create_account("cheng", "cheng", ["clerk"], "test", NOW, organisation_id=city)
    async with visitors() as web:
        for who, at in (("sheng", f"/reviews/desk/{found.id}"), ("cheng", f"/reviews/channels/{found.channel}")):
            pages = [
                (await (await web.signed_in(who)).get(f"{at}/entries/{found.entries[name]}")).text
                for name in ("夹具", "色卡")
            ]
            assert ['name="note-title"' in page for page in pages] == [False, True]
            assert "请通知单位提交新版本" in pages[0]


@SQLITE
async def test_before_reviewers_are_drawn_nobody_is_told_of_every_entry_that_it_is_short(database):
    found = await ready()
    await found.entered()
    await found.seated("jia", "yi")
    at = f"/reviews/desk/{found.id}"
    async with visitors() as web:
        office = await web.signed_in("sheng")
        page = (await office.get(at)).text
        assert ("评审人数不足" in page, 'value="begin_marking"' in page, 'value="draw"' in page) == (False, False, True)
        await review_assigning.draw(found.id, found.by, NOW)
        page = (await office.get(at)).text
        assert ("评审人数不足" in page, 'value="begin_marking"' in page) == (True, True)


async def test_the_list_of_awards_names_the_people(database):
    found = await in_marking()
    await found.locked({**POINTS, "色卡": ("58", "38")})
    await found.awarded({"色卡": "award1"})
    facts = await found.facts()
    lines = (await review_deciding.meeting(facts, found.by)).lines
    assert review_papers.award_sheet(facts, lines).rows == [
        ("一等成果", "色卡", "占云帆、冯砚秋", "云窑艺术瓷厂", "景德镇市总工会")
    ]
    document = str(review_papers.award_list(facts, lines, NOW)) + str(review_papers.summary(facts, lines, NOW))
    assert "占云帆、冯砚秋" in document
    assert "年　　月　　日" not in document  # a line to sign on stands behind each word


@SQLITE
async def test_who_hands_a_list_in_is_told_that_it_is_handed_in(database):
    found = await opened()
    await found.handed_in("夹具", "works")
    await found.listed("夹具")
    await ReviewRound.update({ReviewRound.list_until: today()}).where(ReviewRound.id == found.id)
    await accounts.create_account("cheng", "cheng", ["clerk"], "test", NOW, organisation_id=found.here.places["city"])
    at, rank = f"/reviews/channels/{found.channel}", {f"rank-{found.entries['夹具']}": "１"}
    async with visitors() as web:
        channel = await web.signed_in("cheng")
        answer = await channel.post(f"{at}/ranking", rank)
        assert "名单已保存" in shown(await channel.get(answer.headers["location"]))
        answer = await channel.post(f"{at}/ranking", {**rank, "then": "hand_in"})
        assert "名单已上报" in shown(await channel.get(answer.headers["location"]))


@SQLITE
async def test_what_a_reviewer_knows_and_takes_stands_in_the_form_that_changes_it(database):
    found = await ready()
    await found.seated("jia", "yi")  # of branch C, 80 at most
    at = f"/reviews/desk/{found.id}/reviewers"
    async with visitors() as web:
        office = await web.signed_in("sheng")
        page = (await office.get(f"{at}?change={found.seats['yi']}")).text
        told = [
            re.search(rf'name="{name}"[^>]*value="{value}"|value="{value}"[^>]*name="{name}"', page) is not None
            for name, value in (("account", "yi"), ("most", "80"))
        ]
        assert (told, re.findall(r'name="fields" value="(.)" checked', page)) == ([True, True], ["C"])
        page = (await office.get(f"{at}?change=99999")).text
        assert 'value="yi"' not in page.split('<form class="panel"')[1]


@SQLITE
async def test_an_officer_who_keeps_out_reads_the_same_whatever_the_hidden_reviews_are(database):
    """Meeting, papers, round and entries: every number, with high and with low marks of what is hidden."""
    found = await in_marking()
    both, _ = await accounts.create_account("both", "both", ["officer"], "test", NOW, organisation_id=1)
    await posts.give(both, found.here.places["other"], ["clerk"], "test", NOW)  # the unit of 料架
    at = f"/reviews/desk/{found.id}"
    pages = [
        "/desk",
        at,
        f"{at}/meeting",
        f"{at}/reviewers",
        *(f"{at}/entries/{one}" for one in found.entries.values()),
    ]

    async def read() -> list[str]:
        async with visitors() as web:
            officer = await web.signed_in("both")
            seen = [text_of(await officer.get(page)) for page in pages]
        facts = await found.facts()
        lines = (await review_deciding.meeting(facts, both)).lines
        return [*seen, str(review_papers.summary_sheet(facts, lines)), str(review_papers.award_sheet(facts, lines))]

    await found.locked({**POINTS, "料架": ("60", "40")})
    await found.awarded({"料架": "award1", "夹具": "award2"})
    high = await read()
    await ReviewRound.update({ReviewRound.stage: "marking"}).where(ReviewRound.id == found.id)
    for who, task in (await found.tasks("料架")).items():
        sent = sheet("1", "1", words="很差", base=1, seen=Words("很好", "").seen)
        await review_marks.save(task, sent, found.here.people[who], NOW)
    await found.locked({})
    await found.awarded({"料架": "", "夹具": "award2", "色卡": ""})
    low = await read()
    assert differing(high, low) == []
    assert "夹具" in high[2]
    assert "料架" not in high[2]


@SQLITE
@pytest.mark.parametrize("blind", [True, False])
async def test_codes_are_called_secret_only_where_the_review_hides_names(database, blind):
    found = await ready(blind=blind)
    async with visitors() as web:
        page = (await (await web.signed_in("sheng")).get(f"/reviews/desk/{found.id}")).text
    assert ("评审只知道代号" in page) is blind


async def test_a_decided_review_still_shows_its_chair_who_reviewed_what_and_names_its_award(database):
    found = await in_marking()
    await found.locked({**POINTS, "色卡": ("58", "38")})
    await found.awarded({"色卡": "award1"})
    await found.noticed()
    await found.decided()
    rows = await ReviewEntry.select(ReviewEntry.code).where(ReviewEntry.round == found.id)
    async with visitors() as web:
        page = shown(await (await web.signed_in("jia")).get(f"/reviews/chair/{(await found.facts()).address}"))
        for row in rows:
            assert row["code"] in page
    office = await found.here.user("sheng")
    told = await subsidy_evidence.awards(office, found.innovations["色卡"], 0)
    facts = await found.facts()
    assert [(one.name, one.of, one.holder, one.address) for one in told] == [
        ("一等成果", facts.name, "云窑艺术瓷厂", f"/reviews/{facts.address}")
    ]
    assert await subsidy_evidence.awards(office, found.innovations["夹具"], 0) == []


@SQLITE
async def test_no_line_of_a_heading_ends_within_a_short_quoted_word(database):
    found = await ready()
    await ReviewRound.update({ReviewRound.name: "职工“五小”<b>评审“没有这么短的一句话”"}).where(
        ReviewRound.id == found.id
    )
    async with visitors() as web:
        page = (await web.visitor().get(f"/reviews/{(await found.facts()).address}")).text
    assert '<h1>职工<span class="nowrap">“五小”</span>&lt;b&gt;评审“没有这么短的一句话”</h1>' in page
