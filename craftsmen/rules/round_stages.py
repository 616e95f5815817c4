"""The life of a selection round: which step leads from which stage to which. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"  # rules are written; nobody outside the office sees them
    OPEN = "open"  # 推荐中: rules are frozen and public, units and channels recommend
    REVIEWING = "reviewing"  # 初审: the channels' lists are in, the federation audits
    DECIDING = "deciding"  # 评审和公示: scores, votes, notice, second review
    CONCLUDED = "concluded"  # 已命名
    CANCELLED = "cancelled"  # given up, with a public reason where it was public


STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("freeze", Stage.DRAFT): Stage.OPEN,
    ("amend", Stage.OPEN): Stage.OPEN,
    ("amend", Stage.REVIEWING): Stage.REVIEWING,
    ("amend", Stage.DECIDING): Stage.DECIDING,
    ("close", Stage.OPEN): Stage.REVIEWING,  # 推荐截止
    ("decide", Stage.REVIEWING): Stage.DECIDING,  # 初审结束, the panel begins
    ("conclude", Stage.DECIDING): Stage.CONCLUDED,
    ("open_again", Stage.REVIEWING): Stage.OPEN,  # closed too early; the panel has not begun
    ("cancel", Stage.DRAFT): Stage.CANCELLED,
    ("cancel", Stage.OPEN): Stage.CANCELLED,
    ("cancel", Stage.REVIEWING): Stage.CANCELLED,
    ("cancel", Stage.DECIDING): Stage.CANCELLED,
}

RUNNING = frozenset({Stage.OPEN, Stage.REVIEWING, Stage.DECIDING})
ENDED = frozenset({Stage.CONCLUDED, Stage.CANCELLED})


def after(step: str, stage: Stage) -> Stage | None:
    """The stage that `step` leads to from `stage`, or None where it may not be taken."""
    return STEPS.get((step, stage))
