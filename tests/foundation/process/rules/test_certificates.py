"""How certificate numbers are formed and read, what stands on a certificate, and which step leads where."""

from dataclasses import replace
from datetime import date

import pytest

from foundation.base.problem import Problem
from foundation.process.rules.certificates import (
    STEPS,
    Stage,
    Words,
    after,
    counts_from,
    formed,
    number_key,
    reason_problems,
    series_problems,
    words_problems,
)

WORDS = Words("龚䶮 同志", "授予“赣鄱工匠”称号。", "江西省总工会", date(2026, 5, 1), "赣工发〔2026〕12号")


@pytest.mark.parametrize(
    "pattern, digits, number",
    [
        ("赣匠证〔{年}〕{号}", 4, "赣匠证〔2026〕0017"),
        ("赣匠证〔{年}〕{号}号", 1, "赣匠证〔2026〕17号"),
        ("GJ{号}", 6, "GJ000017"),
    ],
)
def test_a_number_is_formed_by_its_pattern(pattern, digits, number):
    assert series_problems("craftsman", "工匠证书", pattern, digits) == []
    assert formed(pattern, 2026, 17, digits) == number


def test_numbers_beyond_their_digits_go_on():
    assert formed("赣匠证〔{年}〕{号}", 2026, 12345, 4) == "赣匠证〔2026〕12345"


def test_a_series_with_a_year_counts_anew_each_year():
    assert (counts_from("赣匠证〔{年}〕{号}", 2026), counts_from("GJ{号}", 2026)) == (2026, 0)


@pytest.mark.parametrize(
    "typed",
    [
        "赣匠证〔2026〕0017",
        " 赣匠证[2026]0017 ",
        "赣匠证(2026) 0017",
        "赣匠证【２０２６】００１７",
        "赣匠证（2026）0017",
    ],
)
def test_a_number_is_found_however_it_is_typed(typed):
    assert number_key(typed) == number_key("赣匠证〔2026〕0017")


def test_letters_are_found_in_either_case_and_other_numbers_stay_others():
    assert number_key("gj0017") == number_key("GJ0017")
    assert number_key("赣匠证〔2026〕0017") != number_key("赣匠证〔2026〕0018")


@pytest.mark.parametrize(
    "pattern, code",
    [
        ("赣匠证〔{年}〕", "series_pattern"),
        ("赣匠证{号}{号}", "series_pattern"),
        ("{年}{年}{号}", "series_pattern"),
        ("赣匠证{号}{月}", "series_pattern"),
        ("", "series_pattern"),
        ("{年}{号}", "series_sign"),
        ("长" * 60 + "{号}", "series_pattern"),
    ],
)
def test_a_pattern_that_makes_no_number_is_refused(pattern, code):
    assert series_problems("craftsman", "工匠证书", pattern, 4) == [Problem(code, "pattern")]


def test_every_field_of_a_series_is_checked_at_once():
    found = series_problems("9 X", " ", "x", 0)
    assert [problem.field for problem in found] == ["code", "name", "pattern", "digits"]


def test_what_is_missing_or_too_long_on_a_certificate_is_said_at_once():
    assert words_problems(WORDS) == []
    assert words_problems(replace(WORDS, name=" ", words="长" * 401)) == [
        Problem("certificate_empty", "name"),
        Problem("certificate_long", "words", {"most": "400"}),
    ]


def test_a_reason_is_always_said():
    assert reason_problems(" ") == [Problem("certificate_reason_empty", "reason")]
    assert reason_problems("因" * 501) == [Problem("certificate_long", "reason", {"most": "500"})]
    assert reason_problems("证书遗失。") == []


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("step", ["correct", "replace", "revoke"])
def test_only_a_valid_certificate_can_stop_being_one(step, stage):
    found = after(step, stage)
    assert found == (STEPS[step, Stage.VALID] if stage is Stage.VALID else Problem(f"certificate_at_{stage}"))
