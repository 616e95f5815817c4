"""Copies: something small that every page shows, kept in memory and read again when its generation moves.

Knows one name of a generation and how to load what belongs to it; knows nothing of what that is.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

from foundation.store import engines
from foundation.store.generations import known, read
from foundation.store.transactions import mine, snapshot

if TYPE_CHECKING:
    from foundation.store.engines import Engine

T = TypeVar("T")


class Copy(Generic[T]):
    """`await copy.now()`: what stands in the database, mostly without asking it.

    Inside a snapshot it is what stands in that snapshot. While nobody is `watching` (a command, a test without the
    application) its generation is asked for each time. Whoever watches lists `name`.
    """

    def __init__(self, name: str, load: Callable[[], Awaitable[T]]) -> None:
        self.name = name
        self._load = load
        self._kept: WeakKeyDictionary[Engine, tuple[int, T]] = WeakKeyDictionary()

    async def now(self) -> T:
        engine = engines.current()
        held = mine(engine)
        if held is not None:
            return await self._read(engine, keep=held.read_only)  # a writer may see what is never committed
        knows, kept = known(engine), self._kept.get(engine)
        if kept is not None and knows.holds() and knows.values.get(self.name) == kept[0]:
            return kept[1]
        async with snapshot():
            return await self._read(engine, keep=True)

    async def _read(self, engine: "Engine", *, keep: bool) -> T:
        value = (await read([self.name]))[self.name]
        kept = self._kept.get(engine)
        if keep and kept is not None and kept[0] == value:
            return kept[1]
        found = await self._load()
        if keep and (kept is None or kept[0] < value):
            self._kept[engine] = (value, found)
            known(engine).learn({self.name: value})
        return found
