"""Proposals by sheet: loaded out of sight, shown by one act, found alike, counted on papers, hidden and taken back."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from foundation.base.problem import NotFound, Refused
from foundation.process.sheet_kinds import KINDS, Batch, TakenRow
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import (
    innovations,
    proposal_answers,
    proposal_facts,
    proposal_figures,
    proposal_index,
    proposal_outcomes,
    proposal_reads,
    proposal_receipts,
)
from innovations.innovation_tables import Innovation
from innovations.may import SEE_PROPOSALS
from innovations.proposal_sheets import PROPOSALS, hide, show, take_back, write_chunk
from innovations.proposal_tables import Proposal, ProposalOutcome, ProposalStep
from innovations.rules.answers import Answer
from innovations.rules.proposal_sheet import check
from innovations.rules.proposals import Stage
from tests.innovations.made_up import NOW, SAID, ZONE, works
from tests.innovations.rules.foil import FOIL
from tests.web import visitors

ROW = {
    "title": "码放图贴上墙", "name": "冯砚秋", "kind": "process", "problem": SAID.problem,
    "suggestion": SAID.suggestion, "on": "2026-03", "state": "done", "claimed": 35_000_00,
}  # fmt: skip
SHEET = (
    ROW,
    {**ROW, "title": "叉车投影灯", "claimed": 0, "uncounted": "safety"},
    {**ROW, "title": "半份菜", "state": "not_adopted", "reason": "由食堂委员会定", "claimed": 0},
    {**ROW, "title": "待看", "state": "submitted", "claimed": 0},
)


async def loaded(here, number: int = 7, said: Sequence[Mapping[str, Any]] = SHEET) -> Batch:
    batch = Batch(number, here.places["works"], here.people["mei"], datetime.now(UTC))
    rows = [TakenRow(line, {name: value for name, value in row.items() if value}) for line, row in enumerate(said, 3)]
    async with transaction():
        await write_chunk(rows, batch)
    return batch


async def listed(here, who: str = "mei") -> list[tuple[str, Stage]]:
    return [(one.title, one.stage) for one in await proposal_reads.listed(await here.user(who))]


def test_the_kind_is_declared():
    assert KINDS["proposals"] is PROPOSALS
    assert PROPOSALS.most == 50_000


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"state": "not_adopted", "claimed": 0}, ["reason"]),
        ({"state": "partly", "claimed": 0}, ["reason"]),
        ({"name": "小冯😀"}, ["name"]),
        ({"state": "adopted"}, ["claimed"]),
        ({"uncounted": "safety"}, ["uncounted"]),
        ({"state": "submitted", "claimed": 0}, []),
    ],
)
def test_reasons_and_benefits_stand_where_they_belong(changes, fields):
    values = {name: value for name, value in {**ROW, **changes}.items() if value}
    assert [problem.field for problem in check(values)] == fields


async def test_what_is_loaded_is_seen_by_nobody_until_it_is_shown(database):
    here = await works()
    batch = await loaded(here)
    for who in ("mei", "yun", "sheng"):
        assert await listed(here, who) == []
    assert await proposal_index.adopted_like(SAID.suggestion, here.places["works"]) == []
    assert await proposal_receipts.of_worker(here.worker) == []
    async with transaction():
        await show(batch)
    assert await listed(here) == [
        ("待看", Stage.SUBMITTED), ("半份菜", Stage.NOT_ADOPTED), ("叉车投影灯", Stage.VERIFIED),
        ("码放图贴上墙", Stage.CARRIED_OUT),
    ]  # fmt: skip
    assert await listed(here, "yun") == await listed(here)
    assert await listed(here, "tao") == []
    alike = await proposal_index.adopted_like(SAID.suggestion, here.places["works"])
    assert {each.one.title for each in alike} == {"码放图贴上墙", "叉车投影灯"}


async def test_benefits_are_claimed_or_not_counted_and_reasons_are_kept(database):
    here = await works()
    batch = await loaded(here)
    async with transaction():
        await show(batch)
    ids = {one.title: one.id for one in await proposal_reads.listed(await here.user("mei"))}
    outcomes = await proposal_facts.outcomes(list(ids.values()))
    assert {
        title: (outcomes[number].claimed, outcomes[number].uncounted)
        for title, number in ids.items()
        if number in outcomes
    } == {"码放图贴上墙": (35_000_00, ""), "叉车投影灯": (None, "safety")}
    steps = await proposal_facts.steps(ids["半份菜"], named=False)
    assert [(step.step, step.note) for step in steps] == [("hand_in", ""), ("not_adopt", "由食堂委员会定")]


async def test_what_a_sheet_does_not_say_of_a_benefit_is_made_up_by_nobody(database):
    here = await works()
    rows = [{**ROW, "title": "换了轮子", "claimed": 0}, {**ROW, "title": "护栏", "claimed": 0, "uncounted": "safety"}]
    batch = await loaded(here, said=rows)
    async with transaction():
        await show(batch)
    user = await here.user("mei")
    ids = {one.title: one.id for one in await proposal_reads.listed(user)}
    outcomes = await proposal_facts.outcomes(list(ids.values()))
    said = {title: (outcomes[number].claimed, outcomes[number].uncounted) for title, number in ids.items()}
    assert said == {"换了轮子": (None, "unstated"), "护栏": (None, "safety")}
    found = (await proposal_figures.of_year(user, SEE_PROPOSALS, 2026, ZONE)).whole
    assert (found.done, found.uncounted, found.claimed_count, found.verified_count) == (2, 1, 0, 0)
    async with visitors() as web:
        page = await (await web.signed_in("mei")).get(f"/proposals/desk/{ids['换了轮子']}")
    assert ("导入的表格未填写" in page.text, "完成日期" in page.text, "00:00" in page.text) == (True, False, False)


async def test_what_was_adopted_in_part_stands_so_with_its_reason(database):
    here = await works()
    batch = await loaded(here, said=[{**ROW, "state": "partly", "reason": "先换两台", "claimed": 0}])
    async with transaction():
        await show(batch)
    one = (await proposal_reads.listed(await here.user("mei")))[0]
    steps = await proposal_facts.steps(one.id, named=False)
    assert (one.stage, one.adopted_at is not None) == (Stage.PARTLY, True)
    assert [(step.step, step.note) for step in steps] == [("hand_in", ""), ("adopt_partly", "先换两台")]


async def test_a_sheet_is_hidden_and_taken_back_in_steps(database):
    here = await works()
    batch = await loaded(here)
    async with transaction():
        await show(batch)
    async with transaction():
        await hide(batch)
    assert await listed(here) == []
    taken = []
    for _ in range(3):
        async with transaction():
            taken.append(await take_back(batch, 3))
    assert taken == [3, 1, 0]
    assert [await table.count() for table in (Proposal, ProposalStep, ProposalOutcome)] == [0, 0, 0]


async def test_a_sheet_on_which_somebody_has_built_stays(database):
    here = await works()
    batch = await loaded(here)
    async with transaction():
        await show(batch)
    number = (await proposal_reads.listed(await here.user("mei")))[0].id
    await here.answered(number, "accept")
    with pytest.raises(Refused) as raised:
        async with transaction():
            await hide(batch)
    assert [problem.code for problem in raised.value.problems] == ["proposal_sheet_in_use"]
    assert len(await listed(here)) == 4


async def test_a_sheet_whose_benefit_is_being_verified_stays(database):
    here = await works()
    batch = await loaded(here)
    async with transaction():
        await show(batch)
    number = next(one.id for one in await proposal_reads.listed(await here.user("mei")) if one.title == ROW["title"])
    act = await proposal_outcomes.ask_verification(
        number, 30_000_00, here.places["works"], "财务核过", here.people["mei"], NOW
    )
    with pytest.raises(Refused) as raised:
        async with transaction():
            await hide(batch)
    assert [problem.code for problem in raised.value.problems] == ["proposal_sheet_in_use"]
    assert len(await listed(here)) == 4
    await two_person.reject(act, here.people["yun"], "凭证不全", NOW)
    async with transaction():
        await hide(batch)
    assert await listed(here) == []


async def test_a_sheet_of_which_a_proposal_grew_into_an_innovation_stays(database):
    here = await works()
    batch = await loaded(here)
    async with transaction():
        await show(batch)
    number = (await proposal_reads.listed(await here.user("mei")))[0].id
    await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW, proposal_id=number)
    with pytest.raises(Refused) as raised:
        async with transaction():
            await hide(batch)
    assert [problem.code for problem in raised.value.problems] == ["proposal_sheet_in_use"]


async def test_an_answer_under_way_while_a_sheet_is_taken_back_is_not_lost(database):
    here = await works()
    batch = await loaded(here)
    async with transaction():
        await show(batch)
    number = (await proposal_reads.listed(await here.user("mei")))[0].id
    answered = asyncio.Event()

    async def answer() -> None:
        async with transaction():
            said = Answer("accept", "")
            await proposal_answers.take(number, said, 1, here.people["mei"], NOW, ZONE)
            answered.set()
            await asyncio.sleep(0.3)  # until the other one waits for this row

    async def back() -> None:
        await answered.wait()
        async with transaction():
            await hide(batch)

    results = await asyncio.gather(answer(), back(), return_exceptions=True)
    assert [type(one) for one in results] == [type(None), Refused]
    assert (await proposal_reads.one(await here.user("mei"), number)).stage is Stage.ACCEPTED


async def test_nothing_is_built_on_a_sheet_that_is_being_taken_back(database):
    here = await works()
    batch = await loaded(here)
    async with transaction():
        await show(batch)
    number = (await proposal_reads.listed(await here.user("mei")))[0].id
    async with transaction():
        await hide(batch)  # its rows go in steps; a form that was open stays open until then
    with pytest.raises(NotFound):
        await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW, proposal_id=number)
    with pytest.raises(NotFound):
        await here.answered(number, "accept")
    async with transaction():
        assert await take_back(batch, 50) == len(SHEET)
    assert await Innovation.count() == 0


async def test_nobody_holds_a_code_for_what_came_by_sheet(database):
    here = await works()
    batch = await loaded(here)
    async with transaction():
        await show(batch)
    hashes = [row["receipt_hash"] for row in await Proposal.select(Proposal.receipt_hash)]
    assert len(set(hashes)) == len(SHEET)
    with pytest.raises(NotFound):
        await proposal_receipts.by_code(hashes[0][:26], "192.0.2.7", datetime.now(UTC))
