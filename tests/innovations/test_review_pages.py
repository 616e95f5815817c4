"""The pages of reviews: office, channel, reviewer, chair, unit, everyone; what nobody may learn before the decision."""

import io
import re
from datetime import UTC, datetime, timedelta
from difflib import ndiff

import pytest
from msgspec.structs import replace
from PIL import Image

from foundation.base.clock import today
from foundation.base.problem import NotFound
from foundation.files import stored
from foundation.files.limits import PAPER
from foundation.people import accounts
from foundation.process import notice_drafts, notices
from foundation.process.notice_tables import Notice
from foundation.work import two_person
from innovations import (
    innovation_papers,
    review_assigning,
    review_chair,
    review_channels,
    review_desk,
    review_marks,
    review_scores,
    review_seats,
)
from innovations.innovation_tables import InnovationFile
from innovations.review_tables import ReviewEntry, ReviewMark
from innovations.rules.innovation_form import Author
from tests.calendars import know_the_years
from tests.innovations.made_up import NOW, ZONE, works
from tests.innovations.reviews_made_up import Round, ready, refused, sheet
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovation_similar import of
from tests.web import shown, visitors

YEAR = today().year
TOMORROW = (today() + timedelta(days=2)).isoformat()
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
RULES = {
    "name": "2026年度职工创新成果评审", "list_until": TOMORROW, "each": "2", "mark_days": "10", "notice_days": "5",
    "rubric": "B 经济效益 60\nN 新颖性 40", "award-name-1": "一等成果", "award-most-1": "1", "award-title-1": "",
    "award-name-2": "二等成果", "award-most-2": "2", "blind": "1", "years_back": "3",
}  # fmt: skip


def hidden(page, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page.text).group(1)


def text_of(page) -> str:
    """What a page says, without what differs from one look to the next."""
    if page.status_code != 200:
        return str(page.status_code)
    text = re.sub(r'name="(csrf_token|nonce)" value="[^"]*"', "", page.text)
    return re.sub(r"\d{1,2}:\d{2}(:\d{2})?", "", text)


def differing(before: list[str], after: list[str]) -> list[str]:
    """The lines in which two looks at the same pages differ."""
    pairs = zip(before, after, strict=True)
    return [line for one, two in pairs for line in ndiff(one.splitlines(), two.splitlines()) if line[:1] in "+-"]


async def typed(page, task: dict[str, str], **more: str) -> dict[str, str]:
    kept = {name: hidden(page, name) for name in ("nonce", "scheme", "words", "base-B", "base-N")}
    return {**kept, **task, **more}


