"""Consents: given, withdrawn, remembered; nothing without one."""

import asyncio

import pytest

from foundation.base.problem import NotFound
from foundation.people import consents
from foundation.store import ledger
from tests.foundation.people.workers_made_up import NOW, make, units


async def test_nothing_is_allowed_until_it_is_given_and_after_it_was_withdrawn(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln)
    assert not await consents.allows(worker_id, "portrait")
    assert await consents.say(worker_id, "portrait", True, "worker:1", NOW)
    assert not await consents.say(worker_id, "portrait", True, "worker:1", NOW)
    assert (await consents.allows(worker_id, "portrait"), await consents.allows(worker_id, "story")) == (True, False)
    assert await consents.say(worker_id, "portrait", False, "account:5", NOW)
    assert not await consents.allows(worker_id, "portrait")
    assert [(word.what, word.given, word.by) for word in await consents.history(worker_id)] == [
        ("portrait", False, "account:5"),
        ("portrait", True, "worker:1"),
    ]
    assert not (await consents.of_worker(worker_id))["portrait"].given
    assert [(e.act, e.actor, e.payload) for e in (await ledger.entries(f"worker:{worker_id}"))[:2]] == [
        ("consent.withdrawn", "account:5", {"what": "portrait"}),
        ("consent.given", "worker:1", {"what": "portrait"}),
    ]


async def test_taking_back_what_was_never_given_says_nothing(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln)
    assert not await consents.say(worker_id, "name", False, "worker:1", NOW)
    assert await consents.history(worker_id) == []


async def test_unknown_things_and_workers_are_not_found(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln)
    for who, what in ((worker_id, "birth_date"), (99, "name")):
        with pytest.raises(NotFound):
            await consents.say(who, what, True, "worker:1", NOW)


async def test_the_same_word_twice_at_once_is_one_word(database):
    _, kiln, _ = await units()
    worker_id = await make(kiln)
    said = await asyncio.gather(*(consents.say(worker_id, "name", True, "worker:1", NOW) for _ in range(4)))
    assert sorted(said) == [False, False, False, True]
