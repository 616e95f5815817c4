"""A pasted or uploaded list of contestants, as it is understood."""

import pytest

from competitions.rules.roster import RosterRow, draw_numbers, read_roster, roster_text
from competitions.rules.times import read_time, show_time
from foundation.base.problem import Problem
from foundation.base.sheets import decode, read_lines

KNOWN = [RosterRow(0, "龚䶮", "青岫航空", "南昌", "", "W1")]


def problem(code: str, line: int, **params: str) -> Problem:
    return Problem(code, "roster", {"line": str(line), **params})


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t单位\t城市\t作品号\n饶㛃\t岫川变压器\t抚州\tW2\n程𠮷\t光屿光伏\t\t",
        "姓名,单位,城市,作品号\r\n饶㛃,岫川变压器,抚州,W2\r\n程𠮷,光屿光伏,,\r\n",
        "name,unit,city,work number\n饶㛃,岫川变压器,抚州,W2\n程𠮷,光屿光伏,,",
        "饶㛃\t岫川变压器\t抚州\tW2\n程𠮷\t光屿光伏",
        "\ufeff姓名，单位，城市，作品号\n饶㛃，岫川变压器，抚州，W2\n程𠮷，光屿光伏，，",
    ],
)
def test_tabs_commas_headers_and_their_absence_are_understood(text: str) -> None:
    roster = read_roster(text, (), [])
    assert [(row.name, row.unit, row.city, row.work_number) for row in roster.rows] == [
        ("饶㛃", "岫川变压器", "抚州", "W2"),
        ("程𠮷", "光屿光伏", "", ""),
    ]
    assert roster.problems == ()


def test_titles_totals_and_other_columns_of_an_office_sheet_do_not_hurt() -> None:
    text = "报名汇总表\n序号\t姓 名\t身份证号\t工作单位\n1\t饶㛃\t3600001\t岫川变压器\n合计\t1\n填报单位（盖章）："
    roster = read_roster(text, (), [])
    assert roster.rows == (RosterRow(3, "饶㛃", "岫川变压器"),)
    assert (roster.ignored, [line.number for line in roster.left_out], roster.problems) == (
        ("序号", "身份证号"),
        [4, 5],
        (),
    )


def test_every_problem_of_every_line_comes_at_once() -> None:
    text = "\n".join(
        [
            "姓名\t单位\t组别\t作品号",
            "\t岫川变压器\t职工组\t",
            "12\t\t教师组\tW/1",
            "饶?\t岫川变压器\t\tW9",
            "程𠮷\t光屿光伏\t职工组\tＷ９",
            "程𠮷\t光屿光伏\t职工组\t",
        ]
    )
    assert read_roster(text, ("职工组", "学生组"), []).problems == (
        problem("roster_name_empty", 2),
        problem("roster_name_number", 3, name="12"),
        problem("roster_unit_empty", 3, name="12"),
        problem("roster_group_unknown", 3, group="教师组", groups="职工组、学生组"),
        problem("roster_work_number", 3, work_number="W/1"),
        problem("roster_character_lost", 4, text="饶?"),
        problem("roster_group_empty", 4, group="", groups="职工组、学生组"),
        problem("roster_number_twice", 5, work_number="W9", first="4"),
        problem("roster_twice", 6, first="5", name="程𠮷", unit="光屿光伏"),
    )


def test_who_is_on_the_list_already_is_named_and_the_others_are_new() -> None:
    roster = read_roster("龚䶮\t青岫航空\n饶㛃\t岫川变压器", (), KNOWN)
    assert roster.already == (RosterRow(1, "龚䶮", "青岫航空", "", "", "W1"),)
    assert roster.rows == (RosterRow(2, "饶㛃", "岫川变压器"),)


@pytest.mark.parametrize("line", ["龚䶮\t青岫航空\t九江", "龚䶮\t青岫航空\t\tW7"])
def test_a_list_that_says_something_else_of_a_person_is_refused(line: str) -> None:
    assert read_roster(line, (), KNOWN).problems == (problem("roster_differs", 1, name="龚䶮", work_number="W1"),)


def test_somebody_elses_work_number_is_refused() -> None:
    roster = read_roster("饶㛃\t岫川变压器\t\tw1", (), KNOWN)
    assert roster.problems == (problem("roster_number_taken", 1, work_number="w1"),)


@pytest.mark.parametrize("text", ["", "\n \n", "姓名\t单位\n", "姓名\t单位\n合计"])
def test_a_list_without_people_is_refused(text: str) -> None:
    assert read_roster(text, (), []).problems == (Problem("roster_empty", "roster"),)


def test_a_group_may_not_stand_where_there_are_none() -> None:
    roster = read_roster("姓名,单位,组别\n饶㛃,岫川变压器,职工组", (), [])
    assert roster.problems == (problem("roster_no_groups", 2, group="职工组"),)


def test_rows_read_back_as_they_were() -> None:
    rows = (RosterRow(2, "饶㛃", "岫川变压器", "抚州", "职工组", "W2"), RosterRow(3, "程𠮷", "光屿,光伏", "", "学生组"))
    assert read_roster(roster_text(rows), ("职工组", "学生组"), []).rows == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rare_characters_survive_every_encoding_that_offices_use(encoding: str) -> None:
    text = "姓名,单位\n龚䶮,甲\n饶㛃,乙\n程𠮷,丙\n"
    read, problems = decode(text.encode(encoding), "file")
    assert (read.removeprefix("\ufeff"), problems) == (text, [])


@pytest.mark.parametrize(
    "content, code",
    [
        (b"\xff\xfe\x00", "upload_encoding"),
        (b"\x81", "upload_encoding"),
    ],
)
def test_files_that_are_no_text_are_refused_in_words(content: bytes, code: str) -> None:
    text, problems = decode(content, "file")
    assert (text, [each.code for each in problems]) == ("", [code])


def test_a_broken_or_endless_list_is_refused() -> None:
    assert [each.code for each in read_lines("甲,乙\n" * 2_001, "roster")[1]] == ["upload_long"]
    assert [each.code for each in read_lines('甲,"' + "乙" * 200_000, "roster")[1]] == ["upload_cells"]


def test_work_numbers_are_drawn_among_the_free_ones_only() -> None:
    assert draw_numbers(["W01", "w03"], ["", "W02", ""], list.reverse) == ["W04", "W02", "W05"]
    assert draw_numbers([], [""] * 3, lambda numbers: None) == ["W03", "W02", "W01"]
    assert sorted(draw_numbers([], [""] * 100, lambda numbers: None))[:2] == ["W001", "W002"]


@pytest.mark.parametrize(
    "text, thousandths",
    [
        ("12:05", 725_000),
        ("12:05.5", 725_500),
        ("1:02:05.250", 3_725_250),
        ("90:00", 5_400_000),
        ("１２：０５．５", 725_500),
        ("0:00", 0),
    ],
)
def test_times_are_minutes_or_hours(text: str, thousandths: int) -> None:
    assert read_time(text) == thousandths
    assert read_time(show_time(thousandths)) == thousandths


@pytest.mark.parametrize(
    "text", ["725", "12:60", "1:60:00", "12:05.1234", "-1:00", "1:2:3:4", "600:00:00", "a:b", ":5"]
)
def test_anything_else_is_no_time(text: str) -> None:
    assert read_time(text) is None
