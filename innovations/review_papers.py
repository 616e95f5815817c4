"""What is printed of a review: the ranked summary table for the meeting, and the list of awards to be signed. Pure.

The words printed are Chinese, for these are papers of Chinese offices.
"""

from collections.abc import Sequence
from datetime import datetime

from foundation.papers.documents import Align, Column, Document, Paragraph, Sheet, SignLines, Table, Title
from foundation.papers.sheets_out import ListColumn, Listing
from innovations.review_deciding import MeetingLine
from innovations.reviews import RoundFacts
from innovations.rules.review_steps import Stage

SIGNED = ("评审委员会主任", "监督人员", "统分", "日期")


def summary(found: RoundFacts, lines: Sequence[MeetingLine], at: datetime) -> Document:
    """评审情况汇总表, A4 landscape: every entry by place."""
    columns = (
        Column("名次", 4), Column("编号", 6), Column("成果名称", 20, Align.LEFT), Column("申报单位", 14, Align.LEFT),
        Column("推荐渠道", 11, Align.LEFT), Column("推荐顺序", 5), Column("评审份数", 5),
        Column("得分", 7, Align.RIGHT), Column("拟奖等次", 8), Column("备注", 9),
    )  # fmt: skip
    rows = tuple(
        (
            str(one.locked.place or "–"), one.locked.code, one.title, one.unit, one.channel, str(one.rank or ""),
            str(one.locked.reviews), one.locked.total or "–", found.rules.award_name(one.award),
            "并列" if one.locked.tied else "",
        )
        for one in lines
    )  # fmt: skip
    return Document.of(
        f"{found.name}评审情况汇总表",
        Title(f"{found.name}", "评审情况汇总表"),
        Table(columns, rows, size=10),
        Paragraph(f"评审规则校验值（SHA-256）：{found.rules_hash}", Align.LEFT, indented=False, size=10),
        SignLines(SIGNED, size=12),
        printed_at=at, version=found.rules_hash[:8], sheet=Sheet.A4_LANDSCAPE,
    )  # fmt: skip


def award_list(found: RoundFacts, lines: Sequence[MeetingLine], at: datetime) -> Document:
    """获奖名单, by award; 拟奖名单 before it is decided."""
    name = _list_name(found)
    columns = (
        Column("序号", 5), Column("等次", 9), Column("成果名称", 20, Align.LEFT), Column("完成人", 14, Align.LEFT),
        Column("单位", 14, Align.LEFT), Column("推荐渠道", 11, Align.LEFT),
    )  # fmt: skip
    rows = tuple(
        (str(number), found.rules.award_name(one.award), one.title, "、".join(one.people), one.unit, one.channel)
        for number, one in enumerate(_awarded(found, lines), 1)
    )
    under = found.document or f"{found.year}年"
    return Document.of(
        name, Title(name, under), Table(columns, rows), SignLines(("评审委员会主任", "单位（盖章）"), size=12),
        printed_at=at, version=found.rules_hash[:8],
    )  # fmt: skip


def summary_sheet(found: RoundFacts, lines: Sequence[MeetingLine]) -> Listing:
    """The summary table as a spreadsheet."""
    columns = [
        ListColumn("名次", "number", 6), ListColumn("编号", width=10), ListColumn("成果名称", width=34),
        ListColumn("申报单位", width=24), ListColumn("推荐渠道", width=20), ListColumn("推荐顺序", "number", 8),
        ListColumn("评审份数", "number", 8), ListColumn("得分", width=10), ListColumn("拟奖等次", width=12),
        ListColumn("备注", width=10),
    ]  # fmt: skip
    rows = [
        (
            one.locked.place, one.locked.code, one.title, one.unit, one.channel, one.rank, one.locked.reviews,
            one.locked.total or None, found.rules.award_name(one.award) or None, "并列" if one.locked.tied else None,
        )
        for one in lines
    ]  # fmt: skip
    under = f"评审规则校验值（SHA-256）：{found.rules_hash}"
    return Listing(
        f"{found.name}评审情况汇总表", columns, rows, under, f"{found.year}年", tuple(f"{one}：" for one in SIGNED[:3])
    )


def award_sheet(found: RoundFacts, lines: Sequence[MeetingLine]) -> Listing:
    """The list of awards as a spreadsheet."""
    columns = [
        ListColumn("等次", width=12), ListColumn("成果名称", width=36), ListColumn("完成人", width=26),
        ListColumn("单位", width=26), ListColumn("推荐渠道", width=22),
    ]  # fmt: skip
    rows = [
        (found.rules.award_name(one.award), one.title, "、".join(one.people), one.unit, one.channel)
        for one in _awarded(found, lines)
    ]
    return Listing(
        _list_name(found),
        columns,
        rows,
        found.document or f"{found.year}年",
        "",
        ("评审委员会主任：", "单位（盖章）："),
    )


def _list_name(found: RoundFacts) -> str:
    return f"{found.name}{'获奖' if found.stage is Stage.DECIDED else '拟奖'}名单"


def _awarded(found: RoundFacts, lines: Sequence[MeetingLine]) -> list[MeetingLine]:
    order = {one.code: place for place, one in enumerate(found.rules.awards)}
    return sorted((one for one in lines if one.award), key=lambda one: order[one.award])
