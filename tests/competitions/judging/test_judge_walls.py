"""What no judge can do: meet a name, open what is others', break a page with junk, or make the registry slow."""

from typing import Any

import pytest

from tests.competitions.judging.here import NAMES, UNITS, Here, another_contest, contest_here
from tests.competitions.judging.watching import fields_of, save, sheet, statements, stored
from tests.web import Web, visitors


async def test_strangers_and_wrong_addresses_look_the_same(database: Any) -> None:
    here = await contest_here()
    await another_contest("xu")
    async with visitors() as web:
        judge, stranger, office = (
            await web.signed_in("feng"),
            await web.signed_in("xu"),
            await web.signed_in("zuzhi"),
        )
        fields = fields_of((await judge.get(sheet(here))).text)
        answers = [
            await stranger.get(f"/judge/contests/{here.contest.address}"),
            await stranger.get(sheet(here)),
            await stranger.post(sheet(here), fields),
            await office.get(sheet(here)),
            await judge.get(sheet(here, "03")),
            await judge.post(sheet(here, "03"), fields),
            await judge.get(sheet(here, "99")),
            await judge.get(sheet(here, "%00")),
            await judge.get(sheet(here, "%F0%9F%A5%9A' OR 1=1")),
            await judge.get("/judge/contests/2099-9-99"),
        ]
        nobody = web.visitor()
        door = await nobody.get(sheet(here))
    assert [answer.status_code for answer in answers] == [404] * 10
    assert door.status_code == 303
    assert await stored() == []


JUNK = (
    "x" * 5_000,
    "\x00",
    "９" * 60,
    "\u202e5",
    "NaN",
    "-0",
    "1e9",
    "<script>alert(1)</script>",
    "🥚",
    "'; DROP TABLE mark; --",
)


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_junk_in_every_field_is_answered_with_a_page(database: Any, junk: str) -> None:
    here = await contest_here()
    async with visitors() as web:
        for judge in (await web.signed_in("hu"), await web.signed_in("feng")):
            fields = fields_of((await judge.get(sheet(here))).text)
            names = [*fields, "void-D-0", "void-D-99", "none-D2", "absent-D1", "mark-D2", "surprise"]
            for name in names:
                answer = await judge.post(sheet(here), {**fields, name: junk})
                assert answer.status_code in (303, 409, 422), name
                assert "<script>alert" not in answer.text
            assert (await judge.post(sheet(here), dict.fromkeys(names, junk))).status_code in (303, 409, 422)
            assert (await judge.post(sheet(here), {name: [junk, junk] for name in names})).status_code in (
                303,
                409,
                422,
            )
            assert (await judge.post(sheet(here), {})).status_code == 422
    assert {value for _, _, value in await stored()} <= {"0"}  # only "-0" is a number among them


async def test_no_page_of_a_judge_asks_who_made_a_work(database: Any) -> None:
    here = await contest_here()
    await here.complete("01")
    async with visitors() as web:
        judge = await web.signed_in("hu")
        page = await judge.get(sheet(here))
        with statements(database) as seen:
            answers = [
                await judge.get("/desk"),
                await judge.get(f"/judge/contests/{here.contest.address}"),
                await judge.get(sheet(here)),
                await judge.get(sheet(here, "99")),
                await save(judge, sheet(here), page, mark_P1="9"),
                await save(judge, sheet(here), mark_P1="3"),
            ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 422, 303]
    assert any("mark" in sql for sql in seen)
    assert [sql for sql in seen if "contestant" in sql.lower()] == []
    for answer in answers:
        assert [word for word in (*NAMES, *UNITS) if word in answer.text] == []


async def count(database: Any, web: Web, here: Here, work: str, **typed: str) -> tuple[int, int]:
    """How many statements saving and showing a sheet takes."""
    judge = await web.signed_in("feng")
    page = await judge.get(sheet(here, work))
    with statements(database) as saving:
        assert (await save(judge, sheet(here, work), page, **typed)).status_code == 303
    with statements(database) as showing:
        assert (await judge.get(sheet(here, work))).status_code == 200
    return len(saving), len(showing)


async def test_a_sheet_costs_the_same_few_queries_for_one_aspect_and_for_four(database: Any) -> None:
    here = await contest_here(("01", "02", "03", "04"))
    async with visitors() as web:
        await count(database, web, here, "04", mark_D1="5")  # a process reads a scheme once and keeps it by its hash
        one = await count(database, web, here, "01", mark_D1="5")
        four = await count(database, web, here, "02", mark_D1="5", none_D2="1", mark_D3="1", mark_D4="I")
    assert one == four
    saving, showing = one
    assert saving <= 20
    assert showing <= 12
