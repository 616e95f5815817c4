"""A judge's marking sheet: which lines it has, and what its fields show for the marks that are stored. Pure.

Knows the scheme, its notes and one judge's own marks of one work. Reading what was typed is `sheet_reading.py`.

The fields of a line, by the aspect's code: `mark-P1` (text or tiles), `absent-P1`, `none-P1` and `count-P1-0` … of a
deduction with keys, `base-P1` (the revision that is shown). A module's void conditions are `void-P-0` …
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from competitions.rules.details import Detail, read_detail
from competitions.rules.notes import DeductionKey, SheetNotes
from competitions.rules.progress import standing_value
from competitions.rules.revisions import Revision
from foundation.tabulation.decimals import MARK_PLACES, show_decimal, show_fixed
from foundation.tabulation.marks import ABSENT, VOID
from foundation.tabulation.scheme import Aspect, Module, Scheme, full_marks
from foundation.tabulation.scheme_model import HIGHEST_LEVEL

NUMBERS = ("measurement", "panel", "deduction")
TILES = ("judgement", "grade")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet. `number` counts through the whole sheet, as on paper."""

    number: int
    aspect: Aspect
    full: str  # full marks (配分); empty where they depend on the entry
    criterion: str
    keys: tuple[DeductionKey, ...]
    revision: int  # the revision that the sheet shows; 0: nothing is stored
    carries_void: bool  # this line's mark is the one that becomes the word void
    done: bool  # nothing is missing here: marked, or the module is void

    @property
    def levels(self) -> list[tuple[str, str, str]]:
        """The tiles of a judgement or a grade: value, what is written large, and its text or points."""
        aspect = self.aspect
        if aspect.kind == "grade":
            return [(key, key, show_decimal(points, MARK_PLACES)) for key, points in aspect.table]
        texts = aspect.levels or ("",) * (HIGHEST_LEVEL + 1)
        return [(str(level), str(level), text) for level, text in enumerate(texts)]


@dataclass(frozen=True, slots=True)
class Part:
    """A module's rows and the conditions that make the whole module count nothing; "" is one that was not stated."""

    module: Module
    lines: tuple[Line, ...]
    voids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one judge marks on one work."""

    parts: tuple[Part, ...]

    def lines(self) -> tuple[Line, ...]:
        return tuple(line for part in self.parts for line in part.lines)


def make_sheet(scheme: Scheme, notes: SheetNotes, aspects: Collection[str], current: Mapping[str, Revision]) -> Sheet:
    """The sheet of a judge who marks these aspects; `current` are the judge's marks of this work, by aspect.

    A condition that this judge has stated stays on the sheet even where an amendment took it from the notes.
    """
    parts: list[Part] = []
    number = 0
    for module in scheme.modules:
        mine = [aspect for aspect in module.aspects if aspect.code in aspects]
        if not mine:
            continue
        voided = [aspect.code for aspect in mine if _is_void(current.get(aspect.code))]
        carrier = voided[0] if voided else mine[0].code
        known = notes.voids.get(module.code, ())
        stated = dict.fromkeys(text for code in voided for text in stated_voids(current[code]))
        lines: list[Line] = []
        for aspect in mine:
            number += 1
            note = notes.of(aspect.code)
            stored = current.get(aspect.code)
            revision = stored.revision if stored else 0
            keys = _keys(note.keys, stored) if aspect.kind == "deduction" else ()
            full = full_text(aspect, scheme.digits)
            done = bool(voided) or standing_value(aspect, stored.value if stored else "") is not None
            lines.append(Line(number, aspect, full, note.criterion, keys, revision, aspect.code == carrier, done))
        parts.append(Part(module, tuple(lines), (*known, *(text for text in stated if text not in known))))
    return Sheet(tuple(parts))


def full_text(aspect: Aspect, digits: int) -> str:
    """Full marks as a sheet prints them, without needless zeros."""
    full = full_marks(aspect, digits)
    if full is None:
        return ""
    text = show_fixed(full, MARK_PLACES)
    return text.rstrip("0").rstrip(".")


def _keys(keys: tuple[DeductionKey, ...], stored: Revision | None) -> tuple[DeductionKey, ...]:
    """The keys of the notes and those the judge used before an amendment; none where the stored amount names none."""
    value, detail = _without_void(stored)
    if value not in ("", "0", ABSENT.value) and not detail.deductions:
        return ()
    used = (DeductionKey(each.text, each.points) for each in detail.deductions)
    return (*keys, *(key for key in used if key not in keys))


def stated_voids(stored: Revision) -> tuple[str, ...]:
    """The void conditions that a void mark names; one nameless condition where it names none."""
    return read_detail(stored.detail).voids or ("",)


def shown_fields(sheet: Sheet, current: Mapping[str, Revision]) -> dict[str, str]:
    """What the fields of the sheet hold before the judge touches them."""
    fields: dict[str, str] = {}
    for part in sheet.parts:
        voided = [current[line.aspect.code] for line in part.lines if _is_void(current.get(line.aspect.code))]
        stated = {text for each in voided for text in stated_voids(each)}
        fields |= {f"void-{part.module.code}-{place}": "1" for place, text in enumerate(part.voids) if text in stated}
        for line in part.lines:
            fields |= _line_fields(line, current.get(line.aspect.code))
    return fields


def _line_fields(line: Line, stored: Revision | None) -> dict[str, str]:
    code = line.aspect.code
    fields = {f"base-{code}": str(line.revision)}
    value, detail = _without_void(stored)
    if value == ABSENT.value and line.aspect.kind in NUMBERS:
        fields[f"absent-{code}"] = "1"
    elif line.keys and value:
        times = {(each.text, each.points): each.count for each in detail.deductions}
        counts = {
            f"count-{code}-{place}": str(times[key.text, key.points])
            for place, key in enumerate(line.keys)
            if (key.text, key.points) in times
        }
        fields |= counts or {f"none-{code}": "1"}
    else:
        fields[f"mark-{code}"] = value
    return fields


def _is_void(stored: Revision | None) -> bool:
    return stored is not None and stored.value == VOID.value


def _without_void(stored: Revision | None) -> tuple[str, Detail]:
    """The mark as it would be without the void word."""
    if stored is None:
        return "", Detail()
    detail = read_detail(stored.detail)
    return (detail.under_value, detail.under or Detail()) if _is_void(stored) else (stored.value, detail)
