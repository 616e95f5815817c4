"""What is searched for, as a frozen value. Pure; `query.py` makes one of what a person typed."""

from dataclasses import dataclass

from foundation.text import expression
from foundation.text.bands import Range, cover


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is asked for; `text` is folded. As a phrase it must stand there in one piece."""

    text: str
    phrase: bool = False
    without: bool = False
    name: str = ""  # only in the text of this name

    @property
    def checked(self) -> bool:
        """Whether texts have to be looked at, because their tokens do not settle it."""
        return (self.phrase or self.without) and len(expression.word(self.text)) > 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """All words, one facet of each group, none that is left out, a value in the range, one of the kinds."""

    words: tuple[Word, ...] = ()
    facets: tuple[tuple[str, ...], ...] = ()
    value: Range | None = None
    kinds: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def checked(self) -> tuple[Word, ...]:
        """The words for which texts have to be looked at."""
        return tuple(word for word in self.words if word.checked)

    @property
    def value_cut(self) -> bool:
        """Whether values have to be looked at, because the range ends within a band."""
        return self.value is not None and bool(cover(self.value).cut)
