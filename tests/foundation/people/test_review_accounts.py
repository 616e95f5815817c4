"""What stays open after a password, a telephone or a post has changed, and guesses from many addresses."""

from datetime import UTC, datetime

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import accounts, factor_rules, own, pending_sign_ins, posts, sessions, throttle, workers
from foundation.people.worker_tables import WorkerCode
from foundation.store.transactions import transaction
from tests.foundation.people.workers_made_up import PHONE, given, make, units

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


async def person(sign_in: str = "ling") -> int:
    return (await accounts.create_account(sign_in, sign_in, [], "cli", NOW))[0]


async def test_a_sign_in_that_waits_ends_with_a_new_activation_code_with_its_use_and_with_closing(database):
    account_id = await person()
    waiting = await pending_sign_ins.start(account_id, NOW)
    code = await accounts.new_activation(account_id, "cli", NOW)
    assert await pending_sign_ins.who(waiting, NOW) is None
    waiting = await pending_sign_ins.start(account_id, NOW)
    await accounts.activate("ling", code, "porcelain blue")
    assert await pending_sign_ins.who(waiting, NOW) is None
    waiting, token = await pending_sign_ins.start(account_id, NOW), await sessions.open_session(account_id, NOW)
    await accounts.set_active(account_id, active=False, by="cli")
    await accounts.set_active(account_id, active=True, by="cli")
    assert (await pending_sign_ins.who(waiting, NOW), await sessions.from_token(token, NOW)) == (None, None)


async def test_a_role_that_asks_for_a_second_factor_ends_the_sessions_of_one_without(database):
    await factor_rules.ask_of(["officer"], "cli")
    account_id = await person()
    token = await sessions.open_session(account_id, NOW)
    await posts.give(account_id, 1, ["clerk"], "cli", NOW)
    assert await sessions.from_token(token, NOW) is not None
    await posts.give(account_id, 1, ["officer"], "cli", NOW)
    assert await sessions.from_token(token, NOW) is None


@pytest.mark.parametrize("forgets", [True, False])
async def test_codes_and_open_pages_of_a_worker_end_with_the_telephone(database, forgets):
    _, kiln, _ = await units()
    worker_id = await make(kiln, phone=PHONE)
    token = await own.enter(PHONE, await own.issue_code(worker_id, "account:7", NOW), "a", NOW)
    await own.issue_code(worker_id, "account:7", NOW)
    await workers.change(worker_id, given("冯砚秋", education=""), kiln, revision=1, by="account:7", now=NOW)
    assert (await own.from_token(token, NOW) is not None, await WorkerCode.count()) == (True, 1)
    if forgets:
        await workers.forget_phone(worker_id, "account:7", NOW)
    else:
        other = given(phone="13900009999")
        await workers.change(worker_id, other, kiln, revision=1, by="account:7", now=NOW)
    assert (await own.from_token(token, NOW), await WorkerCode.count()) == (None, 0)


def test_a_household_is_one_network():
    senders = ("10.0.0.1", "2001:db8::1", "2001:db8::9:1", "::ffff:10.0.0.1", "x")
    networks = ["10.0.0.1", "2001:db8::/64", "2001:db8::/64", "10.0.0.1", "x"]
    assert [throttle.network(sender) for sender in senders] == networks


async def counted(who: str, address: str) -> str:
    try:
        await throttle.count(who, address, NOW, "sign_in")
    except Refused as refusal:
        return refusal.problems[0].code
    return "counted"


async def test_guesses_are_counted_for_the_household_for_the_network_and_for_the_account(database, monkeypatch):
    monkeypatch.setattr(throttle, "FAILURES", 2)
    outcomes = [await counted("ling", f"2001:db8::{number}") for number in range(3)]
    assert outcomes == ["counted", "counted", "sign_in_paused"]
    monkeypatch.setattr(throttle, "TO_ONE_ACCOUNT", 4)
    outcomes = [await counted("ling", f"10.0.0.{number}") for number in range(3)]
    assert outcomes == ["counted", "counted", "sign_in_paused"]  # with the two of the household, four
    monkeypatch.setattr(throttle, "FROM_ONE_NETWORK", 2)
    outcomes = [await counted(f"other{number}", "10.9.9.9") for number in range(3)]
    assert outcomes == ["counted", "counted", "sign_in_paused"]


async def test_who_was_right_uses_up_nothing_of_what_a_network_has(database, monkeypatch):
    monkeypatch.setattr(throttle, "FROM_ONE_NETWORK", 1)
    for number in range(3):
        await throttle.forget(await throttle.count(f"judge{number}", "10.9.9.9", NOW, "sign_in"))
    assert await counted("judge", "10.9.9.9") == "counted"


async def test_a_worker_s_door_counts_a_household_once_and_a_telephone_everywhere(database, monkeypatch):
    async def knock(address: str) -> str:
        with pytest.raises(Refused) as refused:
            await own.enter(PHONE, "123456", address, NOW)
        return refused.value.problems[0].code

    monkeypatch.setattr(own, "ATTEMPTS", 1)
    monkeypatch.setattr(own, "TO_ONE_TELEPHONE", 2)
    outcomes = [await knock(address) for address in ("2001:db8::1", "2001:db8::2", "10.0.0.1", "10.0.0.2")]
    assert outcomes == ["own_failed", "own_paused", "own_failed", "own_paused"]


async def test_a_try_is_counted_before_it_is_compared(database):
    _, kiln, _ = await units()
    first, second = await make(kiln, phone=PHONE), await make(kiln, "傅远山", phone=PHONE)
    code = await own.issue_code(first, "account:7", NOW)
    await own.issue_code(second, "account:7", NOW)
    async with transaction():
        await WorkerCode.update({WorkerCode.tries: own.WRONG - 1}).where(WorkerCode.worker == second)
    await own.enter(PHONE, code, "a", NOW)
    assert [row["tries"] for row in await WorkerCode.select(WorkerCode.tries)] == [own.WRONG]


async def test_looking_people_up_is_paused(database, monkeypatch):
    monkeypatch.setattr(throttle, "LOOK_UPS", 1)
    await throttle.count_look_up("account:1", NOW, "holder")
    with pytest.raises(Refused) as refused:
        await throttle.count_look_up("account:1", NOW, "holder")
    assert list(refused.value.problems) == [Problem("look_ups_paused", "holder", {"minutes": "61"})]
    await throttle.count_look_up("account:2", NOW, "holder")
