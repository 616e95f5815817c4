"""Proposals of a sheet that are much like another: found by resumable work, told to the unit, gone with the sheet."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from foundation.base.problem import Refused
from foundation.process import sheet_kinds
from foundation.process.rules.sheets import Stage as SheetStage
from foundation.process.sheet_kinds import Batch, TakenRow
from foundation.process.sheet_tables import Sheet
from foundation.store.transactions import transaction
from foundation.work import job_runner, jobs
from foundation.work.job_tables import Job
from foundation.work.jobs import Progress
from innovations import proposal_comparing, proposal_comparing_reads, proposals
from innovations.innovation_tables import Innovation
from innovations.proposal_comparing_tables import ProposalAlike, ProposalComparison
from innovations.proposal_sheets import PROPOSALS, hide, show, take_back, write_chunk
from innovations.proposal_tables import Proposal
from tests.innovations.made_up import NOW, SAID, ZONE, Here, works
from tests.innovations.reviews_made_up import ready
from tests.web import visitors

# Words of which no two are alike but by their numbers, which are words of their own.
FAR = (
    "空压机余热供浴室热水", "叉车倒车加投影灯", "食堂供应半份菜品", "石膏模具编号入库", "釉料桶贴色标防错",
    "仓库照明改声控", "班前会轮流讲安全", "废纸箱折平再回收", "水泵房装漏水报警", "工具柜画影子定位",
)  # fmt: skip


def row(title: str, suggestion: str, name: str = "熊小满") -> dict[str, Any]:
    return {
        "title": title,
        "name": name,
        "kind": "process",
        "suggestion": suggestion,
        "on": "2026-03",
        "state": "submitted",
    }


UNLIKE = [row(words[:6], words) for words in FAR]
LIKE_SAID = row("码放图贴上墙", SAID.suggestion + "，夜班也看得清", "汪素心")


async def shown(here: Here, rows: Sequence[dict[str, Any]], place: str = "works", by: str = "mei") -> int:
    """A sheet that was taken in just now."""
    now = datetime.now(UTC)
    made = await Sheet.insert(
        Sheet(
            kind="proposals", organisation=here.places[place], stage=SheetStage.VISIBLE.value, name="2026年建议.xlsx",
            sha256="", layout="", size=len(rows), taken=len(rows), made_by=here.people[by], made_at=now, shown_at=now,
        )
    )  # fmt: skip
    batch = Batch(made[0]["id"], here.places[place], here.people[by], now)
    async with transaction():
        await write_chunk([TakenRow(number, one) for number, one in enumerate(rows, 2)], batch)
    async with transaction():
        await show(batch)
    return batch.id


async def hidden(here: Here, sheet_id: int) -> None:
    batch = Batch(sheet_id, here.places["works"], here.people["mei"], NOW)
    async with transaction():
        await hide(batch)
        await Sheet.update({Sheet.stage: SheetStage.UNDOING.value}).where(Sheet.id == sheet_id)


async def deleted(here: Here, sheet_id: int) -> None:
    batch, found = Batch(sheet_id, here.places["works"], here.people["mei"], NOW), 1
    while found:
        async with transaction():
            found = await take_back(batch, 3)


async def run() -> int:
    return await job_runner.run_due(lambda: datetime.now(UTC))


async def told(here: Here, sheet_id: int, who: str = "mei") -> list[tuple[str, str]]:
    found = await proposal_comparing_reads.pairs(await here.user(who), sheet_id)
    return [(pair.one.name, pair.other.name) for pair in found]


async def far_done(here: Here, sheet_id: int) -> tuple[int, int, int, bool, bool]:
    one = await proposal_comparing_reads.compared(await here.user("mei"), sheet_id)
    return one.done, one.total, one.found, one.running, one.ended


async def test_the_likest_is_told_with_what_both_have(database):
    here = await works()
    near, _ = await here.sent()
    await here.sent(replace(SAID, title="窑车装车图", suggestion="把三种码放图贴在窑口，谁装车谁看图", name="占云帆"))
    sheet = await shown(here, [*UNLIKE, LIKE_SAID])
    assert await far_done(here, sheet) == (0, 11, 0, True, False)
    await run()
    assert await far_done(here, sheet) == (11, 11, 1, False, True)
    (pair,) = await proposal_comparing_reads.pairs(await here.user("mei"), sheet)
    assert (pair.one.title, pair.other.id) == (LIKE_SAID["title"], near)
    assert pair.likeness == 500
    assert {"码放", "翻牌"} <= set(pair.shared)
    assert "夜班" in pair.shared  # of the other's problem
    job = await jobs.facts_of((await ProposalComparison.select())[0]["job"])
    assert job is not None
    assert (job.stage, job.result) == (jobs.Stage.DONE, f"/proposals/sheets/{sheet}")


async def test_a_pair_within_the_sheet_is_told_once(database):
    here = await works()
    twin = {**LIKE_SAID, "name": "占云帆"}
    sheet = await shown(here, [LIKE_SAID, *UNLIKE, twin])
    await run()
    assert await told(here, sheet) == [("占云帆", "汪素心")]
    assert await shown_likeness() == [1000]


async def shown_likeness() -> list[int]:
    return [one["likeness"] for one in await ProposalAlike.select(ProposalAlike.likeness)]


async def test_a_pair_of_neighbours_in_one_step_is_told_once(database):
    here = await works()
    sheet = await shown(here, [*UNLIKE, LIKE_SAID, {**LIKE_SAID, "name": "占云帆"}])
    await run()
    assert await told(here, sheet) == [("占云帆", "汪素心")]


async def test_nothing_is_told_that_the_unit_may_not_see(database):
    here = await works()
    await shown(here, [{**LIKE_SAID, "name": "别厂的人"}], "other", "tao")
    sheet = await shown(here, [LIKE_SAID])
    await run()
    assert await told(here, sheet) == []
    assert await ProposalAlike.count() == 0  # nothing was even kept
    # The union above sees both, and is told of its own sheet.
    above = await shown(here, [{**LIKE_SAID, "name": "县里的人"}], "county", "yun")
    await run()
    assert [one[0] for one in await told(here, above, "yun")] == ["县里的人"]
    assert await told(here, above) == []
    assert await told(here, sheet, "tao") == []


async def test_a_unit_that_lost_sight_of_the_other_is_told_nothing_more(database):
    here = await works()
    await shown(here, [LIKE_SAID], "works")
    above = await shown(here, [{**LIKE_SAID, "name": "县里的人"}], "county", "yun")
    await run()
    assert len(await told(here, above, "yun")) == 1
    await Proposal.update({Proposal.organisation: here.places["far"]}).where(Proposal.name == LIKE_SAID["name"])
    assert await told(here, above, "yun") == []
    assert (await proposal_comparing_reads.compared(await here.user("yun"), above)).found == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_clerk_who_reviews_blind_is_told_nothing_of_what_an_entry_grew_out_of(database):
    found = await ready(blind=True)
    near, _ = await found.here.sent()
    sheet = await shown(found.here, [*UNLIKE, LIKE_SAID])
    await run()
    assert (len(await told(found.here, sheet)), (await far_done(found.here, sheet))[2]) == (1, 1)
    await Innovation.update({Innovation.proposal: near}).where(Innovation.id == found.innovations["夹具"])
    await found.seated("mei")
    assert (len(await told(found.here, sheet)), (await far_done(found.here, sheet))[2]) == (0, 0)


async def test_broken_off_in_the_middle_it_goes_on_and_tells_each_once(database, monkeypatch):
    here = await works()
    await here.sent()
    monkeypatch.setattr(proposal_comparing, "STEP", 3)
    sheet = await shown(here, [LIKE_SAID, *UNLIKE, {**LIKE_SAID, "name": "占云帆"}])
    kept, steps = proposal_comparing._keep, []

    async def dying(standing: Any, found: Any, before: int, progress: Progress) -> None:
        await kept(standing, found, before, progress)
        steps.append(standing["done"])
        if len(steps) == 2:
            raise RuntimeError  # within the transaction: what this step wrote is undone

    with monkeypatch.context() as patched:
        patched.setattr(proposal_comparing, "_keep", dying)
        await run()
    assert await far_done(here, sheet) == (3, 12, 1, False, False)
    await proposal_comparing.go_on(sheet, here.people["mei"], NOW)
    await run()
    assert steps == [0, 3]
    assert await far_done(here, sheet) == (12, 12, 1, False, True)
    assert await told(here, sheet) == [("占云帆", "汪素心")]
    with pytest.raises(Refused) as raised:
        await proposal_comparing.go_on(sheet, here.people["mei"], NOW)
    assert [problem.code for problem in raised.value.problems] == ["proposal_comparing_not_stopped"]


async def test_a_process_that_stops_leaves_it_to_the_next(database, monkeypatch):
    here = await works()
    await here.sent()
    monkeypatch.setattr(proposal_comparing, "STEP", 3)
    sheet = await shown(here, [LIKE_SAID, *UNLIKE])
    kept, at_work = proposal_comparing._keep, asyncio.Event()

    async def slow(standing: Any, found: Any, before: int, progress: Progress) -> None:
        await kept(standing, found, before, progress)
        if standing["done"] == 3:
            at_work.set()
            await asyncio.Event().wait()

    with monkeypatch.context() as patched:
        patched.setattr(proposal_comparing, "_keep", slow)
        runner = asyncio.create_task(run())
        await asyncio.wait_for(at_work.wait(), 60)
        runner.cancel()
        with pytest.raises(asyncio.CancelledError):
            await runner
    assert await far_done(here, sheet) == (3, 11, 0, True, False)
    await run()
    assert await far_done(here, sheet) == (11, 11, 1, False, True)


async def test_it_gives_way_to_other_work(database, monkeypatch):
    here = await works()
    monkeypatch.setattr(proposal_comparing, "STEP", 3)
    monkeypatch.setattr(proposal_comparing, "TURN", 0)
    order: list[int] = []
    kept = proposal_comparing._keep

    async def noting(standing: Any, found: Any, before: int, progress: Progress) -> None:
        order.append(standing["sheet"])
        await kept(standing, found, before, progress)

    monkeypatch.setattr(proposal_comparing, "_keep", noting)
    first = await shown(here, UNLIKE)
    second = await shown(here, UNLIKE, "other", "tao")
    await run()
    assert order == [first, second] * 4
    assert [one["attempts"] for one in await Job.select(Job.attempts)] == [0, 0]  # no turn was in vain


async def test_taken_back_in_the_middle_nothing_is_left(database, monkeypatch):
    here = await works()
    await here.sent()
    monkeypatch.setattr(proposal_comparing, "STEP", 3)
    sheet = await shown(here, [*UNLIKE, LIKE_SAID, {**LIKE_SAID, "name": "占云帆"}])
    kept = proposal_comparing._keep

    async def interrupted(standing: Any, found: Any, before: int, progress: Progress) -> None:
        await kept(standing, found, before, progress)
        monkeypatch.setattr(proposal_comparing, "_keep", kept)

    compared = proposal_comparing.in_batch

    async def beaten(*args: Any, **kwargs: Any) -> Any:
        answer = await compared(*args, **kwargs)
        if kwargs["before"] is not None:
            await hidden(here, sheet)  # between the search and the step
        return answer

    monkeypatch.setattr(proposal_comparing, "_keep", interrupted)
    monkeypatch.setattr(proposal_comparing, "in_batch", beaten)
    await run()
    assert await ProposalComparison.count() == 0
    assert await told(here, sheet) == []  # at once, though its rows are still being deleted
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        assert (await clerk.get(f"/proposals/sheets/{sheet}")).status_code == 404
        assert (await clerk.post(f"/proposals/sheets/{sheet}/comparison")).status_code == 404
    await deleted(here, sheet)
    assert [await table.count() for table in (ProposalAlike, ProposalComparison)] == [0, 0]
    job = await Job.select(Job.stage, Job.result, Job.done).first()
    assert job == {"stage": "done", "result": "", "done": 3}  # the step that came too late did nothing


async def test_what_others_are_like_goes_with_its_sheet_or_its_writer(database):
    here = await works()
    number, _ = await here.sent()
    earlier = await shown(here, [row("食堂供应半份菜", "食堂供应半份菜，半份半价，一餐吃两样")])
    later = await shown(here, [row("半份菜半价", "食堂供应半份菜，半份半价，吃两样", "占云帆"), LIKE_SAID])
    await run()
    assert sorted(await told(here, later)) == [("占云帆", "熊小满"), ("汪素心", SAID.name)]
    await proposals.withdraw(number, NOW, ZONE)
    assert await told(here, later) == [("占云帆", "熊小满")]
    await hidden(here, earlier)
    assert await told(here, later) == []
    await deleted(here, earlier)
    assert await ProposalAlike.count() == 0


async def test_what_is_taken_back_while_it_is_compared_is_not_told(database, monkeypatch):
    here = await works()
    number, _ = await here.sent()
    sheet = await shown(here, [LIKE_SAID])
    compared = proposal_comparing.in_batch

    async def beaten(*args: Any, **kwargs: Any) -> Any:
        answer = await compared(*args, **kwargs)
        if kwargs["before"] is None:
            await proposals.withdraw(number, NOW, ZONE)
        return answer

    monkeypatch.setattr(proposal_comparing, "in_batch", beaten)
    await run()
    assert await far_done(here, sheet) == (1, 1, 0, False, True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_unit_reads_its_pairs_page_by_page(database, monkeypatch):
    here = await works()
    await here.sent()
    many = [row("码放图上墙", f"{SAID.suggestion}{'，再看' * number}", f"熊{number}") for number in range(5)]
    sheet = await shown(here, many)
    monkeypatch.setattr(proposal_comparing_reads, "PAGE", 2)
    monkeypatch.setattr("innovations.routes.unit_compared.PAGE", 2)
    await run()
    whole = await ProposalAlike.count()
    assert whole > 2
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        page = (await clerk.get(f"/sheets/proposals/{sheet}")).text
        assert f"查看 {whole} 件相似建议" in page
        address, seen = f"/proposals/sheets/{sheet}", 0
        for _ in range(10):
            answer = await clerk.get(address)
            assert answer.status_code == 200, answer.text
            page = answer.text
            seen += page.count('data-label="相似度"')
            if "?before=" not in page:
                break
            address = f"/proposals/sheets/{sheet}?before=" + page.split("?before=")[1].split('"')[0]
        assert seen == whole
        assert "<mark>" in page
        assert (await (await web.signed_in("yue")).get(f"/proposals/sheets/{sheet}")).status_code == 200
        for stranger in ("tao", "yun", "sheng", "pan"):
            assert (await (await web.signed_in(stranger)).get(f"/proposals/sheets/{sheet}")).status_code == 404
        assert (await clerk.get(f"/proposals/sheets/{sheet}?before=x")).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_progress_is_there_after_a_reload_and_a_stop_is_gone_on_from(database, monkeypatch):
    here = await works()
    monkeypatch.setattr(proposal_comparing, "STEP", 4)
    sheet = await shown(here, UNLIKE)
    await ProposalComparison.update({ProposalComparison.done: 4}, force=True)
    await Job.update({Job.due_at: datetime(9000, 1, 1, tzinfo=UTC)}, force=True)  # nobody begins it meanwhile
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        for address in (f"/sheets/proposals/{sheet}", f"/proposals/sheets/{sheet}"):
            for _ in range(2):
                assert '<progress value="4" max="10"' in (await clerk.get(address)).text
        await ProposalComparison.update({ProposalComparison.done: 0}, force=True)
        job = (await ProposalComparison.select(ProposalComparison.job))[0]["job"]
        await jobs.cancel(job, here.people["mei"], NOW)
        page = (await clerk.get(f"/proposals/sheets/{sheet}")).text
        assert "本表尚未比对" in page
        assert (await clerk.post(f"/proposals/sheets/{sheet}/comparison")).status_code == 303
        assert (await clerk.post(f"/proposals/sheets/{sheet}/comparison")).status_code == 422  # it runs, or has
    await run()
    assert await far_done(here, sheet) == (10, 10, 0, False, True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_sheet_from_before_is_compared_when_somebody_asks(database):
    here = await works()
    sheet = await shown(here, UNLIKE)
    await run()
    await ProposalComparison.delete(force=True)
    assert await far_done(here, sheet) == (0, 0, 0, False, False)
    await proposal_comparing.go_on(sheet, here.people["mei"], NOW)
    await run()
    assert await far_done(here, sheet) == (10, 10, 0, False, True)
    await proposal_comparing.go_on(sheet + 1, here.people["mei"], NOW)  # there is no such sheet
    assert await ProposalComparison.count() == 1


def test_the_kind_says_how_far_it_is() -> None:
    assert sheet_kinds.KINDS["proposals"].compared is PROPOSALS.compared is not None
