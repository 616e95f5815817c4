"""One aspect, kind by kind: from rows to the combined mark."""

from fractions import Fraction

import pytest

from tests.foundation.tabulation.cases import (
    DEDUCTION,
    GRADE,
    JUDGEMENT,
    MEASUREMENT,
    PANEL,
    PLAIN_PANEL,
    one_aspect,
    rows,
    scheme_data,
    standings,
)

SUM = PANEL | {"combine": "sum", "min_marks": 5}
MEDIAN = PLAIN_PANEL | {"combine": "median", "judges": 5}
MARK = dict[str, object]


@pytest.mark.parametrize(
    ("aspect", "marks", "combined"),
    [
        (MEASUREMENT, ["80.5"], "80.5"),
        (MEASUREMENT, ["80.5", "80.50", "absent"], "80.5"),
        (DEDUCTION, ["0"], "10"),
        (DEDUCTION, ["3.5", "3.5"], "6.5"),
        (DEDUCTION, ["10"], "0"),
        (GRADE, ["Ⅱ"], "28"),
        (GRADE, ["II", "Ⅱ"], "28"),
        (GRADE, ["Ⅳ"], "0"),
        (JUDGEMENT, ["2", "3", "2"], "70/9"),
        (JUDGEMENT, ["3", "3", "3"], "10"),
        (JUDGEMENT, ["0", "1", "absent"], "5/3"),
        (JUDGEMENT, ["０", "１", "０"], "10/9"),
        (JUDGEMENT | {"max_spread": 3}, ["0", "3", "3"], "20/3"),
        (PLAIN_PANEL, ["8", "8", "9"], "25/3"),
        (PLAIN_PANEL, ["8", "absent", "9"], "17/2"),
        (PLAIN_PANEL, ["0", "0", "absent"], "0"),
        (PLAIN_PANEL | {"min": "-10"}, ["-10", "-1", "0.5"], "-7/2"),
        (PANEL, ["1", "8", "8.5", "9", "10"], "17/2"),
        (PANEL, ["1", "8", "absent", "absent", "10"], "8"),
        (SUM, ["1", "8", "8.5", "9", "10"], "51/2"),
        (MEDIAN, ["1", "2", "9", "10", "3"], "3"),
        (MEDIAN, ["1", "2", "9", "10", "absent"], "11/2"),
        (MEDIAN | {"drop_highest": 1}, ["1", "2", "9", "10", "3"], "5/2"),
        (PANEL | {"drop_lowest": 0}, ["1", "8", "8", "9", "10"], "13/2"),
    ],
)
def test_the_marks_of_each_kind_combine_as_the_spec_says(aspect: MARK, marks: list[str], combined: str) -> None:
    line = one_aspect(aspect, *marks)
    assert (line.status, line.combined, line.points) == ("ok", Fraction(combined), Fraction(combined))


@pytest.mark.parametrize(
    ("aspect", "marks"),
    [
        (MEASUREMENT, ["80", "81"]),
        (MEASUREMENT | {"judges": 3}, ["80", "81"]),
        (DEDUCTION, ["1", "2"]),
        (GRADE, ["Ⅰ", "Ⅱ"]),
        (GRADE | {"table": {"a": "1", "b": "1"}}, ["a", "b"]),
        (JUDGEMENT, ["0", "2", "1"]),
        (JUDGEMENT, ["0", "2"]),
        (JUDGEMENT | {"max_spread": 0}, ["1", "1", "2"]),
        (JUDGEMENT | {"max_spread": 2}, ["0", "3", "absent"]),
    ],
)
def test_rows_that_contradict_each_other_are_a_conflict_even_while_others_are_missing(
    aspect: MARK, marks: list[str]
) -> None:
    line = one_aspect(aspect, *marks)
    assert (line.status, line.combined, line.points) == ("conflict", None, None)


@pytest.mark.parametrize("unmarked", ["incomplete", "zero"])
@pytest.mark.parametrize(
    ("aspect", "marks"),
    [
        (PLAIN_PANEL, ["8", "8"]),
        (JUDGEMENT, ["2", "2"]),
        (MEASUREMENT | {"judges": 2}, ["80"]),
        (MEASUREMENT, ["absent"]),
        (GRADE, ["absent", "absent"]),
        (PLAIN_PANEL, ["absent", "absent", "absent"]),
        (PLAIN_PANEL | {"min_marks": 2}, ["8", "absent", "absent"]),
        (JUDGEMENT | {"min_marks": 3}, ["2", "2", "absent"]),
        (MEASUREMENT | {"min_marks": 2}, ["80"]),
        (PANEL, ["8", "8", "absent", "absent", "absent"]),
        (SUM, ["1", "8", "8.5", "9", "absent"]),
    ],
)
def test_fewer_rows_than_judges_or_fewer_marks_than_min_marks_is_incomplete(
    aspect: MARK, marks: list[str], unmarked: str
) -> None:
    assert one_aspect(aspect, *marks, unmarked=unmarked).status == "incomplete"


@pytest.mark.parametrize(
    "aspect", [MEASUREMENT, DEDUCTION, GRADE, JUDGEMENT, PANEL], ids=lambda each: str(each["kind"])
)
def test_an_aspect_without_any_row_is_incomplete_or_counts_zero_where_the_scheme_says_so(aspect: MARK) -> None:
    assert (one_aspect(aspect).status, one_aspect(aspect).points) == ("incomplete", None)
    zero = one_aspect(aspect, unmarked="zero")
    assert (zero.status, zero.combined, zero.points, zero.marks) == ("ok", None, 0, ())


