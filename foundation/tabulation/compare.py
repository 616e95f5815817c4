"""A published standings file against the recomputed one, row for row: what differs, by line, entry and column."""

from collections.abc import Sequence

from foundation.base.problem import Problem
from foundation.tabulation.csv_text import Source, open_table
from foundation.tabulation.texts import shown


def compare_standings(published: Source, expected: Sequence[Sequence[str]]) -> list[Problem]:
    """Every difference; `expected` are the recomputed header and rows.

    Rows are matched by entry, so that one row taken out is told as one, and not as every row after it.
    """
    header = list(expected[0])
    table = open_table(published, header)
    if table.problems:
        return table.problems
    found_header = sorted(table.columns, key=lambda name: table.columns[name])
    if found_header != header or table.header_width != len(header):
        table.refuse(1, "header_differs", found=",".join(found_header), expected=",".join(header))
        return table.problems
    entry_at = header.index("entry")
    wanted = {row[entry_at]: list(row) for row in expected[1:]}
    order: list[tuple[int, str]] = []
    seen: set[str] = set()
    for line, row in table.rows():
        entry = row[entry_at]
        if entry in seen:
            table.refuse(line, "row_twice", entry=shown(entry))
            continue
        seen.add(entry)
        if entry not in wanted:
            table.refuse(line, "row_unknown", entry=shown(entry))
            continue
        order.append((line, entry))
        for column, cell, right in zip(header, row, wanted[entry], strict=False):
            if cell != right:
                table.refuse(
                    line, "cell_differs", entry=shown(entry), column=column, found=_cell(cell), expected=_cell(right)
                )
    table.problems += [
        Problem("row_missing", published.name, {"entry": shown(entry), "expected": shown(",".join(row), 200)})
        for entry, row in wanted.items()
        if entry not in seen
    ]
    right_order = [entry for entry in wanted if entry in seen]
    for (line, entry), right in zip(order, right_order, strict=True):
        if entry != right:
            table.refuse(line, "order_differs", entry=shown(entry), expected=shown(right))
            break
    return table.problems


def _cell(text: str) -> str:
    return shown(text) if text else "-"
