"""The rules that a new round can start from: read from the files beside this module.

Knows where the files are and what stands in them; knows no database. A preset is the rules of a round without
channels, and how many places a channel of each kind gets at first. The figures are custom of the field (seen in
circulars); each round changes its own copy.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from craftsmen.rules.round_rules import FORMAT, RoundRules, parsed
from foundation.base.problem import NotFound

FOLDER = Path(__file__).parent
KEYS = ("ganpo-craftsman", "may-day-medal", "worker-pioneer")
PRESET_FORMAT = "ganpo-round-preset/1"


@dataclass(frozen=True, slots=True)
class Preset:
    """Rules to start from; `title` is the code of the title they are for, `places` by kind of organisation."""

    key: str
    name: str
    title: str
    places: Mapping[str, int]
    rules: RoundRules


def list_presets() -> tuple[Preset, ...]:
    """All presets, in the order in which they are offered."""
    return tuple(load_preset(key) for key in KEYS)


@cache
def load_preset(key: str) -> Preset:
    """One preset; raises NotFound for any other key."""
    if key not in KEYS:
        raise NotFound(key)
    data = json.loads((FOLDER / f"{key}.json").read_text("utf-8"))
    if data["format"] != PRESET_FORMAT:
        raise ValueError(f"Not a preset in the format {PRESET_FORMAT}: {key}")
    text = json.dumps({"format": FORMAT, **data["rules"]}, ensure_ascii=False, sort_keys=True)
    return Preset(data["code"], data["name"], data["title"], data["places"], parsed(text))
