"""Things that notices and circulars of these tests speak of: this part knows no domain that would have them."""

import pytest

import competitions.showcase  # noqa: F401 - it registers its kinds when it is imported: before, not within a test
from foundation.people.organisation_tree import ROOT_PATH
from foundation.process import openings


@pytest.fixture(autouse=True)
def contests_of_the_federation(monkeypatch: pytest.MonkeyPatch) -> None:
    async def owner(name: str) -> str | None:
        return ROOT_PATH if name.startswith("2026-") else None

    monkeypatch.setitem(openings._OWNERS, "contest", owner)
