"""The way of a nomination (推荐人选), from the unit to the honour: which step leads where. Pure.

单位推荐, 职代会, 单位公示, 县级和市级审核, 省级初审, 评审, 省级公示, 复审, 拟命名, 已命名 (RULES, "Stages").
A round says which of these it has; what it leaves out is passed over. What must be so before a step is taken is in
`readiness.py`.
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
AUDITED = frozenset({Stage.COUNTY, Stage.CHANNEL, Stage.PROVINCE})
"""Where officers read the file itself: here it can still be sent back, and here papers and opinions are added."""

# (step, stage) -> stage, for the steps that do not simply go on along the road.
STEPS: Mapping[tuple[str, Stage], Stage] = {
    **{("send_back", stage): Stage.DRAFT for stage in (Stage.CONGRESS, Stage.UNIT_NOTICE, *AUDITED)},
    **{("leave_out", stage): Stage.NOT_CHOSEN for stage in (*UNDER_REVIEW, Stage.PROPOSED)},
    **{("withdraw", stage): Stage.WITHDRAWN for stage in (*AT_UNIT, *UNDER_REVIEW)},
}


def after(
    step: str, stage: Stage, wanted: Collection[str], *, below_county: bool = True, asked_by: Stage | None = None
) -> Stage | None:
    """The stage that `step` leads to, or None where it may not be taken.

    `go_on` leads to the next stage of the road that the round wants (`wanted`: codes of its stages). A unit that
    stands directly below its channel passes no county. What was sent back from an audit (`asked_by`) goes straight
    back to whoever asked: congress and unit notice were passed before, and only the named fields changed.
    """
    if step != "go_on":
        return STEPS.get((step, stage))
    if stage not in ROAD or stage is Stage.CONFERRED:
        return None
    if stage is Stage.DRAFT and asked_by in AUDITED:
        return asked_by
    for following in ROAD[ROAD.index(stage) + 1 :]:
        if following is Stage.COUNTY and not below_county:
            continue
        if following in ALWAYS or following.value in wanted:
            return following
    return None


def road_of(wanted: Collection[str], *, below_county: bool = True) -> tuple[Stage, ...]:
    """The stages that a nomination passes in this round, from the draft to the honour."""
    return tuple(
        stage
        for stage in ROAD
        if (stage in ALWAYS or stage.value in wanted) and (below_county or stage is not Stage.COUNTY)
    )
