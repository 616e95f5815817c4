"""Several processes at once, and processes that are killed: nothing acknowledged is lost, no chain breaks."""

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from piccolo.apps.migrations.tables import Migration

from foundation.store import migrations
from foundation.store.engines import Engine, open_engine, use
from foundation.store.ledger import entries
from foundation.store.ledger_verify import verify
from foundation.store.schemas import differences
from tests import databases
from tests.foundation.store.writers import STREAMS, Kept

ROOT = Path(__file__).parents[3]
ACKNOWLEDGED = 300
JOBS = 150


def start(mode: str, url: str, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.foundation.store.writers", mode, url, *more]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


async def numbers_recorded() -> Counter[int]:
    recorded: Counter[int] = Counter()
    for stream in STREAMS:
        recorded.update(entry.payload["number"] for entry in await entries(stream, limit=100_000))
    return recorded


async def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(database: Engine) -> None:
    await Kept.create_table()
    process = start("acknowledge", database.url)
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if len(lines) == ACKNOWLEDGED:
            process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    acknowledged = {int(line) for line in lines if line.endswith("\n")}
    assert len(acknowledged) >= ACKNOWLEDGED

    saved = Counter(await Kept.select(Kept.number).output(as_list=True))
    assert acknowledged <= saved.keys()
    assert set(saved.values()) == {1}
    assert await numbers_recorded() == saved
    assert await verify() == []


async def test_two_processes_on_the_same_streams(database: Engine) -> None:
    await Kept.create_table()
    processes = [start("streams", database.url, name, str(JOBS)) for name in ("one", "two")]
    for process in processes:
        assert process.communicate(timeout=120)[0] == "done\n"
        assert process.returncode == 0
    rows = await Kept.select(Kept.writer, Kept.number)
    assert Counter((row["writer"], row["number"]) for row in rows) == Counter(
        (name, number) for name in ("one", "two") for number in range(1, JOBS + 1)
    )
    recorded = await numbers_recorded()
    assert recorded == dict.fromkeys(range(1, JOBS + 1), 6)
    assert await verify() == []


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_two_processes_may_migrate_at_once(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    else:
        server: databases.Postgres = request.getfixturevalue("postgres")
        url = await server.empty()
    processes = [start("migrate", url) for _ in range(2)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ran = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    engine = open_engine(url)
    await engine.start()
    use(engine)
    try:
        assert await migrations.pending(engine) == []
        assert await differences(engine) == []
        assert sum(ran) == len(await Migration.select())
    finally:
        await engine.stop()
        use(None)
