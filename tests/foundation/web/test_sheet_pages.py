"""Handing in a sheet in a browser without scripts: chosen, understood, mended, taken in, taken back."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from python_calamine import CalamineWorkbook

from foundation.process import sheet_kinds
from foundation.process.sheet_tables import Sheet
from foundation.store.engines import Engine
from tests.foundation.papers.sheets_made_up import LING, xlsx
from tests.foundation.process.sheets_made_up import IDEAS, Idea, create_table, rows
from tests.foundation.web.test_organisation_pages import Tree, tree
from tests.web import Visitor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@asynccontextmanager
async def units() -> AsyncIterator[Tree]:
    await create_table()
    async with tree() as at:
        yield at


async def hand_in(clerk: Visitor, lines: list[list[object]], name: str = "一季度建议.xlsx") -> str:
    """Choose a file; answers the sheet's address once it was read."""
    answer = await clerk.post("/sheets/ideas", files={"file": (name, xlsx(lines), XLSX)})
    assert answer.status_code == 303, answer.text[:3000]
    await settled(clerk, answer.headers["location"])
    return str(answer.headers["location"])


async def settled(clerk: Visitor, address: str) -> str:
    """The page once nothing is under way any more; it reloads by itself until then."""
    async with asyncio.timeout(60):
        while True:
            page = await clerk.get(address)
            assert page.status_code == 200, page.text[:3000]
            if "refresh" not in page.headers:
                return page.text
            await asyncio.sleep(0.05)


