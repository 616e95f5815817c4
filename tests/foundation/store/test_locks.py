"""Row locks: alone until COMMIT, on both engines."""

import asyncio
from datetime import UTC, datetime

import pytest

from foundation.people.tables import SignInFailure
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import TransactionError, transaction


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
