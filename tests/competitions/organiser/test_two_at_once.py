"""Two organisers at once: nobody's work is replaced by a page that was opened before it."""

from typing import Any

from competitions.roster import people
from competitions.rules.facts import EntryFacts
from competitions.versions import draft_scheme
from tests.competitions.cast import draft_contest, open_contest
from tests.competitions.organiser.test_organiser_pages import inputs, sentences
from tests.web import visitors


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
