"""Why this score: a frozen score turned into sums that the contestant can do again by hand. Pure.

The score is one entry's object of the standings JSON (spec/tabulation, "Output"), as it was frozen with the
publication; the scheme is the one it was computed by. Nothing is looked up anywhere else, and nothing is left out:
every mark, which were dropped, every rounding, factor, coefficient and weight. Words are the template's part.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from competitions.rules.details import Deduction, Detail
from competitions.rules.notes import SheetNotes
from competitions.rules.sums import Paper, figure
from competitions.rules.times import show_time
from competitions.rules.worked import AspectWorking, MarkShown, ModuleWorking, Reason, Working
from foundation.base.problem import Problem
from foundation.tabulation.decimals import show_fixed
from foundation.tabulation.marks import Value, Word, read_value, show_value
from foundation.tabulation.scheme_model import HIGHEST_LEVEL, MILLION, THOUSAND, Aspect, Module, Scheme

Details = Mapping[tuple[str, str], Detail]
"""By aspect and judge label: what stands behind a mark."""

NO_NOTES: Final = SheetNotes()
NO_DETAILS: Final[Details] = {}
NO_DETAIL: Final = Detail()


def work_out(
    score: Mapping[str, Any], scheme: Scheme, notes: SheetNotes = NO_NOTES, details: Details = NO_DETAILS
) -> Working:
    """The worked sums of a frozen score."""
    placed = bool(score["place"])
    rows = {module["code"]: module for module in score["modules"]}
    modules = [_module(rows[module.code], module, scheme, notes, details) for module in scheme.modules if placed]
    paper = Paper()
    paper.add(
        [("+", value, "module") for _, value in modules]
        + [("+", Fraction(score["carried"]), "carried")] * (Fraction(score["carried"]) != 0)
        + [("-", Fraction(score["penalty"]), "penalty")] * (Fraction(score["penalty"]) != 0)
    )
    paper.round(scheme.digits)
    return Working(
        entry=score["entry"],
        group=score["group"],
        place=int(score["place"]) if placed else None,
        status=score["status"],
        tied=bool(score["tied"]),
        decided_by=score["decided_by"],
        modules=tuple(shown for shown, _ in modules),
        total_sum=paper.lines[-1] if placed and paper.lines else None,
        total=show_fixed(paper.value, scheme.digits) if placed else "",
        time=show_time(int(Fraction(score["time"]) * THOUSAND)) if score["time"] else "",
    )


def _module(
    row: Mapping[str, Any], module: Module, scheme: Scheme, notes: SheetNotes, details: Details
) -> tuple[ModuleWorking, Fraction]:
    rows = {aspect["code"]: aspect for aspect in row["aspects"]}
    void = any(mark["mark"] == Word.VOID.value for aspect in row["aspects"] for mark in aspect["marks"])
    met = [text for (aspect, _), detail in details.items() if aspect in rows for text in detail.voids]
    weight = Fraction(module.weight, MILLION)
    aspects: list[AspectWorking] = []
    sheet, summands = Paper(), []
    for aspect in module.aspects:
        paper = Paper()
        if not void:
            _points(paper, rows[aspect.code], aspect, scheme.digits)
            summands.append(paper.value)
        aspects.append(_aspect(rows[aspect.code], aspect, notes, details, None if void else paper))
    sheet.add([("+", value, "points") for value in summands])
    sheet.go_on([("×", weight, "weight")] if summands else [])
    if module.round:
        sheet.round(scheme.digits)
    shown = ModuleWorking(
        code=module.code,
        name=module.name,
        weight=figure(weight),
        void=void,
        conditions=tuple(dict.fromkeys(met)),
        aspects=tuple(aspects),
        sums=tuple(sheet.lines),
        points=figure(sheet.value),
    )
    return shown, sheet.value


def _points(paper: Paper, row: Mapping[str, Any], aspect: Aspect, digits: int) -> None:
    """Work the marks that count out to the aspect's points; without any mark they are 0 ("unmarked": "zero")."""
    kept = _kept(row, aspect)
    if not kept:
        return
    _combine(paper, aspect, kept)
    if aspect.round_mark:
        paper.round(digits)
    coefficient = Fraction(row["coefficient"] or 1)
    paper.go_on([("×", Fraction(aspect.factor, MILLION), "factor"), ("×", coefficient, "coefficient")])
    if aspect.round_points:
        paper.round(digits)


