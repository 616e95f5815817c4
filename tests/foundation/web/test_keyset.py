"""Keyset pages: what a cursor may be, and that every row comes once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from litestar import Request

from foundation.base.problem import NotFound
from foundation.web.keyset import Page, page_of, read_cursor, read_moment_cursor


def asked(query: str) -> Request[Any, Any, Any]:
    return Request({"type": "http", "query_string": query.encode(), "headers": [], "method": "GET", "path": "/"})  # type: ignore[arg-type]


def test_a_page_ends_with_the_cursor_of_its_last_row_where_there_are_more() -> None:
    assert page_of([5, 4, 3], 2, lambda row: row) == Page((5, 4), "4")
    assert page_of([5, 4], 2, lambda row: row) == Page((5, 4), "")
    assert page_of([], 2, lambda row: row) == Page((), "")


def test_every_row_comes_once_also_where_moments_are_equal() -> None:
    at = datetime(2026, 5, 1, 8, 0, 0, 123456, tzinfo=UTC)
    rows = sorted(((at + timedelta(microseconds=number // 3), number) for number in range(10)), reverse=True)
    seen: list[tuple[datetime, int]] = []
    query = ""
    for _ in range(10):
        cursor = read_moment_cursor(asked(query))
        page = page_of([row for row in rows if cursor is None or row < cursor][:4], 3, lambda row: row)
        seen += page.rows
        if not page.older:
            break
        query = f"before={page.older}"
    assert seen == rows


def test_the_first_page_has_no_cursor() -> None:
    assert read_cursor(asked("")) is None
    assert read_moment_cursor(asked("other=1")) is None
    assert read_cursor(asked("before=2147483647")) == 2**31 - 1
    assert read_cursor(asked("after=7"), "after") == 7


@pytest.mark.parametrize(
    "junk", ["", "0", "-1", "01", "1.0", "1e3", "x", "²", "１", "2147483648", "9" * 30, "1-2", " 1", "1'--", "%00"]
)
def test_junk_is_no_page(junk: str) -> None:
    with pytest.raises(NotFound):
        read_cursor(asked(f"before={junk}"))
    with pytest.raises(NotFound):
        read_cursor(asked(f"before=1&before={junk}"))
    for other in (f"{junk}-1", f"1-{junk}"):
        if other not in ("0-1", "1-0", "1-2-1", "2147483648-1", "1-1-2"):
            with pytest.raises(NotFound):
                read_moment_cursor(asked(f"before={other}"))
