"""Rows that have no document yet, because they are older than their kind: each domain says how its own are put.

Knows sources by name; knows no kind's meaning. A rebuild asks every source first, in short steps of the domain's own.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from foundation.store.bulk import breath


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents of a kind come from.

    `step(after)` puts those of the next rows above this id, in a transaction of its own, and answers the last id, None
    at the end. `missing()` says whether rows that should have documents have none.
    """

    kind: str
    step: Callable[[int], Awaitable[int | None]]
    missing: Callable[[], Awaitable[bool]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a source known; the same kind again replaces it."""
    _sources[source.kind] = source


async def missing() -> bool:
    """Whether any source has rows without documents."""
    for source in _sources.values():
        if await source.missing():
            return True
    return False


async def fill() -> AsyncIterator[None]:
    """Put what every source has; yields after each step."""
    for source in _sources.values():
        last = await source.step(0)
        while last is not None:
            yield
            await breath()
            last = await source.step(last)
