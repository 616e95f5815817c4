"""What is printed of proposals: poster, summary table, notice, bonus list, the paragraph for the workers' congress.

Pure of pages and files; the words printed are Chinese, for these are papers of Chinese offices. Every figure has its
unit, and claimed benefit never stands in a sum with verified.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.base.money import wan, yuan
from foundation.papers.documents import (
    Align,
    Column,
    Document,
    Heading,
    Paragraph,
    Sheet,
    SignLines,
    Table,
    Title,
)
from foundation.papers.posters import Poster
from innovations.proposal_doors import Door
from innovations.proposal_facts import OutcomeFacts, ProposalFacts, RewardFacts
from innovations.rules.figures import Figures
from innovations.rules.outcomes import UNSTATED

NAME = "职工合理化建议"
BLANK = "以下空白"


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal with what became of it, and the Chinese words for where it stands."""

    one: ProposalFacts
    stage: str
    kind: str
    outcome: OutcomeFacts | None = None
    reward: RewardFacts | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Of whom and of which days a paper speaks; `below`: of units below this one too."""

    unit: str
    first: date
    last: date
    below: bool = False

    @property
    def words(self) -> str:
        return f"{_day(self.first)}至{_day(self.last)}"


def poster(door: Door, public_url: str, code: str) -> Poster:
    """扫码提建议: hangs in the workshop; `public_url` is where the registry is reached from there."""
    return Poster(
        heading="扫码提建议",
        under=door.place or "岗位上的每一个好主意，都有回音",
        address=f"{public_url}{door.address}",
        code=code,
        typed_at=f"或在 {public_url.partition('//')[2]}/proposals 输入以上编码",
        steps=(
            "扫码，写下哪里不好、怎么改，可拍照片",
            "提交后保存回执，凭它随时看进展",
            "单位限期答复；未采纳的，说明理由",
            "采纳实施的，按奖励办法给予奖励",
        ),
        notes=(
            "工资福利、安全隐患、投诉类事项也可以写：不会石沉大海，按规定转有关部门办理。职工维权热线 12351。",
            "请勿写入国家秘密、工作秘密和他人隐私。",
        ),
        owner=f"{door.organisation}工会" if not door.organisation.endswith("工会") else door.organisation,
    )


def summary(period: Period, lines: Sequence[Line], figures: Figures, at: datetime) -> Document:
    """合理化建议汇总表, A4 landscape."""
    columns = (
        Column("序号", 4), *_unit_column(period), Column("建议题目", 15, Align.LEFT), Column("提出人", 7),
        Column("车间班组", 8), Column("类别", 8), Column("提出日期", 8), Column("处理结果", 8),
        Column("申报效益（万元）", 7, Align.RIGHT), Column("核定效益（万元）", 7, Align.RIGHT),
        Column("奖励（元）", 6, Align.RIGHT),
    )  # fmt: skip
    rows = tuple(_summary_row(period, number, line) for number, line in enumerate(lines, 1))
    return Document.of(
        f"{NAME}汇总表",
        Title(f"{NAME}汇总表", f"{period.unit}　{period.words}"),
        Table(columns, (*rows, _blank(columns)), size=10),
        Paragraph(_totals(figures), Align.LEFT, indented=False, size=12),
        SignLines(("制表", "审核", "单位工会（盖章）"), size=12),
        printed_at=at,
        sheet=Sheet.A4_LANDSCAPE,
    )


def bonus_list(period: Period, lines: Sequence[Line], at: datetime) -> Document:
    """奖励发放表: a line for each recipient with room for a signature, the sum at the foot."""
    columns = (
        Column("序号", 4), Column("姓名", 8), Column("车间班组", 9), Column("建议题目", 16, Align.LEFT),
        Column("等级", 6), Column("奖励日期", 8), Column("分配比例", 6), Column("金额（元）", 8, Align.RIGHT),
        Column("领取人签字", 11), Column("领取日期", 9),
    )  # fmt: skip
    awarded = [(line.one, line.reward) for line in lines if line.reward is not None]
    paid = [(one, reward, share) for one, reward in awarded for share in reward.shares]
    rows = tuple(
        (
            str(number), share.name, one.place, one.title, reward.tier, f"{reward.rule_day:%Y-%m-%d}",
            f"{share.share}%", yuan(share.amount), "", "",
        )
        for number, (one, reward, share) in enumerate(paid, 1)
    )  # fmt: skip
    total = sum(reward.amount for _, reward in awarded)
    return Document.of(
        f"{NAME}奖励发放表",
        Title(f"{NAME}奖励发放表", f"{period.unit}　{period.words}"),
        Table(columns, (*rows, _blank(columns)), row_height=9, size=10),
        Paragraph(f"合计：{len(awarded)}件，{len(rows)}人次，{yuan(total)}元。", Align.LEFT, indented=False, size=12),
        SignLines(("制表", "财务审核", "批准", "监督"), size=12),
        printed_at=at,
        sheet=Sheet.A4_LANDSCAPE,
    )


def notice(period: Period, lines: Sequence[Line], figures: Figures, at: datetime) -> Document:
    """采纳情况通报: what was adopted, by whom, and what became of it; to be hung up or sent."""
    columns = (
        Column("序号", 4), *_unit_column(period), Column("建议题目", 18, Align.LEFT), Column("提出人", 10),
        Column("车间班组", 10), Column("处理结果", 9),
    )  # fmt: skip
    adopted = [line for line in lines if line.one.adopted_at is not None]
    rows = tuple(
        (str(number), *_unit_of(period, line), line.one.title, _who(line.one), line.one.place, line.stage)
        for number, line in enumerate(adopted, 1)
    )
    return Document.of(
        f"{NAME}采纳情况通报",
        Title(f"关于{NAME}采纳情况的通报", period.words),
        Paragraph(congress_paragraph(period, figures)),
        Paragraph("现将采纳的建议通报如下。感谢提出建议的职工，也请大家继续把岗位上的好主意写下来。"),
        Heading("采纳的建议", 2),
        Table(columns, (*rows, _blank(columns)), size=12),
        Paragraph(f"{period.unit}\n{_day(period.last)}", Align.RIGHT, indented=False),
        printed_at=at,
    )


def congress_paragraph(period: Period, found: Figures) -> str:
    """The paragraph for the report to the workers' congress: 件, 人, 万元, 元, each said; what was received sums up."""
    whose = "所属各单位" if period.below else "本单位"
    parts = [f"{period.words}，{whose}收到{NAME}{found.handed_in}件（提出人{found.people}人）"]
    parts.append(f"采纳{found.adopted}件，其中已实施{found.done}件")
    if found.not_adopted:
        parts.append(f"暂未采纳{found.not_adopted}件，均已说明理由")
    if found.passed_on:
        parts.append(f"转有关部门办理{found.passed_on}件")
    if found.not_accepted:
        parts.append(f"按规定不予受理{found.not_accepted}件，均已说明依据")
    if found.waiting:
        parts.append(f"正在办理{found.waiting}件")
    sentences = ["，".join(parts) + "。"]
    if found.verified_count:
        sentences.append(f"经核定的年效益{wan(found.verified)}万元（{found.verified_count}件）。")
    if found.claimed_count:
        sentences.append(f"另有申报效益{wan(found.claimed)}万元（{found.claimed_count}件）待核定，未计入上数。")
    if found.uncounted:
        sentences.append(f"安全、质量等不计算效益的{found.uncounted}件。")
    if found.rewarded:
        sentences.append(f"奖励{found.rewarded}件，奖金{yuan(found.rewards)}元。")
    return "".join(sentences)


