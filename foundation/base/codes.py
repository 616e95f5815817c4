"""Unified social credit codes (统一社会信用代码, GB 32100-2015): eighteen characters, the last one checks the others.

Pure. Knows form and check character; knows no register, so a right code may still belong to nobody.
"""

import unicodedata

from foundation.base.problem import Problem

LENGTH = 18
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V and Z, which are read as digits
_WEIGHTS = [pow(3, place, 31) for place in range(LENGTH - 1)]
_KINDS = {"81": "union", "91": "enterprise"}  # registering authority and category, table 1 of the standard


def read_unit_code(text: str) -> str:
    """What was typed as the standard writes it: capitals, no spaces or dashes, no full-width forms."""
    folded = unicodedata.normalize("NFKC", text[: LENGTH * 4]).upper()
    return "".join(char for char in folded if not char.isspace() and char != "-")


def check_unit_code(text: str, field: str = "code") -> list[Problem]:
    """What is wrong with a code, as `read_unit_code` gives it; nothing for a right one. Empty is not a code."""
    if len(text) != LENGTH:
        return [Problem("code_length", field, {"length": str(len(text))})]
    wrong = [char for char in text if char not in _ALPHABET]
    if wrong:
        return [Problem("code_character", field, {"character": wrong[0]})]
    if not (text[2:8].isascii() and text[2:8].isdecimal()):
        return [Problem("code_district", field)]
    if text[-1] != check_character(text[:-1]):
        return [Problem("code_check", field)]
    return []


def check_character(first: str) -> str:
    """The eighteenth character for the first seventeen, all of them of the code's alphabet."""
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(first, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def unit_code_kind(text: str) -> str:
    """Whose code this is by its first two characters: "union" (81), "enterprise" (91), or "other"."""
    return _KINDS.get(text[:2], "other")
