"""Partial dates as offices write them, what a draft must be, and which step leads where."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftsmen.rules.honours import (
    STEPS,
    Holder,
    HonourDraft,
    Member,
    PartialDate,
    Stage,
    after,
    draft_problems,
    read_partial_date,
)
from foundation.base.problem import Problem

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026", PartialDate(2026)),
        ("2026年", PartialDate(2026)),
        ("2026-05", PartialDate(2026, 5)),
        ("2026.10", PartialDate(2026, 10)),
        ("2026年5月", PartialDate(2026, 5)),
        ("2026/5/1", PartialDate(2026, 5, 1)),
        ("2026.05.01", PartialDate(2026, 5, 1)),
        ("2026 年 5 月 1 日", PartialDate(2026, 5, 1)),
        ("２０２６年５月１号", PartialDate(2026, 5, 1)),
        ("1949", PartialDate(1949)),
        ("", None),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(text, read):
    assert read_partial_date(text, "on", TODAY) == (read, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2025.1", "honour_date_ambiguous"),  # a spreadsheet's 2025.10
        ("1948", "honour_date_wrong"),
        ("2100", "honour_date_wrong"),
        ("26-5-1", "honour_date_wrong"),
        ("2026-13", "honour_date_wrong"),
        ("2026-00", "honour_date_wrong"),
        ("2026-02-29", "honour_date_wrong"),
        ("2026-05-01 起", "honour_date_wrong"),
        ("五月", "honour_date_wrong"),
        ("2026-11-03", "honour_date_future"),
        ("2026-12", "honour_date_future"),
        ("2027", "honour_date_future"),
    ],
)
def test_dates_that_are_none_are_told(text, code):
    read, problems = read_partial_date(text, "on", TODAY)
    assert (read, [problem.code for problem in problems]) == (None, [code])


@given(st.dates(date(1949, 1, 1), date(2099, 12, 31)))
def test_what_a_date_says_is_read_again_as_it_was(day):
    whole = PartialDate.of(day)
    for one in (whole, PartialDate(day.year, day.month), PartialDate(day.year)):
        assert read_partial_date(one.text, "on") == (one, [])


@pytest.mark.parametrize(
    ("draft", "holder", "problems"),
    [
        (HonourDraft("t", 2026, name="冯砚秋"), Holder.PERSON, []),
        (HonourDraft("t", 2026, name=" "), Holder.PERSON, [Problem("honour_name_empty", "name")]),
        (
            HonourDraft("t", 2026, name="冯" * 101),
            Holder.PERSON,
            [Problem("honour_text_long", "name", {"most": "100"})],
        ),
        (HonourDraft("t", 1900, name="冯"), Holder.PERSON, [Problem("honour_date_wrong", "year")]),
        (
            HonourDraft("t", 2026, name="冯", edition=0, gender="女"),
            Holder.PERSON,
            [Problem("honour_edition_wrong", "edition", {"most": "200"}), Problem("honour_gender_unknown", "gender")],
        ),
        (HonourDraft("t", 2026, name="一班", worker=1), Holder.TEAM, [Problem("honour_for_team", "name")]),
        (
            HonourDraft("t", 2026, name="冯", members=(Member("傅"),)),
            Holder.PERSON,
            [Problem("honour_for_person", "members")],
        ),
        (
            HonourDraft("t", 2026, name="一班", members=(Member("傅"), Member(" "))),
            Holder.TEAM,
            [Problem("honour_member_name", "members", {"most": "64"})],
        ),
    ],
)
def test_every_problem_of_a_draft_is_told(draft, holder, problems):
    assert draft_problems(draft, holder) == problems


def test_no_step_leads_on_but_those_that_are_written_down():
    steps = {step for step, _ in STEPS}
    open_ways = {(step, stage): after(step, stage) for step, stage in product(steps, Stage) if after(step, stage)}
    assert open_ways == STEPS
    assert not any(stage in (Stage.DECLINED, Stage.UNDONE) for _, stage in STEPS)  # for good
    assert {stage for (_, stage), to in STEPS.items() if to is Stage.CONFERRED} == {
        Stage.PROPOSED, Stage.CONFERRED, Stage.REVOKED, Stage.RENOUNCED,
    }  # fmt: skip
