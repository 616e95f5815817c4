"""`ganpo tabulate` and `ganpo verify`: arguments in, English sentences and an exit status out.

Knows files, stdout and stderr; what the files mean is `foundation/tabulation`. Needs no database and no settings.
Exit status: the spec's "Output" and "Results bundle".
"""

import gc
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from foundation.base.problem import Problem
from foundation.tabulation.csv_text import Source
from foundation.tabulation.files import read_contest, standings_csv
from foundation.tabulation.problems import SENTENCES
from foundation.tabulation.ranking import tabulate as tabulated
from foundation.tabulation.standings import Line, Standings
from foundation.tabulation.texts import shown

DONE: Final = 0
UNFINISHED: Final = 1
BAD_INPUT: Final = 2

LARGEST_FILE: Final = 256 * 1024 * 1024
"""No contest comes near; a device that never ends does."""


def tabulate(argv: list[str]) -> int:
    """`ganpo tabulate`: 0 all ok entries placed, 1 some incomplete or in conflict, 2 bad input."""
    parser = ArgumentParser(
        "ganpo tabulate",
        description="Compute standings from a scheme and marks. Exit status: 0 every ok entry was placed, "
        "1 some entries are incomplete or in conflict, 2 bad input.",
        allow_abbrev=False,
    )
    parser.add_argument("--scheme", required=True, metavar="FILE", help="scheme.json: how the contest is marked")
    parser.add_argument("--marks", required=True, metavar="FILE", help="marks.csv: entry,aspect,judge,mark")
    parser.add_argument("--entries", metavar="FILE", help="entries.csv: entry,group,status,penalty,carried,time")
    parser.add_argument("--coefficients", metavar="FILE", help="coefficients.csv: entry,aspect,coefficient")
    parser.add_argument("--output", choices=("csv", "json"), default="csv", help="csv if not said")
    args = parser.parse_args(argv)

    gc.disable()  # a process of a second makes a million small values and keeps them all: nothing is to be collected
    entries = None if args.entries is None else _read(args.entries)
    coefficients = None if args.coefficients is None else _read(args.coefficients)
    contest, problems = read_contest(_read(args.scheme), _read(args.marks), entries, coefficients)
    if contest is None:
        _tell(map(_sentence, problems))
        return BAD_INPUT
    standings = tabulated(contest.scheme, contest.entries, contest.marks, contest.coefficients)
    if not _print(standings_csv(standings) if args.output == "csv" else _json(standings)):
        return BAD_INPUT
    unfinished = [line for line in standings.lines if line.status in ("conflict", "incomplete")]
    _tell(map(_unfinished, unfinished))
    return UNFINISHED if unfinished else DONE


def verify(argv: list[str]) -> int:
    """`ganpo verify`: 0 and OK, 1 and what differs, 2 for a file that is no bundle."""
    parser = ArgumentParser(
        "ganpo verify",
        description="Recompute a results bundle and compare it with what was published. Exit status: 0 it holds, "
        "1 it differs, 2 the file is no results bundle.",
        allow_abbrev=False,
    )
    parser.add_argument("bundle", metavar="BUNDLE.zip")
    args = parser.parse_args(argv)

    from foundation.tabulation.bundle import verify_bundle  # noqa: PLC0415 - zipfile is not needed for tabulate

    source = _read(args.bundle)
    if source.unreadable is not None:
        _tell([_sentence(source.unreadable)])
        return BAD_INPUT
    verdict = verify_bundle(source.data)
    if not verdict.is_bundle:
        _tell(f"{source.name}: {_sentence(problem)}" for problem in verdict.problems)
        return BAD_INPUT
    if verdict.problems:
        _tell(map(_sentence, verdict.problems))
        return UNFINISHED
    return DONE if _print("OK\n") else BAD_INPUT


def _read(path: str) -> Source:
    """The file, by the last part of its path; where it cannot be read, why."""
    name = shown(Path(path).name or path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return Source(name, b"", Problem("file_missing", name))
    except IsADirectoryError:
        return Source(name, b"", Problem("file_is_folder", name))
    except PermissionError:
        return Source(name, b"", Problem("file_forbidden", name))
    except OSError as error:
        return Source(name, b"", Problem("file_unreadable", name, {"reason": error.strerror or "?"}))
    if len(data) > LARGEST_FILE:
        return Source(name, b"", Problem("file_large", name, {"limit": str(LARGEST_FILE // 1024**2)}))
    return Source(name, data)


def _sentence(problem: Problem) -> str:
    """`marks.csv:17: P2 takes marks from 0 to 10 in steps of 0.5, not 8.3`"""
    sentence = SENTENCES[problem.code] % problem.params
    return f"{problem.field}: {sentence}" if problem.field else sentence


def _unfinished(line: Line) -> str:
    """`A3: conflict in P1; incomplete in P2, P3`"""
    parts = []
    for status in ("conflict", "incomplete"):
        codes = [shown(aspect.code) for module in line.modules for aspect in module.aspects if aspect.status == status]
        if codes:
            parts.append(f"{status} in {', '.join(codes)}")
    return f"{shown(line.entry)}: {'; '.join(parts)}"


def _json(standings: Standings) -> str:
    import json  # noqa: PLC0415 - the csv does not need it

    from foundation.tabulation.output import standings_json  # noqa: PLC0415

    return json.dumps(standings_json(standings), ensure_ascii=False, indent=2) + "\n"


def _tell(lines: Iterable[str]) -> None:
    """Each on a line of its own on stderr, as UTF-8 whatever the terminal thinks."""
    text = "".join(f"{line}\n" for line in lines)
    sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()


def _print(text: str) -> bool:
    """To stdout as UTF-8; False, with a sentence, where it cannot be written."""
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read has seen enough (`| head`); nothing more may be flushed to the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _tell([f"The result cannot be written: {error.strerror}"])
        return False
    return True
