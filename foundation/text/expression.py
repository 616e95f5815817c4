"""What the index is asked: groups of tokens of which each has to be met, and sets of which none may be.

Pure. A frozen value, written as FTS5 reads it or as PostgreSQL's tsquery; tokens of words, of named texts
(`p;冯砚`), and facets, which begin with a colon so that no word is ever taken for one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from foundation.text import tokens

FACET = re.compile(r"[a-z][a-z0-9_-]{0,39}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,15}")
ALL = ":all."  # every document has it


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the index; with `begins`, every token that begins so."""

    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """`every` group needs one of its tokens; whatever has all tokens of a set in `none` is left out."""

    every: tuple[tuple[Token, ...], ...] = ()
    none: tuple[tuple[Token, ...], ...] = ()

    @property
    def impossible(self) -> bool:
        """Whether nothing can be found: one of nothing is asked for."""
        return any(not group for group in self.every)

    def also(self, *groups: Iterable[Token]) -> "Expression":
        return replace(self, every=(*self.every, *(tuple(group) for group in groups)))

    def but(self, *sets: Iterable[Token]) -> "Expression":
        return replace(self, none=(*self.none, *(tuple(each) for each in sets)))

    def fts5(self) -> str:
        """As the right side of MATCH."""
        return self._written(_fts5, " AND ", " OR ", " NOT ")

    def tsquery(self) -> str:
        """As text that is cast to tsquery."""
        return self._written(_tsquery, " & ", " | ", " & !")

    def _written(self, write, land: str, lor: str, lnot: str) -> str:  # type: ignore[no-untyped-def]
        if self.impossible:
            raise ValueError("An expression that finds nothing is not asked.")
        groups = [group for group in dict.fromkeys(self.every) if group != _ALL] or [_ALL]
        positive = land.join(_one_of([write(token) for token in group], lor) for group in groups)
        if not self.none:
            return positive
        sets = [f"({land.join(write(token) for token in each)})" for each in dict.fromkeys(self.none)]
        return f"({positive}){lnot}({lor.join(sets)})"


_ALL = (Token(ALL),)


def _one_of(written: list[str], lor: str) -> str:
    return written[0] if len(written) == 1 else f"({lor.join(written)})"


def _fts5(token: Token) -> str:
    return f'"{token.text}"' + (" *" if token.begins else "")


def _tsquery(token: Token) -> str:
    return f"'{token.text}'" + (":*" if token.begins else "")


def facet(text: str) -> Token:
    """The token of a facet that a caller gives. Raises ValueError for anything but `[a-z][a-z0-9_-]*`."""
    if not FACET.fullmatch(text):
        raise ValueError(f"No facet: {text!r}")
    return Token(f":{text}")


def own(text: str) -> Token:
    """The token of a facet of ours; ours have a full stop, which callers' cannot have."""
    return Token(f":{text}")


def word(kept: str, name: str = "") -> tuple[Token, ...]:
    """The tokens that all stand in a text which has this folded one in it; in the text of that name, if given."""
    found: dict[Token, None] = {}
    start = f"{name};" if name else ""
    for run in kept.split():
        if not tokens.is_paired(run):
            found[Token(start + run)] = None
        elif len(run) == 1:
            found[Token(start + run, begins=True)] = None
        else:
            found.update((Token(start + pair), None) for pair in tokens.pairs(run))
    return tuple(found)
