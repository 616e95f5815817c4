"""What a scheme must keep to be usable here: the rule, the editor's fields, and files by their JSON path."""

import json
from typing import Any

import pytest

from competitions.presets.presets import KEYS
from competitions.rules.notes import AspectNotes, DeductionKey, SheetNotes
from competitions.rules.scheme_form import read_rows
from competitions.rules.scheme_limits import limit_problems
from competitions.rules.scheme_rows import AspectRow, ModuleRow, SchemeRows
from competitions.starting import read_file, start
from competitions.tables import SchemeVersion
from competitions.versions import draft_scheme
from foundation.base.problem import Problem
from foundation.tabulation.scheme import canonical_json
from tests.competitions.cast import NOTES, draft_contest, frozen_contest, scheme
from tests.competitions.organiser.test_organiser_pages import sentences
from tests.web import visitors

A = "modules[0].aspects[0]"
DEDUCTION = {"code": "A1", "kind": "deduction", "max": "20", "step": "2"}


def data(aspect: dict[str, Any], **module: Any) -> dict[str, Any]:
    whole = {"code": "M", "aspects": [{"code": "A1", "kind": "measurement", "max": "10", **aspect}], **module}
    return {"format": "ganpo-scheme/1", "title": "焊工", "digits": 2, "modules": [whole]}


@pytest.mark.parametrize(
    "given, problems",
    [
        (data({"code": "长" * 40}), []),
        (data({"code": "长" * 41}), [Problem("code_long", f"{A}.code", {"most": "40", "length": "41"})]),
        (data({"code": "㎏" * 21}), [Problem("code_long", f"{A}.code", {"most": "40", "length": "42"})]),
        (data({"code": " " * 9 + "A" * 40}), []),
        (data({"code": "A\n1"}), [Problem("code_unprintable", f"{A}.code")]),
        (data({"code": "A\u00001"}), [Problem("code_unprintable", f"{A}.code")]),
        (data({}, code="M" * 41), [Problem("code_long", "modules[0].code", {"most": "40", "length": "41"})]),
        (data({}, weight="100"), []),
        (data({}, weight="100.000001"), [Problem("number_large", "modules[0].weight", {"most": "100"})]),
        (data({"factor": "1000.5"}), [Problem("number_large", f"{A}.factor", {"most": "1000"})]),
        (data({"max": "100000.001"}), [Problem("number_large", f"{A}.max", {"most": "100000"})]),
        (data({"kind": "panel", "min": "-100001"}), [Problem("number_large", f"{A}.min", {"most": "100000"})]),
        (
            data({"kind": "grade", "table": {"优": "100001", "良" * 41: "1"}}),
            [
                Problem("number_large", f"{A}.table.优", {"most": "100000"}),
                Problem("grade_long", f"{A}.table.{'良' * 40}", {"most": "40", "length": "41"}),
            ],
        ),
        (data({"kind": "grade", "table": {"优\t良": "1"}}), [Problem("grade_unprintable", f"{A}.table.优\t良")]),
        (data(DEDUCTION), []),
        (
            data({**DEDUCTION, "step": "3"}),
            [Problem("deduction_not_in_steps", f"{A}.max", {"max": "20", "step": "3"})],
        ),
        (data({"max": "10", "step": "3"}), []),
        (data({**DEDUCTION, "step": "0"}), []),
        (data({**DEDUCTION, "step": "x"}), []),
    ],
)
def test_a_breach_is_told_by_its_path(given: dict[str, Any], problems: list[Problem]) -> None:
    assert limit_problems(given) == problems


@pytest.mark.parametrize(
    "aspect, points, problems",
    [
        (DEDUCTION, 2_000, []),
        (DEDUCTION, 20_000, []),
        (DEDUCTION, 22_000, [Problem("key_above_max", f"{A}.max", {"text": "气孔", "points": "22", "max": "20"})]),
        (DEDUCTION, 500, [Problem("key_not_in_steps", f"{A}.step", {"text": "气孔", "points": "0.5", "step": "2"})]),
        ({**DEDUCTION, "code": "Ａ1"}, 3_000, ["key_not_in_steps"]),
        ({**DEDUCTION, "code": "A2"}, 3_000, []),
        ({"kind": "measurement", "step": "2"}, 3_000, []),
    ],
)
def test_the_sheets_reasons_fit_their_deduction(aspect: dict[str, Any], points: int, problems: list[Any]) -> None:
    notes = SheetNotes({"A1": AspectNotes("", (DeductionKey("气孔", points),))})
    found = limit_problems(data(aspect), notes)
    by_code = bool(problems) and isinstance(problems[0], str)
    assert [each.code if by_code else each for each in found] == problems


