"""When a judge may mark an entry and when the chief judge may lock it. Pure.

Times in problems are ISO texts in UTC (`at`); the page shows them in the registry's zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from competitions.rules.progress import State, WorkProgress
from competitions.rules.stages import Stage
from foundation.base.problem import Problem


def stage_problem(stage: Stage) -> Problem | None:
    """Marks and locks exist while marking is open, not before and not after."""
    if stage is Stage.MARKING:
        return None
    return Problem("marking_over" if stage is Stage.PUBLISHED else "marking_not_open")


def marking_problem(stage: Stage, status: str, locked_at: datetime | None) -> Problem | None:
    """Why this entry may not be marked now; None where it may."""
    if (problem := stage_problem(stage)) is not None:
        return problem
    if locked_at is not None:
        return Problem("entry_locked", "", {"at": locked_at.isoformat()})
    return None if status == "ok" else Problem(f"entry_{status}")


def lock_problems(stage: Stage, works: Iterable[WorkProgress]) -> list[Problem]:
    """Why these entries may not be locked, one sentence each: only complete ones without conflict are, or those that
    will not be placed anyway (absent, withdrawn, disqualified).
    """
    if (problem := stage_problem(stage)) is not None:
        return [problem]
    codes = {State.LOCKED: "lock_again", State.CONFLICT: "lock_conflict", State.INCOMPLETE: "lock_incomplete"}
    return [
        Problem(codes[progress.state], "", {"work": progress.work.number})
        for progress in works
        if progress.state in codes
    ]


def looked_at(
    works: Sequence[WorkProgress], seen: Mapping[int, int], sent: Iterable[str], *, confirmed: bool
) -> tuple[list[WorkProgress], list[Problem]]:
    """The entries that a chief judge's page asks to lock, each `ENTRY:MARK` as it was looked at, or what is wrong.

    `seen` is the newest mark row of each entry now. An entry that is not among `works` is passed over.
    """
    asked = set(sent)
    entries = {text.partition(":")[0] for text in asked}
    chosen = [progress for progress in works if str(progress.work.id) in entries]
    problems = [
        Problem("lock_changed", "", {"work": progress.work.number})
        for progress in chosen
        if f"{progress.work.id}:{seen[progress.work.id]}" not in asked
    ]
    return chosen, problems if confirmed else [*problems, Problem("lock_unconfirmed", "confirm")]
