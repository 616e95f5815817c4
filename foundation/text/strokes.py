"""How many strokes a character is written with (笔画数), from Unihan's counts as the package `strokes` ships them.

Knows single characters; 0 where nobody counted. The counts cover all of Unicode's ideographs of 2021, extensions
A to G included, and are read at first use.
"""

import json
from functools import cache
from importlib.metadata import PackageNotFoundError, files

_LIST = "data/strokeCount.json"
MOST = 98  # a key has two digits; what has more sorts with the last


def strokes_of(character: str) -> int:
    """Strokes of one character; 0 for what is no ideograph, and for all where the counts are not installed."""
    return min(_counts().get(character, 0), MOST)


@cache
def _counts() -> dict[str, int]:
    # The file itself: importing the package would leave a folder named `data` on the path of imports.
    try:
        found = [file for file in files("strokes") or [] if file.as_posix().endswith(_LIST)]
    except PackageNotFoundError:
        return {}
    counts: dict[str, int] = json.loads(found[0].read_text(encoding="utf-8")) if found else {}
    return counts
