"""Whose credit it is when two innovations are one: who stands in the list, and what shares may be typed."""

import pytest

from innovations.rules.innovation_form import Author
from innovations.rules.same_as import people, shares_typed

FENG, ZHAN, HU = Author("冯砚秋", 60, "", "砌筑", 7), Author("占云帆", 40), Author("胡秀英", 100, "", "", 9)


def test_those_of_the_main_one_come_first_and_the_others_are_told_with_their_unit():
    found = people([FENG, ZHAN], [HU], "云窑", "素坯里")
    assert [(one.name, one.unit, one.worker) for one in found] == [
        ("冯砚秋", "", 7),
        ("占云帆", "", 0),
        ("胡秀英", "素坯里", 9),
    ]


@pytest.mark.parametrize(
    ("other", "twice"),
    [
        (Author("冯砚秋", 100, "", "", 7), False),  # the registry knows that it is one worker
        (Author("冯燕秋", 100, "", "", 7), False),
        (Author("冯砚秋", 100, "云窑"), False),  # same name at the same unit
        (Author("冯砚秋", 100), True),  # same name elsewhere: perhaps somebody else
        (Author("冯砚秋", 100, "云窑", "", 8), True),  # two workers of one name
    ],
)
def test_only_who_is_certainly_one_stands_there_once(other, twice):
    assert len(people([FENG], [other], "云窑", "素坯里")) == 1 + twice


def test_shares_of_all_make_100_and_the_largest_comes_first():
    taken, problems = shares_typed([FENG, ZHAN, HU], {"share-1": "30", "share-2": "20 %", "share-3": "50"})
    assert problems == []
    assert [(one.name, one.share) for one in taken] == [("胡秀英", 50), ("冯砚秋", 30), ("占云帆", 20)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, [("share-1", "same_share_missing"), ("share-2", "same_share_missing"), ("share-3", "same_share_missing")]),
        ({"share-1": "50", "share-2": "50", "share-3": "0"}, [("share-3", "same_share_missing")]),
        ({"share-1": "五十", "share-2": "-1", "share-3": "101"},
         [("share-1", "same_share_wrong"), ("share-2", "same_share_wrong"), ("share-3", "same_share_wrong")]),
        ({"share-1": "33.3", "share-2": "1", "share-3": "1"}, [("share-1", "same_share_wrong")]),
        ({"share-1": "50", "share-2": "40", "share-3": "9"}, [("share-1", "innovation_shares_sum")]),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_told_at_once(typed, wrong):
    assert [(one.field, one.code) for one in shares_typed([FENG, ZHAN, HU], typed)[1]] == wrong


def test_who_stands_there_twice_gets_one_share_and_never_none():
    twice = [FENG, Author("冯砚秋", 100, "素坯里")]
    taken, problems = shares_typed(twice, {"share-1": "", "share-2": "100"})
    assert (problems, [one.unit for one in taken]) == ([], ["素坯里"])
    assert [one.code for one in shares_typed(twice, {})[1]] == ["same_share_missing"] * 2


def test_no_more_people_than_an_innovation_may_have():
    many = [Author(f"人{place}", 6) for place in range(16)]
    typed = {f"share-{place}": "10" if place < 5 else "5" for place in range(1, 17)}
    assert [one.code for one in shares_typed(many, typed)[1]] == ["innovation_authors_many"]
