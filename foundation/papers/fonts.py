"""The packaged fonts and what they can print. Pillow, typst and we ourselves use these files, never the machine's.

One serif for everything that is read and one sans for headings; the sans has 44,810 characters, and prints what the
serif lacks (𠮷 among them). Nothing is issued before `missing_characters` was asked: a box in a name is worse than a
refusal.
"""

import unicodedata
from functools import cache
from pathlib import Path

import noto_cjk_sans_otc  # type: ignore[import-untyped]  # ships no types
import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]  # ships no types

SERIF = "Noto Serif SC"
SANS = "Noto Sans CJK SC"
SERIF_FILE = pylopdf_fonts_zh_cn.serif_path()
SANS_FILE = Path(str(noto_cjk_sans_otc.FONT_PATH))  # a collection; the face of mainland forms is SANS_FACE
SANS_FACE = 2
FOLDERS = (SERIF_FILE.parent, SANS_FILE.parent)

BOX = "□"
_NEVER_DRAWN = {"Cf", "Cc", "Cs"}  # joiners, controls; the latter are taken out before anything is set
_VARIATIONS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}  # say which shape of the character before them


def missing_characters(text: str) -> list[str]:
    """The characters of `text` that no packaged font can print, each once, in the order they come."""
    known = _printable()
    return [char for char in dict.fromkeys(text) if ord(char) not in known and _is_drawn(char)]


def printable(text: str) -> str:
    """The text with a box for whatever no packaged font can print: for words, never for names."""
    missing = missing_characters(text)
    return text.translate({ord(char): BOX for char in missing}) if missing else text


def _is_drawn(char: str) -> bool:
    return unicodedata.category(char) not in _NEVER_DRAWN and ord(char) not in _VARIATIONS


@cache
def _printable() -> frozenset[int]:
    with TTFont(SERIF_FILE, lazy=True) as serif, TTCollection(SANS_FILE, lazy=True) as sans:
        return frozenset(serif.getBestCmap()) | frozenset(sans.fonts[SANS_FACE].getBestCmap())
