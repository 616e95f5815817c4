"""What a scheme must keep to be usable here, beyond the spec. Pure.

The spec sets no limits to codes and numbers, but a mark is stored under its aspect's code, and totals are printed in a
column; and a deduction that cannot be reached in its steps would leave a judge with a refusal that nobody can resolve.
Works on data as a scheme file says it, whatever else is wrong with it, so that all problems come at once; each
problem's field is a JSON path as `check_scheme` gives it.
"""

from collections.abc import Iterator, Mapping, Sequence

from competitions.rules.notes import DeductionKey, SheetNotes
from competitions.rules.scheme_rows import MOST_ASPECTS, MOST_TIES
from foundation.base.problem import Problem
from foundation.tabulation.decimals import MARK_PLACES, WEIGHT_PLACES, read_decimal, show_decimal
from foundation.tabulation.scheme_model import MILLION, THOUSAND
from foundation.tabulation.texts import normal

LONGEST_CODE = 40  # as the columns of marks, seats and tie steps hold it
MOST_POINTS = 100_000 * THOUSAND  # with the factors below, the largest total still fits its column
MOST_FACTOR = 1_000 * MILLION
MOST_WEIGHT = 100 * MILLION

NO_NOTES = SheetNotes()


def limit_problems(data: object, notes: SheetNotes = NO_NOTES) -> list[Problem]:
    """Every breach in this scheme data; the keys of `notes` are checked against the deductions they belong to."""
    problems: list[Problem] = []
    modules = list(_objects(data, "modules", ""))
    if sum(_length(module, "aspects") for _, module in modules) > MOST_ASPECTS:
        problems.append(Problem("scheme_rows_many", "", {"most": str(MOST_ASPECTS)}))
    if _length(data, "tie_break") > MOST_TIES:
        problems.append(Problem("scheme_ties_many", "tie_break", {"most": str(MOST_TIES)}))
    for path, module in modules:
        problems += _code(module.get("code"), f"{path}.code")
        problems += _most(module.get("weight"), WEIGHT_PLACES, MOST_WEIGHT, f"{path}.weight")
        for place, aspect in _objects(module, "aspects", f"{path}."):
            problems += _aspect(aspect, place, notes)
    return problems


def key_problems(keys: Sequence[DeductionKey], most: int | None, step: int | None) -> list[Problem]:
    """Keys of a deduction that take off more than its full marks, or no whole number of its steps; thousandths."""
    problems = []
    for key in keys:
        about = {"text": key.text[:40], "points": show_decimal(key.points, MARK_PLACES)}
        if most is not None and key.points > most:
            problems.append(Problem("key_above_max", "", {**about, "max": show_decimal(most, MARK_PLACES)}))
        elif step and key.points % step:
            problems.append(Problem("key_not_in_steps", "", {**about, "step": show_decimal(step, MARK_PLACES)}))
    return problems


def _aspect(aspect: Mapping[str, object], path: str, notes: SheetNotes) -> Iterator[Problem]:
    yield from _code(aspect.get("code"), f"{path}.code")
    for name in ("max", "min", "step"):
        yield from _most(aspect.get(name), MARK_PLACES, MOST_POINTS, f"{path}.{name}")
    yield from _most(aspect.get("factor"), WEIGHT_PLACES, MOST_FACTOR, f"{path}.factor")
    table = aspect.get("table")
    for key, points in table.items() if isinstance(table, dict) else ():
        yield from _code(key, f"{path}.table.{key[:LONGEST_CODE]}", "grade")
        yield from _most(points, MARK_PLACES, MOST_POINTS, f"{path}.table.{key[:LONGEST_CODE]}")
    if aspect.get("kind") == "deduction":
        yield from _deduction(aspect, path, notes)


def _deduction(aspect: Mapping[str, object], path: str, notes: SheetNotes) -> Iterator[Problem]:
    most, step = _number(aspect.get("max"), MARK_PLACES), _number(aspect.get("step"), MARK_PLACES)
    step = step if step and step > 0 else None
    if most is not None and step is not None and most % step:
        about = {"max": show_decimal(most, MARK_PLACES), "step": show_decimal(step, MARK_PLACES)}
        yield Problem("deduction_not_in_steps", f"{path}.max", about)
    code = aspect.get("code")
    keys = notes.of(normal(code)).keys if isinstance(code, str) else ()
    for problem in key_problems(keys, most, step):
        field = "max" if problem.code == "key_above_max" else "step"
        yield Problem(problem.code, f"{path}.{field}", problem.params)


def _code(value: object, path: str, what: str = "code") -> Iterator[Problem]:
    if not isinstance(value, str):
        return
    code = normal(value)
    if len(code) > LONGEST_CODE:
        yield Problem(f"{what}_long", path, {"most": str(LONGEST_CODE), "length": str(len(code))})
    if not code.isprintable():
        yield Problem(f"{what}_unprintable", path)


def _most(value: object, places: int, most: int, path: str) -> Iterator[Problem]:
    number = _number(value, places)
    if number is not None and abs(number) > most:
        yield Problem("number_large", path, {"most": show_decimal(most, places)})


def _number(value: object, places: int) -> int | None:
    return read_decimal(value, places) if isinstance(value, str) else None


def _length(data: object, name: str) -> int:
    listed = data.get(name) if isinstance(data, dict) else None
    return len(listed) if isinstance(listed, list) else 0


def _objects(data: object, name: str, path: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The objects of a list in data that may be anything, each with its path."""
    listed = data.get(name) if isinstance(data, dict) else None
    for place, each in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(each, dict):
            yield f"{path}{name}[{place}]", each