async def test_from_the_rules_to_the_result_as_everybody_who_has_a_part(database):
    here = await works()
    await know_the_years()
    found = Round(here, 1, here.people["sheng"], 0)
    for name in ("夹具", "色卡"):
        await found.handed_in(name, "works", (Author("冯砚秋", 100, worker=here.worker),))
    city = here.places["city"]
    await accounts.create_account("cheng", "cheng", ["clerk"], "test", NOW, organisation_id=city)
    for name in ("jia", "yi"):
        await accounts.create_account(name, name, [], "test", NOW)
    async with visitors() as web:
        office, channel, unit = [await web.signed_in(name) for name in ("sheng", "cheng", "mei")]
        stranger, jia, yi = web.visitor(), await web.signed_in("jia"), await web.signed_in("yi")
        page = await office.post("/reviews/desk/new", {**RULES, "each": "many"})
        assert page.status_code == 422
        assert 'value="many"' in page.text
        answer = await office.post("/reviews/desk/new", {**RULES, f"places-{city}": "2"})
        at = answer.headers["location"].split("?")[0]
        assert (await stranger.get(f"/reviews/{YEAR}-1")).status_code == 404  # a draft is nobody's
        page = await office.get(at)
        answer = await office.post(
            f"{at}/draft", {**RULES, f"places-{city}": "2", "revision": hidden(page, "revision"), "then": "freeze"}
        )
        assert answer.status_code == 303, answer.text
        page = await office.get(answer.headers["location"])
        for said in ("1 个推荐渠道的工作台已提示", f'href="/reviews/{YEAR}-1"', "并公开，评审开始"):
            assert said in page.text
        assert "SHA-256" in (await stranger.get(f"/reviews/{YEAR}-1")).text

        assert (await channel.get("/desk")).text.count("/reviews/channels/1") == 1
        page = await channel.get("/reviews/channels/1")
        assert "夹具" in page.text
        assert (await channel.post("/reviews/channels/1/picks", {})).status_code == 422
        ids = sorted(found.innovations.values())
        answer = await channel.post("/reviews/channels/1/picks", {"pick": [str(one) for one in ids]})
        assert answer.status_code == 303, answer.text
        entries = [row["id"] for row in await ReviewEntry.select(ReviewEntry.id).order_by(ReviewEntry.id)]
        ranks = {f"rank-{entries[0]}": "2", f"rank-{entries[1]}": "1"}
        assert (await channel.post("/reviews/channels/1/ranking", {f"rank-{entries[0]}": "1"})).status_code == 422
        answer = await channel.post("/reviews/channels/1/ranking", {**ranks, "then": "hand_in"})
        assert answer.status_code == 303, answer.text
        assert (await channel.get("/reviews/channels")).status_code == 200
        page = await unit.get(f"/reviews/own/{entries[0]}")
        assert "申请回避" in page.text
        assert (await unit.post(f"/reviews/own/{entries[0]}/named", {"named": "a\nb\nc\nd"})).status_code == 422
        assert (await unit.post(f"/reviews/own/{entries[0]}/named", {"named": "某某"})).status_code == 303

        await office.post(f"{at}/step", {"step": "close_entries"})
        for name in ("jia", "yi"):
            seat = {"word": "seat", "account": name, "most": "80", "fields": ["C"]}
            assert (await office.post(f"{at}/reviewers", seat)).status_code == 303
        assert (await office.get(f"{at}/reviewers")).text.count("jia") >= 2
        await office.post(f"{at}/step", {"step": "draw"})
        assert (await jia.get(f"/reviews/mine/{YEAR}-1")).status_code == 404  # not before marking
        answer = await office.post(f"{at}/step", {"step": "begin_marking"})
        assert answer.status_code == 303, answer.text
        assert (await office.get(f"{at}/meeting")).status_code == 404  # nothing to see before the lock

        codes = [row["code"] for row in await ReviewEntry.select(ReviewEntry.code).order_by(ReviewEntry.code)]
        for who in (jia, yi):
            assert "2 项" in (await who.get("/desk")).text
            here_is = f"/reviews/mine/{YEAR}-1/{codes[0]}"
            page = await who.get(here_is)
            assert "夹具" not in page.text
            assert "云窑" not in page.text
            answer = await who.post(here_is, await typed(page, {"mark-B": "61", "mark-N": "x", "opinion": "留着"}))
            assert answer.status_code == 422
            assert "留着" in answer.text
            assert answer.text.count("field-error") >= 2
            sent = await typed(page, {"mark-B": "50", "mark-N": "30", "opinion": "甚好"}, then="hand_in")
            answer = await who.post(here_is, sent)
            assert answer.headers["location"].startswith(f"/reviews/mine/{YEAR}-1/{codes[1]}")  # the next one
            assert (await who.post(here_is, sent)).status_code == 303  # sent twice
            page = await who.get(f"/reviews/mine/{YEAR}-1/{codes[1]}")
            sent = await typed(page, {"mark-B": "40", "mark-N": "30", "opinion": "可再改进"}, then="hand_in")
            answer = await who.post(f"/reviews/mine/{YEAR}-1/{codes[1]}", sent)
            assert answer.headers["location"].startswith(f"/reviews/mine/{YEAR}-1?")
        assert await ReviewMark.count() == 8
        assert (await yi.get(f"/reviews/chair/{YEAR}-1")).status_code == 404
        page = await jia.get(f"/reviews/chair/{YEAR}-1")
        assert "yi" in shown(page)
        answer = await jia.post(f"/reviews/chair/{YEAR}-1/lock", {"seen": hidden(page, "seen")})
        assert answer.status_code == 303, answer.text

        page = await office.get(f"{at}/meeting")
        assert page.text.index("80.00") < page.text.index("70.00")
        first = int(re.search(r'name="award-(\d+)"', page.text).group(1))
        answer = await office.post(f"{at}/meeting", {f"award-{first}": "award1", "seen": hidden(page, "seen")})
        assert answer.status_code == 303, answer.text
        for name in ("summary.pdf", "summary.xlsx", "awards.pdf", "awards.docx", "awards.xlsx"):
            paper = await office.get(f"{at}/papers/{name}")
            assert paper.status_code == 200
            assert len(paper.content) > 2000
        answer = await office.post(f"{at}/notice", {"title": "公示", "text": "现予公示。", "contact": "0791-1"})
        assert answer.status_code == 303, answer.text
        second, _ = await accounts.create_account("qian", "qian", ["officer"], "test", NOW, organisation_id=1)
        row = await Notice.select(Notice.id).first()
        await notice_drafts.send(row["id"], here.people["sheng"], NOW)
        await notice_drafts.approve(row["id"], second, NOW)
        await notices.open_notice(row["id"], here.people["sheng"], NOW, ZONE)
        assert "甚好" not in (await unit.get(f"/reviews/own/{first}")).text
        answer = await office.post(f"{at}/decision", {"document": "赣工发〔2026〕10号", "reason": "公示无异议"})
        assert answer.status_code == 303, answer.text
        act = await two_person.open_act("review.decision", "review:1")
        await two_person.confirm(act, second, datetime.now(UTC))
        page = await unit.get(f"/reviews/own/{first}")
        assert "甚好" in page.text
        assert "80.00" in page.text
        assert "jia" not in shown(page)
        assert "赣工发〔2026〕10号" in (await stranger.get(f"/reviews/{YEAR}-1")).text


