"""How something is published: drafted, reviewed, signed off (拟稿→审核→签发). Pure.

Knows stages, steps and who wrote a draft; knows nothing of what is published. A kind of document says by its `Road`
whether it is reviewed and signed off on its way.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from foundation.base.problem import Problem


class Stage(StrEnum):
    """Where a document stands. From ISSUED on it is never edited."""

    DRAFT = "draft"
    REVIEW = "review"
    SIGNING = "signing"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


OUT = (Stage.ISSUED, Stage.WITHDRAWN)
"""The stages of what was issued: readers may read it, a withdrawn one with the reason."""


@dataclass(frozen=True, slots=True)
class Road:
    """Which stations a kind of document passes between its draft and being issued."""

    review: bool = True
    signing: bool = True


FULL = Road()

STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("hand_in", Stage.DRAFT): Stage.REVIEW,
    ("take_back", Stage.REVIEW): Stage.DRAFT,
    ("send_back", Stage.REVIEW): Stage.DRAFT,
    ("pass_on", Stage.REVIEW): Stage.SIGNING,
    ("send_back", Stage.SIGNING): Stage.DRAFT,
    ("sign", Stage.SIGNING): Stage.ISSUED,
    ("withdraw", Stage.ISSUED): Stage.WITHDRAWN,
}

BY_ANOTHER = frozenset({"pass_on", "send_back", "sign"})
"""The steps that nobody takes with what they wrote themselves."""


def after(step: str, stage: Stage, road: Road = FULL) -> Stage | None:
    """The stage that a step leads to on this road, or None where the step cannot be taken."""
    target = STEPS.get((step, stage))
    if target is Stage.REVIEW and not road.review:
        target = Stage.SIGNING
    if target is Stage.SIGNING and not road.signing:
        target = Stage.ISSUED
    return target


def step_problems(step: str, stage: Stage, authors: Collection[int], by: int) -> list[Problem]:
    """What speaks against account `by` taking this step now."""
    if (step, stage) not in STEPS:
        return [Problem(f"publishing_at_{stage.value}")]
    if step in BY_ANOTHER and by in authors:
        return [Problem("publishing_own")]
    if step == "take_back" and by not in authors:
        return [Problem("publishing_not_own")]
    return []


def open_steps(stage: Stage, authors: Collection[int], by: int) -> list[str]:
    """The steps that stand open to this account here, roles apart."""
    return [step for step, at in STEPS if at is stage and not step_problems(step, stage, authors, by)]
