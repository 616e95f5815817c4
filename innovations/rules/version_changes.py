"""What changed from one version of an innovation to the next, side by side. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

How: TypeAlias = Literal["same", "gone", "new"]

PIECES = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)  # one Chinese character, one word or figure, one run of blanks
LONGEST = 6000  # characters of both texts together that are compared piece by piece; longer ones line by line


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, and whether it stayed, went or came."""

    how: How
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: its code, and the text before and after as runs."""

    field: str
    before: tuple[Run, ...]
    after: tuple[Run, ...]


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """Every field that differs, in the order of the newer version, then what is there no more."""
    fields = [*after, *(field for field in before if field not in after)]
    return [
        Change(field, *compared(before.get(field, ""), after.get(field, "")))
        for field in fields
        if before.get(field, "") != after.get(field, "")
    ]


def compared(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts as runs; what is the same in both is marked as such in both."""
    old, new = _pieces(before, after)
    left: list[Run] = []
    right: list[Run] = []
    for _, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if gone == come:
            left.append(Run("same", gone))
            right.append(Run("same", come))
            continue
        left += [Run("gone", gone)] if gone else []
        right += [Run("new", come)] if come else []
    return tuple(left), tuple(right)


def _pieces(before: str, after: str) -> tuple[list[str], list[str]]:
    if len(before) + len(after) > LONGEST:
        return before.splitlines(keepends=True), after.splitlines(keepends=True)
    return PIECES.findall(before), PIECES.findall(after)
