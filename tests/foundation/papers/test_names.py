"""Names, gender, people and partial dates as they stand on paper."""

import pytest

from foundation.papers.names import partial_date, roster_name, roster_names, spaced_name


@pytest.mark.parametrize(
    "name, printed",
    [
        ("张三", "张　三"),
        (" 张三 ", "张　三"),
        ("程𠮷", "程　𠮷"),
        ("龚䶮", "龚　䶮"),
        ("葛󠄀三", "葛󠄀　三"),  # with a variation selector: still two characters
        ("欧阳娜", "欧阳娜"),
        ("张", "张"),
        ("阿依·古丽", "阿依·古丽"),
        ("Li", "Li"),
        ("", ""),
    ],
)
def test_names_of_two_characters_are_spaced_to_the_width_of_three(name, printed):
    assert spaced_name(name) == printed


@pytest.mark.parametrize(
    "woman, people, printed",
    [
        (False, "汉族", "兰　花"),
        (False, "", "兰　花"),
        (False, "汉", "兰　花"),
        (True, "汉族", "兰　花(女)"),
        (False, "畲族", "兰　花(畲族)"),
        (True, "畲", "兰　花(女,畲族)"),
        (True, "畲族", "兰　花(女,畲族)"),
    ],
)
def test_gender_is_said_of_women_and_people_where_it_is_not_the_majority(woman, people, printed):
    assert roster_name("兰花", woman=woman, people=people) == printed


def test_a_roster_says_each_as_one():
    assert roster_names([("张三", False, "汉族"), ("兰小花", True, "畲族")]) == ["张　三", "兰小花(女,畲族)"]


@pytest.mark.parametrize(
    "date, printed",
    [("2023", "2023年"), ("2023-05", "2023年5月"), ("2023-05-01", "2023年5月1日"), ("1999-12-31", "1999年12月31日")],
)
def test_as_much_of_a_date_is_printed_as_is_known(date, printed):
    assert partial_date(date) == printed


@pytest.mark.parametrize("date", ["", "23", "2023-5", "2023-13", "2023-00", "2023-05-32", "2023-05-01 ", "二〇二三"])
def test_what_is_no_date_is_not_printed_as_one(date):
    with pytest.raises(ValueError, match="No date"):
        partial_date(date)
