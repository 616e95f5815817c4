"""Workers: a person once, found again by ID number, changed without losing what others did, seen for a reason."""

import asyncio
from datetime import date

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, worker_lists, worker_reads, workers
from foundation.people.worker_facts import read_worker
from foundation.people.worker_tables import Worker, WorkerReveal
from foundation.store import ledger
from tests.foundation.people.workers_made_up import NOW, PHONE, TODAY, YANQIU, given, id_number, make, units, wearing


async def refused(work) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        await work
    return list(refusal.value.problems)


async def test_a_worker_is_entered_with_everything_forms_ask(database):
    _, kiln, _ = await units()
    more = {"phone": PHONE, "ethnicity": "汉族", "politics": "party", "education": "college", "title": "工艺美术师"}
    more |= {"grade": "chief_technician", "occupation": "陶瓷装饰工", "occupation_code": "6-15-05-04"}
    worker_id = await make(kiln, id_number=YANQIU, front_line="yes", **more)
    facts = await worker_reads.by_id(worker_id)
    assert facts == worker_reads.WorkerFacts(
        id=worker_id,
        name="冯砚秋",
        unit_id=kiln,
        unit="云窑艺术瓷厂工会",
        unit_path=facts.unit_path,
        id_number="360***********" + YANQIU[-4:],
        phone="138****1234",
        gender="female",
        birth_date=date(1978, 5, 12),
        ethnicity="汉族",
        politics="party",
        education="college",
        title="工艺美术师",
        grade="chief_technician",
        occupation="陶瓷装饰工",
        occupation_code="6-15-05-04",
        migrant=False,
        new_form=False,
        front_line=True,
        revision=1,
        merged_into=None,
        changed_at=NOW,
    )
    assert [(entry.act, entry.actor, entry.payload) for entry in await ledger.entries(f"worker:{worker_id}")] == [
        ("worker.created", "account:7", {"unit": kiln})
    ]


async def test_the_same_id_number_finds_the_same_worker(database):
    _, kiln, other = await units()
    first = await make(kiln, id_number=YANQIU)
    again = given("冯研秋", id_number=YANQIU.lower())
    assert await workers.create(again, other, "account:8", NOW) == (first, False)
    assert (await worker_reads.by_id(first)).name == "冯砚秋"
    assert await Worker.count() == 1


async def test_of_twins_entered_at_once_there_is_one(database):
    _, kiln, _ = await units()
    one = given(id_number=YANQIU)
    made = await asyncio.gather(*(workers.create(one, kiln, "account:7", NOW) for _ in range(5)))
    assert len({worker_id for worker_id, _ in made}) == 1
    assert sorted(made_now for _, made_now in made) == [False] * 4 + [True]


async def test_workers_without_id_numbers_stand_beside_each_other(database):
    _, kiln, _ = await units()
    assert await make(kiln) != await make(kiln)


@pytest.mark.parametrize("name", ["龚䶮", "饶㛃", "程𠮷", "\ufa19田"])
async def test_rare_characters_come_back_as_they_were(database, name):
    _, kiln, _ = await units()
    worker_id = await make(kiln, name)
    officer = await wearing(1, "officer")
    assert (await worker_reads.by_id(worker_id)).name == name
    assert [row.name for row in await worker_lists.listing(officer, 10, search=name)] == [name]


async def test_everything_wrong_is_told_at_once():
    values = {"name": " ", "gender": "x", "grade": "9", "birth_date": "1990-02-30", "phone": "12", "title": "x" * 65}
    assert read_worker({**values, "id_number": "3.6E+17"}, TODAY) == (
        None,
        [
            Problem("worker_name_empty", "name"),
            Problem("worker_text_long", "title", {"most": "64"}),
            Problem("worker_choice_unknown", "gender", {"choice": "x"}),
            Problem("worker_choice_unknown", "grade", {"choice": "9"}),
            Problem("identity_scientific", "id_number", {"text": "3.6E+17"}),
            Problem("identity_phone", "phone"),
            Problem("worker_birth_date", "birth_date"),
        ],
    )


async def test_facts_that_contradict_the_id_number_are_told():
    values = {"name": "冯砚秋", "gender": "male", "birth_date": "1978.5.13", "id_number": YANQIU}
    assert read_worker(values, TODAY)[1] == [
        Problem("worker_birth_differs", "birth_date"),
        Problem("worker_gender_differs", "gender"),
    ]


