"""Reviewers: who keeps out by which fact, who is drawn, and what happens when somebody falls out."""

from datetime import date

import pytest
from msgspec.structs import replace

from foundation.base.problem import NotFound
from foundation.people import accounts, organisations, posts, workers
from foundation.people.organisations import Draft, Kind
from foundation.people.worker_facts import Given
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import (
    innovations,
    review_assigning,
    review_chair,
    review_channels,
    review_conferring,
    review_deciding,
    review_entries,
    review_scores,
    review_seats,
    reviews,
)
from innovations.review_deciding import Decision
from innovations.review_tables import ReviewChannel, ReviewKeptOut, ReviewSeat, ReviewTask
from innovations.rules.innovation_form import Author
from innovations.rules.innovation_form import Draft as Made
from innovations.rules.review_form import ReviewDraft
from innovations.rules.review_rules import Award, Level, ReviewRules, rubric_of
from innovations.rules.review_steps import Stage
from innovations.studio_tables import Studio, StudioMember
from tests.innovations.made_up import NOW, ZONE, works
from tests.innovations.reviews_made_up import AFTER, REVIEWERS, Round, ready, refused
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovations import handed_in, revision

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def grounds_of(found: Round, name: str) -> dict[str, set[str]]:
    """By reviewer, the grounds on which they keep out of an entry."""
    rows = await ReviewKeptOut.select(
        ReviewKeptOut.ground, ReviewKeptOut.seat.account.sign_in.as_alias("who")
    ).where(ReviewKeptOut.entry == found.entries[name])  # fmt: skip
    kept: dict[str, set[str]] = {}
    for row in rows:
        kept.setdefault(row["who"], set()).add(row["ground"])
    return kept


async def as_worker(found: Round, who: str, unit: str) -> int:
    """Say that a reviewer is this worker of the registry."""
    worker, _ = await workers.create(Given(who), found.here.places[unit], "test", NOW)
    await ReviewSeat.update({ReviewSeat.worker: worker}).where(ReviewSeat.id == found.seats[who])
    return worker


async def drawn(found: Round) -> None:
    await review_assigning.draw(found.id, found.by, NOW)


async def test_author_unit_and_co_author(database):
    found = await ready()
    await found.entered()
    await found.seated(*REVIEWERS)
    await ReviewSeat.update({ReviewSeat.worker: found.here.worker}).where(ReviewSeat.id == found.seats["jia"])
    await as_worker(found, "yi", "other")
    mate = await as_worker(found, "bing", "far")
    await innovations.begin(  # of another year, never handed in: still they made it together
        made_with(found, mate), found.here.places["far"], found.by, NOW
    )
    await drawn(found)
    assert await grounds_of(found, "夹具") == {"jia": {"author", "unit"}, "bing": {"co_author"}}
    assert await grounds_of(found, "料架") == {"yi": {"unit"}}
    tasks = {name: set(await found.tasks(name)) for name in ("夹具", "色卡", "料架")}
    assert tasks["夹具"] == {"yi", "ding"}
    assert tasks["料架"] == {"jia", "bing", "ding"}
    assert await review_assigning.missing_of(await found.facts()) != {}


def made_with(found: Round, mate: int) -> Made:
    """An innovation of a reviewer and 冯砚秋."""
    return replace(FOIL, authors=(Author("丙", 50, worker=mate), Author("冯砚秋", 50, worker=found.here.worker)))


async def test_who_is_left_out_of_a_list_that_is_being_written_made_it_all_the_same(database):
    found = await ready()
    await found.entered()
    await found.seated(*REVIEWERS)
    mate = await as_worker(found, "bing", "far")
    number = await innovations.begin(made_with(found, mate), found.here.places["far"], found.by, NOW)
    await handed_in(number)
    alone = replace(FOIL, authors=(Author("冯砚秋", 100, worker=found.here.worker),))
    await innovations.save(number, alone, await revision(number), found.by, NOW)
    await drawn(found)
    assert (await grounds_of(found, "夹具"))["bing"] == {"co_author"}


