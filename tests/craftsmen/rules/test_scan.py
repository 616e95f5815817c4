"""What the privacy scan finds in a text as people write it, and what it leaves alone."""

from datetime import date

import pytest

from craftsmen.rules.scan import Kind, Piece, found_in, luhn
from foundation.base.identity import check_digit
from foundation.papers.fonts import missing_characters

TODAY = date(2026, 5, 12)


def found(text: str) -> list[tuple[Kind, str]]:
    return [(one.kind, one.shown) for one in found_in([Piece("story", text)], TODAY)]


def made_id() -> str:
    return "36012219850307002" + check_digit("36012219850307002")


@pytest.mark.parametrize(
    "text, kind",
    [
        (f"身份证{made_id()}。", Kind.ID_NUMBER),
        ("身份证" + " ".join(made_id()), Kind.ID_NUMBER),
        ("身份证" + "".join(chr(ord(c) + 0xFEE0) for c in made_id()), Kind.ID_NUMBER),
        (f"{made_id()[:6]}-{made_id()[6:14]}-{made_id()[14:]}", Kind.ID_NUMBER),
        ("360122850307002", Kind.ID_NUMBER),
        ("电话13870001234", Kind.PHONE),
        ("电话 138 7000 1234", Kind.PHONE),
        ("１３８－７０００－１２３４", Kind.PHONE),
        ("+86 138-7000-1234", Kind.PHONE),
        ("办公室0791-88880000", Kind.PHONE),
        ("6222 0212 3456 7890 128", Kind.BANK_CARD),
        ("6222 0212 3456 7890 129", None),
        ("邮箱 cheng.yq@example.com", Kind.EMAIL),
        ("1985年3月7日出生于进贤", Kind.BIRTH_DATE),
        ("出生于1985.03.07", Kind.BIRTH_DATE),
        ("2021 2022 2023 2024年连续获奖", None),
        ("赣工发〔2026〕12号", None),
        ("产值1234567890元", None),
        ("2019年3月7日获奖", None),
        ("编号20260512003", None),
    ],
)
def test_what_is_found(text, kind):
    assert [one for one, _ in found(text)] == ([kind] if kind else [])


@pytest.mark.parametrize("number, right", [("79927398713", True), ("79927398710", False), ("4111111111111111", True)])
def test_the_check_of_bank_cards(number, right):
    assert luhn(number) is right


def test_two_numbers_with_a_space_between_are_two():
    assert [one for one, _ in found(f"13870001234 13970005678 {made_id()}")] == [Kind.PHONE, Kind.PHONE, Kind.ID_NUMBER]


def test_nothing_is_shown_in_clear():
    for text in (made_id(), "13870001234", "cheng.yq@example.com", "1985年3月7日出生"):
        for one in found_in([Piece("story", text)], TODAY):
            assert one.secret not in one.shown


def test_the_same_thing_in_one_place_is_one_finding():
    assert len(found("13870001234，或 138-7000-1234")) == 1
    twice = found_in([Piece("story", "13870001234"), Piece("summary", "13870001234")], TODAY)
    assert [one.place for one in twice] == ["story", "summary"]


@pytest.mark.parametrize("name, rare", [("程砚秋", []), ("𠮷田", []), ("龚䶮", []), ("甲\U0003fffd", ["\U0003fffd"])])
def test_names_that_cannot_be_printed(name, rare):
    findings = found_in([Piece("name", name, name=True)], TODAY, missing_characters)
    assert [one.secret for one in findings] == rare