def _combine(paper: Paper, aspect: Aspect, kept: Sequence[Fraction]) -> None:
    """The combined mark of those that count, as the aspect's kind says."""
    full = Fraction(aspect.max or 0, THOUSAND)
    if aspect.combine == "median":
        middle = sorted(kept)[(len(kept) - 1) // 2 : len(kept) // 2 + 1]
        paper.add([("+", value, "mark") for value in middle])
        paper.go_on([("÷", Fraction(len(middle)), "halves")])
    elif aspect.kind == "panel":
        paper.add([("+", value, "mark") for value in kept])
        if aspect.combine == "mean":
            paper.go_on([("÷", Fraction(len(kept)), "judges")])
    elif aspect.kind == "judgement":
        # Multiplied before it is divided: the decimals stay short for the pencil as long as they can.
        paper.add([("+", value, "level") for value in kept])
        judges, top = Fraction(len(kept)), Fraction(HIGHEST_LEVEL)
        paper.go_on([("×", full, "full"), ("÷", judges, "judges"), ("÷", top, "top_level")])
    elif aspect.kind == "deduction":
        paper.add([("+", full, "full"), ("-", kept[0], "taken_off")])
    else:  # a measurement or a grade: one agreed mark, though several may have written it down
        paper.add([("+", kept[0], "mark")])


def _aspect(
    row: Mapping[str, Any], aspect: Aspect, notes: SheetNotes, details: Details, paper: Paper | None
) -> AspectWorking:
    behind = [details.get((aspect.code, mark["judge"]), NO_DETAIL) for mark in row["marks"]]
    met: tuple[Deduction, ...] = next((detail.deductions for detail in behind if detail.deductions), ())
    median = aspect.combine == "median" and paper is not None
    return AspectWorking(
        code=aspect.code,
        name=aspect.name,
        kind=aspect.kind,
        combine=aspect.combine or "",
        criterion=notes.of(aspect.code).criterion,
        full=None if aspect.max is None else figure(Fraction(aspect.max, THOUSAND)),
        table=tuple((key, figure(Fraction(points, THOUSAND))) for key, points in aspect.table),
        marks=tuple(_mark(aspect, mark) for mark in row["marks"]),
        reasons=tuple(_reason(each) for each in met),
        capped=sum(each.points * each.count for each in met) > (aspect.max or 0),
        in_order=tuple(figure(value) for value in sorted(_kept(row, aspect))) if median else (),
        sums=() if paper is None else tuple(paper.lines),
        points=None if paper is None else figure(paper.value),
    )


def _kept(row: Mapping[str, Any], aspect: Aspect) -> list[Fraction]:
    """The marks that count: neither absent nor dropped; a grade's key already looked up."""
    worth = dict(aspect.table)
    kept: list[Fraction] = []
    for mark in row["marks"]:
        value = _value(aspect, mark["mark"])
        if not isinstance(value, Word) and not mark["dropped"]:
            kept.append(Fraction(worth[value] if isinstance(value, str) else value, THOUSAND))
    return kept


def _value(aspect: Aspect, text: str) -> Value:
    value = read_value(aspect, text)
    if isinstance(value, Problem):
        raise ValueError(f"the frozen score is damaged: {value}")
    return value


def _mark(aspect: Aspect, mark: Mapping[str, Any]) -> MarkShown:
    value = _value(aspect, mark["mark"])
    text = show_value(aspect, value)
    if isinstance(value, Word):
        return MarkShown(mark["judge"], text, word=value.value)
    level = aspect.levels[value // THOUSAND] if aspect.levels and isinstance(value, int) else ""
    return MarkShown(mark["judge"], text, level, mark["dropped"])


def _reason(met: Deduction) -> Reason:
    each, together = Fraction(met.points, THOUSAND), Fraction(met.points * met.count, THOUSAND)
    return Reason(met.text, met.count, figure(each), figure(together))
