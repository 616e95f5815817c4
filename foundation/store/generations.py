"""Generations: a number for each public thing, one higher with every change of it, saved with the change itself.

The only writer of `generation`. What is made of a thing (a page, a copy in memory) is kept under the number read in
the same snapshot, and is stale as soon as the number is another. Knows names; knows nothing of what they stand for.
A process learns of its own changes at COMMIT and of everybody else's by `watching`: twice a second, and at once where
the bell is heard (`bell`), which only wakes.
"""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote
from weakref import WeakKeyDictionary

import structlog
from piccolo.querystring import QueryString

from foundation.store import bell, engines
from foundation.store.transactions import Transaction, TransactionError, mine

if TYPE_CHECKING:
    from foundation.store.engines import Engine

LONGEST = 120  # characters of a name
EVERY = 0.5  # seconds between two looks at what other processes changed
AT_MOST = 0.02  # seconds at least between two looks, however often the bell rings
TRUSTED = 10.0  # seconds for which the last look is relied on where the database does not answer
_FIRST = 5  # its turn before COMMIT: after the rows of the domain, before the heads of the ledger
_AT_ONCE = 500  # names in one statement

log = structlog.get_logger()


def bump(*names: str) -> None:
    """Count a change of these things in the open transaction; it is written just before its COMMIT.

    A plain call, like `ledger.record`: nothing to await. Raises `TransactionError` outside a transaction.
    """
    held = mine(engines.current())
    if held is None or held.read_only:
        raise TransactionError("Generations are counted only inside a transaction.")
    for name in names:
        if not 0 < len(name) <= LONGEST:
            raise ValueError(f"No name of a generation: {name!r}")
        held.later(_FIRST, _count, name)
    if names:
        bell.ring(bell.GENERATIONS)


async def read(names: Iterable[str]) -> dict[str, int]:
    """The number of each name, 0 for what never changed; in a snapshot, as of that snapshot."""
    return await _read(engines.current(), names)


async def _read(engine: "Engine", names: Iterable[str]) -> dict[str, int]:
    wanted = sorted(set(names))
    found = dict.fromkeys(wanted, 0)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        places = ", ".join("{}" for _ in part)
        query = QueryString(f"SELECT name, value FROM generation WHERE name IN ({places})", *part)  # noqa: S608
        found |= {row["name"]: row["value"] for row in await engine.run_querystring(query)}
    return found


async def _count(held: Transaction, names: list[str]) -> None:
    """One higher, in the order of the names, so that two writers never wait for each other in a ring."""
    changed = sorted(set(names))
    for start in range(0, len(changed), _AT_ONCE):
        part = changed[start : start + _AT_ONCE]
        rows = ", ".join("({}, 1)" for _ in part)
        counted = await held.run(
            f"INSERT INTO generation (name, value) VALUES {rows} "  # noqa: S608 - places for values only
            "ON CONFLICT (name) DO UPDATE SET value = generation.value + 1 RETURNING name, value",
            *part,
        )
        values = {row["name"]: row["value"] for row in counted}
        held.after_commit(partial(known(held.engine).learn, values))


@dataclass(slots=True, eq=False)
class Known:
    """What this process knows of the numbers: never more than is true, and behind by half a second at most."""

    values: dict[str, int] = field(default_factory=dict)
    watched: bool = False
    looked_at: float = 0  # by the monotonic clock
    wanted: list[Callable[[], Collection[str]]] = field(default_factory=list)

    def holds(self) -> bool:
        """Whether it may be relied on: somebody watches, and could reach the database a moment ago."""
        return self.watched and time.monotonic() - self.looked_at < TRUSTED

    def learn(self, values: Mapping[str, int]) -> None:
        for name, value in values.items():
            if value > self.values.get(name, -1):
                self.values[name] = value


_known: "WeakKeyDictionary[Engine, Known]" = WeakKeyDictionary()


def known(engine: "Engine | None" = None) -> Known:
    """What this process knows of the numbers in a database, by default the one in use."""
    engine = engine or engines.current()
    found = _known.get(engine)
    if found is None:
        found = _known[engine] = Known()
    return found


@asynccontextmanager
async def watching(wanted: Callable[[], Collection[str]], *, every: float = EVERY) -> AsyncIterator[Known]:
    """Keep `known()` up to date with the names that `wanted()` lists, for as long as the block runs."""
    engine = engines.current()
    mine_known = known(engine)
    mine_known.wanted.append(wanted)
    await _look(engine, mine_known)
    mine_known.watched, mine_known.looked_at = True, time.monotonic()
    rung = asyncio.Event()
    no_more = bell.on_ring(bell.GENERATIONS, rung.set)
    task = asyncio.create_task(_watch(engine, mine_known, every, rung), name="watching generations")
    # If it ever dies, `holds` is false from a moment later on: everything is read anew, nothing is stale.
    try:
        yield mine_known
    finally:
        no_more()
        mine_known.wanted.remove(wanted)
        mine_known.watched = bool(mine_known.wanted)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _watch(engine: "Engine", held: Known, every: float, rung: asyncio.Event) -> None:
    with _Probe(engine) as probe:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(rung.wait(), every)
                await asyncio.sleep(min(AT_MOST, every))  # the next of a row of rings share one look
            rung.clear()
            try:
                if probe.moved():
                    await _look(engine, held)
                held.looked_at = time.monotonic()
            except engine.errors as error:  # the database is away: what is kept holds a moment, and we look again
                probe.forget()
                log.warning("generations_not_read", error=str(error))


async def _look(engine: "Engine", held: Known) -> None:
    names = {name for wanted in list(held.wanted) for name in wanted()}
    values = await _read(engine, names)
    names |= {name for wanted in list(held.wanted) for name in wanted()}  # a page may have been asked for meanwhile
    for name in held.values.keys() - names:
        del held.values[name]  # nobody asks for it any more
    held.learn(values)


class _Probe:
    """Whether anything at all was committed since it was last asked: almost free on SQLite, not known elsewhere."""

    def __init__(self, engine: "Engine") -> None:
        self._connection: sqlite3.Connection | None = None
        self._path: str = getattr(engine, "path", "")
        self._version = -1

    def __enter__(self) -> "_Probe":
        return self

    def __exit__(self, *_: object) -> None:
        self.forget()

    def moved(self) -> bool:
        if not self._path:
            return True
        if self._connection is None:
            self._connection = sqlite3.connect(f"file:{quote(self._path)}?mode=ro", uri=True, timeout=0)
        before, self._version = self._version, self._connection.execute("PRAGMA data_version").fetchone()[0]
        return before != self._version

    def forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._version = None, -1
