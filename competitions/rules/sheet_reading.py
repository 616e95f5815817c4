"""What a judge typed into a marking sheet, read to marks or to problems: every one, each at its field. Pure.

Knows the fields that `sheet.py` names. Whether the marks may be given, and whether they are new, is not asked here.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from competitions.rules.details import Deduction, Detail, detail_json
from competitions.rules.revisions import NewMark
from competitions.rules.sheet import TILES, Line, Part, Sheet
from foundation.base.problem import Problem
from foundation.tabulation.decimals import MARK_PLACES, read_decimal, show_decimal
from foundation.tabulation.marks import ABSENT, VOID, Word, read_value, show_value
from foundation.tabulation.texts import shown

MOST_PIECES: Final = 999
_NONCE: Final = re.compile(r"[0-9A-Za-z]{16,32}")


class Fields(Protocol):
    """A submitted form, as far as this module looks."""

    def value(self, name: str, default: str = "") -> str: ...
    def checked(self, name: str, value: str = "1") -> bool: ...


Read = tuple[str, Detail]
"""A mark's value as in marks.csv (empty: not marked), and what stands behind it."""


def read_sheet(sheet: Sheet, form: Fields, version: int) -> tuple[list[NewMark], list[Problem]]:
    """One mark for every line of the sheet, blank ones included; or, where there are problems, no marks at all.

    `version` is the scheme's newest version: a page that was opened under an older one is refused.
    """
    nonce = form.value("nonce")
    problems: list[Problem] = []
    if not _NONCE.fullmatch(nonce):
        problems.append(Problem("sheet_unfinished"))
    if form.value("version") != str(version):
        problems.append(Problem("sheet_amended"))
    marks: list[NewMark] = []
    for part in sheet.parts:
        for line, (value, detail) in zip(part.lines, _read_part(part, form, problems), strict=True):
            code = line.aspect.code
            marks.append(NewMark(code, value, detail_json(detail), f"{nonce}:{code}", _base(form, code)))
    return ([], problems) if problems else (marks, [])


def _base(form: Fields, code: str) -> int:
    """The revision that the page showed; anything unreadable matches none."""
    base = read_decimal(form.value(f"base-{code}"), 0)
    return base if base is not None else -1


def _read_part(part: Part, form: Fields, problems: list[Problem]) -> list[Read]:
    voids = tuple(text for place, text in enumerate(part.voids) if form.checked(f"void-{part.module.code}-{place}"))
    read: list[Read] = []
    for line in part.lines:
        found = read_line(line, form)
        if isinstance(found, tuple):
            value, detail = found
        else:
            problems += found
            value, detail = "", Detail()
        if voids and line.carries_void:
            value, detail = VOID.value, Detail(voids=voids, under_value=value, under=detail if value else None)
        read.append((value, detail))
    return read


def read_line(line: Line, form: Fields) -> Read | list[Problem]:
    """What was typed into one line, without the void conditions of its module."""
    code = line.aspect.code
    if line.aspect.kind in TILES:
        return _read_text(line, form.value(f"mark-{code}"), words=True)
    typed = [form.value(f"mark-{code}").strip()]
    if line.keys:
        typed = [form.value(f"count-{code}-{place}").strip() for place in range(len(line.keys))]
        typed.append(form.checked(f"none-{code}") * "0")
    if form.checked(f"absent-{code}"):
        if any(typed):
            return [_problem("mark_and_absent", code)]
        return ABSENT.value, Detail()
    return _read_counts(line, form, typed[:-1]) if line.keys else _read_text(line, typed[0], words=False)


def _read_text(line: Line, text: str, *, words: bool) -> Read | list[Problem]:
    if not text.strip():
        return "", Detail()
    value = read_value(line.aspect, text)
    if isinstance(value, Problem):
        return [replace(value, field=f"mark-{line.aspect.code}")]
    if isinstance(value, Word) and not (words and value is ABSENT):
        return [_problem("mark_is_word", line.aspect.code)]
    return show_value(line.aspect, value), Detail()


def _read_counts(line: Line, form: Fields, typed: Sequence[str]) -> Read | list[Problem]:
    """So much a piece until the marks are used up, never more (RULES.md: real sheets take points off)."""
    code = line.aspect.code
    problems: list[Problem] = []
    used: list[Deduction] = []
    for place, (key, text) in enumerate(zip(line.keys, typed, strict=True)):
        count = read_decimal(text or "0", 0)
        if count is None or not 0 <= count <= MOST_PIECES:
            params = {"aspect": shown(code), "reason": shown(key.text), "text": shown(text), "most": str(MOST_PIECES)}
            problems.append(Problem("pieces_not_whole", f"count-{code}-{place}", params))
        elif count:
            used.append(Deduction(key.text, key.points, count))
    if used and form.checked(f"none-{code}"):
        problems.append(_problem("pieces_and_none", code))
    if problems:
        return problems
    if not used and not any(typed) and not form.checked(f"none-{code}"):
        return "", Detail()
    off = sum(each.points * each.count for each in used)
    if line.aspect.max is not None:
        off = min(off, line.aspect.max)
    read = _read_text(line, show_decimal(off, MARK_PLACES), words=False)
    return read if isinstance(read, list) else (read[0], Detail(deductions=tuple(used)))


def _problem(code: str, aspect: str) -> Problem:
    return Problem(code, f"mark-{aspect}", {"aspect": shown(aspect)})
