"""Reviews at their edges: people with two parts, names of before, entries that left, two windows at once."""

import re
from dataclasses import replace as changed
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from foundation.base.problem import NotFound, Refused
from foundation.people import accounts, consents, organisations, posts, worker_merging, workers
from foundation.people.organisations import Draft, Kind
from foundation.people.worker_facts import Given
from foundation.process import notice_drafts, notices
from foundation.process.notice_tables import Notice
from foundation.process.rules.notices import Draft as NoticeDraft
from foundation.process.rules.shown import table_of
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import (
    innovations,
    review_assigning,
    review_chair,
    review_channels,
    review_conferring,
    review_deciding,
    review_desk,
    review_entries,
    review_list_reads,
    review_notices,
    review_reads,
    review_scores,
    review_seats,
    review_todo,
    reviews,
)
from innovations.innovation_tables import Innovation
from innovations.review_reads import CANDIDATES
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewKeptOut, ReviewRound, ReviewSeat, ReviewTask
from innovations.rules.innovation_form import Author
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.review_form import ReviewDraft
from innovations.rules.review_rules import Award, Level, Places, ReviewRules, rubric_of
from innovations.rules.review_steps import EntryStage
from innovations.sentences.reviews import SENTENCES
from innovations.studio_tables import Studio
from tests.competitions.judging.watching import statements
from tests.innovations.made_up import NOW, ZONE, works
from tests.innovations.reviews_made_up import AFTER, REVIEWERS, Round, opened, ready, refused, rules
from tests.innovations.rules.foil import FOIL
from tests.web import shown, visitors

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POINTS = {"夹具": ("55", "35"), "色卡": ("50", "35"), "料架": ("40", "30")}


async def in_marking(**changes) -> Round:
    found = await ready(**changes)
    await found.marking()
    return found


async def code_of(found: Round, name: str) -> str:
    row = await ReviewEntry.select(ReviewEntry.code).where(ReviewEntry.id == found.entries[name]).first()
    return row["code"]


async def one_of(found: Round, who: str) -> str:
    """An entry that somebody reviews."""
    tasks = {name: await found.tasks(name) for name in POINTS}
    return next(name for name, each in tasks.items() if who in each)


@SQLITE
async def test_what_left_the_review_does_not_read_as_reviewed_without_an_award(database):
    found = await ready()
    await review_entries.leave(found.entries["料架"], EntryStage.EXCLUDED, "不属于本次范围", found.by, NOW)
    await found.marking()
    await found.locked({name: POINTS[name] for name in ("夹具", "色卡")})
    await found.awarded({"夹具": "award1"})
    await found.noticed()
    await found.decided()
    async with visitors() as web:
        out = await (await web.signed_in("tao")).get(f"/reviews/own/{found.entries['料架']}")
        none = await (await web.signed_in("mei")).get(f"/reviews/own/{found.entries['色卡']}")
    assert "不属于本次范围" in out.text
    assert "未获奖" not in shown(out)
    assert "赣工发〔2026〕10号" not in shown(out)
    assert "未获奖" in shown(none)
    assert "赣工发〔2026〕10号" in shown(none)


@SQLITE
async def test_what_was_only_listed_when_the_review_went_on_is_told_so_once_it_is_decided(database):
    here = await works()
    second, _ = await accounts.create_account("qian", "qian", ["officer"], "test", NOW, organisation_id=1)
    places = (Places(here.places["city"], "景德镇市总工会", 3), Places(here.places["far"], "九江市总工会", 3))
    draft = ReviewDraft("评审", 2026, date(2026, 5, 31), rules(here.places["city"], places=places, awards=(
        Award("award1", "一等成果", 1),
    )))  # fmt: skip
    by = here.people["sheng"]
    number = await reviews.create(draft, 1, by, NOW)
    await reviews.freeze(number, 1, by, NOW, ZONE)
    found = Round(here, number, by, second)
    lists = await ReviewChannel.select(ReviewChannel.id).order_by(ReviewChannel.position)
    await found.handed_in("夹具", "works")
    await found.handed_in("远处", "far")
    found.channel = lists[1]["id"]
    await found.listed("远处")  # and never handed in
    found.channel = lists[0]["id"]
    await found.listed("夹具")
    await found.marking()
    await found.locked({"夹具": POINTS["夹具"]})
    await found.awarded({"夹具": "award1"})
    await found.noticed()
    await found.decided()
    async with visitors() as web:
        page = await (await web.signed_in("xun")).get(f"/reviews/own/{found.entries['远处']}")
    assert "未获奖" not in shown(page)
    assert "没有报出" in shown(page)


