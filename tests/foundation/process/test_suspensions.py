"""Suspended pages: which addresses are covered, that one person suspends and two restore, and nothing in between."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from foundation.base.problem import NotFound, Problem
from foundation.process import suspensions
from foundation.process.rules.suspending import covers, plain_path, suspension_problems, typed_path
from foundation.store import generations, ledger
from foundation.store.engines import Engine
from foundation.work import two_person
from tests.foundation.process.circulars_made_up import Province, province, refusal

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
PAGE = "/contests/2026-1-03"
HIDDEN = ("/contests/2026-1-03",)


@pytest.mark.parametrize(
    "path",
    [
        "/contests/2026-1-03", "/contests/2026-1-03/", "//contests//2026-1-03", "/en/contests/2026-1-03",
        "/EN//contests/2026-1-03",
        "/contests/2026-1-03/bundle.zip", "/contests/2026-1-03/scheme.json", "/contests/2026-1-03.json",
        "/contests/%32026-1-03", "/contests/%2532026-1-03", "/%65n/contests/2026-1-03", "/contests%2F2026-1-03",
        "/contests/./2026-1-03", "/contests/x/../2026-1-03", "/contests/2026-1-03?version=1", "\\contests\\2026-1-03",
        "/contests/2026-1-03/works/W1", "/Contests/2026-1-03",
    ],
)  # fmt: skip
def test_no_way_of_writing_leads_around_a_suspension(path: str) -> None:
    assert covers(HIDDEN, path)


@pytest.mark.parametrize(
    "path", ["/contests/2026-1-031", "/contests/2026-1-0", "/contests", "/", "/en", "/contests/2026-1-02"]
)
def test_neighbours_stay_readable(path: str) -> None:
    assert not covers(HIDDEN, path)
    assert not covers((), PAGE)


def test_the_first_page_is_suspended_alone() -> None:
    assert covers(("/",), "/")
    assert covers(("/",), "/en/")
    assert not covers(("/",), "/sign-in")


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("https://gong.example/en/contests/2026-1-03/?x=1#top", PAGE), (f" {PAGE}/ ", PAGE),
        ("contests/2026-1-03", PAGE), ("", ""), ("https://gong.example", "/"),
    ],
)  # fmt: skip
def test_an_address_is_understood_as_it_is_pasted(typed: str, path: str) -> None:
    assert typed_path(typed) == path


def test_the_door_and_the_way_back_are_never_suspended() -> None:
    for address in ("/sign-in", "/suspensions", "/acts/3", "/static/x/y.css", "/office/circulars"):
        assert suspension_problems(address, "r") == [Problem("suspension_not_public", "address", {"address": address})]
    assert [problem.code for problem in suspension_problems("", " ")] == [
        "suspension_address_empty", "suspension_reason_empty",
    ]  # fmt: skip
    assert plain_path("/a/" + "%25" * 50 + "2e") != ""


async def suspended(made: Province, by: str = "an") -> int:
    return await suspensions.suspend(f"https://gong.example{PAGE}/", "姓名有误", made.people[by], NOW)


async def act_of(suspension_id: int, kind: str) -> int:
    found = await two_person.open_act(kind, f"suspension:{suspension_id}")
    assert found is not None
    return found


async def test_one_person_suspends_at_once_and_a_second_confirms(database: Engine) -> None:
    made = await province()
    assert not await suspensions.suspended(PAGE)
    number = await suspended(made)
    assert await suspensions.load() == (PAGE,)
    assert await suspensions.suspended(f"{PAGE}/bundle.zip")
    act = await act_of(number, "suspension.confirm")
    with pytest.raises(Exception, match="act_"):
        await two_person.confirm(act, made.people["an"], NOW)
    await two_person.confirm(act, made.people["ling"], NOW)
    stands = await suspensions.by_id(number)
    assert (stands.address, stands.confirmed_at, stands.lifted_at) == (PAGE, NOW, None)
    assert (await generations.read(["suspensions"]))["suspensions"] == 2
    entries = [(one.act, one.actor, dict(one.payload)) for one in await ledger.entries(f"suspension:{number}")]
    assert [one for one in entries if one[0].startswith("suspension.")] == [
        ("suspension.confirmed", f"account:{made.people['ling']}", {"address": PAGE}),
        ("suspension.suspended", f"account:{made.people['an']}", {"address": PAGE}),
    ]


async def test_restoring_takes_two_and_works_once(database: Engine) -> None:
    made = await province()
    number = await suspended(made)
    await suspensions.ask_to_lift(number, "已更正", made.people["an"], NOW)
    assert await refusal(suspensions.ask_to_lift(number, "再问", made.people["ling"], NOW)) == [
        Problem("act_open_already")
    ]
    act = await act_of(number, "suspension.lift")
    assert await suspensions.load() == (PAGE,)
    with pytest.raises(Exception, match="act_"):
        await two_person.confirm(act, made.people["an"], NOW)
    assert await suspensions.load() == (PAGE,)
    await two_person.confirm(act, made.people["ling"], NOW + timedelta(hours=1))
    assert await suspensions.load() == ()
    assert not await suspensions.suspended(PAGE)
    assert await refusal(suspensions.ask_to_lift(number, "再来", made.people["an"], NOW)) == [
        Problem("suspension_lifted_already")
    ]
    late = await act_of(number, "suspension.confirm")
    assert await refusal(two_person.confirm(late, made.people["ling"], NOW)) == [Problem("suspension_lifted_already")]
    again = await suspended(made, "ling")
    assert again == number + 1


async def test_a_page_is_suspended_once_at_a_time(database: Engine) -> None:
    made = await province()

    async def suspend() -> str:
        try:
            await suspended(made)
        except Exception as error:  # noqa: BLE001 - compared below
            return str(error)
        return "suspended"

    assert sorted(await asyncio.gather(suspend(), suspend())) == ["suspended", "suspension_already"]
    with pytest.raises(NotFound):
        await suspensions.ask_to_lift(999, "x", made.people["an"], NOW)
