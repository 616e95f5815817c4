"""The pages of honours as officers, clerks, strangers and the worker meet them, from a list to a tombstone."""

from datetime import UTC, datetime

import pytest

from craftsmen.honour_tables import Honour, HonourCase, HonourList, HonourTitle
from craftsmen.rules.honours import Stage
from foundation.people import accounts, own
from foundation.work import two_person
from tests.craftsmen.honours.honours_made_up import honoured, place, shown
from tests.craftsmen.honours.test_cases import PDF
from tests.foundation.papers.sheets_made_up import xls
from tests.foundation.people.workers_made_up import PHONE, make
from tests.foundation.work.acts_made_up import PASSWORD
from tests.web import visitors

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LIST = {
    "title": "skill-leader",
    "name": "2026年技能带头人名单",
    "on": "2026-05",
    "document": "赣工字〔2026〕8号",
    "rows": "姓名\t单位\n傅远山\t老窑厂\n\t老窑厂",
}


async def at(web, sign_in: str, role: str, organisation: int):
    await accounts.create_account(sign_in, sign_in, [role], "test", datetime.now(UTC), organisation_id=organisation)
    return await web.signed_in(sign_in)


async def test_a_list_is_read_looked_at_registered_and_found(database):
    async with visitors() as web:
        officer = await web.signed_in("guan", "官", ["officer"])
        page = await officer.post("/honours/lists", {**LIST, "on": "2026-13", "rows": "没有表头"})
        assert page.status_code == 422
        assert "2026年技能带头人名单" in page.text  # nothing typed is lost
        page = await officer.post("/honours/lists", LIST)
        assert (page.status_code, page.headers["location"].split("?")[0]) == (303, "/honours/lists/1")
        page = await officer.get("/honours/lists/1")
        assert "需修改" in page.text
        assert await Honour.count() == 0
        page = await officer.post("/honours/lists/1/registration")
        assert page.status_code == 422
        page = await officer.post("/honours/lists/1/registration", {"without_wrong": "yes"})
        assert page.status_code == 303
        assert len(await shown()) == 1
        page = await officer.get("/honours?q=傅远&title=skill-leader&year=2026&stage=conferred")
        assert "傅远山" in page.text
        assert "傅远山" not in (await officer.get("/honours?q=熊")).text
        page = await officer.post("/honours/lists/1/undoing", {"reason": "登记错误"})
        assert page.status_code == 303
        assert (await HonourList.select(HonourList.stage).first())["stage"] == "visible"


async def test_a_list_comes_as_the_old_workbook_of_an_office(database):
    lines = [["2026年技能带头人名单"], *(line.split("\t") for line in LIST["rows"].split("\n"))]
    book = xls([*lines, ["合计", "2人"]], [(0, 0, 0, 1, lines[0][0])])
    async with visitors() as web:
        officer = await web.signed_in("guan", "官", ["officer"])
        page = await officer.post("/honours/lists", {**LIST, "rows": ""}, files={"file": ("名单.et", book)})
        assert page.status_code == 303
        page = (await officer.get("/honours/lists/1")).text
        assert ("傅远山" in page, "合计" in page) == (True, False)
        page = await officer.post("/honours/lists", LIST, files={"file": ("名单.et", book[:900])})
        assert (page.status_code, "这不是表格文件" in page.text) == (422, True)


