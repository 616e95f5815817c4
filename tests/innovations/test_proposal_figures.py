"""A year's figures, added up in the database: of whom, by which organisation, and however many proposals there are."""

import io
import re
from dataclasses import replace
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from innovations import proposal_doors, proposal_figures, proposal_outcomes, proposals
from innovations.may import SEE_PROPOSALS
from innovations.proposal_printing import MOST_PRINTED, lines
from innovations.proposal_tables import Proposal, ProposalReward
from innovations.rules.figures import Figures
from innovations.rules.proposals import Stage
from tests.innovations.made_up import DONE, NOW, SAID, ZONE, Here, works
from tests.web import visitors

_COPIES = """
  INSERT INTO proposal (organisation, title, problem, suggestion, kind, name, folded, others, place, phone_hash, worker,
    receipt_hash, stage, desk, revision, drafted_at, handed_in_at, adopted_at, changed_at)
  WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < {})
  SELECT organisation, title, problem, suggestion, kind, name, folded, others, place, phone_hash, worker,
    'copy ' || copy.n, stage, desk, revision, drafted_at, handed_in_at, adopted_at, changed_at
  FROM proposal, copy WHERE proposal.id = {}
"""


async def copied(number: int, times: int) -> None:
    await Proposal.raw(_COPIES, times, number)


async def of(here: Here, name: str, year: int = 2026) -> proposal_figures.YearFigures:
    return await proposal_figures.of_year(await here.user(name), SEE_PROPOSALS, year, ZONE)


async def elsewhere(here: Here) -> int:
    """One of the other works in the county, by a namesake."""
    door = await proposal_doors.open_door("成型车间", here.places["other"], here.people["tao"], NOW)
    own, here.door = here.door, await proposal_doors.for_user(await here.user("tao"), door)
    number, _ = await here.sent()
    here.door = own
    return number


async def test_every_figure_is_added_up_from_the_rows(database):
    here = await works()
    rewarded, _ = await here.sent()
    await here.verified(rewarded)
    await here.rewarded(rewarded)
    claimed, _ = await here.sent()
    await here.answered(claimed, "accept", "review", "adopt", "carry_out")
    await proposal_outcomes.state(claimed, DONE, await proposals.revision(claimed), here.people["mei"], NOW, ZONE)
    for steps in (("accept", "review", "not_adopt", "close"), ("accept", "review", "not_adopt"), ("pass_on", "close")):
        number, _ = await here.sent()
        await here.answered(number, *steps)
    number, _ = await here.sent()
    await here.answered(number, "not_accept", "close")
    await here.sent()
    await here.begun()
    taken_back, _ = await here.sent()
    await proposals.withdraw(taken_back, NOW, ZONE)
    assert (await of(here, "mei")).whole == Figures(
        handed_in=7, people=1, adopted=2, done=2, waiting=1, not_adopted=2, passed_on=1, not_accepted=1,
        verified=97_420_00, verified_count=1, claimed=128_600_00, claimed_count=1, uncounted=0, rewards=500_00,
        rewarded=1,
    )  # fmt: skip
    assert (await of(here, "mei", 2025)).whole == Figures()


async def test_namesakes_of_two_units_are_two_people_and_a_worker_with_a_record_is_one(database):
    here = await works()
    for number in (await elsewhere(here), (await here.sent())[0]):
        await Proposal.update({Proposal.worker: None}).where(Proposal.id == number)
    assert [(await of(here, name)).whole.people for name in ("mei", "yun")] == [1, 2]
    await Proposal.update({Proposal.worker: here.worker}, force=True)
    assert (await of(here, "yun")).whole.people == 1


