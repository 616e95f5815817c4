"""Properties of whole contests: any scheme, any marks, in any order."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.tabulation.output import standings_csv, standings_json
from foundation.tabulation.ranking import tabulate
from tests.foundation.tabulation import slow
from tests.foundation.tabulation.cases import read

Contest = tuple[dict[str, Any], dict[str, dict[str, str]], list[tuple[str, str, str, str]], dict[tuple[str, str], str]]
KINDS = st.sampled_from(["measurement", "deduction", "grade", "judgement", "panel"])
SWITCH = st.booleans()


@st.composite
def aspects(draw: st.DrawFn, code: str) -> dict[str, Any]:
    kind = draw(KINDS)
    aspect: dict[str, Any] = {"code": code, "kind": kind}
    if kind == "grade":
        aspect["table"] = {"I": "3", "II": "1.5", "III": "0"}
    else:
        aspect["max"] = "3"
    if kind in ("judgement", "panel"):
        aspect["judges"] = draw(st.integers(1, 5))
    elif draw(SWITCH):
        aspect["judges"] = draw(st.integers(1, 2))
    if kind == "panel":
        highest = draw(st.integers(0, min(2, aspect["judges"] - 1)))
        lowest = draw(st.integers(0, min(2, aspect["judges"] - 1 - highest)))
        aspect |= {
            "drop_highest": highest,
            "drop_lowest": lowest,
            "combine": draw(st.sampled_from(["mean", "median", "sum"])),
        }
        if aspect["combine"] == "sum":
            aspect["min_marks"] = aspect["judges"]
        elif draw(SWITCH):
            aspect["min_marks"] = draw(st.integers(highest + lowest + 1, aspect["judges"]))
    if kind == "judgement" and draw(SWITCH):
        aspect["max_spread"] = draw(st.integers(0, 3))
    for key in ("round_mark", "round_points", "coefficient"):
        aspect[key] = draw(SWITCH)
    aspect["factor"] = draw(st.sampled_from(["1", "0.5", "1.005", "0.333333", "9"]))
    return aspect


def mark_for(draw: st.DrawFn, aspect: dict[str, Any]) -> str:
    word = draw(st.integers(0, 30))
    if word < 2:
        return ["absent", "void"][word] if aspect["kind"] != "panel" or word == 0 else "absent"
    if aspect["kind"] == "grade":
        return draw(st.sampled_from(["I", "II", "II"]))
    if aspect["kind"] == "judgement":
        return draw(st.sampled_from(["1", "1", "2", "2", "3"]))
    return draw(st.sampled_from(["0", "1", "1.5", "1.5", "2.125", "3"]))


@st.composite
def contests(draw: st.DrawFn) -> Contest:
    modules = []
    for place in range(draw(st.integers(1, 2))):
        listed = [draw(aspects(f"A{place}{number}")) for number in range(draw(st.integers(1, 2)))]
        weight = draw(st.sampled_from(["1", "0.3", "0.005"]))
        modules.append({"code": f"M{place}", "aspects": listed, "weight": weight, "round": draw(SWITCH)})
    every = [aspect for module in modules for aspect in module["aspects"]]
    steps = [{"by": "time"}, {"by": "penalty"}]
    steps += [{"by": "module", "code": module["code"]} for module in modules]
    steps += [{"by": "aspect", "code": aspect["code"]} for aspect in every]
    scheme = {
        "format": "ganpo-scheme/1",
        "title": "t",
        "digits": draw(st.integers(0, 3)),
        "unmarked": draw(st.sampled_from(["incomplete", "zero"])),
        "modules": modules,
        "tie_break": draw(st.lists(st.sampled_from(steps), max_size=3)),
    }
    entries: dict[str, dict[str, str]] = {}
    marks = []
    coefficients = {}
    for number in range(draw(st.integers(1, 6))):
        code = f"E{number}"
        entries[code] = {
            "group": draw(st.sampled_from(["", "", "青年"])),
            "status": draw(st.sampled_from(["", "", "", "withdrawn"])),
            "penalty": draw(st.sampled_from(["", "0.5", "1"])),
            "carried": draw(st.sampled_from(["", "-0.005", "1"])),
            "time": draw(st.sampled_from(["", "60", "59.999"])),
        }
        for aspect in every:
            missing = draw(st.sampled_from([0, 0, 0, 0, 1, 5]))
            for judge in range(max(aspect.get("judges", 1) - missing, 0)):
                marks.append((code, aspect["code"], f"J{judge}", mark_for(draw, aspect)))
            if aspect["coefficient"]:
                coefficients[code, aspect["code"]] = draw(st.sampled_from(["1", "3.1", "0.000001"]))
    return scheme, entries, marks, coefficients


def files_of(
    contest: Contest, order: random.Random | None = None
) -> tuple[dict[str, Any], list[str], list[str], list[str]]:
    """The contest as rows of files, shuffled where an order is given."""
    scheme, entries, marks, coefficients = contest
    rows = [",".join(mark) for mark in marks]
    listed = [
        ",".join([code, *(entry[key] for key in ("group", "status", "penalty", "carried", "time"))])
        for code, entry in entries.items()
    ]
    factors = [f"{entry},{aspect},{number}" for (entry, aspect), number in coefficients.items()]
    if order is not None:
        for each in (rows, listed, factors):
            order.shuffle(each)
    return scheme, rows, listed, factors


@settings(max_examples=400, deadline=None)
@given(contests())
def test_the_engine_agrees_with_a_slow_second_writing_of_the_rules(contest: Contest) -> None:
    found, problems = read(*files_of(contest))
    assert found is not None, problems
    lines = tabulate(found.scheme, found.entries, found.marks, found.coefficients).lines
    assert {
        line.entry: (
            line.status,
            line.place,
            line.total,
            line.exact_total,
            {module.code: module.points for module in line.modules} if line.place is not None else None,
            line.tied,
            line.decided_by,
        )
        for line in lines
    } == slow.table(*contest)


@settings(max_examples=100, deadline=None)
@given(contests(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(contest: Contest, order: random.Random) -> None:
    written = []
    for rows in (files_of(contest), files_of(contest, order)):
        found, problems = read(*rows)
        assert found is not None, problems
        table = tabulate(found.scheme, found.entries, found.marks, found.coefficients)
        written.append((standings_csv(table), standings_json(table)))
    assert written[0] == written[1]


@settings(max_examples=100, deadline=None)
@given(contests())
def test_every_ok_entry_gets_exactly_one_place_and_places_count_those_ahead(contest: Contest) -> None:
    found, _ = read(*files_of(contest))
    assert found is not None
    lines = tabulate(found.scheme, found.entries, found.marks, found.coefficients).lines
    assert sorted(line.entry for line in lines) == sorted(contest[1])
    for group in {line.group for line in lines}:
        places = [line.place for line in lines if line.group == group and line.place is not None]
        assert places == [1 + sum(other < place for other in places) for place in places]
        assert len(places) == sum(line.status == "ok" for line in lines if line.group == group)
