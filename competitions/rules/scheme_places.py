"""Where on the editor's page a problem is, in words: the row's code and name, and which of its fields. Pure."""

import re
from collections.abc import Iterable

from competitions.rules.scheme_rows import LEVELS, SchemeRows

_FIELD = re.compile(r"m(\d+)-(?:a(\d+)-)?(\w+)")


def places(rows: SchemeRows, fields: Iterable[str]) -> dict[str, tuple[str, str]]:
    """By field: the row as `P2 接线工艺` (blank for the top; the number of a tie step), and the
    field's own name (`max`, `tie`, `title` …)."""
    found = {}
    for field in fields:
        match = _FIELD.fullmatch(field)
        if match is None:
            tie = field.startswith("tie-") and field[4:].isdecimal()
            found[field] = (str(int(field[4:]) + 1), "tie") if tie else ("", field)
            continue
        module, aspect, key = int(match[1]), match[2], match[3]
        row = rows.modules[module] if module < len(rows.modules) else None
        place = row.aspects[int(aspect)] if row and aspect is not None and int(aspect) < len(row.aspects) else row
        label = f"{place.get('code')} {place.get('name')}".strip() if place else ""
        found[field] = (label, "levels" if key in LEVELS else key)
    return found
