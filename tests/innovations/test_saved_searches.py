"""Kept searches, their feeds, and spreadsheets of what was found: whose they are, what they tell, when they end."""

import io
import re
from dataclasses import replace as changed

import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from foundation.base.problem import NotFound
from foundation.people import accounts, organisation_moves, posts
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import job_runner
from foundation.work.jobs import Stage, jobs_of
from innovations import innovations, saved_searches, search_exports
from innovations.search_tables import SavedSearch, SearchExport
from tests.innovations.made_up import NOW, SAID, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovation_index import BY, kept
from tests.innovations.test_innovation_similar import of
from tests.innovations.test_innovations import revision
from tests.web import visitors

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FEED = re.compile(r"/search/feeds/[0-9A-Z]{26}")


async def fed(web, clerk, number: int) -> str:
    """The address of a newly opened feed."""
    page = await clerk.post(f"/search/saved/{number}/feed")
    assert page.headers["cache-control"] == "no-store"
    assert FEED.search((await clerk.get("/search/saved")).text) is None  # shown this once
    return FEED.search(page.text)[0]


async def only_saved() -> int:
    return (await SavedSearch.select(SavedSearch.id).first())["id"]


def lines(content: bytes) -> list[list]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [row for row in rows if isinstance(row[0], float)]


async def test_a_search_is_kept_once_under_the_hat_and_removed(database):
    here = await works()
    async with visitors() as web:
        clerk, other = await web.signed_in("mei"), await web.signed_in("yue")
        for _ in range(2):
            answer = await clerk.post("/search/saved", {"q": " 收卷  年:2025 ", "in": "innovation", "name": ""})
            assert answer.status_code == 303
        page = await clerk.get(answer.headers["location"])
        assert page.text.count("收卷 年:2025") == 2  # the name is what was typed
        assert await SavedSearch.count() == 1
        number = await only_saved()
        assert "还没有保存检索" in (await other.get("/search/saved")).text
        for act in ("feed", "feed/closing", "removal"):
            assert (await other.post(f"/search/saved/{number}/{act}")).status_code == 404
        assert (await web.visitor().get("/search/saved")).status_code == 303
        assert (await (await web.signed_in("pan")).get("/search/saved")).status_code == 404
        wrong = await clerk.post("/search/saved", {"q": "年:二三", "name": "x" * 61})
        assert wrong.status_code == 422
        assert 'value="年:二三"' in wrong.text
        long = await clerk.post("/search/saved", {"q": "收卷", "name": "x" * 61})
        assert "名称最多 60 字" in long.text
        assert (await clerk.post("/search/saved", {"q": "  "})).status_code == 422
        assert (await clerk.post("/search/saved", {"q": "收卷", "in": "shown_innovation"})).status_code == 404
        assert (await clerk.post(f"/search/saved/{number}/removal")).status_code == 303
        assert await SavedSearch.count() == 0
    acts = [entry.act for entry in await ledger.entries(f"saved-search:{number}")]
    assert acts == ["saved_search.removed", "saved_search.saved"]
    for n in range(saved_searches.MOST):
        await saved_searches.save(await here.user("mei"), "", f"收卷{n}", "", NOW)
    async with visitors() as web:
        many = await (await web.signed_in("mei")).post("/search/saved", {"q": "收卷", "name": ""})
        assert "已保存 30 个检索" in many.text


async def test_a_feed_tells_what_its_owner_may_see_and_ends(database):
    here = await works()
    proposal, _ = await here.sent()
    number = await kept(here, said=replace(FOIL, title="窑车<收卷>"))
    await of(here, "other", said=replace(FOIL, title="邻厂的窑车"))
    async with visitors() as web:
        clerk, anyone = await web.signed_in("mei"), web.visitor()
        await clerk.post("/search/saved", {"q": "窑车", "name": "窑车&倒窑"})
        saved = await only_saved()
        first = await fed(web, clerk, saved)
        answer = await anyone.get(first)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-store")
        assert answer.headers["content-type"].startswith("application/atom+xml")
        for said in ("窑车&amp;倒窑", "窑车&lt;收卷&gt;", f"/innovations/desk/{number}", f"/proposals/desk/{proposal}"):
            assert said in answer.text
        for hidden in ("邻厂的窑车", "冯砚秋", "夜班码放不一"):
            assert hidden not in answer.text
        address = await fed(web, clerk, saved)
        assert (await anyone.get(first)).status_code == 404
        await innovations.withdraw(number, "", await revision(number), BY, NOW)
        assert f"/innovations/desk/{number}" not in (await anyone.get(address)).text
        assert (await anyone.get(address.lower())).status_code == 200  # typed by hand
        for junk in ("/search/feeds/x", address[:-1], f"{address}0"):
            assert (await anyone.get(junk)).status_code == 404
        await clerk.post(f"/search/saved/{saved}/feed/closing")
        assert (await anyone.get(address)).status_code == 404


