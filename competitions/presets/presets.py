"""The marking sheets that a new contest can start from: read from the files beside this module.

Knows where the files are and what stands in them; knows no database. A preset is a scheme.json exactly as
`ganpo tabulate` reads it, and notes in which the points of deduction keys are plain decimals, as on paper.
All sheets are made up; each contest changes its own copy.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from competitions.rules.notes import AspectNotes, DeductionKey, SheetNotes
from foundation.base.problem import NotFound

FOLDER = Path(__file__).parent
KEYS = ("welder", "electrician", "chef", "ceramic-decorator")


class _Row(TypedDict, total=False):
    criterion: str
    keys: list[tuple[str, str]]


class _Sheet(TypedDict):
    title: str
    occupation: str
    occupation_code: str
    minutes: int
    aspects: dict[str, _Row]
    voids: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Preset:
    """One sheet in the list that an organiser chooses from; the code is of the 2022 national classification."""

    key: str
    title: str
    occupation: str
    occupation_code: str
    minutes: int  # allowed for the practical module


def list_presets() -> tuple[Preset, ...]:
    """All presets, in the order in which they are offered."""
    return tuple(_preset(key) for key in KEYS)


def load_preset(key: str) -> tuple[str, SheetNotes]:
    """The scheme.json text and the sheet notes of one preset; raises NotFound for any other key."""
    if key not in KEYS:
        raise NotFound(key)
    sheet = _sheet(key)
    notes = SheetNotes(
        aspects={code: _aspect_notes(row) for code, row in sheet["aspects"].items()},
        voids={module: tuple(conditions) for module, conditions in sheet["voids"].items()},
    )
    return (FOLDER / f"{key}.scheme.json").read_text("utf-8"), notes


def _preset(key: str) -> Preset:
    sheet = _sheet(key)
    return Preset(key, sheet["title"], sheet["occupation"], sheet["occupation_code"], sheet["minutes"])


def _sheet(key: str) -> _Sheet:
    sheet: _Sheet = json.loads((FOLDER / f"{key}.notes.json").read_text("utf-8"))
    return sheet


def _aspect_notes(row: _Row) -> AspectNotes:
    return AspectNotes(
        criterion=row["criterion"],
        keys=tuple(DeductionKey(text, _thousandths(points)) for text, points in row.get("keys", [])),
    )


def _thousandths(text: str) -> int:
    """`"2"` -> 2000, `"0.5"` -> 500."""
    whole, _, part = text.partition(".")
    return int(whole) * 1000 + int((part + "000")[:3])