def _unit_column(period: Period) -> tuple[Column, ...]:
    """Whose proposal it is stands in a column where it is not plain from whose paper it is."""
    return (Column("单位", 10, Align.LEFT),) if period.below else ()


def _unit_of(period: Period, line: Line) -> tuple[str, ...]:
    return (line.one.organisation,) if period.below else ()


def _summary_row(period: Period, number: int, line: Line) -> tuple[str, ...]:
    one, outcome = line.one, line.outcome
    claimed = verified = ""
    if outcome is not None and outcome.uncounted:
        claimed = verified = "未填" if outcome.uncounted == UNSTATED else "不计算"
    elif outcome is not None:
        claimed = wan(outcome.claimed) if outcome.claimed is not None else ""
        verified = wan(outcome.verified) if outcome.verified is not None else ""
    return (
        str(number), *_unit_of(period, line), one.title, _who(one), one.place, line.kind,
        f"{one.handed_in_at:%Y-%m-%d}" if one.handed_in_at else "", line.stage, claimed, verified,
        yuan(line.reward.amount) if line.reward else "",
    )  # fmt: skip


def _totals(found: Figures) -> str:
    return (
        f"合计：{found.handed_in}件，采纳{found.adopted}件，已实施{found.done}件；核定效益{wan(found.verified)}万元"
        f"（{found.verified_count}件），待核定的申报效益{wan(found.claimed)}万元（{found.claimed_count}件）；"
        f"奖励{found.rewarded}件、{yuan(found.rewards)}元。"
    )


def _who(one: ProposalFacts) -> str:
    return f"{one.name}、{one.others}" if one.others else one.name


def _blank(columns: Sequence[Column]) -> tuple[str, ...]:
    return ("", BLANK, *("" for _ in columns[2:]))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
