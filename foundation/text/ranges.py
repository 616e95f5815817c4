"""Numbers and ranges as people type them: `2023`, `2023..2025`, `>100万`, `..1.5亿元`.

Pure and exact: what stands between two units is decided by the comparison, never rounded.
"""

import re
import unicodedata
from fractions import Fraction
from math import ceil, floor

from foundation.text.bands import MOST, Range

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)(百|千|万|亿|百万|千万)?元?"
_COMPARED = re.compile(rf"(>=|≥|<=|≤|>|<|=)?{_NUMBER}")
_BETWEEN = re.compile(rf"(?:{_NUMBER})?(?:\.\.|~|-|至|到)(?:{_NUMBER})?")
_TIMES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}


def read(text: str, scale: int = 1) -> Range | None:
    """A range in whole units, of which one that is typed has `scale`; None for what is no range."""
    plain = unicodedata.normalize("NFKC", text).replace("≧", "≥").replace("≦", "≤").replace(" ", "")
    if compared := _COMPARED.fullmatch(plain):
        return _compared(compared[1] or "=", _exact(compared[2], compared[3], scale))
    between = _BETWEEN.fullmatch(plain)
    if between is None or not (between[1] or between[3]):
        return None
    low = ceil(_exact(between[1], _unit_of_first(between), scale)) if between[1] else None
    high = floor(_exact(between[3], between[4], scale)) if between[3] else None
    return Range(low, high)


def _unit_of_first(between: re.Match[str]) -> str | None:
    """10-50万 is 10万 to 50万; 5000-1万 begins with 5000."""
    first, unit, second, last = between.groups()
    if unit or not last or Fraction(first.replace(",", "")) > Fraction(second.replace(",", "")):
        return unit
    return last


def _compared(sign: str, exact: Fraction) -> Range:
    if sign in (">=", "≥"):
        return Range(ceil(exact))
    if sign == ">":
        return Range(floor(exact) + 1)
    if sign in ("<=", "≤"):
        return Range(None, floor(exact))
    if sign == "<":
        return Range(None, ceil(exact) - 1)
    return Range(ceil(exact), floor(exact))


def _exact(digits: str, times: str | None, scale: int) -> Fraction:
    return min(Fraction(digits.replace(",", "")) * _TIMES[times or ""] * scale, Fraction(MOST))
