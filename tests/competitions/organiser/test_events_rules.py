"""What a competition, a contest and its settings must be."""

from datetime import date

import pytest

from competitions.rules.events import (
    CompetitionDraft,
    ContestDraft,
    SettingsDraft,
    read_competition,
    read_contest,
    read_settings,
    regrouping_problems,
)
from competitions.rules.levels import Level
from competitions.rules.road import Counts, Step, next_step, road
from competitions.rules.stages import Stage
from foundation.base.problem import Problem

FILLED = {"title": "“赣匠杯”职工职业技能竞赛", "year": "2026", "level": "class_one"}


def test_a_competition_is_read_with_one_unit_a_line() -> None:
    typed = {
        **FILLED,
        "organisers": "省总工会\n\n 省人社厅 ",
        "hosts": "",
        "co_hosts": "云窑艺术瓷厂",
        "place": " 景德镇 ",
        "starts_on": "2026-07-01",
        "ends_on": "2026年7月3日",
    }
    draft = CompetitionDraft(
        title="“赣匠杯”职工职业技能竞赛",
        year=2026,
        level=Level.CLASS_ONE,
        organisers=("省总工会", "省人社厅"),
        co_hosts=("云窑艺术瓷厂",),
        place="景德镇",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 7, 3),
    )
    assert read_competition(typed) == (draft, [])


def test_everything_wrong_with_a_competition_is_said_at_once() -> None:
    typed = {"title": " ", "year": "二〇二六", "level": "x", "starts_on": "2026-02-30", "ends_on": "soon"}
    assert read_competition(typed) == (
        None,
        [
            Problem("competition_title_empty", "title"),
            Problem("year_wrong", "year", {"year": "二〇二六"}),
            Problem("level_missing", "level"),
            Problem("date_wrong", "starts_on", {"date": "2026-02-30"}),
            Problem("date_wrong", "ends_on", {"date": "soon"}),
        ],
    )


def test_a_competition_does_not_end_before_it_starts() -> None:
    typed = {**FILLED, "starts_on": "2026-07-02", "ends_on": "2026-07-01"}
    assert read_competition(typed) == (None, [Problem("ends_before_start", "ends_on")])
    assert read_competition({**typed, "ends_on": "2026-07-02"})[1] == []


@pytest.mark.parametrize(
    "typed, code",
    [("6-18-02-04", "6-18-02-04"), ("６－１８－０２－０４", "6-18-02-04"), ("6–18—02 -04", "6-18-02-04"), ("", "")],
)
def test_an_occupation_code_may_come_in_any_width_and_dash(typed: str, code: str) -> None:
    assert read_contest({"title": "焊工", "occupation": "焊工", "occupation_code": typed}) == (
        ContestDraft("焊工", "焊工", code),
        [],
    )


@pytest.mark.parametrize("typed", ["6-18-2-04", "61802-04", "9-18-02-04", "6-18-02-04-01", "焊工"])
def test_anything_else_is_no_occupation_code(typed: str) -> None:
    read = read_contest({"title": "焊工", "occupation": "焊工", "occupation_code": typed})
    assert read == (None, [Problem("occupation_code_form", "occupation_code", {"code": typed})])


def test_groups_differ_in_more_than_width() -> None:
    read = read_contest({"title": "焊工", "occupation": "焊工", "groups": "A组\nＡ组\n" + "长" * 61})
    assert read == (
        None,
        [Problem("group_long", "groups", {"group": "长" * 60}), Problem("group_twice", "groups", {"group": "Ａ组"})],
    )


@pytest.mark.parametrize(
    "groups, used, problems",
    [
        ((), [""], []),
        (("职工组",), [], []),
        (("职工组",), [""], [Problem("entries_without_group", "groups")]),
        (("学生组",), ["职工组", "学生组"], [Problem("group_in_use", "groups", {"group": "职工组"})]),
        ((), ["职工组"], [Problem("group_in_use", "groups", {"group": "职工组"})]),
    ],
)
def test_a_group_with_entries_stays(groups: tuple[str, ...], used: list[str], problems: list[Problem]) -> None:
    assert regrouping_problems(groups, used) == problems


def test_settings_are_read() -> None:
    typed = {
        "names_shown": "all",
        "awarded_places": "３",
        "totals_shown": "all",
        "why_public": "yes",
        "bundle_public": "yes",
    }
    assert read_settings(typed) == (SettingsDraft("all", 3, "all", True, True), [])


@pytest.mark.parametrize(
    "totals, why, codes",
    [
        ("all", "yes", []),
        ("awarded", "yes", ["bundle_needs_totals"]),
        ("all", "", ["bundle_needs_why"]),
        ("awarded", "", ["bundle_needs_totals", "bundle_needs_why"]),
    ],
)
def test_a_public_bundle_needs_public_totals_and_reasons(totals: str, why: str, codes: list[str]) -> None:
    typed = {"names_shown": "nobody", "awarded_places": "6", "totals_shown": totals, "why_public": why}
    assert [problem.code for problem in read_settings({**typed, "bundle_public": "yes"})[1]] == codes
    assert read_settings(typed)[1] == []


@pytest.mark.parametrize("places", ["0", "-1", "501", "6.5", "", "six", "99999999999"])
def test_awarded_places_are_a_small_whole_number(places: str) -> None:
    typed = {"names_shown": "all", "awarded_places": places, "totals_shown": "all"}
    assert read_settings(typed) == (None, [Problem("awarded_places_wrong", "awarded_places", {"most": "500"})])


@pytest.mark.parametrize(
    "stage, counts, step",
    [
        (Stage.DRAFT, Counts(), Step.SCHEME),
        (Stage.DRAFT, Counts(True, 3, 3), Step.FREEZE),
        (Stage.FROZEN, Counts(True), Step.ROSTER),
        (Stage.FROZEN, Counts(True, 3), Step.PANEL),
        (Stage.FROZEN, Counts(True, 0, 3), Step.ROSTER),
        (Stage.FROZEN, Counts(True, 3, 3), Step.OPEN),
        (Stage.MARKING, Counts(True, 3, 3), Step.PUBLISH),
        (Stage.PUBLISHED, Counts(True, 3, 3), None),
    ],
)
def test_there_is_one_next_step_until_results_are_published(stage: Stage, counts: Counts, step: Step | None) -> None:
    assert next_step(stage, counts) == step
    assert [milestone.step for milestone in road(stage, counts) if milestone.state == "next"] == (
        [step] if step else []
    )
