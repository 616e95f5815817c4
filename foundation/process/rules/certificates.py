"""Certificates: what stands on one, how numbers are formed, and which step leads where. Pure.

A number is a series' pattern with the year and the next number in it: 赣匠证〔{年}〕{号} makes 赣匠证〔2026〕0017.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.base.problem import Problem
from foundation.process.rules.document_numbers import folded_number

YEAR, NUMBER = "{年}", "{号}"
MOST_DIGITS = 8
LONGEST = {"name": 60, "words": 400, "body": 100, "document": 64, "heading": 20}
_SERIES_CODE = re.compile(r"[a-z][a-z0-9-]{0,38}")


class Stage(StrEnum):
    """How a certificate stands. All but the first are final: a paper that was given out is never valid again."""

    VALID = "valid"
    CORRECTED = "corrected"  # its words were wrong: another with the right words took its place
    REPLACED = "replaced"  # lost or spoiled: another with the same words took its place
    REVOKED = "revoked"


STEPS: dict[tuple[str, Stage], Stage] = {
    ("correct", Stage.VALID): Stage.CORRECTED,
    ("replace", Stage.VALID): Stage.REPLACED,
    ("revoke", Stage.VALID): Stage.REVOKED,
}


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on a certificate beside its number: whose it is (`name` with what is said of them: 张三 同志),
    the words, who confers it, by which document, on which day."""

    name: str
    words: str
    body: str
    issued_on: date
    document: str = ""
    heading: str = "荣誉证书"


def after(step: str, stage: Stage) -> Stage | Problem:
    """Where a step leads, or why not."""
    return STEPS.get((step, stage)) or Problem(f"certificate_at_{stage}")


def words_problems(words: Words) -> list[Problem]:
    """What is missing or too long."""
    needed = ("name", "words", "body", "heading")
    problems = [Problem("certificate_empty", name) for name in needed if not getattr(words, name).strip()]
    problems += [
        Problem("certificate_long", name, {"most": str(most)})
        for name, most in LONGEST.items()
        if len(getattr(words, name)) > most
    ]
    return problems


def reason_problems(reason: str, field: str = "reason") -> list[Problem]:
    """A public reason is always said."""
    if not reason.strip():
        return [Problem("certificate_reason_empty", field)]
    return [Problem("certificate_long", field, {"most": "500"})] if len(reason) > 500 else []


def series_problems(code: str, name: str, pattern: str, digits: int) -> list[Problem]:
    """What is wrong with a series of numbers."""
    problems = []
    if not _SERIES_CODE.fullmatch(code):
        problems.append(Problem("series_code", "code"))
    if not name.strip() or len(name) > 100:
        problems.append(Problem("series_name", "name"))
    rest = pattern.replace(YEAR, "", 1).replace(NUMBER, "", 1)
    if pattern.count(NUMBER) != 1 or pattern.count(YEAR) > 1 or len(pattern) > 48 or set("{}\n") & set(rest):
        problems.append(Problem("series_pattern", "pattern"))
    elif not rest.strip():
        problems.append(Problem("series_sign", "pattern"))
    if not 1 <= digits <= MOST_DIGITS:
        problems.append(Problem("series_digits", "digits", {"most": str(MOST_DIGITS)}))
    return problems


def counts_from(pattern: str, year: int) -> int:
    """The year in which a series counts: 0 where the numbers of all years are one row."""
    return year if YEAR in pattern else 0


def formed(pattern: str, year: int, number: int, digits: int) -> str:
    """The number as it is printed."""
    return pattern.replace(YEAR, str(year)).replace(NUMBER, f"{number:0{digits}}")


def number_key(typed: str) -> str:
    """One way to write a number, whatever brackets, spaces and full-width digits were typed."""
    return folded_number(typed[:200]).casefold()
