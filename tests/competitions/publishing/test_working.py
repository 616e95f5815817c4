"""Why this score: each sum as it stands on the page can be done again by hand and comes to the engine's number."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from competitions.rules.details import Deduction, Detail
from competitions.rules.notes import AspectNotes, SheetNotes
from competitions.rules.sums import Figure, Sum, Term, figure
from competitions.rules.worked import MarkShown, Reason, Working
from competitions.rules.working import work_out
from foundation.tabulation.decimals import round_half_away
from foundation.tabulation.marks import ABSENT, VOID, Mark, Value
from foundation.tabulation.output import standings_json
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme_model import Aspect, Module, Scheme
from foundation.tabulation.standings import Entry
from tests.competitions.publishing.contests_made_up import MadeUp, made_up

PANEL: dict[str, Any] = {
    "code": "P1",
    "name": "味感",
    "kind": "panel",
    "max": 10_000,
    "judges": 5,
    "combine": "mean",
    "drop_highest": 1,
    "drop_lowest": 1,
    "min_marks": 3,
}


def one(aspect: Aspect, *values: Value, weight: int = 1_000_000, digits: int = 2, **entry: Any) -> Working:
    """The working of one entry with one aspect."""
    scheme = Scheme("题", digits, "incomplete", (Module("P", "实操", weight, False, (aspect,)),))
    marks = [Mark("W1", aspect.code, f"J{number}", value) for number, value in enumerate(values, 1)]
    standings = standings_json(tabulate(scheme, [Entry("W1", **entry)], marks))
    return work_out(standings["entries"][0], scheme)


def written(line: Sum) -> str:
    """A sum as one writes it."""
    left = " ".join(f"{term.sign} {term.figure.text}".strip() for term in line.terms)
    result = f" = {line.result.text}" if len(line.terms) > 1 or line.terms[0].sign else ""
    return left + result + (f" → {line.rounded}" if line.rounded else "")


def lines(working: Working) -> list[str]:
    return [written(line) for line in working.modules[0].aspects[0].sums]


@pytest.mark.parametrize(
    "value, text, fraction",
    [
        (Fraction(17, 2), "8.5", ""),
        (Fraction(8), "8", ""),
        (Fraction(49, 6), "8.1666…", "49/6"),
        (Fraction(-1, 3), "-0.3333…", "-1/3"),
        (Fraction(1, 3000000), "0.0000…", "1/3000000"),
        (Fraction(1, 64), "0.015625", ""),
        (Fraction(0), "0", ""),
    ],
)
def test_numbers_are_written_in_full_where_their_decimals_end(value: Fraction, text: str, fraction: str):
    assert figure(value) == Figure(text, fraction)


@pytest.mark.parametrize(
    "aspect, values, expected",
    [
        (Aspect("M", "笔试", "measurement", max=100_000), [85_500], []),
        (Aspect("M", "笔试", "measurement", max=100_000, round_mark=True), [85_125], ["85.125 → 85.13"]),
        (Aspect("M", "笔试", "measurement", max=100_000, factor=300_000), [85_500], ["85.5 × 0.3 = 25.65"]),
        (Aspect("D", "咬边", "deduction", max=8_000), [2_000], ["8 - 2 = 6"]),
        (Aspect("D", "咬边", "deduction", max=8_000), [8_000], ["8 - 8 = 0"]),
        (Aspect("G", "射线", "grade", table=(("I", 40_000), ("II", 28_000))), ["II"], []),
        (
            Aspect("J", "成形", "judgement", max=8_000, judges=3, round_points=True),
            [2_000, 3_000, 2_000],
            ["2 + 3 + 2 = 7", "7 × 8 ÷ 3 ÷ 3 = 6.2222… → 6.22"],
        ),
        (
            Aspect(**PANEL, round_mark=True, factor=9_000_000),
            [8_500, 9_500, 8_000, 8_000, 7_000],
            ["8.5 + 8 + 8 = 24.5", "24.5 ÷ 3 = 8.1666… → 8.17", "8.17 × 9 = 73.53"],
        ),
        (
            Aspect(**PANEL),
            [8_500, 9_500, 8_000, 8_000, 7_000],
            ["8.5 + 8 + 8 = 24.5", "24.5 ÷ 3 = 8.1666…"],
        ),
        (Aspect(**PANEL), [8_500, ABSENT, 8_000, 8_000, 7_000], ["8 + 8 = 16", "16 ÷ 2 = 8"]),
        (
            Aspect(**PANEL | {"combine": "median"}),
            [8_500, 9_500, 8_000, ABSENT, 7_000],
            ["8 + 8.5 = 16.5", "16.5 ÷ 2 = 8.25"],
        ),
        (Aspect(**PANEL | {"combine": "median"}), [8_500, 9_500, 8_000, 8_000, 7_000], []),
        (
            Aspect(**PANEL | {"combine": "sum", "min_marks": 5}),
            [8_500, 9_500, 8_000, 8_000, 7_000],
            ["8.5 + 8 + 8 = 24.5"],
        ),
    ],
)
def test_an_aspect_is_worked_in_lines(aspect: Aspect, values: list[Value], expected: list[str]):
    assert lines(one(aspect, *values)) == expected


def test_every_mark_is_shown_with_what_became_of_it():
    shown = one(Aspect(**PANEL), 8_500, 9_500, ABSENT, 8_000, 7_000).modules[0].aspects[0]
    assert shown.marks == (
        MarkShown("J1", "8.5"),
        MarkShown("J2", "9.5", dropped=True),
        MarkShown("J3", "absent", word="absent"),
        MarkShown("J4", "8"),
        MarkShown("J5", "7", dropped=True),
    )


def test_a_level_carries_its_text():
    aspect = Aspect("J", "成形", "judgement", max=8_000, judges=1, levels=("杂乱", "均匀", "细密", "如一"))
    assert one(aspect, 2_000).modules[0].aspects[0].marks == (MarkShown("J1", "2", "细密"),)


def test_a_void_module_counts_nothing_and_says_which_condition_was_met():
    aspect = Aspect("M", "余高", "measurement", max=6_000)
    scheme = Scheme("题", 2, "incomplete", (Module("P", "实操", 700_000, False, (aspect,)),))
    score = standings_json(tabulate(scheme, [Entry("W1", carried=5_000)], [Mark("W1", "M", "J1", VOID)]))["entries"][0]
    working = work_out(score, scheme, details={("M", "J1"): Detail(voids=("焊缝有裂纹",))})
    module = working.modules[0]
    assert (module.void, module.conditions, module.sums, module.points) == (True, ("焊缝有裂纹",), (), Figure("0"))
    assert (module.aspects[0].sums, module.aspects[0].points) == ((), None)
    assert working.total_sum == Sum((Term("", Figure("0"), "module"), Term("+", Figure("5"), "carried")), Figure("5"))
    assert working.total == "5.00"


def test_deductions_are_shown_with_their_reasons():
    aspect = Aspect("D", "咬边", "deduction", max=8_000, step=2_000)
    scheme = Scheme("题", 2, "incomplete", (Module("P", "实操", 1_000_000, False, (aspect,)),))
    score = standings_json(tabulate(scheme, [Entry("W1")], [Mark("W1", "D", "J1", 8_000)]))["entries"][0]
    notes = SheetNotes({"D": AspectNotes("按累计长度扣分")})
    detail = Detail(deductions=(Deduction("咬边，每 5 mm", 2_000, 5),))
    shown = work_out(score, scheme, notes, {("D", "J1"): detail}).modules[0].aspects[0]
    assert shown.reasons == (Reason("咬边，每 5 mm", 5, Figure("2"), Figure("10")),)
    assert (shown.capped, shown.criterion) == (True, "按累计长度扣分")


def test_weight_penalty_and_what_was_carried_stand_in_the_last_sum():
    working = one(Aspect("M", "笔试", "measurement", max=100_000), 85_500, weight=333_333, carried=10_000, penalty=500)
    assert [written(line) for line in working.modules[0].sums] == ["85.5 × 0.333333 = 28.4999715"]
    assert working.total_sum is not None
    assert written(working.total_sum) == "28.4999715 + 10 - 0.5 = 37.9999715 → 38.00"


@pytest.mark.parametrize("status", ["absent", "withdrawn", "disqualified"])
def test_an_entry_without_a_place_has_neither_modules_nor_a_total(status: str):
    working = one(Aspect("M", "笔试", "measurement", max=100_000), status=status)
    assert working == Working("W1", "", None, status, False, "", (), None, "", "")


def redone(line: Sum, digits: int) -> Fraction:
    """Do the printed line again, from left to right, with nothing but what is printed."""
    value = Fraction(0)
    for term in line.terms:
        number = Fraction(term.figure.fraction or term.figure.text)
        match term.sign:
            case "" | "+":
                value += number
            case "-":
                value -= number
            case "×":
                value *= number
            case "÷":
                value /= number
    assert Fraction(line.result.fraction or line.result.text) == value
    if not line.rounded:
        return value
    assert Fraction(line.rounded) == round_half_away(value, digits)
    return Fraction(line.rounded)


@given(made_up(most_entries=2))
@settings(max_examples=300)
def test_redoing_the_printed_sums_gives_the_engines_numbers(contest: MadeUp):
    standings = standings_json(tabulate(contest.scheme, contest.entries, contest.marks, contest.coefficients))
    digits = contest.scheme.digits
    for score in standings["entries"]:
        working = work_out(score, contest.scheme)
        assert (working.total, str(working.place or "")) == (score["total"], score["place"])
        if working.place is None:
            continue
        for module, engines in zip(working.modules, score["modules"], strict=True):
            for aspect, engine in zip(module.aspects, engines["aspects"], strict=True):
                check_lines(aspect.sums, aspect.points, Fraction(engine["exact_points"]), digits)
            check_lines(module.sums, module.points, Fraction(engines["exact_points"]), digits)
        if working.total_sum is not None:
            assert redone(working.total_sum, digits) == Fraction(score["total"])


def check_lines(sums: tuple[Sum, ...], points: Figure | None, engine: Fraction, digits: int) -> None:
    """Each line goes on with what the one before came to, and the last one comes to the engine's points."""
    before: Fraction | None = None
    for line in sums:
        if before is not None and line.terms[0].what == "before":
            assert Fraction(line.terms[0].figure.fraction or line.terms[0].figure.text) == before
        before = redone(line, digits)
    if before is not None:
        assert before == engine
    assert Fraction((points.fraction or points.text) if points else 0) == engine
