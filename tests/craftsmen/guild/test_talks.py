"""Talks through their writer and their pages: asked for, agreed to once, counted in 人次."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from craftsmen import apprenticeship_reads, guild_todo, talks
from craftsmen.guild_tables import Talk
from craftsmen.rules.talks import Kind, Stage, TalkDraft, Total
from foundation.base.clock import today
from foundation.base.problem import NotFound, Refused
from foundation.people import workers
from foundation.people.worker_facts import Given
from tests.craftsmen.guild.made_up import AGREED, NOW, guild
from tests.web import visitors

STARTS = datetime(2026, 5, 20, 6, 0, tzinfo=UTC)


def draft(starts: datetime = STARTS, hours: int = 2) -> TalkDraft:
    return TalkDraft(
        Kind.CAMPUS, "一把刻刀四十年", "报告厅", "", starts, starts + timedelta(hours=hours), 300, "邹老师"
    )


async def asked(here, when: datetime = STARTS, by: str = "ke") -> int:
    host = here.places["firm"]
    return await talks.ask(here.workers["cheng"], draft(when), host, "浔禾石化", here.people[by], NOW)


async def refused(awaited) -> list[str]:
    with pytest.raises(Refused) as raised:
        await awaited
    return [problem.code for problem in raised.value.problems]


async def test_a_talk_is_asked_for_agreed_to_and_counted(database):
    here = await guild()
    one = await asked(here)
    assert await refused(talks.hold(one, 280, 1, "test", STARTS)) == ["talk_is_asked"]
    await talks.agree(one, 1, "test", NOW)
    assert await refused(talks.agree(one, 2, "test", NOW)) == ["talk_is_agreed"]
    assert await refused(talks.hold(one, 280, 2, "test", NOW)) == ["talk_not_yet"]
    await talks.hold(one, 280, 2, "test", STARTS)
    for who in ("ke", "shi", "xun", "sheng"):
        facts = await talks.for_user(await here.user(who), one)
        assert (facts.stage, facts.audience, facts.host_name) == (Stage.HELD, 280, "浔禾石化")
        assert await talks.sums(await here.user(who)) == [Total(2026, Kind.CAMPUS, 1, 280)]
    for stranger in ("mei", "tao", "pan"):
        with pytest.raises(NotFound):
            await talks.for_user(await here.user(stranger), one)


async def test_a_speaker_is_at_one_place_at_a_time(database):
    here = await guild()
    first, second, third = await asked(here), await asked(here), await asked(here, STARTS + timedelta(hours=2))
    await talks.agree(first, 1, "test", NOW)
    assert await refused(talks.agree(second, 1, "test", NOW)) == ["talk_hours_taken"]
    assert await refused(asked(here)) == ["talk_hours_taken"]
    await talks.agree(third, 1, "test", NOW)
    await talks.cancel(first, "会场停电", 2, "test", NOW)
    await talks.agree(second, 1, "test", NOW)


async def test_of_two_agreed_to_at_the_same_moment_one_is(database):
    here = await guild()
    both = [await asked(here), await asked(here)]
    found = await asyncio.gather(*(talks.agree(one, 1, "test", NOW) for one in both), return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["NoneType", "Refused"]
    assert await Talk.count().where(Talk.stage == "agreed") == 1


async def test_a_refusal_says_why(database):
    here = await guild()
    one = await asked(here)
    assert await refused(talks.refuse(one, " ", 1, "test", NOW)) == ["talk_reason_empty"]
    assert await refused(talks.refuse(one, "出差", 9, "test", NOW)) == ["guild_changed_meanwhile"]
    await talks.refuse(one, "那一周在外地授课，六月可以", 1, "test", NOW)
    facts = await talks.for_user(await here.user("ke"), one)
    assert (facts.stage, facts.note) == (Stage.REFUSED, "那一周在外地授课，六月可以")


async def test_talks_and_agreements_come_to_the_desk_with_a_clock(database):
    here = await guild()
    soon = datetime.now(UTC) + timedelta(days=3)
    waits, over = await asked(here, soon), await asked(here, NOW - timedelta(days=2))
    await Talk.update({Talk.stage: "agreed"}).where(Talk.id == over)
    last = today() + timedelta(days=9)
    agreement = await here.bound("wu", "cheng", AGREED.__class__("青花", "", AGREED.starts_on, last))
    lines = {who: [(one.what.code, one.address) for one in await guild_todo.rows(await here.user(who))] for who in
             ("mei", "ke", "shi", "xun", "tao", "pan")}  # fmt: skip
    ends, answer = (
        ("todo_apprenticeship_ends", f"/apprenticeships/{agreement}"),
        ("todo_talk_answer", f"/talks/{waits}"),
    )
    count = ("todo_talk_count", f"/talks/{over}")
    assert lines == {"mei": [ends], "ke": [count], "shi": [ends, answer], "xun": [count], "tao": [], "pan": []}
    assert len(await apprenticeship_reads.due(await here.user("sheng"), datetime.now(UTC))) == 1


async def test_a_refusal_stands_on_the_host_s_desk_while_it_is_news(database):
    here = await guild()
    soon, far = datetime.now(UTC) + timedelta(days=3), datetime.now(UTC) + timedelta(days=90)
    refusals = [await asked(here, when) for when in (soon, far, far)]
    for one in refusals:
        await talks.refuse(one, "那一周在外地授课", 1, "test", datetime.now(UTC))
    over = await asked(here, NOW)
    await talks.refuse(over, "没有时间", 1, "test", datetime.now(UTC))
    old = datetime.now(UTC) - talks.TOLD
    await Talk.update({Talk.changed_at: old}).where(Talk.id == refusals[2])
    lines = {who: [(one.what.code, one.address) for one in await guild_todo.rows(await here.user(who))] for who in
             ("ke", "xun", "mei", "shi", "tao")}  # fmt: skip
    told = [("todo_talk_refused", f"/talks/{one}") for one in refusals[:2]]
    assert lines == {"ke": told, "xun": told, "mei": [], "shi": [], "tao": []}
    async with visitors(database) as web:
        assert "宣讲邀请未获同意" in (await (await web.signed_in("ke")).get("/desk")).text


async def test_a_merged_speaker_keeps_their_talks(database):
    here = await guild()
    again, _ = await workers.create(Given("程砚秋"), here.places["works"], "test", NOW)
    one = await asked(here)
    await here.merged(again, here.workers["cheng"])
    assert (await Talk.select(Talk.speaker).where(Talk.id == one).first())["speaker"] == again


async def test_a_clerk_books_by_name_and_loses_nothing_typed(database):
    here = await guild()
    day = (today() + timedelta(days=30)).isoformat()
    form = {
        "speaker": "程砚秋", "kind": "campus", "topic": "一把刻刀", "place": "报告厅", "host_name": "浔阳技师学院",
        "on": day, "from": "14:00", "until": "15:30", "expected": "300", "contact": "邹老师",
    }  # fmt: skip
    async with visitors(database) as web:
        clerk = await web.signed_in("ke")
        answer = await clerk.post("/talks", form)
        assert answer.status_code == 422
        assert "没有名叫“程砚秋”且已公开主页的工匠" in answer.text
        linked = await clerk.get("/talks/new?speaker=%E7%A8%8B%E7%A0%9A%E7%A7%8B")
        assert 'value="程砚秋"' in linked.text
        assert 'value="浔阳技师学院"' in answer.text
        await here.page("cheng")
        made = await clerk.post("/talks", form)
        assert made.headers["location"].startswith("/talks/1")
        assert (await (await web.signed_in("mei")).get("/talks/1")).status_code == 404
        officer = await web.signed_in("shi")
        assert "邀请工匠宣讲，请答复" in (await officer.get("/desk")).text
        assert (await clerk.post("/talks/1/agreement", {"revision": "1"})).status_code == 404
        refusal = await officer.post("/talks/1/refusal", {"revision": "1", "reason": ""})
        assert (refusal.status_code, "请说明理由" in refusal.text) == (422, True)
        await officer.post("/talks/1/agreement", {"revision": "1"})
        assert "已同意" in (await clerk.get("/talks")).text
        await Talk.update({Talk.starts_at: NOW, Talk.ends_at: NOW}).where(Talk.id == 1)
        wrong = await clerk.post("/talks/1/audience", {"revision": "2", "audience": "很多"})
        assert (wrong.status_code, 'value="很多"' in wrong.text) == (422, True)
        await clerk.post("/talks/1/audience", {"revision": "2", "audience": "280"})
        assert "280人次" in (await clerk.get("/talks")).text


async def test_an_agreement_is_written_down_from_names(database):
    here = await guild()
    await workers.create(Given("程砚秋", occupation="陶瓷工艺师"), here.places["works"], "test", NOW)
    form = {
        "master": "吴有福", "apprentice": "程砚秋", "skill": "釉下青花", "starts_on": "2026-05-01",
        "ends_on": "2029-04-30", "terms": "每周两个下午",
    }  # fmt: skip
    async with visitors(database) as web:
        clerk = await web.signed_in("mei")
        answer = await clerk.post("/apprenticeships", form)
        assert answer.status_code == 422
        assert "请在下面选择是哪一位" in answer.text
        assert "陶瓷工艺师" in answer.text
        assert "每周两个下午" in answer.text
        stranger = await clerk.post("/apprenticeships", {**form, "apprentice": "柯河"})
        assert "您管理的职工中没有“柯河”" in stranger.text
        made = await clerk.post("/apprenticeships", {**form, "apprentice_id": str(here.workers["cheng"])})
        assert made.headers["location"].startswith("/apprenticeships/1")
        assert "吴有福" in (await clerk.get(f"/apprenticeships/tree/{here.workers['wu']}")).text
        early = await clerk.post("/apprenticeships/1/conclusion", {"step": "complete", "result": "", "revision": "1"})
        assert early.status_code == 409
        assert "每周两个下午" in early.text
        paper = {"paper": ("协议.pdf", b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n")}
        assert (await clerk.post("/apprenticeships/1/agreement", {}, files=paper)).status_code == 303
        assert (await clerk.get("/apprenticeships/1/agreement")).content.startswith(b"%PDF")
        assert (await (await web.signed_in("tao")).get("/apprenticeships/1/agreement")).status_code == 404
        done = await clerk.post("/apprenticeships/1/conclusion", {"step": "end", "result": "调离", "revision": "2"})
        assert done.status_code == 303
        assert "调离" in (await clerk.get("/apprenticeships/1")).text
