"""What a reviewer tried: an officer who judges sees no names, a suspended contest's results stand nowhere."""

from datetime import UTC, datetime

from competitions import listings, scores
from competitions.tables import Contestant
from foundation.people import posts
from foundation.people.organisation_tables import ROOT_ID
from foundation.process import suspensions
from tests.competitions.cast import open_contest
from tests.competitions.publishing.told import published_contest
from tests.web import visitors

NOW = datetime.now(UTC)


async def test_a_judge_who_becomes_an_officer_sees_no_names_and_goes_on_marking(database):
    story = await open_contest()
    await posts.give(story.judges["ling"].id, ROOT_ID, ["officer"], "test", NOW)
    async with visitors() as web:
        ling = await web.signed_in("ling")
        assert (await ling.get(f"/organise/contests/{story.contest.address}/roster")).status_code == 404
        assert (await ling.get(f"/judge/contests/{story.contest.address}")).status_code == 200


async def test_the_winners_of_a_suspended_contest_stand_on_no_page(database):
    told = await published_contest(names_shown="all", awarded_places=3)
    row = await Contestant.select(Contestant.name).where(Contestant.name == "龚䶮").first()
    assert row is not None
    async with visitors() as web:
        visitor = web.visitor()
        assert "龚䶮" in (await visitor.get("/")).text
        await suspensions.suspend(f"/contests/{told.contest.address}", "核查", told.organiser.id, NOW)
        for path in ("/", f"/contests/{told.contest.address}", f"/competitions/{told.contest.competition.address}"):
            assert "龚䶮" not in (await visitor.get(path)).text
    assert await listings.newest_results() == []
    assert (await scores._score(Contestant.name == "龚䶮")) == scores.Score()


async def test_what_is_suspended_is_named_in_no_public_list(database):
    """Its title may be the very thing that had to go."""
    told = await published_contest()
    contest, competition = told.contest, told.contest.competition
    lists = ("/", "/competitions", f"/competitions/{competition.address}", "/en/competitions")
    async with visitors() as web:
        visitor = web.visitor()
        assert contest.title in (await visitor.get(lists[2])).text
        await suspensions.suspend(f"/contests/{contest.address}", "核查", told.organiser.id, NOW)
        for path in lists:
            assert contest.title not in (await visitor.get(path)).text, path
        assert competition.title in (await visitor.get("/competitions")).text
        await suspensions.suspend(f"/competitions/{competition.address}", "核查", told.organiser.id, NOW)
        for path in lists:
            assert competition.title not in (await visitor.get(path)).text, path
