"""What a chair is told beside totals, and when awards follow the places."""

import pytest

from innovations.rules.review_rules import Award
from innovations.rules.review_scores import (
    Given,
    LockedLine,
    Severity,
    least,
    order_problems,
    severities,
    spread,
    without,
)

GIVEN = [
    Given(1, 7, 80_000),
    Given(2, 7, 90_000),
    Given(3, 7, 85_000),
    Given(1, 8, 60_000),
    Given(2, 8, 70_000),
    Given(3, 9, 50_000),
]
AWARDS = (Award("a", "一等", 1), Award("b", "二等", 2))


def line(entry: int, place: int | None, total: str = "80.00", *, tied: bool = False) -> LockedLine:
    return LockedLine(entry, f"C{entry}", total, "80/1", place, tied, "", {}, 3)


def test_how_far_totals_are_apart():
    assert spread(GIVEN) == {7: 10_000, 8: 10_000}


def test_severity_is_the_mean_distance_from_the_others_on_the_same_entries():
    # 1: 80-87.5 and 60-70; 2: 90-82.5 and 70-60; 3: 85-85, its other entry is nobody else's
    assert severities(GIVEN) == [Severity(1, 2, -88), Severity(3, 1, 0), Severity(2, 2, 88)]
    assert severities([Given(1, 7, 1)]) == []


@pytest.mark.parametrize(("each", "dropped", "few"), [(1, 0, 1), (3, 0, 2), (5, 2, 3), (9, 2, 5), (2, 0, 1)])
def test_how_few_reviews_are_enough(each, dropped, few):
    assert least(each, dropped) == few


@pytest.mark.parametrize(
    ("given", "reasons", "told"),
    [
        ({1: "a", 2: "b", 3: "b", 4: ""}, {}, []),
        ({1: "a", 2: "b", 3: "", 4: ""}, {}, ["reasons-2"]),  # 2 and 3 are equal
        ({1: "a", 2: "b", 3: "", 4: ""}, {2: "现场核实"}, []),
        ({1: "", 2: "a", 3: "", 4: ""}, {}, ["reasons-2"]),
        ({1: "b", 2: "", 3: "", 4: "a"}, {4: " "}, ["reasons-4"]),
        ({}, {}, []),
    ],
)
def test_awards_follow_the_places_or_say_why(given, reasons, told):
    lines = [line(1, 1), line(2, 2, tied=True), line(3, 2, tied=True), line(4, 4), line(5, None, "")]
    assert [one.field for one in order_problems(lines, AWARDS, given, reasons)] == told


def test_a_ranking_without_an_entry_is_as_if_it_had_never_been_there():
    lines = [
        line(1, 1, "90.00"),
        line(2, 2, "85.00", tied=True),
        line(3, 2, "85.00", tied=True),
        line(4, 4, "70.00"),
        line(5, None, ""),
    ]
    assert without(lines, frozenset()) == lines
    seen = without(lines, frozenset({1, 3}))
    assert [(one.entry, one.place, one.tied) for one in seen] == [(2, 1, False), (4, 2, False), (5, None, False)]