async def in_marking(**changes) -> Round:
    found = await ready(**changes)
    await found.marking()
    return found


async def everything(web, found: Round) -> list[str]:
    """What everybody who must not know reads: the unit, its channel, another unit, everyone, who keeps out."""
    entry = found.entries["夹具"]
    pages = {
        "mei": ["/desk", "/reviews/own", f"/reviews/own/{entry}", "/innovations/desk",
                f"/innovations/desk/{found.innovations['夹具']}"],
        "tao": ["/desk", "/reviews/own", f"/reviews/own/{entry}"],
        "yun": ["/desk", "/reviews/desk", f"/reviews/desk/{found.id}"],
        "": ["/reviews", f"/reviews/{YEAR}-1", "/innovations", "/api/innovations"],
    }  # fmt: skip
    read = []
    for who, addresses in pages.items():
        visitor = await web.signed_in(who) if who else web.visitor()
        for address in addresses:
            answer = await visitor.get(address)
            read.append(f"{who} {address} {answer.status_code}\n{text_of(answer)}")
    return read


@SQLITE
async def test_no_page_of_unit_channel_or_public_changes_with_marks_until_the_decision(database):
    found = await in_marking()
    async with visitors() as web:
        before = await everything(web, found)
        await found.reviewed("夹具", next(iter(await found.tasks("夹具"))), "60", "40")
        assert differing(before, await everything(web, found)) == []
        for name in ("夹具", "色卡", "料架"):
            for who in await found.tasks(name):
                if not (name == "夹具" and who == next(iter(await found.tasks("夹具")))):
                    await found.reviewed(name, who, "55", "35")
        assert differing(before, await everything(web, found)) == []


@SQLITE
async def test_who_keeps_out_reads_the_same_with_and_without_the_hidden_reviews(database):
    """The chair keeps out of 夹具; whatever becomes of its reviews, no number of theirs tells."""
    found = await in_marking()
    entry = found.entries["夹具"]
    tasks = await found.tasks("夹具")
    chair = found.here.people["jia"]
    if "jia" not in tasks:  # then somebody else of the four was left out: they hand the chair's place on
        await review_seats.make_chair(found.id, found.seats[next(iter(tasks))], found.by)
        chair = found.here.people[next(iter(tasks))]
    name = next(one for one, account in found.here.people.items() if account == chair)
    async with visitors() as web:
        visitor = await web.signed_in(name)
        code = (await ReviewEntry.select(ReviewEntry.code).where(ReviewEntry.id == entry).first())["code"]
        answer = await visitor.post(f"/reviews/mine/2026-1/{code}/conflict", {"note": "同门"})
        assert answer.status_code == 303, answer.text
        assert (await visitor.get(f"/reviews/mine/2026-1/{code}")).status_code == 404
        for other in ("色卡", "料架"):
            for who in await found.tasks(other):
                await found.reviewed(other, who, "50", "30")
        addresses = ["/desk", "/reviews/mine", "/reviews/mine/2026-1", "/reviews/chair/2026-1", "/reviews/own"]
        before = [text_of(await visitor.get(address)) for address in addresses]
        for who in await found.tasks("夹具"):
            await found.reviewed("夹具", who, "1", "1", private="只给组长")
        after = [text_of(await visitor.get(address)) for address in addresses]
        assert differing(before, after) == []
        assert code not in before[3]


