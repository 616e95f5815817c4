"""A review through its writers: rules, lists, returns, drawing, marks, the lock, the meeting, notice and decision."""

import asyncio
from dataclasses import replace as changed
from datetime import date

import pytest
from msgspec.structs import replace

from craftsmen.honour_tables import Honour
from foundation.base.problem import NotFound, Refused
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import (
    innovation_standing,
    innovation_versions,
    innovations,
    review_assigning,
    review_chair,
    review_channels,
    review_conferring,
    review_deciding,
    review_entries,
    review_marks,
    review_notices,
    review_scores,
    reviews,
)
from innovations.innovation_tables import Innovation, InnovationStep
from innovations.library_tables import ShownInnovation
from innovations.review_deciding import Decision
from innovations.review_desk import Words
from innovations.review_tables import ReviewEntry, ReviewMark, ReviewTask
from innovations.rules.review_form import ReviewDraft
from innovations.rules.review_rules import Award
from innovations.rules.review_steps import EntryStage, Stage
from tests.innovations.made_up import NOW, ZONE
from tests.innovations.reviews_made_up import AFTER, Round, opened, ready, refused, rules, sheet

POINTS = {"夹具": ("55", "35"), "色卡": ("50", "35"), "料架": ("40", "30")}


async def revision(number: int) -> int:
    row = await Innovation.select(Innovation.revision).where(Innovation.id == number).first()
    return row["revision"]


async def in_marking() -> Round:
    found = await ready()
    await found.marking()
    return found


async def test_the_whole_way_to_honours_and_the_library(database):
    found = await in_marking()
    await found.locked(POINTS)
    await found.awarded({"夹具": "award1", "色卡": "award2", "料架": ""})
    await found.noticed()
    assert await refused(review_conferring.ask(found.id, "", "无异议", found.by, NOW)) == [
        ("document", "review_document_empty"), ("", "review_notice_open"),
    ]  # fmt: skip
    assert await ShownInnovation.count() == 0
    await found.decided()
    assert (await found.facts()).stage is Stage.DECIDED
    assert [await found.stage_of(name) for name in POINTS] == ["awarded", "awarded", "not_awarded"]
    rows = await Honour.select(Honour.name, Honour.worker, Honour.source_key, Honour.document, Honour.stage)
    assert rows == [{
        "name": "冯砚秋", "worker": found.here.worker, "document": "赣工发〔2026〕10号", "stage": "conferred",
        "source_key": f"review:2026-{found.id}:entry:{found.entries['夹具']}:worker:{found.here.worker}",
    }]  # fmt: skip
    assert await ShownInnovation.count() == 2
    shown = await review_notices.shown_rows(await found.facts())
    assert [row[1:4] for row in shown] == [("一等成果", "夹具", "冯砚秋"), ("二等成果", "色卡", "占云帆、冯砚秋")]
    entries = await ledger.entries(f"review:{found.id}", limit=100)
    assert {"review.frozen", "review.drawn", "review.lock_marks", "review.decide"} - {one.act for one in entries} == {
        "review.frozen"
    }


async def test_rules_are_frozen_with_a_hash_before_the_first_entry(database):
    found = await opened()
    facts = await found.facts()
    assert facts.rules_hash == facts.rules.digest()
    assert await refused(reviews.change(found.id, facts.draft, facts.revision, found.by)) == [("", "review_frozen")]
    assert await refused(reviews.freeze(found.id, facts.revision, found.by, NOW, ZONE)) == [("", "review_step_late")]


async def test_what_must_be_mended_is_told_at_once(database):
    found = await opened()
    city = found.here.places["city"]
    wrong = rules(city, awards=(Award("award1", "一等", 1, "no-such"),), notice_days=3, places=())
    number = await reviews.create(ReviewDraft("x", 2026, date(2026, 5, 1), wrong), 1, found.by, NOW)
    assert await refused(reviews.freeze(number, 1, found.by, NOW, ZONE)) == [
        ("list_until", "review_list_until"), ("notice_days", "review_notice_days"), ("places", "review_places_none"),
        ("award-title-1", "review_award_title"),
    ]  # fmt: skip


