"""The small language of the search box: `单位:云窑 年:2023..2025 效益:>100万 分水 "料水浓度" -试行`.

Pure. Words are all wanted, quoted ones in one piece, those behind a minus not at all. A field is one of the names that
the calling domain declares, in Chinese or English, and a colon of either width. What cannot be understood is a
Problem, all of them at once; the rest of the query is read all the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from foundation.base.problem import Problem
from foundation.text import ranges, tokens
from foundation.text.bands import Range
from foundation.text.wanted import Wanted, Word

LONGEST = 200  # characters
MOST = 12  # words and fields

_ITEM = re.compile(
    r"(?P<minus>[-－])?(?:(?P<name>[^\s:：\"“”「」]+)[:：])?"
    r"(?:\"(?P<straight>[^\"]*)\"?|“(?P<curly>[^”]*)”?|「(?P<corner>[^」]*)」?|(?P<bare>[^\s\"“「]+))"
)
_BREAKS = re.compile(r"[\s\"“”「」]")


class Kind(Enum):
    """How the value of a field is read."""

    TEXT = "words of a named text"
    CHOICE = "one of the choices, or several with commas between"
    YEAR = "a year or a range of them"
    AMOUNT = "a number or a range, 万 and 亿 allowed"
    ASKED = "text that the domain looks up by itself"


@dataclass(frozen=True, slots=True)
class Field:
    """A field as a domain declares it; the first name is the one that is shown in sentences.

    `code` is the name of the text, or the beginning of a year's facet (`y`). `choices` are the facets of each word
    that may stand there, `offered` those of them that a sentence names (none: all). `scale` is how many of the value's
    units one is: 100 where yuan are typed and fen indexed.
    """

    code: str
    names: tuple[str, ...]
    kind: Kind
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    scale: int = 1
    years: tuple[int, int] = (1950, 2099)


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands behind a field that the domain looks up: it adds the facets of what it finds there."""

    code: str
    text: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, as far as it was understood. With problems nothing should be searched."""

    wanted: Wanted
    asked: tuple[Asked, ...] = ()
    problems: tuple[Problem, ...] = ()


def parse(text: str, fields: Sequence[Field], place: str = "q") -> Query:
    """Read a query; problems name the form field `place`."""
    reader = _Reader(fields, place)
    if len(text) > LONGEST:
        reader.wrong("query_long", most=str(LONGEST))
    items = list(_ITEM.finditer(unicodedata.normalize("NFC", text[:LONGEST])))
    if len(items) > MOST:
        reader.wrong("query_many", most=str(MOST))
    for item in items[:MOST]:
        reader.read(item)
    return reader.query()


def rewritten(text: str, fields: Sequence[Field], of: Callable[[Query], bool], by: str = "") -> str:
    """The text with those of its words and fields replaced for which `of` says so, each asked about by itself."""

    def change(item: re.Match[str]) -> str:
        return by if of(parse(item[0], fields)) else item[0]

    return " ".join(_ITEM.sub(change, unicodedata.normalize("NFC", text[:LONGEST])).split())


def quoted(value: str) -> str:
    """A value as it stands behind a colon, in quotation marks where it needs them."""
    return '"{}"'.format(value.replace('"', " ")) if _BREAKS.search(value) else value


class _Reader:
    """Collects what the items of one query ask for."""

    def __init__(self, fields: Sequence[Field], place: str) -> None:
        self.fields = {tokens.folded(name): one for one in fields for name in one.names}
        self.shown = "、".join(one.names[0] for one in fields)
        self.place = place
        self.words: list[Word] = []
        self.facets: list[tuple[str, ...]] = []
        self.left_out: list[str] = []
        self.value: Range | None = None
        self.asked: list[Asked] = []
        self.problems: list[Problem] = []

    def wrong(self, code: str, **params: str) -> None:
        problem = Problem(code, self.place, params)
        if problem not in self.problems:
            self.problems.append(problem)

    def query(self) -> Query:
        wanted = Wanted(tuple(self.words), tuple(self.facets), self.value, left_out=tuple(self.left_out))
        return Query(wanted, tuple(self.asked), tuple(self.problems))

    def read(self, item: re.Match[str]) -> None:
        quoted = next((item[name] for name in ("straight", "curly", "corner") if item[name] is not None), None)
        value, without, name = quoted if quoted is not None else item["bare"], bool(item["minus"]), item["name"]
        if name is None:
            self.read_word(value, quoted is not None, without)
        elif (one := self.fields.get(tokens.folded(name))) is not None:
            self.read_field(one, value, quoted is not None, without)
        elif name.isalpha():
            self.wrong("query_field_unknown", name=name, fields=self.shown)
        else:  # a time, a ratio: no field's name has digits
            self.read_word(f"{name}:{value}", quoted is not None, without)

    def read_word(self, value: str, quoted: bool, without: bool) -> None:
        if value[-1:] in (":", "：") and tokens.folded(value) in self.fields:
            self.wrong("query_value_missing", name=value[:-1])
        elif kept := tokens.folded(value):
            self.words.append(Word(kept, phrase=quoted, without=without))

    def read_field(self, one: Field, value: str, quoted: bool, without: bool) -> None:
        if not tokens.folded(value):
            self.wrong("query_value_missing", name=one.names[0])
        elif one.kind is Kind.TEXT:
            self.words.append(Word(tokens.folded(value), phrase=quoted, without=without, name=one.code))
        elif one.kind is Kind.ASKED:
            self.asked.append(Asked(one.code, value.strip(), without))
        elif one.kind is Kind.CHOICE:
            self.narrow(tuple(self.chosen(one, value)), without)
        elif one.kind is Kind.YEAR:
            self.narrow(self.years(one, value), without)
        elif without:
            self.wrong("query_minus_range", name=one.names[0])
        else:
            self.amount(one, value)

    def narrow(self, facets: tuple[str, ...], without: bool) -> None:
        if facets and without:
            self.left_out += facets
        elif facets:
            self.facets.append(facets)

    def chosen(self, one: Field, value: str) -> Iterator[str]:
        known = {tokens.folded(name): facets for name, facets in one.choices.items()}
        whole = tokens.folded(value) in known  # a name of one choice may have commas in it
        for part in [value] if whole else re.split(r"[,，、]", value):
            facets = known.get(tokens.folded(part))
            if facets is None and tokens.folded(part):
                choices = "、".join(one.offered or one.choices)
                self.wrong("query_choice_unknown", name=one.names[0], value=part.strip(), choices=choices)
            yield from facets or ()

    def years(self, one: Field, value: str) -> tuple[str, ...]:
        found = self.range(one, re.sub(r"(?<=\d)年", "", value), 1)
        if found is None:
            return ()
        first, last = one.years
        low, high = max(found.low or first, first), min(last if found.high is None else found.high, last)
        if low > high:
            self.wrong("query_year", name=one.names[0], first=str(first), last=str(last))
        return tuple(f"{one.code}{year}" for year in range(low, high + 1))

    def amount(self, one: Field, value: str) -> None:
        found = self.range(one, value, one.scale)
        if found is not None:
            before = self.value or Range()
            highs = [high for high in (found.high, before.high) if high is not None]
            self.value = Range(max(found.low or 0, before.low or 0), min(highs, default=None))

    def range(self, one: Field, value: str, scale: int) -> Range | None:
        found = ranges.read(value, scale)
        if found is None:
            code = "query_year_bad" if one.kind is Kind.YEAR else "query_amount_bad"
            self.wrong(code, name=one.names[0], value=value)
        elif found.high is not None and (found.low or 0) > found.high:
            self.wrong("query_range_reversed", name=one.names[0], value=value)
            return None
        return found