@SQLITE
async def test_reviewers_never_read_each_other_nor_anything_by_another_way(database):
    found = await in_marking()
    tasks = await found.tasks("夹具")
    first, other = list(tasks)[:2]
    row = await ReviewEntry.select(ReviewEntry.code).where(ReviewEntry.id == found.entries["夹具"]).first()
    await accounts.create_account("twin", "twin", ["reviewer"], "test", NOW, organisation_id=1)
    async with visitors() as web:
        one = await web.signed_in(first)
        here = f"/reviews/mine/2026-1/{row['code']}"
        before = text_of(await one.get(here)), text_of(await one.get("/reviews/mine/2026-1"))
        await found.reviewed("夹具", other, "13", "17", words="独家评语", private="悄悄话")
        assert (text_of(await one.get(here)), text_of(await one.get("/reviews/mine/2026-1"))) == before
        absent = next(name for name in found.seats if name not in tasks)
        assert (await (await web.signed_in(absent)).get(here)).status_code == 404
        officer = await web.signed_in("twin")
        seen = f"/innovations/desk/{found.innovations['夹具']}"
        assert (await officer.get(seen)).status_code == 200
        query = "/search?q=%E5%A4%B9%E5%85%B7"  # 夹具
        found_it = (await officer.get(query)).text
        assert "夹具</mark>" in found_it
        assert "云窑艺术瓷厂" in found_it
        twin = await accounts_id("twin")
        await review_seats.seat(found.id, twin, None, [], 10, found.by, NOW)
        assert (await officer.get(seen)).status_code == 404  # whatever hats they have, a reviewer reads it blind
        assert "夹具" not in (await officer.get("/innovations/desk")).text
        assert "夹具</mark>" not in (await officer.get(query)).text
        assert "云窑艺术瓷厂" not in (await officer.get(query)).text  # no facet tells whose it is


async def accounts_id(sign_in: str) -> int:
    found = await review_seats.account_of(sign_in)
    assert found is not None
    return found


@SQLITE
async def test_of_a_blind_round_nothing_that_names_its_makers_reaches_a_reviewer(database):
    found = await ready()
    sections = {
        "wrong": "云窑艺术瓷厂烧成车间收卷打皱", "done": "冯 砚 秋设计，占云帆调试；云窑艺术瓷厂自制",
        "points": "卷径估算", "use": "三条线",
    }  # fmt: skip
    authors = (Author("冯砚秋", 60, unit="素坯里陶瓷有限公司"), Author("占云帆", 40))
    await found.handed_in("青花恒温料槽", "works", authors, body=replace(FOIL.body, sections=sections))
    await review_channels.take_off(found.channel, found.entries["料架"], found.by)
    await found.listed("青花恒温料槽")
    del found.entries["料架"]
    await found.marking()
    row = await ReviewEntry.select(ReviewEntry.code).where(ReviewEntry.id == found.entries["青花恒温料槽"]).first()
    async with visitors() as web:
        who = next(iter(await found.tasks("青花恒温料槽")))
        page = await (await web.signed_in(who)).get(f"/reviews/mine/2026-1/{row['code']}")
        assert page.status_code == 200
        for name in ("云窑", "冯砚秋", "冯 砚 秋", "占云帆", "素坯里", "青花恒温料槽"):
            assert name not in page.text
        assert "▢▢烧成车间收卷打皱" in page.text
        assert "卷径估算" in page.text


@SQLITE
async def test_strangers_find_nothing(database):
    found = await in_marking()
    async with visitors() as web:
        far, other, pan = [await web.signed_in(name) for name in ("xun", "tao", "pan")]
        entry = found.entries["夹具"]
        for who in (far, other, pan):
            for address in (
                f"/reviews/desk/{found.id}", f"/reviews/desk/{found.id}/entries/{entry}",
                f"/reviews/desk/{found.id}/reviewers", f"/reviews/desk/{found.id}/meeting",
                f"/reviews/channels/{found.channel}", f"/reviews/own/{entry}", "/reviews/mine/2026-1",
                "/reviews/chair/2026-1",
            ):  # fmt: skip
                assert (await who.get(address)).status_code == 404, address
        assert (await other.post(f"/reviews/own/{entry}/named", {"named": "x"})).status_code == 404


