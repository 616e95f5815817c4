"""What leaves the house of nominations: all attachments as one zip, printed forms and their scans, meeting books."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from craftsmen import materials, meeting_books, nomination_printing, nomination_reads, nominations, standings
from craftsmen.nomination_papers import Printed, approval_form
from craftsmen.nomination_rounds import by_id
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.facts import NomineeFacts, Role, UnitType
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.papers_printed import asked_on
from craftsmen.rules.round_rules import MaterialRule, OpinionRule
from foundation.base.problem import Refused
from foundation.papers.documents import Sheet
from foundation.papers.printing import to_pdf
from foundation.process import prints
from foundation.process.prints import Freshness
from foundation.store import ledger
from foundation.work import jobs
from foundation.work.job_runner import run_due
from ganpo import background
from tests.craftsmen.nominations.cast import DRAFT, NOW, PDF, RULES, province
from tests.craftsmen.nominations.test_pictures import put
from tests.foundation.papers.reading import joined
from tests.web import visitors

NEWER = PDF.replace(b"<<>>", b"<</A 1>>")


@pytest.fixture
def no_background(monkeypatch):
    async def idle(*args: object) -> int:
        return 0

    monkeypatch.setattr(background.job_runner, "run_due", idle)


def names(page):
    return zipfile.ZipFile(io.BytesIO(page.content)).namelist()


async def test_all_files_of_a_nomination_are_one_zip_with_names_that_say_whose(database):
    here = await province()
    address = await here.nominated("ji")
    await here.paper(address, "minutes", content=NEWER)
    await put(here, address)
    for caption in ("一", "二"):
        await put(here, address, "photograph", caption=caption)
    folder = "南昌市/泊阳瓷厂工会/南昌市-泊阳瓷厂工会-𠮷田"
    async with visitors() as web:
        page = await (await web.signed_in("mei")).get(f"/nominations/{address}/attachments")
        assert (page.status_code, page.headers["cache-control"]) == (200, "private, no-store")
        assert "filename*=UTF-8''" in page.headers["content-disposition"]
        assert sorted(names(page)) == sorted([
            f"{folder}-职代会决议.pdf", f"{folder}-单位公示无异议证明.pdf", f"{folder}-推荐审批表.pdf",
            f"{folder}-肖像.jpg", f"{folder}-工作照片.jpg", f"{folder}-工作照片(2).jpg",
        ])  # fmt: skip
        inside = zipfile.ZipFile(io.BytesIO(page.content))
        assert inside.read(f"{folder}-职代会决议.pdf") == NEWER  # the one that counts, not the replaced
        for who in ("tao", "ke", "xun"):
            assert (await (await web.signed_in(who)).get(f"/nominations/{address}/attachments")).status_code == 404
        empty = await here.begun("cheng")
        assert (await (await web.signed_in("mei")).get(f"/nominations/{empty}/attachments")).status_code == 404


async def test_the_zip_of_a_round_holds_what_one_may_see_in_the_order_of_ranks(database):
    here = await province()
    first, second = await here.nominated("cheng"), await here.nominated("xiong", "tao")
    foreign, gone = await here.nominated("kehe", "ke"), await here.nominated("ji")
    ranks = {first: 2, second: 1, foreign: 1}
    for address, rank in ranks.items():
        await Nomination.update({Nomination.rank: rank}).where(Nomination.address == address)
    await Nomination.update({Nomination.stage: "withdrawn"}).where(Nomination.address == gone)
    at = f"/nominations/rounds/{here.round}/attachments"
    async with visitors() as web:
        seen = {}
        for who in ("sheng", "shi", "xun"):
            page = await (await web.signed_in(who)).post(at)
            people = [name.split("/")[2].split("-")[2] for name in names(page)]
            seen[who] = list(dict.fromkeys(people))
        assert seen == {"sheng": ["熊晓燕", "程砚秋", "柯河"], "shi": ["熊晓燕", "程砚秋"], "xun": ["柯河"]}
        for who in ("mei", "wu"):
            assert (await (await web.signed_in(who)).post(at)).status_code == 404
        assert (await web.visitor().post(at)).status_code == 401
    taken = [one for one in await ledger.entries(f"round:{here.round_id}") if one.act == "round.attachments_taken"]
    assert len(taken) == 3


async def test_a_print_is_recorded_told_stale_and_takes_its_scan_back(database):
    here = await province()
    address = await here.nominated("cheng")
    one, mei = await here.facts(address), here.people["mei"]
    form = "approval"
    async with visitors() as web:
        visitor = await web.signed_in("mei")
        for _ in range(2):
            assert (await visitor.post(f"/nominations/{address}/form/pdf", {"sheet": "A4"})).status_code == 200
        made = await prints.of(one.subject, form)
        assert [(each.data_hash, each.times) for each in made] == [(standings.version(one), 2)]
        draft = nominations.NominationDraft(
            **{name: getattr(one.draft, name) for name in one.draft.__dataclass_fields__} | {"summary": "换了一句话。"}
        )
        await nominations.save(one.id, draft, one.revision, f"account:{mei}", NOW)
        now = await here.facts(address)
        assert await prints.state(one.subject, form, standings.version(now)) is Freshness.STALE
        assert made[0].version in (await visitor.get(f"/nominations/{address}")).text
        strange = await visitor.post(
            f"/nominations/{address}/materials/approval",
            {"version": "0000-0000"},
            files={"material_approval": ("表.pdf", PDF, "application/pdf")},
        )
        assert strange.status_code == 422
    await materials.hand_in(one.id, "approval", "表.pdf", PDF, mei, NOW, version=made[0].version.upper())
    (back,) = await prints.of(one.subject, form)
    assert back.scan == await materials.file_of(one.id, "approval")
    lines = {line.rule.code: line.state for line in (await standings.of(now, NOW)).standing.materials}
    assert lines["approval"] == "outdated"
    rules = (await by_id(here.round_id)).rules
    await nomination_printing.record(now, rules, nomination_printing.paper_of(now, rules, ""), mei, datetime.now(UTC))
    await materials.hand_in(one.id, "approval", "表.pdf", PDF, mei, NOW)  # the newest print, where nothing is said
    lines = {line.rule.code: line.state for line in (await standings.of(now, NOW)).standing.materials}
    assert lines["approval"] == "here"


HEADS = (("role", "enterprise_head"),)
STATE_HEADS = (*HEADS, ("unit_type", "state_enterprise"))
PAPERS = (
    MaterialRule("form", "推荐审批表", ours=True),
    MaterialRule("story", "事迹材料", ours=True),
    MaterialRule("heads", "企业负责人征求意见表", HEADS, ours=True),
    MaterialRule("state_heads", "国有企业负责人审计和纪检监察意见表", STATE_HEADS, ours=True),
    MaterialRule("cadres", "干部征求意见表", (("role", "cadre"),), ours=True),
)
ASKED = (
    OpinionRule("tax", "税务部门意见", HEADS),
    OpinionRule("audit", "审计部门意见", STATE_HEADS),
    OpinionRule("discipline", "纪检监察机关意见", (("role", "enterprise_head|cadre"), STATE_HEADS[1])),
    OpinionRule("managing", "干部主管部门意见", (("role", "cadre"),)),
)
HEAD = replace(DRAFT, role=Role.ENTERPRISE_HEAD, unit_type=UnitType.STATE_ENTERPRISE)


@pytest.mark.parametrize(
    ("draft", "asked"),
    [
        (HEAD, {"heads": ["tax"], "state_heads": ["audit", "discipline"], "cadres": []}),
        (replace(HEAD, unit_type=UnitType.NON_PUBLIC), {"heads": ["tax"], "state_heads": [], "cadres": []}),
        (replace(HEAD, role=Role.CADRE), {"heads": [], "state_heads": [], "cadres": ["discipline", "managing"]}),
        (replace(HEAD, role=Role.FRONT_LINE), {"heads": [], "state_heads": [], "cadres": []}),
    ],
)
def test_every_opinion_stands_on_the_paper_that_fits_it_best(draft, asked):
    facts = NomineeFacts(1, "", role=draft.role, unit_type=draft.unit_type)
    assert {
        rule.code: [one.code for one in asked_on(rule, PAPERS, ASKED, facts)] for rule in PAPERS if rule.when
    } == asked


async def test_every_paper_prints_its_own_document_and_knows_its_own_versions(database):
    here = await province(replace(RULES, materials=PAPERS, opinions=ASKED, questions=()))
    one = await here.facts(address := await here.begun("cheng"))
    mei = here.people["mei"]
    await nominations.save(one.id, HEAD, one.revision, f"account:{mei}", NOW)

    async def stale() -> set[str]:
        now = await here.facts(address)
        found = await nomination_printing.of(now, (await by_id(here.round_id)).rules)
        assert set(found) == {"form", "story", "heads", "state_heads"}
        return {code for code, made in found.items() if made.stale}

    async def checklist() -> dict[str, str]:
        found = (await standings.of(await here.facts(address), NOW)).standing.materials
        return {line.rule.code: line.state for line in found}

    async def changed(**more) -> None:
        now = await here.facts(address)
        await nominations.save(now.id, replace(HEAD, **more), now.revision, f"account:{mei}", NOW)

    async with visitors() as web:
        visitor = await web.signed_in("mei")
        said = {}
        for code in ("form", "story", "heads", "state_heads"):
            page = await visitor.post(f"/nominations/{address}/form/pdf", {"paper": code})
            assert page.status_code == 200
            said[code] = joined(page.content)
        for nothing in ("cadres", "minutes", "nowhere"):
            assert (await visitor.post(f"/nominations/{address}/form/pdf", {"paper": nothing})).status_code == 404
        words = ("省总工会意见", "税务部门意见", "审计部门意见")
        assert {code: [word in text for word in words] for code, text in said.items()} == {
            "form": [True, False, False], "story": [False, False, False],
            "heads": [False, True, False], "state_heads": [False, False, True],
        }  # fmt: skip
        assert await stale() == set()
        await changed(story=HEAD.story + "后来又收了三个徒弟。")
        assert await stale() == {"form", "story"}
        await changed(summary="换了一句话。")
        assert await stale() == {"form", "heads", "state_heads"}
        page = (await visitor.get(f"/nominations/{address}")).text
        assert ["《推荐审批表》" in page, "《事迹材料》" in page, "《企业负责人征求意见表》" in page] == [
            True,
            False,
            True,
        ]
    await materials.hand_in(one.id, "story", "事迹.pdf", PDF, mei, NOW)
    await changed(summary="又换了一句话。")
    lines = {
        line.rule.code: line.state for line in (await standings.of(await here.facts(address), NOW)).standing.materials
    }
    assert lines["story"] == "here"  # nothing on it changed
    (story,) = await prints.of(one.subject, "story")
    assert story.scan == await materials.file_of(one.id, "story")
    with pytest.raises(Refused):
        await materials.hand_in(one.id, "heads", "表.pdf", PDF, mei, NOW, version=story.version)
    await changed(story="另一个故事。" * 30)
    lines = {
        line.rule.code: line.state for line in (await standings.of(await here.facts(address), NOW)).standing.materials
    }
    assert lines["story"] == "outdated"


async def test_nobody_hands_in_a_version_that_was_never_printed(database):
    here = await province()
    address = await here.nominated("cheng")
    one = await here.facts(address)
    before = await materials.file_of(one.id, "approval")
    with pytest.raises(Refused) as refused:
        await materials.hand_in(one.id, "approval", "表.pdf", PDF, here.people["mei"], NOW, version="3f2a-91c0")
    assert [(each.code, each.field) for each in refused.value.problems] == [
        ("print_version_unknown", "material_approval")
    ]
    assert await materials.file_of(one.id, "approval") == before


async def test_the_portrait_is_on_the_form(database):
    here = await province()
    address = await here.begun("cheng")
    words = nomination_printing.Words({}, {}, {})
    found = await by_id(here.round_id)
    (bare,) = await nomination_printing.printed([await here.facts(address)], words)
    await put(here, address)
    (shown,) = await nomination_printing.printed([await here.facts(address)], words)
    assert (bare.portrait, shown.portrait.alt) == (None, "程砚秋在窑前")
    assert shown.portrait.content[8:12] == b"WEBP"

    async def pictures_in(one: Printed) -> int:
        return len(re.findall(rb"/Subtype\s*/Image", await to_pdf(approval_form(found, one, NOW, Sheet.A4))))

    assert (await pictures_in(bare), await pictures_in(shown)) == (0, 1)


async def test_a_long_book_is_made_as_a_job_for_who_asked(database, monkeypatch, no_background):
    here = await province()
    for who, by in (("cheng", "mei"), ("xiong", "tao")):
        await here.nominated(who, by)
    await Nomination.update({Nomination.stage: Stage.PROVINCE.value}, force=True)
    monkeypatch.setattr("craftsmen.routes.nomination_prints.AT_ONCE", 1)
    at = f"/nominations/rounds/{here.round}"
    async with visitors() as web:
        shen, sheng = await web.signed_in("shen"), await web.signed_in("sheng")
        begun = await shen.post(f"{at}/book/pdf", {"members": "3"})
        assert begun.status_code == 303
        job = int(re.search(r"/jobs/(\d+)", begun.headers["location"])[1])
        assert (await shen.get(f"{at}/books/{job}")).status_code == 404  # not made yet
        assert await run_due(lambda: datetime.now(UTC)) == 1
        done = await jobs.job_of(shen.account_id, job)
        assert (done.stage, done.result) == ("done", f"{at}/books/{job}")
        book = await shen.get(done.result)
        assert (book.status_code, book.content[:5]) == (200, b"%PDF-")
        assert (await sheng.get(done.result)).status_code == 404
        assert (await shen.get(f"/nominations/rounds/another/books/{job}")).status_code == 404
        # it is kept for some days; then it is made again where it was asked for
        assert await meeting_books.let_go(datetime.now(UTC) - timedelta(days=30)) == 0
        assert await meeting_books.let_go(datetime.now(UTC) + timedelta(seconds=1)) == 1
        gone = await shen.get(done.result)
        assert (gone.status_code, gone.headers["location"].partition("?")[0]) == (303, f"{at}/book")
        assert "该评审会议材料已超过保存期限" in (await shen.get(gone.headers["location"])).text
        assert (await sheng.get(done.result)).status_code == 404


async def test_a_book_whose_candidates_all_left_says_so(database, no_background):
    here = await province()
    address = await here.nominated("cheng")
    one = await here.facts(address)
    words = nomination_printing.Words({}, {}, {})
    by = here.people["shen"]
    job = await meeting_books.start(here.round_id, [one.id], 3, "pdf", words, by, NOW)
    await run_due(lambda: datetime.now(UTC))
    ended = await jobs.job_of(by, job)
    assert (ended.stage, ended.problem.code) == ("failed", "book_empty")
    assert (await nomination_reads.by_ids([one.id]))[0].stage is Stage.DRAFT
