"""A bell between processes: rung in the writing transaction, heard by the others at once. It only ever wakes.

Knows PostgreSQL's LISTEN and NOTIFY and one connection that does nothing else; knows nothing of what a ring is about.
What a ring misses (SQLite, a connection that died, a standby, where LISTEN is refused) is found by whoever looks every
moment anyway: nothing may be true only because a ring was heard.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import Context
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

import structlog

from foundation.store import engines
from foundation.store.transactions import Transaction, TransactionError, mine, settled

if TYPE_CHECKING:
    from foundation.store.engines import Engine
    from foundation.store.postgres import Postgres

GENERATIONS = "ganpo_generations"  # something public changed
WORK = "ganpo_work"  # there is a message to send, or a job to work on
BELLS = (GENERATIONS, WORK)

ALIVE = 30.0  # seconds between two words on the connection, or one that died without a word is never missed
ANSWER = 5.0  # seconds for its answer
AGAIN = 1.0  # seconds before another try, doubled up to LONGEST
LONGEST = 60.0
_TURN = 7  # its turn before COMMIT: after the generations, before the heads of the ledger

log = structlog.get_logger()


class _Ears:
    """Who in this process wants to hear what, and the word by which it knows its own rings."""

    def __init__(self) -> None:
        self.own = secrets.token_hex(8)
        self.heard: dict[str, set[Callable[[], None]]] = {name: set() for name in BELLS}
        self.listening = False

    def ring(self, name: str) -> None:
        for told in tuple(self.heard[name]):
            told()


_ears: "WeakKeyDictionary[Engine, _Ears]" = WeakKeyDictionary()


def _ears_of(engine: "Engine") -> _Ears:
    return _ears.setdefault(engine, _Ears())


def ring(name: str) -> None:
    """Have every other process hear `name` once the open transaction is committed; nobody where it is not.

    A plain call, like `ledger.record`. Raises `TransactionError` outside a transaction.
    """
    held = mine(engines.current())
    if held is None or held.read_only:
        raise TransactionError("A bell is rung only inside a transaction.")
    if name not in BELLS:
        raise ValueError(f"There is no bell called {name!r}.")
    if held.engine.engine_type == "postgres":
        held.later(_TURN, _notify, name)


async def _notify(held: Transaction, names: list[str]) -> None:
    own = _ears_of(held.engine).own
    for name in sorted(set(names)):
        await held.run("SELECT pg_notify({}, {})", name, own)


def on_ring(name: str, told: Callable[[], None]) -> Callable[[], None]:
    """Have `told` called when another process rang `name`, and whenever a ring may have been missed; answers what
    ends that. It must neither fail nor wait."""
    heard = _ears_of(engines.current()).heard[name]
    heard.add(told)
    return lambda: heard.discard(told)


def listens(engine: "Engine | None" = None) -> bool:
    """Whether rings of other processes are heard just now."""
    return _ears_of(engine or engines.current()).listening


@asynccontextmanager
async def listening() -> AsyncIterator[None]:
    """Hear the other processes for as long as the block runs, on a connection of its own; on SQLite, do nothing."""
    engine = engines.current()
    if engine.engine_type != "postgres":
        yield
        return
    task = asyncio.create_task(_listen(cast("Postgres", engine), _ears_of(engine)), name="listening", context=Context())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _listen(engine: "Postgres", ears: _Ears) -> None:
    """Listen, and begin again when the connection dies, ever more patiently."""
    pause = AGAIN
    while True:
        try:
            if await _hear(engine, ears):
                pause = AGAIN
        except (*engine.errors, TimeoutError) as error:
            log.info("bell_not_heard", error=str(error) or type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST)


async def _hear(engine: "Postgres", ears: _Ears) -> bool:
    """Listen until the connection is gone; answers whether it ever listened: a standby lets nobody."""
    over = asyncio.Event()

    def rung(_: Any, __: int, name: str, who: str) -> None:
        if who != ears.own:
            ears.ring(name)

    connection = await engine.connect_alone("ganpo bell")
    try:
        if await connection.fetchval("SELECT pg_is_in_recovery()"):
            return False
        connection.add_termination_listener(lambda _: over.set())
        for name in BELLS:
            await connection.add_listener(name, rung)
        ears.listening = True
        for name in BELLS:  # while nobody listened, anything may have been rung
            ears.ring(name)
        while not over.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), ALIVE)
                break
            await connection.execute("SELECT 1", timeout=ANSWER)
        return True
    finally:
        ears.listening = False
        connection.terminate() if over.is_set() else await settled(_closed(connection))


async def _closed(connection: Any) -> None:
    try:
        await connection.close(timeout=ANSWER)
    except Exception:  # noqa: BLE001 - whatever it says, it is to be gone
        connection.terminate()
