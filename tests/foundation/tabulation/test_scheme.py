"""Reading scheme.json: every rule of it, by the problem and its JSON path."""

import json
from hashlib import sha256

import pytest

from foundation.tabulation.scheme import Scheme, canonical_json, check_scheme, read_scheme, scheme_hash
from foundation.tabulation.scheme_model import Aspect, Module, TieStep
from tests.foundation.tabulation.cases import (
    DEDUCTION,
    GRADE,
    JUDGEMENT,
    MEASUREMENT,
    PANEL,
    PLAIN_PANEL,
    module,
    scheme,
    scheme_data,
)

A = "modules[0].aspects[0]"


def found(data: object) -> list[tuple[str, str]]:
    read, problems = check_scheme(data)
    assert (read is None) == bool(problems)
    return [(each.field, each.code) for each in problems]


def without(data: dict[str, object], key: str) -> dict[str, object]:
    return {name: value for name, value in data.items() if name != key}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"format": "ganpo-scheme/2"}, ("format", "format")),
        ({"title": "  "}, ("title", "blank")),
        ({"title": 5}, ("title", "not_text")),
        ({"title": None}, ("title", "null")),
        ({"title": "\ud800"}, ("title", "not_unicode")),
        ({"digits": 4}, ("digits", "not_whole")),
        ({"digits": -1}, ("digits", "not_whole")),
        ({"digits": "1.5"}, ("digits", "not_whole")),
        ({"digits": True}, ("digits", "not_whole")),
        ({"unmarked": "absent"}, ("unmarked", "not_choice")),
        ({"modules": []}, ("modules", "empty_list")),
        ({"modules": {}}, ("modules", "not_list")),
        ({"modules": [7]}, ("modules[0]", "not_object")),
        ({"tie_break": "time"}, ("tie_break", "not_list")),
        ({"tie_break": [{"by": "age"}]}, ("tie_break[0].by", "not_choice")),
        ({"tie_break": [{"by": "module"}]}, ("tie_break[0].code", "missing")),
        ({"tie_break": [{"by": "module", "code": "A"}]}, ("tie_break[0].code", "no_such_module")),
        ({"tie_break": [{"by": "aspect", "code": "M"}]}, ("tie_break[0].code", "no_such_aspect")),
        ({"tie_break": [{"by": "time", "code": "M"}]}, ("tie_break[0].code", "key_not_of_step")),
        ({"tie_break": [{"by": "time", "order": 1}]}, ("tie_break[0].order", "key_unknown")),
        ({"comment": ""}, ("comment", "key_unknown")),
        ({"com\nment": ""}, ("com\\u000ament", "key_unknown")),
    ],
)
def test_a_wrong_scheme_is_told_by_its_path(change: dict[str, object], problem: tuple[str, str]) -> None:
    assert found(scheme_data(MEASUREMENT) | change) == [problem]


@pytest.mark.parametrize("key", ["format", "title", "digits", "modules"])
def test_what_has_no_default_must_be_said(key: str) -> None:
    assert found(without(scheme_data(MEASUREMENT), key)) == [(key, "missing")]


@pytest.mark.parametrize("data", [None, [], "scheme", 3])
def test_a_scheme_is_an_object(data: object) -> None:
    assert found(data) == [("", "not_object")]


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"code": "total"}, ("modules[0].code", "code_is_column")),
        ({"code": "ｄｅｃｉｄｅｄ_by"}, ("modules[0].code", "code_is_column")),
        ({"code": ""}, ("modules[0].code", "blank")),
        ({"weight": "-0.1"}, ("modules[0].weight", "negative")),
        ({"weight": "0.1234567"}, ("modules[0].weight", "not_decimal")),
        ({"weight": "1e1"}, ("modules[0].weight", "not_decimal")),
        ({"weight": [1]}, ("modules[0].weight", "not_decimal")),
        ({"round": "yes"}, ("modules[0].round", "not_flag")),
        ({"aspects": []}, ("modules[0].aspects", "empty_list")),
        ({"aspects": [[]]}, ("modules[0].aspects[0]", "not_object")),
        ({"max": "10"}, ("modules[0].max", "key_unknown")),
    ],
)
def test_a_wrong_module_is_told_by_its_path(keys: dict[str, object], problem: tuple[str, str]) -> None:
    assert found(scheme_data(module(MEASUREMENT) | keys)) == [problem]


