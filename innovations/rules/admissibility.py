"""What is not taken as a rationalization proposal, each with its rule quoted before anything is handed in. Pure.

The rules are those of enterprises (seen); a hint is only a hint: whoever writes reads it and may hand in all the same,
and the enterprise decides. What concerns pay, welfare, rights or danger is passed on to the desk that must act on it:
it can never be answered with "no proposal by the rules".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.base.problem import N_

SHORTEST_PLAN = 12  # characters; "加强管理" tells nobody what to do


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason; `words` in a text hint at it. With `passed_on` the matter goes to another desk, named in `desk`."""

    code: str
    title: str
    quote: str
    words: tuple[str, ...] = ()
    passed_on: bool = False
    desk: str = ""


RULES: tuple[Rule, ...] = (
    Rule(
        "complaint",
        N_("A complaint"),
        N_("Complaints are not judged as proposals: they are passed on to the desk that answers them."),
        ("投诉", "举报", "信访", "控告", "讨说法"),
        passed_on=True,
        desk="hotline",
    ),
    Rule(
        "pay",
        N_("Wages and welfare"),
        N_("Pay, insurance, leave and welfare are for bargaining and the workers' congress: they are passed on there."),
        ("工资", "欠薪", "加班费", "涨薪", "社保", "公积金", "养老保险", "医疗保险", "年休假", "福利待遇", "高温津贴"),
        passed_on=True,
        desk="congress",
    ),
    Rule(
        "danger",
        N_("Danger to life"),
        N_("A danger to life cannot wait to be considered: it is passed on to the desk for safety at work at once."),
        ("重大隐患", "事故隐患", "违章指挥", "强令冒险", "生命危险", "瞒报"),
        passed_on=True,
        desk="safety",
    ),
    Rule(
        "appointments",
        N_("Appointments"),
        N_("Appointing, moving and removing persons is not the subject of proposals."),
        ("任免", "提拔", "撤换", "调岗", "罢免"),
    ),
    Rule(
        "no_plan",
        N_("No concrete plan"),
        N_("A proposal says what is to be changed, and how; a wish without a way to it is not considered."),
    ),
    Rule(
        "known",
        N_("Known or under way"),
        N_("What is already planned, under way or generally known is not considered again."),
    ),
    Rule(
        "adopted",
        N_("Already adopted"),
        N_("What was proposed before in the same substance and adopted belongs to whoever proposed it first."),
    ),
    Rule(
        "own_duty",
        N_("One's own assigned duty"),
        N_("What somebody is assigned to do anyway, and plans for their own task, are work, not proposals."),
    ),
)  # fmt: skip

BY_CODE = {rule.code: rule for rule in RULES}
PASSED_ON = tuple(rule.code for rule in RULES if rule.passed_on)


@dataclass(frozen=True, slots=True)
class Hint:
    """A rule that may apply, and the words that say so; none where it is what is missing."""

    rule: Rule
    found: tuple[str, ...] = ()


def hints(title: str, problem: str, suggestion: str) -> list[Hint]:
    """Which rules the words of a proposal point to, in the order of the rules."""
    text = f"{title}\n{problem}\n{suggestion}"
    found = []
    for rule in RULES:
        words = tuple(word for word in rule.words if word in text)
        if words or (rule.code == "no_plan" and len(suggestion.strip()) < SHORTEST_PLAN):
            found.append(Hint(rule, words))
    return found


def must_be_passed_on(found: Sequence[Hint]) -> bool:
    """Whether "no proposal by the rules" is no answer to it."""
    return any(hint.rule.passed_on for hint in found)
