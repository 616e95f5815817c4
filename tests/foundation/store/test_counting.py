"""Counting a row that another transaction may delete between two statements."""

import asyncio
from datetime import UTC, datetime

import pytest

from foundation.people.tables import SignInFailure
from foundation.store.counting import one_more
from foundation.store.transactions import transaction

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)


def more(key: str = "a"):
    rows = SignInFailure.update({SignInFailure.failures: SignInFailure.failures + 1}).where(SignInFailure.key == key)
    return rows.returning(SignInFailure.failures)


def row() -> SignInFailure:
    return SignInFailure(key="a", failures=0, window_started_at=NOW)


async def count() -> int:
    async with transaction():
        return int((await one_more(row(), more))["failures"])


async def test_the_first_makes_the_row_and_each_counts(database):
    assert [await count() for _ in range(3)] == [1, 2, 3]


async def test_a_row_that_is_deleted_between_the_two_statements_is_made_again(database):
    await count()
    changes = []

    async def change():
        if not changes:  # what another transaction does that commits just here
            await SignInFailure.delete().where(SignInFailure.key == "a")
        changes.append(await more())
        return changes[-1]

    async with transaction():
        assert (await one_more(row(), change))["failures"] == 1
    assert len(changes) == 2


async def test_among_many_who_count_and_forget_nobody_stumbles(database):
    async def forget() -> int:
        async with transaction():
            await SignInFailure.delete().where(SignInFailure.key == "a")
        return 0

    outcomes = await asyncio.gather(*(one() for _ in range(12) for one in (count, forget)), return_exceptions=True)
    assert [one for one in outcomes if isinstance(one, BaseException)] == []


async def test_a_change_of_another_row_is_a_fault_of_the_program(database):
    with pytest.raises(RuntimeError, match="SignInFailure"):
        async with transaction():
            await one_more(row(), lambda: more("b"))
