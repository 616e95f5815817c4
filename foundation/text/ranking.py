"""Which of a few hits fits best: how often and how early the words stand there, and how short the text is.

Pure; takes rows with folded texts. Every hit has every word, so rare words need no weight of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foundation.text.documents import Kept, kept_of
from foundation.text.wanted import Word

_OFTEN = 4  # standing there more often than this says no more
_EARLY = 24  # characters: about a title


def ranked(words: Sequence[Word], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """The ids of the rows, best first; of equals the newest first."""
    return sorted((row["id"] for row in rows), reverse=True) if not words else _by_score(words, rows)


def _by_score(words: Sequence[Word], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    scored = [(score(words, kept_of(row)), row["id"]) for row in rows]
    return [one for _, one in sorted(scored, reverse=True)]


def score(words: Sequence[Word], kept: Kept) -> float:
    """Of one hit: a word that stands there in one piece counts most, at the beginning twice, again a little."""
    total = 0.0
    for word in words:
        text = kept.named.get(word.name, "") if word.name else kept.words
        place = text.find(word.text)
        if place >= 0:
            total += (2.0 if place < _EARLY else 1.0) + 0.2 * min(text.count(word.text), _OFTEN)
    return total + 20 / (20 + len(kept.words))
