"""What of a text is shown as found: the text in parts, marked and plain, and a piece of a long one around the marks.

Pure. Marks are looked for in the text as it was written: width, capitals and punctuation between runs do not matter.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.text import expression, tokens
from foundation.text.wanted import Word

AROUND = 24  # characters before the first mark of an excerpt


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    marked: bool


def of_words(text: str, words: Iterable[Word]) -> list[str]:
    """What is marked for these words: each in one piece where it stands so, else its pairs."""
    kept, found = tokens.folded(text), []
    for word in words:
        if word.without:
            continue
        whole = tokens.holds(kept, word.text)
        found += [word.text] if whole else [token.text for token in expression.word(word.text)]
    return found


def parts(text: str, terms: Iterable[str]) -> list[Part]:
    """The whole text in parts, every place of a folded term marked; terms that overlap or touch are one mark."""
    marked = [False] * len(text)
    plain, origins = _spread(text)
    for term in dict.fromkeys(term for term in terms if term.strip()):
        for place in re.finditer(_pattern(term), plain):
            for at in range(origins[place.start()], origins[place.end() - 1] + 1):
                marked[at] = True
    return _joined(text, marked)


def excerpt(shown: Sequence[Part], most: int) -> list[Part]:
    """At most about `most` characters, from a little before the first mark; `…` where something was left out."""
    whole = "".join(part.text for part in shown)
    if len(whole) <= most:
        return list(shown)
    marked = [part.marked for part in shown for _ in part.text]
    first = marked.index(True) if True in marked else 0
    start = min(max(first - AROUND, 0), len(whole) - most)
    end = start + most
    found = _joined(whole[start:end], marked[start:end])
    return [
        *([Part("…", marked=False)] if start else []),
        *found,
        *([Part("…", marked=False)] if end < len(whole) else []),
    ]


def _spread(text: str) -> tuple[str, list[int]]:
    """The text folded character by character, and for each of the result where it came from."""
    plain, origins = [], []
    for at, character in enumerate(text):
        for one in unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold()):
            plain.append(one if one.isalnum() or tokens.is_paired(one) else " ")
            origins.append(at)
    return "".join(plain), origins


def _pattern(term: str) -> str:
    """Runs with anything between them that is neither letter nor digit; words and numbers only whole."""
    return r"\s*".join(_run(run) for run in term.split())


def _run(run: str) -> str:
    if tokens.is_paired(run):
        return re.escape(run)
    of = r"\d" if run.isdecimal() else rf"[^\W\d_{tokens.PAIRED}]"
    return rf"(?<!{of}){re.escape(run)}(?!{of})"


def _joined(text: str, marked: Sequence[bool]) -> list[Part]:
    found: list[Part] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marked[at] != marked[start]:
            found.append(Part(text[start:at], marked[start]))
            start = at
    return found
