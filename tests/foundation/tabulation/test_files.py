"""The CSV files: columns, text, and every bad line by file and line."""

import pytest

from foundation.base.problem import Problem
from foundation.tabulation.checks import check_marks
from foundation.tabulation.files import Source, read_contest
from foundation.tabulation.marks import ABSENT, VOID, Mark, read_value, show_value
from foundation.tabulation.standings import Entry
from tests.foundation.tabulation.cases import (
    DEDUCTION,
    GRADE,
    JUDGEMENT,
    MEASUREMENT,
    PANEL,
    PLAIN_PANEL,
    module,
    problems,
    read,
    rows,
    scheme,
    scheme_data,
)

COEFFICIENT = MEASUREMENT | {"coefficient": True}
ONE = scheme_data(MEASUREMENT)


@pytest.mark.parametrize(
    ("aspect", "text", "value"),
    [
        (MEASUREMENT, "８．５", 8500),
        (MEASUREMENT, " 100 ", 100_000),
        (MEASUREMENT | {"step": "0.5"}, "99.5", 99_500),
        (MEASUREMENT, "0.001", 1),
        (MEASUREMENT, "-0", 0),
        (DEDUCTION, "10", 10_000),
        (PANEL | {"min": "-5", "step": "2"}, "-3", -3000),
        (JUDGEMENT, "３", 3000),
        (GRADE, "Ⅲ", "III"),
        (GRADE, "ＩＩ", "II"),
        (GRADE, "absent", ABSENT),
        (PANEL, "ｖｏｉｄ", VOID),
    ],
)
def test_a_mark_lies_within_min_and_max_on_a_step_or_is_a_key_or_a_word(
    aspect: dict[str, object], text: str, value: object
) -> None:
    assert read_value(scheme(aspect).aspect("A"), text) == value


@pytest.mark.parametrize(
    ("aspect", "text", "code"),
    [
        (MEASUREMENT, "100.001", "mark_range"),
        (MEASUREMENT, "-0.001", "mark_range"),
        (MEASUREMENT, "1.0000", "mark_range"),
        (MEASUREMENT, "many", "mark_range"),
        (MEASUREMENT, "VOID", "mark_range"),
        (MEASUREMENT, "8²", "mark_range"),
        (MEASUREMENT, "9" * 5000, "mark_range"),
        (MEASUREMENT | {"step": "0.5"}, "99.6", "mark_step"),
        (PANEL | {"min": "1", "step": "2"}, "2", "mark_step"),
        (DEDUCTION, "-1", "mark_range"),
        (JUDGEMENT, "4", "mark_level"),
        (JUDGEMENT, "-1", "mark_level"),
        (JUDGEMENT, "1.5", "mark_level"),
        (JUDGEMENT, "1.0", "mark_level"),
        (GRADE, "Ⅴ", "mark_grade"),
        (GRADE, "40", "mark_grade"),
    ],
)
def test_any_other_mark_is_a_problem(aspect: dict[str, object], text: str, code: str) -> None:
    found = read_value(scheme(aspect).aspect("A"), text)
    assert isinstance(found, Problem)
    assert found.code == code


def test_values_are_shown_as_they_stand_in_files() -> None:
    aspect = scheme(MEASUREMENT).aspect("A")
    assert [show_value(aspect, value) for value in (8500, 0, "III", ABSENT, VOID)] == [
        "8.5",
        "0",
        "III",
        "absent",
        "void",
    ]


