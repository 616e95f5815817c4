"""A round's dates moved to another year, each by its distance in working days. Pure.

Ten working days after the call last year is ten working days after it this year, whatever holidays lie between.
"""

from dataclasses import replace
from datetime import date

from craftsmen.rules.round_rules import RoundRules
from foundation.base.calendar import DayTable, notice_end, working_days
from foundation.base.problem import Problem


def first_due(rules: RoundRules) -> date | None:
    """The earliest date in the rules, from which the others are counted."""
    return min((stage.due for stage in rules.stages if stage.due), default=None)


def shifted(rules: RoundRules, begin: date | None, table: DayTable) -> RoundRules | Problem:
    """The rules with their earliest date moved to `begin` and every other as many working days after it as it was.

    Where `begin` is None the dates are left out, to be entered anew. A Problem where a year's days off are unknown
    or the dates lie more than a year apart.
    """
    old = first_due(rules)
    if begin is None or old is None:
        return replace(rules, stages=tuple(replace(stage, due=None) for stage in rules.stages))
    moved = []
    for stage in rules.stages:
        if stage.due is None:
            moved.append(stage)
            continue
        distance = working_days(old, stage.due, table)
        if isinstance(distance, Problem):
            return replace(distance, field="begin")
        end = notice_end(begin, max(distance, 1), True, table)
        if isinstance(end, Problem):
            return replace(end, field="begin")
        moved.append(replace(stage, due=end))
    return replace(rules, stages=tuple(moved))
