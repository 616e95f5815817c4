"""The real `ganpo serve` as a process of its own, for as long as a test needs it.

Knows the command line and the health pages; imports nothing of the registry.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

READY_SECONDS = 400  # a first start migrates and makes the made-up province; a busy machine takes its time
STOP_SECONDS = 30
GANPO = Path(sys.executable).with_name("ganpo")


@dataclass(frozen=True)
class Server:
    """A registry that answers at `address`; `home` is its data folder, `log` what it printed."""

    address: str
    home: Path
    database_url: str
    log: Path
    pid: int

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, database_url: str, *, demo: bool = True) -> Iterator[Server]:
    """Start it on a free port of this machine, wait until it is ready, stop it and see that it stopped well."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    log = home / "serve.log"
    # A few portraits show all that a journey looks at, in seconds instead of half a minute.
    few = {"GANPO_DEMO_PORTRAITS": os.environ.get("GANPO_DEMO_PORTRAITS", "6")}
    environment = {**os.environ, **few, "GANPO_HOME": str(home), "DATABASE_URL": database_url}
    command = [str(GANPO), "serve", *(["--demo"] if demo else []), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    server = Server(f"http://127.0.0.1:{port}", home, database_url, log, process.pid)
    try:
        wait_until_ready(server, process)
        yield server
        stop(server, process)
    finally:
        end(process)


def wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"ganpo serve ended with code {process.returncode}:\n{server.printed()}"
        if status(server.address + "/health/ready") == 200:
            return
        time.sleep(0.05)
    raise AssertionError(f"not ready within {READY_SECONDS} s:\n{server.printed()}")


def status(url: str) -> int:
    """The status of an answer, 0 where there is none."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - a loopback address of our own
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def stop(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Ask it to stop as an operator would, and refuse a stop that hangs, fails or leaves somebody behind."""
    process.send_signal(signal.SIGTERM)
    try:
        code = process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise AssertionError(f"still running {STOP_SECONDS} s after SIGTERM:\n{server.printed()}") from late
    assert code == 0, f"stopped with code {code}:\n{server.printed()}"
    assert not alive(process.pid), f"left processes behind:\n{server.printed()}"
    assert "Traceback" not in server.printed(), server.printed()


def alive(group: int) -> bool:
    """Whether any process of the group still runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def end(process: subprocess.Popen[bytes]) -> None:
    """Whatever happened, nothing of this group outlives the test."""
    if alive(process.pid):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
