"""Who sees an act of two people and who may decide it: the own union or one above, never the asker."""

from collections.abc import Iterator

import pytest

from foundation.base.problem import NotFound, Problem
from foundation.people import accounts, confirming
from foundation.work import two_person
from foundation.work.todo import Todo
from tests.foundation.work.acts_made_up import NOW, Cast, account, kind, make_cast, user


@pytest.fixture
async def cast(database) -> Cast:
    return await make_cast()


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    two_person.register(kind())
    yield
    del two_person.KINDS["test.unlock"]


async def may_decide(account_id: int, act_id: int) -> bool | None:
    try:
        return (await confirming.act_for(await user(account_id), act_id)).may_decide
    except NotFound:
        return None


async def test_officers_and_reviewers_of_the_union_and_above_decide_and_nobody_else_sees_it(cast):
    act_id = await cast.ask(cast.feng, cast.city)
    root = await account("root", "省里", ["officer"], 1)
    assert {who: await may_decide(who, act_id) for who in (cast.feng, cast.fu, root, cast.gu, cast.ke, cast.lin)} == {
        cast.feng: False,
        cast.fu: True,
        root: True,
        cast.gu: None,
        cast.ke: None,
        cast.lin: None,
    }


async def test_what_is_shown_is_said_in_words(cast):
    act_id = await cast.ask(cast.feng, cast.city)
    seen = await confirming.act_for(await user(cast.fu), act_id)
    assert (seen.title, list(seen.shown), seen.asked_by, seen.organisation, seen.address) == (
        "Unlock an entry",
        [("Entry", "7")],
        "冯砚秋",
        "上饶市总工会",
        "",
    )
    assert (await confirming.act_for(await user(cast.feng), act_id)).address == "/desk"


async def test_a_unit_with_one_person_asks_its_upper_union_or_brings_a_signed_paper(cast):
    act_id = await cast.ask(cast.lin, cast.county)
    assert await may_decide(cast.feng, act_id) is True
    assert (await confirming.act_for(await user(cast.lin), act_id)).may_use_paper
    await account("new", "新来", ["clerk"], cast.county)
    assert not (await confirming.act_for(await user(cast.lin), act_id)).may_use_paper


async def test_nobody_uses_a_paper_for_a_unit_in_which_they_hold_no_post(cast):
    act_id = await cast.ask(cast.feng, cast.county)
    assert not (await confirming.act_for(await user(cast.feng), act_id)).may_use_paper


async def test_lists_hold_what_is_the_hat_s_to_decide(cast):
    of_lin = await cast.ask(cast.lin, cast.county, "entry:1")
    of_feng = await cast.ask(cast.feng, cast.city, "entry:2")
    officer = await account("second", "二", ["officer"], cast.county)
    of_second = await cast.ask(officer, cast.county, "entry:3")
    ids = {
        name: [[line.act.id for line in await read(await user(who))] for read in LISTS]
        for name, who in (("feng", cast.feng), ("fu", cast.fu), ("lin", cast.lin), ("gu", cast.gu), ("ke", cast.ke))
    }
    # Of the county's, Lin and the second officer can decide each other's.
    assert ids == {
        "feng": [[], [of_second, of_lin], [of_feng]],
        "fu": [[of_feng], [of_second, of_lin], []],
        "lin": [[of_second], [], [of_lin]],
        "gu": [[], [], []],
        "ke": [[], [], []],
    }


LISTS = (confirming.waiting, confirming.below, confirming.asked)


async def test_what_a_unit_cannot_decide_waits_for_the_nearest_union_that_can(cast):
    act_id = await cast.ask(cast.lin, cast.county)
    root = await user(await account("root", "省里", ["officer"], 1))
    feng = await user(cast.feng)
    ids = [[line.act.id for line in await read(who)] for who in (root, feng) for read in LISTS]
    assert ids == [[], [act_id], [], [act_id], [], []]
    assert (await confirming.todos(root), len(await confirming.todos(feng))) == ([], 1)
    for gone in (cast.feng, cast.fu):
        await accounts.set_active(gone, active=False, by="cli")
    assert [line.act.id for line in await confirming.waiting(root)] == [act_id]


async def test_decided_acts_leave_the_lists_but_not_their_asker_s(cast):
    act_id = await cast.ask(cast.feng, cast.city)
    await two_person.reject(act_id, cast.fu, "No.", NOW)
    lists = [await read(await user(cast.fu)) for read in LISTS]
    assert lists == [[], [], []]
    [line] = await confirming.asked(await user(cast.feng))
    assert (line.act.stage, line.asked_by) == (two_person.Stage.REJECTED, "冯砚秋")
    assert not (await confirming.act_for(await user(cast.fu), act_id)).may_decide


async def test_the_desk_says_so_in_one_line(cast):
    fu = await user(cast.fu)
    assert await confirming.todos(fu) == []
    first = await cast.ask(cast.feng, cast.city, "entry:1")
    what = (Problem("todo_acts_title"), Problem("todo_acts"))
    assert await confirming.todos(fu) == [Todo(*what, f"/acts/{first}", 1, "act", pressing=True)]
    await cast.ask(cast.lin, cast.county, "entry:2")
    assert await confirming.todos(fu) == [Todo(*what, "/acts", 2, "act", pressing=True)]
    assert [await confirming.todos(await user(who)) for who in (cast.gu, cast.ke)] == [[], []]


async def test_lists_go_on_from_where_a_page_ended(cast):
    made = [await cast.ask(cast.feng, cast.city, f"entry:{number}") for number in range(confirming.SIZE + 3)]
    fu = await user(cast.fu)
    first = await confirming.waiting(fu)
    assert [line.act.id for line in first] == made[: 1 - len(made) : -1][: confirming.SIZE + 1]
    rest = await confirming.waiting(fu, first[confirming.SIZE - 1].act.id)
    assert [line.act.id for line in rest] == [made[2], made[1], made[0]]
