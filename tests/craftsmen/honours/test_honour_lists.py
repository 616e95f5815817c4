"""Lists of honours: read with every problem at its line, registered and undone by one act, twice without effect."""

import asyncio
from datetime import UTC, date, datetime
from itertools import count

import pytest

from craftsmen import honours, list_reads, lists
from craftsmen.honour_tables import Honour, HonourList, HonourListRow
from craftsmen.rules.honours import Holder, PartialDate
from craftsmen.rules.lists import ListDraft, Stage, State, read_draft, read_list
from foundation.base.problem import Problem, Refused
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import job_runner, two_person
from foundation.work.job_tables import Job
from tests.craftsmen.honours.honours_made_up import NOW, everything_shown, honoured, place, shown
from tests.foundation.people.workers_made_up import YANQIU, id_number, make, wearing

TODAY = date(2026, 11, 2)
LEADERS = ListDraft("skill-leader", "2026年技能带头人", PartialDate(2026, 5), document="赣工字〔2026〕8号")
HEAD = "姓名\t单位\t身份证号\t性别\t工种\n"


def told(text: str, holder: Holder = Holder.PERSON) -> dict[int, list[str]]:
    read = read_list(text, holder, TODAY)
    assert not read.problems
    return {row.line: [problem.code for problem in row.problems] for row in read.rows}


@pytest.mark.parametrize(
    ("text", "holder", "codes"),
    [
        (HEAD + "冯砚秋\t云窑\t\t女\t拉坯工", Holder.PERSON, {2: []}),
        ("附件1\n" + HEAD + "冯砚秋\t云窑\t\t\t\n合计\t1人\t\t\t", Holder.PERSON, {3: []}),
        (HEAD + "\t云窑\t\t\t", Holder.PERSON, {2: ["honour_name_empty"]}),
        (HEAD + f"冯砚秋\t云窑\t{YANQIU}\t男\t", Holder.PERSON, {2: ["worker_gender_differs"]}),
        (HEAD + "冯砚秋\t云窑\t3.6E+17\t不详\t", Holder.PERSON, {2: ["list_gender", "id_number_as_number"]}),
        (
            HEAD + f"冯砚秋\t云窑\t{YANQIU}\t\t\n冯艳秋\t他厂\t{YANQIU}\t\t",
            Holder.PERSON,
            {2: [], 3: ["list_number_twice"]},
        ),
        (HEAD + "熊伟\t云窑\t\t\t\n熊伟\t云窑\t\t\t", Holder.PERSON, {2: [], 3: ["list_name_twice"]}),
        (
            HEAD + f"熊伟\t云窑\t{id_number('19900307', '001')}\t\t\n熊伟\t云窑\t{id_number('19910307', '001')}\t\t",
            Holder.PERSON,
            {2: [], 3: []},
        ),
        ("集体名称,单位,成员\n拉坯班,云窑,冯砚秋、傅远山", Holder.TEAM, {2: []}),
        ("集体名称,身份证号\n拉坯班," + YANQIU, Holder.TEAM, {2: ["list_id_of_team"]}),
    ],
)
def test_every_line_is_told_what_is_wrong_with_it(text, holder, codes):
    found = told(text, holder)
    assert found.keys() == codes.keys()
    assert [len(found[line]) for line in found] == [len(codes[line]) for line in codes]
    for line, wanted in codes.items():
        assert all(code in found[line] or code == "id_number_as_number" for code in wanted)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "list_empty"), ("冯砚秋\t云窑", "list_header"), (HEAD, "list_empty"), ("姓名\n冯", "list_header")],
)
def test_what_is_no_list_is_told_so(text, code):
    assert [problem.code for problem in read_list(text, Holder.PERSON, TODAY).problems] == [code]


def test_the_facts_of_a_list_are_told_all_at_once():
    assert read_draft({"edition": "第八届", "on": "2026-13"}, TODAY) == (
        None,
        [
            Problem("list_title_empty", "title"),
            Problem("list_name_empty", "name"),
            Problem("honour_edition_wrong", "edition", {"most": "200"}),
            Problem("honour_date_wrong", "on"),
        ],
    )


def test_an_empty_form_of_a_list_says_what_to_enter():
    assert read_draft({}, TODAY) == (
        None,
        [Problem("list_title_empty", "title"), Problem("list_name_empty", "name"), Problem("list_date_empty", "on")],
    )


