"""`ganpo migrate`: bring the database up to date."""

import argparse
import asyncio

from foundation.base.problem import Refused
from foundation.store import engines, migrations
from ganpo.cli_told import refused


def migrate(argv: list[str]) -> int:
    """Run every waiting migration and name it."""
    argparse.ArgumentParser(prog="ganpo migrate", description="Bring the database up to date.").parse_args(argv)
    try:
        ran = asyncio.run(_migrate())
    except Refused as refusal:
        return refused(refusal)
    print("\n".join(ran) if ran else "The database is up to date.")
    return 0


async def _migrate() -> list[str]:
    engine = engines.current()
    await engine.start()
    try:
        return await migrations.migrate(engine)
    finally:
        await engine.stop()
