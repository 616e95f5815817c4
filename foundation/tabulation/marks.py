"""One mark: what a judge's row may hold for an aspect, read from text and shown as text.

Knows one row at a time. What rows mean together is `checks.py` (are they allowed) and `aspects.py` (what they count).
"""

from enum import Enum
from typing import Final, NamedTuple

from foundation.base.problem import Problem
from foundation.tabulation.decimals import MARK_PLACES, read_decimal, show_decimal
from foundation.tabulation.scheme_model import HIGHEST_LEVEL, THOUSAND, Aspect
from foundation.tabulation.texts import normal, shown


class Word(Enum):
    """The two words that stand in place of a mark.

    `absent` (未评、回避): this judge gives none and the panel shrinks; it is never zero.
    `void` (否决项): the whole module counts 0 for this entry.
    """

    ABSENT = "absent"
    VOID = "void"


ABSENT: Final = Word.ABSENT
VOID: Final = Word.VOID
WORDS: Final = {word.value: word for word in Word}

Value = int | str | Word
"""Thousandths (a level too: level 2 is 2000), a grade's key, or a word."""


class Mark(NamedTuple):
    """One row: a judge's value for one aspect of one entry. A named tuple, for a contest has hundreds of thousands."""

    entry: str
    aspect: str
    judge: str
    value: Value


def read_value(aspect: Aspect, text: str) -> Value | Problem:
    """The value that `text` holds for this aspect, or the problem with it (its `field` is left empty).

    Full-width digits are read as ordinary ones; a blank text is a problem here: callers leave out blank rows first.
    """
    cell = normal(text)
    word = WORDS.get(cell)
    if word is not None:
        return word
    if aspect.kind == "grade":
        keys = [key for key, _ in aspect.table]
        return cell if cell in keys else _refuse("mark_grade", aspect, text, keys=shown(", ".join(keys), 200))
    value = read_decimal(text, MARK_PLACES)
    if aspect.kind == "judgement":
        level = value is not None and "." not in cell and 0 <= value <= HIGHEST_LEVEL * THOUSAND
        return value if level and value is not None else _refuse("mark_level", aspect, text)
    highest = aspect.max if aspect.max is not None else 0
    limits = {"min": show_decimal(aspect.min, MARK_PLACES), "max": show_decimal(highest, MARK_PLACES)}
    within = value is not None and aspect.min <= value <= highest
    if aspect.step is not None:
        if value is not None and within and (value - aspect.min) % aspect.step == 0:
            return value
        return _refuse("mark_step", aspect, text, step=show_decimal(aspect.step, MARK_PLACES), **limits)
    return value if value is not None and within else _refuse("mark_range", aspect, text, **limits)


def _refuse(code: str, aspect: Aspect, text: str, **params: str) -> Problem:
    return Problem(code, "", {"aspect": shown(aspect.code), "mark": shown(normal(text)), **params})


def show_value(_aspect: Aspect, value: Value) -> str:
    """The value as the aspect's marking sheet shows it: today every kind shows what a file holds."""
    return written(value)


def written(value: Value) -> str:
    """The value as it stands in a file: `8.5`, a level as `2`, a grade's key, `absent` or `void`."""
    if isinstance(value, Word):
        return value.value
    return value if isinstance(value, str) else show_decimal(value, MARK_PLACES)
