"""Papers of a made-up round: an approval form, a checklist, a meeting book."""

from datetime import datetime, timedelta, timezone

from foundation.papers.documents import (
    Align,
    Block,
    Checklist,
    Column,
    Field,
    FieldTable,
    Item,
    Opinion,
    Paragraph,
    SignLines,
    Table,
    Title,
)
from foundation.papers.names import spaced_name

AT = datetime(2026, 5, 3, 14, 20, tzinfo=timezone(timedelta(hours=8)))
HOSTILE = '#import "@preview/x:1.0.0": * $x^2$ \\ \' *b* _i_ `r` <l> @ref // c /* x */ #{panic()} #sys.inputs [= h]'
NAMES = ("龚䶮", "饶㛃", "程𠮷")


def approval_form(name: str = "龚䶮", story: str = "他三十年守在窑火旁。") -> tuple[Block, ...]:
    """A form with its boxes for opinions."""
    return (
        Title("江西省“赣鄱工匠”推荐审批表", "(2026年度)"),
        FieldTable(
            (
                (Field("姓　　名", spaced_name(name)), Field("性　　别", "女")),
                (Field("民　　族", "畲族"), Field("出生年月", "1985年5月")),
                (Field("工作单位", "景德镇陶瓷股份有限公司", 2),),
                (Field("主要事迹", story, 2, 60, Align.JUSTIFIED),),
            ),
            pairs=2,
            beside=2,
        ),
        Opinion("所在单位\n工会意见", "经公示无异议,同意推荐。"),
        Opinion("省总工会\n意　　见", signs=("审核人", "负责人签字")),
    )


def checklist() -> tuple[Block, ...]:
    return (
        Title("推荐材料清单"),
        Checklist((Item("推荐审批表", True), Item("事迹材料", False, "缺公章"), Item("无犯罪记录证明"))),
    )


def summary(count: int) -> tuple[Block, ...]:
    """The summary table of a meeting book."""
    columns = (Column("序号"), Column("姓名", 2), Column("单位", 5, Align.LEFT), Column("备注", 2))
    rows = tuple((str(number), spaced_name("程𠮷"), "九江石化", "") for number in range(1, count + 1))
    return (Title("候选人汇总表"), Table(columns, rows, row_height=9))


def voting_slip() -> tuple[Block, ...]:
    """One slip, to be cut out."""
    columns = (Column("姓名", 2), Column("同意"), Column("不同意"), Column("弃权"))
    return (
        Paragraph("表决票", Align.CENTRE, indented=False),
        Table(columns, tuple((spaced_name(name), "□", "□", "□") for name in NAMES)),
    )


def sign_in_sheet(people: int) -> tuple[Block, ...]:
    """Who was at the meeting, signed by hand."""
    columns = (Column("序号"), Column("姓名", 2), Column("单位及职务", 4, Align.LEFT), Column("签到", 3))
    rows = tuple((str(number), "", "", "") for number in range(1, people + 1))
    return (Title("评审会签到表"), Table(columns, rows, row_height=11), SignLines(("监票人", "计票人")))
