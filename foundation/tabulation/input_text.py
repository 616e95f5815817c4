"""Entries, marks and coefficients as the files that `files.py` reads: what goes into a results bundle.

The same values always give the same bytes: rows are sorted, numbers shortest.
"""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from foundation.tabulation.checks import Pair
from foundation.tabulation.decimals import MARK_PLACES, WEIGHT_PLACES, show_decimal
from foundation.tabulation.marks import Mark, written
from foundation.tabulation.scheme_model import Scheme
from foundation.tabulation.standings import Entry


def entries_csv(entries: Iterable[Entry]) -> str:
    """Every column, in the order of codes; a time that is not known is blank."""
    return _text(
        ("entry", "group", "status", "penalty", "carried", "time"),
        (
            (
                entry.code,
                entry.group,
                entry.status,
                show_decimal(entry.penalty, MARK_PLACES),
                show_decimal(entry.carried, MARK_PLACES),
                "" if entry.time is None else show_decimal(entry.time, MARK_PLACES),
            )
            for entry in sorted(entries, key=lambda entry: entry.code)
        ),
    )


def marks_csv(scheme: Scheme, marks: Iterable[Mark]) -> str:
    """By entry, then aspect in the scheme's order, then judge."""
    places = {aspect.code: place for place, aspect in enumerate(scheme.aspects())}
    ordered = sorted(marks, key=lambda mark: (mark.entry, places[mark.aspect], mark.judge))
    return _text(
        ("entry", "aspect", "judge", "mark"),
        ((mark.entry, mark.aspect, mark.judge, written(mark.value)) for mark in ordered),
    )


def coefficients_csv(coefficients: Mapping[Pair, int]) -> str:
    """By entry, then aspect."""
    return _text(
        ("entry", "aspect", "coefficient"),
        (
            (entry, aspect, show_decimal(number, WEIGHT_PLACES))
            for (entry, aspect), number in sorted(coefficients.items())
        ),
    )


def _text(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