def test_a_blank_mark_is_the_same_as_no_row() -> None:
    assert one_aspect(MEASUREMENT, "", unmarked="zero").points == 0
    assert one_aspect(PLAIN_PANEL, "8", "8", " ").status == "incomplete"
    assert [line.entry for line in standings(scheme_data(MEASUREMENT), ["E,A,J1,5", "F,A,J1,\u3000"]).lines] == ["E"]


@pytest.mark.parametrize(
    ("keys", "marks", "dropped"),
    [
        ({}, [8, 8, 8, 8, 8], ["J4", "J5"]),
        ({}, [9, 7, 9, 7, 8], ["J3", "J4"]),
        ({}, [7, 9, 8, 8, 8], ["J1", "J2"]),
        ({"drop_highest": 2}, [9, 9, 9, 1, 1], ["J2", "J3", "J5"]),
        ({"drop_highest": 0, "drop_lowest": 2}, [1, 1, 1, 9, 9], ["J2", "J3"]),
        ({"drop_highest": 2, "drop_lowest": 0}, [9, 9, 9, 1, 1], ["J2", "J3"]),
        ({"drop_highest": 0, "drop_lowest": 0}, [9, 9, 9, 1, 1], []),
        ({}, [8, "absent", 8, 8, 8], ["J4", "J5"]),
    ],
)
def test_among_equal_marks_the_one_of_the_last_judge_code_is_dropped(
    keys: MARK, marks: list[object], dropped: list[str]
) -> None:
    line = one_aspect(PANEL | keys, *marks)
    assert [mark.judge for mark in line.marks if mark.dropped] == dropped


def test_judge_codes_are_ordered_by_code_point() -> None:
    data = scheme_data(PLAIN_PANEL | {"drop_highest": 1})
    table = standings(data, ["E,A,J10,8", "E,A,J9,8", "E,A,J2,8"])
    assert [(mark.judge, mark.dropped) for mark in table.lines[0].modules[0].aspects[0].marks] == [
        ("J10", False),
        ("J2", False),
        ("J9", True),
    ]


def test_void_empties_the_whole_module_whatever_else_is_marked_or_missing_in_it() -> None:
    first = {"code": "V", "aspects": [MEASUREMENT, JUDGEMENT | {"code": "B"}, PANEL | {"code": "C"}], "weight": "0.5"}
    second = {"code": "W", "aspects": [MEASUREMENT | {"code": "D"}]}
    marks = [*rows("E", "A", "void"), *rows("E", "B", 0, 3), "E,D,J1,70"]
    line = standings(scheme_data(first, second), marks).lines[0]
    assert (line.status, line.total) == ("ok", 70)
    assert [(module.code, module.void, module.points) for module in line.modules] == [("V", True, 0), ("W", False, 70)]
    assert [(aspect.status, aspect.points) for aspect in line.modules[0].aspects] == [("void", 0)] * 3
    assert [(mark.judge, mark.dropped) for mark in line.modules[0].aspects[1].marks] == [("J1", False), ("J2", False)]


@pytest.mark.parametrize(
    "aspect", [MEASUREMENT, DEDUCTION, GRADE, JUDGEMENT, PANEL], ids=lambda each: str(each["kind"])
)
def test_any_row_may_hold_void_or_absent(aspect: MARK) -> None:
    assert one_aspect(aspect, "absent", "void").status == "void"


@pytest.mark.parametrize(
    ("aspect", "marks", "steps"),
    [
        (PLAIN_PANEL, ["8", "8", "9"], ["25/3", "25/3", "25/3", "25/3"]),
        (PLAIN_PANEL | {"round_mark": True}, ["8", "8", "9"], ["25/3", "8.33", "8.33", "8.33"]),
        (PLAIN_PANEL | {"factor": "9"}, ["8", "8", "9"], ["25/3", "25/3", "75", "75"]),
        (PLAIN_PANEL | {"round_mark": True, "factor": "9"}, ["8", "8", "9"], ["25/3", "8.33", "74.97", "74.97"]),
        (PLAIN_PANEL | {"factor": "0.5", "round_points": True}, ["8", "8", "9"], ["25/3", "25/3", "25/6", "4.17"]),
        (MEASUREMENT | {"max": "10", "factor": "0.01", "round_points": True}, ["0.5"], ["0.5", "0.5", "0.005", "0.01"]),
        (MEASUREMENT | {"factor": "0"}, ["0.5"], ["0.5", "0.5", "0", "0"]),
        (DEDUCTION | {"max": "1", "round_mark": True}, ["0.005"], ["0.995", "1", "1", "1"]),
        (GRADE | {"table": {"a": "0.125"}, "round_mark": True}, ["a"], ["0.125", "0.13", "0.13", "0.13"]),
    ],
)
def test_points_are_mark_times_factor_each_rounded_only_where_the_scheme_says_so(
    aspect: MARK, marks: list[str], steps: list[str]
) -> None:
    line = one_aspect(aspect, *marks)
    assert [line.combined, line.mark, line.product, line.points] == [Fraction(step) for step in steps]
    assert (line.rounded_mark, line.rounded_points) == ("round_mark" in aspect, "round_points" in aspect)


def test_the_coefficient_multiplies_before_the_points_are_rounded() -> None:
    aspect = PLAIN_PANEL | {"coefficient": True, "factor": "0.6", "round_points": True}
    line = standings(scheme_data(aspect), rows("E", "A", 8, 8, 9), None, ["E,A,3.14"]).lines[0].modules[0].aspects[0]
    assert (line.coefficient, line.product, line.points) == (3_140_000, Fraction("15.7"), Fraction("15.7"))
