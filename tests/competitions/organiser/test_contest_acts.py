"""Competitions, contests, schemes: what their writers save, refuse and record."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

import pytest

from competitions import entries, events, marks, organisers, schemes
from competitions.contests import (
    competition_for_organiser,
    competitions_of,
    contest_for_organiser,
    unpublished_of,
    with_draft_or_scheme,
)
from competitions.preparing import overview, runners
from competitions.rules.events import CompetitionDraft, ContestDraft, SettingsDraft
from competitions.rules.levels import Level
from competitions.rules.notes import SheetNotes
from competitions.rules.revisions import NewMark
from competitions.rules.road import Step
from competitions.rules.stages import Stage
from competitions.tables import Seat
from competitions.versions import draft_scheme, frozen_scheme, scheme_versions
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.commit import GroupCommit
from foundation.tabulation.scheme import scheme_hash
from tests.competitions.cast import (
    NOTES,
    NOW,
    PEOPLE,
    SCHEME,
    Story,
    actor,
    draft_contest,
    frozen_contest,
    open_contest,
    scheme,
)


async def refusal(act: Awaitable[Any]) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        await act
    return list(refused.value.problems)


async def acts(stream: str) -> list[tuple[str, str]]:
    return [(entry.act, entry.actor) for entry in reversed(await ledger.entries(stream))]


def hashes() -> tuple[str, str]:
    return scheme_hash(scheme()), schemes.sheet_hash(NOTES)


async def test_addresses_count_within_the_year_and_within_the_competition(database: Any) -> None:
    mei = await actor("mei", "梅", "organiser")
    made = [
        await events.create_competition(CompetitionDraft("竞赛", year, Level.CITY), mei.id, NOW)
        for year in (2026, 2025, 2026)
    ]
    contests = [await events.create_contest(made[2].id, ContestDraft("焊工", "焊工"), mei.id, NOW) for _ in range(2)]
    assert [one.address for one in made] == ["2026-1", "2025-1", "2026-2"]
    assert [one.address for one in contests] == ["2026-2-01", "2026-2-02"]
    assert await acts(f"competition:{made[0].id}") == [("competition.created", f"account:{mei.id}")]


async def test_two_competitions_made_at_once_get_two_addresses(database: Any) -> None:
    mei = await actor("mei", "梅", "organiser")
    draft = CompetitionDraft("竞赛", 2026, Level.CITY)
    made = await asyncio.gather(*(events.create_competition(draft, mei.id, NOW) for _ in range(4)))
    assert sorted(one.address for one in made) == ["2026-1", "2026-2", "2026-3", "2026-4"]


async def test_two_contests_made_at_once_get_two_addresses(database: Any) -> None:
    story = await draft_contest()
    frame, by = story.contest.competition.id, story.organiser.id
    made = await asyncio.gather(
        *(events.create_contest(frame, ContestDraft("电工", "电工"), by, NOW) for _ in range(3))
    )
    assert sorted(one.address for one in made) == ["2026-1-02", "2026-1-03", "2026-1-04"]


async def test_strangers_find_nothing_and_officers_everything(database: Any) -> None:
    story = await draft_contest()
    judge = await actor("ling", "玲")
    for nobody in (story.stranger, judge):
        with pytest.raises(NotFound):
            await contest_for_organiser(nobody.user, story.contest.address)
        with pytest.raises(NotFound):
            await competition_for_organiser(nobody.user, story.contest.competition.address)
        assert await competitions_of(nobody.user, 9) == []
        assert await unpublished_of(nobody.user, 9) == []
        assert await with_draft_or_scheme(nobody.user, 9) == []
    assert await contest_for_organiser(story.officer.user, story.contest.address) == story.contest
    assert await competitions_of(story.organiser.user, 9) == [story.contest.competition]
    with pytest.raises(NotFound):
        await contest_for_organiser(story.organiser.user, "2026-9-99")


async def test_a_long_list_comes_in_pages_and_a_desk_shows_the_newest(database: Any) -> None:
    story = await draft_contest()
    user = story.organiser.user
    made = [story.contest.competition]
    for year in (2024, 2026, 2025, 2026):
        draft = CompetitionDraft(f"{year}年竞赛", year, Level.CLASS_TWO, hosts=("省总工会",))
        made.append(await events.create_competition(draft, user.account_id, NOW))
    in_order = [made[4].address, made[2].address, made[0].address, made[3].address, made[1].address]
    assert [one.address for one in await competitions_of(user, 9)] == in_order
    for size in (1, 2, 4):
        seen: list[str] = []
        while page := await competitions_of(user, size, seen[-1] if seen else ""):
            seen += [one.address for one in page]
        assert seen == in_order
    with pytest.raises(NotFound):
        await competitions_of(story.stranger.user, 9, in_order[0])
    for number in range(3):
        await events.create_contest(made[number].id, ContestDraft(f"电工{number}", "电工"), user.account_id, NOW)
    assert [one.title for one in await unpublished_of(user, 3)] == ["电工0", "电工1", "电工2"]
    assert [one.title for one in await unpublished_of(user, 9)] == ["焊工", "电工0", "电工1", "电工2"]
    assert [one.title for one in await with_draft_or_scheme(user, 9)] == ["焊工"]


async def test_the_list_shows_the_next_step_of_each_contest(database: Any) -> None:
    story = await open_contest()
    frame = story.contest.competition
    await events.create_contest(frame.id, ContestDraft("电工", "电工"), story.organiser.id, NOW)
    (shown,) = await overview(story.organiser.user, 9)
    assert (shown[0], [(one.contest.title, one.next) for one in shown[1]]) == (
        frame,
        [("焊工", Step.PUBLISH), ("电工", Step.SCHEME)],
    )


async def test_a_competition_keeps_its_year(database: Any) -> None:
    story = await draft_contest()
    frame, by = story.contest.competition, story.organiser.id
    draft = CompetitionDraft("新名称", 2026, Level.CITY, place="九江")
    await events.change_competition(frame.id, draft, by)
    changed = await competition_for_organiser(story.organiser.user, frame.address)
    assert (changed.title, changed.level, changed.place) == ("新名称", Level.CITY, "九江")
    moved = events.change_competition(frame.id, CompetitionDraft("x", 2027, Level.CITY), by)
    assert await refusal(moved) == [Problem("year_fixed", "year", {"year": "2026"})]


async def test_organisers_are_added_once_and_the_last_one_stays(database: Any) -> None:
    story = await frozen_contest()
    frame, by = story.contest.competition.id, story.organiser.id
    assert await refusal(organisers.add(frame, "nobody", by)) == [
        Problem("organiser_unknown", "sign_in", {"sign_in": "nobody"})
    ]
    await actor("hao", "浩")
    assert await refusal(organisers.add(frame, "hao", by)) == [
        Problem("organiser_unknown", "sign_in", {"sign_in": "hao"})
    ]
    await organisers.add(frame, "SHENG", by)
    assert await refusal(organisers.add(frame, "sheng", by)) == [Problem("organiser_twice", "sign_in", {"name": "生"})]
    assert [runner.name for runner in await runners(frame)] == ["梅", "生"]
    await organisers.remove(frame, by, by)
    assert await refusal(organisers.remove(frame, story.stranger.id, by)) == [Problem("organiser_last")]
    assert await refusal(organisers.remove(frame, by, by)) == [Problem("organiser_gone")]


async def test_a_judge_of_the_competition_does_not_become_its_organiser(database: Any) -> None:
    story = await frozen_contest()
    both = await actor("fang", "方", "organiser")
    await Seat(contest=story.contest.id, account=both.id, position=9, aspects="[]").save()
    assert await refusal(organisers.add(story.contest.competition.id, "fang", story.organiser.id)) == [
        Problem("organiser_is_judge", "sign_in", {"name": "方"})
    ]


async def test_groups_in_use_stay(database: Any) -> None:
    story = await frozen_contest()
    change = events.change_contest(story.contest.id, ContestDraft("焊工", "焊工", "", ("职工组",)), story.organiser.id)
    assert await refusal(change) == [Problem("entries_without_group", "groups")]
    await events.change_contest(story.contest.id, ContestDraft("焊工赛", "焊工"), story.organiser.id)
    await story.reload()
    assert (story.contest.title, story.contest.occupation_code) == ("焊工赛", "")


async def test_groups_may_be_added_beside_those_that_entries_stand_in(database: Any) -> None:
    story = await draft_contest(groups=("职工组", "学生组"))
    contest, by = story.contest.id, story.organiser.id
    await entries.add_roster(contest, [replace(PEOPLE[0], group="职工组")], by)
    taken = events.change_contest(contest, ContestDraft("焊工", "焊工", "", ("学生组", "青年组")), by)
    assert await refusal(taken) == [Problem("group_in_use", "groups", {"group": "职工组"})]
    await events.change_contest(contest, ContestDraft("焊工", "焊工", "", ("职工组", "青年组")), by)
    await story.reload()
    assert (story.contest.groups, story.entries["W1"].group) == (("职工组", "青年组"), "职工组")


async def test_settings_are_saved_with_their_ledger_entry(database: Any) -> None:
    story = await draft_contest()
    settings = SettingsDraft("all", 3, "all", True, True)
    await events.change_settings(story.contest.id, settings, story.organiser.id)
    await story.reload()
    assert (story.contest.names_shown, story.contest.awarded_places, story.contest.bundle_public) == ("all", 3, True)
    assert (await acts(f"contest:{story.contest.id}"))[-1] == (
        "contest.settings_changed",
        f"account:{story.organiser.id}",
    )
    closed = SettingsDraft("all", 3, "awarded", True, True)
    assert await refusal(events.change_settings(story.contest.id, closed, story.organiser.id)) == [
        Problem("bundle_needs_totals", "totals_shown")
    ]


async def test_a_scheme_is_frozen_as_it_was_seen_and_only_once(database: Any) -> None:
    story = await draft_contest()
    contest, by = story.contest.id, story.organiser.id
    assert await refusal(schemes.freeze(contest, ("0" * 64, "0" * 64), by, NOW)) == [
        Problem("scheme_changed_meanwhile")
    ]
    frozen = await schemes.freeze(contest, hashes(), by, NOW)
    assert await frozen_scheme(contest) == frozen
    assert (frozen.version, frozen.scheme, frozen.notes, frozen.scheme_hash) == (1, scheme(), NOTES, hashes()[0])
    assert await refusal(schemes.freeze(contest, hashes(), by, NOW)) == [Problem("scheme_frozen_already")]
    assert await refusal(schemes.save_draft(contest, scheme(), NOTES, by)) == [Problem("scheme_frozen_already")]
    (entry,) = [one for one in await ledger.entries(f"contest:{contest}") if one.act == "scheme.frozen"]
    assert entry.payload == {"version": 1, "scheme": hashes()[0], "sheet": hashes()[1]}


async def test_two_freeze_at_once_and_one_is_told(database: Any) -> None:
    story = await draft_contest()
    tries = [schemes.freeze(story.contest.id, hashes(), story.organiser.id, NOW) for _ in range(2)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["FrozenScheme", "Refused"]
    assert len(await scheme_versions(story.contest.id)) == 1


async def test_a_contest_without_a_scheme_cannot_be_frozen(database: Any) -> None:
    story = await draft_contest(with_scheme=False)
    assert await draft_scheme(story.contest.id) == (None, SheetNotes())
    assert await refusal(schemes.freeze(story.contest.id, hashes(), story.organiser.id, NOW)) == [
        Problem("scheme_missing")
    ]


async def amendment(story: Story, base: int = 1, reason: str = "更正步长", **changes: Any) -> Any:
    made = scheme(**changes)
    by = story.organiser.id
    return await schemes.amend(story.contest.id, base, made, NOTES, reason=reason, by=by, now=NOW)


async def test_an_amendment_is_a_new_version_with_its_reason(database: Any) -> None:
    story = await frozen_contest()
    second = await amendment(story, digits=1)
    assert [(one.version, one.reason, one.scheme.digits) for one in await scheme_versions(story.contest.id)] == [
        (1, "", 2),
        (2, "更正步长", 1),
    ]
    assert (await acts(f"contest:{story.contest.id}"))[-1][0] == "scheme.amended"
    assert (await frozen_scheme(story.contest.id)) == second
    await story.reload()
    assert story.contest.stage is Stage.FROZEN


async def test_an_amendment_without_reason_change_or_base_is_refused(database: Any) -> None:
    story = await frozen_contest()
    assert await refusal(amendment(story, base=2, reason=" ")) == [
        Problem("reason_empty", "reason"),
        Problem("amended_meanwhile", "", {"version": "1"}),
        Problem("amend_nothing"),
    ]
    draft = await draft_contest()
    assert await refusal(amendment(draft, digits=1)) == [Problem("amend_draft")]


async def test_an_amendment_that_marks_would_not_fit_is_refused_and_names_them(database: Any) -> None:
    story = await open_contest()
    group = GroupCommit(database)
    await group.start()
    try:
        (seat,) = await Seat.select(Seat.id).where(Seat.contest == story.contest.id, Seat.position == 1)
        new = [NewMark("T1", "87.5", "", "client-0001", 0)]
        await marks.give(seat["id"], story.entries["W2"].entry_id, new, story.judges["ling"].id, NOW)
    finally:
        await group.stop()
    modules: list[Any] = [dict(module) for module in SCHEME["modules"]]  # type: ignore[attr-defined]
    modules[0]["aspects"] = [{**modules[0]["aspects"][0], "step": "1"}]
    assert await refusal(amendment(story, modules=modules)) == [
        Problem("amend_mark_unfit", "", {"aspect": "T1 笔试", "mark": "87.5", "works": "W2"})
    ]
    assert (await amendment(story, digits=1)).version == 2


async def test_marking_opens_once_and_only_with_a_complete_panel(database: Any) -> None:
    story = await draft_contest()
    contest, by = story.contest.id, story.organiser.id
    assert await refusal(events.open_marking(contest, by)) == [Problem("open_marking_draft")]
    await schemes.freeze(contest, hashes(), by, NOW)
    assert [problem.code for problem in await refusal(events.open_marking(contest, by))] == [
        "panel_no_entries",
        "panel_no_chief",
    ]
    complete = await frozen_contest()
    done = await asyncio.gather(
        *(events.open_marking(complete.contest.id, by) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "Refused"]
    assert await refusal(events.open_marking(complete.contest.id, by)) == [Problem("open_marking_marking")]
