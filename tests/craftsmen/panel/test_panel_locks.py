"""The lock on a panel's marks and how two people take it back: through the real writers and pages, on both engines."""

import asyncio

import pytest

from craftsmen import panel, panel_locks, votes
from craftsmen.panel_reads import locked_at
from foundation.base.problem import NotFound, Refused
from foundation.files import stored
from foundation.store import ledger
from foundation.work import two_person
from tests.craftsmen.nominations.cast import NOW, PDF
from tests.craftsmen.panel.cast import Panel, before_panel
from tests.web import visitors

REASON = "两份评分表录入时看错了行，须更正。"


async def refused(doing) -> list[str]:
    with pytest.raises(Refused) as refusal:
        await doing
    return [problem.code for problem in refusal.value.problems]


async def locked_panel() -> Panel:
    here = await before_panel()
    await here.mark_all()
    await here.lock()
    return here


async def ask(here: Panel, who: str = "wan") -> int:
    return await panel_locks.ask_to_unlock(here.round_id, REASON, here.account(who), NOW)


async def test_two_people_take_a_lock_back_and_it_is_locked_again_with_other_scores(database):
    here = await locked_panel()
    before = await panel_locks.scores_of(here.round_id)
    act = await ask(here)
    assert await refused(ask(here)) == ["act_open_already"]
    assert await locked_at(here.round_id) is not None  # asking alone does nothing
    assert await refused(two_person.confirm(act, here.account("wan"), NOW)) == ["act_own"]
    assert await refused(two_person.confirm(act, here.account("shu"), NOW)) == ["panel_unlock_member"]
    assert await locked_at(here.round_id) is not None
    await two_person.confirm(act, here.account("sheng"), NOW)
    assert (await locked_at(here.round_id), await panel_locks.scores_of(here.round_id)) == (None, {})
    entry = (await ledger.entries(f"round:{here.round_id}", limit=1))[-1]
    assert (entry.act, entry.actor) == ("panel.unlocked", f"account:{here.account('sheng')}")
    assert (entry.payload["act"], entry.payload["asked_by"]) == (act, here.account("wan"))
    assert REASON not in str(entry.payload)
    # marks stand as they were; the chair locks again and the same come out, until somebody corrects one
    await here.lock()
    assert await panel_locks.scores_of(here.round_id) == before


async def test_only_the_chair_asks_and_only_while_it_is_locked(database):
    here = await before_panel()
    assert await refused(ask(here)) == ["panel_unlock_not_locked"]
    await here.mark_all()
    await here.lock()
    for who in ("shu", "sheng", "mei"):
        with pytest.raises(NotFound):
            await ask(here, who)
    assert await refused(panel_locks.ask_to_unlock(here.round_id, " ", here.account("wan"), NOW)) == [
        "act_reason_empty"
    ]


async def test_a_ballot_that_rests_on_the_marks_keeps_them(database):
    here = await locked_panel()
    asked = await ask(here)
    vote = await here.opened()
    assert await refused(two_person.confirm(asked, here.account("sheng"), NOW)) == ["panel_unlock_voting"]
    await two_person.withdraw(asked, here.account("wan"), NOW)
    assert await refused(ask(here)) == ["panel_unlock_voting"]
    await votes.break_off(vote.id, "评分须更正。", here.account("sheng"), NOW)
    again = await ask(here)
    second = await here.opened()
    tally = here.tally(second, cheng=4, xiong=5)
    for teller in ("jian", "ji_clerk"):
        await votes.hand_in(second.id, tally, here.account(teller), NOW)
    assert await refused(two_person.confirm(again, here.account("sheng"), NOW)) == ["panel_unlock_voting"]
    paper = await stored.keep("计票单.pdf", PDF, here.account("sheng"), NOW)
    await votes.sign(second.id, paper, here.account("sheng"), NOW)
    assert await refused(two_person.confirm(again, here.account("sheng"), NOW)) == ["panel_unlock_voted"]


async def test_of_a_ballot_and_a_confirmation_at_the_same_moment_one_finds_the_other(database):
    here = await locked_panel()
    act = await ask(here)
    done = await asyncio.gather(
        two_person.confirm(act, here.account("sheng"), NOW), here.opened(), return_exceptions=True
    )
    codes = [one.problems[0].code for one in done if isinstance(one, Refused)]
    assert codes in (["panel_unlock_voting"], ["vote_marks_first"])
    assert (await locked_at(here.round_id) is None) == (codes == ["vote_marks_first"])


async def test_the_pages_ask_show_who_decides_and_open_the_sheets_again(database):
    here = await locked_panel()
    overview = f"/panel/rounds/{here.address}/overview"
    async with visitors() as web:
        wan, shu, sheng = [await web.signed_in(name) for name in ("wan", "shu", "sheng")]
        assert "申请解锁" in (await wan.get(overview)).text
        for member in (shu, sheng):
            assert (await member.post(f"/panel/rounds/{here.address}/unlocking", {"reason": REASON})).status_code == 404
        empty = await wan.post(f"/panel/rounds/{here.address}/unlocking", {"reason": ""})
        assert empty.status_code == 409
        answer = await wan.post(f"/panel/rounds/{here.address}/unlocking", {"reason": REASON})
        assert answer.status_code == 303
        page = (await wan.get(overview)).text
        act = await panel_locks.asked(here.round_id)
        assert (f"/acts/{act}" in page, "申请解锁</summary>" in page) == (True, False)
        assert REASON in (await sheng.get(f"/acts/{act}")).text
        await two_person.confirm(act or 0, here.account("sheng"), NOW)
        assert "锁定全部评分" in (await wan.get(overview)).text
    await panel.remove(here.round_id, 5, here.account("sheng"))  # seats change again