@pytest.mark.parametrize(
    ("data", "marks", "problem"),
    [
        (ONE, ["E,B,J,5"], ("marks.csv:2", "no_such_aspect")),
        (ONE, ["E,A,J,5", "", "E,A,J2,101"], ("marks.csv:4", "mark_range")),
        (ONE, ["E,A,J,5", "E,A,Ｊ,5"], ("marks.csv:3", "row_repeated")),
        (ONE, ["E,A,J,5", "E,A,J,101"], None),
        (ONE, [" ,A,J,5"], ("marks.csv:2", "cell_blank")),
        (ONE, ["E,A,,5"], ("marks.csv:2", "cell_blank")),
        (ONE, ["E,A,J"], ("marks.csv:2", "cells_missing")),
        (ONE, ["E,A,J,8,5"], ("marks.csv:2", "cells_surplus")),
        (ONE, ['E,A,J,"8'], ("marks.csv:2", "csv_broken")),
        (ONE, ['E,A,"J\nJ",8', "E,B,J,8"], ("marks.csv:4", "no_such_aspect")),
        (ONE, ["E,A," + "J" * 200_000 + ",8"], ("marks.csv:2", "csv_broken")),
        (scheme_data(PLAIN_PANEL), rows("E", "A", 1, 2, 3, 4, 5), ("marks.csv:5", "rows_surplus")),
        (scheme_data(PLAIN_PANEL), rows("E", "A", 1, "absent", "void", "absent"), ("marks.csv:5", "rows_surplus")),
        (scheme_data(MEASUREMENT | {"judges": 1}), rows("E", "A", 1, 1), ("marks.csv:3", "rows_surplus")),
        (scheme_data(COEFFICIENT), ["E,A,J,absent", "E,A,J2,5"], ("marks.csv:3", "coefficient_missing")),
    ],
)
def test_a_bad_line_of_marks_is_told_by_its_line(
    data: dict[str, object], marks: list[str], problem: tuple[str, str] | None
) -> None:
    expected = [problem] if problem else [("marks.csv:3", "mark_range"), ("marks.csv:3", "row_repeated")]
    assert problems(data, marks) == expected


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (["E,,,,,", "Ｅ ,,,,,"], ("entries.csv:3", "entry_repeated")),
        (["E,,here,,,"], ("entries.csv:2", "status_unknown")),
        (["E,,OK,,,"], ("entries.csv:2", "status_unknown")),
        (["E,,,-1,,"], ("entries.csv:2", "cell_negative")),
        (["E,,,1.0001,,"], ("entries.csv:2", "cell_not_decimal")),
        (["E,,,,1e3,"], ("entries.csv:2", "cell_not_decimal")),
        (["E,,,,,-1"], ("entries.csv:2", "cell_negative")),
        (["E,,,,,1:30"], ("entries.csv:2", "cell_not_decimal")),
        (["E,,,,,", ",青年,,,,"], ("entries.csv:3", "cell_blank")),
        (["E,,"], ("entries.csv:2", "cells_missing")),
        (["E,,,,,", ",,,,,", "", "F,,,,,", "F,,,,,"], ("entries.csv:6", "entry_repeated")),
        (["F,,,,,"], ("marks.csv:2", "no_such_entry")),
    ],
)
def test_a_bad_line_of_entries_is_told_by_its_line(entries: list[str], problem: tuple[str, str]) -> None:
    assert problems(ONE, ["E,A,J,5"], entries) == [problem]


@pytest.mark.parametrize(
    ("coefficients", "problem"),
    [
        (["E,A,0"], ("coefficients.csv:2", "coefficient_value")),
        (["E,A,-1"], ("coefficients.csv:2", "coefficient_value")),
        (["E,A,1.0000001"], ("coefficients.csv:2", "coefficient_value")),
        (["E,A,"], ("coefficients.csv:2", "coefficient_value")),
        (["E,A,1", "E,Ａ,2"], ("coefficients.csv:3", "coefficient_repeated")),
        (["E,A,1", "E,B,1"], ("coefficients.csv:3", "coefficient_unwanted")),
        (["E,A,1", "E,C,1"], ("coefficients.csv:3", "no_such_aspect")),
        (["E,A,1", "X,A,1"], ("coefficients.csv:3", "no_such_entry")),
        (["E,A,1", ",A,1"], ("coefficients.csv:3", "cell_blank")),
        (["F,A,1"], ("marks.csv:2", "coefficient_missing")),
        ([], ("marks.csv:2", "coefficient_missing")),
    ],
)
def test_a_bad_coefficient_is_told_by_its_line(coefficients: list[str], problem: tuple[str, str]) -> None:
    data = scheme_data(module(COEFFICIENT, MEASUREMENT | {"code": "B"}))
    assert problems(data, ["E,A,J,5", "E,B,J,5"], ["E,,,,,", "F,,,,,"], coefficients) == [problem]


def test_a_coefficient_is_not_asked_of_entries_that_will_not_be_placed_nor_where_no_mark_is() -> None:
    data = scheme_data(module(COEFFICIENT, COEFFICIENT | {"code": "B"}))
    marks = ["E,A,J,5", "F,A,J,absent", "G,A,J,void"]
    assert problems(data, marks, ["E,,withdrawn,,,", "F,,,,,", "G,,,,,"]) == []


def test_marks_of_entries_that_will_not_be_placed_are_checked_all_the_same() -> None:
    assert problems(ONE, ["E,A,J,101"], ["E,,disqualified,,,"]) == [("marks.csv:2", "mark_range")]


def test_a_blank_mark_is_no_row_whatever_else_its_line_says() -> None:
    assert (
        problems(scheme_data(PLAIN_PANEL), [*rows("E", "A", 1, 2, "", 3), "E,A,J1,", "E,Z,J,", ",,,"], ["E,,,,,"]) == []
    )


def test_all_problems_of_all_files_are_told_even_while_the_scheme_is_wrong() -> None:
    data = scheme_data(module(MEASUREMENT, PANEL | {"code": "B", "max": "x"}, COEFFICIENT | {"code": "C"}), digits=7)
    assert problems(
        data, ["E,A,J,101", "E,B,J,5", "E,C,J,7", "F,Z,J,1"], ["E,,,x,,", "G,,no,,,"], ["G,C,0", "E,A,1"]
    ) == [
        ("scheme.json: digits", "not_whole"),
        ("scheme.json: modules[0].aspects[1].max", "not_decimal"),
        ("entries.csv:2", "cell_not_decimal"),
        ("entries.csv:3", "status_unknown"),
        ("marks.csv:2", "mark_range"),
        ("marks.csv:4", "coefficient_missing"),
        ("marks.csv:5", "no_such_aspect"),
        ("marks.csv:5", "no_such_entry"),
        ("coefficients.csv:2", "coefficient_value"),
        ("coefficients.csv:3", "coefficient_unwanted"),
    ]


