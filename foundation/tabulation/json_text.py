"""JSON text to plain data, keeping what `json` would lose: numbers as they were written, and repeated keys.

Knows JSON only.
"""

import json
from typing import Final

from foundation.base.problem import Problem

_BOM: Final = "\ufeff"


class NumberText(str):
    """A JSON number as it was written: `0.30` stays `0.30`, `1e2` stays `1e2` and can be refused."""

    __slots__ = ()


class JsonObject(dict[str, object]):
    """A JSON object that remembers which of its keys were written twice; the first value is kept."""

    __slots__ = ("repeated",)
    repeated: tuple[str, ...]


def read_json(text: str, source: str) -> tuple[object, list[Problem]]:
    """The data in `text`; a problem (at `scheme.json:LINE`) where it is not JSON, is nested too deeply or too large."""
    try:
        data: object = json.loads(
            text.removeprefix(_BOM),
            parse_int=NumberText,
            parse_float=NumberText,
            parse_constant=NumberText,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        return None, [Problem("json", f"{source}:{error.lineno}", {"column": str(error.colno)})]
    except RecursionError:
        return None, [Problem("json_deep", source)]
    return data, []


def _object(pairs: list[tuple[str, object]]) -> JsonObject:
    built = JsonObject()
    repeated: list[str] = []
    for key, value in pairs:
        if key not in built:
            built[key] = value
        elif key not in repeated:
            repeated.append(key)
    built.repeated = tuple(repeated)
    return built
