"""What a marking sheet says beside the scheme: criteria, deduction keys with their reasons, void conditions. Pure.

The scheme (foundation/tabulation) is what points are computed from; these notes are what a judge reads while
marking, and what "why this score" quotes. They are frozen and hashed together with the scheme.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by


@dataclass(frozen=True, slots=True)
class DeductionKey:
    """One reason to take points off, and how much each occurrence takes (thousandths of a mark)."""

    text: str
    points: int


@dataclass(frozen=True, slots=True)
class AspectNotes:
    """What the paper sheet says in one aspect's row."""

    criterion: str = ""
    keys: tuple[DeductionKey, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """All notes of a contest's sheet: by aspect code, and the void conditions by module code."""

    aspects: Mapping[str, AspectNotes] = made_by(default_factory=dict)
    voids: Mapping[str, tuple[str, ...]] = made_by(default_factory=dict)

    def of(self, aspect: str) -> AspectNotes:
        return self.aspects.get(aspect, AspectNotes())


def notes_json(notes: SheetNotes) -> str:
    """The canonical text that is stored and hashed."""
    data = {
        "aspects": {
            code: {"criterion": note.criterion, "keys": [[key.text, key.points] for key in note.keys]}
            for code, note in notes.aspects.items()
        },
        "voids": {code: list(conditions) for code, conditions in notes.voids.items()},
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_notes(text: str) -> SheetNotes:
    """Read what `notes_json` wrote; the empty text is a sheet without notes."""
    if not text:
        return SheetNotes()
    data = json.loads(text)
    return SheetNotes(
        aspects={
            code: AspectNotes(row["criterion"], tuple(DeductionKey(key, points) for key, points in row["keys"]))
            for code, row in data["aspects"].items()
        },
        voids={code: tuple(conditions) for code, conditions in data["voids"].items()},
    )
