"""What a judge types becomes marks or problems, each at its field, all at once."""

import pytest

from competitions.rules.details import Deduction, Detail, detail_json
from competitions.rules.sheet import shown_fields
from competitions.rules.sheet_reading import read_sheet
from foundation.base.problem import Problem
from tests.competitions.judging.sheets_made_up import ALL, NONCE, VOIDS, sheet_with, stored, typed


def read(fields: dict[str, str], aspects: frozenset[str] = ALL) -> dict[str, str] | list[tuple[str, str]]:
    """Values by aspect (blank ones left out), or codes and fields of the problems."""
    marks, problems = read_sheet(sheet_with(aspects=aspects), typed(fields), 1)
    if problems:
        assert marks == []
        return [(problem.code, problem.field) for problem in problems]
    return {mark.aspect: mark.value for mark in marks if mark.value}


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({}, {}),
        ({"mark-D1": "5.5"}, {"D1": "5.5"}),
        ({"mark-D1": " ５．５ "}, {"D1": "5.5"}),
        ({"mark-D1": "5.50"}, {"D1": "5.5"}),
        ({"mark-D1": "0"}, {"D1": "0"}),
        ({"mark-D1": "   "}, {}),
        ({"mark-D1": "6.5"}, [("mark_step", "mark-D1")]),
        ({"mark-D1": "5.3"}, [("mark_step", "mark-D1")]),
        ({"mark-D1": "-1"}, [("mark_step", "mark-D1")]),
        ({"mark-D1": "五"}, [("mark_step", "mark-D1")]),
        ({"mark-D1": "void"}, [("mark_is_word", "mark-D1")]),
        ({"mark-D1": "absent"}, [("mark_is_word", "mark-D1")]),
        ({"absent-D1": "1"}, {"D1": "absent"}),
        ({"absent-D1": "1", "mark-D1": "5"}, [("mark_and_absent", "mark-D1")]),
        ({"mark-P1": "2"}, {"P1": "2"}),
        ({"mark-P1": "0"}, {"P1": "0"}),
        ({"mark-P1": "absent"}, {"P1": "absent"}),
        ({"mark-P1": ""}, {}),
        ({"mark-P1": "4"}, [("mark_level", "mark-P1")]),
        ({"mark-P1": "1.5"}, [("mark_level", "mark-P1")]),
        ({"mark-P1": "void"}, [("mark_is_word", "mark-P1")]),
        ({"mark-P2": "8.5"}, {"P2": "8.5"}),
        ({"mark-P2": "1e1"}, [("mark_step", "mark-P2")]),
        ({"mark-D3": "3.25"}, {"D3": "3.25"}),
        ({"mark-D3": "10.001"}, [("mark_range", "mark-D3")]),
        ({"mark-D4": "Ⅱ"}, {"D4": "II"}),
        ({"mark-D4": "Ⅴ"}, [("mark_grade", "mark-D4")]),
    ],
)
def test_each_kind_takes_what_its_paper_line_takes(
    fields: dict[str, str], expected: dict[str, str] | list[tuple[str, str]]
) -> None:
    assert read(fields) == expected


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"count-D2-0": "2"}, ("4", [Deduction("咬边每5 mm", 2000, 2)])),
        (
            {"count-D2-0": "１", "count-D2-1": "1"},
            ("5", [Deduction("咬边每5 mm", 2000, 1), Deduction("背面凹坑每处", 3000, 1)]),
        ),
        ({"count-D2-0": "4"}, ("8", [Deduction("咬边每5 mm", 2000, 4)])),
        (
            {"count-D2-0": "5", "count-D2-1": "9"},
            ("8", [Deduction("咬边每5 mm", 2000, 5), Deduction("背面凹坑每处", 3000, 9)]),
        ),
        ({"count-D2-0": "0"}, ("0", [])),
        ({"none-D2": "1"}, ("0", [])),
        ({"none-D2": "1", "count-D2-1": "0"}, ("0", [])),
        ({"absent-D2": "1"}, ("absent", [])),
        ({}, ("", [])),
    ],
)
def test_deductions_take_so_much_a_piece_until_the_marks_are_used_up(
    fields: dict[str, str], expected: tuple[str, list[Deduction]]
) -> None:
    marks, problems = read_sheet(sheet_with(), typed(fields), 1)
    assert problems == []
    mark = next(mark for mark in marks if mark.aspect == "D2")
    value, deductions = expected
    assert (mark.value, mark.detail) == (value, detail_json(Detail(deductions=tuple(deductions))))


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"count-D2-0": "-1"}, [("pieces_not_whole", "count-D2-0")]),
        ({"count-D2-0": "1.5"}, [("pieces_not_whole", "count-D2-0")]),
        ({"count-D2-0": "1000"}, [("pieces_not_whole", "count-D2-0")]),
        (
            {"count-D2-0": "两处", "count-D2-1": "x"},
            [("pieces_not_whole", "count-D2-0"), ("pieces_not_whole", "count-D2-1")],
        ),
        ({"count-D2-0": "1", "none-D2": "1"}, [("pieces_and_none", "mark-D2")]),
        ({"count-D2-0": "1", "absent-D2": "1"}, [("mark_and_absent", "mark-D2")]),
        ({"none-D2": "1", "absent-D2": "1"}, [("mark_and_absent", "mark-D2")]),
    ],
)
def test_counts_that_are_none_are_refused_each_at_its_field(
    fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert read(fields) == expected


def test_every_problem_is_told_at_once_and_no_mark_is_read() -> None:
    fields = {"mark-P1": "7", "mark-P2": "x", "mark-D1": "5", "mark-D3": "11", "mark-D4": "?"}
    assert read(fields) == [
        ("mark_level", "mark-P1"),
        ("mark_step", "mark-P2"),
        ("mark_range", "mark-D3"),
        ("mark_grade", "mark-D4"),
    ]


def test_a_void_condition_makes_the_first_of_the_judges_aspects_void_and_keeps_its_mark_underneath() -> None:
    marks, _ = read_sheet(sheet_with(), typed({"mark-D1": "5", "mark-D4": "Ⅰ", "void-D-1": "1"}), 1)
    detail = detail_json(Detail(voids=(VOIDS[1],), under_value="5", under=Detail()))
    assert [(mark.aspect, mark.value, mark.detail) for mark in marks] == [
        ("D1", "void", detail),
        ("D2", "", ""),
        ("D3", "", ""),
        ("D4", "I", ""),
    ]


def test_an_unticked_condition_brings_the_mark_underneath_back() -> None:
    marks, _ = read_sheet(sheet_with(), typed({"count-D2-0": "1", "void-D-0": "1"}, **{"mark-D1": "5"}), 1)
    now = {mark.aspect: stored(mark.aspect, mark.value, mark.detail) for mark in marks}
    sheet = sheet_with(*now.values())
    fields = shown_fields(sheet, now)
    assert fields == {
        "void-D-0": "1",
        "base-D1": "1",
        "mark-D1": "5",
        "base-D2": "1",
        "count-D2-0": "1",
        "base-D3": "1",
        "mark-D3": "",
        "base-D4": "1",
        "mark-D4": "",
    }
    again, _ = read_sheet(sheet, typed(fields), 1)
    assert [(mark.aspect, mark.value, mark.detail) for mark in again] == [
        (mark.aspect, mark.value, mark.detail) for mark in marks
    ]
    del fields["void-D-0"]
    without, _ = read_sheet(sheet, typed(fields), 1)
    assert [(mark.aspect, mark.value) for mark in without] == [("D1", "5"), ("D2", "2"), ("D3", ""), ("D4", "")]


@pytest.mark.parametrize("value", ["", "5.5", "absent", "0"])
def test_what_is_stored_is_shown_and_reads_back_unchanged(value: str) -> None:
    now = {"D1": stored("D1", value)}
    sheet = sheet_with(*now.values())
    marks, problems = read_sheet(sheet, typed(shown_fields(sheet, now)), 1)
    assert (problems, marks[0].value, marks[0].base_revision) == ([], value, 1)


@pytest.mark.parametrize(
    "value, detail",
    [
        ("4", Detail(deductions=(Deduction("咬边每5 mm", 2000, 2),))),
        ("0", Detail()),
        ("3", Detail()),  # from a time when the line had no keys: shown as an amount
        ("2", Detail(deductions=(Deduction("旧扣分项", 1000, 2),))),  # a key that an amendment took away
        ("absent", Detail()),
    ],
)
def test_stored_deductions_read_back_unchanged_even_after_an_amendment(value: str, detail: Detail) -> None:
    now = {"D2": stored("D2", value, detail_json(detail))}
    sheet = sheet_with(*now.values())
    marks, problems = read_sheet(sheet, typed(shown_fields(sheet, now)), 1)
    assert problems == []
    assert [(mark.value, mark.detail) for mark in marks if mark.aspect == "D2"] == [(value, detail_json(detail))]


@pytest.mark.parametrize("voids", [(), ("旧否决项",), (VOIDS[0], "旧否决项")])
def test_a_stored_void_stays_ticked_even_where_its_condition_is_no_longer_on_the_sheet(voids: tuple[str, ...]) -> None:
    now = {"D3": stored("D3", "void", detail_json(Detail(voids=voids)))}
    sheet = sheet_with(*now.values())
    fields = shown_fields(sheet, now)
    marks, _ = read_sheet(sheet, typed(fields), 1)
    kept = [(mark.aspect, mark.value) for mark in marks if mark.value]
    assert kept == [("D3", "void")]


def test_ids_are_the_sheets_nonce_and_the_aspect_and_bases_are_what_was_shown() -> None:
    marks, _ = read_sheet(sheet_with(), typed({"base-D1": "3", "base-D2": "junk", "base-D3": "-7"}), 1)
    assert [(mark.client_id, mark.base_revision) for mark in marks] == [
        (f"{NONCE}:D1", 3),
        (f"{NONCE}:D2", -1),
        (f"{NONCE}:D3", -7),
        (f"{NONCE}:D4", -1),
    ]


@pytest.mark.parametrize("nonce", ["", "short", "x" * 33, "<script>alert(1)</script>", "0123456789abcdef\n"])
def test_a_sheet_without_a_whole_nonce_is_refused(nonce: str) -> None:
    assert read_sheet(sheet_with(), typed({"nonce": nonce}), 1) == ([], [Problem("sheet_unfinished")])


def test_a_sheet_of_an_older_scheme_is_refused_with_all_other_problems() -> None:
    marks, problems = read_sheet(sheet_with(), typed({"mark-D3": "99"}), 2)
    assert (marks, [problem.code for problem in problems]) == ([], ["sheet_amended", "mark_range"])


@pytest.mark.parametrize(
    "junk", ["x" * 10_000, "９" * 50, "\u202e5", "NaN", "∞", "1,5", "0x5", "--5", "5 5", "½", "🥚", "'; --"]
)
def test_junk_is_a_problem_never_an_error(junk: str) -> None:
    names = ("mark-P1", "mark-P2", "mark-D1", "count-D2-0", "count-D2-1", "mark-D3", "mark-D4")
    result = read(dict.fromkeys(names, junk))
    assert isinstance(result, list)
    assert [field for _, field in result] == list(names)
