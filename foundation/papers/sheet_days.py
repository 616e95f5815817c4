"""A day, a month or a year as it stands in a cell: real dates, 2025.10, 2025年3月, 20250301, 2025/3/1. Pure."""

import re
import unicodedata
from datetime import date, timedelta

from foundation.base.problem import Problem
from foundation.papers.sheet_columns import Day

FIRST_YEAR, LAST_YEAR = 1900, 2100
PARTS = ("year", "month", "day")

_TIME = r"(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_WRITTEN = re.compile(rf"(\d{{4}})(?:([-/.])(\d{{1,2}})(?:\2(\d{{1,2}}){_TIME})?)?\.?")
_CHINESE = re.compile(r"(\d{4})年(?:度|(\d{1,2})月(?:份|(\d{1,2})[日号])?)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_LOST = re.compile(r"(\d{4})\.1")  # of 2025.10, as a number
_SERIAL = range(20_000, 60_000)  # how a spreadsheet counts the days of 1954 to 2064
_SERIAL_FROM = date(1899, 12, 30)


def read_day(holds: Day, cell: object, words: str, today: date) -> tuple[str | None, Problem | None]:
    """The day as its column keeps it ("2025-10-01", "2025-10", "2025"), or what is wrong.

    2025.1 is asked about, for 2025.10 becomes that; so is a day's number where the cell lost its format.
    """
    if isinstance(cell, date):
        parts = [cell.year, cell.month, cell.day]
    else:
        text = "".join(unicodedata.normalize("NFKC", words).split())
        if _LOST.fullmatch(text):
            return None, Problem("sheet_day_ambiguous", "", {"text": text, "year": text[:4]})
        if text.isdecimal() and int(text[:6]) in _SERIAL and len(text) == 5:
            meant = _SERIAL_FROM + timedelta(days=int(text))
            return None, Problem("sheet_day_serial", "", {"text": text, "day": meant.isoformat()})
        parts = _parts(unicodedata.normalize("NFKC", words).strip())
    if not _possible(parts):
        return None, Problem("sheet_day", "", {"text": words[:40]})
    kept = parts[: PARTS.index(holds.finest) + 1]
    if len(kept) <= PARTS.index(holds.coarsest):
        return None, Problem(f"sheet_day_short_{holds.coarsest}", "", {"text": words[:40]})
    if holds.past and kept > [today.year, today.month, today.day][: len(kept)]:
        return None, Problem("sheet_day_future", "", {"text": words[:40]})
    return "-".join(f"{part:02}" for part in kept), None


def _parts(text: str) -> list[int]:
    """Year, month and day as far as they are written; nothing where it is no day."""
    if found := _WRITTEN.fullmatch(text):
        return [int(part) for part in (found[1], found[3], found[4]) if part]
    found = _CHINESE.fullmatch("".join(text.split())) or _DIGITS.fullmatch(text)
    return [int(part) for part in found.groups() if part] if found else []


def _possible(parts: list[int]) -> bool:
    try:
        return bool(parts) and FIRST_YEAR <= date(*[*parts, 1, 1][:3]).year <= LAST_YEAR
    except ValueError:
        return False
