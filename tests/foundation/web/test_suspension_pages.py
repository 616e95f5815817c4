"""Suspended pages: whoever tries to read one in whatever way gets 410 and nothing of it."""

from typing import Any

import pytest

from foundation.process import announcements, approval, attachments, circulars
from foundation.process.suspension_tables import Suspension
from foundation.store.engines import Engine
from foundation.work import two_person
from tests.foundation.process.circulars_made_up import NOW, PDF, Province, issued, province, said
from tests.web import Web, visitors

PAGE = "/circulars/ggf-2026-12"
SECRET = "关于举办2026年职工职业技能竞赛的通知"
WAYS = [
    PAGE, f"/en{PAGE}", f"{PAGE}/", f"/en{PAGE}/", f"/{PAGE}", "//circulars//ggf-2026-12", "/circulars/%67gf-2026-12",
    "/circulars%2Fggf-2026-12", "/circulars/./ggf-2026-12", "/en//circulars/ggf-2026-12", f"{PAGE}?before=1",
    f"{PAGE}?done=x", f"{PAGE}/files/1", f"/en{PAGE}/files/1", f"{PAGE}/files/1?x", "/circulars/x/../ggf-2026-12",
]  # fmt: skip


async def with_file(made: Province) -> None:
    """A public circular with a file, signed off."""
    paper, number = circulars.PAPER, await circulars.create(1, said(), made.people["ling"], NOW)
    await attachments.add(paper, number, "a.pdf", PDF, made.people["ling"], NOW)
    await approval.hand_in(paper, number, made.people["ling"], NOW)
    await approval.pass_on(paper, number, made.people["song"], NOW)
    await approval.sign(paper, number, "赣工发〔2026〕12号", made.people["qian"], NOW)


async def act(kind: str) -> int:
    found = await two_person.open_act(kind, "suspension:1")
    assert found is not None
    return found


async def leaks(web: Web) -> list[str]:
    """The ways that still give anything of the page away, whoever asks."""
    found = []
    for who in (web.visitor(), await web.signed_in("tu")):
        for path in WAYS:
            page = await who.get(path)
            if page.status_code == 200 or SECRET in page.text or PDF in page.content:
                found.append(path)
            head = await who.client.head(path)
            if head.status_code == 200 or head.content:
                found.append(f"HEAD {path}")
    return found


async def test_a_suspended_page_is_gone_in_every_way_and_comes_back_by_two(database: Engine) -> None:
    made = await province()
    await with_file(made)
    async with visitors() as web:
        an, stranger = await web.signed_in("an"), web.visitor()
        for path in (PAGE, f"/en{PAGE}", "/circulars"):  # now it is kept
            first = await stranger.get(path)
            assert (first.status_code, SECRET in first.text) == (200, True)
        etag = (await stranger.get(PAGE)).headers.get("etag", '"x"')
        done = await an.post("/suspensions", {"address": f"https://gong.example/en{PAGE}", "reason": "姓名有误"})
        assert done.status_code == 303
        assert await leaks(web) == []
        page = await stranger.get(PAGE)
        assert (page.status_code, page.headers["cache-control"], "姓名有误" in page.text) == (410, "no-store", False)
        assert (await stranger.get(f"/en{PAGE}")).status_code == 410
        assert (await stranger.get(f"{PAGE}/files/1")).status_code == 410
        assert (await stranger.get(PAGE, headers={"if-none-match": etag})).status_code == 410
        assert (await stranger.get("/circulars")).status_code == 200
        await two_person.confirm(await act("suspension.confirm"), made.people["ling"], NOW)
        assert await leaks(web) == []
        assert (await an.post("/suspensions/1/lifting", {"lift-1": ""})).status_code == 422
        assert (await an.post("/suspensions/1/lifting", {"lift-1": "已更正"})).status_code == 303
        assert await leaks(web) == []
        await two_person.confirm(await act("suspension.lift"), made.people["ling"], NOW)
        back = await stranger.get(PAGE)
        assert (back.status_code, SECRET in back.text) == (200, True)


@pytest.mark.parametrize(
    ("paper", "at"), [(circulars.PAPER, "/circulars/ggf-2026-12"), (announcements.PAPER, "/announcements/2026-3")]
)
async def test_what_a_suspended_document_corrects_does_not_name_it(
    database: Engine, paper: approval.Paper, at: str
) -> None:
    made = await province()
    first = await issued(made, paper)
    table: Any = paper.table
    second = await issued(made, paper, title="写有姓名的更正", number="赣工发〔2026〕15号")
    await table.update({table.corrects: first}).where(table.id == second)
    (row,) = await table.select(table.address).where(table.id == second)
    async with visitors() as web:
        reader = web.visitor()
        assert "写有姓名的更正" in (await reader.get(at)).text
        address = f"{at.rpartition('/')[0]}/{row['address']}"
        an = await web.signed_in("an")
        assert (await an.post("/suspensions", {"address": address, "reason": "姓名有误"})).status_code == 303
        page = await reader.get(at)
    assert (page.status_code, "写有姓名的更正" in page.text) == (200, False)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_only_those_who_may_suspend_reach_the_page(database: Engine) -> None:
    await province()
    form = {"address": PAGE, "reason": "x"}
    async with visitors() as web:
        for name in ("hu", "tu", "song", "qian"):
            who = await web.signed_in(name)
            assert (await who.get("/suspensions")).status_code == 404
            assert (await who.post("/suspensions", form)).status_code == 404
        for name in ("ling", "an"):
            assert (await (await web.signed_in(name)).get("/suspensions")).status_code == 200
        an = await web.signed_in("an")
        for wrong in ({"address": "/sign-in", "reason": "x"}, {"address": "", "reason": ""}, {"address": PAGE}):
            assert (await an.post("/suspensions", wrong)).status_code == 422
        kept = await an.post("/suspensions", {"address": PAGE, "reason": ""})
        assert PAGE in kept.text
        assert (await an.post("/suspensions/9/lifting", {"lift-9": "x"})).status_code == 404
    assert await Suspension.count() == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_desks_and_the_door_go_on_whatever_is_suspended(database: Engine) -> None:
    made = await province()
    await issued(made, announcements.PAPER)
    async with visitors() as web:
        an, ling = await web.signed_in("an"), await web.signed_in("ling")
        for address in ("/announcements", "/"):
            assert (await an.post("/suspensions", {"address": address, "reason": "x"})).status_code == 303
        stranger = web.visitor()
        answers = {path: (await stranger.get(path)).status_code for path in ("/", "/announcements/2026-3", "/sign-in")}
        assert answers == {"/": 410, "/announcements/2026-3": 410, "/sign-in": 200}
        assert (await ling.get("/office/announcements/1")).status_code == 200
