"""The four input files of one contest, read together: values, or every problem in all of them with file and line.

Knows files as bytes with names; where they come from (a folder, a bundle, an upload) is the caller's affair.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast, get_args

from foundation.base.problem import Problem
from foundation.tabulation.checks import (
    Aspects,
    Pair,
    check_coefficient,
    check_keys,
    missing_coefficients,
    wanted_coefficients,
)
from foundation.tabulation.csv_text import Source, Table, open_table
from foundation.tabulation.decimals import MARK_PLACES, WEIGHT_PLACES, read_decimal
from foundation.tabulation.marks import Mark
from foundation.tabulation.marks_file import MarksFile, read_marks
from foundation.tabulation.output import standings_csv, standings_json
from foundation.tabulation.ranking import entries_of
from foundation.tabulation.scheme_model import Scheme
from foundation.tabulation.scheme_reading import Examined, examine_text
from foundation.tabulation.standings import Entry, OwnStatus
from foundation.tabulation.texts import normal, shown

__all__ = ["Contest", "Source", "read_contest", "standings_csv", "standings_json"]


@dataclass(frozen=True, slots=True)
class Contest:
    """All that is tabulated: `coefficients` in millionths by (entry, aspect)."""

    scheme: Scheme
    entries: tuple[Entry, ...]
    marks: tuple[Mark, ...]
    coefficients: Mapping[Pair, int]


@dataclass(slots=True)
class EntriesFile:
    """`codes` has those of wrong lines too, so that their marks are not called strangers; None if unreadable."""

    entries: list[Entry]
    codes: set[str] | None
    problems: list[Problem]


@dataclass(slots=True)
class CoefficientsFile:
    """`lines` of every pair that stands there, its coefficient right or wrong."""

    source: Source
    problems: list[Problem]
    coefficients: dict[Pair, int] = field(default_factory=dict)
    lines: dict[Pair, int] = field(default_factory=dict)


def read_contest(
    scheme: Source, marks: Source, entries: Source | None = None, coefficients: Source | None = None
) -> tuple[Contest | None, list[Problem]]:
    """The contest in these files, or None and every problem: scheme, entries, marks, coefficients, each by line."""
    examined = _examine(scheme)
    rows = read_marks(marks, examined.aspects)
    listed = (
        read_entries(entries) if entries is not None else EntriesFile(entries_of(key[0] for key in rows.keys), None, [])
    )
    factors = read_coefficients(coefficients) if coefficients is not None else None
    rows.problems += check_keys(rows.keys, examined.aspects, listed.codes, rows.field_of)
    if factors is not None:
        for pair, line in factors.lines.items():
            factors.problems += check_coefficient(pair, examined.aspects, listed.codes, factors.source.at(line))
    rows.problems += _missing(rows, examined.aspects, listed, factors)
    problems = examined.problems + listed.problems + _by_line(rows.problems)
    if factors is not None:
        problems += _by_line(factors.problems)
    if problems or examined.scheme is None:
        return None, problems
    given = factors.coefficients if factors is not None else {}
    return Contest(examined.scheme, tuple(listed.entries), tuple(rows.marks), given), []


def _examine(source: Source) -> Examined:
    text, problems = source.text()
    return Examined(None, problems, None) if problems else examine_text(text, source.name)


def _missing(
    rows: MarksFile, aspects: Aspects | None, listed: EntriesFile, factors: CoefficientsFile | None
) -> list[Problem]:
    placeable = {entry.code for entry in listed.entries if entry.status == "ok"}
    wanted = wanted_coefficients(rows.given, aspects or {}, placeable)
    return missing_coefficients(wanted, factors.lines if factors is not None else {}, rows.field_of)


def _by_line(problems: list[Problem]) -> list[Problem]:
    """In the order of lines, `marks.csv:2` before `marks.csv:10`; the file as a whole comes first."""
    return sorted(problems, key=_line_of)


def _line_of(problem: Problem) -> int:
    line = problem.field.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0


def read_entries(source: Source) -> EntriesFile:
    """entries.csv: `entry` and, each optional, group, status, penalty, carried, time."""
    table = open_table(source, ["entry"], ["group", "status", "penalty", "carried", "time"])
    if not table.columns:
        return EntriesFile([], None, table.problems)
    codes: set[str] = set()
    entries = []
    for line, row in table.rows():
        cells = {name: normal(row[place]) for name, place in table.columns.items()}
        if not any(cells.values()):
            continue
        code = cells["entry"]
        if not code:
            table.refuse(line, "cell_blank", column="entry")
        elif code in codes:
            table.refuse(line, "entry_repeated", entry=shown(code))
        codes.add(code)
        status = cells.get("status") or "ok"
        if status not in get_args(OwnStatus):
            table.refuse(line, "status_unknown", status=shown(status), choices=", ".join(get_args(OwnStatus)))
        texts = {name: row[place] for name, place in table.columns.items()}
        entries.append(
            Entry(
                code=code,
                group=cells.get("group", ""),
                status=cast(OwnStatus, status),
                penalty=_number(table, line, texts, "penalty", least=0) or 0,
                carried=_number(table, line, texts, "carried") or 0,
                time=_number(table, line, texts, "time", least=0),
            )
        )
    return EntriesFile(entries, codes if not _broken(table) else None, table.problems)


def _broken(table: Table) -> bool:
    """Whether entries may stand there that could not be read."""
    return any(problem.code in ("csv_broken", "cells_missing", "cells_surplus") for problem in table.problems)


def _number(table: Table, line: int, texts: Mapping[str, str], column: str, least: int | None = None) -> int | None:
    text = texts.get(column, "")
    if not text.strip():
        return None
    number = read_decimal(text, MARK_PLACES)
    if number is None:
        table.refuse(line, "cell_not_decimal", column=column, places=str(MARK_PLACES), value=shown(text.strip()))
    elif least is not None and number < least:
        table.refuse(line, "cell_negative", column=column, value=shown(text.strip()))
    return number


def read_coefficients(source: Source) -> CoefficientsFile:
    """coefficients.csv: `entry,aspect,coefficient`, above 0."""
    table = open_table(source, ["entry", "aspect", "coefficient"])
    found = CoefficientsFile(source, table.problems)
    for line, row in table.rows() if table.columns else ():
        entry, aspect, text = (row[table.columns[name]] for name in ("entry", "aspect", "coefficient"))
        pair = normal(entry), normal(aspect)
        if not any((*pair, text.strip())):
            continue
        for name, code in zip(("entry", "aspect"), pair, strict=True):
            if not code:
                table.refuse(line, "cell_blank", column=name)
        if pair in found.lines:
            first = source.at(found.lines[pair])
            table.refuse(line, "coefficient_repeated", entry=shown(pair[0]), aspect=shown(pair[1]), first=first)
        elif all(pair):
            found.lines[pair] = line
        number = read_decimal(text, WEIGHT_PLACES)
        if number is None or number <= 0:
            table.refuse(line, "coefficient_value", places=str(WEIGHT_PLACES), value=shown(text.strip()))
        else:
            found.coefficients[pair] = number
    return found
