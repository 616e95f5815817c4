"""What can be wrong with any list of rows in a round's rules: codes, names, filters. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from craftsmen.rules.facts import Filter, nobody, wrong_part
from foundation.base.problem import Problem

LONGEST_NAME = 200
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def row_problems(part: str, rows: Sequence[Any], name: str = "name") -> Iterator[Problem]:
    """Codes that are there, well formed and unlike; names that are there, short enough and unlike."""
    codes: set[str] = set()
    names: set[str] = set()
    for at, row in enumerate(rows):
        field, said = f"{part}-{at}-{name}", getattr(row, name).strip()
        if not said:
            yield Problem("round_row_empty", field)
        elif len(said) > LONGEST_NAME:
            yield Problem("round_long", field, {"most": str(LONGEST_NAME)})
        elif said in names:
            yield Problem("round_row_twice", field, {"name": said})
        if not _CODE.fullmatch(row.code):
            yield Problem("round_code", field, {"code": row.code[:40]})
        elif row.code in codes:
            yield Problem("round_code_twice", field, {"code": row.code})
        codes.add(row.code)
        names.add(said)


def filter_problems(field: str, wanted: Filter) -> Iterator[Problem]:
    """A filter that asks for a fact there is not, or for what nobody can be."""
    if (part := wrong_part(wanted)) is not None:
        yield Problem("round_filter", field, {"part": "=".join(part)})
    elif nobody(wanted):
        yield Problem("round_filter_nobody", field)
