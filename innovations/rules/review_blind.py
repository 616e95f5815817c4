"""What a reviewer of a blind round reads of a version: sections with every name of the makers masked. Pure.

Whoever shows a version to a reviewer asks here, and passes nothing else on. What is masked becomes one mark of fixed
length, so that not even the length of a name is told. It masks too much rather than too little.
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from innovations.rules.innovation_form import Draft

MASK = "▢▢"
SHORTEST = 2  # letters of what is masked; one letter is in every text
SUFFIXES = (
    "集团股份有限公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "集团公司",
    "集团",
    "公司",
    "总厂",
    "厂",
)
_BETWEEN = r"[\s·•.\u200b\u3000]*"
_WIDE = 0xFEE0


class Blind(msgspec.Struct, frozen=True):
    """A version as a reviewer of a blind round has it: texts by section, in the form's order."""

    kind: str
    field: str
    sections: tuple[tuple[str, str], ...]


def blinded(said: Draft, shown: Sequence[str], units: Iterable[str]) -> Blind:
    """The sections that the round shows, masked; `units` are the names of the unit and of the companies above it."""
    names = names_of(said, units)
    texts = tuple((code, masked(said.body.sections[code], names)) for code in shown if said.body.sections.get(code))
    return Blind(said.kind, said.field, texts)


def names_of(said: Draft, units: Iterable[str]) -> tuple[str, ...]:
    """Everything that tells who made it: authors, units, and these without what every firm is called."""
    whole = [*units, *(one.name for one in said.authors), *(one.unit for one in said.authors)]
    whole += [one.number for one in said.body.patents]
    return tuple(sorted({name for each in whole for name in (each.strip(), stem(each.strip()))}))


def stem(unit: str) -> str:
    """映川电子科技有限公司 -> 映川电子科技; a name that ends otherwise stays."""
    for suffix in SUFFIXES:
        if unit.endswith(suffix) and len(unit) - len(suffix) >= SHORTEST:
            return unit.removesuffix(suffix)
    return unit


def masked(text: str, names: Iterable[str]) -> str:
    """The text with each name replaced, the longest first, however it is spaced, wide or narrow, large or small."""
    wanted = sorted({name for name in names if len(name) >= SHORTEST}, key=lambda name: (-len(name), name))
    if not wanted:
        return text
    found = re.compile("|".join(_BETWEEN.join(map(_letter, "".join(name.split()))) for name in wanted), re.IGNORECASE)
    return found.sub(MASK, text)


def _letter(letter: str) -> str:
    """A letter as a pattern that finds its wide and its narrow form."""
    code = ord(letter)
    if 0x21 <= code <= 0x7E:
        return f"[{re.escape(letter)}{chr(code + _WIDE)}]"
    if 0xFF01 <= code <= 0xFF5E:
        return f"[{letter}{re.escape(chr(code - _WIDE))}]"
    return re.escape(letter)