async def taken(text: str, draft: ListDraft = LEADERS) -> int:
    list_id, job = await lists.create(draft, text, 1, 7, NOW)
    assert job is None
    return list_id


async def states(list_id: int) -> list[str]:
    rows = await HonourListRow.select(HonourListRow.state).where(HonourListRow.honour_list == list_id)
    return [row["state"] for row in rows]


async def test_nothing_of_a_list_is_shown_before_it_is_registered_and_all_of_it_after(database):
    here = await place()
    text = HEAD + f"冯砚秋\t云窑艺术瓷厂工会\t{YANQIU}\t\t拉坯工\n傅远山\t老窑厂\t\t男\t"
    list_id = await taken(text)
    assert await shown() == {}
    assert await Honour.count() == 0
    await lists.publish(list_id, False, 7, NOW)
    lines = {line["name"]: line for line in (await shown()).values()}
    assert set(lines) == {"冯砚秋", "傅远山"}
    assert (lines["冯砚秋"]["city"], lines["傅远山"]["city"]) == (here.city, 0)
    assert lines["傅远山"]["given_on"] == "2026-05"
    (hers,) = await Honour.select(Honour.worker).where(Honour.name == "冯砚秋")
    assert hers["worker"] == here.worker
    user = await wearing(1, "officer")
    facts = await list_reads.for_officer(user, list_id)
    assert (facts.stage, facts.made, facts.again, facts.wrong) == (Stage.VISIBLE, 2, 0, 0)


async def test_an_id_number_of_a_list_stands_nowhere(database):
    await place()
    list_id = await taken(HEAD + f"冯砚秋\t云窑艺术瓷厂工会\t{YANQIU}\t\t")
    await lists.publish(list_id, False, 7, NOW)
    everything = [
        await HonourList.select(), await HonourListRow.select(), await Honour.select(),
        await ledger.entries(f"honour_list:{list_id}"), await everything_shown(),
    ]  # fmt: skip
    assert YANQIU not in repr(everything)


async def test_the_same_list_twice_changes_nothing(database):
    await place()
    text = HEAD + f"冯砚秋\t云窑艺术瓷厂工会\t{YANQIU}\t\t\n傅远山\t老窑厂\t\t男\t"
    await lists.publish(await taken(text), False, 7, NOW)
    before = await shown()
    again = await taken(text)
    assert await states(again) == ["again", "again"]
    with pytest.raises(Refused) as refusal:
        await lists.publish(again, False, 7, NOW)
    assert refusal.value.problems == (Problem("list_nothing_new"),)
    assert await shown() == before


async def test_two_of_the_same_list_registered_at_once_make_each_honour_once(database):
    await place()
    text = HEAD + "".join(f"傅远{letter}\t老窑厂\t\t\t\n" for letter in "山川河海")
    first, second = await taken(text), await taken(text)
    await asyncio.gather(lists.publish(first, False, 7, NOW), lists.publish(second, False, 7, NOW))
    assert await Honour.count() == len(await shown()) == 4
    rows = await HonourList.select(HonourList.made, HonourList.again)
    assert sorted((row["made"], row["again"]) for row in rows) in ([(0, 4), (4, 0)],)


async def test_who_holds_the_title_of_that_year_already_is_told_whatever_the_list_calls_them(database):
    here = await place()
    await honoured(here, title="skill-leader")
    assert await states(await taken(HEAD + f"冯砚秋\t云窑\t{YANQIU}\t\t")) == ["again"]


async def test_an_id_number_of_somebody_else_is_told_and_links_nobody(database):
    await place()
    list_id = await taken(HEAD + f"傅远山\t云窑艺术瓷厂工会\t{YANQIU}\t\t")
    (line,) = await list_reads.lines(list_id)
    assert (line.state, line.worker) == (State.WRONG, False)
    assert line.problems == (Problem("list_other_name", "name"),)


async def test_without_an_id_number_a_worker_is_meant_only_where_there_is_one_of_that_name(database):
    here = await place()
    text = HEAD + "冯砚秋\t云窑艺术瓷厂工会\t\t\t"
    (line,) = await list_reads.lines(await taken(text))
    assert line.worker is True
    await make(here.kiln, "冯砚秋", birth_date="1990-01-01")
    (line,) = await list_reads.lines(await taken(text))
    assert line.worker is False


