"""The tables of proposals as spreadsheets: 汇总表 and 奖励发放表, as offices go on working with them. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from foundation.base.clock import day_of
from foundation.papers.sheets_out import ListColumn, Listing
from innovations.proposal_papers import NAME, Line, Period


def summary(period: Period, lines: Sequence[Line]) -> Listing:
    """Every proposal; claimed and verified stand in two columns, each summed by itself."""
    columns = [
        *([ListColumn("单位", width=20)] if period.below else []),
        ListColumn("建议题目", width=30), ListColumn("提出人", width=12), ListColumn("共同提出人", width=14),
        ListColumn("车间班组", width=14), ListColumn("类别", width=16), ListColumn("提出日期", "day", 12),
        ListColumn("处理结果", width=12), ListColumn("申报效益（元）", "money", 14),
        ListColumn("核定效益（元）", "money", 14), ListColumn("奖励（元）", "money", 12),
    ]  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (
            *([line.one.organisation] if period.below else []),
            line.one.title, line.one.name, line.one.others, line.one.place, line.kind,
            day_of(line.one.handed_in_at) if line.one.handed_in_at else None, line.stage,
            line.outcome.claimed if line.outcome and line.outcome.claimed is not None else None,
            line.outcome.verified if line.outcome and line.outcome.verified is not None else None,
            line.reward.amount if line.reward else None,
        )
        for line in lines
    ]  # fmt: skip
    claimed, verified, awarded = (sum(row[at] or 0 for row in rows) for at in (-3, -2, -1))
    return Listing(
        f"{NAME}汇总表", columns, rows, f"填报单位（盖章）：{period.unit}", period.words,
        total=(*[None] * (len(columns) - 3), claimed, verified, awarded),
    )  # fmt: skip


def bonus(period: Period, lines: Sequence[Line]) -> Listing:
    """A line for each recipient, with room for a signature."""
    columns = [
        ListColumn("姓名", width=12), ListColumn("车间班组", width=14), ListColumn("建议题目", width=30),
        ListColumn("等级", width=10), ListColumn("奖励日期", "day", 12), ListColumn("分配比例（%）", "number", 12),
        ListColumn("金额（元）", "money", 12), ListColumn("领取人签字", width=16), ListColumn("领取日期", width=12),
    ]  # fmt: skip
    rows = [
        (
            share.name, line.one.place, line.one.title, line.reward.tier, line.reward.rule_day, share.share,
            share.amount, None, None,
        )
        for line in lines
        if line.reward is not None
        for share in line.reward.shares
    ]  # fmt: skip
    total = sum(line.reward.amount for line in lines if line.reward is not None)
    return Listing(
        f"{NAME}奖励发放表", columns, rows, f"发放单位（盖章）：{period.unit}", period.words,
        ("制表：", "财务审核：", "批准：", "监督："), (*[None] * 6, total, None, None),
    )  # fmt: skip


LISTS: Mapping[str, Callable[[Period, Sequence[Line]], Listing]] = {"summary": summary, "bonus": bonus}
