"""How fast a large contest is tabulated: 1,000 entries x 40 aspects x 7 judges, 280,000 marks.

    .venv/bin/python benchmarks/tabulation.py

The input is the same on every run. Promise: under 2 seconds on an otherwise idle machine, reading the files included;
the exit status is 1 where `ganpo tabulate` took longer.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from foundation.tabulation.files import Contest, Source, read_contest
from foundation.tabulation.output import standings_csv
from foundation.tabulation.ranking import tabulate

Result = TypeVar("Result")

PROMISED = 2.0
ENTRIES, MODULES, ASPECTS, JUDGES = 1_000, 4, 10, 7


def scheme_file() -> bytes:
    """Four modules of ten panels: means of five after the trim, every third one rounded."""
    modules = [
        {
            "code": f"M{module}",
            "weight": "0.25",
            "round": module == 1,
            "aspects": [
                {
                    "code": f"M{module}A{aspect}",
                    "kind": "panel",
                    "judges": JUDGES,
                    "max": "10",
                    "step": "0.1",
                    "combine": "median" if aspect == 9 else "mean",
                    "drop_highest": 1,
                    "drop_lowest": 1,
                    "round_mark": aspect % 3 == 0,
                    "factor": "1.5",
                }
                for aspect in range(ASPECTS)
            ],
        }
        for module in range(MODULES)
    ]
    steps = [{"by": "module", "code": "M3"}, {"by": "time"}]
    data = {"format": "ganpo-scheme/1", "title": "280,000", "digits": 2, "modules": modules, "tie_break": steps}
    return json.dumps(data).encode()


def marks_file() -> bytes:
    """Every judge marks every aspect of every entry; one mark in fifty is absent."""
    chance = random.Random(2026)
    lines = ["entry,aspect,judge,mark"]
    for entry in range(ENTRIES):
        for module in range(MODULES):
            for aspect in range(ASPECTS):
                for judge in range(JUDGES):
                    mark = "absent" if chance.random() < 0.02 else f"{chance.randint(50, 100) / 10}"
                    lines.append(f"E{entry:04},M{module}A{aspect},J{judge},{mark}")
    return "\n".join(lines).encode()


def timed(what: str, work: Callable[[], Result]) -> tuple[Result, float]:
    """The result and the seconds it took, printed."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{what:28}{seconds:8.2f} s")
    return result, seconds


def read() -> Contest:
    """The contest from its files' bytes; the input has no problems."""
    contest, problems = read_contest(SCHEME, MARKS)
    assert contest is not None, problems
    return contest


SCHEME = Source("scheme.json", scheme_file())
MARKS = Source("marks.csv", marks_file())


def from_the_shell() -> float:
    """Seconds of `ganpo tabulate` on the same files, start of Python included."""
    with tempfile.TemporaryDirectory() as folder:
        scheme, marks = Path(folder) / "scheme.json", Path(folder) / "marks.csv"
        scheme.write_bytes(SCHEME.data)
        marks.write_bytes(MARKS.data)
        command = [sys.executable, "-m", "ganpo.cli", "tabulate", "--scheme", str(scheme), "--marks", str(marks)]
        _, seconds = timed("ganpo tabulate", lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))
    return seconds


if __name__ == "__main__":
    contest, _ = timed("read scheme.json, marks.csv", read)
    standings, _ = timed(
        "tabulate", lambda: tabulate(contest.scheme, contest.entries, contest.marks, contest.coefficients)
    )
    timed("write standings.csv", lambda: standings_csv(standings))
    placed = sum(line.place is not None for line in standings.lines)
    print(f"{len(contest.marks):,} marks, {placed:,} entries placed; and all of it from the shell:")
    sys.exit(from_the_shell() >= PROMISED)
