"""The text of a circular or an announcement: paragraphs and headings, told line by line. Pure; no markup, so safe.

A heading is a short line that is numbered as official documents are: 一、 for the first level, （一） for the second.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_HEADING = 40

_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、\S")
_SECOND = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]\S")
_SENTENCE_ENDS = ("。", "；", ";", "，", ",", "：", ":", "！", "？")


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a text; `level` 1 or 2 for headings, 0 for paragraphs."""

    text: str
    level: int = 0


def blocks(text: str) -> Sequence[Block]:
    """The lines that hold anything, in their order."""
    lines = (line.strip(" \t\u3000") for line in text.split("\n"))
    return [Block(line, _level(line)) for line in lines if line]


def _level(line: str) -> int:
    if len(line) > LONGEST_HEADING or line.endswith(_SENTENCE_ENDS):
        return 0
    if _FIRST.match(line):
        return 1
    return 2 if _SECOND.match(line) else 0
