"""The way of a proposal, what is admissible, its form and its answers: tables of cases."""

import pytest

from foundation.base.problem import Problem
from innovations.rules import proposals
from innovations.rules.admissibility import PASSED_ON, RULES, hints, must_be_passed_on
from innovations.rules.answers import DEFAULT, Answer, Deadlines, days_for, read_answer, read_deadlines
from innovations.rules.proposal_form import ProposalDraft, changed, read_proposal
from innovations.rules.proposals import ANSWERS, STAGES, STEP_WORDS, STEPS, Stage, after, possible

TYPED = {
    "title": "窑车码放图上墙", "problem": "夜班码放不一，倒窑每月三次",
    "suggestion": "把三种码放图贴在窑口，换品种时翻牌",
    "kind": "process", "name": " 冯  砚秋 ", "others": "占云帆", "phone": "199 0000 0001", "place": "烧成车间",
}  # fmt: skip
DRAFT = ProposalDraft(
    "窑车码放图上墙", "夜班码放不一，倒窑每月三次", "把三种码放图贴在窑口，换品种时翻牌", "process", "冯 砚秋",
    "占云帆", "19900000001", "烧成车间",
)  # fmt: skip


def codes(problems) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in problems]


def test_the_way_goes_as_the_terms_have_it():
    steps = ("hand_in", "accept", "review", "adopt", "carry_out", "carried_out", "verify", "reward", "close")
    stage, way = Stage.DRAFT, []
    for step in steps:
        stage = after(step, stage)
        way.append(stage)
    assert way == [
        Stage.SUBMITTED, Stage.ACCEPTED, Stage.REVIEW, Stage.ADOPTED, Stage.CARRYING_OUT, Stage.CARRIED_OUT,
        Stage.VERIFIED, Stage.REWARDED, Stage.CLOSED,
    ]  # fmt: skip


def test_every_other_step_is_refused():
    for step in STEP_WORDS:
        for stage in Stage:
            expected = STEPS.get((step, stage), Problem("proposal_step_late"))
            assert after(step, stage) == expected


def test_every_stage_is_reached_left_and_named():
    assert set(STEPS.values()) == set(Stage) - {Stage.DRAFT}
    ends = set(Stage) - {stage for _, stage in STEPS}
    assert ends == {Stage.CLOSED, Stage.WITHDRAWN}
    assert set(STAGES) == set(Stage)
    assert {step for step, _ in STEPS} == set(STEP_WORDS)
    assert set(ANSWERS) <= set(STEP_WORDS)


def test_what_is_not_adopted_may_be_looked_at_again():
    assert possible(Stage.NOT_ADOPTED) == ("reconsider", "close")
    assert after("reconsider", Stage.NOT_ADOPTED) is Stage.REVIEW


def test_nothing_is_taken_back_once_it_is_decided():
    taken_back = {stage for step, stage in STEPS if step == "withdraw"}
    assert taken_back == {Stage.SUBMITTED, Stage.RETURNED, Stage.ACCEPTED, Stage.REVIEW}


def test_the_six_kinds_are_those_of_1982_and_management():
    assert list(proposals.KINDS) == ["product", "process", "tools", "saving", "design", "management"]


@pytest.mark.parametrize(
    ("suggestion", "expected"),
    [
        ("把三种码放图贴在窑口，换品种时翻牌", []),
        ("加强管理", ["no_plan"]),
        ("加班费应当按时发放，每月五日前到账", ["pay"]),
        ("车间主任违章指挥，上月两次强令冒险作业", ["danger"]),
        ("建议把班长撤换，由工段另行推选合适人选", ["appointments"]),
        ("我要投诉食堂，工资里扣的钱没有说明白", ["complaint", "pay"]),
        ("工资", ["pay", "no_plan"]),
    ],
)
def test_words_hint_at_rules(suggestion, expected):
    assert [hint.rule.code for hint in hints("一件事", "现在不好", suggestion)] == expected