@SQLITE
async def test_what_its_unit_withdrew_while_it_was_given_back_is_not_called_completed(database):
    found = await ready()
    await found.entered()
    entry, number = found.entries["夹具"], found.innovations["夹具"]
    await review_entries.give_back(entry, {"section-use": "写明"}, date(2026, 5, 20), found.by, NOW)
    row = await Innovation.select(Innovation.revision).where(Innovation.id == number).first()
    await innovations.withdraw(number, "不报了", row["revision"], found.here.people["mei"], NOW)
    lines = await review_reads.entries_of(await found.facts())
    assert [one.completed for one in lines if one.id == entry] == [False]
    user = await found.here.user("sheng")
    assert [one.what.code for one in await review_todo.rows(user)] == ["todo_reviews_assign"]


@SQLITE
async def test_what_was_not_admitted_takes_no_place_and_does_not_come_back(database):
    found = await ready()
    await found.handed_in("转盘", "works")
    await found.listed("转盘")  # the fourth of three places
    gone = found.entries["料架"]
    await review_entries.leave(gone, EntryStage.EXCLUDED, "不属于本次范围", found.by, NOW)
    with pytest.raises(NotFound):
        await review_channels.take_off(found.channel, gone, found.by)
    assert await refused(review_channels.pick(found.channel, [found.innovations["料架"]], found.by, NOW)) == [
        ("", "review_picked_already")
    ]
    order = [found.entries[name] for name in ("转盘", "夹具", "色卡")]
    await review_channels.rank(found.channel, order, found.by)
    await review_channels.hand_in(found.channel, found.by, NOW, ZONE)
    rows = await ReviewEntry.select(ReviewEntry.id, ReviewEntry.stage).order_by(ReviewEntry.rank)
    assert [row["id"] for row in rows if row["stage"] == "entered"] == order


@SQLITE
async def test_a_list_of_nothing_but_what_was_not_admitted_is_empty(database):
    found = await ready()
    for entry in found.entries.values():
        await review_entries.leave(entry, EntryStage.EXCLUDED, "不属于本次范围", found.by, NOW)
    assert await refused(review_channels.hand_in(found.channel, found.by, NOW, ZONE)) == [("", "review_list_empty")]


@SQLITE
async def test_the_federation_recommends_only_what_is_below_none_of_its_channels(database):
    here = await works()
    by = here.people["sheng"]
    direct = await organisations.create(1, Draft("省属一厂", Kind.DIRECT), "test", NOW)
    here.places["direct"] = direct
    places = (Places(here.places["city"], "景德镇市总工会", 1), Places(1, "省总工会", 5))
    draft = ReviewDraft("评审", 2026, date(2026, 5, 31), rules(here.places["city"], places=places, awards=(
        Award("award1", "一等成果", 1),
    )))  # fmt: skip
    number = await reviews.create(draft, 1, by, NOW)
    await reviews.freeze(number, 1, by, NOW, ZONE)
    found = Round(here, number, by, 0)
    await found.handed_in("夹具", "works")
    await found.handed_in("省直", "direct")
    row = await ReviewChannel.select(ReviewChannel.id).where(ReviewChannel.organisation == 1).first()
    channel = await review_channels.by_id(row["id"])
    assert [one.title for one in await review_list_reads.candidates(channel)] == ["省直"]
    with pytest.raises(NotFound):  # the city has one place for it
        await review_channels.pick(channel.id, [found.innovations["夹具"]], by, NOW)
    assert await review_channels.pick(channel.id, [found.innovations["省直"]], by, NOW) == 1


@SQLITE
async def test_who_runs_a_blind_review_takes_no_seat_in_it_and_who_has_one_does_not_run_it(database):
    found = await ready()
    await found.entered()
    at_root, _ = await accounts.create_account("twin", "twin", ["officer"], "test", NOW, organisation_id=1)
    seated = review_seats.seat(found.id, at_root, None, [], 10, found.by, NOW)
    assert await refused(seated) == [("account", "review_seat_runs")]
    await found.seated(*REVIEWERS)
    await review_assigning.draw(found.id, found.by, NOW)
    await review_assigning.begin_marking(found.id, False, found.by, NOW, ZONE)
    await posts.give(found.here.people["yi"], 1, ["officer"], "test", NOW)  # learns of the post later
    at = f"/reviews/desk/{found.id}"
    async with visitors() as web:
        both = await web.signed_in("yi")
        pages = [at, f"{at}/reviewers", f"{at}/entries/{found.entries['夹具']}"]
        assert [(await both.get(page)).status_code for page in pages] == [404] * 3
        assert "2026年度职工创新成果评审" not in (await both.get("/reviews/desk")).text
        assert (await both.get("/reviews/mine/2026-1")).status_code == 200
        assert (await (await web.signed_in("sheng")).get(at)).status_code == 200


@SQLITE
async def test_an_open_review_may_be_run_and_marked_by_one_person(database):
    found = await ready(blind=False)
    at_root, _ = await accounts.create_account("twin", "twin", ["officer"], "test", NOW, organisation_id=1)
    await review_seats.seat(found.id, at_root, None, [], 10, found.by, NOW)
    async with visitors() as web:
        assert (await (await web.signed_in("twin")).get(f"/reviews/desk/{found.id}")).status_code == 200


