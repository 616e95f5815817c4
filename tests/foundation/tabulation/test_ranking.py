"""Modules, totals, statuses, places, ties and what decided them."""

from fractions import Fraction

import pytest

from tests.foundation.tabulation.cases import (
    JUDGEMENT,
    MEASUREMENT,
    PLAIN_PANEL,
    line_of,
    module,
    rows,
    scheme_data,
    standings,
    table_of,
)

B = MEASUREMENT | {"code": "B"}
TWO = [module(MEASUREMENT, code="P"), module(B, code="T")]


def marks(**points: tuple[object, object]) -> list[str]:
    """A and B of each entry."""
    return [
        f"{entry},{aspect},J,{mark}" for entry, pair in points.items() for aspect, mark in zip("AB", pair, strict=True)
    ]


def test_a_module_is_weight_times_the_sum_of_its_aspects_rounded_where_said() -> None:
    data = scheme_data(
        module(MEASUREMENT, B, weight="0.333"),
        module(MEASUREMENT | {"code": "C"}, code="N", weight="0.333", round=True),
    )
    line = standings(data, ["E,A,J,10", "E,B,J,0.5", "E,C,J,0.5"]).lines[0]
    first, second = line.modules
    assert (first.sum, first.product, first.points, first.rounded) == (
        Fraction("10.5"),
        Fraction("3.4965"),
        Fraction("3.4965"),
        False,
    )
    assert (second.sum, second.product, second.points, second.rounded) == (
        Fraction("0.5"),
        Fraction("0.1665"),
        Fraction("0.17"),
        True,
    )
    assert (line.exact_total, line.total) == (Fraction("3.6665"), Fraction("3.67"))


@pytest.mark.parametrize(
    ("entry", "total"),
    [
        ("E,,,,,", "80"),
        ("E,,,2.5,,", "77.5"),
        ("E,,,,10.005,", "90.01"),
        ("E,,,100,10,", "-10"),
        ("E,,,,-90,", "-10"),
        ("E,,,80.004,,", "0"),
        ("E,,,80.005,,", "-0.01"),
        ("E,,ok, ,　,", "80"),
    ],
)
def test_total_is_modules_plus_carried_minus_penalty_and_may_be_negative(entry: str, total: str) -> None:
    assert standings(scheme_data(MEASUREMENT), ["E,A,J,80"], [entry]).lines[0].total == Fraction(total)


def test_conflict_comes_before_incomplete_and_an_entrys_own_status_before_both() -> None:
    data = scheme_data(module(PLAIN_PANEL, JUDGEMENT | {"code": "B"}))
    entries = [
        f"{code},,{status},,," for code, status in zip("EFGH", ["", "", "withdrawn", "disqualified"], strict=True)
    ]
    given = [
        *rows("E", "A", 1),
        *rows("E", "B", 0, 3, 3),
        *rows("F", "A", 1),
        *rows("F", "B", 1, 1, 1),
        *rows("G", "B", 0, 3),
    ]
    assert table_of(standings(data, given, entries)) == [
        "- E conflict",
        "- F incomplete",
        "- G withdrawn",
        "- H disqualified",
    ]


def test_equal_totals_share_a_place_and_the_next_is_skipped() -> None:
    given = ["A1,A,J,9", "B1,A,J,8", "C1,A,J,8", "D1,A,J,7"]
    assert table_of(standings(scheme_data(MEASUREMENT), given)) == ["1 A1 9", "2= B1 8", "2= C1 8", "4 D1 7"]


def test_places_go_by_the_rounded_total_and_ties_by_exact_values() -> None:
    data = scheme_data(PLAIN_PANEL, digits=0, tie_break=[{"by": "aspect", "code": "A"}])
    given = [*rows("X", "A", 8, 8, 9), *rows("Y", "A", 8, 8, 8), *rows("Z", "A", 9, 9, 8)]
    assert table_of(standings(data, given)) == ["1 Z 9", "2 X 8 aspect:A", "3 Y 8 aspect:A"]


CHAIN = [{"by": "module", "code": "P"}, {"by": "time"}, {"by": "penalty"}]


