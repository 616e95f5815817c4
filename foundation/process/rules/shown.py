"""The table that a notice shows: allow-listed columns, no personal numbers, one canonical text and its hash. Pure.

Knows the kinds of values that may be public; a column that is not in the list cannot be shown, whoever asks.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foundation.base.problem import Problem

# What may be shown, and the headings under which offices write it. The page has the words of both languages.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "no.", "number"),
    "place": ("名次", "place"),
    "entry": ("参赛编号", "编号", "entry"),
    "work": ("作品", "work"),
    "name": ("姓名", "name"),
    "gender": ("性别", "gender"),
    "unit": ("单位", "工作单位", "所在单位", "unit"),
    "delegation": ("代表队", "delegation"),
    "city": ("设区市", "地区", "city"),
    "trade": ("职业", "工种", "职业(工种)", "trade"),
    "contest": ("赛项", "contest"),
    "group": ("组别", "group"),
    "title": ("项目名称", "成果名称", "名称", "title"),
    "honour": ("称号", "荣誉称号", "拟授称号", "honour"),
    "award": ("奖项", "等次", "拟奖等次", "award"),
    "total": ("总分", "总成绩", "total"),
    "amount": ("金额(万元)", "拟补助金额(万元)", "amount"),
    "recommender": ("推荐单位", "推荐渠道", "recommended by"),
}
MOST_ROWS = 1000
MOST_LETTERS = 200  # of one value

# An ID card's 18 characters, a bank card's 16 to 19 digits, a mobile number; gaps between digits do not hide them.
_PERSONAL = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{16,19}|1[3-9][0-9]{9})(?![0-9])")
_GAPS = re.compile(r"(?<=[0-9])[ \u00a0\u3000-](?=[0-9Xx])")
_WIDE = {code + 0xFEE0: code for code in range(0x21, 0x7F)}  # full-width letters, digits and brackets


@dataclass(frozen=True, slots=True)
class Shown:
    """The table: codes of `COLUMNS`, and rows of as many values, all text."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def looks_personal(text: str) -> bool:
    """Whether an ID number, a bank card or a mobile phone stands in the text, however it was spaced."""
    plain = text.translate(_WIDE)
    return bool(_PERSONAL.search(plain) or _PERSONAL.search(_GAPS.sub("", plain)))


def read_shown(text: str) -> tuple[Shown, list[Problem]]:
    """A table pasted from a sheet: the first line holds the headings, values are parted by tabs. Empty: no table."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return Shown(), []
    codes, problems = [], []
    for heading in lines[0].split("\t"):
        code = column_code(heading)
        if code is None:
            problems.append(Problem("notice_column", "table", {"heading": heading.strip()[:40]}))
        codes.append(code or "")
    if problems:
        return Shown(), problems
    rows = [tuple(value.strip() for value in line.split("\t")) for line in lines[1:]]
    # A sheet drops the tabs behind the last value of a line.
    rows = [row + ("",) * (len(codes) - len(row)) if len(row) < len(codes) else row for row in rows]
    shown = Shown(tuple(codes), tuple(rows))
    return shown, shown_problems(shown)


def column_code(heading: str) -> str | None:
    """The column that a heading names, None where nothing of that name may be shown."""
    word = heading.strip().translate(_WIDE).casefold()
    return next((code for code, words in COLUMNS.items() if word == code or word in words), None)


def shown_problems(shown: Shown) -> list[Problem]:
    """Why a table may not be shown; whoever opens a notice is asked, by hand or by another package."""
    problems = [Problem("notice_column", "table", {"heading": name}) for name in shown.columns if name not in COLUMNS]
    if len(set(shown.columns)) < len(shown.columns):
        problems.append(Problem("notice_column_twice", "table"))
    if bool(shown.columns) != bool(shown.rows):
        problems.append(Problem("notice_table_empty", "table"))
    if len(shown.rows) > MOST_ROWS:
        problems.append(Problem("notice_table_long", "table", {"most": str(MOST_ROWS)}))
    for number, row in enumerate(shown.rows[:MOST_ROWS], 1):
        if len(row) != len(shown.columns):
            problems.append(Problem("notice_row_width", "table", {"row": str(number)}))
        elif any(len(value) > MOST_LETTERS or "\n" in value for value in row):
            problems.append(Problem("notice_value_long", "table", {"row": str(number), "most": str(MOST_LETTERS)}))
        elif any(looks_personal(value) for value in row):
            problems.append(Problem("notice_row_personal", "table", {"row": str(number)}))
    return problems[:20]


def pasted(shown: Shown, words: Mapping[str, str]) -> str:
    """The table as it would be pasted, for the form that changes it."""
    if not shown.columns:
        return ""
    lines = [[words.get(code, code) for code in shown.columns], *shown.rows]
    return "\n".join("\t".join(line) for line in lines)


def canonical(values: Mapping[str, Any]) -> str:
    """The one text of what is shown: JSON, keys sorted, no spaces; what is hashed and what anyone can download."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def table_text(shown: Shown) -> str:
    """A table as it is kept."""
    return canonical({"columns": list(shown.columns), "rows": [list(row) for row in shown.rows]})


def table_of(kept: str) -> Shown:
    """The table that was kept, or that of a whole snapshot."""
    values = json.loads(kept) if kept else {"columns": [], "rows": []}
    return Shown(tuple(values["columns"]), tuple(tuple(row) for row in values["rows"]))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def values_in(shown: Shown, column: str) -> Sequence[str]:
    """All values of one column, none where the table does not have it."""
    if column not in shown.columns:
        return []
    place = shown.columns.index(column)
    return [row[place] for row in shown.rows]
