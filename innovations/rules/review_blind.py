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
PLACES = frozenset(
    f"{place}{kind}"
    for place in (
        "江西", "南昌", "九江", "景德镇", "萍乡", "新余", "鹰潭", "赣州", "宜春", "上饶", "吉安", "抚州", "赣江新区",
    )
    for kind in ("", "省" if place == "江西" else "市")
)  # fmt: skip
TITLES = ("师傅", "工程师", "大师", "技师", "班长", "组长", "老师", "同志", "劳模", "主任")
DOUBLE = frozenset({"欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "司徒", "东方", "南宫"})
_BETWEEN = r"[\s·•.\u200b\u3000]*"
_WIDE = 0xFEE0


class Blind(msgspec.Struct, frozen=True):
    """A version as a reviewer of a blind round has it: texts by section, in the form's order."""

    kind: str
    field: str
    sections: tuple[tuple[str, str], ...]


def blinded(
    said: Draft, shown: Sequence[str], units: Iterable[str], people: Iterable[str] = (), studios: Iterable[str] = ()
) -> Blind:
    """The sections that the round shows, masked.

    `units` are the names of the unit and of the companies above it, `people` further ones than the authors, such as
    who leads the studio; the name of a studio is masked as a whole alone, for it may begin with any word.
    """
    names = [*names_of(said, units), *studios, *(form for one in people for form in called(one.strip()))]
    texts = tuple((code, masked(said.body.sections[code], names)) for code in shown if said.body.sections.get(code))
    return Blind(said.kind, said.field, texts)


def names_of(said: Draft, units: Iterable[str]) -> tuple[str, ...]:
    """Everything that tells who made it: authors and what they are called, units and what they are called for short."""
    places = [*units, *(one.unit for one in said.authors)]
    found = {form for each in places for form in short_forms(each.strip())}
    for one in said.authors:
        found |= called(one.name.strip())
    numbers = {one.number.strip() for one in said.body.patents}
    found |= numbers | {number[2:].strip() for number in numbers if number[:2].upper() == "ZL"}
    return tuple(sorted(found))


def short_forms(unit: str) -> frozenset[str]:
    """映川电子科技有限公司 -> also 映川电子科技, 映川电子科, 映川电子 … 映川: people write any of them.

    Of a name that begins with a place, what follows is a name as well: 南昌映川电子有限公司 -> also 映川电子, 映川.
    """
    kept = stem(unit)
    starts = {kept, *(kept.removeprefix(place) for place in PLACES if kept.startswith(place))}
    forms = {start[:length] for start in starts for length in range(SHORTEST, len(start) + 1)}
    return frozenset({unit, *forms} - PLACES)


def stem(unit: str) -> str:
    """映川电子科技有限公司 -> 映川电子科技; a name that ends otherwise stays."""
    for suffix in SUFFIXES:
        if unit.endswith(suffix) and len(unit) - len(suffix) >= SHORTEST:
            return unit.removesuffix(suffix)
    return unit


def called(name: str) -> frozenset[str]:
    """冯砚秋 -> also 砚秋, 冯师傅, 冯班长 …; of a name in other letters the whole alone."""
    if not name or not all(map(_is_chinese, name)):
        return frozenset({name})
    long = name[:2] in DOUBLE and len(name) > 2
    surname, given = (name[:2], name[2:]) if long else (name[:1], name[1:])
    return frozenset({name, given, *(f"{surname}{title}" for title in TITLES)})


def masked(text: str, names: Iterable[str]) -> str:
    """The text with each name replaced, the longest first, however it is spaced, wide or narrow, large or small."""
    wanted = sorted({name for name in names if len(name) >= SHORTEST}, key=lambda name: (-len(name), name))
    if not wanted:
        return text
    found = re.compile("|".join(_BETWEEN.join(map(_letter, "".join(name.split()))) for name in wanted), re.IGNORECASE)
    return found.sub(MASK, text)


def _is_chinese(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\U00020000" <= letter <= "\U0003ffff"


def _letter(letter: str) -> str:
    """A letter as a pattern that finds its wide and its narrow form."""
    code = ord(letter)
    if 0x21 <= code <= 0x7E:
        return f"[{re.escape(letter)}{chr(code + _WIDE)}]"
    if 0xFF01 <= code <= 0xFF5E:
        return f"[{letter}{re.escape(chr(code - _WIDE))}]"
    return re.escape(letter)
