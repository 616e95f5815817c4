"""`ganpo demo`: fill an empty database with the made-up province, and print how to sign in.

Refuses in a sentence where the database is not empty; nothing is changed then.
"""

import argparse
import asyncio
import sys

from foundation.base.problem import Refused
from foundation.base.settings import Settings
from foundation.store import engines, migrations
from ganpo.cli_serve import SIGN_INS
from ganpo.cli_told import refused
from ganpo.demo.cast import DemoSignIns
from ganpo.demo.province import make_demo


def demo(argv: list[str]) -> int:
    """Answers 0 when the demonstration was made, 2 with a sentence otherwise."""
    argparse.ArgumentParser(
        prog="ganpo demo", description="Fill an empty database with a made-up province to try the registry."
    ).parse_args(argv)
    settings = Settings.from_env()
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        signs = asyncio.run(_make(settings))
        (settings.home / SIGN_INS).write_text(signs.to_json(), encoding="utf-8")
    except Refused as refusal:
        return refused(refusal)
    except OSError as error:
        print(f"ganpo: the demonstration cannot be made in {settings.home}: {error.strerror or error}", file=sys.stderr)
        return 2
    print(f"演示数据,纯属虚构 / Demonstration data, entirely made up. Start it with: ganpo serve\n{signs.as_text()}")
    return 0


async def _make(settings: Settings) -> DemoSignIns:
    engine = engines.current()
    await engine.start()
    try:
        await migrations.migrate(engine)
        return await make_demo(settings, lambda text: print(text, flush=True))
    finally:
        await engine.stop()