@SQLITE
async def test_an_author_whose_records_were_merged_after_the_hand_in_keeps_out(database):
    here = await works()
    found = Round(here, 0, here.people["yue"], 0)
    await found.handed_in("夹具", "works", (Author("冯砚秋", 100, worker=here.worker),))
    draft = ReviewDraft("厂级评审", 2026, date(2026, 5, 31), ReviewRules(
        Level.ENTERPRISE, 1, rubric_of((("B", "效益", "60"), ("N", "新颖", "40")), 1, "厂评"),
        (Award("award1", "一等", 1),), blind=False,
    ))  # fmt: skip
    found.id = await reviews.create(draft, here.places["works"], found.by, NOW)
    await reviews.freeze(found.id, 1, found.by, NOW, ZONE)
    (channel,) = await ReviewChannel.select(ReviewChannel.id)
    found.channel = channel["id"]
    await found.listed("夹具")
    await found.entered()
    await found.seated("mei", "jia")
    again, _ = await workers.create(Given("冯砚秋"), here.places["works"], "test", NOW)
    await ReviewSeat.update({ReviewSeat.worker: again}).where(ReviewSeat.id == found.seats["jia"])
    act = await worker_merging.ask_merge(again, here.worker, here.people["yue"], "同一人", NOW)
    await two_person.confirm(act, here.people["yun"], NOW)
    await review_assigning.draw(found.id, found.by, NOW)
    kept = await ReviewKeptOut.select(ReviewKeptOut.ground).where(ReviewKeptOut.seat == found.seats["jia"])
    assert kept == [{"ground": "author"}]
    assert set(await found.tasks("夹具")) == {"mei"}


@SQLITE
async def test_names_that_a_unit_had_before_are_masked_too(database):
    found = await ready()
    old = await organisations.create(found.here.places["county"], Draft("栖霞陶坊", Kind.ENTERPRISE), "test", NOW)
    found.here.places["old"] = old
    said = replace(
        FOIL.body, sections={**FOIL.body.sections, "wrong": "窑火瓷厂与栖霞陶坊的旧线张力不稳，云窑艺术瓷厂亦然"}
    )
    await found.handed_in("转盘", "old", body=said)
    await review_channels.take_off(found.channel, found.entries.pop("料架"), found.by)
    await found.listed("转盘")
    works_id = found.here.places["works"]
    await organisations.rename(works_id, "窑火瓷厂", "test", NOW)
    await organisations.rename(works_id, "砚池新材料有限公司", "test", NOW)
    await organisations.merge(old, works_id, "test", NOW)
    await found.marking()
    who = next(iter(await found.tasks("转盘")))
    desk = await review_desk.desk_for(await found.here.user(who), (await found.facts()).address)
    entry = await review_desk.entry_of(desk, await review_desk.task_of(desk, await code_of(found, "转盘")))
    text = "".join(text for _, text in entry.blind.sections)
    assert [name for name in ("窑火", "栖霞", "云窑", "砚池") if name in text] == []


@SQLITE
async def test_two_windows_of_the_meeting_do_not_undo_each_other_unseen(database):
    found = await in_marking()
    await found.locked(POINTS)
    one, two = found.entries["夹具"], found.entries["色卡"]
    at = f"/reviews/desk/{found.id}/meeting"
    async with visitors() as web:
        first, second = await web.signed_in("sheng"), await web.signed_in("qian")
        seen = re.search(r'name="seen" value="([^"]*)"', (await first.get(at)).text).group(1)
        answer = await second.post(at, {"seen": seen, f"award-{one}": "award1", f"award-{two}": "award2"})
        assert answer.status_code == 303
        late = {"seen": seen, f"award-{one}": "award1", f"reasons-{two}": "尚需完善，望继续努力"}
        answer = await first.post(at, late)
        assert answer.status_code == 422
        rows = await ReviewEntry.select(ReviewEntry.award).where(ReviewEntry.id == two)
        assert rows == [{"award": "award2"}]
        assert "尚需完善，望继续努力" in answer.text  # nothing that was typed is lost
        assert "现已保存：二等成果" in shown(answer)  # and what stands there now is read beside it
        seen = re.search(r'name="seen" value="([^"]*)"', answer.text).group(1)
        assert (await first.post(at, {**late, "seen": seen})).status_code == 303


