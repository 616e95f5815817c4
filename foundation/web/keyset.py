"""Keyset pages: "what comes after this row", never "skip so many"; as quick on the last page as on the first.

Knows cursors in addresses and cutting one row too many off; knows no table. A loader asks for `size + 1` rows below
the cursor, ordered by what the cursor holds, and hands them to `page_of`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from litestar import Request

from foundation.base.problem import NotFound

Row = TypeVar("Row")

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST = 2**63 - 1  # of a number in a cursor
LARGEST_ID = 2**31 - 1
LATEST = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows; `older` is the cursor to go on from (`?before={{ page.older }}`), empty at the end."""

    rows: tuple[Row, ...]
    older: str = ""


def page_of(rows: Sequence[Row], size: int, cursor: Callable[[Row], Any]) -> Page[Row]:
    """Make a page of at most `size + 1` rows that were read; `cursor(row)` is what the next page goes on from."""
    kept = tuple(rows[:size])
    return Page(kept, _text(cursor(kept[-1])) if len(rows) > size else "")


def read_cursor(request: Request[Any, Any, Any], name: str = "before") -> int | None:
    """The id that the address goes on from; None on the first page. Raises NotFound for anything else."""
    read = _read(request, name, 1)
    if read is None:
        return None
    if not 0 < read[0] <= LARGEST_ID:
        raise NotFound
    return read[0]


def read_moment_cursor(request: Request[Any, Any, Any], name: str = "before") -> tuple[datetime, int] | None:
    """The (moment, id) that the address goes on from, for lists ordered by both. Raises NotFound for junk.

    Written by `page_of(…, lambda row: (row.at, row.id))`; exact to the microsecond.
    """
    read = _read(request, name, 2)
    if read is None:
        return None
    if read[1] > LARGEST_ID or read[0] > (LATEST - _EPOCH) // timedelta(microseconds=1):
        raise NotFound
    return _EPOCH + timedelta(microseconds=read[0]), read[1]


def read_pair_cursor(request: Request[Any, Any, Any], name: str = "before") -> tuple[int, int] | None:
    """The (number, id) that the address goes on from, for lists ordered by both. Raises NotFound for junk."""
    read = _read(request, name, 2)
    if read is None:
        return None
    if max(read) > LARGEST_ID:
        raise NotFound
    return read[0], read[1]


def _read(request: Request[Any, Any, Any], name: str, parts: int) -> tuple[int, ...] | None:
    values = request.query_params.getall(name, [])
    if not values:
        return None
    texts = values[0].split("-")
    if len(values) > 1 or len(texts) != parts or not all(_NUMBER.fullmatch(text) for text in texts):
        raise NotFound
    numbers = tuple(map(int, texts))
    if any(number > LARGEST for number in numbers):
        raise NotFound
    return numbers


def _text(cursor: Any) -> str:
    if isinstance(cursor, tuple):
        return "-".join(map(_text, cursor))
    if isinstance(cursor, datetime):
        return str((cursor - _EPOCH) // timedelta(microseconds=1))
    return str(cursor)
