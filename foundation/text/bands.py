"""Values as tokens, so that a range of them is asked of the index like a word and never by looking at every row.

Pure; a value is an exact integer of any unit, from 0 on. It is indexed under its first two digits (1 234 567 is
"12 and five more"), its first digit and its number of digits. A range is covered by few of these tokens; what lies in
the bands at its two ends only partly has to be looked at exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass

MOST = 10**17 - 1
_MARK = "v"


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included; None where it is open."""

    low: int | None = None
    high: int | None = None

    def holds(self, value: int | None) -> bool:
        return value is not None and (self.low or 0) <= value and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Cover:
    """Tokens of the bands that lie in a range whole, and of those that it cuts (at most two)."""

    whole: tuple[str, ...]
    cut: tuple[str, ...]


def tokens_of(value: int) -> tuple[str, ...]:
    """The tokens of a value. Raises ValueError below 0 and above MOST (17 digits)."""
    if not 0 <= value <= MOST:
        raise ValueError(f"No value for a range: {value}")
    digits = str(value)
    return tuple(_token(digits[:kept], len(digits)) for kept in range(min(2, len(digits)) + 1))


def _token(first: str, digits: int) -> str:
    return f"{_MARK}{digits}.{first}"


def cover(wanted: Range) -> Cover:
    """The fewest bands for a range."""
    low, high = max(wanted.low or 0, 0), MOST if wanted.high is None else min(wanted.high, MOST)
    if low > high:
        return Cover((), ())
    parts = [part for digits in range(len(str(low)), len(str(high)) + 1) for part in _parts("", digits, low, high)]
    return Cover(tuple(token for token, whole in parts if whole), tuple(token for token, whole in parts if not whole))


def _parts(first: str, digits: int, low: int, high: int) -> Iterator[tuple[str, bool]]:
    """The band of numbers with that many digits that begin with `first`, or its parts; whether each is in it whole."""
    start, end = _ends(first, digits)
    if start > high or end < low:
        return
    if low <= start and end <= high:
        yield _token(first, digits), True
    elif len(first) == min(2, digits):
        yield _token(first, digits), False
    else:
        for digit in range(0 if first or digits == 1 else 1, 10):
            yield from _parts(f"{first}{digit}", digits, low, high)


def _ends(first: str, digits: int) -> tuple[int, int]:
    """The least and the greatest number of a band; 0 is the only number that begins with 0."""
    least = first or ("0" if digits == 1 else "1")
    return int(least.ljust(digits, "0")), int(first.ljust(digits, "9"))