@SQLITE
async def test_every_city_of_a_reviewer_counts_where_a_common_city_does(database):
    found = await ready(same_city=True)
    await found.entered()
    await found.seated(*REVIEWERS)
    yi = found.here.people["yi"]
    await posts.give(yi, found.here.places["far"], ["clerk"], "test", NOW)  # another city, now
    worker, _ = await workers.create(Given("yi"), found.here.places["county"], "test", NOW)
    await ReviewSeat.update({ReviewSeat.worker: worker}).where(ReviewSeat.id == found.seats["yi"])
    far = await organisations.create(found.here.places["far"], Draft("湖口一厂", Kind.ENTERPRISE), "test", NOW)
    assert far > found.here.places["county"]
    bing, _ = await workers.create(Given("bing"), far, "test", NOW)
    await ReviewSeat.update({ReviewSeat.worker: bing}).where(ReviewSeat.id == found.seats["bing"])
    await posts.give(found.here.people["bing"], found.here.places["county"], ["clerk"], "test", NOW)
    ding, _ = await workers.create(Given("ding"), found.here.places["county"], "test", NOW)
    await ReviewSeat.update({ReviewSeat.worker: ding}).where(ReviewSeat.id == found.seats["ding"])
    await review_assigning.draw(found.id, found.by, NOW)
    kept = await ReviewKeptOut.select(ReviewKeptOut.seat.account.sign_in.as_alias("who"), ReviewKeptOut.ground).where(
        ReviewKeptOut.entry == found.entries["夹具"]
    )
    assert {(row["who"], row["ground"]) for row in kept} == {(who, "city") for who in ("yi", "bing", "ding")}


@SQLITE
async def test_the_chair_reads_no_words_on_an_entry_before_their_own_review(database):
    found = await in_marking()
    name = await one_of(found, "jia")
    other = next(who for who in await found.tasks(name) if who != "jia")
    await found.reviewed(name, other, "13", "17", private="这一项言过其实")
    user = await found.here.user("jia")
    desk = await review_desk.desk_for(user, (await found.facts()).address)

    async def words() -> set[str]:
        view = await review_chair.view(desk, user.account_id)
        return {task.private for row in view.overview.rows for task in row.tasks if task.private}

    assert await words() == set()
    await found.reviewed(name, "jia", "45", "30")
    assert await words() == {"这一项言过其实"}


@SQLITE
async def test_what_somebody_declares_is_read_by_the_chair_and_the_office(database):
    found = await in_marking()
    name = await one_of(found, "yi")
    code = await code_of(found, name)
    async with visitors() as web:
        answer = await (await web.signed_in("yi")).post(f"/reviews/mine/2026-1/{code}/conflict", {"note": "曾是我徒弟"})
        assert answer.status_code == 303
        assert "曾是我徒弟" in (await (await web.signed_in("jia")).get("/reviews/chair/2026-1")).text
        at = f"/reviews/desk/{found.id}/entries/{found.entries[name]}"
        assert "曾是我徒弟" in (await (await web.signed_in("sheng")).get(at)).text
        assert "曾是我徒弟" not in (await (await web.signed_in("bing")).get("/reviews/mine/2026-1")).text


@SQLITE
async def test_a_chair_who_keeps_out_reads_nothing_of_what_others_declared_on_it(database):
    found = await in_marking()
    tasks = await found.tasks("夹具")
    chair = "jia" if "jia" in tasks else next(iter(tasks))
    await review_seats.make_chair(found.id, found.seats[chair], found.by)
    await review_assigning.declare(tasks[chair], "同门", found.here.people[chair], NOW)
    other = next(who for who in await found.tasks("夹具"))
    await review_assigning.declare((await found.tasks("夹具"))[other], "亲属在该厂", found.here.people[other], NOW)
    async with visitors() as web:
        assert "亲属在该厂" not in (await (await web.signed_in(chair)).get("/reviews/chair/2026-1")).text


@SQLITE
async def test_who_is_seated_while_others_mark_reviews_the_item_for_comparison_as_well(database):
    found = await ready()
    before = await found.handed_in("往年", "far")
    await Innovation.update({Innovation.stage: "awarded"}).where(Innovation.id == before)
    await found.entered()
    found.entries["往年"] = await review_entries.add_calibration(found.id, before, found.by, NOW)
    await found.seated(*REVIEWERS)
    await review_assigning.draw(found.id, found.by, NOW)
    await review_assigning.begin_marking(found.id, False, found.by, NOW, ZONE)
    tasks = await found.tasks("往年")
    await review_assigning.declare(tasks["yi"], "参与过", found.here.people["yi"], NOW)
    await found.seated("wu")
    await review_assigning.fill(found.id, found.by, NOW)
    await review_assigning.fill(found.id, found.by, NOW)
    assert set(await found.tasks("往年")) == {"jia", "bing", "ding", "wu"}  # and never again who declared


