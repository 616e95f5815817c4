"""Two organisers at once: nobody's work is replaced by a page that was opened before it."""

import asyncio
import re
from typing import Any

import asyncpg
import pytest

from competitions import organisers, seats
from competitions.roster import people
from competitions.rules.facts import EntryFacts
from competitions.rules.panel import SeatDraft
from competitions.tables import CompetitionOrganiser, Seat
from competitions.versions import draft_scheme
from foundation.base.problem import Problem, Refused
from tests.competitions.cast import actor, draft_contest, frozen_contest, open_contest
from tests.competitions.organiser.test_organiser_pages import inputs, sentences
from tests.web import visitors

SHOWN = re.compile(r'name="shown" value="([0-9a-f]{64})"')


async def test_what_a_colleague_recorded_meanwhile_stays(database: Any) -> None:
    story = await open_contest()
    here = f"/organise/contests/{story.contest.address}/entries"
    w1, w2 = (f"e{story.entries[work].entry_id}" for work in ("W1", "W2"))
    async with visitors() as web:
        mei = await web.signed_in("mei")
        first, second = inputs(await mei.get(here)), inputs(await mei.get(here))
        assert (await mei.post(here, {**first, f"{w1}-penalty": "5"})).status_code == 303
        assert (await mei.post(here, {**second, f"{w2}-penalty": "3"})).status_code == 303
        assert [one.facts.penalty for one in await people(story.contest.id)] == [5000, 3000, 0]

        refused = await mei.post(f"/en{here}", {**second, f"{w1}-penalty": "7", f"{w2}-penalty": "3"})
        assert (refused.status_code, sentences(refused)) == (
            422,
            ["Somebody recorded “5” here after you opened this page. Save once more to put yours in its place."],
        )
        assert inputs(refused)[f"{w1}-penalty"] == "7"
        assert (await mei.post(here, inputs(refused))).status_code == 303
    assert [one.facts for one in await people(story.contest.id)] == [
        EntryFacts("ok", None, 7000),
        EntryFacts("ok", None, 3000),
        EntryFacts(),
    ]


async def test_a_draft_that_somebody_saved_meanwhile_is_not_lost(database: Any) -> None:
    story = await draft_contest()
    here = f"/organise/contests/{story.contest.address}/scheme"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        first, second = inputs(await mei.get(here)), inputs(await mei.get(here))
        saved = await mei.post(here, {**first, "m0-name": "第一个", "act": "save"})
        refused = await mei.post(f"/en{here}", {**second, "m0-name": "第二个", "act": "save"})
        assert (saved.status_code, refused.status_code) == (303, 409)
        assert inputs(refused)["m0-name"] == "第二个"
        kept, _ = await draft_scheme(story.contest.id)
        assert kept is not None
        assert kept.modules[0].name == "第一个"
        assert (await mei.post(here, {**inputs(refused), "act": "save"})).status_code == 303
    replaced, _ = await draft_scheme(story.contest.id)
    assert replaced is not None
    assert replaced.modules[0].name == "第二个"


async def test_what_a_colleague_saved_meanwhile_is_told_before_it_is_replaced(database):
    story = await draft_contest()
    address = f"/organise/contests/{story.contest.address}/facts"
    async with visitors() as web:
        mei, guan = await web.signed_in("mei"), await web.signed_in("guan")
        shown = SHOWN.search((await mei.get(address)).text)[1]
        facts = {"title": "焊工", "occupation": "焊工", "occupation_code": "6-18-02-04", "groups": "", "shown": shown}
        assert (await guan.post(address, {**facts, "title": "电焊工"})).status_code == 303
        told = await mei.post(address, {**facts, "groups": "职工组"})
        assert told.status_code == 409
        assert "电焊工" in told.text
        assert "职工组" in told.text
        await story.reload()
        assert (story.contest.title, story.contest.groups) == ("电焊工", ())
        again = {**facts, "groups": "职工组", "shown": SHOWN.search(told.text)[1]}
        assert (await mei.post(address, again)).status_code == 303
        await story.reload()
        assert (story.contest.title, story.contest.groups) == ("焊工", ("职工组",))


async def test_settings_and_facts_of_a_competition_are_not_replaced_unseen_either(database):
    story = await draft_contest()
    pages = {
        f"/organise/contests/{story.contest.address}/settings": (
            {"names_shown": "all", "totals_shown": "all", "awarded_places": "6"},
            {"names_shown": "nobody", "totals_shown": "all", "awarded_places": "6"},
        ),
        f"/organise/competitions/{story.contest.competition.address}/facts": (
            {"title": "甲", "level": "city", "year": "2026"},
            {"title": "乙", "level": "city", "year": "2026"},
        ),
    }
    async with visitors() as web:
        mei, guan = await web.signed_in("mei"), await web.signed_in("guan")
        for address, (hers, his) in pages.items():
            shown = SHOWN.search((await mei.get(address)).text)[1]
            assert (await guan.post(address, {**his, "shown": shown})).status_code == 303
            assert (await mei.post(address, {**hers, "shown": shown})).status_code == 409


WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
SEAT_FIRST = [Problem("organiser_is_judge", "sign_in", {"name": "昭"})]
OFFICE_FIRST = [Problem("judge_sees_names", "sign_in", {"name": "昭"})]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("seat_comes_first", [True, False])
async def test_nobody_becomes_judge_and_organiser_of_a_contest_at_the_same_moment(
    database: Any, seat_comes_first: bool
) -> None:
    """Both acts are at the door of the competition's row when a third lets it go: one gets in, the other is told."""
    story = await frozen_contest()
    zhao = await actor("zhao", "昭", "organiser")
    competition, contest = story.contest.competition.id, story.contest.id
    acts = [
        lambda: seats.seat_judge(contest, "zhao", SeatDraft(("T1",)), story.organiser.id),
        lambda: organisers.add(competition, "zhao", story.organiser.id),
    ]
    third, watcher = await asyncpg.connect(database.url), await asyncpg.connect(database.url)
    try:
        async with asyncio.timeout(20):
            held = third.transaction()
            await held.start()
            await third.execute("SELECT id FROM competition WHERE id = $1 FOR UPDATE", competition)
            tasks = []
            for act in acts if seat_comes_first else reversed(acts):
                tasks.append(asyncio.create_task(act()))
                while await watcher.fetchval(WAITING) < len(tasks):
                    assert not any(task.done() for task in tasks), "one did not wait for the competition"
                    await asyncio.sleep(0)
            await held.rollback()
            answers = await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        await third.close()
        await watcher.close()
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert [type(answer) for answer in refused] == [Refused]
    runs = await CompetitionOrganiser.exists().where(CompetitionOrganiser.account == zhao.id)
    judges = await Seat.exists().where(Seat.account == zhao.id)
    assert (runs, judges) in {(True, False), (False, True)}
    assert list(refused[0].problems) == (SEAT_FIRST if judges else OFFICE_FIRST)
