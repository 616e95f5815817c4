"""Standings as files: the csv table that is published, and the json in which every step can be redone by hand.

Rules: the spec's "Output". What it leaves open, as it is written here: in json every value of an entry is a string,
empty where there is none, and `place`, `total`, `tied` ("yes") and `decided_by` are the csv's cells; yes-or-no keys
(`dropped`, `rounded`, `rounded_mark`, `rounded_points`) are booleans and say that the step was rounded to `digits`.
`points` and `combined` show `digits` decimals. `exact_points` are those that count, rounded where the scheme says so;
`exact_combined` is before any rounding. `coefficient` is empty where the aspect has none. Unplaced entries keep
their marks and aspects, so that one sees what is missing, but have no module points.
"""

import csv
from collections.abc import Iterator
from fractions import Fraction
from io import StringIO
from typing import Final

from foundation.tabulation.decimals import MARK_PLACES, WEIGHT_PLACES, show_decimal, show_exact, show_fixed
from foundation.tabulation.marks import written
from foundation.tabulation.scheme_model import COLUMNS_AFTER, COLUMNS_BEFORE
from foundation.tabulation.standings import AspectLine, Line, ModuleLine, Standings

FORMAT: Final = "ganpo-standings/1"


def standings_csv(standings: Standings) -> str:
    """The table with its header, lines ended by a newline."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(standings_rows(standings))
    return text.getvalue()


def standings_rows(standings: Standings) -> Iterator[list[str]]:
    """The header and the cells of each line."""
    yield [*COLUMNS_BEFORE, *standings.modules, *COLUMNS_AFTER]
    for line in standings.lines:
        modules = [_points(module.points, standings.digits) if _placed(line) else "" for module in line.modules]
        head = [line.group, _place(line), line.entry, line.status, _points(line.total, standings.digits)]
        yield [*head, *modules, _tied(line), line.decided_by]


def standings_json(standings: Standings) -> dict[str, object]:
    """The standings as plain data for `json.dumps`."""
    return {
        "format": FORMAT,
        "title": standings.title,
        "digits": standings.digits,
        "entries": [_line(line, standings.digits) for line in standings.lines],
    }


def _line(line: Line, digits: int) -> dict[str, object]:
    return {
        "group": line.group,
        "place": _place(line),
        "entry": line.entry,
        "status": line.status,
        "total": _points(line.total, digits),
        "exact_total": _exact(line.exact_total),
        "carried": show_decimal(line.carried, MARK_PLACES),
        "penalty": show_decimal(line.penalty, MARK_PLACES),
        "time": "" if line.time is None else show_decimal(line.time, MARK_PLACES),
        "tied": _tied(line),
        "decided_by": line.decided_by,
        "modules": [_module(module, digits, placed=_placed(line)) for module in line.modules],
    }


def _module(module: ModuleLine, digits: int, *, placed: bool) -> dict[str, object]:
    points = module.points if placed else None
    return {
        "code": module.code,
        "points": _points(points, digits),
        "exact_points": _exact(points),
        "rounded": module.rounded,
        "aspects": [_aspect(aspect, digits) for aspect in module.aspects],
    }


def _aspect(aspect: AspectLine, digits: int) -> dict[str, object]:
    return {
        "code": aspect.code,
        "kind": aspect.kind,
        "status": aspect.status,
        "marks": [{"judge": mark.judge, "mark": written(mark.value), "dropped": mark.dropped} for mark in aspect.marks],
        "combined": _points(aspect.combined, digits),
        "exact_combined": _exact(aspect.combined),
        "coefficient": "" if aspect.coefficient is None else show_decimal(aspect.coefficient, WEIGHT_PLACES),
        "points": _points(aspect.points, digits),
        "exact_points": _exact(aspect.points),
        "rounded_mark": aspect.rounded_mark,
        "rounded_points": aspect.rounded_points,
    }


def _placed(line: Line) -> bool:
    return line.place is not None


def _place(line: Line) -> str:
    return "" if line.place is None else str(line.place)


def _tied(line: Line) -> str:
    return "yes" if line.tied else ""


def _points(value: Fraction | None, digits: int) -> str:
    return "" if value is None else show_fixed(value, digits)


def _exact(value: Fraction | None) -> str:
    return "" if value is None else show_exact(value)
