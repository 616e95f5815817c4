"""What is printed of an innovation's reward: the list on which its people sign for what they get.

Pure of pages and files; the words printed are Chinese, for it is a paper of a Chinese office.
"""

from datetime import datetime

from foundation.base.money import yuan
from foundation.papers.documents import Align, Column, Document, Paragraph, Sheet, SignLines, Table, Title
from innovations.innovation_reads import InnovationFacts
from innovations.proposal_facts import RewardFacts
from innovations.proposal_papers import BLANK

NAME = "技术革新成果奖励发放表"


def signature_list(one: InnovationFacts, reward: RewardFacts, at: datetime) -> Document:
    """奖励发放表: a line for each of its people with room for a signature, the sum at the foot."""
    columns = (
        Column("序号", 5), Column("姓名", 12), Column("分配比例", 10), Column("金额（元）", 14, Align.RIGHT),
        Column("领取人签字", 22), Column("领取日期", 17),
    )  # fmt: skip
    rows = tuple(
        (str(number), share.name, f"{share.share}%", yuan(share.amount), "", "")
        for number, share in enumerate(reward.shares, 1)
    )
    blank = ("", BLANK, *("" for _ in columns[2:]))
    day = reward.rule_day
    return Document.of(
        NAME,
        Title(NAME, f"{one.organisation}　{day.year}年{day.month}月{day.day}日"),
        Paragraph(f"成果：{one.said.title}（{one.address}）", Align.LEFT, indented=False, size=12),
        Paragraph(f"等级：{reward.tier}　奖励金额：{yuan(reward.amount)}元", Align.LEFT, indented=False, size=12),
        Table(columns, (*rows, blank), row_height=9, size=11),
        Paragraph(f"合计：{len(rows)}人，{yuan(reward.amount)}元。", Align.LEFT, indented=False, size=12),
        SignLines(("制表", "财务审核", "批准", "监督"), size=12),
        printed_at=at,
        sheet=Sheet.A4_LANDSCAPE,
    )
