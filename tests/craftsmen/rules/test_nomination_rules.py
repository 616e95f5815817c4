"""Tables of cases: conditions, lengths, works, checklist, opinions, outcomes, ranked lists."""

from datetime import date

import pytest

from craftsmen.rules.data_version import version_of
from craftsmen.rules.eligibility import Answer, unmet
from craftsmen.rules.facts import NomineeFacts, Role, UnitType
from craftsmen.rules.materials import Given, Handed, Said, checklist, opinions, valid_until
from craftsmen.rules.nomination_form import NominationDraft, Work, changed_fields, lacking, length, read_works
from craftsmen.rules.opinion_form import read_day, read_opinion
from craftsmen.rules.outcomes import Outcome, read_outcome
from craftsmen.rules.ranking import list_problems
from craftsmen.rules.round_rules import MaterialRule, OpinionRule, Question, RoundRules, SpecialQuota
from foundation.base.problem import Problem

FRONT = NomineeFacts(1, "female", Role.FRONT_LINE, UnitType.NON_PUBLIC)
HEAD = NomineeFacts(2, "male", Role.ENTERPRISE_HEAD, UnitType.STATE_ENTERPRISE)
YEARS = Question("years", "满5年", "第六条")
CLEAN = Question("accident", "有责任", "第八条", wanted="no", evidence=False)
TODAY = date(2026, 5, 12)


@pytest.mark.parametrize(
    "answers, codes",
    [
        ([], ["nomination_question_open", "nomination_question_open"]),
        ([Answer("years", "yes"), Answer("accident", "no")], ["nomination_question_bare"]),
        ([Answer("years", "no", "合同"), Answer("accident", "no")], ["nomination_question_against"]),
        ([Answer("years", "yes", "合同"), Answer("accident", "yes")], ["nomination_question_against"]),
        ([Answer("years", "yes", "合同"), Answer("accident", "no"), Answer("gone", "yes")], []),
    ],
)
def test_conditions(answers, codes):
    assert [problem.code for problem in unmet((YEARS, CLEAN), answers)] == codes


@pytest.mark.parametrize(
    "text, size", [("", 0), ("程砚秋", 3), ("用 CNC 加工", 4), ("2021 年", 2), ("一，二", 3), ("a\nb", 2)]
)
def test_length_is_counted_as_wps_does(text, size):
    assert length(text) == size


def test_what_a_text_lacks():
    rules = RoundRules(confer=1, summary_most=5, story_least=3, story_most=6)
    assert lacking(NominationDraft(summary="五个字正好", story="三个字"), rules) == []
    assert [problem.code for problem in lacking(NominationDraft(summary="六个字就多了啊", story="二字"), rules)] == [
        "nomination_long", "nomination_story_short",
    ]  # fmt: skip
    assert lacking(NominationDraft(story="三个字"), rules) == [Problem("nomination_summary_empty", "summary")]


@pytest.mark.parametrize(
    "line, work",
    [
        ("2021 《鄱湖春汛》", Work("《鄱湖春汛》", 2021)), ("2021年：专利", Work("：专利", 2021)),
        ("专利 2021", Work("专利 2021")), ("2021", Work("2021")), ("1850 旧作", Work("1850 旧作")),
    ],
)  # fmt: skip
def test_works_with_their_years(line, work):
    assert read_works(line, []) == (work,)


def test_too_many_and_too_long_lines_are_told():
    problems: list[Problem] = []
    read_works("\n".join(["长" * 201, *["短"] * 40]), problems)
    assert [problem.code for problem in problems] == ["nomination_lines", "nomination_line_long"]


def test_changed_fields_are_what_can_be_sent_back():
    old = NominationDraft(summary="甲", honours=(1,))
    assert changed_fields(old, old) == []
    assert changed_fields(old, NominationDraft(summary="乙", stated=("丙",))) == ["summary", "evidence"]


def test_the_checklist_of_somebody():
    rules = (MaterialRule("form", "表", ours=True), MaterialRule("tax", "税", when=(("role", "enterprise_head"),)))
    assert [(line.rule.code, line.state) for line in checklist(rules, FRONT, [Handed("form", outdated=True)])] == [
        ("form", "outdated")
    ]
    assert [line.state for line in checklist(rules, HEAD, [Handed("tax")])] == ["missing", "here"]


