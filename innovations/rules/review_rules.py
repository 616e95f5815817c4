"""The rules of a review (评审) as one frozen value, its canonical text and hash. Pure.

Frozen and hashed before the first entry. The rubric is a scheme of `foundation.tabulation`, whose aspects all are
panels of `each` judges: every reviewer of an entry marks every line. `blind` keeps names, units and files from them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from foundation.base.problem import Problem
from foundation.tabulation.scheme import read_scheme

FORMAT = "ganpo-review/1"
MOST_REVIEWERS = 9
FIVE = 5  # reviewers, from whom on the highest and the lowest mark are dropped
LONGEST_NAME = 60


class Level(StrEnum):
    """Who reviews, from below."""

    ENTERPRISE = "enterprise"
    CITY = "city"
    PROVINCE = "province"


class Award(msgspec.Struct, frozen=True):
    """One award: its code and name, how many at most, and the title under which it is kept as an honour ("": none)."""

    code: str
    name: str
    most: int
    title: str = ""


class Places(msgspec.Struct, frozen=True):
    """A channel and its places (限额)."""

    organisation: int
    name: str
    places: int


class ReviewRules(msgspec.Struct, frozen=True):
    """How one review goes.

    `rubric` is the text of a scheme file. `same_city` makes a common city a conflict; `years_back` is how many years a
    reviewer's former employers count. `days` are working days: to mark, and of the notice (公示) at the end.
    """

    level: Level
    each: int
    rubric: str
    awards: tuple[Award, ...]
    places: tuple[Places, ...] = ()
    blind: bool = True
    same_city: bool = False
    years_back: int = 3
    mark_days: int = 10
    notice_days: int = 5
    sections: tuple[str, ...] = ()  # of the form, what reviewers read; (): all of them

    def canonical(self) -> str:
        """The text that is frozen and hashed."""
        value = {"format": FORMAT} | msgspec.to_builtins(self)
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def digest(self) -> str:
        """sha256 of it, hex."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def award_name(self, code: str) -> str:
        """What an award of this code is called; "" for none."""
        return next((one.name for one in self.awards if one.code == code), "")


def read_rules(text: str) -> ReviewRules:
    """The rules that `canonical` wrote. Raises ValueError for anything else."""
    value: dict[str, Any] = json.loads(text)
    if value.pop("format", "") != FORMAT:
        raise ValueError("these are no rules of a review")
    return msgspec.convert(value, ReviewRules)


def rules_problems(rules: ReviewRules) -> list[Problem]:
    """Everything that must be mended before the rules can be frozen."""
    problems = []
    if not 1 <= rules.each <= MOST_REVIEWERS:
        problems.append(Problem("review_each", "each", {"most": str(MOST_REVIEWERS)}))
    if not rules.awards:
        problems.append(Problem("review_awards_none", "awards"))
    problems += _award_problems(rules.awards)
    if not 1 <= rules.mark_days <= 60:
        problems.append(Problem("review_days", "mark_days"))
    if rules.notice_days < 5:
        problems.append(Problem("review_notice_days", "notice_days"))
    if rules.level is not Level.ENTERPRISE and not any(one.places > 0 for one in rules.places):
        problems.append(Problem("review_places_none", "places"))
    return problems + _rubric_problems(rules)


def _award_problems(awards: Sequence[Award]) -> list[Problem]:
    problems, codes, names = [], set[str](), set[str]()
    for place, one in enumerate(awards, 1):
        row = row_of(one, place)
        if not one.name or len(one.name) > LONGEST_NAME:
            problems.append(Problem("review_award", f"award-name-{row}", {"place": str(row)}))
        elif one.most < 1:
            problems.append(Problem("review_award", f"award-most-{row}", {"place": str(row)}))
        if one.code in codes or one.name in names:
            problems.append(Problem("review_award_twice", f"award-name-{row}", {"name": one.name}))
        codes.add(one.code)
        names.add(one.name)
    return problems


def row_of(award: Award, place: int) -> int:
    """In which row of the form an award stands: rows may have been left empty before it."""
    number = award.code.removeprefix("award")
    return int(number) if number != award.code and number.isdecimal() else place


def _rubric_problems(rules: ReviewRules) -> list[Problem]:
    scheme, problems = read_scheme(rules.rubric)
    if scheme is None:
        return [Problem("review_rubric", "rubric", {"count": str(len(problems))})]
    other = [one.name for one in scheme.aspects() if one.kind != "panel" or one.judges != rules.each]
    return [Problem("review_rubric_panel", "rubric", {"name": name, "each": str(rules.each)}) for name in other]


LINES: Sequence[tuple[str, str, str]] = (
    ("B", "经核定的经济效益", "40"),
    ("A", "先进性", "10"),
    ("N", "新颖性", "10"),
    ("D", "难度", "10"),
    ("S", "社会效益", "10"),
    ("M", "成熟程度", "10"),
    ("U", "推广应用", "10"),
)
"""The scoring sheet in use (seen, RULES.md): benefit proved by finance 40, 30, 20 or 15, six others 10, 8 or 5 each."""


def usual_rubric(each: int, title: str) -> str:
    """That sheet as a scheme file for `each` reviewers."""
    return rubric_of(LINES, each, title)


def rubric_of(lines: Sequence[tuple[str, str, str]], each: int, title: str) -> str:
    """Lines of (code, name, full marks) as a scheme file; of five and more reviewers the highest and the lowest mark
    are dropped. Equal totals are parted by the first line, then by the third where there is one."""
    dropped = 1 if each >= FIVE else 0
    aspects = [
        {
            "code": code, "name": name, "kind": "panel", "judges": each, "max": most, "step": "1", "combine": "mean",
            "drop_highest": dropped, "drop_lowest": dropped,
        }
        for code, name, most in lines
    ]  # fmt: skip
    ties = [{"by": "aspect", "code": lines[at][0]} for at in (0, 2) if at < len(lines)]
    scheme = {
        "format": "ganpo-scheme/1", "title": title, "digits": 2, "unmarked": "incomplete",
        "modules": [{"code": "R", "name": "评审", "weight": "1", "aspects": aspects}], "tie_break": ties,
    }  # fmt: skip
    return json.dumps(scheme, ensure_ascii=False)


def award_problems(awards: Sequence[Award], given: Mapping[str, str]) -> list[Problem]:
    """Awards that were given more often than the rules allow; `given` is the award's code by entry, or ""."""
    counts = {one.code: sum(code == one.code for code in given.values()) for one in awards}
    unknown = sorted({code for code in given.values() if code and code not in counts})
    problems = [Problem("review_award_unknown", "", {"code": code}) for code in unknown]
    return problems + [
        Problem("review_award_most", "", {"name": one.name, "most": str(one.most), "count": str(counts[one.code])})
        for one in awards
        if counts[one.code] > one.most
    ]
