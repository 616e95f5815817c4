"""Long lists of units on their pages: kept, checked, looked at, added; strangers find nothing."""

import asyncio
import re

import pytest

from foundation.people import organisations
from foundation.people.organisation_list_tables import OrganisationList
from foundation.store.engines import Engine
from tests.foundation.people.long_lists_made_up import text
from tests.foundation.web.test_organisation_pages import tree
from tests.web import Visitor


async def ended(officer: Visitor, job: str) -> str:
    """The page of a job once it has ended; the application works on it by itself."""
    async with asyncio.timeout(60):
        while True:
            page = await officer.get(job)
            assert page.status_code == 200
            if "refresh" not in page.headers:
                return page.text
            await asyncio.sleep(0.05)


def result_on(page: str) -> str:
    found = re.search(r'class="button primary" href="(/organisations/\d+/lists/\d+)"', page)
    assert found is not None, page
    return found[1]


def job_of(location: str) -> str:
    found = re.search(r"/jobs/\d+", location)
    assert found is not None
    return found[0]


async def kept(officer: Visitor, unit: int, content: str) -> str:
    """Choose a file; answers the page of the list once it was checked."""
    answer = await officer.post(
        f"/organisations/{unit}/import", files={"file": ("名单.csv", content.encode("gb18030"))}
    )
    assert answer.status_code == 303, answer.text
    return result_on(await ended(officer, job_of(answer.headers["location"])))


async def test_a_long_list_is_checked_looked_at_and_added(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        before = await organisations.count_below("1.2.")
        address = await kept(officer, at.nanchang, text(320))
        page = (await officer.get(address)).text
        for words in ("各行均符合要求", "添加这320个单位", "320"):
            assert words in page
        assert await organisations.count_below("1.2.") == before
        answer = await officer.post(f"{address}/adding")
        assert answer.status_code == 303
        assert result_on(await ended(officer, job_of(answer.headers["location"]))) == address
        assert await organisations.count_below("1.2.") == before + 320
        page = (await officer.get(address)).text
        assert ("单位已添加" in page or "已添加" in page, f'action="{address}' in page) == (True, False)
        late = await officer.post(f"{address}/adding")
        assert (late.status_code, "名单已进入其他环节" in late.text) == (422, True)
        assert "通过名单在其下增加320个单位" in (await officer.get(f"/organisations/{at.nanchang}/history")).text
        again = await kept(officer, at.nanchang, text(320))
        page = (await officer.get(again)).text
        assert ("名单中的单位均已存在" in page, "/adding" in page) == (True, False)
        assert await organisations.count_below("1.2.") == before + 320


async def test_lines_that_need_mending_are_shown_page_by_page(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        lines = text(320).splitlines()
        lines[100:260] = [f"{line}人太多" for line in lines[100:260]]
        address = await kept(officer, at.nanchang, "\n".join(lines))
        page = (await officer.get(address)).text
        assert ("有160行需要修改" in page, "/adding" in page) == (True, False)
        assert page.count("职工人数") >= 100
        older = re.search(rf'href="{address}\?after=(\d+)"', page)
        assert older is not None
        assert older[1] == "200"
        rest = (await officer.get(f"{address}?after=200")).text
        assert (">201<" in rest, ">260<" in rest, ">200<" in rest, "?after=" in rest) == (True, True, False, False)
        refused = await officer.post(f"{address}/adding")
        assert (refused.status_code, "有160行需要修改" in refused.text) == (422, True)
        answer = await officer.post(f"{address}/checking")
        assert answer.status_code == 303
        assert result_on(await ended(officer, job_of(answer.headers["location"]))) == address
        assert (await officer.get(f"{address}?after=x")).status_code == 404


async def test_a_pasted_long_list_of_megabytes_is_taken_too(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        lines = text(600).splitlines()
        wide = "\n".join([f"{lines[0]},备用", *(f"{line},{'长' * 1500}" for line in lines[1:])])
        assert len(wide.encode()) > 2 * 1024 * 1024
        answer = await officer.post(f"/organisations/{at.nanchang}/import", {"units": wide}, files={"no": b""})
        assert answer.status_code == 303, answer.text[:2000]
        address = result_on(await ended(officer, job_of(answer.headers["location"])))
        page = (await officer.get(address)).text
        assert ("备用" in page, "添加这600个单位" in page) == (True, True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_larger_than_any_list_is_refused(database: Engine) -> None:
    async with tree() as at:
        officer, anyone = await at.officer(at.nanchang), at.web.visitor()
        address = f"/organisations/{at.nanchang}/import"
        huge = await officer.post(address, files={"file": ("名单.csv", b"x" * (17 * 1024 * 1024))})
        assert huge.status_code == 413
        nobody_s = await anyone.post(address, files={"file": ("名单.csv", b"x" * (3 * 1024 * 1024))})
        assert nobody_s.status_code == 413
        other = await officer.post(
            f"/organisations/{at.nanchang}/new", files={"file": ("名单.csv", b"x" * (3 * 1024 * 1024))}
        )
        assert other.status_code == 413
        assert await OrganisationList.count() == 0


async def test_strangers_and_other_units_find_no_list(database: Engine) -> None:
    async with tree() as at:
        officer = await at.officer(at.nanchang)
        address = await kept(officer, at.nanchang, text(320))
        number = address.rpartition("/")[2]
        stranger = await at.web.signed_in("who", roles=[])
        below = await at.officer(at.donghu)
        for one in (stranger, below):
            assert (await one.get(address)).status_code == 404
            assert (await one.post(f"{address}/adding")).status_code == 404
            assert (await one.post(f"{address}/checking")).status_code == 404
        elsewhere = f"/organisations/{at.donghu}/lists/{number}"
        assert (await officer.get(elsewhere)).status_code == 404
        assert (await officer.post(f"{elsewhere}/adding")).status_code == 404
        assert (await officer.get(f"/organisations/{at.nanchang}/lists/999")).status_code == 404
