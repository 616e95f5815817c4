"""The life of a contest: which step leads from which stage to which. Pure."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a contest stands."""

    DRAFT = "draft"  # scheme, roster and panel are being prepared
    FROZEN = "frozen"  # the scheme is frozen and public; nobody marks yet
    MARKING = "marking"  # judges may mark
    PUBLISHED = "published"  # standings are frozen and public


STEPS: dict[tuple[str, Stage], Stage] = {
    ("freeze_scheme", Stage.DRAFT): Stage.FROZEN,
    ("amend_scheme", Stage.FROZEN): Stage.FROZEN,
    ("amend_scheme", Stage.MARKING): Stage.MARKING,
    ("open_marking", Stage.FROZEN): Stage.MARKING,
    ("publish", Stage.MARKING): Stage.PUBLISHED,
    ("reopen", Stage.PUBLISHED): Stage.MARKING,  # for a correction: what was published stays until the next version
}


def after(step: str, stage: Stage) -> Stage | None:
    """The stage that `step` leads to from `stage`, or None where it may not be taken."""
    return STEPS.get((step, stage))
