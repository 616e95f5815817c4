"""The one box in which everyone checks what was issued: certificates, and whatever else registers a source.

Knows what is shown and who is asked; knows no page. A source finds something by what was typed, or does not.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from foundation.base.problem import N_


class Standing(StrEnum):
    """What a check says."""

    VALID = "valid"
    CORRECTED = "corrected"
    REPLACED = "replaced"
    REVOKED = "revoked"
    GIVEN_BACK = "given_back"


@dataclass(frozen=True, slots=True)
class Found:
    """What everyone is shown. `title`, the names of `lines`, and what is said of one that `stands` or has `ended` are
    N_() sentences; `reason` is public; `address` is its own page, where it has one, which nobody may find by counting;
    `more` is a page that says more, and that everyone is led to."""

    title: str
    standing: Standing
    number: str
    lines: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    address: str = ""
    more: str = ""
    stands: str = N_("This was issued here and stands. Compare each line with the paper.")
    ended: str = N_("Whoever shows this paper cannot rely on it any more.")


Find = Callable[[str], Awaitable[Found | None]]


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can be checked: `what` (an N_() sentence part) is named beside the box; `find` is asked with what
    was typed, at most 200 characters of it."""

    code: str
    what: str
    find: Find


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Have the box ask this source too, after those before it. Raises ValueError for a second one of its code."""
    if _sources.setdefault(source.code, source) is not source:
        raise ValueError(f"There is another source called {source.code!r}.")
    return source


def sources() -> tuple[Source, ...]:
    """All that are asked, in their order."""
    return tuple(_sources.values())


async def find(typed: str) -> Found | None:
    """The first that a source finds by what was typed; None for nothing."""
    wanted = typed.strip()[:200]
    if not wanted:
        return None
    for source in sources():
        found = await source.find(wanted)
        if found is not None:
            return found
    return None


STANDING_WORDS = {
    Standing.VALID: N_("Valid"),
    Standing.CORRECTED: N_("Not valid any more: corrected"),
    Standing.REPLACED: N_("Not valid any more: replaced"),
    Standing.REVOKED: N_("Revoked"),
    Standing.GIVEN_BACK: N_("Given back by its holder"),
}
