"""`ganpo keys`: the keys that seal private fields. Shows ids and counts, never a key, but for `new`, which makes one.

Knows arguments, sentences and exit codes (0 done, 2 not done); the work is in foundation/people.
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence

import ganpo.app  # noqa: F401 - every package that seals a column has registered it then
from foundation.base.problem import Refused
from foundation.base.settings import Settings
from foundation.people import keyring, resealing
from foundation.store import engines, migrations
from ganpo.cli_told import refused

ACTOR = "cli"


def keys(argv: Sequence[str]) -> int:
    """Run `ganpo keys …`; returns the exit code."""
    parser = argparse.ArgumentParser(prog="ganpo keys", description="The keys that seal ID numbers and telephones.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="show|rotate|drop|new")
    commands.add_parser("show", help="which keys there are, and how many fields each one seals")
    commands.add_parser("rotate", help="add a key and seal everything with it; goes on where it was broken off")
    dropping = commands.add_parser("drop", help="forget a key that seals nothing any more")
    dropping.add_argument("key", help="its id, as `ganpo keys show` has it")
    commands.add_parser("new", help="print a fresh key for the setting GANPO_KEYS (all of it where it is empty)")
    given = parser.parse_args(argv)
    if given.command == "new":
        print(keyring.fresh_entry() if Settings.from_env().keys else keyring.fresh().text(), end="")
        return 0
    work = {"show": _show, "rotate": _rotate, "drop": lambda: _drop(given.key)}[given.command]
    try:
        return asyncio.run(_with_database(work))
    except Refused as refusal:
        return refused(refusal)


async def _with_database(work: Callable[[], Awaitable[int]]) -> int:
    engine = engines.current()
    await engine.start()
    try:
        if await migrations.pending(engine):
            print("ganpo: this database is not up to date; run ganpo migrate first", file=sys.stderr)
            return 2
        return await work()
    finally:
        await engine.stop()


async def _show() -> int:
    settings = Settings.from_env()
    print(f"Keys from {'the setting GANPO_KEYS' if settings.keys else keyring.file_of(settings)}, oldest first:")
    uses = await resealing.uses()
    for use in uses:
        note = "  newest: seals what is new" if use.newest else "" if use.known else "  MISSING: put it back"
        print(f"  {use.key}  {use.fields:>9} fields{note}")
    return 0 if all(use.known for use in uses) else 2


async def _rotate() -> int:
    def tell(done: int, total: int) -> None:
        print(f"\r  {done} of {total} fields sealed anew", end="", file=sys.stderr, flush=True)

    key, done = await resealing.rotate(ACTOR, tell)
    if done:
        print(file=sys.stderr)
    print(f"The key {key} seals everything now; fields sealed anew: {done}.")
    print("Older keys stay, for backups of before. Keep a copy of the keys apart from those of the database.")
    return 0


async def _drop(key: str) -> int:
    await resealing.drop(key, ACTOR)
    print(f"The key {key} is gone. Backups that were made while it was in use need a copy of it.")
    return 0
