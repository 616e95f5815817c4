"""One cell of a spreadsheet as the value that its column holds, or the one problem that explains why not. Pure.

What spreadsheets do to numbers is caught here and asked about, never guessed: ID numbers that became 3.6E+17, a month
2025.10 that became 2025.1, codes whose zeros are gone.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, TypeAlias

from foundation.base import identity
from foundation.base.letters import cleaned
from foundation.base.problem import Problem
from foundation.base.sheets import folded
from foundation.papers.sheet_columns import (
    WAN,
    YUAN,
    Choice,
    Code,
    Column,
    Day,
    IdNumber,
    Money,
    Phone,
    Text,
    Value,
    Whole,
)
from foundation.papers.sheet_days import read_day


class Failed:
    """A cell whose formula has no result (#N/A, #REF!)."""


FAILED: Final = Failed()

Cell: TypeAlias = str | int | float | bool | date | Failed | None
"""A cell as the file has it. Whole numbers come as int, all others as float; empty ones as None."""

Read: TypeAlias = tuple[Value | None, Problem | None]

EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number and makes zeros of all others
_NOTHING = {"-", "--", "---", "—", "——", "/", "\\", "〃", "无", "暂无", "n/a", "null", "none", "."}
_SCIENTIFIC = re.compile(r"\d(\.\d+)?e\+?\d{2}", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_AMOUNT = re.compile(r"(?:¥|rmb|人民币)?([+-]?[\d,]+(?:\.\d+)?)(亿元|万元|万|亿|元)?(?:整|人民币)?")
_UNITS = {"亿元": 10_000 * WAN, "亿": 10_000 * WAN, "万元": WAN, "万": WAN, "元": YUAN}
_SHOWN = 12  # choices that a sentence names


def plain(cell: Cell) -> str:
    """The text of a cell as somebody sees it in its column of no particular format."""
    match cell:
        case None | Failed():
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return f"{cell:.15g}".upper()
        case date():
            return cell.isoformat()
        case int():
            return str(cell) if abs(cell) < EXACT else f"{float(cell):.15g}".upper()
    return str(cell)


def read_cell(column: Column, cell: Cell, scale: int | None, today: date) -> Read:
    """The value of a cell, or None where there is none; a problem where it is wrong or missing.

    `scale` is fen of the unit that the heading names. Problems name the column in `field` and nothing private.
    """
    if isinstance(cell, Failed):
        return None, Problem("sheet_failed", column.name)
    words = cleaned(plain(cell)).strip()
    if not words or (folded(words) in _NOTHING and not (isinstance(column.holds, Choice) and _chosen(column, words))):
        return None, Problem("sheet_empty", column.name) if column.required else None
    value, problem = _READERS[type(column.holds)](column.holds, cell, words, scale, today)
    if problem is not None:
        return None, Problem(problem.code, column.name, problem.params)
    return value, None


def _text(holds: Text, cell: Cell, words: str, scale: int | None, today: date) -> Read:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT:
        return None, Problem("sheet_digits_lost")
    if "\ufffd" in words:
        return None, Problem("sheet_character_lost")
    lines = (" ".join(line.split()) for line in words.split("\n"))
    text = "\n".join(lines).strip() if holds.lines else " ".join(line for line in lines if line)
    if len(text) > holds.most:
        return None, Problem("sheet_text_long", "", {"most": str(holds.most), "length": str(len(text))})
    return text, None


def _code(holds: Code, cell: Cell, words: str, scale: int | None, today: date) -> Read:
    text = "".join(unicodedata.normalize("NFKC", words).split())
    if _SCIENTIFIC.fullmatch(text) or (isinstance(cell, int) and abs(cell) >= EXACT):
        return None, Problem("sheet_digits_lost")
    if holds.length and len(text) != holds.length:
        zeros = isinstance(cell, int) and len(text) < holds.length
        code = "sheet_zeros_lost" if zeros else "sheet_code_length"
        return None, Problem(code, "", {"text": text[:40], "length": str(holds.length)})
    if len(text) > holds.most:
        return None, Problem("sheet_text_long", "", {"most": str(holds.most), "length": str(len(text))})
    return text, None


def _whole(holds: Whole, cell: Cell, words: str, scale: int | None, today: date) -> Read:
    text = folded(words).removesuffix(holds.unit)
    amount = None if isinstance(cell, bool | date) else _number(text)
    if amount is None or amount != amount.to_integral_value():
        return None, Problem("sheet_whole", "", {"text": words[:40]})
    if not holds.least <= amount <= holds.most:
        return None, Problem("sheet_whole_range", "", {"least": str(holds.least), "most": str(holds.most)})
    return int(amount), None


def _money(holds: Money, cell: Cell, words: str, scale: int | None, today: date) -> Read:
    found = None if isinstance(cell, bool | date) else _AMOUNT.fullmatch(folded(words))
    amount = _number(found[1]) if found else _number(folded(words))
    if amount is None:
        return None, Problem("sheet_money", "", {"text": words[:40]})
    fen = amount * (_UNITS[found[2]] if found and found[2] else holds.unit if scale is None else scale)
    if fen != fen.to_integral_value():
        return None, Problem("sheet_money_fine", "", {"text": words[:40]})
    if not holds.least <= fen <= holds.most:
        return None, Problem("sheet_money_range", "", {"least": yuan(holds.least), "most": yuan(holds.most)})
    return int(fen), None


def _number(text: str) -> Decimal | None:
    if "," in text:
        if not _GROUPED.fullmatch(text):
            return None
        text = text.replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,2})?", text, re.ASCII | re.IGNORECASE):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def yuan(fen: int) -> str:
    """12345 -> "123.45", 10000 -> "100"."""
    sign, (whole, rest) = "-" if fen < 0 else "", divmod(abs(fen), YUAN)
    return f"{sign}{whole:,}.{rest:02}" if rest else f"{sign}{whole:,}"


