"""A load generator: keep-alive connections that ask for one address as fast as they are answered.

    python -m benchmarks._load HOST PORT CONNECTIONS SECONDS STATUS < REQUEST

REQUEST is the whole text of the request. Prints answers a second as JSON. A process of its own, so that it never
shares an interpreter with what it measures. Each answer must have STATUS and the length of the first one.
"""

import asyncio
import json
import sys
import time
from typing import cast

WARM_UP = 0.3  # seconds that are not counted


class Asker(asyncio.Protocol):
    """One connection, one request under way at a time; opens itself again where the server closes it."""

    def __init__(self, run: "Run") -> None:
        self.run = run
        self.buffer = b""
        self.missing = 0  # bytes of the answer that are still to come; 0 before its head is read
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is none by name
        self.ask()

    def ask(self) -> None:
        assert self.transport is not None
        if self.run.over:
            self.transport.close()
        else:
            self.transport.write(self.run.request)

    def data_received(self, data: bytes) -> None:
        if self.missing:
            self.missing -= len(data)
        else:
            self.buffer += data
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self.buffer[:end]
            self.missing = self.run.length(head) - (len(self.buffer) - end - 4)
            self.buffer = b""
        if not self.missing:
            self.run.answers += 1
            self.ask()

    def connection_lost(self, error: Exception | None) -> None:
        self.buffer, self.missing = b"", 0
        if not self.run.over:
            self.run.connect()


class Run:
    """One measurement."""

    def __init__(self, host: str, port: int, request: bytes, status: bytes) -> None:
        self.host, self.port, self.request, self.status = host, port, request, status
        self.answers = 0
        self.over = False
        self.lengths: dict[bytes, int] = {}
        self.tasks: set[asyncio.Task[object]] = set()

    def length(self, head: bytes) -> int:
        """The length of the body, from the head of an answer; a wrong status ends the run."""
        if head[9:12] != self.status:
            sys.exit(f"{self.status.decode()} was wanted, the answer was: {head[:200]!r}")
        if self.status == b"304":
            return 0
        start = head.lower().find(b"content-length:")
        if start < 0:
            sys.exit("an answer without content-length")
        value = head[start + 15 :].partition(b"\r\n")[0]
        if value not in self.lengths:
            if self.lengths:
                sys.exit("answers of different length")
            self.lengths[value] = int(value)
        return self.lengths[value]

    def connect(self) -> None:
        task = asyncio.ensure_future(
            asyncio.get_running_loop().create_connection(lambda: Asker(self), self.host, self.port)
        )
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def measure(self, connections: int, seconds: float) -> float:
        for _ in range(connections):
            self.connect()
        await asyncio.sleep(WARM_UP)
        before, begun = self.answers, time.perf_counter()
        await asyncio.sleep(seconds)
        rate = (self.answers - before) / (time.perf_counter() - begun)
        self.over = True
        return rate


def main() -> None:
    host, port, connections, seconds, status = sys.argv[1:]
    run = Run(host, int(port), sys.stdin.buffer.read(), status.encode())
    try:
        import uvloop  # noqa: PLC0415 - where there is one

        rate = uvloop.run(run.measure(int(connections), float(seconds)))
    except ImportError:
        rate = asyncio.run(run.measure(int(connections), float(seconds)))
    print(json.dumps({"rate": rate, "answers": run.answers, "bytes": next(iter(run.lengths.values()), 0)}))


if __name__ == "__main__":
    main()
