"""Seats, recusals, marks and their lock: through the real writers, on both engines."""

import asyncio
from fractions import Fraction

import pytest

from craftsmen import panel, panel_locks, panel_marks, panel_scores, recusals
from craftsmen.nomination_tables import Nomination
from craftsmen.panel_reads import desk_for, seats_of, work_of, works_of
from craftsmen.panel_tables import PanelMark, Recusal
from craftsmen.recusals import Keeping
from craftsmen.round_tables import SelectionRound
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.worker_tables import Worker
from foundation.store import ledger
from tests.craftsmen.nominations.cast import NOW
from tests.craftsmen.panel.cast import MEMBERS, before_panel


async def refused(doing) -> list[str]:
    with pytest.raises(Refused) as refusal:
        await doing
    return [problem.code for problem in refusal.value.problems]


async def test_seats_keep_their_numbers_and_the_first_takes_the_chair(database):
    here = await before_panel()
    sheng = here.account("sheng")
    assert [(one.code, one.name, one.chair) for one in await seats_of(here.round_id)] == [
        ("J1", "万青", True), ("J2", "熊力", False), ("J3", "舒敏", False), ("J4", "邵安", False),
        ("J5", "章平", False),
    ]  # fmt: skip
    assert await refused(panel.seat(here.round_id, here.account("shu"), sheng, NOW)) == ["panel_seated"]
    assert await refused(panel.remove(here.round_id, 1, sheng)) == ["panel_chair_leaves"]
    await panel.make_chair(here.round_id, 3, sheng)
    await panel.remove(here.round_id, 1, sheng)
    with pytest.raises(NotFound):
        await panel.remove(here.round_id, 1, sheng)
    assert await panel.seat(here.round_id, here.account("xun"), sheng, NOW) == 6
    assert await panel.seat(here.round_id, here.account("wan"), sheng, NOW) == 1
    assert [one.code for one in await seats_of(here.round_id) if one.chair] == ["J3"]


async def test_the_registry_finds_who_stands_too_near_and_the_record_says_so(database):
    here = await before_panel()
    shao, cheng, ji = here.seats["shao"].id, here.nominations["cheng"], here.nominations["ji"]
    same_unit = Keeping("same_unit", True)
    assert await recusals.of_round(here.round_id) == {(shao, cheng): same_unit, (shao, ji): same_unit}
    rows = await Recusal.select(Recusal.seat, Recusal.nomination, Recusal.by).order_by(Recusal.nomination)
    assert rows == [
        {"seat": shao, "nomination": cheng, "by": "registry"}, {"seat": shao, "nomination": ji, "by": "registry"}
    ]  # fmt: skip
    acts = [(one.act, one.about) for one in await ledger.entries(f"round:{here.round_id}")]
    assert acts.count(("recusal.found", f"nomination:{cheng}")) == 1
    # a namesake who came later is found as well, before anything is written down
    await Worker.update({Worker.name: "万青"}).where(Worker.id == here.here.workers["kehe"])
    key = (here.seats["wan"].id, here.nominations["kehe"])
    assert (await recusals.of_round(here.round_id))[key] == Keeping("same_name", True)
    # and it is another person of that name, as the office knows
    assert await refused(panel.lift(here.round_id, *key, " ", here.account("sheng"), NOW)) == ["recusal_lift_empty"]
    await panel.lift(here.round_id, *key, "同名不同人,已核对身份", here.account("sheng"), NOW)
    assert key not in await recusals.of_round(here.round_id)
    with pytest.raises(NotFound):
        await panel.lift(here.round_id, *key, "再来一次", here.account("sheng"), NOW)
    assert await recusals.lifted(here.round_id) == {key: "同名不同人,已核对身份"}


async def test_whoever_keeps_out_neither_marks_nor_counts(database):
    here = await before_panel()
    assert await refused(here.mark("shao", "cheng", "30", "30", "10")) == ["panel_recused"]
    await here.mark("zhang", "kehe", "40", "40", "20")
    seat, kehe = here.seats["zhang"].id, here.nominations["kehe"]
    assert await refused(panel.recuse(here.round_id, seat, kehe, " ", here.account("zhang"), NOW)) == [
        "recusal_reason_empty"
    ]
    await panel.recuse(here.round_id, seat, kehe, "曾同在一个课题组", here.account("zhang"), NOW)
    await panel.recuse(here.round_id, seat, kehe, "再说一次", here.account("zhang"), NOW)
    assert await refused(here.mark("zhang", "kehe", "39", "40", "20", nonce="m")) == ["panel_recused"]
    for member in ("wan", "xiongj", "shu", "shao"):
        await here.mark(member, "kehe", "30", "30", "10")
    row = next(one for one in (await panel_scores.overview(here.round_id)).rows if one.nomination.id == kehe)
    assert (row.done[seat], row.finished, row.total) == (None, True, Fraction(70))
    with pytest.raises(NotFound):
        await panel.recuse(here.round_id, seat, 999, "没有这个人", here.account("zhang"), NOW)


