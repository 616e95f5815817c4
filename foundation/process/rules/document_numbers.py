"""Document numbers (文号): one way to write each, and the short address of its page. Pure.

赣工发〔2026〕12号 is an organisation's sign, a year in its own brackets and a number; announcements also have
2026年第3号. Whatever brackets and digits were typed, one form is kept.
"""

import re
import unicodedata
from collections.abc import Callable

from foundation.base.problem import Problem

LONGEST = 64
FIRST_YEAR, LAST_YEAR = 1949, 2199

_BRACKETS = str.maketrans({"[": "〔", "]": "〕", "【": "〔", "】": "〕", "{": "〔", "}": "〕", "(": "〔", ")": "〕"})
_SIGNED = re.compile(r"([^\W\d_][^\W_]{0,29})〔(\d{4})〕(?:第)?(\d{1,5})号")
_YEARLY = re.compile(r"(\d{4})年第(\d{1,5})号")


def folded_number(typed: str) -> str:
    """The one form of a number: full-width digits, spaces and foreign brackets mended. Not checked."""
    text = unicodedata.normalize("NFKC", typed.replace("〔", "[").replace("〕", "]"))
    text = re.sub(r"\s+", "", text).translate(_BRACKETS)
    if match := _SIGNED.fullmatch(text):
        return f"{match[1]}〔{match[2]}〕{int(match[3])}号"
    if match := _YEARLY.fullmatch(text):
        return f"{match[1]}年第{int(match[2])}号"
    return text


def number_problems(number: str, field: str = "number") -> list[Problem]:
    """What is wrong with a folded number."""
    if not number:
        return [Problem("document_number_empty", field)]
    signed, yearly = _SIGNED.fullmatch(number), _YEARLY.fullmatch(number)
    year = int(signed[2]) if signed else int(yearly[1]) if yearly else 0
    if len(number) > LONGEST or not FIRST_YEAR <= year <= LAST_YEAR:
        return [Problem("document_number_form", field, {"number": number})]
    return []


def number_address(number: str, initials: Callable[[str], str]) -> str:
    """赣工发〔2026〕12号 -> ggf-2026-12; `initials` answers the Latin initials of a Chinese word."""
    if match := _YEARLY.fullmatch(number):
        return f"{match[1]}-{match[2]}"
    match = _SIGNED.fullmatch(number)
    if match is None:
        raise ValueError(f"No document number: {number!r}")
    sign = re.sub(r"[^a-z0-9]", "", initials(match[1]).lower())[:20]
    return "-".join(part for part in (sign, match[2], match[3]) if part)
