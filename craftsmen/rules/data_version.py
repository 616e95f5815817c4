"""The version of a nomination's data, as the footer of a printed form carries it and a stamped one is held to it. Pure.

Two nominations that say the same have the same version; a changed comma changes it. Where it stands and its rank are
no part of it: a stamp is about what is said, not about how far it got.
"""

import hashlib
import json
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
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
