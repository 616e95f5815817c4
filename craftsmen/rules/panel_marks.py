"""A panel member's sheet for one nomination: its lines, what was typed, and what of it is a new revision. Pure.

Knows the round's scheme and one member's own marks. The fields of a line, by the aspect's code: `mark-P1` (text or a
tile), `absent-P1` (no mark is given, which is not 0), `base-P1` (the revision that the page showed). A panel states no
void: whether somebody may be recommended at all was audited before.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from foundation.base.problem import Problem
from foundation.tabulation.decimals import MARK_PLACES, show_decimal, show_fixed
from foundation.tabulation.marks import ABSENT, Word, read_value, written
from foundation.tabulation.scheme import Aspect, Module, Scheme, full_marks
from foundation.tabulation.scheme_model import HIGHEST_LEVEL
from foundation.tabulation.standings import Line as Standing
from foundation.tabulation.texts import shown

TILES = ("judgement", "grade")
_NONCE = re.compile(r"[0-9A-Za-z]{16,32}")


class Fields(Protocol):
    """A submitted form, as far as this module looks."""

    def value(self, name: str, default: str = "") -> str: ...
    def checked(self, name: str, value: str = "1") -> bool: ...


@dataclass(frozen=True, slots=True)
class Revision:
    """One stored revision of one aspect; "" as a value takes a mark back."""

    aspect: str
    revision: int
    value: str
    client_id: str


@dataclass(frozen=True, slots=True)
class NewMark:
    """What a member sends for one aspect; `base` is the revision that they saw, 0 for none."""

    aspect: str
    value: str
    client_id: str
    base: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet; `number` counts through the whole sheet, as on paper."""

    number: int
    aspect: Aspect
    full: str  # full marks (配分); empty where the scheme has none
    done: bool

    @property
    def tiles(self) -> list[tuple[str, str, str]]:
        """Of a judgement or a grade: value, what is written large, and its text or points."""
        if self.aspect.kind == "grade":
            return [(key, key, show_decimal(points, MARK_PLACES)) for key, points in self.aspect.table]
        texts = self.aspect.levels or ("",) * (HIGHEST_LEVEL + 1)
        return [(str(level), str(level), text) for level, text in enumerate(texts)]


@dataclass(frozen=True, slots=True)
class Part:
    """A module's rows."""

    module: Module
    lines: tuple[Line, ...]


def newest(revisions: Iterable[Revision]) -> dict[str, Revision]:
    """The revision that counts, by aspect."""
    found: dict[str, Revision] = {}
    for each in sorted(revisions, key=lambda one: one.revision):
        found[each.aspect] = each
    return found


def make_sheet(scheme: Scheme, current: Mapping[str, Revision]) -> tuple[Part, ...]:
    """The sheet as the scheme has it; `current` are the member's own marks."""
    parts, number = [], 0
    for module in scheme.modules:
        lines = []
        for aspect in module.aspects:
            number += 1
            lines.append(Line(number, aspect, full_text(aspect, scheme.digits), _done(current.get(aspect.code))))
        parts.append(Part(module, tuple(lines)))
    return tuple(parts)


def shown_fields(scheme: Scheme, current: Mapping[str, Revision]) -> dict[str, str]:
    """What the fields hold before the member touches them."""
    fields: dict[str, str] = {}
    for aspect in scheme.aspects():
        stored = current.get(aspect.code)
        fields[f"base-{aspect.code}"] = str(stored.revision if stored else 0)
        if stored and stored.value == ABSENT.value:
            fields[f"absent-{aspect.code}"] = "1"
        elif stored:
            fields[f"mark-{aspect.code}"] = stored.value
    return fields


def read_sheet(scheme: Scheme, form: Fields, hashed: str) -> tuple[list[NewMark], list[Problem]]:
    """A mark for every line, blank ones included; or, where there are problems, no marks at all.

    `hashed` is the scheme's hash now: a page that was opened under another one is refused.
    """
    nonce = form.value("nonce")
    problems = [] if _NONCE.fullmatch(nonce) else [Problem("panel_sheet_unfinished")]
    if form.value("scheme") != hashed:
        problems.append(Problem("panel_sheet_amended"))
    marks = []
    for aspect in scheme.aspects():
        code = aspect.code
        value = _typed(aspect, form)
        if isinstance(value, Problem):
            problems.append(replace(value, field=f"mark-{code}"))
        else:
            marks.append(NewMark(code, value, f"{nonce}:{code}", _base(form.value(f"base-{code}"))))
    return ([], problems) if problems else (marks, [])


