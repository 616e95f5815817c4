"""The editor's rows judged: a scheme and its notes, or every problem tied to its field; sums and cautions beside. Pure.

The engine's own `check_scheme` decides what a scheme is; here its JSON paths become fields of the form, and what only
the sheet knows (deduction keys, void conditions) is checked.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from competitions.rules.notes import AspectNotes, DeductionKey, SheetNotes
from competitions.rules.scheme_limits import key_problems, limit_problems
from competitions.rules.scheme_rows import LEVELS, OF_KIND, AspectRow, ModuleRow, SchemeRows
from foundation.base.problem import Problem
from foundation.tabulation.decimals import MARK_PLACES, read_decimal, show_decimal
from foundation.tabulation.scheme import Aspect, Scheme, check_scheme
from foundation.tabulation.texts import normal

FORMAT = "ganpo-scheme/1"
LONGEST_NOTE = 500

_PATH = re.compile(r"modules\[(\d+)\](?:\.aspects\[(\d+)\])?(?:\.(\w+))?.*", re.DOTALL)
_TIE = re.compile(r"tie_break\[(\d+)\].*", re.DOTALL)
_PAIR = re.compile(r"(.*\S)\s*[=＝\t:：]\s*(\S+)|(.*\S)\s+(\S+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rows mean. With problems there is no scheme."""

    scheme: Scheme | None
    notes: SheetNotes
    problems: tuple[Problem, ...]


def read_rows(rows: SchemeRows) -> Reading:
    """Judge all rows at once."""
    problems: list[Problem] = []
    data = _data(rows, problems)
    scheme, found = check_scheme(data)
    found += limit_problems(data)
    problems += [Problem(problem.code, field_of(problem.field), problem.params) for problem in found]
    notes = _notes(rows, problems)
    ordered = sorted(problems, key=lambda problem: _order(problem.field))
    return Reading(None if ordered else scheme, notes, tuple(ordered))


def field_of(path: str) -> str:
    """The form's field for a JSON path: `modules[0].aspects[2].table.Ⅰ` is `m0-a2-table`."""
    if tie := _TIE.fullmatch(path):
        return f"tie-{tie[1]}"
    match = _PATH.fullmatch(path)
    if match is None:
        return path if path in ("title", "digits", "unmarked") else ""
    module, aspect, key = match[1], match[2], match[3] or "code"
    key = {"levels": "level0", "aspects": "code"}.get(key, key)
    return f"m{module}-a{aspect}-{key}" if aspect is not None else f"m{module}-{key}"


def cautions(scheme: Scheme, total: Fraction | None) -> list[Problem]:
    """What is allowed but seldom meant: stated weights that do not make 1, full marks that are not 100."""
    found = []
    weights = sum(module.weight for module in scheme.modules)
    if any(module.weight != 1_000_000 for module in scheme.modules) and weights != 1_000_000:
        found.append(Problem("caution_weights", "m0-weight", {"sum": show_decimal(weights, 6)}))
    if total is not None and total != 100:
        found.append(Problem("caution_full_marks", "", {"total": figure(total)}))
    return found


def figure(value: Fraction) -> str:
    """A sum as it is shown: exact where it has at most six decimals."""
    return show_decimal(round(value * 1_000_000), 6)


def _data(rows: SchemeRows, problems: list[Problem]) -> dict[str, object]:
    return {
        "format": FORMAT,
        **{name: value for name in ("title", "digits", "unmarked") if (value := rows.top.get(name, "").strip())},
        "modules": [module_data(module, at, problems) for at, module in enumerate(rows.modules)],
        "tie_break": [_tie(tie) for tie in rows.ties],
    }


def module_data(module: ModuleRow, at: int, problems: list[Problem]) -> dict[str, object]:
    """A module as a scheme file says it; lines of tables that cannot be read are noted."""
    data: dict[str, object] = {
        name: value for name in ("code", "name", "weight") if (value := module.get(name).strip())
    }
    if module.get("round") == "yes":
        data["round"] = True
    data["aspects"] = [aspect_data(row, f"m{at}-a{place}", problems) for place, row in enumerate(module.aspects)]
    return data


