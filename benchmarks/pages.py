"""How fast a kept public page is: beside the same server's hello-world, and beside the same page in Django.

    python -m benchmarks.pages [--seconds 2] [--rounds 5] [--connections 32]

The page is a contest whose results are published (13 KB; sent as br, as browsers ask for it), on SQLite, one process
that serves. Three servers run side by side on this machine: `ganpo serve`; a bare Litestar application with one
handler that returns "Hello, world!" (benchmarks/_hello.py: the same Granian with the same options, no log line, no
header of ours); and Django behind gunicorn with one worker, which reads and renders the page on every request
(benchmarks/django_peer). Keep-alive connections ask from a process of their own; rounds alternate, medians count.
"CPU" is what the serving process itself needed for an answer, which a busy machine disturbs less than the answers a
second. Ends with code 1 where an aim is missed.
"""

import argparse
import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from foundation.store import engines
from foundation.store.migrations import migrate
from tests.competitions.publishing.told import OPEN, published_contest

PAGE = "/contests/2026-1-01"
ENCODINGS = "gzip, deflate, br"
READY_SECONDS = 60
AIMS = {"kept page / hello": 0.8, "its 304 / hello": 0.9, "kept page / Django": 20.0}


@dataclass
class Asked:
    """One address of one server, and what was measured of it."""

    name: str
    port: int
    path: str
    pid: int
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # microseconds an answer
    bytes: int = 0

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    def measure(self, connections: int, seconds: float) -> None:
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1", f"Accept-Encoding: {ENCODINGS}"]
        request = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in self.headers.items()), "", ""])
        command = [sys.executable, "-m", "benchmarks._load", "127.0.0.1", str(self.port), str(connections)]
        before = cpu_seconds(self.pid)
        done = subprocess.run(
            [*command, str(seconds), str(self.status)], input=request.encode(), stdout=subprocess.PIPE, check=True
        )
        found = json.loads(done.stdout)
        self.rates.append(found["rate"])
        self.cpu.append((cpu_seconds(self.pid) - before) / found["answers"] * 1e6)
        self.bytes = found["bytes"]


def cpu_seconds(pid: int) -> float:
    """What a process and those it started have used so far; 0 where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        used = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return used + sum(
            cpu_seconds(int(child)) for task in tasks for child in (task / "children").read_text().split()
        )
    except OSError:
        return 0.0


@contextmanager
def served(command: list[str], port: int, path: str, log: Path, **environment: str) -> Iterator[int]:
    """A server as a process of its own, ready to answer; ends it afterwards. Answers its process id."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not fetched(port, path)[0]:
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{command[0]} does not serve:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def fetched(port: int, path: str, **headers: str) -> tuple[str, str]:
    """The ETag and the text of an answer; nothing where there is none yet."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - a loopback address
            return answer.headers.get("etag", "-"), answer.read().decode("utf-8", "replace")
    except OSError:
        return "", ""


def words(html: str) -> list[str]:
    """What a reader sees of a page's own part; header and footer may differ by a word as ours go on."""
    return re.sub(r"<[^>]*>", " ", html.partition("<main")[2].partition("</main>")[0].partition(">")[2]).split()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def fill(url: str) -> None:
    engine = engines.open_engine(url)
    await engine.start()
    await migrate(engine)
    await published_contest(**OPEN)
    await engine.stop()


@contextmanager
def three_servers(folder: Path) -> Iterator[list[Asked]]:
    """Everything that is measured: hello, the page, its 304, Django."""
    file, python = folder / "ganpo.sqlite3", sys.executable
    url = f"sqlite:///{file}"
    asyncio.run(fill(url))
    ours, hello, peer = free_port(), free_port(), free_port()
    ganpo = [str(Path(python).with_name("ganpo")), "serve", "--port", str(ours)]
    gunicorn = [python, "-m", "gunicorn", "benchmarks.django_peer.wsgi:application", "--workers", "1"]
    options = ["--worker-class", "gthread", "--threads", "4", "--keep-alive", "60", "--bind", f"127.0.0.1:{peer}"]
    with ExitStack() as stack:
        here = {"GANPO_HOME": str(folder), "DATABASE_URL": url}
        ours_pid = stack.enter_context(served(ganpo, ours, PAGE, folder / "ganpo.log", **here))
        hello_pid = stack.enter_context(
            served([python, "-m", "benchmarks._hello", str(hello)], hello, "/", folder / "hello.log")
        )
        peer_pid = stack.enter_context(
            served([*gunicorn, *options], peer, PAGE, folder / "peer.log", PEER_DATABASE=str(file))
        )
        etag, _ = fetched(ours, PAGE, **{"Accept-Encoding": ENCODINGS})
        ours_says, peer_says = words(fetched(ours, PAGE)[1]), words(fetched(peer, PAGE)[1])
        assert len(ours_says) > 100
        assert ours_says == peer_says, "Django's page says something else"
        yield [
            Asked("hello-world", hello, "/", hello_pid),
            Asked("kept page", ours, PAGE, ours_pid),
            Asked("its 304", ours, PAGE, ours_pid, 304, {"If-None-Match": etag}),
            Asked("Django, gunicorn", peer, PAGE, peer_pid),
        ]


def report(asked: list[Asked]) -> bool:
    """Print everything; answers whether every aim was met."""
    print(f"\n{'':<22}answers/s   lowest  highest   CPU µs    bytes")
    for one in asked:
        low, high, cpu = min(one.rates), max(one.rates), statistics.median(one.cpu)
        print(f"  {one.name:<20}{one.rate:>9.0f}{low:>9.0f}{high:>9.0f}{cpu:>9.0f}{one.bytes:>9}")
    hello, page, unchanged, django = asked
    pairs = [(page, hello), (unchanged, hello), (page, django)]
    print(f"\n{'':<22}    ratio      aim   in CPU")
    met = True
    for (name, aim), (one, other) in zip(AIMS.items(), pairs, strict=True):
        ratio, spent = one.rate / other.rate, statistics.median(other.cpu) / max(statistics.median(one.cpu), 0.001)
        met = met and ratio >= aim
        print(f"  {name:<20}{ratio:>9.2f}{aim:>9.2f}{spent:>9.2f}{'' if ratio >= aim else '   missed'}")
    return met


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=32)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix="bench-") as folder, three_servers(Path(folder)) as asked:
        for _ in range(given.rounds):
            for one in asked:
                one.measure(given.connections, given.seconds)
        met = report(asked)
    if not met:
        sys.exit(1)


if __name__ == "__main__":
    main()
