"""Numbers as the files write them: plain decimals, kept as whole numbers of a small unit, and exact rounding.

No floats anywhere. "3 places" means whole thousandths, "6 places" whole millionths.
"""

import re
from fractions import Fraction
from typing import Final

MARK_PLACES: Final = 3
"""Marks, time, penalty and carried."""
WEIGHT_PLACES: Final = 6
"""Weights, factors and coefficients."""
WHOLE_DIGITS: Final = 12
"""At most so many digits before the point, so that millionths still fit a 64-bit column."""

_PLAIN: Final = re.compile(r"(-?)0*([0-9]+)(?:\.([0-9]+))?")
_ORDINARY: Final = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


def ordinary(text: str) -> str:
    """Trimmed, with full-width digits, point and minus as ordinary ones.

    Not NFKC: that would also read `8²` as 82.
    """
    return text.strip().translate(_ORDINARY)


def read_decimal(text: str, places: int) -> int | None:
    """`8.5` with 3 places is 8500; None for anything but a plain decimal with at most so many places.

    No exponent, sign `+`, bare point, thousands separator, NaN or infinity. Decimals are counted as written: `8.5000`
    has four.
    """
    match = _PLAIN.fullmatch(ordinary(text))
    if match is None:
        return None
    sign, whole, decimals = match[1], match[2], match[3] or ""
    if len(whole) > WHOLE_DIGITS or len(decimals) > places:
        return None
    value = int(whole + decimals.ljust(places, "0"))
    return -value if sign else value


def show_decimal(value: int, places: int) -> str:
    """8500 with 3 places is `8.5`: no needless zeros, never `-0`."""
    whole, decimals = divmod(abs(value), 10**places)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{decimals:0{places}d}".rstrip("0").rstrip(".")


def round_half_away(value: Fraction, digits: int) -> Fraction:
    """Rounded to `digits` decimals, half away from zero (四舍五入): 2.345 is 2.35 and -2.345 is -2.35."""
    scale = 10**digits
    return Fraction(_rounded(value, scale), scale)


def show_fixed(value: Fraction, digits: int) -> str:
    """Rounded and shown with exactly `digits` decimals, never `-0`."""
    units = _rounded(value, 10**digits)
    sign = "-" if units < 0 else ""
    whole, decimals = divmod(abs(units), 10**digits)
    return f"{sign}{whole}.{decimals:0{digits}d}" if digits else f"{sign}{whole}"


def show_exact(value: Fraction) -> str:
    """As `n/d`, whole numbers too: `5/1`."""
    return f"{value.numerator}/{value.denominator}"


def _rounded(value: Fraction, scale: int) -> int:
    numerator, denominator = value.numerator * scale, value.denominator
    units = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -units if numerator < 0 else units
