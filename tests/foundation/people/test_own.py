"""A worker's own door: one code, one person, one time."""

import asyncio
import json
from datetime import timedelta

import pytest

from foundation.base import identity
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import own, privacy
from foundation.people.worker_tables import WorkerAttempt, WorkerCode, WorkerSession
from foundation.store import ledger
from foundation.work.outbox_tables import OutboxMessage
from tests.foundation.people.workers_made_up import NOW, PHONE, make, units

FAILED = [Problem("own_failed", "code")]


async def refused(work) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        await work
    return list(refusal.value.problems)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


async def test_a_telephone_and_its_code_open_the_page_once(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    code = await own.issue_code(worker_id, "account:7", NOW)
    assert len(code) == 6
    assert code.isdecimal()
    session = await own.from_token(await own.enter(" 138 0000 1234", f"{code[:3]} {code[3:]}", "10.0.0.1", NOW), NOW)
    assert (session.worker_id, session.actor) == (worker_id, f"worker:{worker_id}")
    assert await refused(own.enter(PHONE, code, "10.0.0.2", NOW)) == FAILED
    assert [(e.act, e.actor) for e in (await ledger.entries(f"worker:{worker_id}"))[:2]] == [
        ("worker.page_opened", f"worker:{worker_id}"),
        ("worker.code_issued", "account:7"),
    ]


async def test_a_couple_with_one_telephone_each_open_their_own_page(database):
    _, kiln, _ = await units()
    wife, husband = await make(kiln, phone=PHONE), await make(kiln, "傅远山", phone=PHONE)
    codes = {who: await own.issue_code(who, "account:7", NOW) for who in (wife, husband)}
    for who in (husband, wife):
        session = await own.from_token(await own.enter(PHONE, codes[who], str(who), NOW), NOW)
        assert session.worker_id == who


async def test_a_new_code_ends_the_old_one(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    old, new = [await own.issue_code(worker_id, "account:7", NOW) for _ in range(2)]
    if old != new:
        assert await refused(own.enter(PHONE, old, "a", NOW)) == FAILED
    assert await own.enter(PHONE, new, "a", NOW)


async def test_codes_and_sessions_end_by_themselves(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    code = await own.issue_code(worker_id, "account:7", NOW)
    assert await refused(own.enter(PHONE, code, "a", NOW + timedelta(days=7, seconds=1))) == FAILED
    token = await own.enter(PHONE, code, "a", NOW + timedelta(days=6))
    end = NOW + timedelta(days=6, minutes=30)
    assert await own.from_token(token, end - timedelta(seconds=1)) is not None
    assert await own.from_token(token, end) is None


async def test_a_session_that_was_left_opens_nothing(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    token = await own.enter(PHONE, await own.issue_code(worker_id, "account:7", NOW), "a", NOW)
    await own.leave(await own.from_token(token, NOW))
    assert await own.from_token(token, NOW) is None


@pytest.mark.parametrize(
    "phone,code,problems",
    [
        ("", "", [Problem("own_phone_empty", "phone"), Problem("own_code_empty", "code")]),
        ("12", "123456", [Problem("identity_phone", "phone")]),
        ("13900009999", "123456", FAILED),
        (PHONE, "x" * 500, FAILED),
        (PHONE, "１２３", FAILED),
    ],
)
async def test_what_opens_nothing_is_told_alike(database, phone, code, problems):
    _, kiln, _ = await units()
    await make(kiln, phone=PHONE)
    assert await refused(own.enter(phone, code, "a", NOW)) == problems
    assert await WorkerSession.count() == 0


async def test_guessing_is_paused_for_the_telephone_at_this_address(database):
    _, kiln, _ = await units()
    code = await own.issue_code(await make(kiln, phone=PHONE), "account:7", NOW)
    for _ in range(own.ATTEMPTS):
        assert await refused(own.enter(PHONE, wrong(code), "a", NOW)) == FAILED
    paused = [Problem("own_paused", "code", {"minutes": "15"})]
    assert await refused(own.enter(PHONE, code, "a", NOW)) == paused
    assert await own.enter(PHONE, code, "b", NOW)
    assert await WorkerAttempt.count().where(WorkerAttempt.tries > own.ATTEMPTS) == 1


async def test_the_pause_ends(database):
    _, kiln, _ = await units()
    code = await own.issue_code(await make(kiln, phone=PHONE), "account:7", NOW)
    for _ in range(own.ATTEMPTS + 1):
        await refused(own.enter(PHONE, wrong(code), "a", NOW))
    assert await own.enter(PHONE, code, "a", NOW + own.WINDOW + timedelta(seconds=1))


async def test_a_code_that_was_guessed_at_from_everywhere_opens_nothing(database):
    _, kiln, _ = await units()
    code = await own.issue_code(await make(kiln, phone=PHONE), "account:7", NOW)
    for number in range(own.WRONG):
        assert await refused(own.enter(PHONE, wrong(code), str(number), NOW)) == FAILED
    assert await refused(own.enter(PHONE, code, "elsewhere", NOW)) == FAILED


async def test_of_two_who_hold_one_code_one_gets_in(database):
    _, kiln, _ = await units()
    code = await own.issue_code(await make(kiln, phone=PHONE), "account:7", NOW)

    async def enter(address: str) -> str:
        try:
            await own.enter(PHONE, code, address, NOW)
        except Refused as refusal:
            return refusal.problems[0].code
        return "in"

    assert sorted(await asyncio.gather(*map(enter, "abcd"))) == ["in"] + ["own_failed"] * 3
    assert await WorkerSession.count() == 1


async def test_there_is_no_code_without_a_telephone_or_a_worker(database):
    _, kiln, _ = await units()
    assert await refused(own.issue_code(await make(kiln), "account:7", NOW)) == [Problem("own_no_phone")]
    with pytest.raises(NotFound):
        await own.issue_code(99, "account:7", NOW)
    assert await WorkerCode.count() == 0


async def test_sections_of_other_packages_are_asked_for_this_worker_only(database):
    asked: list[int] = []

    async def rows(worker_id: int) -> list[own.OwnRow]:
        asked.append(worker_id)
        return [own.OwnRow("青花手绘", "第一名", "/contests/1")] if worker_id == 1 else []

    section = own.Section("Entries", rows)
    own.SECTIONS.append(section)
    try:
        assert await own.sections(1) == [("Entries", [own.OwnRow("青花手绘", "第一名", "/contests/1")])]
        assert await own.sections(2) == []
    finally:
        own.SECTIONS.remove(section)
    assert asked == [1, 2]


async def test_the_code_goes_to_the_worker_s_telephone_where_a_gateway_is_set(database, monkeypatch):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    await own.issue_code(worker_id, "account:7", NOW, lambda code: f"code {code}")
    assert await OutboxMessage.count() == 0
    monkeypatch.setenv("GANPO_SMS_URL", "http://127.0.0.1:9/sms")
    code = await own.issue_code(worker_id, "account:7", NOW, lambda code: f"code {code}")
    (row,) = await OutboxMessage.select(OutboxMessage.recipient, OutboxMessage.text, OutboxMessage.content_sealed)
    assert (row["recipient"], row["text"]) == (identity.masked_phone(PHONE), "")
    assert json.loads(privacy.opened(row["content_sealed"])) == [PHONE, f"code {code}"]
