"""Returned work: only the named fields are open again, each with its note, until it is handed in."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any

import pytest

from foundation.base.problem import Problem, Refused
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import returns

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
LIN, FENG = 11, 12
NOTES = {"benefit": "Add how it was measured.", "photos": "The third one is not readable."}


async def saved(work: Awaitable[Any]) -> None:
    async with transaction():
        await work


async def refusal_of(work) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        await saved(work)
    return refused.value.problems


async def test_only_the_named_fields_are_open_until_it_is_handed_in(database):
    assert await returns.open_fields("proposal:3") is None
    assert await returns.check_reopened("proposal:3", ["title"]) == []
    await saved(returns.give_back("proposal:3", NOTES, LIN, NOW))
    assert await returns.open_fields("proposal:3") == NOTES
    assert await returns.open_fields("proposal:4") is None
    assert await returns.check_reopened("proposal:3", ["benefit", "title", "unit"]) == [
        Problem("return_field_closed", "title"),
        Problem("return_field_closed", "unit"),
    ]
    await saved(returns.hand_in("proposal:3", FENG, NOW))
    assert await returns.open_fields("proposal:3") is None
    assert [(entry.act, entry.actor, entry.payload) for entry in await ledger.entries("proposal:3")] == [
        ("work.handed_in_again", "account:12", {"fields": ["benefit", "photos"]}),
        ("work.returned", "account:11", {"fields": ["benefit", "photos"]}),
    ]


async def test_a_field_named_again_gets_the_new_note_and_others_stay(database):
    await saved(returns.give_back("proposal:3", NOTES, LIN, NOW))
    await saved(returns.give_back("proposal:3", {"photos": "Still dark.", "unit": "Which one?"}, FENG, NOW))
    assert await returns.open_fields("proposal:3") == {**NOTES, "photos": "Still dark.", "unit": "Which one?"}


async def test_work_can_be_returned_a_second_time(database):
    for _ in range(2):
        await saved(returns.give_back("proposal:3", {"photos": "Dark."}, LIN, NOW))
        await saved(returns.hand_in("proposal:3", FENG, NOW))
    assert await returns.open_fields("proposal:3") is None


async def test_each_field_needs_a_note(database):
    notes = {"benefit": " ", "photos": "x" * 1001, "unit": "Which one?"}
    assert await refusal_of(returns.give_back("proposal:3", notes, LIN, NOW)) == (
        Problem("return_note_empty", "benefit"),
        Problem("return_note_long", "photos", {"most": "1000"}),
    )
    assert await refusal_of(returns.give_back("proposal:3", {}, LIN, NOW)) == (Problem("return_nothing"),)
    assert await returns.open_fields("proposal:3") is None


async def test_of_two_who_hand_in_at_once_one_does(database):
    await saved(returns.give_back("proposal:3", NOTES, LIN, NOW))
    twins = await asyncio.gather(
        *(saved(returns.hand_in("proposal:3", by, NOW)) for by in (LIN, FENG)), return_exceptions=True
    )
    assert sorted(twin is None for twin in twins) == [False, True]
    assert await refusal_of(returns.hand_in("proposal:3", LIN, NOW)) == (Problem("return_none_open"),)
