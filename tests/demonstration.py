"""The demonstration as tests find it: made once in a run for each engine, and copied for everyone who asks.

Both are made by the real commands from an empty folder: by `ganpo demo` on SQLite, by `ganpo serve --demo` on
PostgreSQL. All test processes of a run share them (tests/sharing.py).

A copy is a folder as the command left it (keys, media, how to sign in) and a database: on SQLite a file in that folder;
of PostgreSQL, of which each test process has its own, rows that are loaded into a migrated database.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ganpo.cli_serve import SIGN_INS
from ganpo.demo.cast import DemoSignIns
from tests import databases, rows
from tests.journeys.serving import GANPO, READY_SECONDS, serving
from tests.loops import waited
from tests.sharing import made_once

DATABASE = "ganpo.sqlite3"
PRINTED = "printed.txt"
ROWS = "rows.msgpack"


@dataclass(frozen=True)
class Demonstration:
    """A test's own copy: its data folder, its database's address, and what was printed when it was made."""

    home: Path
    url: str
    printed: str

    @property
    def signs(self) -> DemoSignIns:
        """How to sign in, as the command wrote it down."""
        return msgspec.json.decode((self.home / SIGN_INS).read_bytes(), type=DemoSignIns)


def on_sqlite(shared: Path, home: Path) -> Demonstration:
    """Copy it to `home`, a folder that is not there yet."""
    kept = made_once(shared / "demonstration-sqlite", _by_demo)
    shutil.copytree(kept / "home", home)
    return Demonstration(home, f"sqlite:///{home / DATABASE}", (kept / PRINTED).read_text(encoding="utf-8"))


@contextmanager
def on_postgres(shared: Path, home: Path, server: databases.Postgres) -> Iterator[Demonstration]:
    """Copy it to `home` and into a database of this server, which is taken back afterwards."""
    kept = made_once(shared / "demonstration-postgres", lambda folder: _by_serve(folder, server))
    shutil.copytree(kept / "home", home)
    name, url = server.lend()
    try:
        waited(rows.put(url, msgspec.msgpack.decode((kept / ROWS).read_bytes(), type=rows.Rows)))
        yield Demonstration(home, url, (kept / PRINTED).read_text(encoding="utf-8"))
    finally:
        server.take_back(name)


def _by_demo(folder: Path) -> None:
    home = folder / "home"
    environment = {**os.environ, "GANPO_HOME": str(home), "DATABASE_URL": f"sqlite:///{home / DATABASE}"}
    made = subprocess.run(
        [GANPO, "demo"], env=environment, capture_output=True, text=True, check=False, timeout=READY_SECONDS
    )
    assert (made.returncode, made.stderr) == (0, ""), f"ganpo demo ended with {made.returncode}:\n{made.stderr}"
    (folder / PRINTED).write_text(made.stdout, encoding="utf-8")


def _by_serve(folder: Path, server: databases.Postgres) -> None:
    url = waited(server.empty())
    with serving(folder / "home", url) as started:
        pass  # it is ready, and stops
    (folder / ROWS).write_bytes(msgspec.msgpack.encode(waited(rows.taken(url))))
    (folder / PRINTED).write_text(started.printed(), encoding="utf-8")
