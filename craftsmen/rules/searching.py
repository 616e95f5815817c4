"""What the public may ask the register for: filters in an address, read and written one way. Pure.

An address can be shared: the same filters always make the same one. What is no value of a filter is a problem, said
in a sentence; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from foundation.base.problem import Problem

LONGEST = 64
_CODE = re.compile(r"[a-z0-9-]{1,40}")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_FEW = re.compile(r"[1-9][0-9]{0,3}")  # years and editions: no column of theirs holds more
_LETTER = re.compile(r"[A-T]")
_FORMS = {
    "title": _CODE, "industry": _LETTER, "edition": _FEW, "year": _FEW, "city": _NUMBER, "county": _NUMBER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters; "" and 0 are not asked for. `q` is a beginning of a name, of its sounds or their first letters."""

    q: str = ""
    title: str = ""
    edition: int = 0
    year: int = 0
    city: int = 0
    county: int = 0
    industry: str = ""
    occupation: str = ""

    @property
    def none(self) -> bool:
        return self == Wanted()

    @property
    def filtered(self) -> bool:
        """Whether anything but a name is asked for."""
        return replace(self, q="") != Wanted()

    def values(self) -> list[tuple[str, str | int]]:
        """What is asked for, name and value, always in this order: the same filters make the same address."""
        named = [(field.name, getattr(self, field.name)) for field in fields(self)]
        return [(name, value) for name, value in named if value]


ASKS = tuple(field.name for field in fields(Wanted))


def read_wanted(values: Mapping[str, str]) -> tuple[Wanted, list[Problem]]:
    """The filters of an address, and what of it is no filter's value."""
    found: dict[str, Any] = {}
    problems = []
    for name in ASKS:
        text = values.get(name, "").strip()
        form = _FORMS.get(name)
        if not text:
            continue
        if len(text) > LONGEST:
            problems.append(Problem("register_long", name, {"most": str(LONGEST)}))
        elif not text.isprintable() or (form is not None and not form.fullmatch(text)):
            problems.append(Problem("register_filter", name))
        else:
            found[name] = int(text) if form in (_NUMBER, _FEW) else text
    return Wanted(**found), problems


def token(q: str) -> str:
    """What a search for a name compares: width, case, spaces and dots aside."""
    folded = unicodedata.normalize("NFKC", q).casefold()
    return "".join(letter for letter in folded if letter.isalnum())[:LONGEST]


def after_all(beginning: str) -> str:
    """A text that comes behind everything that begins so, in the order of code points."""
    return beginning + chr(0x10FFFF)
