"""Records that may be one person: proposed, told apart, merged by two people with everything that refers to them."""

import asyncio

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import consents, privacy, worker_matching, worker_merging, worker_reads, workers
from foundation.people.worker_tables import Worker, WorkerCode
from foundation.store import ledger
from foundation.work import two_person
from tests.foundation.people.workers_made_up import NOW, PHONE, YANQIU, given, id_number, make, units, wearing


async def refused(work) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        await work
    return list(refusal.value.problems)


async def proposed(organisation_id: int, worker_id: int) -> list[int]:
    user = await wearing(organisation_id, "officer")
    worker = await worker_reads.for_user(user, worker_id)
    return [one.id for one in await worker_matching.candidates(user, worker)]


async def test_namesakes_are_proposed_the_likeliest_first(database):
    city, kiln, other = await units()
    mine = await make(kiln, id_number=YANQIU)
    elsewhere = await make(other)
    same_unit = await make(kiln)
    same_unit_and_birth = await make(kiln, birth_date="1978-05-12")
    await make(kiln, birth_date="1990-01-01")  # another birth date: another person
    await make(kiln, id_number=id_number("19780512", "126"))  # another ID number
    await make(kiln, "傅远山")
    assert await proposed(city, mine) == [same_unit_and_birth, same_unit, elsewhere]
    assert await proposed(kiln, mine) == [same_unit_and_birth, same_unit]  # the other unit is not this hat's


async def test_who_were_told_apart_are_not_proposed_again(database):
    city, kiln, _ = await units()
    one, other = await make(kiln), await make(kiln)
    await worker_matching.tell_apart(other, one, "account:7", NOW)
    await worker_matching.tell_apart(one, other, "account:7", NOW)
    assert (await proposed(city, one), await proposed(city, other)) == ([], [])
    assert [entry.act for entry in await ledger.entries(f"worker:{one}")] == ["worker.told_apart", "worker.created"]
    assert await refused(worker_matching.tell_apart(one, one, "account:7", NOW)) == [Problem("worker_is_itself")]


async def test_two_people_merge_two_records(database):
    _, kiln, other = await units()
    stays = await make(kiln, grade="technician")
    goes = await make(other, id_number=YANQIU, phone=PHONE, grade="senior", occupation="陶瓷装饰工", migrant="1")
    await workers.reveal(goes, "phone", "核对", 7, NOW)
    await consents.say(goes, "portrait", True, f"worker:{goes}", NOW)
    moved: list[tuple[int, int]] = []

    async def mover(gone: int, kept: int) -> None:
        moved.append((gone, kept))

    workers.on_merge(mover)
    try:
        act = await worker_merging.ask_merge(stays, goes, 7, "同一人,身份证复印件已核", NOW)
        assert await refused(two_person.confirm(act, 7, NOW)) == [Problem("act_own")]
        assert (await worker_reads.by_id(goes)).merged_into is None
        await two_person.confirm(act, 8, NOW)
    finally:
        workers.MOVERS.remove(mover)
    kept, gone = await worker_reads.by_id(stays), await worker_reads.by_id(goes)
    assert (kept.id_number[-4:], kept.phone, kept.grade, kept.occupation, kept.migrant, kept.gender) == (
        YANQIU[-4:], "138****1234", "technician", "陶瓷装饰工", True, "female",
    )  # fmt: skip
    assert (gone.id_number, gone.phone, gone.merged_into) == ("", "", stays)
    assert moved == [(goes, stays)]
    assert [look.reason for look in await worker_reads.looks(stays)] == ["核对"]
    assert await consents.of_worker(stays) == {}
    assert await workers.create(given(id_number=YANQIU), other, "account:7", NOW) == (stays, False)
    assert [(e.act, e.actor, e.payload) for e in (await ledger.entries(f"worker:{goes}"))[:1]] == [
        ("worker.merged", "account:8", {"into": stays, "act": act})
    ]


async def test_a_merge_is_refused_when_a_record_changed_after_it_was_asked_for(database):
    _, kiln, _ = await units()
    stays, goes = await make(kiln), await make(kiln)
    act = await worker_merging.ask_merge(stays, goes, 7, "同一人", NOW)
    await workers.change(goes, given(grade="senior"), kiln, revision=1, by="account:7", now=NOW)
    assert await refused(two_person.confirm(act, 8, NOW)) == [Problem("worker_merge_changed")]
    assert (await worker_reads.by_id(goes)).merged_into is None


async def test_what_cannot_be_one_worker_is_refused(database):
    _, kiln, _ = await units()
    one, other = await make(kiln, id_number=YANQIU), await make(kiln, id_number=id_number())
    dated = await make(kiln, birth_date="1990-01-01")
    assert await refused(worker_merging.ask_merge(one, other, 7, "x", NOW)) == [Problem("worker_two_numbers")]
    assert await refused(worker_merging.ask_merge(one, dated, 7, "x", NOW)) == [Problem("worker_two_birth_dates")]
    assert await refused(worker_merging.ask_merge(one, one, 7, "x", NOW)) == [Problem("worker_is_itself")]
    assert await refused(worker_merging.ask_merge(one, 99, 7, "x", NOW)) == [Problem("worker_merged_already")]


async def test_of_two_merges_confirmed_at_once_one_happens(database):
    _, kiln, _ = await units()
    one, two, three = await make(kiln), await make(kiln), await make(kiln)
    acts = [
        await worker_merging.ask_merge(one, two, 7, "x", NOW),
        await worker_merging.ask_merge(three, one, 7, "x", NOW),
    ]

    async def confirm(act: int) -> str:
        try:
            await two_person.confirm(act, 8, NOW)
        except Refused as refusal:
            return refusal.problems[0].code
        return "merged"

    assert "merged" in (done := await asyncio.gather(*map(confirm, acts)))
    assert set(done) <= {"merged", "worker_merged_already", "worker_merge_changed"}
    assert await Worker.count().where(Worker.merged_into.is_null()) == 3 - done.count("merged")


async def test_a_merged_record_s_own_page_is_closed(database):
    from foundation.people import own

    _, kiln, _ = await units()
    stays, goes = await make(kiln), await make(kiln, phone=PHONE)
    code = await own.issue_code(goes, "account:7", NOW)
    token = await own.enter(PHONE, code, "", NOW)
    await own.issue_code(goes, "account:7", NOW)
    act = await worker_merging.ask_merge(stays, goes, 7, "x", NOW)
    await two_person.confirm(act, 8, NOW)
    assert await own.from_token(token, NOW) is None
    assert await WorkerCode.count() == 0
    row = await Worker.select(Worker.phone_hash).where(Worker.id == stays).first()
    assert row == {"phone_hash": privacy.keyed_hash("phone", PHONE)}
