"""Wrong codes are counted by address, and forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from foundation.base.problem import Problem, Refused
from foundation.process import wrong_codes

NOW = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)


def test_wrong_codes_are_counted_by_address_and_forgotten_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrong_codes, "WRONG", 2)
    monkeypatch.setattr(wrong_codes, "ADDRESSES", 2)
    counted = wrong_codes.WrongCodes("code_paused")
    for _ in range(2):
        counted.check("here", NOW)
        counted.add("here", NOW)
    with pytest.raises(Refused) as refused:
        counted.check("here", NOW + timedelta(minutes=4))
    assert refused.value.problems == (Problem("code_paused", "code", {"minutes": "7"}),)
    counted.check("there", NOW)
    counted.check("here", NOW + wrong_codes.WINDOW)
    counted.add("here", NOW + wrong_codes.WINDOW)
    counted.check("here", NOW + wrong_codes.WINDOW)
    for address in ("there", "elsewhere"):
        counted.add(address, NOW)
    assert len(counted) == 2
