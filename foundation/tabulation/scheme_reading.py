"""Scheme files and forms to a `Scheme`: every rule that a scheme must keep, every breach noted by its JSON path.

Contract: the spec's "scheme.json"; one aspect is `aspect_reading.py`. What the spec leaves open, as it is read here:
`format`, `title`, `digits`, `modules`, each `aspects` and each `code` must be said; a `name` that is not said is the
code, `unmarked` is "incomplete", `tie_break` has no steps, and a flag is false. The title is kept as it is written.
"""

from dataclasses import dataclass
from typing import Final, cast, get_args

from foundation.base.problem import Problem
from foundation.tabulation.aspect_reading import not_negative, read_aspect
from foundation.tabulation.fields import Fields
from foundation.tabulation.json_text import read_json
from foundation.tabulation.scheme_model import (
    COLUMNS_AFTER,
    COLUMNS_BEFORE,
    Aspect,
    By,
    Module,
    Scheme,
    TieStep,
    Unmarked,
)
from foundation.tabulation.texts import shown

FORMAT: Final = "ganpo-scheme/1"


@dataclass(frozen=True, slots=True)
class Examined:
    """What reading a scheme found.

    `aspects` lets marks be checked while the scheme has problems: each aspect's code with the aspect, or with None
    where it is wrong itself; None altogether where even the codes are not known for sure.
    """

    scheme: Scheme | None
    problems: list[Problem]
    aspects: dict[str, Aspect | None] | None


def read_scheme(text: str, source: str = "scheme.json") -> tuple[Scheme | None, list[Problem]]:
    """The scheme in a file's text, or None and every problem, at `scheme.json: modules[0].weight`."""
    examined = examine_text(text, source)
    return examined.scheme, examined.problems


def check_scheme(data: object) -> tuple[Scheme | None, list[Problem]]:
    """The scheme in data of dicts, lists, texts, whole numbers and booleans; problems at `modules[0].weight`."""
    examined = examine(data)
    return examined.scheme, examined.problems


def examine_text(text: str, source: str) -> Examined:
    """Like `read_scheme`, keeping what could be read in spite of problems."""
    data, problems = read_json(text, source)
    if problems:
        return Examined(None, problems, None)
    found = examine(data)
    placed = [
        Problem(each.code, f"{source}: {each.field}" if each.field else source, each.params) for each in found.problems
    ]
    return Examined(found.scheme, placed, found.aspects)


def examine(data: object) -> Examined:
    """Like `check_scheme`, keeping what could be read in spite of problems."""
    problems: list[Problem] = []
    if not isinstance(data, dict):
        return Examined(None, [Problem("not_object")], None)
    top = Fields(data, "", problems)
    if top.text("format") != FORMAT and top.clean("format"):
        top.refuse("format", "format", format=FORMAT)
    title = top.text("title", keep=True)
    digits = top.whole("digits", 0, 3)
    unmarked = cast(Unmarked, top.choice("unmarked", "incomplete", "zero", default="incomplete"))
    codes = _Codes(set(), {}, True)
    modules = tuple(_module(fields, codes) for fields in top.objects("modules"))
    steps = tuple(_tie_step(fields, codes) for fields in top.objects("tie_break", required=False))
    top.finish()
    known = codes.aspects if codes.complete and top.clean("modules") else None
    if problems:
        return Examined(None, problems, known)
    return Examined(Scheme(title, digits, unmarked, modules, steps), [], known)


@dataclass(slots=True)
class _Codes:
    """The codes met so far; `complete` while every aspect's could be read."""

    modules: set[str]
    aspects: dict[str, Aspect | None]
    complete: bool


def _module(fields: Fields, codes: _Codes) -> Module:
    code = fields.text("code")
    if fields.clean("code"):
        if code in (*COLUMNS_BEFORE, *COLUMNS_AFTER):
            fields.refuse("code", "code_is_column", code=shown(code))
        elif code in codes.modules:
            fields.refuse("code", "code_repeated", code=shown(code))
        codes.modules.add(code)
    name = fields.text("name", default=code)
    weight = not_negative(fields, "weight")
    rounded = fields.flag("round")
    aspects = [_listed_aspect(each, codes) for each in fields.objects("aspects")]
    codes.complete = codes.complete and fields.clean("aspects")
    fields.finish()
    return Module(code, name, weight, rounded, tuple(aspects))


def _listed_aspect(fields: Fields, codes: _Codes) -> Aspect:
    noted = len(fields.problems)
    aspect = read_aspect(fields)
    if not fields.clean("code"):
        codes.complete = False
    elif aspect.code in codes.aspects:
        fields.refuse("code", "code_repeated", code=shown(aspect.code))
    codes.aspects[aspect.code] = aspect if len(fields.problems) == noted else None
    return aspect


def _tie_step(fields: Fields, codes: _Codes) -> TieStep:
    by = cast(By, fields.choice("by", *get_args(By)))
    code = ""
    if fields.clean("by") and by in ("module", "aspect"):
        code = fields.text("code")
        known = codes.modules if by == "module" else codes.aspects
        if fields.clean("code") and code not in known and codes.complete:
            fields.refuse("code", f"no_such_{by}", code=shown(code))
    if not fields.clean("by"):
        fields.forgive("code")
    fields.finish({"code": "key_not_of_step"})
    return TieStep(by, code)