async def test_a_list_is_handed_in_once_within_its_places_and_time(database):
    found = await ready()
    await found.handed_in("转盘", "works")
    await found.listed("转盘")
    far = await found.handed_in("远处", "far")
    with pytest.raises(NotFound):
        await review_channels.pick(found.channel, [far], found.by, NOW)
    assert await refused(review_channels.pick(found.channel, [found.innovations["夹具"]], found.by, NOW)) == [
        ("", "review_picked_already")
    ]
    assert await refused(review_channels.rank(found.channel, list(found.entries.values())[1:], found.by)) == [
        ("", "review_ranking")
    ]
    assert await refused(review_channels.hand_in(found.channel, found.by, AFTER, ZONE)) == [
        ("", "review_list_long"), ("", "review_list_late"),
    ]  # fmt: skip
    assert await found.stage_of("夹具") == "handed_in"  # nothing of it was done
    await review_channels.take_off(found.channel, found.entries["转盘"], found.by)
    await review_channels.rank(found.channel, [found.entries[one] for one in ("料架", "夹具", "色卡")], found.by)
    await review_channels.hand_in(found.channel, found.by, NOW, ZONE)
    assert await found.stage_of("夹具") == "in_review"
    rows = await ReviewEntry.select(ReviewEntry.innovation, ReviewEntry.stage).order_by(ReviewEntry.rank)
    assert [row["innovation"] for row in rows] == [found.innovations[one] for one in ("料架", "夹具", "色卡")]
    assert {row["stage"] for row in rows} == {"entered"}
    assert await refused(review_channels.hand_in(found.channel, found.by, NOW, ZONE)) == [("", "review_list_in")]
    number = found.innovations["夹具"]
    assert await refused(innovations.withdraw(number, "不报了", await revision(number), found.by, NOW)) != []


async def test_an_entry_is_given_back_completed_and_taken_in_again_as_its_new_version(database):
    found = await ready()
    await found.entered()
    entry, number = found.entries["夹具"], found.innovations["夹具"]
    notes = {"section-use": "写明何处使用"}
    assert await refused(review_entries.give_back(entry, {}, date(2026, 5, 20), found.by, NOW)) == [
        ("", "return_nothing")
    ]
    await review_entries.give_back(entry, notes, date(2026, 5, 20), found.by, NOW)
    assert await found.stage_of("夹具") == "returned"
    assert await refused(review_entries.renew(entry, found.by, NOW)) == [("", "review_nothing_newer")]
    await found.seated("jia", "yi", "bing")
    await review_assigning.draw(found.id, found.by, NOW)
    assert ("", "review_still_returned") in await refused(
        review_assigning.begin_marking(found.id, False, found.by, NOW, ZONE)
    )
    row = await Innovation.select().where(Innovation.id == number).first()
    draft = innovation_standing.draft_of(row, await innovation_standing.authors_of(number))
    body = replace(draft.body, sections={**draft.body.sections, "use": "一车间四条线"})
    await innovations.save(number, replace(draft, body=body), await revision(number), found.by, NOW)
    await innovations.clear(number, await revision(number), found.by, NOW)
    await innovation_versions.hand_in(number, "补充", await revision(number), found.by, NOW)
    await review_entries.renew(entry, found.by, NOW)
    assert await found.stage_of("夹具") == "in_review"
    entered = await ReviewEntry.select(ReviewEntry.stage, ReviewEntry.version.number.as_alias("n")).where(
        ReviewEntry.id == entry
    )
    assert entered == [{"stage": "entered", "n": 2}]


async def test_who_leaves_the_round_is_free_for_another_and_reads_why(database):
    found = await in_marking()
    entry = found.entries["料架"]
    assert await refused(review_entries.leave(entry, EntryStage.EXCLUDED, " ", found.by, NOW)) == [
        ("reason", "review_reason_empty")
    ]
    await review_entries.leave(entry, EntryStage.EXCLUDED, "不属于本次范围", found.by, NOW)
    assert await found.stage_of("料架") == "handed_in"
    assert await found.tasks("料架") == {}
    await review_entries.cancel(found.id, found.by, NOW)
    assert await found.stage_of("夹具") == "handed_in"