@SQLITE
async def test_everything_that_a_channel_may_pick_can_be_reached(database):
    found = await opened()
    await found.handed_in("夹具", "works")
    row = await Innovation.select().first()
    del row["id"]
    copies = [
        Innovation(**{**row, "address": f"2026-x{n}", "title": f"料架{n}", "handed_title": f"料架{n}"})
        for n in range(CANDIDATES)
    ]
    await Innovation.insert(*copies)
    city = found.here.places["city"]
    await accounts.create_account("cheng", "cheng", ["clerk"], "test", NOW, organisation_id=city)
    at = f"/reviews/channels/{found.channel}"
    async with visitors() as web:
        channel = await web.signed_in("cheng")
        page = await channel.get(at)
        assert page.text.count('name="pick"') == CANDIDATES
        assert "夹具" not in page.text  # the oldest
        (older,) = set(re.findall(rf'href="({at}[?]before=[^"]+)"', page.text))
        page = await channel.get(older)
        assert "夹具" in page.text
        assert page.text.count('name="pick"') == 1
        answer = await channel.post(f"{at}/picks", {"pick": str(found.innovations["夹具"])})
        assert answer.status_code == 303


@SQLITE
async def test_everything_that_is_wrong_is_told_at_once_and_at_its_field(database):
    found = await ready()
    city = found.here.places["city"]
    await accounts.create_account("cheng", "cheng", ["clerk"], "test", NOW, organisation_id=city)
    entry = found.entries["夹具"]
    places = {"cheng": f"/reviews/channels/{found.channel}/entries/{entry}",
              "sheng": f"/reviews/desk/{found.id}/entries/{entry}"}  # fmt: skip
    async with visitors() as web:
        for who, at in places.items():
            sent = {"word": "return", "until": "", "note-section-use": "长" * 1001}
            page = await (await web.signed_in(who)).post(at, sent)
            assert page.status_code == 422
            assert {'href="#f-until"', 'href="#f-note-section-use"'} <= set(re.findall(r'href="#f-[^"]+"', page.text))
        seat = {"word": "seat", "account": "nobody", "most": "0"}
        page = await (await web.signed_in("sheng")).post(f"/reviews/desk/{found.id}/reviewers", seat)
        assert {'href="#f-account"', 'href="#f-most"'} <= set(re.findall(r'href="#f-[^"]+"', page.text))
    await found.entered()
    await found.seated(*REVIEWERS)
    await review_assigning.draw(found.id, found.by, NOW)
    await review_assigning.begin_marking(found.id, False, found.by, NOW, ZONE)
    await found.locked(POINTS)
    await found.awarded({"夹具": "award1"})
    await found.noticed()
    assert await refused(review_conferring.ask(found.id, "", " ", found.by, AFTER)) == [
        ("document", "review_document_empty"), ("reason", "act_reason_empty"),
    ]  # fmt: skip


@SQLITE
async def test_a_review_is_not_extended_into_the_past(database):
    found = await opened()
    facts = await found.facts()  # lists until 31 May
    late = datetime(2026, 6, 10, 9, tzinfo=UTC)
    again = reviews.extend(found.id, date(2026, 6, 5), facts.revision, found.by, late, ZONE)
    assert await refused(again) == [("list_until", "review_extend")]
    await reviews.extend(found.id, date(2026, 6, 10), facts.revision, found.by, late, ZONE)


@SQLITE
async def test_marks_of_nothing_are_not_locked_so_that_the_office_can_give_the_review_up(database):
    found = await in_marking()
    for entry in found.entries.values():
        await review_entries.leave(entry, EntryStage.EXCLUDED, "不属于本次范围", found.by, NOW)
    seen = (await review_scores.overview(await found.facts())).seen
    locked = review_chair.lock(found.id, seen, True, found.here.people["jia"], NOW)
    assert await refused(locked) == [("", "review_nothing_left")]
    await review_entries.cancel(found.id, found.by, NOW)


@SQLITE
async def test_an_entry_behind_the_thousandth_has_its_page(database):
    found = await ready()
    before = await copied(found, 1001)
    last = (await ReviewEntry.select(ReviewEntry.id).order_by(ReviewEntry.rank, ascending=False).first())["id"]
    async with visitors() as web:
        page = await (await web.signed_in("sheng")).get(f"/reviews/desk/{found.id}/entries/{last}")
    assert page.status_code == 200
    assert before < last


async def copied(found: Round, count: int, *, calibration: bool = False) -> int:
    """So many more entries of the round, each of a copy of the first innovation; answers the last id before."""
    one = await Innovation.select().where(Innovation.id == found.innovations["夹具"]).first()
    said = await ReviewEntry.select().where(ReviewEntry.id == found.entries["夹具"]).first()
    before = said["id"]
    for row in (one, said):
        del row["id"]
    for at in range(0, count, 200):
        numbers = range(at, min(at + 200, count))
        made = await Innovation.insert(*(Innovation(**{**one, "address": f"2026-x{n}"}) for n in numbers))
        copies = [
            ReviewEntry(**{
                **said, "innovation": each["id"], "code": f"Z{n}", "rank": 100 + n, "calibration": calibration,
                "stage": "entered",
            })
            for n, each in zip(numbers, made, strict=True)
        ]  # fmt: skip
        await ReviewEntry.insert(*copies)
    return before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_as_much_as_a_review_may_have_is_drawn(database):
    """A statement of PostgreSQL takes 32,767 values: more than 4,000 tasks do not fit into one."""
    found = await ready()
    await copied(found, 69, calibration=True)
    await found.entered()
    await found.seated(*(f"r{n}" for n in range(60)))
    await review_assigning.draw(found.id, found.by, NOW)
    assert await ReviewTask.count() == 69 * 60 + 3 * 3


