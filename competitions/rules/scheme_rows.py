"""The scheme editor's rows: everything as it was typed, named as the form names it. Pure.

A module's field is `m0-code`, an aspect's `m0-a3-max`, a tie step `tie-0` with a value like `module:P` or `time`.
Nothing is judged here, so nothing typed can be lost here; `scheme_form.py` says what is wrong.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as made_by

from competitions.rules.notes import SheetNotes
from foundation.tabulation.decimals import MARK_PLACES, WEIGHT_PLACES, show_decimal
from foundation.tabulation.scheme import Aspect, Module, Scheme
from foundation.tabulation.scheme_model import MILLION

KINDS = ("measurement", "judgement", "panel", "deduction", "grade")
TOP = ("title", "digits", "unmarked")
MODULE = ("code", "name", "weight", "round", "voids")
LEVELS = ("level0", "level1", "level2", "level3")
COMMON = ("code", "name", "kind", "round_mark", "factor", "round_points", "coefficient", "criterion")
OF_KIND: Mapping[str, tuple[str, ...]] = {
    "measurement": ("max", "step", "judges", "min_marks"),
    "deduction": ("max", "step", "judges", "min_marks", "keys"),
    "grade": ("table", "judges", "min_marks"),
    "judgement": ("max", "judges", *LEVELS, "max_spread", "min_marks"),
    "panel": ("max", "min", "step", "judges", "combine", "drop_highest", "drop_lowest", "min_marks"),
}
ASPECT = tuple(dict.fromkeys((*COMMON, *(name for names in OF_KIND.values() for name in names))))
MOST_MODULES, MOST_ASPECTS, MOST_TIES = 26, 300, 20

_NAME = re.compile(r"m(\d{1,3})-(?:a(\d{1,3})-)?(\w+)")


@dataclass(frozen=True, slots=True)
class AspectRow:
    """One aspect as typed; a field that was not typed is blank."""

    values: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def kind(self) -> str:
        """The chosen kind; what is no kind shows as a measurement."""
        return self.get("kind") if self.get("kind") in KINDS else "measurement"


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One module as typed, with its aspects."""

    values: Mapping[str, str]
    aspects: tuple[AspectRow, ...] = ()

    def get(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class SchemeRows:
    """The whole editor as typed."""

    top: Mapping[str, str] = made_by(default_factory=dict)
    modules: tuple[ModuleRow, ...] = ()
    ties: tuple[str, ...] = ()

    def with_module(self, at: int, module: ModuleRow) -> "SchemeRows":
        return replace(self, modules=(*self.modules[:at], module, *self.modules[at + 1 :]))


def empty_rows(title: str) -> SchemeRows:
    """What an organiser starts from when starting from nothing: one module, one aspect."""
    aspect = AspectRow({"code": "A1", "kind": "measurement"})
    top = {"title": title, "digits": "2", "unmarked": "incomplete"}
    return SchemeRows(top, (ModuleRow({"code": "A"}, (aspect,)),))


def rows_from_fields(fields: Mapping[str, str]) -> SchemeRows:
    """The rows of a submitted form, in the order of their numbers."""
    modules: dict[int, dict[str, str]] = {}
    aspects: dict[int, dict[int, dict[str, str]]] = {}
    for name, value in fields.items():
        match = _NAME.fullmatch(name)
        if match is None:
            continue
        module, aspect, key = int(match[1]), match[2], match[3]
        if aspect is None and key in MODULE:
            modules.setdefault(module, {})[key] = value
        elif aspect is not None and key in ASPECT:
            modules.setdefault(module, {})
            aspects.setdefault(module, {}).setdefault(int(aspect), {})[key] = value
    ties = sorted((int(name[4:]), value) for name, value in fields.items() if re.fullmatch(r"tie-\d{1,2}", name))
    return SchemeRows(
        top={name: fields.get(name, "") for name in TOP},
        modules=tuple(
            ModuleRow(modules[at], tuple(AspectRow(row) for _, row in sorted(aspects.get(at, {}).items())))
            for at in sorted(modules)
        ),
        ties=tuple(value for _, value in ties),
    )


def fields_from_rows(rows: SchemeRows) -> dict[str, str]:
    """The form's fields, numbered afresh."""
    fields = dict(rows.top)
    for at, module in enumerate(rows.modules):
        fields |= {f"m{at}-{name}": module.get(name) for name in MODULE}
        for place, aspect in enumerate(module.aspects):
            fields |= {f"m{at}-a{place}-{name}": aspect.get(name) for name in ASPECT}
    return fields | {f"tie-{at}": tie for at, tie in enumerate(rows.ties)}


def rows_from_scheme(scheme: Scheme, notes: SheetNotes) -> SchemeRows:
    """A scheme as the editor shows it; what equals its default is blank."""
    return SchemeRows(
        top={"title": scheme.title, "digits": str(scheme.digits), "unmarked": scheme.unmarked},
        modules=tuple(_module_row(module, notes) for module in scheme.modules),
        ties=tuple(str(step) for step in scheme.tie_break),
    )


def _module_row(module: Module, notes: SheetNotes) -> ModuleRow:
    values = {
        "code": module.code,
        "name": module.name,
        "weight": "" if module.weight == MILLION else show_decimal(module.weight, WEIGHT_PLACES),
        "round": _yes(module.round),
        "voids": "\n".join(notes.voids.get(module.code, ())),
    }
    return ModuleRow(values, tuple(_aspect_row(aspect, notes) for aspect in module.aspects))


def _aspect_row(aspect: Aspect, notes: SheetNotes) -> AspectRow:
    note = notes.of(aspect.code)
    values = {
        "code": aspect.code,
        "name": aspect.name,
        "kind": aspect.kind,
        "max": _mark(aspect.max),
        "min": _mark(aspect.min or None),
        "step": _mark(aspect.step),
        "table": "\n".join(f"{key} = {_mark(value)}" for key, value in aspect.table),
        "judges": "" if aspect.judges is None else str(aspect.judges),
        "max_spread": str(aspect.max_spread) if aspect.max_spread != 1 else "",
        "combine": aspect.combine or "",
        "drop_highest": str(aspect.drop_highest or ""),
        "drop_lowest": str(aspect.drop_lowest or ""),
        "min_marks": str(aspect.min_marks) if aspect.min_marks != aspect.drop_highest + aspect.drop_lowest + 1 else "",
        "round_mark": _yes(aspect.round_mark),
        "factor": "" if aspect.factor == MILLION else show_decimal(aspect.factor, WEIGHT_PLACES),
        "round_points": _yes(aspect.round_points),
        "coefficient": _yes(aspect.coefficient),
        "criterion": note.criterion,
        "keys": "\n".join(f"{key.text} = {_mark(key.points)}" for key in note.keys),
        **dict(zip(LEVELS, aspect.levels, strict=False)),
    }
    return AspectRow({name: value for name, value in values.items() if value})


def _yes(flag: bool) -> str:
    return "yes" if flag else ""


def _mark(value: int | None) -> str:
    return "" if value is None else show_decimal(value, MARK_PLACES)
