"""A frozen scheme as a person reads it: every figure printed, full marks added up, notes beside their aspects. Pure.

Words are the template's part: it says how judges' marks are combined from `Aspect` itself.
"""

from dataclasses import dataclass
from fractions import Fraction

from competitions.rules.notes import SheetNotes
from competitions.rules.sums import figure
from foundation.tabulation.full_marks import full_marks, module_full_marks
from foundation.tabulation.scheme_model import MILLION, THOUSAND, Aspect, Module, Scheme


@dataclass(frozen=True, slots=True)
class Key:
    """One reason to take points off, and how much each time."""

    text: str
    points: str


@dataclass(frozen=True, slots=True)
class ShownAspect:
    """One aspect. `full` (配分) is what it can give at most, "" where that depends on the entry's coefficient."""

    aspect: Aspect
    criterion: str
    full: str
    highest: str
    lowest: str  # "" for 0
    step: str
    factor: str  # "" for 1
    table: tuple[tuple[str, str], ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class ShownModule:
    """One module with its weight ("" for 1), what it can count at most, and its void conditions (否决项)."""

    module: Module
    weight: str
    full: str
    voids: tuple[str, ...]
    aspects: tuple[ShownAspect, ...]


def shown_modules(scheme: Scheme, notes: SheetNotes) -> list[ShownModule]:
    """The scheme's modules in its order."""
    return [
        ShownModule(
            module=module,
            weight="" if module.weight == MILLION else figure(Fraction(module.weight, MILLION)).text,
            full=_full(module_full_marks(module, scheme.digits)),
            voids=notes.voids.get(module.code, ()),
            aspects=tuple(_aspect(aspect, scheme.digits, notes) for aspect in module.aspects),
        )
        for module in scheme.modules
    ]


def _aspect(aspect: Aspect, digits: int, notes: SheetNotes) -> ShownAspect:
    note = notes.of(aspect.code)
    return ShownAspect(
        aspect=aspect,
        criterion=note.criterion,
        full=_full(full_marks(aspect, digits)),
        highest=_thousandths(aspect.max),
        lowest=_thousandths(aspect.min) if aspect.min else "",
        step=_thousandths(aspect.step),
        factor="" if aspect.factor == MILLION else figure(Fraction(aspect.factor, MILLION)).text,
        table=tuple((key, _thousandths(points)) for key, points in aspect.table),
        keys=tuple(Key(key.text, _thousandths(key.points)) for key in note.keys),
    )


def _full(points: Fraction | None) -> str:
    return "" if points is None else figure(points).text


def _thousandths(value: int | None) -> str:
    return "" if value is None else figure(Fraction(value, THOUSAND)).text
