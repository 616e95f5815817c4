"""The version of a nomination's data, as the footer of a printed form carries it and a stamped one is held to it. Pure.

Two nominations that say the same have the same version; a changed comma changes it. Where it stands and its rank are
no part of it: a stamp is about what is said, not about how far it got.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from craftsmen.rules.nomination_form import NominationDraft


def version_of(name: str, unit: str, draft: NominationDraft, person: Any = None, portrait: int | None = None) -> str:
    """sha256 (hex) of everything that a form of recommendation prints; `person` is a frozen value or None,
    `portrait` the id of the picture beside the name."""
    said: dict[str, Any] = {
        "name": name,
        "unit": unit,
        "draft": asdict(draft),
        "person": asdict(person) if person else None,
    }
    if portrait is not None:
        said["portrait"] = portrait
    return _hashed(said)


def version_of_story(name: str, unit: str, story: str) -> str:
    """The same of a story that is printed alone."""
    return _hashed({"form": "story", "name": name, "unit": unit, "story": story})


def version_of_asking(  # noqa: PLR0917 - what such a paper prints is all of these
    name: str, unit: str, role: str, summary: str, person: Any, asked: Sequence[str], portrait: int | None
) -> str:
    """The same of a paper that asks other bodies; `asked` are the names of the opinions on it."""
    said = {"form": "opinions", "name": name, "unit": unit, "role": role, "summary": summary, "asked": list(asked)}
    return _hashed({**said, "person": asdict(person) if person else None, "portrait": portrait})


def _hashed(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