async def test_a_mark_is_only_ever_added_to_and_a_retry_is_one(database):
    here = await before_panel()
    assert await here.mark("wan", "cheng", "30", "31", "18.5") == 3
    assert await here.mark("wan", "cheng", "30", "31", "18.5") == 0
    both = await asyncio.gather(
        here.mark("xiongj", "cheng", "30", "31", "18.5"), here.mark("xiongj", "cheng", "30", "31", "18.5")
    )
    assert sorted(both) == [0, 3]
    assert await refused(here.mark("wan", "cheng", "35", "31", "18.5", nonce="other")) == ["panel_mark_stale"]
    assert await refused(here.mark("wan", "ji", "41", "31", "18.5")) == ["mark_range"]
    assert await PanelMark.count() == 6
    entries = await ledger.entries(f"round:{here.round_id}", limit=6)
    assert {one.act for one in entries} == {"panel.marked"}
    assert all("value" not in one.payload for one in entries)


async def test_marking_needs_the_round_the_seat_and_the_nomination_to_be_there(database):
    here = await before_panel()
    with pytest.raises(NotFound):  # another member's seat
        await panel_marks.give(here.seats["wan"].id, here.nominations["cheng"], [], here.account("shu"), NOW)
    with pytest.raises(NotFound):
        await panel_marks.give(here.seats["wan"].id, 999, [], here.account("wan"), NOW)
    await Nomination.update({Nomination.stage: "withdrawn"}).where(Nomination.id == here.nominations["ji"])
    with pytest.raises(NotFound):
        await here.mark("wan", "ji", "30", "31", "18.5")
    await SelectionRound.update({SelectionRound.stage: "reviewing"}).where(SelectionRound.id == here.round_id)
    assert await refused(here.mark("wan", "cheng", "30", "31", "18.5")) == ["panel_not_deciding"]


async def test_the_chair_locks_what_was_read_and_scores_are_exact(database):
    here = await before_panel()
    assert await refused(here.lock()) == ["panel_missing"] * 4
    await here.mark_all()
    seen = (await panel_scores.overview(here.round_id)).seen
    with pytest.raises(NotFound):
        await panel_locks.lock(here.round_id, seen, here.account("shu"), NOW)
    await panel_locks.lock(here.round_id, seen, here.account("wan"), NOW)
    # 程砚秋: four members gave 30, 31, 32, 34 and all 32 and 18.5; 熊晓燕: five gave 30 … 34, 34 and 18.5
    assert await panel_locks.scores_of(here.round_id) == {
        here.nominations["cheng"]: Fraction(127, 4) + 32 + Fraction(37, 2),
        here.nominations["ji"]: Fraction(127, 4) + 33 + Fraction(37, 2),
        here.nominations["xiong"]: 32 + 34 + Fraction(37, 2),
        here.nominations["kehe"]: 32 + 35 + Fraction(37, 2),
    }
    assert await refused(here.lock()) == ["panel_locked"]
    assert await refused(here.mark("wan", "cheng", "33", "32", "18.5", nonce="late")) == ["panel_locked"]
    assert await refused(panel.seat(here.round_id, here.account("xun"), here.account("sheng"), NOW)) == ["panel_locked"]


async def test_a_page_that_is_older_than_a_mark_locks_nothing(database):
    here = await before_panel()
    await here.mark_all()
    seen = (await panel_scores.overview(here.round_id)).seen
    marks = [panel_marks.NewMark("S1", "12", "again:S1", 1)]
    await panel_marks.give(here.seats["shu"].id, here.nominations["kehe"], marks, here.account("shu"), NOW)
    assert await refused(panel_locks.lock(here.round_id, seen, here.account("wan"), NOW)) == ["panel_changed_meanwhile"]
    row = next(one for one in (await panel_scores.overview(here.round_id)).rows if one.apart)
    assert (row.nomination.id, row.apart) == (here.nominations["kehe"], (("技艺水平", 22_000),))


async def test_the_panel_must_be_as_many_as_the_scheme_asks_for(database):
    here = await before_panel()
    await panel.remove(here.round_id, 5, here.account("sheng"))
    with pytest.raises(Refused) as refusal:
        await here.lock()
    assert refusal.value.problems == (Problem("panel_size", "", {"asked": "5", "n": "4"}),)


async def test_a_member_sees_what_stands_before_their_panel_and_nobody_else_does(database):
    here = await before_panel()
    user = await here.here.user("shao")
    desk = await desk_for(user, here.address)
    works = await works_of(desk, user)
    assert [(one.nomination.name, one.keeps is None) for one in works] == [
        ("程砚秋", False), ("𠮷田", False), ("熊晓燕", True), ("柯河", True)
    ]  # fmt: skip
    address = works[2].nomination.address
    assert (await work_of(desk, user, address)).nomination.name == "熊晓燕"
    await Nomination.update({Nomination.stage: "withdrawn"}).where(Nomination.id == works[2].nomination.id)
    with pytest.raises(NotFound):
        await work_of(desk, user, address)
    for stranger in ("mei", "shen", "sheng"):
        with pytest.raises(NotFound):
            await desk_for(await here.here.user(stranger), here.address)
    await panel.remove(here.round_id, 4, here.account("sheng"))
    with pytest.raises(NotFound):
        await desk_for(user, here.address)
    assert len(MEMBERS) == 5
