"""`ganpo text`: looks after the index of texts. Knows arguments and sentences; foundation/text does the work."""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any

import innovations.innovation_filling  # noqa: F401 - says which rows have no document yet
from foundation.base.problem import Refused
from foundation.store import engines, migrations
from foundation.text import frequencies, rebuilding
from foundation.text.tables import Document
from ganpo.cli_told import refused

FINE, NEEDED, NOT_DONE = 0, 1, 2
_BAR = 30  # characters


def text(argv: Sequence[str]) -> int:
    """Run `ganpo text …`; returns the exit code (0 done, 1 a rebuild is needed, 2 not done)."""
    parser = argparse.ArgumentParser(prog="ganpo text", description="What can be searched.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="check|refresh|rebuild")
    commands.add_parser("check", help="say whether the index fits this version")
    commands.add_parser("refresh", help="count the words of what is new, for similar texts (done every night)")
    commands.add_parser("rebuild", help="make the index anew; one that was broken off goes on")
    command = parser.parse_args(argv).command
    works: dict[str, Callable[[], Coroutine[Any, Any, int]]] = {
        "check": _check,
        "refresh": lambda: _shown(frequencies.refresh()),
        "rebuild": lambda: _shown(rebuilding.rebuild()),
    }
    try:
        return asyncio.run(_with_database(works[command]))
    except Refused as refusal:
        return refused(refusal)


async def _with_database(work: Callable[[], Coroutine[Any, Any, int]]) -> int:
    engine = engines.current()
    await engine.start()
    try:
        if await migrations.pending(engine):
            print("ganpo: this database is not up to date; run ganpo migrate first", file=sys.stderr)
            return NOT_DONE
        return await work()
    finally:
        await engine.stop()


async def _check() -> int:
    print(f"Documents: {await Document.count()}.")
    if await rebuilding.is_needed():
        print("The index was made by another version, or not to its end: run ganpo text rebuild.")
        return NEEDED
    print("The index fits this version.")
    return FINE


async def _shown(steps: AsyncIterator[tuple[int, int]]) -> int:
    begun, done = time.monotonic(), 0
    async for done, total in steps:
        if sys.stderr.isatty():
            full = _BAR * done // max(total, 1)
            print(f"\r[{'#' * full:-<{_BAR}}] {done} of {total}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(f"Done: {done} documents in {time.monotonic() - begun:.0f} seconds.")
    return FINE
