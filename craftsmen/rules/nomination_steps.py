"""The way of a nomination (推荐人选), from the unit to the honour: which step leads where. Pure.

单位推荐, 职代会, 单位公示, 县级和市级审核, 省级初审, 评审, 省级公示, 复审, 拟命名, 已命名 (RULES, "Stages").
A round says which of these it has; what it leaves out is passed over.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Stage(StrEnum):
    """Where a nomination stands."""

    DRAFT = "draft"  # the unit (or the worker) writes it
    CONGRESS = "congress"  # 职代会: minutes of the workers' congress are awaited
    UNIT_NOTICE = "unit_notice"  # 单位公示
    COUNTY = "county"  # 县(市、区)、园区 audits
    CHANNEL = "channel"  # 设区市 or industry union audits and ranks
    PROVINCE = "province"  # 初审 at the federation
    PANEL = "panel"  # 评审: scores and votes
    NOTICE = "notice"  # 省级公示
    SECOND = "second"  # 复审
    PROPOSED = "proposed"  # 拟命名
    CONFERRED = "conferred"  # 已命名
    NOT_CHOSEN = "not_chosen"  # 未入选, never 淘汰
    WITHDRAWN = "withdrawn"  # 撤回


ROAD: tuple[Stage, ...] = (
    Stage.DRAFT, Stage.CONGRESS, Stage.UNIT_NOTICE, Stage.COUNTY, Stage.CHANNEL, Stage.PROVINCE, Stage.PANEL,
    Stage.NOTICE, Stage.SECOND, Stage.PROPOSED, Stage.CONFERRED,
)  # fmt: skip
ALWAYS = frozenset({Stage.DRAFT, Stage.CHANNEL, Stage.PROVINCE, Stage.PROPOSED, Stage.CONFERRED})
"""What no round leaves out."""

ENDED = frozenset({Stage.CONFERRED, Stage.NOT_CHOSEN, Stage.WITHDRAWN})
AT_UNIT = frozenset({Stage.DRAFT, Stage.CONGRESS, Stage.UNIT_NOTICE})
UNDER_REVIEW = frozenset({Stage.COUNTY, Stage.CHANNEL, Stage.PROVINCE, Stage.PANEL, Stage.NOTICE, Stage.SECOND})

# (step, stage) -> stage, for the steps that do not simply go on along the road.
STEPS: Mapping[tuple[str, Stage], Stage] = {
    **{
        ("send_back", stage): Stage.DRAFT
        for stage in (*AT_UNIT - {Stage.DRAFT}, Stage.COUNTY, Stage.CHANNEL, Stage.PROVINCE)
    },
    **{("leave_out", stage): Stage.NOT_CHOSEN for stage in (Stage.COUNTY, *UNDER_REVIEW, Stage.PROPOSED)},
    **{("withdraw", stage): Stage.WITHDRAWN for stage in ROAD if stage not in (Stage.CONFERRED, Stage.PROPOSED)},
}


def after(step: str, stage: Stage, wanted: Collection[str], *, below_county: bool = True) -> Stage | None:
    """The stage that `step` leads to, or None where it may not be taken.

    `go_on` leads to the next stage of the road that the round wants (`wanted`: codes of its stages). A unit that
    stands directly below its channel passes no county.
    """
    if step != "go_on":
        return STEPS.get((step, stage))
    if stage not in ROAD or stage is Stage.CONFERRED:
        return None
    for following in ROAD[ROAD.index(stage) + 1 :]:
        if following is Stage.COUNTY and not below_county:
            continue
        if following in ALWAYS or following.value in wanted:
            return following
    return None
