"""The organiser's pages: the preview, the last look, and the official act; closed to everyone else."""

import re
from typing import Any

from competitions import publishing
from competitions.tables import Publication
from tests.competitions.publishing.told import Told, lock_all, locked_contest, marked_contest, open_contest
from tests.web import Visitor, visitors

SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


def results(told: Told, more: str = "") -> str:
    return f"/organise/contests/{told.contest.address}/results{more}"


async def test_the_organiser_looks_confirms_and_publishes(database: Any) -> None:
    told = await locked_contest(awarded_places=1)
    async with visitors() as web:
        mei = await web.signed_in("mei")
        preview = await mei.get(results(told))
        confirm = await mei.get(results(told, "/publish"))
        answer = await mei.post(results(told, "/publish"), {"seen": _seen(confirm.text)})
        after = await mei.get(answer.headers["location"])
        public = await web.visitor().get(f"/contests/{told.contest.address}")
    assert [page.status_code for page in (preview, confirm, answer, after, public)] == [200, 200, 303, 200, 200]
    assert "全部评完并锁定" in preview.text
    assert "button seal" in confirm.text
    assert "成绩已公布。" in after.text
    assert "龚䶮" in public.text


async def test_names_stand_only_where_everyone_will_see_them(database: Any) -> None:
    told = await locked_contest(awarded_places=1)
    async with visitors() as web:
        page = (await (await web.signed_in("mei")).get(results(told))).text
    shown, whole = page.split('id="whole"')
    assert "龚䶮" in shown
    assert "饶㛃" not in page
    assert [work for work in ("W1", "W2", "W3", "W4", "W5", "W6", "W7") if work not in whole] == []
    assert "龚䶮" not in whole


async def test_what_hinders_is_told_and_the_act_is_not_offered(database: Any) -> None:
    told = await marked_contest()
    await lock_all(told, "W3")
    async with visitors() as web:
        mei = await web.signed_in("mei")
        preview, confirm = await mei.get(results(told)), await mei.get(results(told, "/publish"))
        head = (await publishing.preview(told.contest)).seen
        answer = await mei.post(results(told, "/publish"), {"seen": head})
    for page in (preview, confirm, answer):
        assert "作品 W3：已评完，裁判长尚未锁定。" in page.text
        assert "button seal" not in page.text
    assert [page.status_code for page in (preview, confirm, answer)] == [200, 200, 409]
    assert await Publication.count() == 0


async def test_what_changed_since_is_not_published(database: Any) -> None:
    told = await locked_contest()
    async with visitors() as web:
        mei = await web.signed_in("mei")
        for seen in ("", "0" * 64):
            answer = await mei.post(results(told, "/publish"), {"seen": seen})
            assert answer.status_code == 409
            assert "您查看之后本赛项又有变动" in answer.text
    assert await Publication.count() == 0


async def test_a_second_time_is_refused_in_a_sentence(database: Any) -> None:
    told = await locked_contest()
    async with visitors() as web:
        mei = await web.signed_in("mei")
        seen = _seen((await mei.get(results(told, "/publish"))).text)
        assert (await mei.post(results(told, "/publish"), {"seen": seen})).status_code == 303
        again = await mei.post(results(told, "/publish"), {"seen": seen})
        look = await mei.get(results(told, "/publish"))
    assert again.status_code == 409
    assert "已公布的版本不再改动" in again.text
    assert (look.status_code, "button seal" in look.text) == (200, False)
    assert await Publication.count() == 1


async def test_before_marking_the_page_says_so(database: Any) -> None:
    told = await open_contest()
    await publishing.Contest.update({publishing.Contest.stage: "frozen"}).where(
        publishing.Contest.id == told.contest.id
    )
    async with visitors() as web:
        mei = await web.signed_in("mei")
        pages = [await mei.get(results(told)), await mei.get(results(told, "/publish"))]
        answer = await mei.post(results(told, "/publish"))
    assert ["尚未开始评分" in page.text for page in pages] == [True, True]
    assert (answer.status_code, "尚未开始评分，没有可以公布的成绩。" in answer.text) == (409, True)


async def test_strangers_find_nothing_and_change_nothing(database: Any) -> None:
    told = await locked_contest()
    head = (await publishing.preview(told.contest)).seen
    async with visitors() as web:
        everyone = [
            await web.signed_in("sheng", "生", ["organiser"]),  # runs other competitions
            await web.signed_in("chen"),  # chief judge here
            await web.signed_in("ling"),  # judge here
        ]
        for visitor in everyone:
            assert await _statuses(visitor, told, head) == [404, 404, 404]
        visitor = web.visitor()
        assert [(await visitor.get(results(told, more))).status_code for more in ("", "/publish")] == [303, 303]
        assert (await visitor.post(results(told, "/publish"), {"seen": head})).status_code == 401
        officer = await web.signed_in("guan", "官", ["officer"])
        assert (await officer.get(results(told))).status_code == 200
    assert await Publication.count() == 0


async def _statuses(visitor: Visitor, told: Told, head: str) -> list[int]:
    return [
        (await visitor.get(results(told))).status_code,
        (await visitor.get(results(told, "/publish"))).status_code,
        (await visitor.post(results(told, "/publish"), {"seen": head})).status_code,
    ]


def _seen(page: str) -> str:
    found = SEEN.search(page)
    assert found is not None
    return found[1]
