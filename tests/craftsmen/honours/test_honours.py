"""What happens to an honour, and that the public sees exactly what it may: no more at any stage."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from craftsmen import honour_facts, honours
from craftsmen.honour_tables import Honour, HonourChange, HonourTitle
from craftsmen.rules.honours import HonourDraft, Member, PartialDate, Stage
from craftsmen.showcase_tables import ShownName
from foundation.base.problem import NotFound, Problem
from foundation.people import organisation_moves, worker_merging, workers
from foundation.store import generations, ledger
from foundation.store.transactions import transaction
from foundation.work import two_person
from tests.craftsmen.honours.honours_made_up import (
    BY,
    DOCUMENT,
    MAY,
    NOW,
    draft,
    everything_shown,
    honoured,
    place,
    refused,
    shown,
)
from tests.foundation.people.workers_made_up import YANQIU, given, make


async def proposed(here, **more) -> int:
    async with transaction():
        return await honours.propose(draft(here, **more), BY, NOW)


async def within(work) -> None:
    async with transaction():
        await work


async def test_what_is_left_open_comes_from_the_worker_and_where_they_stand(database):
    here = await place()
    honour = await honours.by_id(await proposed(here))
    assert honour is not None
    assert (honour.name, honour.gender, honour.occupation) == ("冯砚秋", "female", "陶瓷拉坯工")
    assert (honour.unit, honour.unit_name) == (here.kiln, "云窑艺术瓷厂工会")
    assert (honour.city, honour.county, honour.recommender) == (here.city, None, here.city)
    assert (honour.address, honour.stage, honour.body) == ("ganpo-craftsman-2026-1", Stage.PROPOSED, "江西省总工会")


async def test_proposed_and_declined_are_never_shown(database):
    here = await place()
    honour = await proposed(here)
    assert await shown() == {}
    await within(honours.decline(honour, "名额已满", "票数不足", BY, NOW))
    assert await shown() == {}
    assert [row["what"] for row in await HonourChange.select().order_by(HonourChange.id)] == ["proposed", "declined"]
    assert await refused(honours.confer([honour], DOCUMENT, MAY, BY, NOW)) == [
        Problem("honour_is_declined", "", {"name": "冯砚秋"})
    ]


async def test_what_is_conferred_is_shown_with_its_document(database):
    here = await place()
    honour = await proposed(here)
    await within(honours.confer([honour], f" {DOCUMENT} ", MAY, BY, NOW))
    (line,) = (await shown()).values()
    assert (line["stage"], line["name"], line["title_name"], line["document"], line["given_on"], line["edition"]) == (
        "conferred", "冯砚秋", "赣鄱工匠", DOCUMENT, "2026-05-01", 8,
    )  # fmt: skip
    assert (line["city"], line["city_name"], line["unit_name"]) == (here.city, "景德镇市总工会", "云窑艺术瓷厂工会")
    tokens = [row["token"] for row in await ShownName.select(ShownName.token).order_by(ShownName.token)]
    assert tokens == ["fengyanqiu", "fyq", "qiu", "yanqiu", "冯砚秋", "砚秋", "秋"]
    assert await refused(honours.confer([honour], DOCUMENT, MAY, BY, NOW)) == [
        Problem("honour_is_conferred", "", {"name": "冯砚秋"})
    ]


async def test_a_conferral_without_document_or_of_a_day_to_come_is_refused_with_both(database):
    here = await place()
    honour = await proposed(here)
    assert await refused(honours.confer([honour], " ", PartialDate(2027), BY, NOW)) == [
        Problem("honour_date_future", "on"), Problem("honour_document_empty", "document"),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        await within(honours.confer([honour, 999], DOCUMENT, MAY, BY, NOW))
    assert await shown() == {}


async def test_before_eight_in_the_morning_the_day_is_today_as_the_wall_shows_it(database):
    here = await place()
    honour = await proposed(here)
    seven = datetime(2026, 11, 26, 23, tzinfo=UTC)  # 07:00 of the 27th in the registry's zone
    assert await refused(honours.confer([honour], DOCUMENT, PartialDate(2026, 11, 28), BY, seven)) == [
        Problem("honour_date_future", "on")
    ]
    await within(honours.confer([honour], DOCUMENT, PartialDate(2026, 11, 27), BY, seven))
    assert (await shown())[honour]["given_on"] == "2026-11-27"


async def test_the_same_thing_pushed_twice_is_one_honour_and_a_proposed_one_is_then_conferred(database):
    here = await place()
    first = await proposed(here, source_key="contest:2026-1-01:1")
    assert await proposed(here, source_key="contest:2026-1-01:1") == first
    assert await honoured(here, source_key="contest:2026-1-01:1") == first
    assert await honoured(here, source_key="contest:2026-1-01:1") == first
    assert await Honour.count() == 1
    assert (await shown())[first]["stage"] == "conferred"


async def test_two_who_push_the_same_thing_at_once_make_one_honour(database):
    here = await place()
    ids = await asyncio.gather(*(honoured(here, source_key="contest:2026-1-01:1") for _ in range(4)))
    assert len(set(ids)) == 1
    assert await Honour.count() == len(await shown()) == 1


async def test_two_at_once_get_two_addresses(database):
    here = await place()
    await asyncio.gather(*(honoured(here, source_key=f"contest:2026-1-01:{place}") for place in range(4)))
    rows = await Honour.select(Honour.address).order_by(Honour.address)
    assert [row["address"] for row in rows] == [f"ganpo-craftsman-2026-{number}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("birth_date", ["2008-11-03", "2010-01-01"])
async def test_nobody_known_to_be_under_age_is_shown(database, birth_date):
    here = await place()
    young = await make(here.kiln, "程小溪", birth_date=birth_date)
    honour = await honoured(here, worker=young)
    assert (await honours.by_id(honour)).stage is Stage.CONFERRED
    assert await shown() == {}
    assert "程小溪" not in await everything_shown()


async def test_somebody_of_age_and_somebody_whose_birth_nobody_knows_are_shown(database):
    here = await place()
    grown = await honoured(here, worker=await make(here.kiln, "程大江", birth_date="2008-11-02"))
    unknown = await honoured(here, worker=None, name="傅远山", unit_name="老窑厂")
    assert set(await shown()) == {grown, unknown}


async def test_a_title_that_is_not_listed_shows_nobody(database):
    here = await place()
    await HonourTitle.update({HonourTitle.listed: False}).where(HonourTitle.code == "ganpo-craftsman")
    await honoured(here)
    assert await shown() == {}


async def test_a_correction_is_the_next_version_with_both_reasons(database):
    here = await place()
    honour = await honoured(here)
    changes = {"name": "冯砚秋", "unit_name": "云窑艺术瓷厂", "month": None, "day": None}
    await within(honours.correct(honour, changes, "单位名称更正", "来信说明", 3, BY, NOW))
    line = (await shown())[honour]
    assert (line["unit_name"], line["given_on"], line["public_reason"]) == ("云窑艺术瓷厂", "2026", "单位名称更正")
    assert "来信说明" not in await everything_shown()
    change = await HonourChange.select().where(HonourChange.what == "corrected").first()
    assert (change["version"], change["act"], change["internal_reason"]) == (2, 3, "来信说明")
    assert '"unit_name":"云窑艺术瓷厂工会"' in change["before"]
    assert await refused(honours.correct(honour, {"month": None}, "无", "无", 4, BY, NOW)) == [
        Problem("honour_nothing_changed")
    ]


async def test_a_team_s_members_are_corrected_with_it(database):
    here = await place()
    team = HonourDraft(
        "worker-pioneer", 2026, name="拉坯班", unit=here.kiln, members=(Member("冯砚秋", here.worker), Member("傅远山"))
    )
    async with transaction():
        honour = await honours.register(team, DOCUMENT, MAY, BY, NOW)
    assert [one.address for one in await honours.of_worker(here.worker)] == ["worker-pioneer-2026-1"]
    members = (Member("冯砚秋", here.worker), Member("熊大山"))
    await within(honours.correct(honour, {"members": members}, "成员更正", "单位来函", 3, BY, NOW))
    assert await honours.members_of(honour) == members
    assert "熊大山" not in await everything_shown()  # members stand in no public table


async def test_a_person_s_tombstone_bears_title_and_reason_but_no_name(database):
    here = await place()
    honour = await honoured(here)
    await within(honours.revoke(honour, "申报材料造假", "市总工会查实", 5, BY, NOW))
    line = (await shown())[honour]
    assert (line["stage"], line["title_name"], line["public_reason"]) == ("revoked", "赣鄱工匠", "申报材料造假")
    everything = await everything_shown()
    assert not [word for word in ("冯砚秋", "fengyanqiu", "云窑", "景德镇", "拉坯", "查实") if word in everything]


async def test_a_team_s_tombstone_keeps_the_team_s_name(database):
    here = await place()
    async with transaction():
        team = HonourDraft("worker-pioneer", 2026, name="拉坯班", unit=here.kiln)
        honour = await honours.register(team, DOCUMENT, MAY, BY, NOW)
        await honours.revoke(honour, "安全事故", "通报", 5, BY, NOW)
    assert (await shown())[honour]["name"] == "拉坯班"


async def test_a_revocation_that_was_wrong_is_taken_back_as_another_version(database):
    here = await place()
    honour = await honoured(here)
    await within(honours.revoke(honour, "材料造假", "来信", 5, BY, NOW))
    assert await refused(honours.renounce(honour, "放弃", "放弃", None, BY, NOW)) == [
        Problem("honour_is_revoked", "", {"name": "冯砚秋"})
    ]
    await within(honours.restore(honour, "复核后恢复", "法院判决", 6, BY, NOW))
    assert (await honours.by_id(honour)).version == 3
    assert (await shown())[honour]["name"] == "冯砚秋"
    assert await ShownName.count() == 7


async def test_the_ledger_vouches_for_each_step_and_knows_no_words(database):
    here = await place()
    honour = await proposed(here)
    await within(honours.confer([honour], DOCUMENT, MAY, BY, NOW))
    await within(honours.correct(honour, {"occupation": "陶瓷工"}, "更正工种", "来信", 3, BY, NOW))
    await within(honours.revoke(honour, "材料造假", "来信", 5, BY, NOW))
    entries = await ledger.entries(f"honour:{honour}")
    assert [entry.act for entry in reversed(entries)] == [
        "honour.proposed", "honour.conferred", "honour.corrected", "honour.revoked",
    ]  # fmt: skip
    assert not [word for word in ("冯", "造假", "来信", DOCUMENT) if word in repr(entries)]


async def test_a_change_counts_for_kept_pages(database):
    here = await place()
    honour = await honoured(here)
    before = await generations.read(["craftsmen"])
    await within(honours.revoke(honour, "材料造假", "来信", 5, BY, NOW))
    assert (await generations.read(["craftsmen"]))["craftsmen"] > before["craftsmen"]


async def test_honours_follow_a_worker_whose_records_become_one(database):
    here = await place()
    twin = await make(here.kiln, "冯砚秋", birth_date="2010-05-12")  # a slip of the pen made her a child
    honour = await honoured(here, worker=twin)
    assert await shown() == {}
    await workers.change(twin, given("冯砚秋"), here.kiln, revision=1, by=BY, now=NOW)
    act = await worker_merging.ask_merge(here.worker, twin, 7, "同一人", NOW)
    await two_person.confirm(act, 8, NOW)
    assert [one.id for one in await honours.of_worker(here.worker)] == [honour]
    assert set(await shown()) == {honour}


async def test_honours_follow_a_unit_that_is_merged_and_keep_its_name(database):
    here = await place()
    honour = await honoured(here)
    await organisation_moves.merge(here.kiln, here.other, BY, NOW)
    found = await honours.by_id(honour)
    assert (found.unit, found.unit_name) == (here.other, "云窑艺术瓷厂工会")
    assert [one.id for one in await honours.of_unit(here.other)] == [honour]


async def test_honours_of_a_unit_are_read_so_many_at_a_time(database, monkeypatch):
    here = await place()
    made = [await honoured(here, year=year, source=f"round:{year}") for year in (2024, 2026, 2025)]
    monkeypatch.setattr(honour_facts, "AT_ONCE", 2)
    first = await honours.of_unit(here.kiln)
    last = first[-1]
    rest = await honours.of_unit(here.kiln, (last.on.year, last.id))
    assert [one.id for one in (*first, *rest)] == sorted(made, reverse=True)
    assert await honours.of_unit(here.kiln, (rest[-1].on.year, rest[-1].id)) == []


async def test_a_draft_for_the_wrong_kind_of_holder_or_title_is_refused(database):
    here = await place()
    assert await refused(honours.propose(draft(here, title="nothing"), BY, NOW)) == [
        Problem("honour_title_unknown", "title")
    ]
    assert await refused(honours.propose(draft(here, title="worker-pioneer"), BY, NOW)) == [
        Problem("honour_for_team", "name")
    ]
    nobody = replace(draft(here), worker=None)
    assert await refused(honours.propose(nobody, BY, NOW)) == [Problem("honour_name_empty", "name")]


async def test_a_posthumous_honour_says_so(database):
    here = await place()
    honour = await honoured(here, posthumous=True)
    assert (await shown())[honour]["posthumous"] is True
    assert YANQIU not in await everything_shown()