async def test_an_awarded_innovation_stays_awarded_while_the_province_reviews_it(database):
    found = await ready()
    number = found.innovations["夹具"]
    async with transaction():
        for step in ("take_in", "award"):
            await innovations.move(await innovations.locked(number), step, "", found.by, NOW)
    await found.marking()
    assert await found.stage_of("夹具") == "awarded"
    await found.locked(POINTS)
    await found.awarded({"夹具": "award1", "色卡": "award2"})
    await found.noticed()
    await found.decided()
    assert await found.stage_of("夹具") == "awarded"
    steps = (
        await InnovationStep.select(InnovationStep.step, InnovationStep.note)
        .where(InnovationStep.innovation == number, InnovationStep.step == "award")
        .order_by(InnovationStep.id)
    )
    assert steps[-1]["note"] == "2026年度职工创新成果评审 一等成果"  # its unit reads of both
    assert len(steps) == 2


async def test_a_mark_sent_twice_is_one_mark_and_an_older_page_replaces_nothing(database):
    found = await in_marking()
    who, task = next(iter((await found.tasks("夹具")).items()))
    by = found.here.people[who]
    sent = sheet("50", "", nonce="twice", hand_in=False)
    assert await review_marks.save(task, sent, by, NOW) == 1
    assert await review_marks.save(task, replace_seen(sent, Words("很好", "")), by, NOW) == 0  # the answer was lost
    assert await ReviewMark.count() == 1
    older = sheet("20", "", base=0, hand_in=False, seen=Words("很好", "").seen)
    assert await refused(review_marks.save(task, older, by, NOW)) == [("mark-B", "panel_mark_stale")]
    other_words = sheet("50", "", base=1, words="别的", hand_in=False)
    assert await refused(review_marks.save(task, other_words, by, NOW)) == [("opinion", "review_words_stale")]
    gaps = sheet("50", "", base=1, words="", hand_in=True, seen=Words("很好", "").seen)
    assert await refused(review_marks.save(task, gaps, by, NOW)) == [
        ("mark-N", "review_mark_missing"), ("opinion", "review_opinion_empty"),
    ]  # fmt: skip
    whole = sheet("50", "30", base=1, seen=Words("很好", "").seen)
    whole = replace_bases(whole, {"B": 1, "N": 0})
    assert await review_marks.save(task, whole, by, NOW) == 1
    row = await ReviewTask.select(ReviewTask.handed_in_at).where(ReviewTask.id == task).first()
    assert row["handed_in_at"] is not None


async def test_of_twins_that_save_at_once_each_mark_is_kept_once(database):
    found = await in_marking()
    who, task = next(iter((await found.tasks("夹具")).items()))
    sent = sheet("50", "30", nonce="same")
    by = found.here.people[who]
    again = replace_seen(sent, Words("很好", ""))
    await asyncio.gather(
        *(review_marks.save(task, one, by, NOW) for one in (sent, again, sent, again)), return_exceptions=True
    )
    assert await ReviewMark.count() == 2


async def test_nobody_marks_for_another_nor_what_is_out_of_range(database):
    found = await in_marking()
    tasks = await found.tasks("夹具")
    who = next(iter(tasks))
    stranger = next(one for one in ("jia", "yi", "bing", "ding") if one != who)
    with pytest.raises(NotFound):
        await review_marks.save(tasks[who], sheet("1", "1"), found.here.people[stranger], NOW)
    assert await refused(review_marks.save(tasks[who], sheet("61", "1"), found.here.people[who], NOW)) == [
        ("mark-B", "mark_step")
    ]
    assert await refused(review_marks.save(tasks[who], sheet("absent", "1"), found.here.people[who], NOW)) == [
        ("mark-B", "review_no_mark")
    ]