@pytest.mark.parametrize(
    ("tie_break", "given", "entries", "table"),
    [
        (CHAIN, {"X": (50, 30), "Y": (40, 40)}, ["X,,,,,", "Y,,,,,"], ["1 X 80 module:P", "2 Y 80 module:P"]),
        (CHAIN, {"X": (40, 40), "Y": (40, 40)}, ["X,,,,,9", "Y,,,,,8.5"], ["1 Y 80 time", "2 X 80 time"]),
        (CHAIN, {"X": (40, 40), "Y": (40, 40)}, ["X,,,,,", "Y,,,,,999"], ["1 Y 80 time", "2 X 80 time"]),
        (CHAIN, {"X": (40, 40), "Y": (40, 40)}, ["X,,,,,", "Y,,,,,"], ["1= X 80", "1= Y 80"]),
        (CHAIN, {"X": (40, 41), "Y": (40, 42)}, ["X,,,1,,", "Y,,,2,,"], ["1 X 80 penalty", "2 Y 80 penalty"]),
        ([], {"X": (50, 30), "Y": (40, 40)}, ["X,,,,,", "Y,,,,,"], ["1= X 80", "1= Y 80"]),
        (
            CHAIN,
            {"W": (50, 30), "X": (40, 40), "Y": (40, 40), "Z": (40, 40)},
            ["W,,,,,1", "X,,,,,2", "Y,,,,,3", "Z,,,,,3"],
            ["1 W 80 module:P", "2 X 80 time", "3= Y 80 time", "3= Z 80 time"],
        ),
        (
            CHAIN,
            {"W": (50, 30), "X": (50, 30), "Y": (40, 40)},
            ["W,,,,,", "X,,,,,", "Y,,,,,"],
            ["1= W 80 module:P", "1= X 80 module:P", "3 Y 80 module:P"],
        ),
        (
            CHAIN,
            {"W": (50, 30), "X": (50, 30), "Y": (40, 40)},
            ["W,,,,,1", "X,,,,,2", "Y,,,,,"],
            ["1 W 80 time", "2 X 80 time", "3 Y 80 module:P"],
        ),
        (
            [{"by": "aspect", "code": "B"}],
            {"X": (50, 30), "Y": (40, 40)},
            ["X,,,,,", "Y,,,,,"],
            ["1 Y 80 aspect:B", "2 X 80 aspect:B"],
        ),
    ],
)
def test_ties_are_broken_step_by_step_and_decided_by_names_the_last_step_that_parted(
    tie_break: list[dict[str, str]], given: dict[str, tuple[int, int]], entries: list[str], table: list[str]
) -> None:
    assert table_of(standings(scheme_data(*TWO, tie_break=tie_break), marks(**given), entries)) == table


def test_a_modules_points_break_ties_with_its_weight_and_rounding() -> None:
    data = scheme_data(
        module(MEASUREMENT, code="P", weight="0.01", round=True),
        module(B, code="T"),
        tie_break=[{"by": "module", "code": "P"}],
    )
    given = marks(X=("50.1", "10"), Y=("50.4", "10"))
    assert table_of(standings(data, given)) == ["1= X 21/2", "1= Y 21/2"]


def test_a_void_module_gives_nothing_to_a_tie_break_by_its_aspects() -> None:
    data = scheme_data(*TWO, tie_break=[{"by": "aspect", "code": "A"}])
    given = [*marks(X=(90, 40), Y=(10, 30)), "X,A,J2,void"]
    assert table_of(standings(data, given)) == ["1 Y 40 aspect:A", "2 X 40 aspect:A"]


def test_each_group_is_ranked_on_its_own_blank_first_then_by_code_point() -> None:
    entries = ["A1,青年,,,,", "B1,,,,,", "C1,职工,,,,", "D1,青年,,,,", "E1,A,,,,"]
    given = [f"{code},A,J,{mark}" for code, mark in [("A1", 9), ("B1", 1), ("C1", 5), ("D1", 10), ("E1", 2)]]
    table = standings(scheme_data(MEASUREMENT), given, entries)
    assert [(line.group, line.place, line.entry) for line in table.lines] == [
        ("", 1, "B1"),
        ("A", 1, "E1"),
        ("职工", 1, "C1"),
        ("青年", 1, "D1"),
        ("青年", 2, "A1"),
    ]


def test_unplaced_entries_follow_by_status_then_code_point_within_their_group() -> None:
    statuses = {"a": "disqualified", "b": "withdrawn", "c": "absent", "d": "", "e": "", "f": "", "B": "absent"}
    entries = [f"{code},,{status},,," for code, status in statuses.items()]
    given = ["d,A,J1,1", "d,A,J2,2", "f,A,J1,5"]
    assert table_of(standings(scheme_data(MEASUREMENT), given, entries)) == [
        "1 f 5",
        "- d conflict",
        "- e incomplete",
        "- B absent",
        "- c absent",
        "- b withdrawn",
        "- a disqualified",
    ]


def test_without_entries_those_in_the_marks_are_ranked_with_no_group() -> None:
    table = standings(scheme_data(MEASUREMENT), ["Ａ２,A,J,5", " A1 ,A,J,5"])
    assert [(line.entry, line.group, line.status) for line in table.lines] == [("A1", "", "ok"), ("A2", "", "ok")]


def test_under_unmarked_zero_an_entry_without_any_mark_is_placed_with_what_it_carried() -> None:
    table = standings(scheme_data(MEASUREMENT, unmarked="zero"), [], ["X,,,,7,", "Y,,,1,,"])
    assert table_of(table) == ["1 X 7", "2 Y -1"]


def test_an_unplaced_entry_keeps_its_marks_but_has_no_total() -> None:
    line = line_of(standings(scheme_data(MEASUREMENT), ["X,A,J,7"], ["X,,withdrawn,,,"]), "X")
    assert (line.place, line.total, line.exact_total) == (None, None, None)
    assert [mark.judge for mark in line.modules[0].aspects[0].marks] == ["J"]