@SQLITE
async def test_the_chair_is_told_of_spreads_only_after_their_own_review(database):
    found = await in_marking()
    facts = await found.facts()
    user = await found.here.user("jia")
    for name in ("夹具", "色卡", "料架"):
        for who in await found.tasks(name):
            if who != "jia":
                points = ("60", "40") if who == "yi" else ("30", "20")
                await found.reviewed(name, who, *points, private="给组长的话")
    desk = await review_desk.desk_for(user, facts.address)
    shown = (await review_chair.view(desk, user.account_id)).overview
    own = {name for name in ("夹具", "色卡", "料架") if "jia" in await found.tasks(name)}
    assert {row.apart for row in shown.rows if row.id in {found.entries[name] for name in own}} == {None}
    assert shown.severities == ()
    for name in own:
        await found.reviewed(name, "jia", "45", "30")
    shown = (await review_chair.view(desk, user.account_id)).overview
    assert any(row.apart for row in shown.rows)
    assert shown.severities[0].tenths < 0 < shown.severities[-1].tenths
    assert (await review_scores.overview(facts)).seen == shown.seen


@SQLITE
async def test_reminders_go_once_a_day_and_a_silent_reviewer_can_be_replaced(database):
    found = await in_marking()
    chair = found.here.people["jia"]
    assert await review_chair.remind(found.id, chair, NOW) == 3
    assert await refused(review_chair.remind(found.id, chair, NOW + timedelta(hours=1))) == [("", "review_reminded")]
    tasks = await found.tasks("夹具")
    silent = next(who for who in tasks if who != "jia")
    assert await review_assigning.take_away(tasks[silent], found.id, chair, NOW) == 0
    assert silent not in await found.tasks("夹具")
    assert len(await found.tasks("夹具")) == 3
    with pytest.raises(NotFound):
        await review_marks.save(tasks[silent], sheet("1", "1"), found.here.people[silent], NOW)


@SQLITE
@pytest.mark.parametrize("blind", [True, False])
async def test_a_reviewer_is_told_of_what_is_much_like_an_entry_as_far_as_the_round_lets_them(database, blind):
    found = await ready(blind=blind)
    other = await of(found.here, "other", said=replace(FOIL, title="收卷张力自动调节（二期）"))
    await found.marking()
    row = await ReviewEntry.select(ReviewEntry.code).where(ReviewEntry.id == found.entries["夹具"]).first()
    who = next(iter(await found.tasks("夹具")))
    async with visitors() as web:
        page = await (await web.signed_in(who)).get(f"/reviews/mine/2026-1/{row['code']}")
    assert "相似度" in page.text
    assert ("收卷张力自动调节（二期）" in page.text) is not blind
    assert "素坯里" not in page.text  # whose it is nobody but its unions and its unit reads
    assert other


@SQLITE
@pytest.mark.parametrize("blind", [True, False])
async def test_papers_and_names_are_read_only_where_the_round_is_not_blind(database, blind):
    found = await ready(blind=blind)
    number = found.innovations["夹具"]
    drawn = io.BytesIO()
    Image.new("RGB", (700, 700), "#1c459c").save(drawn, "JPEG")
    file = await stored.keep("云窑证明.jpg", drawn.getvalue(), found.by, NOW, kinds=PAPER.kinds)
    await innovation_papers.add(number, file, "report", found.by, NOW)
    await InnovationFile.update({InnovationFile.since: 1}).where(InnovationFile.innovation == number)
    await found.marking()
    paper = (await innovation_papers.of(number, own=False))[0].id
    row = await ReviewEntry.select(ReviewEntry.code).where(ReviewEntry.id == found.entries["夹具"]).first()
    async with visitors() as web:
        reviewer = await web.signed_in(next(iter(await found.tasks("夹具"))))
        page = await reviewer.get(f"/reviews/mine/2026-1/{row['code']}")
        file = await reviewer.get(f"/reviews/mine/2026-1/{row['code']}/papers/{paper}")
        assert [name in page.text for name in ("云窑证明", "冯砚秋", "夹具")] == [not blind] * 3
        assert file.status_code == (404 if blind else 200)
