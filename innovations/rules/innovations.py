"""An innovation's way (职工创新成果), as one dictionary, and the words for it. Pure.

A unit writes, looks it through for secrets (保密审查) and hands it in; a round may give it back, award it or not.
What was handed in stays as a version; writing on after that makes the next one.
"""

from collections.abc import Mapping
from enum import StrEnum

from foundation.base.problem import N_, Problem


class Stage(StrEnum):
    """Where an innovation stands."""

    DRAFT = "draft"  # 草稿
    HANDED_IN = "handed_in"  # 已提交
    RETURNED = "returned"  # 退回补充
    IN_REVIEW = "in_review"  # 评审中
    AWARDED = "awarded"  # 已获奖
    NOT_AWARDED = "not_awarded"  # 未获奖
    WITHDRAWN = "withdrawn"  # 撤回
    MERGED = "merged"  # 已并入：与另一项为同一成果


STAGES: Mapping[Stage, str] = {
    Stage.DRAFT: N_("draft of the unit"),
    Stage.HANDED_IN: N_("handed in by the unit"),
    Stage.RETURNED: N_("given back for completion"),
    Stage.IN_REVIEW: N_("in review"),
    Stage.AWARDED: N_("awarded"),
    Stage.NOT_AWARDED: N_("reviewed, without an award"),
    Stage.WITHDRAWN: N_("withdrawn by the unit"),
    Stage.MERGED: N_("merged into the innovation that it is the same as"),
}

STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("hand_in", Stage.DRAFT): Stage.HANDED_IN,
    ("hand_in", Stage.RETURNED): Stage.HANDED_IN,
    ("hand_in", Stage.HANDED_IN): Stage.HANDED_IN,  # the next version
    ("hand_in", Stage.AWARDED): Stage.AWARDED,  # a later version of what was awarded
    ("hand_in", Stage.NOT_AWARDED): Stage.HANDED_IN,  # for another round
    ("return", Stage.HANDED_IN): Stage.RETURNED,
    ("return", Stage.IN_REVIEW): Stage.RETURNED,
    ("take_in", Stage.HANDED_IN): Stage.IN_REVIEW,
    ("award", Stage.IN_REVIEW): Stage.AWARDED,
    ("not_award", Stage.IN_REVIEW): Stage.NOT_AWARDED,
    ("release", Stage.IN_REVIEW): Stage.HANDED_IN,  # the round was given up, or it left the round
    ("award", Stage.AWARDED): Stage.AWARDED,  # by a further round
    ("take_in_again", Stage.AWARDED): Stage.AWARDED,  # a city's prize stays while the province reviews
    ("withdraw", Stage.HANDED_IN): Stage.WITHDRAWN,
    ("withdraw", Stage.RETURNED): Stage.WITHDRAWN,
    ("withdraw", Stage.NOT_AWARDED): Stage.WITHDRAWN,
    ("take_up", Stage.WITHDRAWN): Stage.DRAFT,
    ("merge", Stage.HANDED_IN): Stage.MERGED,
    ("merge", Stage.AWARDED): Stage.MERGED,
    ("merge", Stage.NOT_AWARDED): Stage.MERGED,
    ("gain_credit", Stage.HANDED_IN): Stage.HANDED_IN,
    ("gain_credit", Stage.AWARDED): Stage.AWARDED,
    ("gain_credit", Stage.NOT_AWARDED): Stage.NOT_AWARDED,
}

REMARKS = ("same_linked", "same_unlinked", "reward")
"""What is written down among the steps and leaves the stage as it is."""

STEP_WORDS: Mapping[str, str] = {
    "hand_in": N_("Handed in"),
    "return": N_("Given back for completion"),
    "take_in": N_("Taken into a round of review"),
    "take_in_again": N_("Taken into a further round of review"),
    "release": N_("Taken out of a round of review"),
    "award": N_("Awarded"),
    "not_award": N_("Reviewed, without an award"),
    "withdraw": N_("Withdrawn by the unit"),
    "take_up": N_("Taken up again"),
    "reward": N_("Rewarded by the unit"),
    "same_linked": N_("Linked as the same as another innovation"),
    "same_unlinked": N_("No longer linked as the same as another innovation"),
    "merge": N_("Merged into the innovation that it is the same as"),
    "gain_credit": N_("Took over the people of the innovation that it is the same as"),
}

WRITABLE = frozenset({Stage.DRAFT, Stage.RETURNED, Stage.HANDED_IN, Stage.AWARDED, Stage.NOT_AWARDED})
"""While a round reviews it, nobody writes on it: a reviewer reads what everyone else reads."""

HANDED_IN_ONCE = frozenset(set(Stage) - {Stage.DRAFT})
"""What the unions above the unit may read: a draft is the unit's own."""

GONE = frozenset({Stage.WITHDRAWN, Stage.MERGED})
"""What counts no more: nothing new is claimed for it, applied for with it or added up of it."""


def after(step: str, stage: Stage) -> Stage | Problem:
    """The stage after a step, or why it cannot be taken now."""
    return STEPS.get((step, stage)) or Problem("innovation_step_late")
