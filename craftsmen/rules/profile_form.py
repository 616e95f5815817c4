"""What somebody writes for a craftsman's page: read from a form, or one problem for each field. Pure.

Works are lines, a year and what it was: "2019 青花分水料水浓度比对色卡". No ID number and no telephone belongs on
a page: texts that hold one are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from craftsmen.rules.showing import Work
from foundation.base.problem import Problem

LONGEST = {"headline": 60, "story": 4000, "trick": 60, "works": 4000}
MOST_WORKS = 30
STEPS = 3
_WORK = re.compile(r"((?:19|20)\d\d)\s*年?[\s、,，]*(\S.*)")
_PRIVATE = re.compile(r"(?<!\d)(?:\d[\s-]?){17}[\dXx](?!\d)|(?<!\d)1[3-9](?:[\s-]?\d){9}(?!\d)")

FIELDS = ("headline", "story", "works", "trick")


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """The texts of a page."""

    headline: str
    story: str
    works: tuple[Work, ...]
    trick: str  # its title; empty: no trick


def read_profile(values: Mapping[str, str]) -> tuple[ProfileDraft | None, list[Problem]]:
    """The draft, or everything that is wrong with it."""
    texts = {name: values.get(name, "").strip() for name in FIELDS}
    problems = [
        Problem("profile_long", name, {"most": str(LONGEST[name])})
        for name, text in texts.items()
        if len(text) > LONGEST[name]
    ]
    problems += [Problem("profile_private", name) for name, text in texts.items() if holds_numbers(text)]
    works, wrong = _works(texts["works"])
    problems += wrong
    if problems:
        return None, problems
    return ProfileDraft(texts["headline"], texts["story"], works, texts["trick"]), []


def holds_numbers(text: str) -> bool:
    """Whether a text holds what looks like an ID number or a mobile telephone, full-width digits included."""
    folded = text.translate({ord("０") + digit: str(digit) for digit in range(10)})
    return _PRIVATE.search(folded) is not None


def _works(text: str) -> tuple[tuple[Work, ...], list[Problem]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_WORKS:
        return (), [Problem("profile_works_many", "works", {"most": str(MOST_WORKS)})]
    works, problems = [], []
    for number, line in enumerate(lines, 1):
        found = _WORK.fullmatch(line)
        if found is None:
            problems.append(Problem("profile_work_year", "works", {"line": str(number)}))
        else:
            works.append(Work(found[1], found[2].strip()))
    return tuple(works), problems


def works_lines(works: tuple[Work, ...]) -> str:
    """Works as the form shows them."""
    return "\n".join(f"{work.year} {work.text}" for work in works)
