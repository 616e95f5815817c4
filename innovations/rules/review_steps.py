"""The way of a review and of an entry in it, as two dictionaries, and the words for them. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from foundation.base.problem import N_, Problem


class Stage(StrEnum):
    """Where a review stands."""

    DRAFT = "draft"
    OPEN = "open"  # rules frozen, channels rank their lists
    ASSIGNING = "assigning"  # closed for entries; seats, conflicts, who reviews what
    MARKING = "marking"
    DECIDING = "deciding"  # marks locked, the meeting
    NOTICE = "notice"  # 公示
    DECIDED = "decided"
    CANCELLED = "cancelled"


STAGES: Mapping[Stage, str] = {
    Stage.DRAFT: N_("being prepared"),
    Stage.OPEN: N_("channels recommend"),
    Stage.ASSIGNING: N_("reviewers are being assigned"),
    Stage.MARKING: N_("being reviewed"),
    Stage.DECIDING: N_("being decided"),
    Stage.NOTICE: N_("on public notice"),
    Stage.DECIDED: N_("decided"),
    Stage.CANCELLED: N_("cancelled"),
}

STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("freeze", Stage.DRAFT): Stage.OPEN,
    ("close_entries", Stage.OPEN): Stage.ASSIGNING,
    ("begin_marking", Stage.ASSIGNING): Stage.MARKING,
    ("lock_marks", Stage.MARKING): Stage.DECIDING,
    ("open_notice", Stage.DECIDING): Stage.NOTICE,
    ("decide_again", Stage.NOTICE): Stage.DECIDING,  # an accepted objection changed something: noticed anew
    ("decide", Stage.NOTICE): Stage.DECIDED,
    ("cancel", Stage.DRAFT): Stage.CANCELLED,
    ("cancel", Stage.OPEN): Stage.CANCELLED,
    ("cancel", Stage.ASSIGNING): Stage.CANCELLED,
    ("cancel", Stage.MARKING): Stage.CANCELLED,
}


class EntryStage(StrEnum):
    """Where an entry stands."""

    LISTED = "listed"  # on a channel's list
    RETURNED = "returned"  # for completion, with a deadline
    ENTERED = "entered"  # the channel handed its list in
    WITHDRAWN = "withdrawn"
    EXCLUDED = "excluded"  # by the chair, with a reason
    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"


ENTRY_STAGES: Mapping[EntryStage, str] = {
    EntryStage.LISTED: N_("on the channel's list"),
    EntryStage.RETURNED: N_("given back for completion"),
    EntryStage.ENTERED: N_("entered"),
    EntryStage.WITHDRAWN: N_("withdrawn"),
    EntryStage.EXCLUDED: N_("not admitted"),
    EntryStage.AWARDED: N_("awarded"),
    EntryStage.NOT_AWARDED: N_("reviewed, without an award"),
}


def after(step: str, stage: Stage) -> Stage | Problem:
    """The stage after a step, or why it cannot be taken now."""
    return STEPS.get((step, stage)) or Problem("review_step_late")
