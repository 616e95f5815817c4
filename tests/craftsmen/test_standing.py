"""Whoever makes something of a worker while two records of them become one: nothing is left with who is gone."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from craftsmen import apprenticeships, honours, nominations, talks
from craftsmen.guild_tables import Apprenticeship, Talk
from craftsmen.honour_tables import Honour
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.honours import HonourDraft, PartialDate
from craftsmen.rules.talks import Kind, TalkDraft
from foundation.base.problem import NotFound, Refused
from foundation.people import organisation_moves, organisations, worker_merging, workers
from foundation.people.organisations import Draft
from foundation.people.organisations import Kind as Union
from foundation.people.worker_facts import Given
from foundation.people.worker_tables import Worker
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person
from tests.craftsmen.guild.made_up import AGREED
from tests.craftsmen.nominations.cast import NOW, province

TIMES = 4


async def twice(unit: int) -> tuple[int, int]:
    """Two records of one worker: who stays, and who goes."""
    stays, goes = [(await workers.create(Given("程砚秋"), unit, "test", NOW))[0] for _ in range(2)]
    return stays, goes


async def at_once(work, stays: int, goes: int) -> None:
    """The work, and the merge of the two records, begun together. The work may find nobody, or find them merged."""
    act = await worker_merging.ask_merge(stays, goes, 7, "同一人", NOW)

    async def made() -> None:
        with suppress(NotFound, Refused):
            await work(goes)

    async with asyncio.timeout(60):
        await asyncio.gather(made(), two_person.confirm(act, 8, NOW))


async def of_nobody(column) -> int:
    """Rows that belong to a record which became part of another."""
    gone = Worker.select(Worker.id).where(Worker.merged_into.is_not_null())
    return int(await column._meta.table.count().where(column.is_in(gone)))


@tried_again
async def registered(draft: HonourDraft) -> int:
    async with transaction():
        return await honours.register(draft, "赣工发〔2026〕3号", PartialDate(2026, 5, 1), "account:7", NOW)


async def test_an_honour_is_never_of_a_record_that_is_gone(database):
    here = await province()
    for _ in range(TIMES):
        stays, goes = await twice(here.places["porcelain"])
        await at_once(lambda one: registered(HonourDraft("ganpo-craftsman", 2026, worker=one)), stays, goes)
        assert await Honour.count().where(Honour.worker == stays) == 1
    assert await of_nobody(Honour.worker) == 0


async def test_an_honour_of_somebody_merged_before_is_theirs_who_stays(database):
    here = await province()
    stays, goes = await twice(here.places["porcelain"])
    await two_person.confirm(await worker_merging.ask_merge(stays, goes, 7, "同一人", NOW), 8, NOW)
    honour = await honours.by_id(await registered(HonourDraft("ganpo-craftsman", 2026, worker=goes)))
    assert (honour.worker, honour.name) == (stays, "程砚秋")


async def test_an_honour_of_a_unit_merged_meanwhile_is_the_one_s_that_stays(database):
    here = await province()
    units = [
        await organisations.create(here.places["nanchang"], Draft(name, Union.ENTERPRISE), "test", NOW)
        for name in ("昌东机床厂工会", "昌东机床集团工会")
    ]

    async def merge() -> None:
        await organisation_moves.merge(units[0], units[1], "test", NOW)

    draft = HonourDraft("ganpo-craftsman", 2026, name="无档案者", unit=units[0])
    async with asyncio.timeout(60):
        honour, _ = await asyncio.gather(registered(draft), merge())
    assert (await honours.by_id(honour)).unit == units[1]
    assert (await honours.by_id(await registered(draft))).unit == units[1]


async def test_a_nomination_is_never_of_a_record_that_is_gone(database):
    here = await province()
    for _ in range(TIMES):
        stays, goes = await twice(here.places["porcelain"])
        await at_once(lambda one: nominations.nominate(here.round_id, one, "account:7", NOW), stays, goes)
    assert await of_nobody(Nomination.worker) == 0


async def test_two_who_nominate_one_worker_at_once_make_one_nomination(database):
    here = await province()
    worker = (await twice(here.places["porcelain"]))[0]

    async def nominate() -> str:
        try:
            return await nominations.nominate(here.round_id, worker, "account:7", NOW)
        except Refused as refusal:
            return refusal.problems[0].code

    done = await asyncio.gather(*(nominate() for _ in range(4)))
    assert sorted(done)[1:] == ["nomination_again"] * 3
    assert await Nomination.count().where(Nomination.worker == worker) == 1


async def test_a_talk_is_never_of_a_record_that_is_gone(database):
    here = await province()
    starts = NOW + timedelta(days=8)
    draft = TalkDraft(Kind.CAMPUS, "一把刻刀四十年", "报告厅", "", starts, starts + timedelta(hours=2), 300, "邹老师")
    for _ in range(TIMES):
        stays, goes = await twice(here.places["porcelain"])
        await at_once(lambda one: talks.ask(one, draft, here.places["jiujiang_firm"], "", 7, NOW), stays, goes)
        for row in await Talk.select(Talk.id, Talk.revision).where(Talk.speaker == stays):
            other = (await twice(here.places["porcelain"]))[0]
            act = await worker_merging.ask_merge(other, stays, 7, "同一人", NOW)
            await asyncio.gather(
                talks.agree(row["id"], row["revision"], "test", NOW), two_person.confirm(act, 8, NOW),
                return_exceptions=True,
            )  # fmt: skip
            assert await Worker.exists().where(Worker.id == stays, Worker.merged_into == other)
    assert await of_nobody(Talk.speaker) == 0


async def test_an_agreement_is_never_of_a_record_that_is_gone(database):
    here = await province()
    for _ in range(TIMES):
        stays, goes = await twice(here.places["porcelain"])
        await at_once(lambda one: apprenticeships.create(here.workers["cheng"], one, AGREED, "test", NOW), stays, goes)
    assert await of_nobody(Apprenticeship.apprentice) == 0