def cells(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


async def test_a_sheet_from_choosing_the_file_to_taking_it_back(database: Engine) -> None:
    async with units() as at:
        clerk = await at.officer(at.yingchuan, ["clerk"])
        page = (await clerk.get("/sheets/ideas")).text
        for words in ("还没有表格？", "读取表格", "50000" if IDEAS.most == 50000 else "60000"):
            assert words in page
        lines = rows(60)
        lines[2][1], lines[3][4], lines[4][5] = "", 3.6e17, 2025.1
        lines.append(["合计", "", "", 30])
        address = await hand_in(clerk, lines)
        page = (await clerk.get(address)).text
        for words in (
            "需要修改的 3 行暂不导入",
            "导入 57 行",
            "此格未填，属于必填项",
            "3.6E+17",
            "2025-01 或 2025-10",
            "合计 30",
        ):
            assert words in page
        refused = await clerk.post(f"{address}/taking")
        assert (refused.status_code, "有 3 行需要修改" in refused.text) == (422, True)
        answer = await clerk.post(f"{address}/taking", {"without_wrong": "yes"})
        assert answer.status_code == 303
        page = await settled(clerk, address)
        assert ("查看已导入的内容" in page, await Idea.count().where(Idea.visible == True)) == (True, 57)  # noqa: E712
        assert "一季度建议.xlsx" in (await clerk.get("/sheets/ideas")).text
        answer = await clerk.post(f"{address}/taking-back")
        assert answer.status_code == 303
        assert await Idea.count().where(Idea.visible == True) == 0  # noqa: E712
        page = await settled(clerk, address)
        assert ("已撤回" in page, await Idea.count()) == (True, 0)


async def test_the_copies_show_what_is_wrong_in_the_reader_s_language(database: Engine) -> None:
    async with units() as at:
        clerk = await at.officer(at.yingchuan, ["clerk"])
        lines = rows(5)
        lines[4][1] = ""
        address = await hand_in(clerk, lines)
        whole, wrong = await clerk.get(f"{address}/copy"), await clerk.get(f"{address}/copy?rows=wrong")
        assert (whole.status_code, whole.headers["content-type"], whole.headers["cache-control"]) == (
            200, XLSX, "private, no-store",
        )  # fmt: skip
        assert "%E4%B8%80%E5%AD%A3%E5%BA%A6%E5%BB%BA%E8%AE%AE-1.xlsx" in whole.headers["content-disposition"]
        assert [len(cells(whole.content)), len(cells(wrong.content))] == [7, 2]
        assert cells(wrong.content)[1][7] == "题目：此格未填，属于必填项。"
        english = await clerk.get(f"/en{address}/copy?rows=wrong")
        assert cells(english.content)[1][7] == "题目：This cell is empty, and it is needed."
        template = await clerk.get("/sheets/ideas/template")
        assert cells(template.content)[0][:3] == ["序号", "建议名称*", "建议人*"]


async def test_headings_are_asked_for_and_what_was_chosen_is_kept(database: Engine) -> None:
    async with units() as at:
        clerk = await at.officer(at.yingchuan, ["clerk"])
        lines: list[list[object]] = [["金点子", "谁提的", "题目"], ["窑车", "熊一", "x"], ["分水", "万二", "y"]]
        address = await hand_in(clerk, [[*lines[0][:2]], *lines[1:]])
        page = (await clerk.get(address)).text
        for words in ("请确认各列对应的内容", "还没有找到：建议名称、建议人", "您表中的“金点子”对应"):
            assert words in page, page
        refused = await clerk.post(f"{address}/headings", {"column-0": "title", "column-1": "title"})
        assert (refused.status_code, refused.text.count("有两列都对应“建议名称”") >= 2) == (422, True)
        assert re.search(r'name="column-1".*?value="title" selected', refused.text, re.DOTALL)
        strange = await clerk.post(f"{address}/headings", {"column-0": "nothing", "column-1": "who"})
        assert strange.status_code == 422
        answer = await clerk.post(f"{address}/headings", {"column-0": "title", "column-1": "who"})
        assert answer.status_code == 303
        assert "导入 2 行" in await settled(clerk, address)


async def test_what_is_no_sheet_comes_back_with_a_sentence(database: Engine) -> None:
    async with units() as at:
        clerk = await at.officer(at.yingchuan, ["clerk"])
        for content, words in (
            (b"<html><table>", "这其实是网页"),
            (b"", "这个文件是空的"),
            (b"%PDF-1.7", "这不是表格文件"),
        ):
            answer = await clerk.post("/sheets/ideas", files={"file": ("a.xls", content, XLSX)})
            assert (answer.status_code, words in answer.text) == (422, True), words
        assert "请选择文件" in (await clerk.post("/sheets/ideas")).text
        assert await Sheet.count() == 0


async def test_pages_go_by_keyset_and_by_state(database: Engine) -> None:
    async with units() as at:
        clerk = await at.officer(at.yingchuan, ["clerk"])
        address = await hand_in(clerk, rows(120))
        page = (await clerk.get(f"{address}?show=ready")).text
        older = re.search(r'href="([^"]*show=ready[^"]*after=\d+)"', page)
        assert older is not None
        second = (await clerk.get(older[1].replace("&amp;", "&"))).text
        assert (">53<" in second, ">52<" in second) == (True, False)
        for query in ("show=none", "after=x", "after=0"):
            assert (await clerk.get(f"{address}?{query}")).status_code == 404
        assert "没有这样的行" in (await clerk.get(f"{address}?show=wrong")).text


async def test_for_everybody_else_there_is_nothing(database: Engine) -> None:
    async with units() as at:
        clerk = await at.officer(at.yingchuan, ["clerk"])
        address = await hand_in(clerk, rows(3))
        others = [
            await at.officer(at.donghu),
            await at.officer(at.nanchang),
            await at.officer(at.yingchuan, ["reviewer"]),
            await at.web.signed_in("who", roles=[]),
        ]
        acts = ("taking", "taking-back", "headings", "resumption", "dropping")
        for stranger in others:
            assert (await stranger.get(address)).status_code == 404
            assert (await stranger.get(f"{address}/copy")).status_code == 404
            for act in acts:
                assert (await stranger.post(f"{address}/{act}")).status_code == 404
        assert (await others[2].get("/sheets/ideas")).status_code == 404
        assert "一季度建议" not in (await others[0].get("/sheets/ideas")).text
        for nothing in ("/sheets/none", "/sheets/ideas/999", "/sheets/none/1", "/sheets/ideas/1/copy"):
            assert (await clerk.get(nothing)).status_code == 404  # no row of it is wrong: there is no copy
        anybody = at.web.visitor()
        assert (await anybody.get(address)).status_code in (302, 303, 401)


async def test_an_id_number_is_masked_on_the_page(database: Engine) -> None:
    async with units() as at:
        clerk = await at.officer(at.yingchuan, ["clerk"])
        lines = rows(2)
        lines[2][4], lines[3][4] = LING, LING[:-1] + "0"
        page = (await clerk.get(f"{await hand_in(clerk, lines)}?show=all")).text
        assert LING[:-1] not in page
        assert "身份证号" in page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_kind_is_declared_once(database: Engine) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError):
        sheet_kinds.register(replace(IDEAS, home="/"))