async def test_a_union_sees_its_units_each_by_itself_and_nobody_elses(database):
    here = await works()
    await elsewhere(here)
    number, _ = await here.sent()
    await here.verified(number)
    await here.sent()
    county = await of(here, "yun")
    said = [(part.name, part.figures.handed_in, part.figures.verified) for part in county.parts]
    assert sorted(said) == [("云窑艺术瓷厂", 2, 97_420_00), ("素坯里陶瓷有限公司", 1, 0)]
    assert [(part.name, part.figures.handed_in) for part in (await of(here, "sheng")).parts] == [("景德镇市总工会", 3)]
    assert (await of(here, "xun")) == proposal_figures.YearFigures(Figures(), ())
    assert (await of(here, "pan")) == proposal_figures.YearFigures(Figures(), ())


async def test_more_than_a_paper_holds_has_its_figures_its_paragraph_and_its_spreadsheet(database):
    here = await works()
    number, _ = await here.sent()
    await here.answered(number, "accept", "review", "adopt")
    waiting, _ = await here.sent()
    await copied(waiting, MOST_PRINTED)
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        page = await clerk.get("/proposals/papers?year=2026")
        assert (page.status_code, "收到职工合理化建议5002件（提出人1人），采纳1件" in page.text) == (200, True)
        assert "表格文件内容完整" in page.text
        links = re.findall(r"/proposals/papers/2026/([a-z.]+)", page.text)
        assert links == ["summary.xlsx", "notice.pdf", "notice.docx", "bonus.pdf", "bonus.docx", "bonus.xlsx"]
        refused = await clerk.get("/proposals/papers/2026/summary.pdf")
        assert (refused.status_code, "超过 5,000 件建议，无法打印成一份表：请下载表格文件。" in refused.text) == (
            409,
            True,
        )
        for name in links[1:]:
            assert (await clerk.get(f"/proposals/papers/2026/{name}")).status_code == 200, name
        answer = await clerk.get("/proposals/papers/2026/summary.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sum(row[1] == SAID.title for row in rows) == MOST_PRINTED + 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_notice_and_the_bonus_list_hold_what_belongs_on_them_alone(database):
    here = await works()
    number, _ = await here.sent()
    await here.verified(number)
    await here.rewarded(number)
    await here.sent()
    user, say = await here.user("mei"), lambda words: words
    found = {
        what: [line.one.id for line in await lines(what, "pdf", user, SEE_PROPOSALS, 2026, ZONE, say)]
        for what in ("summary", "notice", "bonus")
    }
    assert found == {"summary": [1, 2], "notice": [1], "bonus": [1]}
    stages = {line.one.stage for line in await lines("notice", "pdf", user, SEE_PROPOSALS, 2026, ZONE, say)}
    assert stages == {Stage.REWARDED}


async def test_the_year_s_bonus_list_holds_what_was_awarded_in_it_in_the_order_of_the_awards(database):
    here = await works()
    awarded = []
    for month in (5, 3, 1):
        number, _ = await here.sent(replace(SAID, title=f"{month}月奖励"))
        await here.verified(number)
        await here.rewarded(number)
        await ProposalReward.update({ProposalReward.rule_day: date(2026, month, 8)}).where(
            ProposalReward.proposal == number
        )
        awarded.append(number)
    last_year = datetime(2025, 12, 30, tzinfo=ZONE)
    await Proposal.update({Proposal.handed_in_at: last_year}).where(Proposal.id == awarded[1])
    await ProposalReward.update({ProposalReward.rule_day: date(2027, 1, 2)}).where(
        ProposalReward.proposal == awarded[0]
    )
    user, say = await here.user("mei"), lambda words: words
    found = {
        year: [line.one.id for line in await lines("bonus", "xlsx", user, SEE_PROPOSALS, year, ZONE, say)]
        for year in (2025, 2026, 2027)
    }
    assert found == {2025: [], 2026: [awarded[2], awarded[1]], 2027: [awarded[0]]}
    async with visitors() as web:
        answer = await (await web.signed_in("mei")).get("/proposals/papers/2026/bonus.xlsx")
    cells = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    days = [row[5] for row in cells if row[3] == "3月奖励"]
    assert (cells[2][5], days) == ("奖励日期", [date(2026, 3, 8)] * 2)
    assert next(row[7] for row in cells if row[0] == "合计") == 1000
