"""Telling somebody that they were not chosen (未入选): two sentences why, the rule, what to add next time. Pure.

The words reach the unit and the worker as they are typed, so words that belittle are asked to be put differently.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from foundation.base.problem import Problem

SHORTEST_REASON = 10  # characters; "不够" explains nothing
LONGEST = {"reason": 400, "rule": 200, "advice": 400}
HARSH = ("淘汰", "驳回", "不合格", "落选", "刷掉", "差评")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why a nomination ended without an honour."""

    reason: str
    rule: str
    advice: str


def read_outcome(typed: Mapping[str, str]) -> tuple[Outcome | None, list[Problem]]:
    """What was typed as reason, rule and advice, or everything that is wrong with it."""
    texts = {name: typed.get(name, "").strip() for name in LONGEST}
    problems = [Problem(f"outcome_{name}_empty", name) for name, text in texts.items() if not text]
    problems += [
        Problem("outcome_long", name, {"most": str(LONGEST[name])})
        for name, text in texts.items()
        if len(text) > LONGEST[name]
    ]
    if texts["reason"] and len(texts["reason"]) < SHORTEST_REASON:
        problems.append(Problem("outcome_reason_short", "reason", {"least": str(SHORTEST_REASON)}))
    problems += [
        Problem("outcome_harsh", name, {"word": word})
        for name in ("reason", "advice")  # a rule is quoted as it stands
        for word in HARSH
        if word in texts[name]
    ]
    return (None, problems) if problems else (Outcome(**texts), [])
