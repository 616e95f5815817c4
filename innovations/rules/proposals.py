"""A rationalization proposal's way (合理化建议), as one dictionary, and the words for it. Pure.

草稿→已提交→已受理/不予受理→评审中→采纳/部分采纳/暂未采纳→实施中→已实施→效益已核定→已奖励→办结;
besides 退回补充, 转办, 撤回. A worker is never told 驳回: what is not taken yet may be looked at again, and what is no
proposal goes to the desk it belongs to.
"""

from collections.abc import Mapping
from enum import StrEnum

from foundation.base.problem import N_, Problem


class Stage(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"  # 草稿
    SUBMITTED = "submitted"  # 已提交
    RETURNED = "returned"  # 退回补充
    ACCEPTED = "accepted"  # 已受理
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    REVIEW = "review"  # 评审中
    ADOPTED = "adopted"  # 采纳
    PARTLY = "partly"  # 部分采纳
    NOT_ADOPTED = "not_adopted"  # 暂未采纳
    CARRYING_OUT = "carrying_out"  # 实施中
    CARRIED_OUT = "carried_out"  # 已实施
    VERIFIED = "verified"  # 效益已核定
    REWARDED = "rewarded"  # 已奖励
    CLOSED = "closed"  # 办结
    PASSED_ON = "passed_on"  # 转办
    WITHDRAWN = "withdrawn"  # 撤回


STAGES: Mapping[Stage, str] = {
    Stage.DRAFT: N_("draft, not sent yet"),
    Stage.SUBMITTED: N_("sent to the unit"),
    Stage.RETURNED: N_("to be completed"),
    Stage.ACCEPTED: N_("taken up"),
    Stage.NOT_ACCEPTED: N_("no proposal by the rules"),
    Stage.REVIEW: N_("being considered"),
    Stage.ADOPTED: N_("adopted"),
    Stage.PARTLY: N_("adopted in part"),
    Stage.NOT_ADOPTED: N_("not adopted for now"),
    Stage.CARRYING_OUT: N_("being carried out"),
    Stage.CARRIED_OUT: N_("carried out"),
    Stage.VERIFIED: N_("benefit verified"),
    Stage.REWARDED: N_("rewarded"),
    Stage.CLOSED: N_("concluded"),
    Stage.PASSED_ON: N_("passed on to the right desk"),
    Stage.WITHDRAWN: N_("taken back by the worker"),
}

STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("hand_in", Stage.DRAFT): Stage.SUBMITTED,
    ("hand_in", Stage.RETURNED): Stage.SUBMITTED,
    ("enter_paper", Stage.DRAFT): Stage.SUBMITTED,
    ("return", Stage.SUBMITTED): Stage.RETURNED,
    ("return", Stage.ACCEPTED): Stage.RETURNED,
    ("return", Stage.REVIEW): Stage.RETURNED,
    ("accept", Stage.SUBMITTED): Stage.ACCEPTED,
    ("not_accept", Stage.SUBMITTED): Stage.NOT_ACCEPTED,
    ("pass_on", Stage.SUBMITTED): Stage.PASSED_ON,
    ("pass_on", Stage.ACCEPTED): Stage.PASSED_ON,
    ("pass_on", Stage.REVIEW): Stage.PASSED_ON,
    ("review", Stage.ACCEPTED): Stage.REVIEW,
    ("adopt", Stage.REVIEW): Stage.ADOPTED,
    ("adopt_partly", Stage.REVIEW): Stage.PARTLY,
    ("not_adopt", Stage.REVIEW): Stage.NOT_ADOPTED,
    ("reconsider", Stage.NOT_ADOPTED): Stage.REVIEW,
    ("carry_out", Stage.ADOPTED): Stage.CARRYING_OUT,
    ("carry_out", Stage.PARTLY): Stage.CARRYING_OUT,
    ("carried_out", Stage.CARRYING_OUT): Stage.CARRIED_OUT,
    ("verify", Stage.CARRIED_OUT): Stage.VERIFIED,
    ("reward", Stage.VERIFIED): Stage.REWARDED,
    ("close", Stage.NOT_ACCEPTED): Stage.CLOSED,
    ("close", Stage.NOT_ADOPTED): Stage.CLOSED,
    ("close", Stage.PASSED_ON): Stage.CLOSED,
    ("close", Stage.VERIFIED): Stage.CLOSED,
    ("close", Stage.REWARDED): Stage.CLOSED,
    ("withdraw", Stage.SUBMITTED): Stage.WITHDRAWN,
    ("withdraw", Stage.RETURNED): Stage.WITHDRAWN,
    ("withdraw", Stage.ACCEPTED): Stage.WITHDRAWN,
    ("withdraw", Stage.REVIEW): Stage.WITHDRAWN,
}

STEP_WORDS: Mapping[str, str] = {
    "hand_in": N_("Handed in"),
    "enter_paper": N_("Entered from paper"),
    "return": N_("Given back for completion"),
    "accept": N_("Taken up"),
    "not_accept": N_("Not a proposal by the rules"),
    "pass_on": N_("Passed on"),
    "review": N_("Being considered"),
    "adopt": N_("Adopted"),
    "adopt_partly": N_("Adopted in part"),
    "not_adopt": N_("Not adopted for now"),
    "reconsider": N_("Looked at again"),
    "carry_out": N_("Begun to be carried out"),
    "carried_out": N_("Carried out"),
    "verify": N_("Benefit verified"),
    "reward": N_("Rewarded"),
    "close": N_("The matter is closed"),
    "withdraw": N_("Taken back by the worker"),
}

ANSWERS = (
    "accept", "review", "adopt", "adopt_partly", "not_adopt", "reconsider", "carry_out", "return", "pass_on",
    "not_accept", "close",
)  # fmt: skip
"""Steps that the enterprise takes with words alone; what was done, its benefit and the reward have their own forms."""

SEEN = tuple(stage for stage in Stage if stage is not Stage.DRAFT)
"""A draft is its writer's: nobody else reads it, not even that there is one."""
HIDDEN = "~"
"""Before the stage of what came with a sheet that is not shown yet, or is being taken back: nobody finds it."""
WRITABLE = (Stage.DRAFT, Stage.RETURNED)
DONE = (Stage.CARRIED_OUT, Stage.VERIFIED, Stage.REWARDED)
ADOPTED_ONCE = (Stage.ADOPTED, Stage.PARTLY, Stage.CARRYING_OUT, *DONE)

KINDS: Mapping[str, str] = {
    "product": N_("Products, structures"),
    "process": N_("Process, tests, safety, health, transport"),
    "tools": N_("Tools and equipment"),
    "saving": N_("Saving material, fuel, power"),
    "design": N_("Design, statistics, calculation"),
    "management": N_("Management"),
}
"""The five kinds of the 1982 text, and management, which was added later."""

DESKS: Mapping[str, str] = {
    "hotline": N_("the workers' rights hotline 12351"),
    "congress": N_("the workers' congress"),
    "safety": N_("the desk for safety at work"),
    "labour": N_("mediation of labour disputes"),
    "staff": N_("the staff department"),
    "other_unit": N_("another unit that decides on it"),
}
"""Where what is no proposal, or not this unit's to decide, is passed on to."""


def after(step: str, stage: Stage) -> Stage | Problem:
    """The stage after a step, or why it cannot be taken now."""
    return STEPS.get((step, stage)) or Problem("proposal_step_late")


def possible(stage: Stage) -> tuple[str, ...]:
    """What the enterprise can answer now, in the order of the way."""
    return tuple(step for step in ANSWERS if (step, stage) in STEPS)