def contest_problems(scheme_bytes: bytes, marks: bytes, entries: bytes | None = None) -> list[tuple[str, str]]:
    _, found = read_contest(
        Source("s.json", scheme_bytes), Source("m.csv", marks), None if entries is None else Source("e.csv", entries)
    )
    return [(each.field, each.code) for each in found]


GOOD = (
    b'{"format":"ganpo-scheme/1","title":"t","digits":0,"modules":'
    b'[{"code":"M","aspects":[{"code":"A","kind":"measurement","max":9}]}]}'
)
HEADER = b"entry,aspect,judge,mark\n"


@pytest.mark.parametrize(
    ("marks", "problem"),
    [
        (b"", ("m.csv:1", "no_header")),
        (b"\n\n", ("m.csv:1", "no_header")),
        (b"entry,aspect,judge\nE,A,J", ("m.csv:1", "column_missing")),
        (b"entry,aspect,judge,mark,\xef\xbd\x8dark\n", ("m.csv:1", "column_repeated")),
        (HEADER + b"E,A,J,1\nE,A,\xff,1", ("m.csv:3", "not_utf8")),
        ("entry,aspect,judge,mark".encode("utf-16"), ("m.csv:1", "not_utf8")),
        (b'entry,"aspect', ("m.csv:1", "csv_broken")),
    ],
)
def test_a_file_without_readable_columns_is_one_problem(marks: bytes, problem: tuple[str, str]) -> None:
    assert contest_problems(GOOD, marks) == [problem]


@pytest.mark.parametrize(
    "marks",
    [
        b"\xef\xbb\xbfentry,aspect,judge,mark\r\nE,A,J,1\r\n",
        b"mark,note,judge,aspect,entry\n1,x,J,A,E",
        "ｅｎｔｒｙ, aspect ,judge,mark,备注\nE,A,J,1,\n".encode(),
        b"\n\nentry,aspect,judge,mark\nE,A,J,1,,,\n,,,,,,\n",
        b'entry,aspect,judge,mark\r"E",A,"J","1"\r',
    ],
)
def test_columns_are_found_by_name_in_utf8_with_or_without_a_byte_order_mark(marks: bytes) -> None:
    contest, found = read_contest(Source("s.json", b"\xef\xbb\xbf" + GOOD), Source("m.csv", marks))
    assert found == []
    assert contest is not None
    assert contest.marks == (Mark("E", "A", "J", 1000),)


def test_the_columns_of_entries_are_optional_but_for_entry() -> None:
    assert contest_problems(GOOD, HEADER + b"E,A,J,1", b"entry\nE\n") == []
    assert contest_problems(GOOD, HEADER + b"E,A,J,1", b"group\nx\n") == [("e.csv:1", "column_missing")]


def test_entries_that_cannot_be_read_do_not_make_strangers_of_the_marks() -> None:
    assert contest_problems(GOOD, HEADER + b"E,A,J,1", b'entry\n"E\n') == [("e.csv:2", "csv_broken")]
    assert contest_problems(GOOD, HEADER + b"E,A,J,1", b"\xff") == [("e.csv:1", "not_utf8")]


def test_the_scheme_alone_being_unreadable_leaves_the_rules_of_rows() -> None:
    assert contest_problems(b"{", HEADER + b"E,A,J,1\nE,A,J,2\n,A,J,1") == [
        ("s.json:1", "json"),
        ("m.csv:3", "row_repeated"),
        ("m.csv:4", "cell_blank"),
    ]


def test_check_marks_finds_the_same_among_values_that_never_were_a_file() -> None:
    made = scheme(module(PLAIN_PANEL | {"judges": 1}, COEFFICIENT | {"code": "B"}))
    marks = [
        Mark("E", "A", "J", 1000),
        Mark("E", "A", "J", 2000),
        Mark("E", "A", "K", 2000),
        Mark("F", "A", "J", 1000),
        Mark("E", "B", "J", 1000),
        Mark("E", "Z", "J", ABSENT),
    ]
    found = check_marks(made, [Entry("E"), Entry("E")], marks, {("E", "A"): 1})
    assert [(each.field, each.code) for each in found] == [
        ("entries", "entry_repeated"),
        ("marks[1]", "row_repeated"),
        ("marks[3]", "no_such_entry"),
        ("marks[2]", "rows_surplus"),
        ("marks[5]", "no_such_aspect"),
        ("coefficients", "coefficient_unwanted"),
        ("marks[4]", "coefficient_missing"),
    ]
    assert check_marks(made, [Entry("E"), Entry("F")], [marks[0], marks[3]], {}) == []


def test_a_contest_is_read_whole() -> None:
    data = scheme_data(COEFFICIENT)
    contest, found = read(data, ["E,A,J,5"], ["E,职工,,1.5,-2,61.25"], ["E,A,3.1"])
    assert found == []
    assert contest is not None
    assert contest.entries == (Entry("E", "职工", "ok", 1500, -2000, 61250),)
    assert contest.coefficients == {("E", "A"): 3_100_000}