async def test_the_company_above_studios_a_former_post_and_who_was_named(database):
    found = await ready()
    group = await organisations.create(found.here.places["county"], Draft("砚云集团", Kind.ENTERPRISE), "test", NOW)
    daughters = [
        await organisations.create(group, Draft(name, Kind.ENTERPRISE), "test", NOW) for name in ("砚一", "砚二")
    ]
    found.here.places |= {"group": group, "one": daughters[0], "two": daughters[1]}
    await found.handed_in("转盘", "one")
    await review_channels.take_off(found.channel, found.entries.pop("料架"), found.by)
    await found.listed("转盘")
    await review_entries.name(found.entries["夹具"], "  ding \n", found.by)
    await found.entered()
    await found.seated(*REVIEWERS)
    await as_worker(found, "jia", "two")
    bing = await as_worker(found, "bing", "far")
    studio = Studio(
        address="2026-1", organisation=found.here.places["works"], name="工作室", leader=found.here.worker, level="",
        field="C", founded_on=date(2020, 1, 1), stage="draft", body="{}", document="", ended_reason="", created_by=1,
        created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    await studio.save()
    await StudioMember(studio=studio.id, worker=bing, since=date(2024, 1, 1), until=date(2025, 6, 1)).save()
    await posts.give(found.here.people["yi"], found.here.places["works"], ["clerk"], "test", NOW)
    await posts.end(found.here.people["yi"], found.here.places["works"], "test", NOW)
    await drawn(found)
    assert await grounds_of(found, "转盘") == {"jia": {"group"}}
    assert await grounds_of(found, "夹具") == {"bing": {"studio"}, "yi": {"unit"}, "ding": {"named"}}


async def test_a_common_city_counts_where_the_rules_say_so(database):
    found = await ready(same_city=True)
    await found.entered()
    await found.seated(*REVIEWERS)
    await as_worker(found, "jia", "county")
    await drawn(found)
    assert await grounds_of(found, "夹具") == {"jia": {"city"}}


async def test_a_declared_conflict_is_kept_and_somebody_else_is_drawn(database):
    found = await ready()
    await found.marking()
    tasks = await found.tasks("夹具")
    who = next(one for one in tasks if one != "jia")
    other = next(one for one in REVIEWERS if one not in tasks)
    await found.reviewed("夹具", who, "50", "30")
    with pytest.raises(NotFound):
        await review_assigning.declare(tasks[who], "同门", found.here.people[other], NOW)
    assert await refused(review_assigning.declare(tasks[who], " ", found.here.people[who], NOW)) == [
        ("note", "review_note_empty")
    ]
    assert await review_assigning.declare(tasks[who], "师徒", found.here.people[who], NOW) == 0
    assert set(await found.tasks("夹具")) == {*tasks, other} - {who}
    assert await grounds_of(found, "夹具") == {who: {"declared"}}
    kept = await ReviewTask.select(ReviewTask.ended_at).where(ReviewTask.id == tasks[who]).first()
    assert kept["ended_at"] == NOW  # nothing is deleted: marks are only ever added
    # nobody else is left now: the chair is told, and whoever is seated later is drawn
    again = await found.tasks("夹具")
    assert await review_assigning.declare(again[other], "亲属", found.here.people[other], NOW) == 1
    assert len(await review_assigning.missing_of(await found.facts())) == 1
    await found.seated("wu")
    assert await review_assigning.fill(found.id, found.by, NOW) == 0
    assert "wu" in await found.tasks("夹具")


async def test_the_same_seed_draws_the_same_and_everybody_has_as_much(database):
    found = await ready()
    await found.entered()
    await found.seated(*REVIEWERS)
    await drawn(found)
    first = {name: set(await found.tasks(name)) for name in ("夹具", "色卡", "料架")}
    await drawn(found)
    assert {name: set(await found.tasks(name)) for name in ("夹具", "色卡", "料架")} == first
    loads = sorted(one.load for one in await review_seats.of(found.id))
    assert sum(loads) == 9
    assert loads[-1] - loads[0] <= 1


async def test_an_item_for_comparison_goes_to_everybody_and_is_not_ranked(database):
    found = await ready()
    before = await found.handed_in("往年", "far")
    for step in ("take_in", "award"):
        async with transaction():
            await innovations.move(await innovations.locked(before), step, "", found.by, NOW)
    await found.entered()
    drafted = await innovations.begin(FOIL, found.here.places["far"], found.by, NOW)
    assert await refused(review_entries.add_calibration(found.id, drafted, found.by, NOW)) == [
        ("address", "review_calibration")
    ]
    found.entries["往年"] = await review_entries.add_calibration(found.id, before, found.by, NOW)
    await found.seated(*REVIEWERS)
    await drawn(found)
    await review_assigning.begin_marking(found.id, False, found.by, NOW, ZONE)
    assert set(await found.tasks("往年")) == set(REVIEWERS)
    points = {"夹具": ("50", "30"), "色卡": ("40", "30"), "料架": ("30", "30"), "往年": ("60", "40")}
    await found.locked(points)
    assert (await found.facts()).stage is Stage.DECIDING
    locked = await review_chair.locked_of(found.id)
    assert len(locked.lines) == 3
    compared = (await review_scores.overview(await found.facts())).compared
    assert [len(given) for _, given in compared] == [4]
    assert await found.stage_of("夹具") == "in_review"


async def test_seats_are_checked_and_the_chair_does_not_leave_alone(database):
    found = await ready()
    await found.entered()
    await found.seated("jia", "yi")
    assert await refused(review_seats.seat(found.id, 10**6, None, [], 0, found.by, NOW)) == [
        ("most", "review_most"), ("account", "review_account"),
    ]  # fmt: skip
    assert await refused(review_seats.remove(found.id, found.seats["jia"], found.by, NOW)) == [
        ("", "review_chair_leaves")
    ]
    await review_seats.make_chair(found.id, found.seats["yi"], found.by)
    await review_seats.remove(found.id, found.seats["jia"], found.by, NOW)
    assert [(one.sign_in, one.chair) for one in await review_seats.of(found.id)] == [("yi", True)]
    assert await refused(review_assigning.begin_marking(found.id, True, found.by, NOW, ZONE)) == [
        ("", "review_not_drawn")
    ]


async def test_who_has_a_post_at_the_unit_does_not_confirm_the_decision(database):
    found = await ready()
    await found.marking()
    await found.locked(dict.fromkeys(("夹具", "色卡", "料架"), ("50", "30")))
    await review_deciding.decide_awards(
        found.id, {found.entries["夹具"]: Decision("award1", "同分，按现场核实")}, found.by, NOW
    )
    await found.noticed()
    both, _ = await accounts.create_account("both", "both", ["officer"], "test", NOW, organisation_id=1)
    await posts.give(both, found.here.places["works"], ["clerk"], "test", NOW)
    act = await review_conferring.ask(found.id, "10号", "无异议", found.by, AFTER)
    assert await refused(two_person.confirm(act, both, AFTER)) == [("", "review_confirms_away")]
    await two_person.confirm(act, found.second, AFTER)


async def test_a_unit_reviews_its_own_with_its_own_people_but_no_author(database):
    here = await works()
    found = Round(here, 0, here.people["yue"], 0)
    for name in ("夹具", "色卡"):
        await found.handed_in(name, "works", (Author("冯砚秋", 100, worker=here.worker),))
    awards = (Award("award1", "一等", 1),)
    rules = ReviewRules(Level.ENTERPRISE, 2, rubric_of((("B", "效益", "60"), ("N", "新颖", "40")), 2, "厂评"), awards)
    draft = ReviewDraft("厂级评审", 2026, date(2026, 5, 31), rules)
    found.id = await reviews.create(draft, here.places["works"], found.by, NOW)
    await reviews.freeze(found.id, 1, found.by, NOW, ZONE)
    (channel,) = await ReviewChannel.select(ReviewChannel.id, ReviewChannel.organisation)
    assert channel["organisation"] == here.places["works"]  # it recommends to itself, as many as it has
    found.channel = channel["id"]
    await found.listed("夹具", "色卡")
    await found.entered()
    await found.seated("mei", "wu", "jia")
    await ReviewSeat.update({ReviewSeat.worker: here.worker}).where(ReviewSeat.id == found.seats["jia"])
    await drawn(found)
    assert await grounds_of(found, "夹具") == {"jia": {"author"}}
    assert set(await found.tasks("夹具")) == {"mei", "wu"}


async def test_what_is_learned_after_the_drawing_takes_entries_from_who_is_in_conflict(database):
    found = await ready()
    await found.entered()
    await found.seated(*REVIEWERS)
    await drawn(found)
    who = next(iter(await found.tasks("夹具")))
    await review_entries.name(found.entries["夹具"], who, found.by)
    begun = review_assigning.begin_marking(found.id, False, found.by, NOW, ZONE)
    assert await refused(begun) == [("", "review_draw_again")]
    await drawn(found)
    assert who not in await found.tasks("夹具")
    await review_assigning.begin_marking(found.id, False, found.by, NOW, ZONE)
    other = next(iter(await found.tasks("料架")))
    await as_worker(found, other, "other")
    await found.seated("wu")
    assert await review_assigning.fill(found.id, found.by, NOW) == 0
    assert other not in await found.tasks("料架")
    assert len(await found.tasks("料架")) == 3