async def test_only_the_chair_locks_what_they_saw_and_then_nobody_marks(database):
    found = await in_marking()
    await found.all_reviewed({name: POINTS[name] for name in ("夹具", "色卡")})
    facts = await found.facts()
    seen = (await review_scores.overview(facts)).seen
    chair = found.here.people["jia"]
    with pytest.raises(NotFound):
        await review_chair.lock(found.id, seen, False, found.here.people["yi"], NOW)
    assert await refused(review_chair.lock(found.id, seen, False, chair, NOW)) == [
        ("", "review_few"), ("short", "review_waiting"),
    ]  # fmt: skip
    who = sorted(await found.tasks("料架"))
    await found.reviewed("料架", who[0], *POINTS["料架"])
    await found.reviewed("料架", who[1], *POINTS["料架"])
    assert ("", "review_marks_changed") in await refused(review_chair.lock(found.id, seen, True, chair, NOW))
    seen = (await review_scores.overview(facts)).seen
    await review_chair.lock(found.id, seen, True, chair, NOW)
    locked = await review_chair.locked_of(found.id)
    assert [(one.total, one.place, one.reviews) for one in locked.lines] == [
        ("90.00", 1, 3), ("85.00", 2, 3), ("70.00", 3, 2),
    ]  # fmt: skip
    task = (await found.tasks("料架"))[who[2]]
    assert await refused(review_marks.save(task, sheet("1", "1"), found.here.people[who[2]], NOW)) == [
        ("", "review_marks_locked")
    ]


async def test_awards_keep_to_the_rules_and_to_the_places_or_say_why(database):
    found = await in_marking()
    await found.locked(POINTS)
    one, two, three = (found.entries[name] for name in POINTS)

    async def tried(**given):
        decided = {found.entries[name]: Decision(*said) for name, said in given.items()}
        return await refused(review_deciding.decide_awards(found.id, decided, found.by, NOW))

    assert await tried(夹具=("award1", ""), 色卡=("award1", "")) == [("", "review_award_most")]
    assert await tried(夹具=("gold", "")) == [("", "review_award_unknown")]
    assert await tried(色卡=("award1", "")) == [(f"reasons-{two}", "review_out_of_order")]
    await review_deciding.decide_awards(found.id, {two: Decision("award1", "现场核实后调整")}, found.by, NOW)
    await review_deciding.decide_awards(found.id, {one: Decision("award1")}, found.by, NOW)  # until the notice
    rows = await ReviewEntry.select(ReviewEntry.award).where(ReviewEntry.id.is_in([two, three]))
    assert [row["award"] for row in rows] == ["", ""]


async def test_what_changed_after_it_was_asked_for_is_not_confirmed_and_an_objection_leads_to_a_new_notice(database):
    found = await in_marking()
    await found.locked(POINTS)
    assert await refused(review_notices.open_notice(found.id, "公示", "x", "y", by=found.by, now=NOW)) == [
        ("no_award", "review_awards_undecided")
    ]
    await found.awarded({"夹具": "award1"})
    await found.noticed()
    act = await review_conferring.ask(found.id, "10号", "无异议", found.by, AFTER)
    await ReviewEntry.update({ReviewEntry.award: "award2"}).where(ReviewEntry.id == found.entries["夹具"])
    assert await refused(two_person.confirm(act, found.second, AFTER)) == [
        ("", "review_notice_otherwise"), ("", "review_decided_otherwise"),
    ]  # fmt: skip
    assert await refused(two_person.confirm(act, found.by, AFTER)) == [("", "act_own")]
    await two_person.withdraw(act, found.by, AFTER)
    await review_deciding.decide_again(found.id, found.by, AFTER)
    await found.awarded({"夹具": "award1", "色卡": "award2"})
    await review_notices.open_notice(found.id, "再次公示", "x", "y", by=found.by, now=AFTER)
    # the first notice is long over, but it is not what is decided now
    assert await refused(review_conferring.ask(found.id, "10号", "无异议", found.by, AFTER)) == [
        ("", "review_notice_open")
    ]


async def test_the_officer_of_the_works_does_not_decide_on_it(database):
    found = await in_marking()
    await found.locked(POINTS)
    with pytest.raises(Refused) as raised:
        await review_deciding.decide_awards(found.id, {}, found.here.people["yue"], NOW)
    assert raised.value.problems[0].params == {"count": "2"}


def replace_seen(sent, words: Words):
    return changed(sent, seen=words.seen)


def replace_bases(sent, bases: dict[str, int]):
    return changed(sent, marks=[changed(one, base=bases[one.aspect]) for one in sent.marks])