def _day(holds: Day, cell: Cell, words: str, scale: int | None, today: date) -> Read:
    return read_day(holds, None if isinstance(cell, bool) else cell, words, today)


def _chosen(column: Column, words: str) -> str:
    holds = column.holds
    return _option(holds, words) if isinstance(holds, Choice) else ""


def _option(holds: Choice, words: str) -> str:
    said = folded(words)
    return _options(holds).get({"true": "是", "false": "否"}.get(said, said), "")


@lru_cache(maxsize=200)
def _options(holds: Choice) -> Mapping[str, str]:
    """Comparable words -> code; of two options with the same words, the first."""
    said = [(folded(words), one.code) for one in holds.options for words in (one.label, one.code, *one.also)]
    return dict(reversed(said))


def _choice(holds: Choice, cell: Cell, words: str, scale: int | None, today: date) -> Read:
    if code := _option(holds, words):
        return code, None
    labels = [one.label for one in holds.options]
    shown = "、".join(labels[:_SHOWN]) + ("…" if len(labels) > _SHOWN else "")
    return None, Problem("sheet_choice", "", {"text": words[:40], "choices": shown})


def _id_number(holds: IdNumber, cell: Cell, words: str, scale: int | None, today: date) -> Read:
    text = identity.read_id_number(words)
    if _SCIENTIFIC.fullmatch(text) or (isinstance(cell, int | float) and abs(cell) >= EXACT):
        return None, Problem("sheet_digits_lost")
    wrong = identity.check_id_number(text, today)
    return (None, wrong[0]) if wrong else (text, None)


def _phone(holds: Phone, cell: Cell, words: str, scale: int | None, today: date) -> Read:
    text = identity.read_phone(words)
    if _SCIENTIFIC.fullmatch(text):
        return None, Problem("sheet_digits_lost")
    wrong = identity.check_phone(text)
    return (None, wrong[0]) if wrong else (text, None)


_READERS: Mapping[type, Callable[[Any, Cell, str, int | None, date], Read]] = {
    Text: _text,
    Code: _code,
    Whole: _whole,
    Money: _money,
    Day: _day,
    Choice: _choice,
    IdNumber: _id_number,
    Phone: _phone,
}
