"""The rules of a review as an office types them: back and forth, and each thing that is wrong at its field."""

from datetime import date

import pytest
from msgspec.structs import replace

from foundation.tabulation.scheme import read_scheme
from innovations.rules.review_form import SECTIONS, USUAL, Channel, freezing_problems, read_review, rubric_text, typed
from innovations.rules.review_rules import Award, Level, Places

CHANNELS = (Channel(3, "南昌市总工会"), Channel(4, "九江市总工会"))
TYPED = {**USUAL, "name": " 2026 年度  评审 ", "list_until": "2026-06-30", "places-3": "20", "award-title-1": "cx"}


def read(**changes: str):
    return read_review({**TYPED, **changes}, list(SECTIONS), Level.PROVINCE, 2026, CHANNELS)


def test_the_usual_form_makes_the_usual_rules_and_comes_back_as_it_was():
    draft, problems = read()
    assert problems == []
    assert (draft.name, draft.list_until) == ("2026 年度 评审", date(2026, 6, 30))
    assert draft.rules.awards[0] == Award("award1", "一等成果", 3, "cx")
    assert draft.rules.places == (Places(3, "南昌市总工会", 20),)
    assert draft.rules.sections == ()  # all of them
    scheme, _ = read_scheme(draft.rules.rubric)
    assert [(one.code, one.max, one.judges) for one in scheme.aspects()][:2] == [("B", 40_000, 5), ("A", 10_000, 5)]
    again = read_review(typed(draft), list(SECTIONS), Level.PROVINCE, 2026, CHANNELS)
    assert again == (draft, [])
    assert freezing_problems(draft, date(2026, 6, 30)) == []
    assert [one.field for one in freezing_problems(draft, date(2026, 7, 1))] == ["list_until"]


def test_full_width_digits_and_codes_of_a_pasted_table_are_read():
    rubric = "Ｂ　经济效益（核定）　６０\nN\t新颖性\t４０"
    draft, problems = read(each="３", rubric=rubric, **{"award-most-1": "２", "places-3": "１２"})
    assert problems == []
    assert (draft.rules.each, draft.rules.awards[0].most, draft.rules.places[0].places) == (3, 2, 12)
    assert rubric_text(draft.rules.rubric) == "B 经济效益（核定） 60\nN 新颖性 40"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": ""}, [("name", "review_name")]),
        ({"each": "five", "mark_days": "-1"}, [("each", "review_whole"), ("mark_days", "review_whole")]),
        ({"list_until": "30.6."}, [("list_until", "review_day")]),
        ({"places-4": "many"}, [("places-4", "review_whole")]),
        ({"award-most-1": ""}, [("award-most-1", "review_whole")]),
        (
            {"award-most-4": "2", "award-title-6": "cx"},
            [
                ("award-name-4", "review_award_nameless"),
                ("award-name-6", "review_award_nameless"),
            ],
        ),
        ({"rubric": ""}, [("rubric", "review_rubric_empty")]),
        ({"rubric": "b 效益 40\nB 40\nB 效益 x\nB 效益 40\nB 再来 10"}, [("rubric", "review_rubric_line")] * 4),
        ({"rubric": "\n".join(f"A{n} 第{n}项 5" for n in range(21))}, [("rubric", "review_rubric_long")]),
    ],
)
def test_everything_that_cannot_be_read_is_told_at_its_field(changes, told):
    draft, problems = read(**changes)
    assert draft is None
    assert [(one.field, one.code) for one in problems] == told


def test_some_sections_are_kept_in_the_forms_order_and_a_draft_may_have_gaps():
    draft, problems = read_review({**TYPED, "list_until": ""}, ["use", "wrong"], Level.CITY, 2026, ())
    assert problems == []
    assert draft.rules.sections == ("wrong", "use")
    assert {one.code for one in freezing_problems(draft, date(2026, 1, 1))} == {
        "review_list_until", "review_places_none",
    }  # fmt: skip
    alone = replace(draft, rules=replace(draft.rules, level=Level.ENTERPRISE))
    assert {one.code for one in freezing_problems(alone, date(2026, 1, 1))} == {"review_list_until"}


def test_a_draft_keeps_a_sheet_that_cannot_be_used_yet():
    draft, _ = read(each="0")
    assert "review_rubric" in {one.code for one in freezing_problems(draft, date(2026, 6, 30))}
    assert typed(draft)["rubric"] == USUAL["rubric"]
