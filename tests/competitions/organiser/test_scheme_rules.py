"""The scheme editor without a page: rows, buttons, judgement, sums."""

from typing import Any

import pytest

from competitions.presets.presets import KEYS, load_preset
from competitions.rules.notes import AspectNotes, DeductionKey, SheetNotes
from competitions.rules.scheme_edits import edited
from competitions.rules.scheme_form import cautions, field_of, read_rows
from competitions.rules.scheme_places import places
from competitions.rules.scheme_rows import (
    AspectRow,
    ModuleRow,
    SchemeRows,
    empty_rows,
    fields_from_rows,
    rows_from_fields,
    rows_from_scheme,
)
from competitions.rules.scheme_sums import add_up
from foundation.base.problem import Problem
from foundation.tabulation.scheme import Scheme, read_scheme, scheme_full_marks
from tests.competitions.cast import NOTES, scheme

TOP = {"title": "焊工", "digits": "2", "unmarked": "incomplete"}


def preset(key: str) -> tuple[Scheme, SheetNotes]:
    text, notes = load_preset(key)
    made, problems = read_scheme(text)
    assert made is not None, problems
    return made, notes


def rows(*aspects: dict[str, str], **module: str) -> SchemeRows:
    """One module P with these aspects."""
    typed = tuple(AspectRow({"kind": "measurement", "max": "10", **aspect}) for aspect in aspects)
    return SchemeRows(TOP, (ModuleRow({"code": "P", **module}, typed),))


@pytest.mark.parametrize("key", KEYS)
def test_a_scheme_goes_through_the_form_unharmed(key: str) -> None:
    made, notes = preset(key)
    typed = fields_from_rows(rows_from_scheme(made, notes))
    reading = read_rows(rows_from_fields(typed))
    assert (reading.scheme, reading.notes, reading.problems) == (made, notes, ())


def test_every_field_of_every_kind_goes_through_the_form() -> None:
    aspects: list[dict[str, Any]] = [
        {"code": "A1", "kind": "measurement", "max": "10", "step": "0.5", "judges": 2, "min_marks": 2, "factor": "1.5"},
        {"code": "A2", "kind": "deduction", "max": "8", "step": "2", "round_points": True},
        {"code": "A3", "kind": "grade", "table": {"优": "10", "良": "7.5"}},
        {"code": "A4", "kind": "judgement", "max": "9", "judges": 3, "max_spread": 2,
         "levels": ["差", "中", "良", "优"]},
        {"code": "A5", "kind": "panel", "max": "10", "min": "1", "step": "0.5", "judges": 7, "combine": "sum",
         "drop_highest": 2, "drop_lowest": 2, "min_marks": 7, "round_mark": True, "coefficient": True},
    ]  # fmt: skip
    made = scheme(
        digits=3,
        unmarked="zero",
        modules=[{"code": "A", "name": "实操", "weight": "0.5", "round": True, "aspects": aspects}],
        tie_break=[{"by": "aspect", "code": "A5"}, {"by": "penalty"}],
    )
    reading = read_rows(rows_from_fields(fields_from_rows(rows_from_scheme(made, SheetNotes()))))
    assert (reading.scheme, reading.problems) == (made, ())


def test_every_problem_is_tied_to_its_field_in_the_order_of_the_page() -> None:
    typed = SchemeRows(
        {"title": "", "digits": "9", "unmarked": "incomplete"},
        (
            ModuleRow({"code": "place", "weight": "-1"}, (AspectRow({"code": "A", "kind": "panel", "max": "ten"}),)),
            ModuleRow(
                {"code": "P", "voids": "裂纹\n裂纹"},
                (
                    AspectRow({"code": "A", "kind": "judgement", "max": "9", "judges": "3", "level1": "中"}),
                    AspectRow({"code": "B", "kind": "grade", "table": "Ⅰ = 40\n良\nⅠ = 30"}),
                    AspectRow(
                        {"code": "C", "kind": "deduction", "max": "8", "step": "2", "keys": "咬边 3\n气孔 = 10\n未清理"}
                    ),
                ),
            ),
        ),
        ("module:X", ""),
    )
    assert [(problem.field, problem.code) for problem in read_rows(typed).problems] == [
        ("title", "missing"),
        ("digits", "not_whole"),
        ("m0-code", "code_is_column"),
        ("m0-weight", "negative"),
        ("m0-a0-max", "not_decimal"),
        ("m0-a0-judges", "missing"),
        ("m0-a0-combine", "missing"),
        ("m1-voids", "void_twice"),
        ("m1-a0-level0", "levels"),
        ("m1-a0-code", "code_repeated"),
        ("m1-a1-table", "table_line"),
        ("m1-a1-table", "table_key_twice"),
        ("m1-a2-keys", "key_not_in_steps"),
        ("m1-a2-keys", "key_above_max"),
        ("m1-a2-keys", "key_line"),
        ("tie-0", "no_such_module"),
        ("tie-1", "missing"),
    ]


@pytest.mark.parametrize(
    "path, field",
    [
        ("", ""),
        ("title", "title"),
        ("modules", ""),
        ("modules[0].weight", "m0-weight"),
        ("modules[0].aspects", "m0-code"),
        ("modules[1].aspects[12].table.Ⅰ", "m1-a12-table"),
        ("modules[1].aspects[12]", "m1-a12-code"),
        ("tie_break[3].code", "tie-3"),
    ],
)
def test_json_paths_become_fields(path: str, field: str) -> None:
    assert field_of(path) == field


