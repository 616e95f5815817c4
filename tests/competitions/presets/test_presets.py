"""The marking sheets that come with the registry: right schemes, and notes that belong to them."""

from fractions import Fraction

import pytest

from competitions.presets.presets import Preset, list_presets, load_preset
from competitions.rules.notes import AspectNotes, DeductionKey, notes_json, read_notes
from foundation.base.problem import NotFound
from foundation.tabulation.scheme import Scheme, TieStep, module_full_marks, read_scheme, scheme_full_marks

KEYS = ["welder", "electrician", "chef", "ceramic-decorator"]

POINTS = {
    "welder": [
        ("measurement", "6"), ("measurement", "4"), ("measurement", "4"), ("deduction", "8"), ("deduction", "8"),
        ("measurement", "4"), ("measurement", "4"), ("deduction", "4"), ("judgement", "8"), ("grade", "40"),
        ("deduction", "10"),
    ],
    "electrician": [
        ("measurement", "8"), ("judgement", "8"), ("deduction", "10"), ("deduction", "14"), ("measurement", "30"),
        ("measurement", "8"), ("measurement", "12"), ("deduction", "10"),
    ],
    "chef": [
        ("panel", "20"), ("panel", "12"), ("panel", "10"), ("panel", "8"), ("panel", "6"), ("panel", "4"),
        ("panel", "9"), ("panel", "6"), ("panel", "6"), ("panel", "4"), ("deduction", "15"),
    ],
    "ceramic-decorator": [
        ("judgement", "20"), ("judgement", "25"), ("panel", "25"), ("panel", "15"), ("deduction", "10"),
        ("deduction", "5"),
    ],
}  # fmt: skip
"""Kind and full marks of each practical line, as the paper sheets have them."""


def scheme_of(key: str) -> Scheme:
    scheme, problems = read_scheme(load_preset(key)[0])
    assert problems == []
    assert scheme is not None
    return scheme


def highest(kind: str, scheme: Scheme, code: str) -> str:
    aspect = scheme.aspect(code)
    value = max(points for _, points in aspect.table) if kind == "grade" else aspect.max
    assert value is not None
    return str(Fraction(value, 1000))


def test_the_list_offers_four_occupations_with_their_codes() -> None:
    assert list_presets() == (
        Preset("welder", "焊工：板对接立焊", "焊工", "6-18-02-04", 60),
        Preset("electrician", "电工：PLC控制系统装调", "电工", "6-31-01-03", 240),
        Preset("chef", "中式烹调师：规定热菜与自选赣菜", "中式烹调师", "4-03-02-01", 150),
        Preset("ceramic-decorator", "陶瓷装饰工：青花手绘八寸盘", "陶瓷装饰工", "6-15-05-04", 300),
    )


@pytest.mark.parametrize("key", KEYS)
def test_a_sheet_has_the_lines_of_the_paper_one(key: str) -> None:
    scheme = scheme_of(key)
    practical = scheme.modules[1]
    lines = [(aspect.kind, highest(aspect.kind, scheme, aspect.code)) for aspect in practical.aspects]
    assert lines == POINTS[key]


@pytest.mark.parametrize("key", KEYS)
def test_theory_and_practice_add_up_to_a_hundred(key: str) -> None:
    scheme = scheme_of(key)
    shares = [(module.code, module_full_marks(module, scheme.digits)) for module in scheme.modules]
    assert shares == [("T", Fraction(30)), ("P", Fraction(70))]
    assert scheme_full_marks(scheme) == 100


def test_the_four_sheets_show_every_kind() -> None:
    kinds = {aspect.kind for key in KEYS for aspect in scheme_of(key).aspects()}
    assert kinds == {"measurement", "deduction", "grade", "judgement", "panel"}


@pytest.mark.parametrize("key", KEYS)
def test_panels_and_judgements_are_set_as_the_rules_say(key: str) -> None:
    for aspect in scheme_of(key).aspects():
        if aspect.kind == "panel":
            assert (aspect.judges, aspect.drop_highest, aspect.drop_lowest, aspect.combine) == (5, 1, 1, "mean")
        if aspect.kind == "judgement":
            assert (aspect.judges, aspect.max_spread, len(set(aspect.levels))) == (3, 1, 4)


def test_equal_totals_of_electricians_are_parted_by_time_alone() -> None:
    assert scheme_of("electrician").tie_break == (TieStep("time"),)


def test_the_x_ray_counts_by_table() -> None:
    assert scheme_of("welder").aspect("P10").table == (("I", 40000), ("II", 28000), ("III", 12000), ("IV", 0))


@pytest.mark.parametrize("key", KEYS)
def test_notes_belong_to_the_scheme(key: str) -> None:
    scheme, (_, notes) = scheme_of(key), load_preset(key)
    assert list(notes.aspects) == [aspect.code for aspect in scheme.aspects()]
    assert set(notes.voids) <= {module.code for module in scheme.modules}
    assert all(note.criterion for note in notes.aspects.values())


@pytest.mark.parametrize("key", KEYS)
def test_every_deduction_has_reasons_whose_points_fit_its_steps(key: str) -> None:
    scheme, (_, notes) = scheme_of(key), load_preset(key)
    for aspect in scheme.aspects():
        keys = notes.of(aspect.code).keys
        assert bool(keys) == (aspect.kind == "deduction")
        for deduction in keys:
            assert aspect.step is not None
            assert aspect.max is not None
            assert deduction.points % aspect.step == 0
            assert 0 < deduction.points <= aspect.max


def test_deduction_keys_are_read_in_thousandths() -> None:
    _, notes = load_preset("welder")
    assert notes.of("P4") == AspectNotes("按累计长度扣分，扣完为止", (DeductionKey("咬边，每 5 mm", 2000),))


def test_void_conditions_are_the_sheets_own() -> None:
    assert {key: dict(load_preset(key)[1].voids) for key in KEYS} == {
        "welder": {"P": ("焊缝有裂纹", "焊缝有未熔合", "修磨焊缝原始表面")},
        "electrician": {"P": ("违反规定带电作业", "短路跳闸两次")},
        "chef": {"P": ("使用非食用色素", "使用预制成品")},
        "ceramic-decorator": {},
    }


@pytest.mark.parametrize("key", KEYS)
def test_notes_survive_being_stored(key: str) -> None:
    _, notes = load_preset(key)
    assert read_notes(notes_json(notes)) == notes


@pytest.mark.parametrize("key", ["", "plumber", "../presets/welder", "welder.scheme"])
def test_there_is_nothing_under_any_other_key(key: str) -> None:
    with pytest.raises(NotFound):
        load_preset(key)