async def test_a_case_goes_from_the_clerk_to_the_city_to_two_people(database):
    here = await place()
    honour = await honoured(here)
    async with visitors() as web:
        clerk, city = await at(web, "jing", "clerk", here.kiln), await at(web, "shi", "officer", here.city)
        officer, second = await web.signed_in("guan", "官", ["officer"]), await web.signed_in("fu", "副", ["officer"])
        stranger = await at(web, "sheng", "clerk", here.other)
        assert (await stranger.get(f"/honours/{honour}")).status_code == 404
        assert (await stranger.post(f"/honours/{honour}/report")).status_code == 404
        page = await clerk.post(f"/honours/{honour}/report", {"report": "举报查实"})
        assert page.status_code == 422
        assert "举报查实" in page.text
        page = await clerk.post(
            f"/honours/{honour}/report", {"report": "举报查实", "ground": "fraud"}, files={"file": PDF}
        )
        assert page.status_code == 303
        assert (await clerk.get("/honours/cases/1/files/1")).content == PDF[1]
        assert (await stranger.get("/honours/cases/1")).status_code == 404
        assert (await stranger.get("/honours/cases/1/files/1")).status_code == 404
        assert (await clerk.post("/honours/cases/1/opinion", {"word": "agree", "opinion": "属实"})).status_code == 404
        assert "您单位推荐了这项荣誉" in (await city.get("/desk")).text
        page = await city.post("/honours/cases/1/opinion", {"word": "agree", "opinion": "情况属实"})
        assert page.status_code == 303
        assert (await city.post("/honours/cases/1/revocation", {})).status_code == 404
        assert "推荐单位已答复" in (await officer.get("/desk")).text
        page = await officer.post("/honours/cases/1/revocation", {"public_reason": "材料造假", "reason": "查实"})
        assert page.status_code == 303
        act = (await HonourCase.select(HonourCase.act).first())["act"]
        page = await officer.get("/honours/cases/1")  # what was asked waits, and is not asked twice
        assert (f"/acts/{act}" in page.text, "提请撤销荣誉" in page.text) == (True, False)
        await two_person.confirm(act, second.account_id, datetime.now(UTC))
        assert (await Honour.select(Honour.stage).first())["stage"] == Stage.REVOKED
        page = await officer.post("/honours/cases/1/recovery", {"recovered": "奖章证书已收回"})
        assert page.status_code == 303
        assert "奖章证书已收回" in (await clerk.get("/honours/cases/1")).text
        page = await clerk.get(f"/honours/{honour}")
        assert "材料造假" in page.text
        assert "内部：查实" not in page.text  # for the files of those who keep the title
        assert "内部：查实" in (await officer.get(f"/honours/{honour}")).text


async def test_a_correction_is_asked_for_with_everything_that_is_missing_told(database):
    here = await place()
    honour = await honoured(here)
    async with visitors() as web:
        officer = await web.signed_in("guan", "官", ["officer"])
        page = await officer.get(f"/honours/{honour}/correction")
        assert 'value="2026-05-01"' in page.text
        typed = {"name": "冯砚秋", "body": "江西省总工会", "on": "2026", "unit_name": "云窑"}
        page = await officer.post(f"/honours/{honour}/correction", typed)
        assert page.status_code == 422
        reasons = {"public_reason": "单位更正", "reason": "来函"}
        page = await officer.post(f"/honours/{honour}/correction", {**typed, **reasons})
        assert page.status_code == 303
        assert "等待另一人复核" in (await officer.get(f"/honours/{honour}")).text
        clerk = await at(web, "jing", "clerk", here.kiln)
        assert (await clerk.post(f"/honours/{honour}/correction", typed)).status_code == 404


async def test_titles_are_added_and_changed_and_their_code_stays(database):
    async with visitors() as web:
        officer = await web.signed_in("guan", "官", ["officer"])
        assert "赣鄱工匠" in (await officer.get("/honours/titles")).text
        title = {
            "code": "park-star", "name": "园区之星", "verb": "select", "body": "园区工会", "holder": "person",
            "family": "other", "active": "yes",
        }  # fmt: skip
        assert (await officer.post("/honours/titles", {**title, "code": "Park Star"})).status_code == 422
        assert (await officer.post("/honours/titles", title)).status_code == 303
        assert (await officer.post("/honours/titles", title)).status_code == 422
        changed = {**title, "code": "other", "holder": "team", "name": "园区工匠", "listed": "yes"}
        assert (await officer.post("/honours/titles/park-star", changed)).status_code == 303
        row = await HonourTitle.select().where(HonourTitle.code == "park-star").first()
        assert (row["name"], row["holder"], row["listed"]) == ("园区工匠", "person", True)
        clerk = await web.signed_in("jing", "经", ["clerk"])
        assert (await clerk.get("/honours/titles")).status_code == 404


