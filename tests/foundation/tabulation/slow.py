"""A second, slow writing of the spec, from raw data and with nothing from the engine: what the properties compare with.

Every rule is written the long way round: drops one mark at a time, medians by counting, places by counting who is
better, ties by asking every pair.
"""

from fractions import Fraction
from typing import Any

LEVELS = 3


def rounded(value: Fraction, digits: int) -> Fraction:
    whole = abs(value) * 10**digits
    up = int(whole) + (1 if whole - int(whole) >= Fraction(1, 2) else 0)
    return Fraction(up if value > 0 else -up, 10**digits)


def combined(aspect: dict[str, Any], marks: dict[str, str]) -> Fraction | str:  # noqa: PLR0912 - the long way round
    """The combined mark, or `conflict` or `incomplete`; `marks` without absent ones."""
    kind = aspect["kind"]
    if kind == "judgement":
        levels = [int(mark) for mark in marks.values()]
        if levels and max(levels) - min(levels) > aspect.get("max_spread", 1):
            return "conflict"
    elif kind != "panel" and len({normal(kind, mark) for mark in marks.values()}) > 1:
        return "conflict"
    highest, lowest = aspect.get("drop_highest", 0), aspect.get("drop_lowest", 0)
    if len(marks) < aspect.get("min_marks", highest + lowest + 1):
        return "incomplete"
    if kind == "measurement":
        return Fraction(next(iter(marks.values())))
    if kind == "deduction":
        return Fraction(aspect["max"]) - Fraction(next(iter(marks.values())))
    if kind == "grade":
        return Fraction(aspect["table"][next(iter(marks.values()))])
    if kind == "judgement":
        return Fraction(aspect["max"]) * sum(levels) / len(levels) / LEVELS
    kept = {judge: Fraction(mark) for judge, mark in marks.items()}
    for _ in range(highest):
        top = max(kept.values())
        del kept[max(judge for judge in kept if kept[judge] == top)]
    for _ in range(lowest):
        bottom = min(kept.values())
        del kept[max(judge for judge in kept if kept[judge] == bottom)]
    values = list(kept.values())
    if aspect["combine"] == "sum":
        return sum(values, Fraction(0))
    if aspect["combine"] == "mean":
        return sum(values, Fraction(0)) / len(values)
    while len(values) > 2:
        values.remove(max(values))
        values.remove(min(values))
    return sum(values, Fraction(0)) / len(values)


def normal(kind: str, mark: str) -> object:
    return mark if kind == "grade" else Fraction(mark)


def points(
    scheme: dict[str, Any], aspect: dict[str, Any], rows: dict[str, str], coefficient: str | None
) -> Fraction | str:
    if not rows and scheme["unmarked"] == "zero":
        return Fraction(0)
    mark = combined(aspect, {judge: mark for judge, mark in rows.items() if mark != "absent"})
    if mark == "conflict":
        return mark
    if isinstance(mark, str) or len(rows) < aspect.get("judges", 1):
        return "incomplete"
    digits = scheme["digits"]
    if aspect.get("round_mark"):
        mark = rounded(mark, digits)
    result = mark * Fraction(aspect.get("factor", 1)) * (Fraction(coefficient) if coefficient is not None else 1)
    return rounded(result, digits) if aspect.get("round_points") else result


def table(
    scheme: dict[str, Any],
    entries: dict[str, dict[str, str]],
    marks: list[tuple[str, str, str, str]],
    coefficients: dict[tuple[str, str], str],
) -> dict[str, tuple[object, ...]]:
    """Each entry's (status, place, total, exact total, module points, tied, decided_by)."""
    scored: dict[str, tuple[str, Fraction, dict[str, Fraction], dict[str, Fraction]]] = {}
    for code, entry in entries.items():
        by_module: dict[str, Fraction] = {}
        by_aspect: dict[str, Fraction] = {}
        found = []
        for module in scheme["modules"]:
            rows = {a["code"]: {j: m for e, c, j, m in marks if (e, c) == (code, a["code"])} for a in module["aspects"]}
            if any(mark == "void" for each in rows.values() for mark in each.values()):
                by_module[module["code"]] = Fraction(0)
                by_aspect |= dict.fromkeys(rows, Fraction(0))
                continue
            of_module = Fraction(0)
            for aspect in module["aspects"]:
                result = points(scheme, aspect, rows[aspect["code"]], coefficients.get((code, aspect["code"])))
                if isinstance(result, str):
                    found.append(result)
                else:
                    by_aspect[aspect["code"]] = result
                    of_module += result
            of_module *= Fraction(module.get("weight", 1))
            by_module[module["code"]] = rounded(of_module, scheme["digits"]) if module.get("round") else of_module
        status = entry["status"] or ("conflict" if "conflict" in found else "incomplete" if found else "ok")
        total = sum(by_module.values(), Fraction(0)) + Fraction(entry["carried"] or 0) - Fraction(entry["penalty"] or 0)
        scored[code] = (status, total, by_module, by_aspect)

    def better(step: dict[str, str], one: str, other: str) -> bool:
        if step["by"] == "module":
            return scored[one][2][step["code"]] > scored[other][2][step["code"]]
        if step["by"] == "aspect":
            return scored[one][3][step["code"]] > scored[other][3][step["code"]]
        if step["by"] == "penalty":
            return Fraction(entries[one]["penalty"] or 0) < Fraction(entries[other]["penalty"] or 0)
        mine, theirs = entries[one]["time"], entries[other]["time"]
        return bool(mine) and (not theirs or Fraction(mine) < Fraction(theirs))

    def parted(one: str, other: str) -> tuple[int, bool] | None:
        """Which step parts two entries of equal totals, and whether `one` is the better."""
        for place, step in enumerate(scheme["tie_break"]):
            if better(step, one, other):
                return place, True
            if better(step, other, one):
                return place, False
        return None

    result: dict[str, tuple[object, ...]] = {}
    for code, (status, exact, by_module, _) in scored.items():
        if status != "ok":
            result[code] = (status, None, None, None, None, False, "")
            continue
        total = rounded(exact, scheme["digits"])
        rivals = [
            each
            for each in scored
            if each != code and scored[each][0] == "ok" and entries[each]["group"] == entries[code]["group"]
        ]
        equal = [each for each in rivals if rounded(scored[each][1], scheme["digits"]) == total]
        ahead = sum(rounded(scored[each][1], scheme["digits"]) > total for each in rivals)
        splits = [parted(code, each) for each in equal]
        ahead += sum(split is not None and not split[1] for split in splits)
        steps = [split[0] for split in splits if split is not None]
        step = scheme["tie_break"][max(steps)] if steps else {}
        decided = ":".join(step[key] for key in ("by", "code") if key in step)
        result[code] = (status, ahead + 1, total, exact, by_module, None in splits, decided)
    return result
