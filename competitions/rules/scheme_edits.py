"""What the scheme editor's row buttons do: add, remove, move; everything else stays as typed. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from competitions.rules.scheme_rows import (
    MOST_ASPECTS,
    MOST_MODULES,
    MOST_TIES,
    AspectRow,
    ModuleRow,
    SchemeRows,
)

T = TypeVar("T")

_ACT = re.compile(r"(add|remove|up|down)-(module|tie|m\d{1,3}|tie-\d{1,2}|m\d{1,3}-a\d{1,3})")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def edited(rows: SchemeRows, act: str) -> tuple[SchemeRows, str]:
    """The rows after a button, and the id of the field to go to; unknown buttons and rows change nothing.

    `add-module`, `add-m0` (an aspect at its end), `add-tie`; `remove-`, `up-` and `down-` with `m0`, `m0-a3`, `tie-1`.
    """
    match = _ACT.fullmatch(act)
    if match is None:
        return rows, ""
    verb, what = match[1], match[2]
    if what == "module":
        return _add_module(rows) if verb == "add" else (rows, "")
    if what.startswith("tie"):
        return _tie(rows, verb, what)
    module, _, aspect = what.partition("-")
    at = int(module[1:])
    if at >= len(rows.modules):
        return rows, ""
    if verb == "add":
        return _add_aspect(rows, at) if not aspect else (rows, "")
    if not aspect:
        modules, place = _moved(rows.modules, at, verb)
        return replace(rows, modules=modules), f"m{place}-code" if modules else ""
    row = rows.modules[at]
    aspects, place = _moved(row.aspects, int(aspect[1:]), verb)
    anchor = f"m{at}-a{place}-code" if aspects else f"m{at}-code"
    return rows.with_module(at, replace(row, aspects=aspects)), anchor


def _add_module(rows: SchemeRows) -> tuple[SchemeRows, str]:
    if len(rows.modules) >= MOST_MODULES:
        return rows, ""
    used = {module.get("code").strip() for module in rows.modules}
    code = next(letter for letter in _LETTERS if letter not in used)
    module = ModuleRow({"code": code}, (AspectRow({"code": f"{code}1", "kind": "measurement"}),))
    return replace(rows, modules=(*rows.modules, module)), f"m{len(rows.modules)}-name"


def _add_aspect(rows: SchemeRows, at: int) -> tuple[SchemeRows, str]:
    """A new row with the next code and the kind of the row above, for like stands by like."""
    if sum(len(module.aspects) for module in rows.modules) >= MOST_ASPECTS:
        return rows, ""
    module = rows.modules[at]
    used = {aspect.get("code").strip() for other in rows.modules for aspect in other.aspects}
    stem = module.get("code").strip() or _LETTERS[at % len(_LETTERS)]
    number = len(module.aspects) + 1
    while f"{stem}{number}" in used:
        number += 1
    kind = module.aspects[-1].kind if module.aspects else "measurement"
    aspect = AspectRow({"code": f"{stem}{number}", "kind": kind})
    return rows.with_module(at, replace(module, aspects=(*module.aspects, aspect))), (
        f"m{at}-a{len(module.aspects)}-name"
    )


def _tie(rows: SchemeRows, verb: str, what: str) -> tuple[SchemeRows, str]:
    if what == "tie":
        if verb != "add" or len(rows.ties) >= MOST_TIES:
            return rows, ""
        return replace(rows, ties=(*rows.ties, "")), f"tie-{len(rows.ties)}"
    ties, place = _moved(rows.ties, int(what[4:]), verb)
    return replace(rows, ties=ties), f"tie-{place}" if ties else ""


def _moved(rows: Sequence[T], at: int, verb: str) -> tuple[tuple[T, ...], int]:
    """The rows with one removed or moved, and where to look now."""
    found = list(rows)
    if at >= len(found):
        return tuple(found), 0
    if verb == "remove":
        del found[at]
        return tuple(found), max(0, min(at, len(found) - 1))
    to = at - 1 if verb == "up" else at + 1
    if verb in ("up", "down") and 0 <= to < len(found):
        found[at], found[to] = found[to], found[at]
        return tuple(found), to
    return tuple(found), at