async def opened(web, worker: int):
    code = await own.issue_code(worker, "account:7", datetime.now(UTC))
    visitor = web.visitor()
    page = await visitor.post("/mine", {"phone": PHONE, "code": code})
    assert page.status_code == 303
    page = await visitor.get("/mine")
    visitor.csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    return visitor, page


async def test_a_worker_reads_their_honours_and_gives_one_back(database):
    here = await place()
    holder = await make(here.kiln, "傅远山", phone=PHONE)
    honour, other = await honoured(here, worker=holder), await honoured(here)
    async with visitors() as web:
        visitor, page = await opened(web, holder)
        assert f"/mine/honours/{honour}" in page.text
        assert (await visitor.get(f"/mine/honours/{other}")).status_code == 404
        assert (await visitor.post(f"/mine/honours/{other}/renunciation", {"understood": "1"})).status_code == 404
        page = await visitor.get(f"/mine/honours/{honour}")
        assert page.headers["cache-control"] == "private, no-store"
        assert (await visitor.post(f"/mine/honours/{honour}/renunciation", {})).status_code == 422
        page = await visitor.post(f"/mine/honours/{honour}/renunciation", {"understood": "1", "csrf_token": "x"})
        assert page.status_code == 403
        assert (await shown())[honour]["stage"] == "conferred"
        page = await visitor.post(f"/mine/honours/{honour}/renunciation", {"understood": "1"})
        assert page.status_code == 303
        assert {one: line["stage"] for one, line in (await shown()).items()} == {
            honour: "renounced", other: "conferred",
        }  # fmt: skip
        page = await visitor.post(f"/mine/honours/{honour}/renunciation", {"understood": "1"})
        assert page.status_code == 422


async def test_a_worker_never_reads_what_is_only_proposed(database):
    from craftsmen import honours
    from foundation.store.transactions import transaction
    from tests.craftsmen.honours.honours_made_up import NOW, draft

    here = await place()
    holder = await make(here.kiln, "傅远山", phone=PHONE)
    async with transaction():
        honour = await honours.propose(draft(here, worker=holder), "account:7", NOW)
    async with visitors() as web:
        visitor, page = await opened(web, holder)
        assert "/mine/honours" not in page.text
        assert (await visitor.get(f"/mine/honours/{honour}")).status_code == 404


async def test_whoever_confirms_that_an_honour_is_given_back_opens_its_paper_first(database):
    here = await place()
    honour = await honoured(here)
    async with visitors() as web:
        _, code = await accounts.create_account("fu", "副", ["reviewer"], "test", datetime.now(UTC))
        await accounts.activate("fu", code, PASSWORD)
        officer, second = await web.signed_in("guan", "官", ["officer"]), await web.signed_in("fu")
        stranger = await at(web, "jing", "clerk", here.kiln)
        said = {"public_reason": "本人自愿放弃", "reason": "本人来信"}
        page = await officer.post(f"/honours/{honour}/renunciation", said, files={"paper": PDF})
        assert page.status_code == 303
        act = await two_person.open_act("honour.renounce", f"honour:{honour}")
        here_address = f"/acts/{act}"
        assert "打开所依据的材料" in (await second.get(here_address)).text
        assert (await stranger.post(f"{here_address}/evidence", {})).status_code == 404
        unread = await second.post(f"{here_address}/confirmation", {"password": PASSWORD})
        assert (unread.status_code, "请先打开所依据的材料查看" in unread.text) == (422, True)
        paper = await second.post(f"{here_address}/evidence", {})
        assert (paper.content, paper.headers["content-disposition"].split(";")[0]) == (PDF[1], "attachment")
        assert "您已查看" in (await second.get(here_address)).text
        assert (await second.post(f"{here_address}/confirmation", {"password": PASSWORD})).status_code == 303
    assert (await shown())[honour]["stage"] == "renounced"
