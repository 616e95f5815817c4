"""Difficulty as it is recorded: what the writer saves, refuses and records, and the two pages it is entered on."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from competitions import difficulty, entries, schemes
from competitions.roster import people
from competitions.rules.facts import EntryFacts
from competitions.rules.stages import Stage
from competitions.tables import Coefficient, Contest
from competitions.versions import frozen_scheme
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.ledger_verify import verify
from tests.competitions.cast import (
    NOTES,
    NOW,
    PEOPLE,
    SCHEME,
    Story,
    draft_contest,
    frozen_contest,
    open_contest,
    scheme,
)
from tests.competitions.organiser.test_organiser_pages import inputs, sentences
from tests.web import visitors

RANGE = "a plain decimal above 0, at most 1000, with at most 6 digits after the point."


async def refusal(act: Awaitable[Any]) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        await act
    return list(refused.value.problems)


async def amended(story: Story, base: int, *codes: str) -> None:
    """From now on these aspects, and no others, take a coefficient."""
    modules: Any = SCHEME["modules"]
    changed = [
        {**module, "aspects": [{**one, "coefficient": one["code"] in codes} for one in module["aspects"]]}
        for module in modules
    ]
    made, by = scheme(modules=changed), story.organiser.id
    await schemes.amend(story.contest.id, base, made, NOTES, reason="补充难度系数", by=by, now=NOW)


async def difficult_contest() -> Story:
    """Marking is open; P3 and T1 take a coefficient."""
    story = await open_contest()
    await amended(story, 1, "P3", "T1")
    return story


def ids(story: Story) -> tuple[int, int, int]:
    first, second, third = (story.entries[work].entry_id for work in ("W1", "W2", "W3"))
    return first, second, third


async def test_only_what_changed_is_written_and_recorded(database: Any) -> None:
    story = await difficult_contest()
    contest, by, (w1, w2, w3) = story.contest.id, story.organiser.id, ids(story)
    typed: difficulty.Typed = {w1: {"T1": 2_800_000, "P3": 1}, w2: {"P3": 3_000_000}, w3: {"P3": None}}
    assert await entries.set_all_facts(contest, {w1: EntryFacts(time=1)}, by, typed) == 2
    assert await entries.set_all_facts(contest, {}, by, typed) == 0
    assert await entries.set_all_facts(contest, {}, by, {w1: {"P3": None}, w2: {"P3": 500_000}}) == 2
    frozen = await frozen_scheme(contest)
    assert frozen is not None
    assert await difficulty.counted(contest, frozen.scheme) == {(w1, "T1"): 2_800_000, (w2, "P3"): 500_000}
    recorded = [one for one in await ledger.entries(f"contest:{contest}") if one.act == "entry.difficulty_set"]
    assert [(one.about, one.actor, dict(one.payload)) for one in reversed(recorded)] == [
        (f"entry:{w1}", f"account:{by}", {"coefficients": {"P3": 1, "T1": 2_800_000}}),
        (f"entry:{w2}", f"account:{by}", {"coefficients": {"P3": 3_000_000}}),
        (f"entry:{w1}", f"account:{by}", {"coefficients": {"P3": None}}),
        (f"entry:{w2}", f"account:{by}", {"coefficients": {"P3": 500_000}}),
    ]
    assert await verify() == []


async def test_an_aspect_that_takes_none_refuses_and_nothing_is_half_saved(database: Any) -> None:
    story = await difficult_contest()
    contest, by, (w1, w2, _) = story.contest.id, story.organiser.id, ids(story)
    mixed: difficulty.Typed = {w1: {"P3": 2_000_000}, w2: {"P2": 1, "X": 1}}
    assert await refusal(entries.set_all_facts(contest, {w1: EntryFacts("absent")}, by, mixed)) == [
        Problem("coefficient_not_taken", "", {"aspect": "P2"}),
        Problem("coefficient_not_taken", "", {"aspect": "X"}),
    ]
    assert await difficulty.recorded(contest) == {}
    assert [one.facts for one in await people(contest)] == [EntryFacts()] * 3


async def test_before_the_scheme_is_frozen_and_once_published_nothing_is_recorded(database: Any) -> None:
    draft = await draft_contest()
    await entries.add_roster(draft.contest.id, PEOPLE, draft.organiser.id)
    await draft.reload()
    one = draft.entries["W1"].entry_id
    early = entries.set_all_facts(draft.contest.id, {}, draft.organiser.id, {one: {"P3": 1}})
    assert await refusal(early) == [Problem("coefficient_not_taken", "", {"aspect": "P3"})]
    story = await difficult_contest()
    await Contest.update({Contest.stage: Stage.PUBLISHED.value}).where(Contest.id == story.contest.id)
    late = entries.set_all_facts(story.contest.id, {}, story.organiser.id, {ids(story)[0]: {"P3": 1}})
    assert await refusal(late) == [Problem("facts_published")]
    assert await Coefficient.count() == 0


async def test_an_entry_of_another_contest_is_not_found(database: Any) -> None:
    story, other = await difficult_contest(), await frozen_contest()
    with pytest.raises(NotFound):
        await entries.set_all_facts(
            story.contest.id, {}, story.organiser.id, {other.entries["W1"].entry_id: {"P3": 1_000_000}}
        )
    assert await Coefficient.count() == 0


async def test_two_who_save_at_once_leave_one_value_and_both_in_the_ledger(database: Any) -> None:
    story = await difficult_contest()
    contest, by, (w1, _, _) = story.contest.id, story.organiser.id, ids(story)
    values = (2_000_000, 3_000_000)
    tries = [entries.set_all_facts(contest, {}, by, {w1: {"P3": value}}) for value in values]
    assert await asyncio.gather(*tries) == [1, 1]
    said = [one.payload for one in await ledger.entries(f"contest:{contest}") if one.act == "entry.difficulty_set"]
    assert sorted(each["coefficients"]["P3"] for each in said) == list(values)
    assert await difficulty.recorded(contest) == {(w1, "P3"): said[0]["coefficients"]["P3"]}


async def test_an_amendment_at_the_same_moment_comes_first_or_after_but_never_between(database: Any) -> None:
    story = await difficult_contest()
    contest, by, (w1, _, _) = story.contest.id, story.organiser.id, ids(story)
    done = await asyncio.gather(
        amended(story, 2, "T1"),
        entries.set_all_facts(contest, {}, by, {w1: {"P3": 2_000_000}}),
        return_exceptions=True,
    )
    frozen = await frozen_scheme(contest)
    assert frozen is not None
    saved = await difficulty.recorded(contest)
    assert (done[1], saved) == (1, {(w1, "P3"): 2_000_000}) or (type(done[1]), saved) == (Refused, {})
    assert await difficulty.counted(contest, frozen.scheme) == {}


async def test_what_an_amendment_takes_away_counts_nothing_and_comes_back_with_it(database: Any) -> None:
    story = await difficult_contest()
    contest, by, (w1, _, _) = story.contest.id, story.organiser.id, ids(story)
    await entries.set_all_facts(contest, {}, by, {w1: {"P3": 2_000_000, "T1": 3_000_000}})
    for base, codes, left in ((2, ("T1",), {"T1"}), (3, (), set()), (4, ("P3",), {"P3"})):
        await amended(story, base, *codes)
        frozen = await frozen_scheme(contest)
        assert frozen is not None
        assert {aspect for _, aspect in await difficulty.counted(contest, frozen.scheme)} == left


async def test_an_entry_leaves_with_its_difficulty(database: Any) -> None:
    story = await frozen_contest()
    await amended(story, 1, "P3")
    w1, w2, _ = ids(story)
    await entries.set_all_facts(story.contest.id, {}, story.organiser.id, {w1: {"P3": 1}, w2: {"P3": 2}})
    await entries.remove_entry(story.contest.id, w1, story.organiser.id)
    assert await difficulty.recorded(story.contest.id) == {(w2, "P3"): 2}


async def test_the_list_saves_difficulty_with_the_other_facts_or_not_at_all(database: Any) -> None:
    story = await difficult_contest()
    here = f"/organise/contests/{story.contest.address}/entries"
    w1, w2, w3 = ids(story)
    async with visitors() as web:
        mei = await web.signed_in("mei")
        held = inputs(await mei.get(here))
        assert {name: text for name, text in held.items() if "difficulty" in name and not name.startswith("was-")} == {
            f"e{work}-difficulty-{aspect}": "" for work in (w1, w2, w3) for aspect in ("T1", "P3")
        }
        typed = {**held, f"e{w1}-difficulty-P3": "2.8", f"e{w2}-difficulty-P3": "0", f"e{w3}-difficulty-T1": "hard"}
        wrong = await mei.post(f"/en{here}", {**typed, f"e{w1}-time": "fast", f"e{w2}-penalty": "2"})
        assert (wrong.status_code, sentences(wrong)) == (
            422,
            [
                "“fast” is no time. Write minutes and seconds like 12:05.5, or hours like 1:02:05.",
                f"P3: “0” is no difficulty: {RANGE}",
                f"T1: “hard” is no difficulty: {RANGE}",
            ],
        )
        kept = inputs(wrong)
        assert [kept[name] for name in (f"e{w1}-difficulty-P3", f"e{w2}-difficulty-P3", f"e{w3}-difficulty-T1")] == [
            "2.8",
            "0",
            "hard",
        ]
        assert (await difficulty.recorded(story.contest.id), kept[f"e{w2}-penalty"]) == ({}, "2")
        right = {**typed, f"e{w2}-difficulty-P3": "３", f"e{w3}-difficulty-T1": "", f"e{w2}-penalty": "2"}
        assert (await mei.post(here, right)).status_code == 303
        shown = inputs(await mei.get(here))
    assert await difficulty.recorded(story.contest.id) == {(w1, "P3"): 2_800_000, (w2, "P3"): 3_000_000}
    assert (shown[f"e{w1}-difficulty-P3"], shown[f"e{w2}-difficulty-P3"]) == ("2.8", "3")
    assert [one.facts.penalty for one in await people(story.contest.id)] == [0, 2_000, 0]


async def test_a_page_older_than_the_amendment_is_told_and_loses_nothing(database: Any) -> None:
    story = await difficult_contest()
    here = f"/organise/contests/{story.contest.address}/entries"
    w1, _, _ = ids(story)
    async with visitors() as web:
        mei = await web.signed_in("mei")
        held = inputs(await mei.get(here))
        await amended(story, 2, "T1")
        typed = {**held, f"e{w1}-difficulty-P3": "2.8", f"e{w1}-difficulty-T1": "1.5"}
        told = await mei.post(f"/en{here}", typed)
        assert (told.status_code, sentences(told)) == (
            422,
            [
                "P3 takes no difficulty: the scheme was amended after you opened this page. Nothing was saved; "
                "what you entered elsewhere is still here. Look it over and save again."
            ],
        )
        again = inputs(told)
        assert (again[f"e{w1}-difficulty-T1"], f"e{w1}-difficulty-P3" in again) == ("1.5", False)
        assert (await mei.post(here, again)).status_code == 303
    assert await difficulty.recorded(story.contest.id) == {(w1, "T1"): 1_500_000}


async def test_one_entry_has_its_own_fields(database: Any) -> None:
    story = await difficult_contest()
    here = f"/organise/contests/{story.contest.address}/entries/W2"
    w1, w2, _ = ids(story)
    async with visitors() as web:
        mei = await web.signed_in("mei")
        wrong = await mei.post(f"/en{here}", {"act": "difficulty", f"e{w2}-difficulty-P3": "-1"})
        assert (wrong.status_code, sentences(wrong)) == (
            409,
            [f"P3: “-1” is no difficulty: {RANGE}"],
        )
        assert (inputs(wrong)[f"e{w2}-difficulty-P3"], inputs(wrong)["name"]) == ("-1", "饶㛃")
        typed = {"act": "difficulty", f"e{w2}-difficulty-P3": "2.5", f"e{w1}-difficulty-P3": "9"}
        assert (await mei.post(here, typed)).status_code == 303
        assert inputs(await mei.get(here))[f"e{w2}-difficulty-P3"] == "2.5"
    assert await difficulty.recorded(story.contest.id) == {(w2, "P3"): 2_500_000}, "another work is not this page's"


async def test_without_such_an_aspect_nothing_of_it_is_shown(database: Any) -> None:
    story = await open_contest()
    here = f"/organise/contests/{story.contest.address}/entries"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        assert ["难度系数" in (await mei.get(page)).text for page in (here, f"{here}/W1")] == [False, False]


async def test_judges_read_where_it_counts_and_the_chief_judge_what_it_is(database: Any) -> None:
    story = await difficult_contest()
    w1, _, _ = ids(story)
    await entries.set_all_facts(story.contest.id, {}, story.organiser.id, {w1: {"P3": 2_800_000}})
    async with visitors() as web:
        sheet = await (await web.signed_in("ling")).get(f"/en/judge/contests/{story.contest.address}/works/W1")
        bench = await (await web.signed_in("chen")).get(f"/en/chief/contests/{story.contest.address}/works/W1")
    assert sheet.text.count("times the difficulty") == 2
    assert bench.text.count("Difficulty 2.8") == 1
    assert bench.text.count("The contest office has not entered the difficulty yet.") == 1
