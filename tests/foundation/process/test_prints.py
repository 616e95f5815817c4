"""A printed form knows its data; what changed afterwards is told, and a scan is recorded against its version."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from foundation.base.problem import Problem, Refused
from foundation.files import stored, uses
from foundation.people import accounts
from foundation.process import prints
from foundation.process.prints import Freshness, data_hash, short
from foundation.store import ledger
from foundation.store.transactions import transaction
from tests.foundation.process.circulars_made_up import PDF

NOW = datetime(2026, 5, 1, 2, 0, tzinfo=UTC)
ABOUT, FORM = "nomination:12", "approval"
FIRST, SECOND = data_hash({"name": "龚䶮", "story": "一"}), data_hash({"name": "龚䶮", "story": "二"})


async def clerk() -> int:
    return (await accounts.create_account("tu", "涂某", ["clerk"], "test", NOW))[0]


async def printed(digest: str, by: int, at: datetime = NOW) -> int:
    async with transaction():
        return await prints.record(ABOUT, FORM, digest, by, at)


def test_the_same_data_has_the_same_version_in_whatever_order():
    assert data_hash({"a": 1, "b": ["x"]}) == data_hash({"b": ["x"], "a": 1})
    assert FIRST != SECOND
    assert short("3f2a91c0" + "0" * 56) == "3f2a-91c0"


async def test_a_print_is_fresh_until_the_data_changes_and_again_when_it_changes_back(database):
    by = await clerk()
    assert await prints.state(ABOUT, FORM, FIRST) is Freshness.NONE
    await printed(FIRST, by)
    assert await prints.state(ABOUT, FORM, FIRST) is Freshness.FRESH
    assert await prints.state(ABOUT, FORM, SECOND) is Freshness.STALE
    assert await prints.state(ABOUT, "other", FIRST) is Freshness.NONE
    await printed(SECOND, by, NOW + timedelta(hours=1))
    assert await prints.state(ABOUT, FORM, FIRST) is Freshness.STALE
    await printed(FIRST, by, NOW + timedelta(hours=2))
    assert await prints.state(ABOUT, FORM, FIRST) is Freshness.FRESH
    assert [(one.version, one.times) for one in await prints.of(ABOUT, FORM)] == [(short(FIRST), 2), (short(SECOND), 1)]


async def test_a_stamped_scan_is_recorded_against_the_version_in_its_footer(database):
    by = await clerk()
    await printed(FIRST, by)
    await printed(SECOND, by, NOW + timedelta(hours=1))
    file = await stored.keep("扫描.pdf", PDF, by, NOW)
    assert await prints.scan_state(ABOUT, FORM, SECOND) is Freshness.NONE
    async with transaction():
        print_id = await prints.attach_scan(ABOUT, FORM, f" {short(FIRST).upper()} ", file, by=by, now=NOW)
    assert await prints.scan_state(ABOUT, FORM, FIRST) is Freshness.FRESH
    assert await prints.scan_state(ABOUT, FORM, SECOND) is Freshness.STALE
    found = next(one for one in await prints.of(ABOUT, FORM) if one.id == print_id)
    assert (found.data_hash, found.scan, found.scanned_by) == (FIRST, file, by)
    assert await uses.how_often(file) == 1
    assert [(entry.act, entry.payload.get("file")) for entry in await ledger.entries(ABOUT)] == [
        ("print.scanned", file),
        ("print.made", None),
        ("print.made", None),
    ]


@pytest.mark.parametrize("version", ["", "3f2a-91c0", "龚", FIRST[:7], "x" * 5000])
async def test_a_scan_of_a_version_that_was_never_printed_is_refused(database, version):
    by = await clerk()
    await printed(FIRST, by)
    with pytest.raises(Refused) as refused:
        async with transaction():
            await prints.attach_scan(ABOUT, FORM, version, 1, by=by, now=NOW)
    assert refused.value.problems == (Problem("print_version_unknown", "version", {"version": version[:40]}),)


async def test_two_who_print_the_same_version_at_once_make_one_row(database):
    by = await clerk()
    await asyncio.gather(*(printed(FIRST, by) for _ in range(5)))
    assert [(one.data_hash, one.times) for one in await prints.of(ABOUT, FORM)] == [(FIRST, 5)]
