"""Small builders for the tests: a scheme of one module, rows as short texts, standings as short texts."""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction

from foundation.base.problem import Problem
from foundation.tabulation.files import Contest, Source, read_contest
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme import Scheme, check_scheme
from foundation.tabulation.standings import AspectLine, Line, Standings

MEASUREMENT = {"code": "A", "kind": "measurement", "max": "100"}
DEDUCTION = {"code": "A", "kind": "deduction", "max": "10"}
GRADE = {"code": "A", "kind": "grade", "table": {"Ⅰ": "40", "Ⅱ": "28", "Ⅲ": "12", "Ⅳ": "0"}}
JUDGEMENT = {"code": "A", "kind": "judgement", "judges": 3, "max": "10"}
PANEL = {"code": "A", "kind": "panel", "judges": 5, "max": "10", "combine": "mean", "drop_highest": 1, "drop_lowest": 1}
PLAIN_PANEL = {"code": "A", "kind": "panel", "judges": 3, "max": "10", "combine": "mean"}


def module(*aspects: Mapping[str, object], code: str = "M", **keys: object) -> dict[str, object]:
    """A module of these aspects."""
    return {"code": code, "aspects": list(aspects), **keys}


def scheme_data(*modules: Mapping[str, object], **keys: object) -> dict[str, object]:
    """A scheme file's data; bare aspects become one module M."""
    listed = [each if "aspects" in each else module(each) for each in modules]
    return {"format": "ganpo-scheme/1", "title": "决赛", "digits": 2, "modules": listed, **keys}


def scheme(*modules: Mapping[str, object], **keys: object) -> Scheme:
    """A valid scheme of these modules."""
    found, problems = check_scheme(scheme_data(*modules, **keys))
    assert found is not None, problems
    return found


def csv_text(header: str, *rows: str) -> bytes:
    """Lines of a CSV file."""
    return "\n".join([header, *rows, ""]).encode()


def read(
    data: Mapping[str, object],
    marks: Iterable[str],
    entries: Iterable[str] | None = None,
    coefficients: Iterable[str] | None = None,
) -> tuple[Contest | None, list[Problem]]:
    """The contest in these files; an entry's row is `entry,group,status,penalty,carried,time`."""
    return read_contest(
        Source("scheme.json", json.dumps(data).encode()),
        Source("marks.csv", csv_text("entry,aspect,judge,mark", *marks)),
        None
        if entries is None
        else Source("entries.csv", csv_text("entry,group,status,penalty,carried,time", *entries)),
        None
        if coefficients is None
        else Source("coefficients.csv", csv_text("entry,aspect,coefficient", *coefficients)),
    )


def standings(
    data: Mapping[str, object],
    marks: Iterable[str],
    entries: Iterable[str] | None = None,
    coefficients: Iterable[str] | None = None,
) -> Standings:
    """The standings of a contest that has no problems."""
    contest, problems = read(data, marks, entries, coefficients)
    assert contest is not None, problems
    return tabulate(contest.scheme, contest.entries, contest.marks, contest.coefficients)


def problems(
    data: Mapping[str, object],
    marks: Iterable[str],
    entries: Iterable[str] | None = None,
    coefficients: Iterable[str] | None = None,
) -> list[tuple[str, str]]:
    """Every problem's place and code."""
    _, found = read(data, marks, entries, coefficients)
    return [(each.field, each.code) for each in found]


def rows(entry: str, aspect: str, *marks: object) -> list[str]:
    """One row a judge: J1, J2 ..."""
    return [f"{entry},{aspect},J{place},{mark}" for place, mark in enumerate(marks, start=1)]


def line_of(table: Standings, entry: str) -> Line:
    """That entry's line."""
    return next(line for line in table.lines if line.entry == entry)


def one_aspect(aspect: Mapping[str, object], *marks: object, **keys: object) -> AspectLine:
    """What one entry's marks come to in one aspect."""
    table = standings(scheme_data(aspect, **keys), rows("E", "A", *marks), ["E,,,,,"])
    return table.lines[0].modules[0].aspects[0]


def table_of(table: Standings) -> list[str]:
    """`place entry total decided_by`, a `=` at a shared place, in the order of the standings."""
    return [
        f"{line.place}{'=' if line.tied else ''} {line.entry} {shown(line.total)} {line.decided_by}".strip()
        if line.place is not None
        else f"- {line.entry} {line.status}"
        for line in table.lines
    ]


def shown(value: Fraction | None) -> str:
    """An exact value as a fraction."""
    return str(value)