def to_write(
    sent: Sequence[NewMark], stored: Collection[Revision], taken: Collection[str]
) -> tuple[list[NewMark], list[Problem]]:
    """Which marks are new revisions, and what forbids saving them. `taken` are sent client ids that exist anywhere.

    A retry and a line that was not touched write nothing; a mark made looking at an older revision is refused with
    what stands now.
    """
    current, by_id = newest(stored), {each.client_id: each for each in stored}
    seen = {(each.aspect, each.revision): each.value for each in stored}
    new, problems = [], []
    for mark in sent:
        now = current.get(mark.aspect, Revision(mark.aspect, 0, "", ""))
        again = by_id.get(mark.client_id)
        if mark.value == now.value or (again is not None and (again.aspect, again.value) == (mark.aspect, mark.value)):
            continue
        if mark.base == now.revision and mark.client_id not in taken:
            new.append(mark)
        elif mark.base == now.revision:
            problems.append(Problem("panel_sheet_sent_before"))
        elif mark.value != seen.get((mark.aspect, mark.base), "" if mark.base == 0 else None):
            problems.append(Problem("panel_mark_stale", f"mark-{mark.aspect}", {"mark": now.value or "–"}))
    return new, problems


def unfit(scheme: Scheme, sent: Iterable[NewMark]) -> list[Problem]:
    """What the scheme does not allow, whoever sends it."""
    aspects = {aspect.code: aspect for aspect in scheme.aspects()}
    problems = []
    for mark in sent:
        field = f"mark-{mark.aspect}"
        if mark.aspect not in aspects:
            problems.append(Problem("panel_sheet_amended", field))
        elif mark.value:
            value = read_value(aspects[mark.aspect], mark.value)
            if isinstance(value, Problem):
                problems.append(replace(value, field=field))
            elif written(value) != mark.value or (isinstance(value, Word) and value is not ABSENT):
                problems.append(Problem("panel_sheet_unfinished", field))
    return problems


def spread(line: Standing, scheme: Scheme) -> list[tuple[str, int]]:
    """Aspects on which the panel is far apart, with the distance in thousandths: for the chair's eye, advice only.

    For a judgement more than the scheme allows; for marks more than a fifth of the full marks.
    """
    found = []
    for module in line.modules:
        for seen in module.aspects:
            aspect = scheme.aspect(seen.code)
            numbers = [mark.value for mark in seen.marks if isinstance(mark.value, int)]
            if len(numbers) < 2 or aspect.kind in ("grade", "measurement", "deduction"):
                continue
            apart = max(numbers) - min(numbers)
            allowed = aspect.max_spread * 1000 if aspect.kind == "judgement" else (aspect.max or 0) // 5
            if apart > allowed:
                found.append((aspect.name, apart))
    return found


def full_text(aspect: Aspect, digits: int) -> str:
    """Full marks as a sheet prints them, without needless zeros."""
    full = full_marks(aspect, digits)
    return "" if full is None else show_fixed(full, MARK_PLACES).rstrip("0").rstrip(".")


def _typed(aspect: Aspect, form: Fields) -> str | Problem:
    text = form.value(f"mark-{aspect.code}").strip()
    if form.checked(f"absent-{aspect.code}"):
        return Problem("panel_mark_and_absent", "", {"aspect": shown(aspect.code)}) if text else ABSENT.value
    if not text:
        return ""
    value = read_value(aspect, text)
    if isinstance(value, Problem):
        return value
    if isinstance(value, Word):
        return Problem("panel_mark_is_word", "", {"aspect": shown(aspect.code)})
    return written(value)


def _base(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1


def _done(stored: Revision | None) -> bool:
    return stored is not None and bool(stored.value)