def test_no_sentence_counts_things_in_words_that_fit_only_many():
    """One entry would read as “1 entries”."""
    wrong = re.compile(r"%\((count|places)\)s [a-z]+s\b")
    counted = [code for code, text in SENTENCES.items() if wrong.search(text) and code != "review_award_most"]  # > 1
    assert counted == []


@SQLITE
async def test_a_notice_that_shows_something_else_or_ends_sooner_is_no_ground_to_decide_on(database):
    found = await ready(notice_days=10)
    await found.marking()
    await found.locked(POINTS)
    await found.awarded({"夹具": "award1", "色卡": "award2"})

    async def noticed(**changes) -> list[tuple[str, str]]:
        """What stands against the decision after a notice whose draft was changed so."""
        address = await review_notices.open_notice(found.id, "公示", "现予公示。", "0791-1", by=found.by, now=NOW)
        row = await Notice.select().where(Notice.address == address).first()
        names = ("title", "text", "contact", "days", "end_time", "results", "about", "label")
        said = NoticeDraft(shown=table_of(row["shown"]), **{name: row[name] for name in names})
        if changes.pop("fewer", False):
            changes["shown"] = changed(said.shown, rows=said.shown.rows[:1])
        await notice_drafts.change(row["id"], changed(said, **changes), found.by, NOW)
        await notice_drafts.send(row["id"], found.by, NOW)
        await notice_drafts.approve(row["id"], found.second, NOW)
        await notices.open_notice(row["id"], found.by, NOW, ZONE)
        try:
            await review_conferring.ask(found.id, "10号", "无异议", found.by, AFTER)
        except Refused as refusal:
            await review_deciding.decide_again(found.id, found.by, AFTER)
            return [(one.field, one.code) for one in refusal.problems]
        return []

    assert await noticed(fewer=True) == [("", "review_notice_otherwise")]
    assert await noticed(days=5) == [("", "review_notice_otherwise")]
    await Innovation.update({Innovation.publicity: "internal"}).where(Innovation.id == found.innovations["色卡"])
    assert await noticed(text="现将拟获奖名单予以公示。") == []
    await Innovation.update({Innovation.publicity: "public"}).where(Innovation.id == found.innovations["色卡"])
    act = await two_person.open_act("review.decision", f"review:{found.id}")
    await two_person.confirm(act, found.second, AFTER)


