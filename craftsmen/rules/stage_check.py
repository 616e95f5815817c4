"""Whether the stages of a round's rules make a road: complete, in order, with notices long enough and dates that fit.

Pure; which days are worked is told by the calendar that is handed in.
"""

from collections.abc import Iterator
from datetime import date

from craftsmen.rules.nomination_steps import ALWAYS, ROAD, Stage
from craftsmen.rules.round_rules import RoundRules, StageRule
from foundation.base.calendar import LONGEST, DayTable, is_working, working_days
from foundation.base.problem import Problem

NOTICES = frozenset({Stage.UNIT_NOTICE, Stage.NOTICE})
_PLACE = {stage.value: at for at, stage in enumerate(ROAD)}


def stage_problems(rules: RoundRules, least_days: int, table: DayTable) -> list[Problem]:
    """Everything wrong with the stages; a problem's field is `stages-<code>-<column>`."""
    codes = [stage.code for stage in rules.stages]
    problems = [
        Problem("round_stage_missing", f"stages-{stage}") for stage in ROAD if stage in ALWAYS and stage not in codes
    ]
    problems += [Problem("round_stage_unknown", "stages") for code in codes if code not in _PLACE]
    problems += [Problem("round_stage_twice", f"stages-{code}") for code in _PLACE if codes.count(code) > 1]
    known = [stage for stage in rules.stages if stage.code in _PLACE]
    if [_PLACE[stage.code] for stage in known] != sorted(_PLACE[stage.code] for stage in known):
        problems.append(Problem("round_stage_order", "stages"))
    for stage in known:
        problems += _days(stage, least_days)
    return [*problems, *_dates(known, table)]


def _days(stage: StageRule, least_days: int) -> Iterator[Problem]:
    field = f"stages-{stage.code}-days"
    if stage.code in NOTICES:
        if stage.days < least_days:
            yield Problem("round_notice_short", field, {"least": str(least_days)})
        elif stage.days > LONGEST:
            yield Problem("calendar_days_count", field, {"most": str(LONGEST)})
    elif stage.days:
        yield Problem("round_days_no_notice", field)


def _dates(stages: list[StageRule], table: DayTable) -> Iterator[Problem]:
    """Dates in the order of the road, on working days, with each notice's days between it and the date before."""
    before: date | None = None
    for stage in sorted(stages, key=lambda one: _PLACE[one.code]):
        if stage.due is None:
            continue
        field = f"stages-{stage.code}-due"
        working = is_working(stage.due, table)
        if isinstance(working, Problem):
            yield Problem(working.code, field, working.params)
        elif not working:
            yield Problem("round_due_off", field, {"day": stage.due.isoformat()})
        if before is not None and stage.due < before:
            yield Problem("round_due_early", field, {"day": before.isoformat()})
        elif before is not None and stage.code in NOTICES and stage.days:
            counted = working_days(before, stage.due, table)
            if not isinstance(counted, Problem) and counted < stage.days:
                yield Problem("round_due_notice", field, {"days": str(counted), "needed": str(stage.days)})
        before = max(before, stage.due) if before else stage.due
