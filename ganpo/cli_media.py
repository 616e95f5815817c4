"""`ganpo media`: looks after the media folder. Knows arguments and sentences; the work is in foundation/files."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from foundation.files import sweeping
from foundation.store import engines, migrations


def media(argv: Sequence[str]) -> int:
    """Run `ganpo media …`; returns the exit code (0 done, 2 not done)."""
    parser = argparse.ArgumentParser(prog="ganpo media", description="Uploaded files and pictures.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="sweep")
    sweep = commands.add_parser("sweep", help="remove files that nothing uses and that are older than a day")
    sweep.add_argument("--dry-run", action="store_true", help="only say what would go")
    given = parser.parse_args(argv)
    return asyncio.run(_sweep(dry_run=given.dry_run))


async def _sweep(*, dry_run: bool) -> int:
    engine = engines.current()
    await engine.start()
    try:
        if await migrations.pending(engine):
            print("ganpo: this database is not up to date; run ganpo migrate first", file=sys.stderr)
            return 2
        swept = await sweeping.sweep(datetime.now(UTC), dry_run=dry_run)
    finally:
        await engine.stop()
    went = "Would go" if dry_run else "Gone"
    print(f"{went}: {swept.files} files that nothing uses, {swept.pictures} of them pictures;")
    print(f"  {swept.contents} contents on the disk; {swept.left_over} parts of uploads that were broken off.")
    return 0
