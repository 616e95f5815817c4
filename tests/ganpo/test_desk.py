"""The desk: what waits under the hat that is worn, what waits elsewhere, and where to go; the same few questions
however much waits."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from foundation.base.problem import Problem
from foundation.people import confirming, posts
from foundation.work import two_person
from foundation.work.todo import Todo
from ganpo import desk
from tests.competitions.judging.watching import statements
from tests.foundation.work.acts_made_up import NOW, kind, make_cast, user
from tests.web import visitors


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    two_person.register(kind())
    yield
    del two_person.KINDS["test.unlock"]


def shortcuts(page: str) -> list[str]:
    nav = page.partition('aria-labelledby="shortcuts"')[2].partition("</nav>")[0]
    return re.findall(r'href="([^"]*)"', nav)


async def test_an_empty_desk_is_friendly(database):
    async with visitors() as web:
        judge = await web.signed_in("judge")
        page = (await judge.get("/en/desk")).text
        assert "Nothing waits for you" in page
        assert shortcuts(page) == []


async def test_shortcuts_are_those_of_the_hat(database):
    cast = await make_cast()
    del cast
    async with visitors() as web:
        seen = {name: shortcuts((await (await web.signed_in(name)).get("/desk")).text) for name in ("feng", "fu", "gu")}
    assert "/accounts" in seen["feng"]
    assert "/outbox" not in seen["feng"]  # the federation's alone
    assert "/acts" in seen["fu"]
    assert {"/accounts", "/acts", "/organisations"} & {*seen["gu"]} == set()
    assert "/received" in seen["gu"]


async def test_every_shortcut_leads_to_a_page_for_whoever_has_it(database):
    await make_cast()
    async with visitors() as web:
        people = [await web.signed_in(name) for name in ("feng", "fu", "gu")]
        people.append(await web.signed_in("root", roles=["officer", "reviewer", "signer", "organiser", "supervisor"]))
        for person in people:
            for address in shortcuts((await person.get("/desk")).text):
                assert (await person.get(address)).status_code == 200, address


async def test_other_hats_are_counted_and_one_click_away(database):
    cast = await make_cast()
    await posts.give(cast.ke, cast.city, ["reviewer"], "cli", NOW)
    await cast.ask(cast.feng, cast.city, "entry:1")
    async with visitors() as web:
        ke = await web.signed_in("ke")
        for worn, other in ((cast.other_city, cast.city), (cast.city, cast.other_city)):
            assert (await ke.post("/hats", {"organisation": str(worn)})).status_code == 303
            page = (await ke.get("/en/desk")).text
            assert ("/acts/1" in page) == (worn == cast.city)
            assert ("1 thing waits" in page) == (other == cast.city)
            assert f'name="organisation" value="{other}"' in page


async def test_deadlines_are_clocks_and_the_late_come_first(database, monkeypatch):
    now = datetime.now(UTC)

    async def lines(who: object) -> list[Todo]:
        what = Problem("todo_acts")
        return [
            Todo("whenever", what, "/a", 1, "x"),
            Todo("in nine days", what, "/b", 1, "x", now + timedelta(days=9, minutes=5)),
            Todo("soon", what, "/c", 1, "x", now + timedelta(days=2, hours=3, minutes=5)),
            Todo("very soon", what, "/d", 1, "x", now + timedelta(minutes=40, seconds=30)),
            Todo("<b>late</b>", what, "/e", 1, "x", now - timedelta(days=1, minutes=5)),
            Todo("just late", what, "/f", 1, "x", now),
            Todo("100% now", what, "/g", 1, "x", pressing=True),
        ]

    monkeypatch.setattr(desk, "OF_HATS", (lines,))
    async with visitors() as web:
        judge = await web.signed_in("judge")
        english, chinese = [(await judge.get(path)).text for path in ("/en/desk", "/desk")]
    titles = re.findall(r'catalogue-title"><a href="[^"]*">([^<]*)<', english)
    assert titles == [
        "&lt;b&gt;late&lt;/b&gt;", "just late", "very soon", "soon", "100% now", "in nine days", "whenever",
    ]  # fmt: skip
    clocks = [re.findall(r"<strong>([^<]*)</strong> <time", page) for page in (english, chinese)]
    assert clocks == [
        ["Overdue by 1 day", "Overdue", "40 minutes left", "2 d 3 h left", "9 days left"],
        ["已超期1天", "已超期", "还剩40分钟", "还剩2天3小时", "还剩9天"],
    ]


@pytest.mark.parametrize("source", [confirming.todos, desk.failed_messages])
async def test_a_source_asks_one_question_for_one_and_for_three(database, source):
    cast = await make_cast()
    root = await user(await _root(cast))
    counts = []
    for _ in range(3):
        await cast.ask(cast.feng, 1, f"entry:{len(counts)}")
        with statements(database) as seen:
            await source(root)
        counts.append(len(seen))
    assert counts == [1, 1, 1]


async def test_the_whole_desk_asks_no_more_for_three_than_for_one(database):
    cast = await make_cast()
    fu, counts = await user(cast.fu), []
    for number in range(3):
        await cast.ask(cast.feng, cast.city, f"entry:{number}")
        with statements(database) as seen:
            lines = await desk.gathered(fu, (*desk.OF_HATS, *desk.PERSONAL))
        counts.append(len(seen))
        assert [line.count for line in lines] == [number + 1]
    assert len(set(counts)) == 1


async def _root(cast: object) -> int:
    from foundation.people import accounts

    made, _ = await accounts.create_account("root", "省里", ["officer"], "cli", NOW)
    return made
