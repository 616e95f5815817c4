"""Row locks: alone until COMMIT, on both engines."""

import asyncio
from datetime import UTC, datetime

import pytest

from foundation.people import accounts, sessions
from foundation.people.tables import Account, SignInFailure
from foundation.store.locks import lock_name, lock_row, lock_rows
from foundation.store.transactions import TransactionError, transaction
from tests.foundation.store.waiting import until_somebody_waits


async def test_a_lock_needs_a_transaction(database):
    with pytest.raises(TransactionError):
        await lock_row(SignInFailure, 1)


async def test_rows_that_exist_are_locked_in_order(database):
    async with transaction():
        assert await lock_rows(SignInFailure, [3, 1]) == []
        assert not await lock_row(SignInFailure, 1)
        assert await lock_rows(SignInFailure, []) == []


async def test_two_who_count_after_locking_lose_nothing(database):
    now = datetime.now(UTC)
    await SignInFailure.insert(SignInFailure(key="k", failures=0, window_started_at=now))

    async def one_more() -> None:
        async with transaction():
            assert await lock_row(SignInFailure, 1)
            row = await SignInFailure.select(SignInFailure.failures).where(SignInFailure.id == 1).first()
            await asyncio.sleep(0)
            await SignInFailure.update({SignInFailure.failures: row["failures"] + 1}).where(SignInFailure.id == 1)

    async with asyncio.timeout(30):
        await asyncio.gather(*(one_more() for _ in range(20)))
    row = await SignInFailure.select(SignInFailure.failures).where(SignInFailure.id == 1).first()
    assert row == {"failures": 20}


async def account() -> int:
    return (await accounts.create_account("ling", "玲", [], "test", datetime.now(UTC)))[0]


async def until_locked(locked: asyncio.Event, release: asyncio.Event, account_id: int, *, ending: bool) -> None:
    async with transaction():
        assert await lock_row(Account, account_id, ending=ending)
        locked.set()
        await release.wait()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_rows_are_made_that_point_at_a_locked_one_unless_it_ends(database):
    """On SQLite there is one writer, so nobody is held up by a lock alone."""
    who, now = await account(), datetime.now(UTC)
    for ending in (False, True):
        locked, release = asyncio.Event(), asyncio.Event()
        holder = asyncio.create_task(until_locked(locked, release, who, ending=ending))
        await locked.wait()
        opening = asyncio.create_task(sessions.open_session(who, now))
        if ending:
            await until_somebody_waits(database)
            assert not opening.done()
            release.set()
            await opening
        else:
            async with asyncio.timeout(30):
                await opening
            release.set()
        await holder


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_shared_lock_keeps_a_row_from_being_changed(database):
    who = await account()
    shared, release = asyncio.Event(), asyncio.Event()

    async def share() -> None:
        async with transaction():
            assert await lock_row(Account, who, share=True)
            shared.set()
            await release.wait()

    holders = [asyncio.create_task(share()) for _ in range(2)]
    await shared.wait()
    closing = asyncio.create_task(accounts.set_active(who, active=False, by="test"))
    await until_somebody_waits(database)
    assert not closing.done()
    release.set()
    await asyncio.gather(closing, *holders)


async def test_a_name_is_held_by_one_at_a_time(database):
    with pytest.raises(TransactionError):
        await lock_name("numbers")
    inside = most = 0

    async def one() -> None:
        nonlocal inside, most
        async with transaction():
            await lock_name("numbers")
            inside += 1
            most = max(most, inside)
            await SignInFailure.select(SignInFailure.id)
            inside -= 1

    async with asyncio.timeout(30):
        await asyncio.gather(*(one() for _ in range(12)))
    assert most == 1