def test_reasons_are_read_with_their_points() -> None:
    typed = rows({"code": "P1", "kind": "deduction", "max": "8", "keys": "宽度差<=2 mm = 2\n气孔：0.5\n 夹渣 每处 1 "})
    assert read_rows(typed).notes == SheetNotes(
        {
            "P1": AspectNotes(
                "", (DeductionKey("宽度差<=2 mm", 2_000), DeductionKey("气孔", 500), DeductionKey("夹渣 每处", 1_000))
            )
        }
    )


def test_what_belongs_to_another_kind_is_kept_in_the_rows_and_left_out_of_the_scheme() -> None:
    typed = rows({"code": "P1", "judges": "", "combine": "mean", "table": "优 = 1", "keys": "x"})
    reading = read_rows(typed)
    assert reading.problems == ()
    assert rows_from_fields(fields_from_rows(typed)).modules[0].aspects[0].get("combine") == "mean"


TWO = rows({"code": "P1", "name": "甲"}, {"code": "P2", "name": "乙"})


@pytest.mark.parametrize(
    "act, codes, anchor",
    [
        ("down-m0-a0", ["P2", "P1"], "m0-a1-code"),
        ("up-m0-a1", ["P2", "P1"], "m0-a0-code"),
        ("up-m0-a0", ["P1", "P2"], "m0-a0-code"),
        ("remove-m0-a0", ["P2"], "m0-a0-code"),
        ("remove-m0-a1", ["P1"], "m0-a0-code"),
        ("add-m0", ["P1", "P2", "P3"], "m0-a2-name"),
        ("add-m7", ["P1", "P2"], ""),
        ("remove-m0-a99", ["P1", "P2"], "m0-a0-code"),
        ("add-m0-a1", ["P1", "P2"], ""),
        ("shout", ["P1", "P2"], ""),
        ("", ["P1", "P2"], ""),
    ],
)
def test_buttons_move_and_change_rows_and_nothing_else(act: str, codes: list[str], anchor: str) -> None:
    after, go_to = edited(TWO, act)
    assert ([row.get("code") for row in after.modules[0].aspects], go_to) == (codes, anchor)
    names = {"P1": "甲", "P2": "乙", "P3": ""}
    assert [row.get("name") for row in after.modules[0].aspects] == [names[code] for code in codes]


def test_modules_and_tie_steps_have_buttons_too() -> None:
    more, go_to = edited(TWO, "add-module")
    assert ([module.get("code") for module in more.modules], go_to) == (["P", "A"], "m1-name")
    swapped, _ = edited(more, "up-m1")
    assert [module.get("code") for module in swapped.modules] == ["A", "P"]
    assert edited(swapped, "remove-m0")[0] == TWO
    tied = edited(edited(TWO, "add-tie")[0], "add-tie")[0]
    assert edited(SchemeRows(TOP, (), ("time", "penalty")), "up-tie-1")[0].ties == ("penalty", "time")
    assert edited(tied, "remove-tie-0")[0].ties == ("",)


def test_a_new_row_gets_a_free_code_and_the_kind_above_it() -> None:
    typed = rows({"code": "P1"}, {"code": "P3", "kind": "panel"})
    after, _ = edited(typed, "add-m0")
    assert after.modules[0].aspects[2] == AspectRow({"code": "P4", "kind": "panel"})


def test_sums_add_up_what_is_right_already() -> None:
    typed = SchemeRows(
        TOP,
        (
            ModuleRow(
                {"code": "T", "weight": "0.3"}, (AspectRow({"code": "T1", "kind": "measurement", "max": "100"}),)
            ),
            ModuleRow(
                {"code": "P", "weight": "0.7"},
                (
                    AspectRow({"code": "P1", "kind": "grade", "table": "Ⅰ = 40\nⅡ = 28"}),
                    AspectRow(
                        {"code": "P2", "kind": "panel", "max": "10", "judges": "5", "combine": "mean", "factor": "5"}
                    ),
                    AspectRow({"code": "P3", "kind": "measurement", "max": "?"}),
                ),
            ),
        ),
    )
    sums = add_up(typed)
    assert [(one.aspects, one.full_marks, one.weight, one.counts, one.complete) for one in sums.modules] == [
        (("100",), "100", "0.3", "30", True),
        (("40", "50", ""), "90", "0.7", "63", False),
    ]
    assert (sums.weights, sums.total, sums.complete) == ("1", "93", False)


def test_odd_weights_and_full_marks_are_said_but_not_refused() -> None:
    made = scheme()
    assert cautions(made, scheme_full_marks(made)) == []
    odd = read_rows(rows({"code": "P1", "max": "50"}, weight="0.5")).scheme
    assert odd is not None
    assert cautions(odd, scheme_full_marks(odd)) == [
        Problem("caution_weights", "m0-weight", {"sum": "0.5"}),
        Problem("caution_full_marks", "", {"total": "25"}),
    ]


def test_a_problem_names_its_row() -> None:
    typed = rows_from_scheme(scheme(), NOTES)
    assert places(typed, ["m1-a2-max", "m0-weight", "title", "tie-0", "", "m9-a9-level2"]) == {
        "m1-a2-max": ("P3 成形", "max"),
        "m0-weight": ("T 理论", "weight"),
        "title": ("", "title"),
        "tie-0": ("1", "tie"),
        "": ("", ""),
        "m9-a9-level2": ("", "levels"),
    }


def test_an_empty_sheet_is_one_row_away_from_right() -> None:
    assert [(each.field, each.code) for each in read_rows(empty_rows("焊工")).problems] == [("m0-a0-max", "missing")]
