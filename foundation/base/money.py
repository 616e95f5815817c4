"""Money in fen: read as people type it, shown as offices write it. Pure, exact, no floats.

"128600", "128,600.50", "12.86万" and "12.86 万元" are read alike. At most two decimals of a yuan: nobody pays less.
"""

import re
import unicodedata

from foundation.base.problem import Problem

FEN = 100  # in a yuan
WAN = 10_000  # yuan
MOST = 10**14  # fen: a million million yuan; larger is a slip of the finger
_TYPED = re.compile(r"(-?)(\d{1,15})(?:\.(\d{1,6}))?(万)?元?")


def read_fen(text: str, field: str) -> tuple[int | None, list[Problem]]:
    """An amount of yuan, or of 万 where it says so, as fen; None and the problem where it is none, or negative."""
    found = _TYPED.fullmatch(re.sub(r"[\s,¥]", "", unicodedata.normalize("NFKC", text[:60])))
    if found is None:
        return None, [Problem("money_form", field)]
    minus, whole, decimals, wan = found.groups()
    unit = FEN * WAN if wan else FEN
    decimals = decimals or ""
    fen, rest = divmod(int(whole + decimals) * unit, 10 ** len(decimals))
    if rest:
        return None, [Problem("money_fen", field)]
    if minus and fen:
        return None, [Problem("money_negative", field)]
    if fen > MOST:
        return None, [Problem("money_large", field)]
    return fen, []


def yuan(fen: int) -> str:
    """12345650 -> "123,456.50"; whole yuan without decimals."""
    whole, rest = divmod(abs(fen), FEN)
    text = f"{whole:,}" + (f".{rest:02}" if rest else "")
    return f"-{text}" if fen < 0 else text


def wan(fen: int) -> str:
    """97_420_000 fen -> "97.42", in 万元, as reports write it; no trailing zeros, nothing rounded."""
    whole, rest = divmod(abs(fen), FEN * WAN)
    text = f"{whole:,}.{rest:06}".rstrip("0").rstrip(".")
    return f"-{text}" if fen < 0 else text
