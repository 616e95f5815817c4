"""Notices on the web: drafted, reviewed, opened, stopped, shown; who may, and what a kept page tells."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

from foundation.base.clock import today
from foundation.people import accounts
from foundation.process import notice_drafts
from foundation.process.notice_tables import Notice
from foundation.store.engines import Engine
from tests.calendars import know_the_years
from tests.web import Visitor, visitors

TABLE = "名次\t参赛编号\t总分\n1\tA07\t92.5\n2\tB03\t90"
DRAFT = {
    "title": "焊工赛项成绩公示", "text": "现将成绩予以公示。", "contact": "省总工会经济工作部 0791-00000000",
    "table": TABLE, "days": "5", "end_time": "17:30", "about": "contest:2026-1-01", "label": "焊工赛项",
}  # fmt: skip


async def drafted(officer: Visitor, **changed: str) -> str:
    """Draft a notice by the form; answers its address."""
    await know_the_years()
    answer = await officer.post("/notices/manage", {**DRAFT, **changed})
    assert answer.status_code == 303, answer.text
    found = re.search(r"/notices/manage/([0-9-]+)", answer.headers["location"])
    assert found is not None
    return found[1]


async def read(visitor: Visitor, base: str) -> dict[str, str]:
    """What the form of somebody who reads the notice now carries."""
    found = re.search(r'name="wording" value="([0-9a-f]{64})"', (await visitor.get(base)).text)
    return {"wording": found[1]} if found else {}


async def reviewed(officer: Visitor, address: str) -> None:
    """Sent to review, and approved by somebody else."""
    assert (await officer.post(f"/notices/manage/{address}/review")).status_code == 303
    row = await Notice.select(Notice.id).where(Notice.address == address).first()
    assert row is not None
    second = await accounts.find("second")
    by = second.id if second else (await accounts.create_account("second", "second", [], "test", datetime.now(UTC)))[0]
    await notice_drafts.approve(row["id"], by, datetime.now(UTC))


async def opened(officer: Visitor, **changed: str) -> str:
    """A notice that runs from now on."""
    address = await drafted(officer, **changed)
    await reviewed(officer, address)
    base = f"/notices/manage/{address}"
    assert (await officer.post(f"{base}/opening", await read(officer, base))).status_code == 303
    return address


async def test_a_notice_is_drafted_opened_and_read_by_anyone(database: Engine) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        address = await drafted(officer)
        assert (await anyone.get(f"/notices/{address}")).status_code == 404
        await reviewed(officer, address)
        base = f"/notices/manage/{address}"
        assert (await officer.post(f"{base}/opening", await read(officer, base))).status_code == 303
        page = await anyone.get(f"/notices/{address}")
        assert page.status_code == 200
        for words in ("焊工赛项成绩公示", "现将成绩予以公示。", "0791-00000000", "A07", "92.5", "公示中"):
            assert words in page.text
        assert 'method="post"' not in page.text
        assert "set-cookie" not in page.headers
        assert address in (await anyone.get("/notices")).text
        english = (await anyone.get(f"/en/notices/{address}")).text
        assert "On show" in english


async def test_the_page_s_hash_is_that_of_the_file(database: Engine) -> None:
    async with visitors() as web:
        address = await opened(await web.signed_in("ling", roles=["officer"]))
        anyone = web.visitor()
        file = await anyone.get(f"/notices/{address}/snapshot.json")
        assert file.headers["cache-control"] == "no-store"  # else somebody on the way keeps it beyond a suspension
        digest = hashlib.sha256(file.content).hexdigest()
        page = (await anyone.get(f"/notices/{address}")).text
        grouped = "".join(f"<span>{digest[start : start + 8]}</span>" for start in range(0, 64, 8))
        assert grouped in page
        assert file.headers["content-disposition"] == f'attachment; filename="notice-{address}.json"'


async def test_a_kept_page_is_fresh_when_the_notice_is_stopped_or_ends(database: Engine) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        address = await opened(officer)
        assert "提出异议</a>" in (await anyone.get(f"/notices/{address}")).text
        stopped = await officer.post(f"/notices/manage/{address}/stop", {"reason": "名单有误"})
        assert stopped.status_code == 303
        page = (await anyone.get(f"/notices/{address}")).text
        assert ("名单有误" in page, "提出异议</a>" in page) == (True, False)
        again = await officer.get(f"/notices/manage/new?replaces={address}")
        assert "焊工赛项成绩公示" in again.text
        newer = await opened(officer, replaces=address)
        assert f'href="/notices/{newer}"' in (await anyone.get(f"/notices/{address}")).text
        assert address in (await anyone.get(f"/notices/{newer}")).text


async def test_a_notice_that_has_ended_says_so(database: Engine) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        address = await opened(officer)
        await Notice.update({Notice.ends_at: datetime.now(UTC) - timedelta(seconds=1)}).where(Notice.address == address)
        page = (await anyone.get(f"/notices/{address}")).text
        assert ("公示无异议" in page, f"/notices/{address}/objection" in page) == (True, False)
        late = await officer.post(f"/notices/manage/{address}/stop", {"reason": "晚了"})
        assert (late.status_code, "晚了" in late.text) == (422, True)


async def test_a_draft_that_is_wrong_keeps_every_word(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        wrong = {**DRAFT, "table": "姓名\t身份证号\n王一\t1", "days": "3", "end_time": "傍晚", "title": ""}
        page = await officer.post("/notices/manage", wrong)
        assert page.status_code == 422
        for words in ("身份证号", "傍晚", "现将成绩予以公示。", "0791-00000000", "公示不少于5个工作日"):
            assert words in page.text
        personal = await officer.post("/notices/manage", {**DRAFT, "table": "姓名\t单位\n王一\t13800001234"})
        assert (personal.status_code, "手机号" in personal.text) == (422, True)
        assert await Notice.count() == 0


async def test_results_are_opened_after_another_s_review(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        reviewer = await web.signed_in("shen", roles=["reviewer"])
        address = await drafted(officer, results="yes")
        base = f"/notices/manage/{address}"
        assert (await officer.post(f"{base}/opening")).status_code == 422
        assert (await reviewer.post(f"{base}/opening")).status_code == 404
        assert (await officer.post(f"{base}/review")).status_code == 303
        assert (await officer.post(f"{base}/approval")).status_code == 404
        back = await reviewer.post(f"{base}/return", {"note.title": " ", "return": "title"})
        assert (back.status_code, "f-note.title-error" in back.text) == (422, True)
        assert (await reviewer.post(f"{base}/return", {"note.title": "请写全称"})).status_code == 303
        assert "请写全称" in (await officer.get(base)).text
        elsewhere = await officer.post(f"{base}/draft", {**DRAFT, "results": "yes", "contact": "别处"})
        assert (elsewhere.status_code, "别处" in elsewhere.text) == (422, True)
        assert (await officer.post(f"{base}/draft", {**DRAFT, "results": "yes", "title": "改后"})).status_code == 303
        assert (await officer.post(f"{base}/review")).status_code == 303
        seen = await read(reviewer, base)
        assert (await reviewer.post(f"{base}/approval", seen)).status_code == 303
        late = await reviewer.post(f"{base}/approval", seen)
        assert (late.status_code, "公示已进入其他环节" in late.text) == (422, True)
        assert (await officer.post(f"{base}/opening", await read(officer, base))).status_code == 303
        assert "改后" in (await web.visitor().get(f"/notices/{address}")).text


async def test_what_is_approved_and_opened_is_what_was_read(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        reviewer = await web.signed_in("shen", roles=["reviewer"])
        base = f"/notices/manage/{await drafted(officer, results='yes')}"
        assert (await officer.post(f"{base}/review")).status_code == 303
        old = await read(reviewer, base)  # a page that stays open while the draft comes back and is changed
        assert (await reviewer.post(f"{base}/return", {"note.table": "第2行有误"})).status_code == 303
        changed = {**DRAFT, "results": "yes", "table": TABLE.replace("90", "89")}
        assert (await officer.post(f"{base}/draft", changed)).status_code == 303
        assert (await officer.post(f"{base}/review")).status_code == 303
        for stale in (old, {}):
            page = await reviewer.post(f"{base}/approval", stale)
            assert (page.status_code, "请重新阅读后再作决定" in page.text, ">89<" in page.text) == (422, True, True)
        new = await read(reviewer, base)
        assert (await reviewer.post(f"{base}/approval", new)).status_code == 303
        for stale in (old, {}):
            page = await officer.post(f"{base}/opening", stale)
            assert (page.status_code, "请重新阅读后再作决定" in page.text) == (422, True)
        assert await read(officer, base) == new
        assert (await officer.post(f"{base}/opening", new)).status_code == 303


async def test_strangers_find_nothing_and_supervisors_only_read(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        stranger = await web.signed_in("who", roles=["organiser"])
        supervisor = await web.signed_in("jian", roles=["supervisor"])
        address = await drafted(officer)
        base = f"/notices/manage/{address}"
        for path in ("/notices/manage", "/notices/manage/new", base, f"{base}/draft", f"{base}/objection"):
            assert (await stranger.get(path)).status_code == 404, path
        acts = ("draft", "discarding", "review", "approval", "return", "opening", "stop", "objection")
        for one in (stranger, supervisor):
            answers = [(await one.post(f"{base}/{act}", {"reason": "x"})).status_code for act in acts]
            assert answers == [404] * len(acts)
        seen = [await supervisor.get(path) for path in ("/notices/manage", base, "/notices/manage/new")]
        assert [page.status_code for page in seen] == [200, 200, 404]
        assert 'action="/notices' not in seen[1].text
        row = await Notice.select(Notice.stage).first()
        assert row == {"stage": "draft"}


async def test_addresses_that_are_none_are_nowhere(database: Engine) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        for wanted in ("x", "2026-0", "2026-1'", "%00", "2026-999999999", "9" * 300, "..%2f"):
            assert (await anyone.get(f"/notices/{wanted}")).status_code == 404
            assert (await anyone.get(f"/notices/{wanted}/snapshot.json")).status_code == 404
            assert (await officer.get(f"/notices/manage/{wanted}")).status_code == 404
        for query in ("?before=x", "?before=-1", "?before=99999999999", "?before=1&before=2"):
            assert (await anyone.get(f"/notices{query}")).status_code == 404
            assert (await officer.get(f"/notices/manage{query}")).status_code == 404
        assert (await officer.get("/notices/manage/new?replaces=2026-7")).status_code == 404


async def test_lists_go_on_where_they_ended(database: Engine) -> None:
    async with visitors() as web:
        officer, anyone = await web.signed_in("ling", roles=["officer"]), web.visitor()
        for _ in range(31):
            await opened(officer)
        for who, path in ((anyone, "/notices"), (officer, "/notices/manage")):
            first = (await who.get(path)).text
            assert f'href="{path}?before=2"' in first
            assert "2026-1<" in (await who.get(f"{path}?before=2")).text.replace(str(today().year), "2026")