@pytest.mark.parametrize(
    "given, state",
    [
        (None, Said.MISSING), (Given("tax", agrees=False), Said.AGAINST), (Given("tax", agrees=True), Said.AGREES),
        (Given("tax", agrees=True, valid_until=date(2026, 5, 12)), Said.SOON),
        (Given("tax", agrees=True, valid_until=date(2026, 5, 22)), Said.SOON),
        (Given("tax", agrees=True, valid_until=date(2026, 5, 23)), Said.AGREES),
        (Given("tax", agrees=True, valid_until=date(2026, 5, 11)), Said.EXPIRED),
    ],
)  # fmt: skip
def test_how_an_opinion_stands(given, state):
    rule = OpinionRule("tax", "税务")
    assert [one.state for one in opinions([rule], FRONT, [given] if given else [], TODAY)] == [state]


def test_how_long_an_opinion_holds():
    assert valid_until(OpinionRule("tax", "税务", valid_days=90), date(2026, 5, 1)) == date(2026, 7, 30)
    assert valid_until(OpinionRule("tax", "税务"), date(2026, 5, 1)) is None


@pytest.mark.parametrize(
    "typed, day",
    [("2026-05-08", date(2026, 5, 8)), ("2026.5.8", date(2026, 5, 8)), ("2026年5月8日", date(2026, 5, 8)),
     ("5/8", None), ("2026-13-01", None), ("", None), ("２０２６-5-8", None)],
)  # fmt: skip
def test_days_as_people_write_them(typed, day):
    assert read_day(typed) == day


def test_an_opinion_against_needs_its_words():
    typed = {"body": "税务局", "agrees": "no", "given_on": "2026-05-13", "text": ""}
    assert [problem.code for problem in read_opinion(typed, TODAY)[1]] == ["opinion_text_empty", "opinion_day"]


def test_outcomes_are_whole_and_kind():
    good = {"reason": "成果只有一项，未写效益。", "rule": "第八条:体检不合格的不推荐", "advice": "补充效益证明。"}
    assert read_outcome(good) == (Outcome(**good), [])
    assert [problem.code for problem in read_outcome({})[1]] == [
        "outcome_reason_empty", "outcome_rule_empty", "outcome_advice_empty",
    ]  # fmt: skip
    assert [problem.code for problem in read_outcome({**good, "reason": "不够"})[1]] == ["outcome_reason_short"]
    assert [problem.code for problem in read_outcome({**good, "reason": "第一轮已被淘汰,不再考虑。"})[1]] == [
        "outcome_harsh"
    ]


LATE = Problem("nomination_late")


@pytest.mark.parametrize(
    "lines, used, codes",
    [
        ([], {}, ["ranking_empty"]),
        ([("", 1, "甲", []), ("", 2, "乙", [])], {}, []),
        ([("", 1, "甲", []), ("", 2, "乙", []), ("", 3, "丙", [])], {}, ["ranking_places"]),
        ([("", 1, "甲", []), ("", 2, "乙", []), ("new", 3, "丙", [])], {}, []),
        ([("new", 1, "甲", [])], {"new": 1}, ["ranking_special"]),
        ([("", 1, "甲", [LATE])], {}, ["ranking_blocked"]),
        ([("", 1, "甲", []), ("", None, "乙", [Problem("nomination_not_ranked")])], {}, ["ranking_untold"]),
    ],
)
def test_whether_a_list_can_be_handed_in(lines, used, codes):
    assert [one.code for one in list_problems(2, (SpecialQuota("new", "专项", 1),), lines, used)] == codes


def test_a_version_is_of_what_is_printed():
    draft = NominationDraft(summary="甲")
    assert version_of("程砚秋", "瓷厂", draft) == version_of("程砚秋", "瓷厂", NominationDraft(summary="甲"))
    assert version_of("程砚秋", "瓷厂", draft) != version_of("程砚秋", "瓷厂", NominationDraft(summary="甲。"))
