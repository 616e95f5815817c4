"""Codes and names as they are compared, and foreign text as it may be shown in a sentence."""

import unicodedata
from typing import Final

SHOWN: Final = 60
"""So many characters of a stranger's text are shown in a sentence."""


def normal(text: str) -> str:
    """Trimmed and NFKC-normalised: `Ａ１` and ` A1` are one code."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).strip()


def shown(text: str, limit: int = SHOWN) -> str:
    """The text on one line and not too long, whatever is in it: a problem is one line, always."""
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    if short.isprintable():
        return short
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in short)


def encodable(text: str) -> bool:
    """Whether the text can be written as UTF-8: JSON lets half a surrogate pair through."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
