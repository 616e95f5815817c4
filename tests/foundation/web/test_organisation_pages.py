"""The union tree's pages: officers see and change their own part; for everybody else there is nothing."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from foundation.people import accounts, organisations
from foundation.people.organisations import Draft, Kind
from foundation.store.engines import Engine
from tests.foundation.papers.sheets_made_up import xlsx
from tests.web import Visitor, Web, visitors

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
CODE = "91350100M000100Y43"
OLD = re.compile(r'name="(was\.\w+)" value="([^"]*)"')


@dataclass
class Tree:
    """南昌 with 东湖 and 映川 below it, 九江 with 柴桑; an officer of each city and one of the federation."""

    web: Web
    nanchang: int
    jiujiang: int
    donghu: int
    yingchuan: int
    chaisang: int

    async def officer(self, at: int, roles: Sequence[str] = ("officer",)) -> Visitor:
        name = f"{'-'.join(roles)}.{at}"
        if await accounts.find(name) is None:
            await accounts.create_account(name, name, roles, "test", NOW, organisation_id=at)
        return await self.web.signed_in(name)


@asynccontextmanager
async def tree() -> AsyncIterator[Tree]:
    async def make(parent: int, name: str, kind: Kind) -> int:
        return await organisations.create(parent, Draft(name, kind), "test", NOW)

    nanchang, jiujiang = await make(1, "南昌市总工会", Kind.CITY), await make(1, "九江市总工会", Kind.CITY)
    donghu, chaisang = (
        await make(nanchang, "东湖区总工会", Kind.COUNTY),
        await make(jiujiang, "柴桑区总工会", Kind.COUNTY),
    )
    yingchuan = await make(donghu, "映川电子工会", Kind.ENTERPRISE)
    async with visitors() as web:
        yield Tree(web, nanchang, jiujiang, donghu, yingchuan, chaisang)


async def name_of(unit: int) -> str:
    facts = await organisations.by_id(unit)
    assert facts is not None
    return facts.name


def shown(page: str) -> dict[str, str]:
    return dict(OLD.findall(page))


async def test_the_tree_is_looked_through_from_the_hat_s_own_organisation(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        own = await officer.get("/organisations")
        assert own.status_code == 200
        assert "南昌市总工会" in own.text
        assert f'href="/organisations/{at.donghu}"' in own.text
        below = await officer.get(f"/organisations/{at.donghu}")
        assert "映川电子工会" in below.text
        assert "省总工会</a>" not in below.text  # the trail begins at the hat
        assert (await officer.get(f"/en/organisations/{at.donghu}")).status_code == 200


PAGES = [
    "",
    "/search",
    "/search?q=x",
    "/history",
    "/new",
    "/facts",
    "/name",
    "/place",
    "/merger",
    "/closing",
    "/import",
]
FORMS = ["new", "facts", "name", "place", "merger", "closing", "opening", "import"]


async def test_another_city_is_not_there(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        for unit in (at.jiujiang, at.chaisang, 1, 999, 2**31, 10**30):
            for page in PAGES:
                assert (await officer.get(f"/organisations/{unit}{page}")).status_code == 404, (unit, page)
            for form in FORMS:
                answer = await officer.post(
                    f"/organisations/{unit}/{form}", {"name": "改名", "target_id": str(at.donghu)}
                )
                assert answer.status_code == 404, (unit, form)
        for form in ("place", "merger"):
            for target in (str(at.chaisang), "0", "x", "٣", "9" * 50):
                answer = await officer.post(
                    f"/organisations/{at.donghu}/{form}", {"target_id": target, "confirmed": "1"}
                )
                assert answer.status_code == 404, (form, target)
            typed = await officer.post(f"/organisations/{at.donghu}/{form}", {"target": "柴桑区总工会"})
            assert typed.status_code == 422
        found = await officer.get(f"/organisations/{at.nanchang}/search?q=总工会")
        assert "柴桑" not in found.text
        assert "东湖" in found.text
        assert await name_of(at.chaisang) == "柴桑区总工会"


async def test_strangers_and_other_hats_find_nothing(database: Engine) -> None:
    async with tree() as at:
        others = [
            await at.web.signed_in("lu"),
            await at.officer(1, ["organiser"]),
            await at.officer(at.nanchang, ["clerk"]),
        ]
        for page in PAGES:
            for other in others:
                assert (await other.get(f"/organisations/{at.donghu}{page}")).status_code == 404
            assert (await at.web.visitor().get(f"/organisations/{at.donghu}{page}")).status_code == 303
        for other in others:
            assert (await other.get("/organisations")).status_code == 404
            assert (await other.post(f"/organisations/{at.donghu}/closing")).status_code == 404


async def test_one_s_own_organisation_is_shaped_from_above(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        assert (await officer.get(f"/organisations/{at.nanchang}/facts")).status_code == 200
        for page in ("name", "place", "merger", "closing"):
            assert (await officer.get(f"/organisations/{at.nanchang}/{page}")).status_code == 404
        page = await officer.post(f"/organisations/{at.nanchang}/facts", {"kind": "direct", "headcount": "77"})
        assert page.status_code == 303
        facts = await organisations.by_id(at.nanchang)
        assert facts is not None
        assert (facts.kind, facts.headcount) == (Kind.CITY, 77)


async def test_a_unit_is_added_below(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        assert (await officer.get(f"/organisations/{at.donghu}/new")).status_code == 200
        typed = {"name": "滕里公交工会", "kind": "enterprise", "code": "9135", "industry": "G", "headcount": "860"}
        wrong = await officer.post(f"/organisations/{at.donghu}/new", typed)
        assert wrong.status_code == 422
        assert 'value="滕里公交工会"' in wrong.text
        assert "应为18位，现为4位" in wrong.text
        made = await officer.post(f"/organisations/{at.donghu}/new", {**typed, "code": CODE.lower()})
        assert (made.status_code, made.headers["location"].split("?")[0]) == (303, "/organisations/7")
        page = await officer.get(made.headers["location"])
        assert "单位已增加" in page.text
        assert CODE in page.text
        again = await officer.post(f"/organisations/{at.donghu}/new", {**typed, "code": CODE})
        assert again.status_code == 422
        assert "该上级下已有" in again.text
        odd = await officer.post(f"/organisations/{at.yingchuan}/new", {"name": "县", "kind": "county"})
        assert "“企业工会”的下一级不能是“县（市、区）总工会”" in odd.text


async def test_what_changed_meanwhile_is_told_with_both_values(database: Engine) -> None:
    async with tree() as at:
        officer, other = await at.officer(at.nanchang), await at.officer(1)
        address = f"/organisations/{at.yingchuan}/facts"
        mine = shown((await officer.get(address)).text)
        theirs = shown((await other.get(address)).text)
        assert (await other.post(address, {**theirs, "industry": "C", "headcount": "1200"})).status_code == 303
        late = await officer.post(address, {**mine, "industry": "G", "headcount": "", "chain": "电子信息"})
        assert late.status_code == 409
        assert "由“–”改为“制造业”" in late.text
        assert 'value="电子信息"' in late.text
        assert '<option value="G" selected>' in late.text
        seen = await officer.post(
            address, {**shown(late.text), "industry": "G", "headcount": "1200", "chain": "电子信息"}
        )
        assert seen.status_code == 303
        facts = await organisations.by_id(at.yingchuan)
        assert facts is not None
        assert (facts.industry, facts.headcount, facts.chain) == ("G", 1200, "电子信息")


async def test_a_renamed_unit_is_found_under_both_names(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        address = f"/organisations/{at.yingchuan}/name"
        typed = {**shown((await officer.get(address)).text), "name": "映川电子科技工会", "short_name": "映川"}
        assert (await officer.post(address, typed)).status_code == 303
        for text in ("映川电子工会", "映川电子科技", "映川"):
            found = await officer.get(f"/organisations/{at.nanchang}/search", params={"q": text})
            assert "映川电子科技工会" in found.text
        page = await officer.get(f"/organisations/{at.yingchuan}/history")
        assert "由“映川电子工会”更名为“映川电子科技工会”" in page.text


@pytest.mark.parametrize("text", ["%", "_", "\\", "' OR 1=1", "映_电", "映%工会"])
async def test_signs_in_a_search_mean_themselves(database: Engine, text: str) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        page = await officer.get(f"/organisations/{at.nanchang}/search", params={"q": text})
        assert page.status_code == 200
        assert "映川电子工会" not in page.text


async def test_searching_takes_no_account_of_case_and_width(database: Engine) -> None:
    async with tree() as at:
        await organisations.create(at.donghu, Draft("ＡＢＢ Motors 工会", Kind.ENTERPRISE), "test", NOW)
        officer = await at.officer(at.nanchang)
        page = await officer.get(f"/organisations/{at.nanchang}/search", params={"q": "abb MOTORS"})
        assert "ＡＢＢ Motors 工会" in page.text


async def test_a_move_is_shown_before_it_is_done(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(1)
        address = f"/organisations/{at.donghu}/place"
        was = shown((await officer.get(address)).text)
        assert was == {"was.parent": str(at.nanchang)}
        asked = await officer.post(address, {**was, "target": "九江市总工会"})
        assert asked.status_code == 200
        assert "“东湖区总工会”将隶属于“九江市总工会”" in asked.text
        assert (await organisations.by_id(at.donghu)).parent_id == at.nanchang  # type: ignore[union-attr]
        confirmed = {**was, "target_id": str(at.jiujiang), "confirmed": "1"}
        assert (await officer.post(address, confirmed)).status_code == 303
        assert (await organisations.by_id(at.yingchuan)).path == "1.3.4.6."  # type: ignore[union-attr]
        late = await officer.post(address, {**was, "target_id": str(at.nanchang), "confirmed": "1"})
        assert late.status_code == 422
        assert "现隶属于“九江市总工会”" in late.text
        for text, said in {
            "": "请填写对方单位",
            "没有": "没有名称或代码为“没有”",
            "柴桑区总工会": "的下一级不能是",
        }.items():
            wrong = await officer.post(address, {"target": text})
            assert (wrong.status_code, said in wrong.text) == (422, True)


async def test_several_of_one_name_are_offered(database: Engine) -> None:
    async with tree() as at:
        for parent in (at.donghu, at.chaisang):
            await organisations.create(parent, Draft("高新区工会", Kind.PARK), "test", NOW)
        officer = await at.officer(1)
        page = await officer.post(f"/organisations/{at.yingchuan}/place", {"target": "高新区工会"})
        assert page.status_code == 422
        assert re.findall(r'name="target_id" value="(\d+)"', page.text) == ["7", "8"]


async def test_a_merger_leads_from_the_old_to_the_new(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(1)
        address = f"/organisations/{at.donghu}/merger"
        asked = await officer.post(address, {"target": "柴桑区总工会"})
        assert "其下1个使用中的单位转隶“柴桑区总工会”" in asked.text
        done = await officer.post(address, {"target_id": str(at.chaisang), "confirmed": "1"})
        assert (done.status_code, done.headers["location"].split("?")[0]) == (303, f"/organisations/{at.chaisang}")
        page = await officer.get(f"/organisations/{at.donghu}")
        assert "该单位已并入" in page.text
        assert f'href="/organisations/{at.chaisang}"' in page.text
        again = await officer.post(address, {"target_id": str(at.chaisang), "confirmed": "1"})
        assert again.status_code == 422
        city = await at.officer(at.nanchang)  # whose county went to another city
        page = await city.get(f"/organisations/{at.donghu}")
        assert page.status_code == 200
        assert f'href="/organisations/{at.chaisang}"' not in page.text


async def test_units_are_closed_and_opened(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        assert "下级还有1个" in (await officer.get(f"/organisations/{at.donghu}/closing")).text
        assert (await officer.post(f"/organisations/{at.donghu}/closing")).status_code == 409
        assert (await officer.post(f"/organisations/{at.yingchuan}/closing")).status_code == 303
        assert (await officer.post(f"/organisations/{at.yingchuan}/closing")).status_code == 409
        page = await officer.get(f"/organisations/{at.donghu}")
        assert "映川电子工会" not in page.text
        assert "映川电子工会" in (await officer.get(f"/organisations/{at.donghu}?closed=1")).text
        assert (await officer.post(f"/organisations/{at.yingchuan}/opening")).status_code == 303
        assert (await officer.post(f"/organisations/{at.yingchuan}/opening")).status_code == 409


async def test_thousands_of_children_come_in_pages(database: Engine) -> None:
    async with tree() as at:
        for number in range(120):
            draft = Draft(f"第{number:03}厂工会", Kind.ENTERPRISE, position=number % 3)
            await organisations.create(at.chaisang, draft, "test", NOW)
        officer = await at.officer(1)
        address, seen = f"/organisations/{at.chaisang}", []
        while address:
            page = (await officer.get(address)).text
            seen += re.findall(r"第(\d{3})厂工会</a>", page)
            following = re.search(r'rel="next" href="([^"]*)"', page)
            address = following[1].replace("&amp;", "&") if following else ""
        assert seen == sorted((f"{number:03}" for number in range(120)), key=lambda text: (int(text) % 3, text))


async def test_junk_in_addresses_is_not_found(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(1)
        for junk in (
            "?after=x",
            "?after=1",
            "?after=1-99999999999",
            "?after=-1-2",
            "/search?q=工&after=abc",
            "/history?before=0",
        ):
            assert (await officer.get(f"/organisations/{at.nanchang}{junk}")).status_code == 404, junk
        assert (await officer.get(f"/organisations/{at.nanchang}/search?q=%00{'%25' * 500}")).status_code == 200


async def test_a_list_is_looked_over_and_then_added(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        address = f"/organisations/{at.donghu}/import"
        bad = "单位名称,单位类别,上级工会\n滕里公交工会,企业工会,柴桑区总工会\n青岫工会,企业,\n"
        page = await officer.post(address, {"units": bad, "act": "add"})
        assert page.status_code == 422
        assert "有1行需要修改" in page.text
        assert "滕里公交工会,企业工会,柴桑区总工会" in page.text
        good = "单位名称,单位类别\n滕里公交工会,企业工会\n青岫工会,企业\n"
        page = await officer.post(address, files={"file": ("名单.csv", good.encode("gb18030"))})
        assert page.status_code == 200
        assert "添加这2个单位" in page.text
        workbook = xlsx([line.split(",") for line in good.splitlines()])
        page = await officer.post(address, files={"file": ("名单.xlsx", workbook)})
        assert "添加这2个单位" in page.text
        assert await organisations.count_below("1.2.") == 2
        done = await officer.post(address, {"units": good, "act": "add"})
        assert done.status_code == 303
        assert await organisations.count_below("1.2.") == 4
        again = await officer.post(address, {"units": good, "act": "add"})
        assert again.status_code == 422
        book = await officer.post(address, files={"file": ("名单.xlsx", b"PK\x03\x04rest")})
        assert book.status_code == 422
        assert "文件已损坏" in book.text
