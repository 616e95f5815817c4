"""Acts that the database broke off are done once more, a few times, and never inside somebody else's transaction."""

import asyncio
from datetime import UTC, datetime

import asyncpg  # type: ignore[import-untyped]  # ships no types
import pytest

from foundation.people.tables import SignInFailure
from foundation.store import commit
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

ON_POSTGRES = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


class Pair:
    """Two acts that lock two rows in opposite orders, and at first wait for each other between the two."""

    def __init__(self) -> None:
        self.ready, self.begun = asyncio.Barrier(2), 0

    @tried_again
    async def act(self, first: int, second: int) -> str:
        self.begun += 1
        async with transaction():
            await lock_row(SignInFailure, first)
            if self.begun <= 2:
                await self.ready.wait()
            await lock_row(SignInFailure, second)
            await SignInFailure.update({SignInFailure.failures: SignInFailure.failures + 1}).where(
                SignInFailure.id.is_in([first, second])
            )
        return f"{first}, {second}"


async def two_rows() -> None:
    for key in ("a", "b"):
        await SignInFailure.insert(SignInFailure(key=key, failures=0, window_started_at=datetime.now(UTC)))


@ON_POSTGRES
async def test_two_who_would_wait_for_each_other_for_ever_both_get_through(database):
    await two_rows()
    pair = Pair()
    async with asyncio.timeout(30):
        assert await asyncio.gather(pair.act(1, 2), pair.act(2, 1)) == ["1, 2", "2, 1"]
    assert pair.begun == 3
    assert [row["failures"] for row in await SignInFailure.select(SignInFailure.failures)] == [2, 2]


@ON_POSTGRES
async def test_it_is_tried_a_few_times_and_not_for_ever(database, monkeypatch):
    monkeypatch.setattr(commit, "TRIES", 1)
    await two_rows()
    pair = Pair()
    async with asyncio.timeout(30):
        outcomes = await asyncio.gather(pair.act(1, 2), pair.act(2, 1), return_exceptions=True)
    assert sorted(type(one) for one in outcomes if not isinstance(one, str)) == [asyncpg.DeadlockDetectedError]
    assert pair.begun == 2


async def test_another_error_is_nobody_s_conflict(database):
    tries = 0

    @tried_again
    async def act() -> None:
        nonlocal tries
        tries += 1
        async with transaction():
            raise LookupError

    with pytest.raises(LookupError):
        await act()
    assert tries == 1


@ON_POSTGRES
async def test_inside_another_transaction_it_is_that_one_s_to_begin_anew(database):
    tries = 0

    @tried_again
    async def part() -> None:
        nonlocal tries
        tries += 1
        raise asyncpg.SerializationError

    with pytest.raises(asyncpg.SerializationError):
        async with transaction():
            await part()
    assert tries == 1