async def test_a_change_keeps_what_is_sealed_and_names_fields_only(database):
    _, kiln, other = await units()
    worker_id = await make(kiln, id_number=YANQIU, phone=PHONE)
    wanted = given("冯砚秋", gender="female", birth_date="1978-05-12", grade="technician")
    await workers.change(worker_id, wanted, other, revision=1, by="account:9", now=NOW)
    facts = await worker_reads.by_id(worker_id)
    assert (facts.unit_id, facts.grade, facts.phone, facts.revision) == (other, "technician", "138****1234", 2)
    assert facts.id_number.endswith(YANQIU[-4:])
    newest = (await ledger.entries(f"worker:{worker_id}"))[0]
    assert (newest.act, newest.actor, newest.payload) == (
        "worker.changed",
        "account:9",
        {"fields": ["grade", "unit"]},
    )


async def test_who_was_slower_is_told_and_nothing_is_overwritten(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln)
    one, other = given("冯砚秋", grade="technician"), given("冯砚秋", grade="senior")

    async def save(wanted) -> str:
        try:
            await workers.change(worker_id, wanted, kiln, revision=1, by="account:7", now=NOW)
        except Refused as refusal:
            return refusal.problems[0].code
        return "saved"

    assert sorted(await asyncio.gather(save(one), save(other))) == ["saved", "worker_changed"]


async def test_an_id_number_of_somebody_else_is_refused(database):
    _, kiln, _ = await units()
    await make(kiln, id_number=YANQIU)
    worker_id = await make(kiln, "傅远山")
    wanted = given("傅远山", id_number=YANQIU)
    assert await refused(workers.change(worker_id, wanted, kiln, revision=1, by="account:7", now=NOW)) == [
        Problem("worker_id_taken", "id_number")
    ]


async def test_two_records_given_one_id_number_at_once_do_not_both_keep_it(database):
    _, kiln, _ = await units()
    ids = [await make(kiln), await make(kiln)]
    wanted = given(id_number=YANQIU)

    async def save(worker_id: int) -> str:
        try:
            await workers.change(worker_id, wanted, kiln, revision=1, by="account:7", now=NOW)
        except Refused as refusal:
            return refusal.problems[0].code
        return "saved"

    assert sorted(await asyncio.gather(*map(save, ids))) == ["saved", "worker_id_taken"]


async def test_a_closed_or_unknown_unit_is_refused(database):
    await units()
    assert await refused(workers.create(given(), 999, "account:7", NOW)) == [Problem("worker_unit_closed", "unit")]


async def test_every_look_is_in_the_ledger_with_its_reason_s_digest(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, id_number=YANQIU, phone=PHONE)
    assert await workers.reveal(worker_id, "phone", "核对参赛报名", 7, NOW) == PHONE
    assert await workers.reveal(worker_id, "id_number", "办理技能证书", 8, NOW) == YANQIU
    entries = (await ledger.entries(f"worker:{worker_id}"))[:2]
    assert [(one.act, one.actor, one.payload["field"], one.payload["look"]) for one in entries] == [
        ("worker.revealed", "account:8", "id_number", 2),
        ("worker.revealed", "account:7", "phone", 1),
    ]
    assert all(set(one.payload) == {"field", "look", "reason"} for one in entries)
    assert [row["reason"] for row in await WorkerReveal.select().order_by(WorkerReveal.id)] == [
        "核对参赛报名",
        "办理技能证书",
    ]


