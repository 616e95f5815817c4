"""Why an entry is not settled yet, aspect by aspect, said to the chief judge with respect for the judges. Pure.

The field of each problem is the aspect's code. Who is right is never said: only what was given and what is allowed.
"""

from collections.abc import Sequence

from competitions.rules.progress import Panelist, Work, WorkProgress
from foundation.base.problem import Problem
from foundation.tabulation.marks import Word, show_value
from foundation.tabulation.scheme import Aspect, Scheme
from foundation.tabulation.scheme_model import THOUSAND
from foundation.tabulation.standings import AspectLine


def reasons(scheme: Scheme, panel: Sequence[Panelist], progress: WorkProgress) -> list[Problem]:
    """What is in conflict and what is missing, in the order of the sheet."""
    found: list[Problem] = []
    for module, line in zip(scheme.modules, progress.line.modules, strict=True):
        for aspect, seen in zip(module.aspects, line.aspects, strict=True):
            if seen.status == "conflict":
                found.append(_conflict(aspect, seen))
            if seen.status in ("conflict", "incomplete"):
                found += _missing(aspect, seen, panel, progress.work)
    return found


def _conflict(aspect: Aspect, line: AspectLine) -> Problem:
    """Judgement: levels too far apart; the other kinds: marks that should agree and do not."""
    numbers = [mark.value for mark in line.marks if isinstance(mark.value, int)]
    if aspect.kind == "judgement":
        params = {"spread": str((max(numbers) - min(numbers)) // THOUSAND), "allowed": str(aspect.max_spread)}
        return Problem("levels_apart", aspect.code, params)
    given = [
        f"{mark.judge} {show_value(aspect, mark.value)}" for mark in line.marks if not isinstance(mark.value, Word)
    ]
    return Problem("marks_differ", aspect.code, {"marks": ", ".join(given)})


def _missing(aspect: Aspect, line: AspectLine, panel: Sequence[Panelist], work: Work) -> list[Problem]:
    asked = [judge.code for judge in panel if judge.marks(work) and aspect.code in judge.aspects]
    have = {mark.judge for mark in line.marks}
    waiting = [code for code in asked if code not in have]
    if waiting:
        return [Problem("not_yet_marked", aspect.code, {"judges": ", ".join(waiting)})]
    if len(line.marks) < (aspect.judges or 1):
        numbers = {"have": str(len(asked)), "wanted": str(aspect.judges or 1)}
        return [Problem("too_few_judges", aspect.code, numbers)]
    given = sum(not isinstance(mark.value, Word) for mark in line.marks)
    if given < aspect.min_marks:
        return [Problem("too_few_marks", aspect.code, {"given": str(given), "wanted": str(aspect.min_marks)})]
    return []
