"""Runs a command quietly and says every few seconds that it is still at work.

Knows nothing of what it runs. Plain lines, so that a log shows the same as a terminal.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 5.0  # seconds between two lines


@dataclass(frozen=True, slots=True)
class Finished:
    """How a command ended: its exit code, and everything it printed."""

    code: int
    output: str

    def tail(self, lines: int = 15) -> str:
        return "\n".join("  " + line for line in self.output.rstrip().splitlines()[-lines:])


def run_shown(
    command: Sequence[str],
    what: str,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    measure: Callable[[str], str] = lambda _output: "",
) -> Finished:
    """Run `command` to its end; `measure` turns what it printed so far into how far it is, e.g. "20 of 52".

    Raises OSError where the command cannot be started.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
        start = time.monotonic()
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT, env=environment, cwd=folder
        ) as process:
            while True:
                try:
                    code = process.wait(EVERY)
                    break
                except subprocess.TimeoutExpired:
                    far = measure(so_far(printed.fileno()))
                    seconds = round(time.monotonic() - start)
                    print(f"  {what}: {far + ', ' if far else ''}{seconds} s so far", flush=True)
                except KeyboardInterrupt:
                    process.terminate()
                    raise
        return Finished(code, so_far(printed.fileno()))


def so_far(descriptor: int) -> str:
    """Everything printed up to now, read without moving the place where the command writes."""
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0).decode("utf-8", "replace")
