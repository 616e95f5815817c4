"""`ganpo ledger verify` and `ganpo ledger heads`: is the ledger whole, and the file that proves it later.

Knows arguments, sentences and exit codes (0 fine, 1 something is wrong with the ledger, 2 it could not be done);
the work is in foundation/store.
"""

import argparse
import asyncio
import sys
from collections.abc import Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from competitions.mark_check import check_against_ledger
from foundation.base.problem import Refused
from foundation.base.settings import Settings
from foundation.store import engines
from foundation.store.heads import write_heads
from foundation.store.ledger_verify import MOST, examine
from foundation.store.tables import LedgerEntry
from ganpo.cli_told import sentence

FINE, FINDINGS, NOT_DONE = 0, 1, 2


def ledger(argv: Sequence[str]) -> int:
    """Run `ganpo ledger …`; returns the exit code. Bad use ends with argparse's own message and code 2."""
    parser = argparse.ArgumentParser(prog="ganpo ledger", description="Check the ledger, or write down its heads.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="verify|heads")
    verifying = commands.add_parser("verify", help="look for records that were changed, deleted or rewritten")
    verifying.add_argument("--against", type=Path, metavar="FILE", help="a file that `ganpo ledger heads` wrote before")
    heading = commands.add_parser("heads", help="write the last record of every stream to a file, to keep elsewhere")
    heading.add_argument("--to", type=Path, metavar="FOLDER", help="where to (else ledger-heads in the data folder)")
    try:
        given = parser.parse_args(argv)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else NOT_DONE
    work = _verify(given.against) if given.command == "verify" else _heads(given.to)
    return asyncio.run(_with_database(work))


async def _with_database(work: Coroutine[Any, Any, int]) -> int:
    try:
        engine = engines.current()
        if _is_missing(engine.url):
            return _not_done(
                f"There is no database at {engine.url}: set GANPO_HOME or DATABASE_URL as the server has it."
            )
        await engine.start()
        try:
            if not await LedgerEntry.table_exists():
                return _not_done("This database has no ledger yet: start the registry once, so that it is made.")
            return await work
        except engine.errors as error:
            return _not_done(f"The database cannot be read to the end: {error}")
        finally:
            await engine.stop()
    except Refused as refusal:
        return _not_done(*(sentence(problem) for problem in refusal.problems))
    finally:
        work.close()


async def _verify(against: Path | None) -> int:
    report = await examine(against)
    findings = [*report.findings, *await check_against_ledger()]
    for finding in findings:
        print(sentence(finding.problem))
    if len(report.findings) >= MOST:
        print(f"There may be more: the search ended after {MOST} findings.")
    if findings:
        return FINDINGS
    print(f"The ledger is whole. Streams: {report.streams}. Records: {report.records}.")
    if against is not None:
        print(f"It continues what {against} has.")
    return FINE


async def _heads(folder: Path | None) -> int:
    settings = Settings.from_env()
    path = await write_heads(folder or settings.home / "ledger-heads", datetime.now(ZoneInfo(settings.zone)))
    print(f"The heads of the ledger are in {path}. Keep a copy where nobody of the registry can write.")
    return FINE


def _is_missing(url: str) -> bool:
    return url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists()


def _not_done(*reasons: str) -> int:
    for reason in reasons:
        print(reason, file=sys.stderr)
    return NOT_DONE