def aspect_data(row: AspectRow, field: str, problems: list[Problem]) -> dict[str, object]:
    """An aspect as a scheme file says it: of the fields typed, those that its kind has."""
    data: dict[str, object] = {}
    for name in ("code", "name", "kind", "factor", *OF_KIND[row.kind]):
        value = row.get(name).strip()
        if value and name not in (*LEVELS, "table", "keys"):
            data[name] = value
    for flag in ("round_mark", "round_points", "coefficient"):
        if row.get(flag) == "yes":
            data[flag] = True
    levels = [row.get(level).strip() for level in LEVELS]
    if row.kind == "judgement" and any(levels):
        data["levels"] = levels
    if row.kind == "grade":
        table = _table(row.get("table"), f"{field}-table", problems)
        if table:
            data["table"] = table
    return data


def _table(text: str, field: str, problems: list[Problem]) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in text.splitlines():
        pair = _pair(line)
        if pair is None:
            if line.strip():
                problems.append(Problem("table_line", field, {"text": line.strip()[:40]}))
        elif pair[0] in table:
            problems.append(Problem("table_key_twice", field, {"key": pair[0][:40]}))
        else:
            table[pair[0]] = pair[1]
    return table


def _pair(line: str) -> tuple[str, str] | None:
    """`未焊透每 5 mm = 2` as its text and its number; the last =, : or space parts them."""
    match = _PAIR.fullmatch(line.strip())
    return (match[1] or match[3], match[2] or match[4]) if match else None


def _tie(value: str) -> dict[str, str]:
    by, _, code = value.partition(":")
    return {key: text for key, text in (("by", by), ("code", code)) if text}


def _notes(rows: SchemeRows, problems: list[Problem]) -> SheetNotes:
    aspects: dict[str, AspectNotes] = {}
    voids: dict[str, tuple[str, ...]] = {}
    for at, module in enumerate(rows.modules):
        conditions = tuple(line.strip() for line in module.get("voids").splitlines() if line.strip())
        problems += _long(f"m{at}-voids", conditions)
        if len(set(conditions)) < len(conditions):
            problems.append(Problem("void_twice", f"m{at}-voids"))
        if conditions:
            voids[normal(module.get("code"))] = conditions
        for place, row in enumerate(module.aspects):
            field = f"m{at}-a{place}"
            criterion = " ".join(row.get("criterion").split())
            problems += _long(f"{field}-criterion", (criterion,))
            note = AspectNotes(criterion, _keys(row, f"{field}-keys", problems))
            if note != AspectNotes():
                aspects[normal(row.get("code"))] = note
    return SheetNotes(aspects, voids)


def _keys(row: AspectRow, field: str, problems: list[Problem]) -> tuple[DeductionKey, ...]:
    """A deduction's reasons, each with what one occurrence takes: within the aspect's marks and in its steps."""
    if row.kind != "deduction":
        return ()
    keys: dict[str, DeductionKey] = {}
    most, step = (read_decimal(row.get(name), MARK_PLACES) for name in ("max", "step"))
    step = step if step and step > 0 else None
    for line in (line.strip() for line in row.get("keys").splitlines()):
        if not line:
            continue
        pair = _pair(line)
        points = read_decimal(pair[1], MARK_PLACES) if pair else None
        if pair is None or points is None or points <= 0:
            problems.append(Problem("key_line", field, {"text": line[:40]}))
            continue
        key = DeductionKey(pair[0], points)
        if key.text in keys:
            about = {"text": key.text[:40], "points": show_decimal(points, MARK_PLACES)}
            problems.append(Problem("key_twice", field, about))
        problems += [Problem(each.code, field, each.params) for each in key_problems([key], most, step)]
        keys[key.text] = key
    problems += _long(field, tuple(keys))
    return tuple(keys.values())


def _long(field: str, texts: tuple[str, ...]) -> list[Problem]:
    about = {"most": str(LONGEST_NOTE)}
    return [Problem("note_long", field, {**about, "text": text[:20]}) for text in texts if len(text) > LONGEST_NOTE]


def _order(field: str) -> tuple[int, int, int]:
    """Problems stand in the order of the page: top, modules with their aspects, tie chain."""
    if field.startswith("tie-"):
        return (2, int(field[4:]), 0)
    match = re.match(r"m(\d+)(?:-a(\d+))?", field)
    return (1, int(match[1]), int(match[2] or -1) + 1) if match else (0, 0, 0)


def one_aspect(row: AspectRow, digits: int) -> Aspect | None:
    """The row by itself, codes aside, if it is right: what its full marks can be added up from."""
    data = aspect_data(row, "", []) | {"code": "A", "name": "A"}
    scheme, _ = check_scheme(
        {"format": FORMAT, "title": "-", "digits": digits, "modules": [{"code": "M", "aspects": [data]}]}
    )
    return scheme.aspect("A") if scheme else None
