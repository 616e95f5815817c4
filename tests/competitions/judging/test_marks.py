"""Marks are kept once, whole, in order, and the ledger knows each of them."""

import asyncio
from typing import Any

import pytest

from competitions.contests import lock_contest
from competitions.marks import NewMark, check_against_ledger, current, give
from competitions.rules.stages import Stage
from competitions.tables import Entry, Mark, Seat, SeatWork
from foundation.base.problem import NotFound, Refused
from foundation.store import commit, ledger
from foundation.store.ledger_verify import Finding
from foundation.store.transactions import transaction
from tests.competitions.judging.here import NOW, Here, contest_here, set_stage


async def rows(here: Here) -> list[tuple[str, int, str]]:
    found = await Mark.select().where(Mark.contest == here.contest.id).order_by(Mark.id)
    return [(row["aspect"], row["revision"], row["value"]) for row in found]


async def codes(awaited: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        await awaited
    return [problem.code for problem in refusal.value.problems]


async def test_marks_changes_and_taking_back_are_revisions_each_in_the_ledger(database: Any) -> None:
    here = await contest_here()
    assert await here.give("hu", "01", {"P1": "2", "P2": "8.5"}) == 2
    assert await here.give("hu", "01", {"P2": "9"}) == 1
    assert await here.give("hu", "01", {"P1": ""}) == 1
    assert await rows(here) == [("P1", 1, "2"), ("P2", 1, "8.5"), ("P2", 2, "9"), ("P1", 2, "")]
    assert [
        (given.row.entry, given.row.aspect, given.row.judge, given.row.value)
        for given in await current(here.contest.id)
    ] == [("01", "P2", "J1", 9000)]
    recorded = [entry for entry in await ledger.entries(f"contest:{here.contest.id}") if entry.act == "mark.given"]
    assert [(entry.actor, entry.about, entry.payload["aspect"], entry.payload["revision"]) for entry in recorded] == [
        (f"account:{here.accounts['hu']}", f"entry:{here.works['01']}", aspect, revision)
        for aspect, revision in (("P1", 2), ("P2", 2), ("P2", 1), ("P1", 1))
    ]
    assert set(recorded[0].payload) == {"mark", "seat", "aspect", "revision", "digest"}
    assert await check_against_ledger() == []


async def test_a_retry_is_acknowledged_without_a_second_mark(database: Any) -> None:
    here = await contest_here()
    assert await here.give("hu", "01", {"P1": "2"}, base=0, nonce="n1") == 1
    assert await here.give("hu", "01", {"P1": "2"}, base=0, nonce="n1") == 0
    await here.give("hu", "01", {"P1": "3"})
    assert await here.give("hu", "01", {"P1": "2"}, base=0, nonce="n1") == 0
    assert await rows(here) == [("P1", 1, "2"), ("P1", 2, "3")]


async def test_one_bad_mark_and_none_is_saved(database: Any) -> None:
    here = await contest_here()
    await here.give("hu", "01", {"P1": "2"})
    assert await codes(here.give("hu", "01", {"P2": "8", "P1": "3"}, base=0)) == ["mark_stale"]
    assert await codes(here.give("hu", "02", {"P1": "1", "P2": "11"})) == ["mark_step"]
    assert await rows(here) == [("P1", 1, "2")]
    assert await check_against_ledger() == []


@pytest.mark.parametrize("group", [False, True])
async def test_of_two_tabs_that_save_at_once_exactly_one_wins(database: Any, group: bool) -> None:
    here = await contest_here()
    committing = commit.GroupCommit(database)
    if group:
        await committing.start()
    try:
        results = await asyncio.gather(
            *(here.give("hu", "01", {"P1": str(level), "P2": "5"}, base=0) for level in range(4)),
            return_exceptions=True,
        )
    finally:
        if group:
            await committing.stop()
    assert [result for result in results if not isinstance(result, Refused)] == [2]
    assert [problem.code for result in results if isinstance(result, Refused) for problem in result.problems] == [
        "mark_stale"
    ] * 3
    assert len(await rows(here)) == 2
    assert await check_against_ledger() == []


async def test_the_same_sheet_twice_at_once_is_one_sheet(database: Any) -> None:
    here = await contest_here()
    results = await asyncio.gather(
        *(here.give("hu", "01", {"P1": "2", "P2": "5"}, base=0, nonce="n") for _ in range(3))
    )
    assert sorted(results) == [0, 0, 2]
    assert await rows(here) == [("P1", 1, "2"), ("P2", 1, "5")]


async def test_only_this_judge_this_seat_these_works_and_aspects(database: Any) -> None:
    here = await contest_here()
    mine, work = here.seats["hu"], here.works["01"]
    for seat, entry, aspect, by in [
        (mine, work, "P1", here.accounts["nie"]),  # somebody else on this seat
        (here.seats["feng"], here.works["03"], "D1", here.accounts["feng"]),  # a work of others
        (mine, work, "D1", here.accounts["hu"]),  # an aspect of others
        (mine, 9999, "P1", here.accounts["hu"]),
        (9999, work, "P1", here.accounts["hu"]),
    ]:
        with pytest.raises(NotFound):
            await give(seat, entry, [NewMark(aspect, "2", "", "n:x", 0)], by, NOW)
    assert await rows(here) == []


@pytest.mark.parametrize(
    "stage, code",
    [(Stage.DRAFT, "marking_not_open"), (Stage.FROZEN, "marking_not_open"), (Stage.PUBLISHED, "marking_over")],
)
async def test_marks_are_given_only_while_marking_is_open(database: Any, stage: Stage, code: str) -> None:
    here = await contest_here(stage=stage)
    assert await codes(here.give("hu", "01", {"P1": "2"})) == [code]
    assert await rows(here) == []


async def test_locked_and_absent_entries_take_no_marks(database: Any) -> None:
    here = await contest_here()
    await Entry.update({Entry.locked_at: NOW}).where(Entry.id == here.works["01"])
    await Entry.update({Entry.status: "absent"}).where(Entry.id == here.works["02"])
    assert await codes(here.give("hu", "01", {"P1": "2"})) == ["entry_locked"]
    assert await codes(here.give("hu", "02", {"P1": "2"})) == ["entry_absent"]
    assert await rows(here) == []


async def test_an_id_used_on_another_work_is_refused_and_nothing_breaks(database: Any) -> None:
    here = await contest_here()
    await here.give("hu", "01", {"P1": "2"}, nonce="n")
    assert await codes(here.give("hu", "02", {"P1": "2"}, nonce="n")) == ["sheet_sent_before"]
    assert await codes(here.give("nie", "01", {"P1": "1"}, nonce="n")) == ["sheet_sent_before"]
    assert await rows(here) == [("P1", 1, "2")]


async def test_a_seat_changed_meanwhile_closes_the_sheet(database: Any) -> None:
    here = await contest_here()
    await Seat.update({Seat.every_work: False}).where(Seat.id == here.seats["hu"])
    with pytest.raises(NotFound):
        await here.give("hu", "01", {"P1": "2"})
    await SeatWork(seat=here.seats["hu"], entry=here.works["01"]).save()
    assert await here.give("hu", "01", {"P1": "2"}) == 1


async def test_the_check_finds_a_mark_that_was_edited_deleted_or_slipped_in(database: Any) -> None:
    here = await contest_here()
    await here.give("hu", "01", {"P1": "2", "P2": "8"})
    await here.give("nie", "01", {"P1": "2"})
    stream = f"contest:{here.contest.id}"
    seq = {entry.payload["mark"]: entry.seq for entry in await ledger.entries(stream) if entry.act == "mark.given"}
    edited, deleted, kept = (row["id"] for row in await Mark.select(Mark.id).order_by(Mark.id))
    await Mark.update({Mark.value: "3"}).where(Mark.id == edited)
    await Mark.delete().where(Mark.id == deleted)
    twin = Mark(
        contest=here.contest.id,
        entry=here.works["02"],
        seat=here.seats["hu"],
        account=here.accounts["hu"],
        aspect="P1",
        revision=1,
        value="3",
        detail="",
        client_id="x",
        salt="y",
        given_at=NOW,
    )
    await twin.save()
    assert await check_against_ledger() == [
        Finding(stream, seq[edited], "mark_edited"),
        Finding(stream, seq[deleted], "mark_missing"),
        Finding(f"{stream}, mark:{twin.id}", 0, "mark_unrecorded"),
    ]
    assert seq[kept] > 0
    await Mark.delete().where(Mark.id == twin.id)
    assert len(await check_against_ledger(here.contest.id)) == 2
    assert await check_against_ledger(here.contest.id + 1) == []


@pytest.mark.parametrize(
    "column", ["value", "detail", "revision", "entry", "seat", "account", "given_at", "client_id", "salt"]
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_column_of_a_mark_can_be_edited_unseen(database: Any, column: str) -> None:
    here = await contest_here()
    await here.give("hu", "01", {"P1": "2"})
    changed = {
        "entry": here.works["02"], "seat": here.seats["nie"], "account": here.accounts["nie"], "revision": 7,
        "given_at": NOW.replace(hour=1),
    }.get(column, "other")  # fmt: skip
    await Mark.update({column: changed}, force=True)
    assert [finding.what for finding in await check_against_ledger()] == ["mark_edited"]


async def test_marks_of_a_stage_that_ends_meanwhile_are_refused(database: Any) -> None:
    here = await contest_here()
    await here.give("hu", "01", {"P1": "2"})
    await set_stage(here.contest.id, Stage.PUBLISHED)
    assert await codes(here.give("hu", "01", {"P1": "3"})) == ["marking_over"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_mark_that_waits_for_the_panel_s_change_is_judged_by_what_stands_then(database: Any) -> None:
    """On SQLite there is one writer; on PostgreSQL a statement that waited must not answer with what it read before."""
    here = await contest_here()
    locked, release = asyncio.Event(), asyncio.Event()

    async def change_the_panel() -> None:
        async with transaction():
            await lock_contest(here.contest.id)
            await Seat.update({Seat.aspects: '["P2"]'}).where(Seat.account == here.accounts["hu"])
            locked.set()
            await release.wait()

    change = asyncio.create_task(change_the_panel())
    await locked.wait()
    mark = asyncio.create_task(here.give("hu", "01", {"P1": "2"}))
    while not await waiting_for_a_lock():  # noqa: ASYNC110 - what is waited for is in the database
        await asyncio.sleep(0.01)
    release.set()
    await change
    with pytest.raises(NotFound):
        await mark
    assert await rows(here) == []


async def waiting_for_a_lock() -> bool:
    found = await Mark.raw("SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    return bool(found[0]["n"])
