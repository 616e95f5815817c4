"""Whoever holds a contest's address or a checksum reads whether its results stand, and nobody's name."""

from typing import Any

from competitions import result_checks, showcase
from competitions.tables import Publication
from foundation.process.checks import Standing
from tests.competitions.publishing.told import marked_contest, published_contest


async def test_an_address_or_a_checksum_finds_the_published_version(database: Any) -> None:
    told = await published_contest()
    published = await showcase.publication(told.contest)
    assert published is not None
    for typed in (told.contest.address, f" {published.standings_hash.upper()} ", published.bundle_hash):
        found = await result_checks.by_address_or_sum(typed)
        assert found is not None
        assert (found.standing, found.number, found.more) == (
            Standing.VALID, told.contest.address, f"/contests/{told.contest.address}",
        )  # fmt: skip
        assert dict(found.lines)["SHA-256 of the standings"] == published.standings_hash
    assert await result_checks.by_address_or_sum("0" * 64) is None
    assert await result_checks.by_address_or_sum("2026-99-99") is None


async def test_an_older_version_was_corrected_and_says_why(database: Any) -> None:
    told = await published_contest()
    old = await Publication.objects().first()
    assert old is not None
    newer = {column: getattr(old, column) for column in ("contest", "scheme_version", "account", "published_at")}
    await Publication(
        **newer, version=2, standings_hash="1" * 64, bundle=b"", bundle_hash="2" * 64, counts=old.counts,
        reason="一处登分错误。",
    ).save()  # fmt: skip
    found = await result_checks.by_address_or_sum(old.standings_hash)
    assert found is not None
    assert (found.standing, found.reason, dict(found.lines)["Version"]) == (
        Standing.CORRECTED, "一处登分错误。", "1",
    )  # fmt: skip
    found = await result_checks.by_address_or_sum(told.contest.address)
    assert found is not None
    assert (found.standing, dict(found.lines)["Version"]) == (Standing.VALID, "2")


async def test_results_that_are_not_published_are_not_found(database: Any) -> None:
    told = await marked_contest()
    assert await result_checks.by_address_or_sum(told.contest.address) is None