@pytest.mark.parametrize(
    "junk", [None, [], {"modules": 1}, {"modules": [[], {"aspects": ["x", {"code": 3, "max": []}]}]}]
)
def test_what_is_no_scheme_at_all_is_left_to_the_spec(junk: Any) -> None:
    assert limit_problems(junk) == []


def test_there_are_not_more_rows_than_the_editor_holds() -> None:
    many = {"modules": [{"aspects": [{}] * 151}, {"aspects": [{}] * 150}], "tie_break": [{"by": "time"}] * 21}
    assert limit_problems(many) == [
        Problem("scheme_rows_many", "", {"most": "300"}),
        Problem("scheme_ties_many", "tie_break", {"most": "20"}),
    ]


def test_the_editor_ties_each_breach_to_its_field() -> None:
    deduction = AspectRow({"code": "P" * 41, "kind": "deduction", "max": "9", "step": "2", "keys": "咬边 = 3"})
    grade = AspectRow({"code": "G", "kind": "grade", "table": f"{'优' * 41} = 5"})
    typed = SchemeRows({"title": "焊工", "digits": "9"}, (ModuleRow({"code": "M" * 41}, (deduction, grade)),))
    assert [(problem.field, problem.code) for problem in read_rows(typed).problems] == [
        ("digits", "not_whole"),
        ("m0-code", "code_long"),
        ("m0-a0-code", "code_long"),
        ("m0-a0-max", "deduction_not_in_steps"),
        ("m0-a0-keys", "key_not_in_steps"),
        ("m0-a1-table", "grade_long"),
    ]


def test_a_file_is_told_all_its_problems_at_once_whoever_finds_them() -> None:
    text = json.dumps({**data({**DEDUCTION, "step": "3"}), "digits": 9}).encode()
    found = read_file(text)
    assert (found.scheme, [(each.code, each.field) for each in found.file_problems]) == (
        None,
        [("not_whole", "scheme.json: digits"), ("deduction_not_in_steps", "scheme.json: modules[0].aspects[0].max")],
    )


@pytest.mark.parametrize("key", KEYS)
async def test_every_preset_is_usable(database: Any, key: str) -> None:
    story = await draft_contest(with_scheme=False)
    begin = await start(story.organiser.user, "preset", key, "", None)
    assert (begin.scheme is not None, begin.problems, begin.file_problems) == (True, (), ())


async def test_an_earlier_scheme_that_is_not_usable_any_more_starts_nothing(database: Any) -> None:
    story = await frozen_contest()
    stored = canonical_json(scheme()).replace('"step": "2"', '"step": "3"')
    await SchemeVersion.update({SchemeVersion.scheme: stored}).where(SchemeVersion.contest == story.contest.id)
    begin = await start(story.organiser.user, "earlier", "", story.contest.address, None)
    assert (begin.scheme, [(each.code, each.field) for each in begin.file_problems]) == (
        None,
        [
            ("deduction_not_in_steps", "scheme.json: modules[1].aspects[0].max"),
            ("key_not_in_steps", "scheme.json: modules[1].aspects[0].step"),
        ],
    )


async def test_an_uploaded_file_must_fit_the_reasons_that_stay(database: Any) -> None:
    story = await draft_contest()
    here = f"/en/organise/contests/{story.contest.address}/scheme/file"
    good = canonical_json(scheme())
    bad = good.replace('"step": "2"', '"step": "4"').replace('"code": "P3"', f'"code": "{"P" * 41}"')
    async with visitors() as web:
        mei = await web.signed_in("mei")
        page = await mei.post(here, files={"scheme_file": ("s.json", bad.encode())})
    assert (page.status_code, sentences(page)) == (
        422,
        [
            "scheme.json: modules[1].aspects[0].step: “每 5 mm” takes off 2, which is not a multiple of the step 4.",
            "scheme.json: modules[1].aspects[2].code: A code has at most 40 characters; this one has 41.",
        ],
    )
    assert await draft_scheme(story.contest.id) == (scheme(), NOTES)
