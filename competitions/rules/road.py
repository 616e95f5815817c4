"""The organiser's road from a new contest to published results: its steps, and the one to take next. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from competitions.rules.stages import Stage


class Step(StrEnum):
    """What an organiser does, in the order in which it is usually done."""

    SCHEME = "scheme"
    FREEZE = "freeze"
    ROSTER = "roster"
    PANEL = "panel"
    OPEN = "open"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the preparations are."""

    has_scheme: bool = False
    entries: int = 0
    seats: int = 0


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step on the road: `done`, `next` (exactly one, until results are published) or `later`."""

    step: Step
    state: str


def next_step(stage: Stage, counts: Counts) -> Step | None:
    """The one thing to do now; None once results are published."""
    if stage is Stage.PUBLISHED:
        return None
    if stage is Stage.MARKING:
        return Step.PUBLISH
    if stage is Stage.DRAFT:
        return Step.FREEZE if counts.has_scheme else Step.SCHEME
    if not counts.entries:
        return Step.ROSTER
    return Step.OPEN if counts.seats else Step.PANEL


def road(stage: Stage, counts: Counts) -> tuple[Milestone, ...]:
    """All steps with their states."""
    opened = stage in (Stage.MARKING, Stage.PUBLISHED)
    done = {
        Step.SCHEME: counts.has_scheme or stage is not Stage.DRAFT,
        Step.FREEZE: stage is not Stage.DRAFT,
        Step.ROSTER: counts.entries > 0,
        Step.PANEL: opened or counts.seats > 0,
        Step.OPEN: opened,
        Step.PUBLISH: stage is Stage.PUBLISHED,
    }
    following = next_step(stage, counts)
    return tuple(Milestone(step, "next" if step is following else "done" if done[step] else "later") for step in Step)