@pytest.mark.parametrize(
    ("aspect", "problem"),
    [
        (without(MEASUREMENT, "code"), (f"{A}.code", "missing")),
        (without(MEASUREMENT, "kind"), (f"{A}.kind", "missing")),
        (MEASUREMENT | {"kind": "vote"}, (f"{A}.kind", "not_choice")),
        (without(MEASUREMENT, "max"), (f"{A}.max", "missing")),
        (MEASUREMENT | {"max": "0"}, (f"{A}.max", "max_not_above_min")),
        (MEASUREMENT | {"max": "1.2345"}, (f"{A}.max", "not_decimal")),
        (MEASUREMENT | {"step": "0"}, (f"{A}.step", "not_positive")),
        (MEASUREMENT | {"factor": "-1"}, (f"{A}.factor", "negative")),
        (MEASUREMENT | {"coefficient": 1}, (f"{A}.coefficient", "not_flag")),
        (MEASUREMENT | {"maximum": "1"}, (f"{A}.maximum", "key_unknown")),
        (MEASUREMENT | {"judges": 0}, (f"{A}.judges", "not_whole")),
        (MEASUREMENT | {"judges": 2, "min_marks": 3}, (f"{A}.min_marks", "min_marks_above")),
        (without(JUDGEMENT, "judges"), (f"{A}.judges", "missing")),
        (JUDGEMENT | {"max_spread": 4}, (f"{A}.max_spread", "not_whole")),
        (JUDGEMENT | {"levels": ["a", "b", "c"]}, (f"{A}.levels", "levels")),
        (JUDGEMENT | {"levels": []}, (f"{A}.levels", "levels")),
        (JUDGEMENT | {"levels": ["a", "b", "c", " "]}, (f"{A}.levels", "levels")),
        (without(PANEL, "judges"), (f"{A}.judges", "missing")),
        (without(PANEL, "combine"), (f"{A}.combine", "missing")),
        (PANEL | {"combine": "mode"}, (f"{A}.combine", "not_choice")),
        (PANEL | {"judges": "2.0"}, (f"{A}.judges", "not_whole")),
        (PANEL | {"min": "10"}, (f"{A}.max", "max_not_above_min")),
        (PANEL | {"min_marks": 2}, (f"{A}.min_marks", "min_marks_below")),
        (PANEL | {"min_marks": 6}, (f"{A}.min_marks", "min_marks_above")),
        (PANEL | {"judges": 2}, (f"{A}.min_marks", "min_marks_above")),
        (PANEL | {"combine": "sum"}, (f"{A}.min_marks", "min_marks_of_sum")),
        (PANEL | {"combine": "sum", "min_marks": 4}, (f"{A}.min_marks", "min_marks_of_sum")),
        (PANEL | {"drop_lowest": -1}, (f"{A}.drop_lowest", "not_whole")),
        (without(GRADE, "table"), (f"{A}.table", "missing")),
        (GRADE | {"table": {}}, (f"{A}.table", "empty_list")),
        (GRADE | {"table": ["40"]}, (f"{A}.table", "not_object")),
        (GRADE | {"table": {"": "1"}}, (f"{A}.table.", "table_key_blank")),
        (GRADE | {"table": {"void": "1"}}, (f"{A}.table.void", "table_key_word")),
        (GRADE | {"table": {"a": "1.0001"}}, (f"{A}.table.a", "not_decimal")),
        (GRADE | {"table": {"Ⅰ": "1", "I": "2"}}, (f"{A}.table.I", "code_repeated")),
    ],
)
def test_a_wrong_aspect_is_told_by_its_path(aspect: dict[str, object], problem: tuple[str, str]) -> None:
    assert found(scheme_data(aspect)) == [problem]


COMMON = {"name": "n", "round_mark": True, "factor": "2", "coefficient": True, "round_points": True, "min_marks": 3}
BELONGS = {
    "max": ("measurement", "deduction", "judgement", "panel"),
    "step": ("measurement", "deduction", "panel"),
    "table": ("grade",),
    "levels": ("judgement",),
    "max_spread": ("judgement",),
    "min": ("panel",),
    "combine": ("panel",),
    "drop_highest": ("panel",),
    "drop_lowest": ("panel",),
}
VALUES: dict[str, object] = {
    "max": "20",
    "step": "0.5",
    "table": {"a": "1"},
    "levels": ["0", "1", "2", "3"],
    "max_spread": 2,
    "min": "1",
    "combine": "median",
    "drop_highest": 1,
    "drop_lowest": 1,
}


@pytest.mark.parametrize(
    "aspect", [MEASUREMENT, DEDUCTION, GRADE, JUDGEMENT, PANEL], ids=lambda each: str(each["kind"])
)
def test_each_key_belongs_to_its_kinds_and_roundings_factor_and_coefficient_to_every_kind(
    aspect: dict[str, object],
) -> None:
    assert found(scheme_data(aspect | COMMON)) == []
    for key, kinds in BELONGS.items():
        expected = [] if aspect["kind"] in kinds else [(f"{A}.{key}", "key_not_of_kind")]
        assert found(scheme_data(aspect | {key: VALUES[key]})) == expected


def test_aspect_codes_are_unique_in_the_whole_scheme_and_full_width_ones_become_the_same() -> None:
    data = scheme_data(module(MEASUREMENT, code="M"), module(MEASUREMENT | {"code": " Ａ "}, code="Ｍ"))
    assert found(data) == [("modules[1].code", "code_repeated"), ("modules[1].aspects[0].code", "code_repeated")]


def test_all_problems_are_told_not_only_the_first() -> None:
    data = scheme_data(module(MEASUREMENT | {"max": "x", "step": "y"}, PANEL | {"code": "B", "judges": 0}), digits=9)
    assert found(data) == [
        ("digits", "not_whole"),
        (f"{A}.max", "not_decimal"),
        (f"{A}.step", "not_decimal"),
        ("modules[0].aspects[1].judges", "not_whole"),
    ]