def test_what_is_about_pay_rights_or_danger_names_its_desk():
    assert PASSED_ON == ("complaint", "pay", "danger")
    assert all(rule.desk in proposals.DESKS for rule in RULES if rule.passed_on)
    assert must_be_passed_on(hints("欠薪", "三个月", "请发"))
    assert not must_be_passed_on(hints("码放图", "乱", "贴"))


def test_a_proposal_is_read_from_one_screen():
    assert read_proposal(TYPED) == (DRAFT, [])


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_form():
    said, problems = read_proposal({"phone": "12", "title": "长" * 61, "others": "名" * 101})
    assert said is None
    assert codes(problems) == [
        ("title", "proposal_long"), ("problem", "proposal_problem_empty"), ("suggestion", "proposal_suggestion_empty"),
        ("kind", "proposal_kind"), ("name", "proposal_name_empty"), ("others", "proposal_long"),
        ("phone", "identity_phone"),
    ]  # fmt: skip


def test_only_what_differs_counts_as_changed():
    other, _ = read_proposal({**TYPED, "title": "另一题目", "place": ""})
    assert other is not None
    assert changed(DRAFT, other) == ["title", "place"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"step": "accept"}, Answer("accept", "")),
        ({"step": "adopt", "note": " 好 "}, Answer("adopt", "好")),
        ({"step": "adopt_partly"}, [("note", "proposal_reason_missing")]),
        ({"step": "not_adopt", "note": " "}, [("note", "proposal_reason_missing")]),
        ({"step": "not_accept", "note": "已在实施"}, [("rule", "proposal_rule_missing")]),
        ({"step": "not_accept", "note": "已在实施", "rule": "known"}, Answer("not_accept", "已在实施", "known")),
        ({"step": "not_accept", "note": "投诉", "rule": "complaint"}, [("step", "proposal_pass_on")]),
        ({"step": "pass_on", "note": "请职代会"}, [("desk", "proposal_desk_missing")]),
        ({"step": "pass_on", "note": "请职代会", "desk": "congress"}, Answer("pass_on", "请职代会", "", "congress")),
        ({"step": "return"}, [("open-title", "proposal_return_nothing")]),
        ({"step": "return", "open-suggestion": "1"}, [("note-suggestion", "proposal_return_note")]),
        (
            {"step": "return", "open-suggestion": "1", "note-suggestion": "写明步骤", "note-title": "无"},
            Answer("return", "", reopened={"suggestion": "写明步骤"}),
        ),
        ({"step": "reward"}, [("step", "proposal_step_missing")]),
        ({"step": "驳回"}, [("step", "proposal_step_missing")]),
        ({"step": "accept", "note": "长" * 2001}, [("note", "proposal_long")]),
    ],
)
def test_an_answer_says_why_where_it_is_not_yes(values, expected):
    said, problems = read_answer(values, [])
    assert said == expected if isinstance(expected, Answer) else (said, codes(problems)) == (None, expected)


def test_no_rule_turns_away_what_is_about_pay():
    about_pay = hints("夜班", "加班费没有发", "按月发放加班费，张榜公布")
    said, problems = read_answer({"step": "not_accept", "note": "不属于", "rule": "known"}, about_pay)
    assert (said, codes(problems)) == (None, [("step", "proposal_pass_on")])


def test_clocks_run_where_the_unit_has_to_act():
    clocks = {stage: days_for(stage, DEFAULT) for stage in Stage if days_for(stage, DEFAULT)}
    assert clocks == {Stage.SUBMITTED: 5, Stage.ACCEPTED: 20, Stage.ADOPTED: 30, Stage.PARTLY: 30}


def test_deadlines_are_working_days():
    assert read_deadlines({"take_up": "3", "decide": "15", "begin": "60"}) == (Deadlines(3, 15, 60), [])
    wide = {"take_up": "３", "decide": " １５ ", "begin": "60"}  # as a Chinese input method writes them
    assert read_deadlines(wide) == (Deadlines(3, 15, 60), [])
    said, problems = read_deadlines({"take_up": "0", "decide": "两天", "begin": "241"})
    assert (said, codes(problems)) == (
        None, [("take_up", "proposal_days"), ("decide", "proposal_days"), ("begin", "proposal_days")]
    )  # fmt: skip
