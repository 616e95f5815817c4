"""Agreements through their writer: who may be bound, one of two at the same moment, papers, merging, the tree."""

import asyncio

import pytest

from craftsmen import apprenticeship_reads, apprenticeships
from craftsmen.apprenticeships import most_running
from craftsmen.guild_tables import Apprenticeship
from craftsmen.rules.apprenticeships import Agreement, Stage
from foundation.base.problem import NotFound, Refused
from foundation.files import stored, uses
from foundation.people import workers
from foundation.people.worker_facts import Given
from foundation.store import ledger
from tests.craftsmen.guild.made_up import AGREED, NOW, guild

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


async def refused(awaited) -> list[str]:
    with pytest.raises(Refused) as raised:
        await awaited
    return [problem.code for problem in raised.value.problems]


async def test_an_agreement_is_kept_by_the_unit_of_the_apprentice(database):
    here = await guild()
    one = await here.bound("wu", "xiong")
    facts = await apprenticeship_reads.for_user(await here.user("tao"), one)
    assert (facts.master_name, facts.apprentice_name, facts.stage) == ("吴有福", "熊晓燕", Stage.RUNNING)
    for stranger in ("mei", "ke", "xun", "pan"):
        with pytest.raises(NotFound):
            await apprenticeship_reads.for_user(await here.user(stranger), one)
    assert (await ledger.head(f"apprenticeship:{one}")).seq == 1


async def test_nobody_learns_from_who_learnt_from_them(database):
    here = await guild()
    await here.bound("wu", "cheng")
    await here.bound("cheng", "ji")
    assert await refused(here.bound("ji", "wu")) == ["apprentice_in_a_ring"]
    assert await refused(here.bound("wu", "wu")) == ["apprentice_is_master"]
    assert await refused(here.bound("wu", "cheng")) == ["apprentice_again"]
    assert await Apprenticeship.count() == 2


async def test_two_who_close_a_ring_at_the_same_moment_are_not_both_written_down(database):
    here = await guild()
    found = await asyncio.gather(here.bound("wu", "cheng"), here.bound("cheng", "wu"), return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["Refused", "int"]


async def test_a_master_has_no_more_apprentices_than_can_be_taught(database, monkeypatch):
    monkeypatch.setenv("GANPO_MOST_APPRENTICES", "2")
    here = await guild()
    first = await here.bound("wu", "cheng")
    await here.bound("wu", "ji")
    assert await refused(here.bound("wu", "xiong")) == ["apprentice_many"]
    await apprenticeships.conclude(first, "complete", "独立完成一窑", 1, "test", NOW)
    await here.bound("wu", "xiong")


def test_the_setting_is_a_number_or_the_usual_one():
    said = [most_running({"GANPO_MOST_APPRENTICES": text}) for text in ("", "3", "0", "-1", "many")]
    assert said == [5, 3, 5, 5, 5]


async def test_an_agreement_changes_and_ends_once(database):
    here = await guild()
    one = await here.bound("wu", "cheng")
    longer = Agreement(AGREED.skill, AGREED.terms, AGREED.starts_on, AGREED.ends_on.replace(year=2030))
    await apprenticeships.change(one, longer, 1, "test", NOW)
    assert await refused(apprenticeships.change(one, AGREED, 1, "test", NOW)) == ["guild_changed_meanwhile"]
    assert await refused(apprenticeships.conclude(one, "complete", " ", 2, "test", NOW)) == ["apprentice_result_empty"]
    await apprenticeships.conclude(one, "complete", "市赛第一名", 2, "test", NOW)
    assert await refused(apprenticeships.conclude(one, "end", "不干了", 3, "test", NOW)) == ["apprentice_is_completed"]
    facts = await apprenticeship_reads.for_user(await here.user("mei"), one)
    assert (facts.stage, facts.result, facts.ends_on.year) == (Stage.COMPLETED, "市赛第一名", 2030)


async def test_the_signed_paper_takes_the_place_of_the_one_before(database):
    here = await guild()
    one = await here.bound("wu", "cheng")
    for content in (PDF, PDF.replace(b"1 0 obj", b"2 0 obj")):
        file = await stored.keep("协议.pdf", content, here.people["mei"], NOW)
        await apprenticeships.keep_paper(one, file, "test", NOW)
    assert [use.file_id for use in await uses.uses_of(f"apprenticeship:{one}")] == [file]


async def test_the_tree_names_what_one_keeps_and_counts_the_rest(database):
    here = await guild()
    await here.bound("wu", "cheng")
    await here.bound("cheng", "ji")
    await here.bound("cheng", "kehe")
    ended = await here.bound("wu", "xiong")
    await apprenticeships.conclude(ended, "end", "调离", 1, "test", NOW)
    tree = await apprenticeship_reads.tree(await here.user("mei"), here.workers["wu"])
    assert [(one.tie.name, [below.tie.name for below in one.branches], one.hidden) for one in tree.branches] == [
        ("程砚秋", ["𠮷田"], 1)
    ]
    whole = await apprenticeship_reads.tree(await here.user("sheng"), here.workers["wu"])
    assert [[below.tie.name for below in one.branches] for one in whole.branches] == [["𠮷田", "柯河"]]
    with pytest.raises(NotFound):
        await apprenticeship_reads.tree(await here.user("tao"), here.workers["wu"] + 1000)


async def test_merged_workers_keep_their_agreements_and_none_is_with_oneself(database):
    here = await guild()
    await here.bound("wu", "cheng")
    again, _ = await workers.create(Given("程砚秋"), here.places["works"], "test", NOW)
    odd = await apprenticeships.create(again, here.workers["cheng"], AGREED, "test", NOW)
    twice = await apprenticeships.create(here.workers["wu"], again, AGREED, "test", NOW)
    await here.merged(here.workers["cheng"], again)
    rows = await Apprenticeship.select().order_by(Apprenticeship.id)
    both = [(row["id"], row["master"], row["apprentice"], row["stage"]) for row in rows]
    wu, cheng = here.workers["wu"], here.workers["cheng"]
    assert both == [(1, wu, cheng, "running"), (odd, cheng, cheng, "ended"), (twice, wu, cheng, "ended")]


async def test_a_worker_reads_of_their_own_agreements(database):
    here = await guild()
    await here.bound("wu", "cheng")
    rows = await apprenticeship_reads.own_rows(here.workers["cheng"])
    assert [(row.title, row.text) for row in rows] == [("吴有福 → 程砚秋 · 釉下青花", "2026-05-01 – 2029-04-30")]
    assert await apprenticeship_reads.own_rows(here.workers["kehe"]) == []