async def test_wrong_lines_stop_a_list_unless_they_are_left_out(database):
    await place()
    list_id = await taken(HEAD + "\t老窑厂\t\t\t\n傅远山\t老窑厂\t\t\t")
    with pytest.raises(Refused) as refusal:
        await lists.publish(list_id, False, 7, NOW)
    assert refusal.value.problems == (Problem("list_wrong", "without_wrong", {"count": "1"}),)
    await lists.publish(list_id, True, 7, NOW)
    assert [line["name"] for line in (await shown()).values()] == ["傅远山"]
    with pytest.raises(Refused) as refusal:
        await lists.publish(list_id, True, 7, NOW)
    assert refusal.value.problems == (Problem("list_is_visible"),)


async def test_somebody_under_age_is_registered_once_they_are_a_worker_and_never_shown(database):
    here = await place()
    child = id_number("20100307", "001")
    text = HEAD + f"程小溪\t云窑艺术瓷厂工会\t{child}\t\t"
    (line,) = await list_reads.lines(await taken(text))
    assert line.problems == (Problem("list_under_age", "id_number"),)
    await make(here.kiln, "程小溪", id_number=child)
    await lists.publish(await taken(text), False, 7, NOW)
    assert await Honour.count() == 1
    assert await shown() == {}


async def test_a_list_is_undone_by_two_people_and_can_be_registered_again(database):
    await place()
    text = HEAD + "傅远山\t老窑厂\t\t\t\n傅远川\t老窑厂\t\t\t"
    list_id = await taken(text)
    await lists.publish(list_id, False, 7, NOW)
    act = await lists.ask_undo(list_id, 1, "登记到了错误的称号", 7, NOW)
    assert len(await shown()) == 2  # asked, not done
    await two_person.confirm(act, 8, NOW)
    assert await shown() == {}
    assert "傅远" not in await everything_shown()
    again = await taken(text)
    await lists.publish(again, False, 7, NOW)
    assert len(await shown()) == 2


async def test_undoing_leaves_what_was_changed_since(database):
    await place()
    list_id = await taken(HEAD + "傅远山\t老窑厂\t\t\t\n傅远川\t老窑厂\t\t\t")
    await lists.publish(list_id, False, 7, NOW)
    (first, _) = sorted(await shown())
    async with transaction():
        await honours.revoke(first, "材料造假", "来信", None, "account:7", NOW)
    await two_person.confirm(await lists.ask_undo(list_id, 1, "登记错误", 7, NOW), 8, NOW)
    assert {honour: line["stage"] for honour, line in (await shown()).items()} == {first: "revoked"}


async def test_a_dropped_list_is_gone_and_registers_nothing(database):
    await place()
    list_id = await taken(HEAD + "傅远山\t老窑厂\t\t\t")
    await lists.drop(list_id, 7, NOW)
    assert await HonourListRow.count() == 0
    with pytest.raises(Refused):
        await lists.publish(list_id, False, 7, NOW)


def long_list(people: int) -> str:
    return HEAD + "".join(f"傅{number:05}\t老窑厂\t\t\t\n" for number in range(people))


async def run_jobs() -> None:
    moments = count()
    await job_runner.run_due(lambda: datetime(2026, 11, 2, 9, 0, next(moments) % 60, tzinfo=UTC))


async def test_a_long_list_is_read_registered_and_undone_by_jobs(database):
    await place()
    list_id, job = await lists.create(LEADERS, long_list(420), 1, 7, NOW)
    assert job is not None
    assert (await HonourList.select(HonourList.stage).first())["stage"] == Stage.READING
    await run_jobs()
    row = await HonourList.select().first()
    assert (row["stage"], row["size"], row["wrong"], row["text_sealed"]) == (Stage.CHECKED, 420, 0, "")
    assert await shown() == {}
    assert await lists.publish(list_id, False, 7, NOW) is not None
    await run_jobs()
    assert len(await shown()) == 420
    assert len({line["address"] for line in (await shown()).values()}) == 420
    await two_person.confirm(await lists.ask_undo(list_id, 1, "登记错误", 7, NOW), 8, NOW)
    await run_jobs()
    assert await shown() == {}
    assert {row["stage"] for row in await Job.select(Job.stage)} == {"done"}
    row = await HonourList.select().first()
    assert (row["stage"], row["made"]) == (Stage.UNDONE, 420)


def test_a_list_of_the_size_of_the_report_is_read():
    read = read_list(long_list(97_600), Holder.PERSON, TODAY)
    assert (len(read.rows), read.problems) == (97_600, ())
