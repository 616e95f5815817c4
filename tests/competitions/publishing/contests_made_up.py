"""Contests out of thin air, for properties: any scheme of the spec, with marks that it allows."""

from dataclasses import dataclass

from hypothesis import strategies as st

from foundation.tabulation.marks import ABSENT, VOID, Mark, Value
from foundation.tabulation.scheme_model import MILLION, THOUSAND, Aspect, Module, Scheme, TieStep
from foundation.tabulation.standings import Entry

WEIGHTS = [MILLION, 300_000, 333_333, 700_000, 2 * MILLION]
FACTORS = [MILLION, 9 * MILLION, 600_000, 1_234_567]


@dataclass(frozen=True)
class MadeUp:
    """A scheme with entries and marks; `coefficients` in millionths by (entry, aspect)."""

    scheme: Scheme
    entries: tuple[Entry, ...]
    marks: tuple[Mark, ...]
    coefficients: dict[tuple[str, str], int]


@st.composite
def aspects(draw: st.DrawFn, code: str) -> Aspect:
    kind = draw(st.sampled_from(["measurement", "deduction", "grade", "judgement", "panel"]))
    common = {
        "code": code,
        "name": f"项目{code}",
        "kind": kind,
        "round_mark": draw(st.booleans()),
        "round_points": draw(st.booleans()),
        "factor": draw(st.sampled_from(FACTORS)),
        "coefficient": draw(st.booleans()),
    }
    if kind == "grade":
        return Aspect(**common, table=(("I", 40 * THOUSAND), ("II", 28_500), ("IV", 0)))
    if kind == "judgement":
        levels = draw(st.sampled_from([(), ("低", "达到", "超过", "明显超过")]))
        return Aspect(**common, max=8 * THOUSAND, judges=draw(st.integers(1, 4)), levels=levels, max_spread=3)
    if kind != "panel":
        return Aspect(**common, max=20 * THOUSAND, step=draw(st.sampled_from([None, 500])))
    combine = draw(st.sampled_from(["mean", "median", "sum"]))
    high, low = draw(st.integers(0, 1)), draw(st.integers(0, 2))
    judges = high + low + draw(st.integers(1, 4))
    least = judges if combine == "sum" else high + low + 1
    return Aspect(
        **common,
        max=10 * THOUSAND,
        judges=judges,
        combine=combine,
        drop_highest=high,
        drop_lowest=low,
        min_marks=least,
    )


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    modules = []
    for number in range(draw(st.integers(1, 2))):
        module = f"M{number}"
        rows = [draw(aspects(f"{module}A{row}")) for row in range(draw(st.integers(1, 3)))]
        weight = draw(st.sampled_from(WEIGHTS))
        modules.append(Module(module, f"模块{number}", weight, draw(st.booleans()), tuple(rows)))
    chain = (TieStep("module", modules[0].code), TieStep("aspect", modules[-1].aspects[0].code), TieStep("time"))
    steps = chain[: draw(st.integers(0, 3))]
    return Scheme("赛项", draw(st.integers(0, 3)), "zero", tuple(modules), steps)


def values(aspect: Aspect) -> st.SearchStrategy[Value]:
    if aspect.kind == "grade":
        return st.sampled_from([key for key, _ in aspect.table])
    if aspect.kind == "judgement":
        return st.integers(0, 3).map(lambda level: level * THOUSAND)
    step = aspect.step or 1
    return st.integers(0, (aspect.max or 0) // step).map(lambda count: count * step)


@st.composite
def made_up(draw: st.DrawFn, most_entries: int = 5) -> MadeUp:
    """Every entry of status ok is placed: marks are complete and agree."""
    scheme = draw(schemes())
    entries, marks, coefficients = [], [], {}
    for number in range(draw(st.integers(1, most_entries))):
        code = f"W{number:02}"
        status = draw(st.sampled_from(["ok", "ok", "ok", "absent", "withdrawn"]))
        entries.append(
            Entry(
                code,
                draw(st.sampled_from(["", "学生组"])),
                status,
                draw(st.sampled_from([0, 0, 500])),
                draw(st.sampled_from([0, 0, 12_345])),
                draw(st.sampled_from([None, 60_000, 61_500])),
            )
        )
        for aspect in scheme.aspects() if status == "ok" else ():
            if aspect.coefficient:
                coefficients[code, aspect.code] = draw(st.sampled_from([MILLION, 2_100_000]))
            marks += draw(_rows(code, aspect))
    return MadeUp(scheme, tuple(entries), tuple(marks), coefficients)


@st.composite
def _rows(draw: st.DrawFn, entry: str, aspect: Aspect) -> list[Mark]:
    judges = [f"J{number}" for number in range(1, (aspect.judges or draw(st.integers(1, 2))) + 1)]
    if draw(st.integers(0, 9)) == 0:
        return []  # nothing marked: 0 points
    if aspect.kind in ("panel", "judgement"):
        given: list[Value] = [draw(values(aspect)) for _ in judges]
        for index in range(draw(st.integers(0, len(judges) - aspect.min_marks))):
            given[index] = ABSENT
    else:
        given = [draw(values(aspect))] * len(judges)
    if draw(st.integers(0, 19)) == 0:
        given[-1] = VOID
    return [Mark(entry, aspect.code, judge, value) for judge, value in zip(judges, given, strict=True)]