@SQLITE
async def test_the_studio_and_its_leader_are_masked_too(database):
    found = await ready()
    leader, _ = await workers.create(Given("占云帆"), found.here.places["works"], "test", NOW)
    studio = Studio(
        address="2026-1", organisation=found.here.places["works"], name="青砚匠心工作室", leader=leader, level="",
        field="C", founded_on=date(2020, 1, 1), stage="draft", body="{}", document="", ended_reason="", created_by=1,
        created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    await studio.save()
    text = "由青砚匠心工作室试制，占云帆师傅与占师傅多次改进"
    said = replace(FOIL.body, sections={**FOIL.body.sections, "wrong": text})
    await found.handed_in("转盘", "works", body=said)
    await Innovation.update({Innovation.studio: studio.id}).where(Innovation.id == found.innovations["转盘"])
    await review_channels.take_off(found.channel, found.entries.pop("料架"), found.by)
    await found.listed("转盘")
    await found.marking()
    who = next(iter(await found.tasks("转盘")))
    desk = await review_desk.desk_for(await found.here.user(who), (await found.facts()).address)
    entry = await review_desk.entry_of(desk, await review_desk.task_of(desk, await code_of(found, "转盘")))
    read = "".join(text for _, text in entry.blind.sections)
    assert [name for name in ("青砚", "占云帆", "云帆", "占师傅") if name in read] == []
    assert "多次改进" in read


@SQLITE
async def test_the_rounds_of_a_reviewer_cost_the_same_queries_for_one_and_for_three(database):
    found = await in_marking()
    account = found.here.people["jia"]
    with statements(database) as one:
        assert len(await review_desk.rounds_of(account)) == 1
    row = await ReviewRound.select().where(ReviewRound.id == found.id).first()
    del row["id"]
    for number in (7, 8):
        more = ReviewRound(**{**row, "address": f"2026-{number}"})
        await more.save()
        await ReviewSeat(round=more.id, account=account, worker=None, fields="", most=9, chair=False).save()
    with statements(database) as three:
        rounds = await review_desk.rounds_of(account)
    assert [(one.address, chair) for one, chair in rounds] == [
        ("2026-8", False), ("2026-7", False), (row["address"], True),
    ]  # fmt: skip
    assert len(three) == len(one)


@SQLITE
async def test_a_unit_reads_that_a_review_was_given_up(database):
    found = await ready()
    await found.entered()
    await review_entries.cancel(found.id, found.by, NOW)
    async with visitors() as web:
        page = await (await web.signed_in("mei")).get(f"/reviews/own/{found.entries['夹具']}")
    assert "本次评审已由组织单位终止" in shown(page)


@SQLITE
async def test_ranks_that_were_typed_hold_when_something_is_taken_off(database):
    found = await ready()
    city = found.here.places["city"]
    await accounts.create_account("cheng", "cheng", ["clerk"], "test", NOW, organisation_id=city)
    ranks = {"夹具": "3", "色卡": "1", "料架": "2"}
    sent = {f"rank-{found.entries[name]}": rank for name, rank in ranks.items()}
    async with visitors() as web:
        channel = await web.signed_in("cheng")
        at = f"/reviews/channels/{found.channel}/ranking"
        answer = await channel.post(at, {**sent, "off": str(found.entries["色卡"])})
        assert answer.status_code == 303
        rows = await ReviewEntry.select(ReviewEntry.id).order_by(ReviewEntry.rank)
        assert [row["id"] for row in rows] == [found.entries["料架"], found.entries["夹具"]]
        alone = {f"rank-{found.entries['夹具']}": "", "off": str(found.entries["料架"])}
        assert (await channel.post(at, alone)).status_code == 303  # and what was not typed keeps nobody
    assert await ReviewEntry.count() == 1


async def test_two_channels_that_become_one_union_have_one_list_and_the_places_of_both(database):
    here = await works()
    places = (Places(here.places["city"], "景德镇市总工会", 1), Places(here.places["far"], "九江市总工会", 2))
    awards = (Award("award1", "一等成果", 1),)
    draft = ReviewDraft(
        "评审", 2026, date(2026, 5, 31), rules(here.places["city"], places=places, awards=awards)
    )  # fmt: skip
    number = await reviews.create(draft, 1, here.people["sheng"], NOW)
    await reviews.freeze(number, 1, here.people["sheng"], NOW, ZONE)
    found = Round(here, number, here.people["sheng"], 0)
    lists = await ReviewChannel.select(ReviewChannel.id).order_by(ReviewChannel.position)
    for name, unit, at in (("夹具", "works", 0), ("远处", "far", 1), ("再远", "far", 1)):
        await found.handed_in(name, unit)
        found.channel = lists[at]["id"]
        await found.listed(name)
    await organisations.merge(here.places["far"], here.places["city"], "test", NOW)
    (channel,) = await ReviewChannel.select(ReviewChannel.id, ReviewChannel.organisation, ReviewChannel.places)
    assert channel == {"id": lists[0]["id"], "organisation": here.places["city"], "places": 3}
    await review_channels.hand_in(channel["id"], found.by, NOW, ZONE)
    rows = await ReviewEntry.select(ReviewEntry.id, ReviewEntry.rank, ReviewEntry.stage).order_by(ReviewEntry.rank)
    assert rows == [
        {"id": found.entries[name], "rank": rank, "stage": "entered"}
        for rank, name in enumerate(("夹具", "远处", "再远"), 1)
    ]


@SQLITE
async def test_a_meeting_that_gives_no_award_says_so_in_a_notice_and_ends(database):
    found = await in_marking()
    await found.locked(POINTS)
    words = ("公示", "经评议，本次不评出奖项。", "0791-1")
    await found.awarded({"夹具": "award1"})
    refusal = await refused(review_notices.open_notice(found.id, *words, no_award=True, by=found.by, now=NOW))
    assert refusal == [("no_award", "review_awards_given")]
    await found.awarded({"夹具": ""})
    refusal = await refused(review_notices.open_notice(found.id, *words, by=found.by, now=NOW))
    assert refusal == [("no_award", "review_awards_undecided")]
    async with visitors() as web:
        office = await web.signed_in("sheng")
        page = await office.get(f"/reviews/desk/{found.id}")
        assert "本次不评出奖项" in page.text
        said = dict(zip(("title", "text", "contact"), words, strict=True))
        answer = await office.post(f"/reviews/desk/{found.id}/notice", {**said, "no_award": "yes"})
        assert answer.status_code == 303, answer.text
    row = await Notice.select(Notice.id).where(Notice.about == (await found.facts()).about).first()
    await notice_drafts.send(row["id"], found.by, NOW)
    await notice_drafts.approve(row["id"], found.second, NOW)
    await notices.open_notice(row["id"], found.by, NOW, ZONE)
    await found.decided()
    assert (await found.facts()).stage.value == "decided"
    assert await found.stage_of("夹具") == "not_awarded"


async def test_of_a_name_that_hundreds_have_the_right_one_is_found_by_their_unit(database):
    found = await ready()
    await found.seated("jia", "yi")
    works_id, other = found.here.places["works"], found.here.places["other"]
    for _ in range(24):
        await workers.create(Given("jia"), works_id, "test", NOW)
    wanted, _ = await workers.create(Given("jia"), other, "test", NOW)
    rare, _ = await workers.create(Given("yi"), other, "test", NOW)
    at = f"/reviews/desk/{found.id}/reviewers"
    async with visitors() as web:
        office = await web.signed_in("sheng")

        def offered(page) -> list[int]:
            return [int(number) for number in re.findall(r'name="worker" value="(\d+)"', page.text)]

        page = await office.get(at)
        assert (len(offered(page)), wanted in offered(page), rare in offered(page)) == (21, False, True)
        assert page.text.count("同名者较多，是哪个单位的？") == 1
        looked = await office.get(f"{at}?who={found.seats['jia']}&unit=素坯")
        assert (wanted in offered(looked), len(offered(looked)), "素坯" in looked.text) == (True, 2, True)
        nobody = await office.get(f"{at}?who={found.seats['jia']}&unit=查无此厂")
        assert (offered(nobody), "该处没有同名职工" in nobody.text) == ([rare], True)
        seat = {"word": "seat", "account": "jia", "worker": str(wanted), "most": "80"}
        assert (await office.post(at, {**seat, "worker": str(rare)})).status_code == 404  # is not called so
        assert (await office.post(at, seat)).status_code == 303
        page = await office.get(at)
        assert ("素坯里陶瓷有限公司" in page.text, wanted in offered(page)) == (True, False)


@SQLITE
async def test_an_item_for_comparison_is_one_that_the_office_may_read_or_that_is_public(database):
    found = await opened()
    inside, shown_one = await found.handed_in("内部成果", "far"), await found.handed_in("公开成果", "far")
    await innovations.set_publicity(inside, Publicity.INTERNAL, BenefitShown.HIDDEN, 4, found.by, NOW)
    for number in (inside, shown_one):
        for step in ("take_in", "award"):
            async with transaction():
                await innovations.move(await innovations.locked(number), step, "", found.by, NOW)
    city = await accounts.create_account(
        "jing", "jing", ["officer"], "test", NOW, organisation_id=found.here.places["city"]
    )
    found.here.people["jing"] = city[0]
    office, federation = await found.here.user("jing"), await found.here.user("sheng")
    addresses = [row["address"] for row in await Innovation.select(Innovation.address).order_by(Innovation.id)]
    assert await refused(review_reads.awarded(office, addresses[0])) == [("address", "review_calibration")]
    assert await review_reads.awarded(office, f" {addresses[1]} ") == shown_one
    assert await review_reads.awarded(federation, addresses[0]) == inside
    assert await refused(review_reads.awarded(federation, "2026-9")) == [("address", "review_calibration")]


@SQLITE
async def test_who_does_not_want_to_be_named_stands_in_the_notice_and_not_on_the_page_that_stays(database):
    found = await in_marking()
    await found.locked(POINTS)
    await found.awarded({"夹具": "award1", "色卡": "award2"})
    worker = found.here.worker  # 冯砚秋, who made 夹具 alone and 色卡 with 占云帆
    await consents.say(worker, "name", True, f"worker:{worker}", NOW)
    await consents.say(worker, "name", False, f"worker:{worker}", NOW)
    names = [row[3] for row in await review_notices.shown_rows(await found.facts())]
    assert names == ["冯砚秋", "占云帆、冯砚秋"]
    await found.noticed()
    await found.decided()
    assert [row[3] for row in await review_notices.shown_rows(await found.facts(), stays=True)] == ["", "占云帆"]
    async with visitors() as web:
        page = await web.visitor().get("/reviews/2026-1")
    assert ("冯砚秋" in page.text, "占云帆" in page.text) == (False, True)


@SQLITE
async def test_a_round_shows_every_entry_page_by_page(database, monkeypatch):
    found = await ready()
    await found.entered()
    monkeypatch.setattr(review_reads, "ENTRIES", 2)
    at = f"/reviews/desk/{found.id}"
    async with visitors() as web:
        office = await web.signed_in("sheng")
        first = (await office.get(at)).text
        seen = [name for name in ("夹具", "色卡", "料架") if name in first]
        assert seen == ["夹具", "色卡"]
        further = re.search(rf'rel="next" href="({at}\?before=\d+)"', first).group(1)
        page = (await office.get(further)).text
        assert [name for name in ("夹具", "色卡", "料架") if name in page] == ["料架"]
        assert 'rel="next"' not in page
        assert (await office.get(f"{at}?before=99")).status_code == 404