def test_repeated_keys_are_errors_at_every_depth() -> None:
    text = json.dumps(scheme_data(MEASUREMENT)).replace('"max": "100"', '"max": "100", "max": "90"')
    text = text.replace('"digits": 2', '"digits": 2, "digits": 2')
    read, problems = read_scheme(text)
    assert read is None
    assert [(each.field, each.code) for each in problems] == [
        ("scheme.json: modules[0].aspects[0].max", "key_repeated"),
        ("scheme.json: digits", "key_repeated"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ("scheme.json:1", "json")),
        ('{"format":\n nope}', ("scheme.json:2", "json")),
        ("[" * 100_000, ("scheme.json", "json_deep")),
        ('{"a":' * 100_000, ("scheme.json", "json_deep")),
        ("[]", ("scheme.json", "not_object")),
    ],
)
def test_what_is_no_json_object_is_one_problem(text: str, problem: tuple[str, str]) -> None:
    read, problems = read_scheme(text)
    assert (read, [(each.field, each.code) for each in problems]) == (None, [problem])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e2", "9" * 5000, "1.0000"])
def test_json_numbers_are_plain_decimals_too(number: str) -> None:
    text = json.dumps(scheme_data(MEASUREMENT)).replace('"100"', number)
    assert [(each.field, each.code) for each in read_scheme(text)[1]] == [(f"scheme.json: {A}.max", "not_decimal")]


def test_numbers_may_be_texts_or_json_numbers_and_stay_exact() -> None:
    as_texts = json.dumps(scheme_data(module(MEASUREMENT | {"max": "0.3"}, weight="0.1")))
    as_numbers = as_texts.replace('"0.3"', "0.3").replace('"0.1"', "0.1").replace(": 2", ': "２"')
    assert read_scheme(as_numbers) == read_scheme("\ufeff" + as_texts) != (None, [])


def test_what_is_not_said_has_the_defaults_of_the_spec() -> None:
    assert scheme(module(MEASUREMENT), module(PANEL | {"code": "B"}, code="N")) == Scheme(
        title="决赛",
        digits=2,
        unmarked="incomplete",
        modules=(
            Module("M", "M", 1_000_000, False, (Aspect("A", "A", "measurement", max=100_000),)),
            Module(
                "N",
                "N",
                1_000_000,
                False,
                (
                    Aspect(
                        "B",
                        "B",
                        "panel",
                        max=10_000,
                        judges=5,
                        combine="mean",
                        drop_highest=1,
                        drop_lowest=1,
                        min_marks=3,
                    ),
                ),
            ),
        ),
        tie_break=(),
    )


def test_one_canonical_text_for_whatever_means_the_same_scheme() -> None:
    said = scheme(module(PLAIN_PANEL | {"min": "0", "factor": "1.0", "min_marks": 1, "coefficient": False}, weight="1"))
    left_out = scheme(module(PLAIN_PANEL))
    assert (canonical_json(said), scheme_hash(said)) == (canonical_json(left_out), scheme_hash(left_out))
    assert scheme_hash(left_out) != scheme_hash(scheme(module(PLAIN_PANEL), digits=3))


def test_the_canonical_text_is_read_as_the_same_scheme() -> None:
    every = scheme(
        module(
            MEASUREMENT | {"step": "0.5", "judges": 2}, DEDUCTION | {"code": "B"}, GRADE | {"code": "C"}, weight="0.3"
        ),
        module(
            JUDGEMENT | {"code": "D", "levels": ["零", "一", "二", "三"], "max_spread": 2},
            PANEL
            | {
                "code": "E",
                "min": "-5",
                "combine": "median",
                "min_marks": 4,
                **{k: v for k, v in COMMON.items() if k != "min_marks"},
            },
            code="N",
            round=True,
        ),
        unmarked="zero",
        tie_break=[{"by": "module", "code": "N"}, {"by": "aspect", "code": "D"}, {"by": "time"}, {"by": "penalty"}],
    )
    assert every.tie_break == (TieStep("module", "N"), TieStep("aspect", "D"), TieStep("time"), TieStep("penalty"))
    assert read_scheme(canonical_json(every)) == (every, [])


CANONICAL = """{
  "format": "ganpo-scheme/1",
  "title": "决赛",
  "digits": 2,
  "unmarked": "incomplete",
  "modules": [
    {
      "code": "M",
      "name": "M",
      "weight": "0.5",
      "aspects": [
        {
          "code": "A",
          "name": "A",
          "kind": "grade",
          "table": {
            "I": "40",
            "II": "28",
            "III": "12",
            "IV": "0"
          }
        }
      ]
    }
  ],
  "tie_break": []
}
"""


def test_the_canonical_text_never_changes_for_its_hash_stands_in_ledgers_and_bundles() -> None:
    frozen = scheme(module(GRADE, weight="0.50"))
    assert canonical_json(frozen) == CANONICAL
    assert scheme_hash(frozen) == sha256(CANONICAL.encode()).hexdigest()
