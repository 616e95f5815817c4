"""The fields of a search over proposals and innovations, in both languages, and the other way round: from a facet to
what is typed for it. Takes words in; knows no table and no reader.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from foundation.base.problem import N_
from foundation.people.organisation_words import INDUSTRIES
from foundation.text.query import Field, Kind, quoted
from innovations.innovation_documents import AWARDED, PUBLIC
from innovations.proposal_index import ADOPTED
from innovations.rules.innovation_kinds import KINDS as INNOVATION_KINDS
from innovations.rules.proposals import KINDS as PROPOSAL_KINDS

CHINESE = "zh"
FIRST_YEAR, LAST_YEAR = 1980, 2099
NAMES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "unit": (("单位",), ("unit",)),
    "year": (("年", "年份", "年度"), ("year",)),
    "person": (("人", "完成人", "提出人"), ("person",)),
    "benefit": (("效益", "核定效益"), ("benefit",)),
    "kind": (("类型", "类别"), ("kind",)),
    "industry": (("行业",), ("industry",)),
    "state": (("状态",), ("state",)),
}
STATES: Mapping[str, tuple[str, ...]] = {  # English, and what else may be typed
    ADOPTED: (N_("adopted"), "采纳"),
    AWARDED: (N_("awarded"), "获奖"),
    PUBLIC: (N_("published"), "公开"),
}

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """The language of the page, and how an English word of the sources is said in Chinese."""

    language: str
    chinese: Say

    def named(self, code: str) -> tuple[str, ...]:
        """All names of a field, those of the page's language first."""
        chinese, english = NAMES[code]
        return (*chinese, *english) if self.language == CHINESE else (*english, *chinese)

    def both(self, english: str) -> tuple[str, str]:
        """A word as the page says it, and as the other language does."""
        chinese = self.chinese(english)
        return (chinese, english) if self.language == CHINESE else (english, chinese)


def fields(words: Words, *, inside: bool) -> tuple[Field, ...]:
    """What may stand before a colon; `inside` the unions proposals and states are asked for as well."""
    kinds: dict[str, list[str]] = {}  # two kinds may be called alike
    for facet, name in kind_names(inside=inside).items():
        for one in words.both(name):
            kinds.setdefault(one, []).append(facet)
    offered = tuple(dict.fromkeys(words.both(name)[0] for name in kind_names(inside=inside).values()))
    found = [
        Field("unit", words.named("unit"), Kind.ASKED),
        Field("y", words.named("year"), Kind.YEAR, years=(FIRST_YEAR, LAST_YEAR)),
        Field("person", words.named("person"), Kind.TEXT),
        Field("benefit", words.named("benefit"), Kind.AMOUNT, scale=100),
        Field("kind", words.named("kind"), Kind.CHOICE, {name: tuple(some) for name, some in kinds.items()}, offered),
        Field("industry", words.named("industry"), Kind.CHOICE, _industries(), tuple(INDUSTRIES)),
    ]
    if inside:
        states = {name: (facet,) for facet, said in STATES.items() for name in (*words.both(said[0]), *said[1:])}
        offered = tuple(words.both(said[0])[0] for said in STATES.values())
        found.append(Field("state", words.named("state"), Kind.CHOICE, states, offered))
    return tuple(found)


def kind_names(*, inside: bool) -> dict[str, str]:
    """English name of each kind by its facet."""
    found = {f"k-{code}": kind.name for code, kind in INNOVATION_KINDS.items()}
    return found | ({f"c-{code}": name for code, name in PROPOSAL_KINDS.items()} if inside else {})


def typed(words: Words, code: str, value: str) -> str:
    """A field and its value as they are typed."""
    return f"{words.named(code)[0]}:{quoted(value)}"


@dataclass(frozen=True, slots=True)
class Told:
    """A facet in words: of which group it is, what it is called, and what is typed for it."""

    group: str
    label: str
    typed: str


def told(words: Words, facet: str) -> Told | None:
    """What stands on the page for a year, kind, branch or state; None for any other facet."""
    if facet[0] == "y" and facet[1:].isdecimal():
        return Told("year", facet[1:], typed(words, "year", facet[1:]))
    if facet in STATES:
        label = words.both(STATES[facet][0])[0]
        return Told("state", label, typed(words, "state", label))
    name = kind_names(inside=True).get(facet)
    if name is not None:
        label = words.both(name)[0]
        return Told("kind", label, typed(words, "kind", label))
    letter = facet[2:].upper()
    if facet.startswith("f-") and letter in INDUSTRIES:
        return Told("industry", INDUSTRIES[letter].said(words.language), typed(words, "industry", letter))
    return None


def _industries() -> dict[str, tuple[str, ...]]:
    return {
        name: (f"f-{letter.lower()}",)
        for letter, words in INDUSTRIES.items()
        for name in (letter, words.chinese, words.english, *words.also)
    }  # fmt: skip


GROUPS: Sequence[str] = ("year", "kind", "industry", "state", "city", "unit")
STARTS: Sequence[str] = ("y", "k-", "c-", "f-", *STATES, "u", "own")
"""Beginnings of the facets that are counted."""

_EXAMPLES: Sequence[tuple[str, str, str]] = (
    (N_("These words, wherever they stand"), "", "分水 料水"),
    (N_("A phrase, in one piece"), "", '"料水浓度"'),
    (N_("One word without the other"), "", "分水 -试行"),
    (N_("Somebody's name"), "person", "冯砚秋"),
    (N_("A unit, by its name or a piece of it; a union stands for all units below it"), "unit", "云窑"),
    (N_("A year, or from one year to another"), "year", "2023..2025"),
    (N_("Verified benefit in yuan"), "benefit", ">10万"),
    (N_("A kind"), "kind", "k-small_invention"),
    (N_("A branch of industry, by its name or letter"), "industry", "C"),
    (N_("Where it stands now"), "state", AWARDED),
)


def examples(words: Words, *, inside: bool) -> list[tuple[str, str]]:
    """Queries to learn from: what each finds, as an English sentence, and how it is typed."""
    found = []
    for said, code, value in _EXAMPLES:
        facet = told(words, value) if code in {"kind", "state"} else None
        if code != "state" or inside:
            found.append((said, facet.typed if facet else typed(words, code, value) if code else value))
    return found