async def test_nothing_is_revealed_without_a_reason_or_beyond_the_two_fields(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    assert await refused(workers.reveal(worker_id, "phone", "  ", 7, NOW)) == [Problem("worker_reason_empty", "reason")]
    with pytest.raises(NotFound):
        await workers.reveal(worker_id, "name", "x", 7, NOW)
    with pytest.raises(NotFound):
        await workers.reveal(worker_id + 1, "phone", "x", 7, NOW)
    assert await WorkerReveal.count() == 0


@pytest.mark.parametrize(
    "born,today,public",
    [
        (date(2008, 11, 2), date(2026, 11, 2), True),
        (date(2008, 11, 3), date(2026, 11, 2), False),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
        (None, date(2026, 11, 2), False),
    ],
)
def test_nobody_under_18_has_a_public_page(born, today, public):
    assert workers.is_of_age(born, today) is public


async def test_a_merged_record_has_no_public_page(database):
    _, kiln, _ = await units()
    facts = await worker_reads.by_id(await make(kiln, id_number=YANQIU))
    assert workers.may_be_public(facts, TODAY)


async def test_workers_follow_their_unit_when_it_is_merged(database):
    _, kiln, other = await units()
    worker_id = await make(kiln)
    assert Problem("workers_will_move", params={"count": "1"}) in await organisation_moves.what_will_move(kiln)
    await organisation_moves.merge(kiln, other, "account:7", NOW)
    assert (await worker_reads.by_id(worker_id)).unit_id == other


async def test_a_forgotten_telephone_is_gone(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    await workers.forget_phone(worker_id, "account:7", NOW)
    row = await Worker.select(Worker.phone_sealed, Worker.phone_hash).where(Worker.id == worker_id).first()
    assert row == {"phone_sealed": "", "phone_hash": ""}


async def test_lists_go_by_sound_or_by_strokes_in_pages(database):
    _, kiln, _ = await units()
    for name in ("曾榕生", "冯砚秋", "单雄", "程𠮷", "龚䶮", "饶㛃"):
        await make(kiln, name)
    officer = await wearing(1, "officer")
    seen, after = [], None
    while True:
        rows = await worker_lists.listing(officer, 2, after=after)
        seen += [row.name for row in rows[:2]]
        if len(rows) <= 2:
            break
        after = rows[1].id
    assert seen == ["程𠮷", "冯砚秋", "龚䶮", "饶㛃", "单雄", "曾榕生"]
    by_strokes = [row.name for row in await worker_lists.listing(officer, 10, "strokes")]
    assert sorted(by_strokes) == sorted(seen)
    with pytest.raises(NotFound):
        await worker_lists.listing(officer, 2, after=99)


@pytest.mark.parametrize("search", ["fyq", "FengYanQiu", "冯砚", "冯砚秋", "feng", "ｆｙｑ"])
async def test_a_worker_is_found_by_name_letters_and_initials(database, search):
    _, kiln, _ = await units()
    await make(kiln)
    await make(kiln, "傅远山")
    officer = await wearing(1, "officer")
    assert [row.name for row in await worker_lists.listing(officer, 10, search=search)] == ["冯砚秋"]


@pytest.mark.parametrize("search", ["%", "_", "砚秋", "'", "\\", "fyqx", "x" * 300])
async def test_what_begins_no_name_finds_nobody(database, search):
    _, kiln, _ = await units()
    await make(kiln)
    assert await worker_lists.listing(await wearing(1, "officer"), 10, search=search) == []


async def test_a_worker_is_found_by_id_number_and_by_telephone(database):
    city, kiln, other = await units()
    worker_id = await make(kiln, id_number=YANQIU, phone=PHONE)
    officer, stranger = await wearing(city, "officer"), await wearing(other, "clerk")
    assert await worker_lists.by_number(officer, f" {YANQIU.lower()} ") == [worker_id]
    assert await worker_lists.by_number(officer, "138 0000 1234") == [worker_id]
    assert await worker_lists.by_number(officer, id_number("19900101", "001")) == []
    assert await worker_lists.by_number(officer, "冯砚秋") is None
    assert await worker_lists.by_number(stranger, YANQIU) == []


async def test_only_those_above_the_unit_select_its_workers(database):
    city, kiln, other = await units()
    worker_id = await make(kiln)
    for organisation_id, role in ((kiln, "clerk"), (city, "officer"), (1, "officer")):
        assert (await worker_reads.for_user(await wearing(organisation_id, role), worker_id)).id == worker_id
    for organisation_id, role in ((other, "clerk"), (other, "officer"), (kiln, "organiser"), (kiln, "supervisor")):
        user = await wearing(organisation_id, role)
        assert await worker_lists.listing(user, 10) == []
        with pytest.raises(NotFound):
            await worker_reads.for_user(user, worker_id)


async def test_a_unit_is_named_by_name_or_code_and_only_below_the_hat(database):
    city, kiln, _ = await units()
    officer, clerk = await wearing(city, "officer"), await wearing(kiln, "clerk")
    assert await worker_lists.unit_for(officer, " 云窑艺术瓷厂工会 ") == (kiln, [])
    assert await worker_lists.unit_for(clerk, "素坯里陶瓷有限公司工会") == (
        0,
        [Problem("worker_unit_unknown", "unit", {"unit": "素坯里陶瓷有限公司工会"})],
    )
    assert await worker_lists.unit_for(clerk, "") == (0, [Problem("worker_unit_empty", "unit")])