@pytest.mark.parametrize("ends", ["account", "post", "removal", "role"])
@ON_SQLITE
async def test_a_feed_ends_with_account_post_and_search(database, ends):
    here = await works()
    await here.sent()
    async with visitors() as web:
        clerk, anyone = await web.signed_in("mei"), web.visitor()
        await clerk.post("/search/saved", {"q": "窑车", "name": ""})
        address = await fed(web, clerk, await only_saved())
        assert (await anyone.get(address)).status_code == 200
        if ends == "account":
            await accounts.set_active(here.people["mei"], active=False, by="test")
        elif ends == "removal":
            await clerk.post(f"/search/saved/{await only_saved()}/removal")
        else:
            if ends == "role":
                await posts.give(here.people["mei"], here.places["works"], ["organiser"], "test", NOW)
            await posts.end(here.people["mei"], here.places["works"], "test", NOW, ["clerk"])
        assert (await anyone.get(address)).status_code == 404


@ON_SQLITE
async def test_a_merged_unit_takes_its_kept_searches_along(database):
    here = await works()
    await kept(here)
    async with visitors() as web:
        clerk, anyone = await web.signed_in("mei"), web.visitor()
        await clerk.post("/search/saved", {"q": "收卷", "name": ""})
        address = await fed(web, clerk, await only_saved())
        await organisation_moves.merge(here.places["works"], here.places["other"], "test", NOW)
        assert FOIL.title in (await anyone.get(address)).text


async def test_a_few_rows_are_a_spreadsheet_at_once_and_in_the_ledger(database):
    here = await works()
    proposal, _ = await here.sent(changed(SAID, title="=1+1 收卷"))
    await here.verified(proposal)
    number = await kept(here, "take_in", "award", said=replace(FOIL, year=2024))
    await of(here, "other", said=replace(FOIL, title="邻厂的收卷"))
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        answer = await clerk.post("/search/export", {"q": "收卷"})
        assert answer.status_code == 200
        assert [row[2:] for row in lines(answer.content)] == [
            [FOIL.title, "技术革新", "云窑艺术瓷厂", "甲、乙、丙、丁、戊", 2024.0, "已获奖", 974200.0],
            ["=1+1 收卷", *lines(answer.content)[1][3:]],
        ]
        assert lines(answer.content)[1][-1] == 97420.0
        assert (await clerk.post("/search/export", {"q": "没有的词"})).status_code == 422
        assert (await clerk.post("/search/export", {"q": ""})).status_code == 422
        assert (await clerk.post("/search/export", {"q": "年:x"})).status_code == 422
        assert (await (await web.signed_in("pan")).post("/search/export", {"q": "收卷"})).status_code == 404
    (row,) = await SearchExport.select()
    assert (row["account"], row["size"], row["job"]) == (here.people["mei"], 2, None)
    (entry,) = await ledger.entries(f"search-export:{row['id']}")
    assert (entry.act, entry.actor, entry.payload) == (
        "search_export.made", f"account:{here.people['mei']}", {"rows": 2},
    )  # fmt: skip
    assert number


async def test_many_rows_are_made_by_a_job_for_who_began_it_alone(database, monkeypatch):
    monkeypatch.setattr(search_exports, "AT_ONCE", 1)
    monkeypatch.setattr(search_exports, "LOADED", 2)
    monkeypatch.setattr(search_exports, "MOST", 4)
    here = await works()
    for n in range(5):
        await kept(here, said=replace(FOIL, title=f"第{n}件收卷"))
    async with visitors() as web:
        clerk, other = await web.signed_in("mei"), await web.signed_in("yue")
        answer = await clerk.post("/search/export", {"q": "收卷 -第3件", "in": "innovation"})
        await job_runner.run_due(lambda: NOW.replace(year=2099))
        (job,) = await jobs_of(here.people["mei"])
        assert (job.stage, answer.headers["location"]) == (Stage.DONE, f"/jobs/{job.id}")
        sheet = await clerk.get(job.result)
        assert [row[2] for row in lines(sheet.content)] == ["第4件收卷", "第2件收卷", "第1件收卷", "第0件收卷"]
        assert lines(sheet.content)[0][3] == "技术革新"
        assert (await other.get(job.result)).status_code == 404
        assert (await search_exports.let_go(NOW.replace(year=2099))) == 1
        assert (await clerk.get(job.result)).status_code == 404
    acts = [(entry.act, dict(entry.payload).get("rows")) for entry in await ledger.entries("search-export:1")]
    assert acts[1:] == [("search_export.made", 4), ("search_export.begun", 0)]


@ON_SQLITE
async def test_a_job_whose_owner_lost_the_post_makes_nothing(database, monkeypatch):
    monkeypatch.setattr(search_exports, "AT_ONCE", 0)
    here = await works()
    await kept(here)
    async with visitors() as web:
        await (await web.signed_in("mei")).post("/search/export", {"q": "收卷"})
        await posts.end(here.people["mei"], here.places["works"], "test", NOW, ["clerk"])
        await job_runner.run_due(lambda: NOW.replace(year=2099))
    (job,) = await jobs_of(here.people["mei"])
    assert (job.stage, job.problem.code) == (Stage.FAILED, "search_export_gone")
    assert (await SearchExport.select(SearchExport.file).first())["file"] is None


@ON_SQLITE
async def test_what_is_not_anybodys_is_not_found(database):
    here = await works()
    user = await here.user("mei")
    for act in (
        saved_searches.open_feed(user, 9, NOW),
        saved_searches.close_feed(user, 9),
        saved_searches.remove(user, 9),
    ):
        with pytest.raises(NotFound):
            await act
    async with transaction():
        with pytest.raises(NotFound):
            await saved_searches.by_feed("")
