"""What is printed of nominations: the approval form (推荐审批表) and the meeting book, as frozen documents.

Pure of pages and files; the words printed are Chinese, for these are papers of Chinese offices. Knows no database:
what is printed was loaded through what the person may see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_records import HonourLine
from craftsmen.nomination_rounds import RoundForNominations
from craftsmen.rules.facts import Role, UnitType
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.papers_printed import Form, asked_on, form_of
from craftsmen.rules.round_rules import MaterialRule
from craftsmen.standings import version, version_on
from foundation.papers.documents import (
    Align,
    Block,
    Column,
    Document,
    Field,
    FieldTable,
    Heading,
    Opinion,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Sheet,
    Slips,
    Table,
    Title,
)
from foundation.papers.names import spaced_name
from foundation.process.prints import short

ROLES = {
    Role.FRONT_LINE: "一线职工", Role.TECHNICAL: "其他一线和专业技术人员", Role.MANAGER: "管理人员",
    Role.ENTERPRISE_HEAD: "企业负责人", Role.CADRE: "机关事业单位干部",
}  # fmt: skip
UNIT_TYPES = {
    UnitType.STATE_ENTERPRISE: "国有及国有控股企业", UnitType.NON_PUBLIC: "非公有制企业",
    UnitType.INSTITUTION: "事业单位", UnitType.AUTHORITY: "机关、人民团体", UnitType.SOCIAL: "社会组织",
}  # fmt: skip
ASKING_HIGH, ASKING_LOW = (
    50,
    36,
)  # mm: a box of a form that asks other bodies; two of the high ones fit on its first page
OPINIONS_HIGH = 205  # mm: all opinions on one half of an A3, or one page
SLIP_ROWS = 16  # so many fit on one page of a voting slip with room for a pen; more stand closer
GENDERS = {"female": "女", "male": "男"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A nomination with what is printed beside it: the words of its worker's record, and its honours."""

    nomination: NominationFacts
    honours: tuple[HonourLine, ...] = ()
    politics: str = ""
    education: str = ""
    grade: str = ""
    portrait: Picture | None = None


def approval_form(found: RoundForNominations, one: Printed, at: datetime, sheet: Sheet) -> Document:
    """推荐审批表: on A4, or folded from one A3; a box for each that stamps it, the data version at its foot."""
    nomination = one.nomination
    who = ["所在单位\n意见(含职代会审议情况)", "单位公示\n情况", _opinion_of(nomination.channel), "省总工会\n意见"]
    if nomination.county_id is not None:
        who.insert(2, _opinion_of(nomination.county))
    boxes = [Opinion(title, height=OPINIONS_HIGH // len(who)) for title in who]
    first: list[Block] = [Title(f"{found.title}推荐审批表", found.name), _head(one)]
    second: list[Block] = [Heading("简要事迹"), *_paragraphs(nomination.draft.summary)]
    second += [Heading("主要成果"), *_lines([work.line for work in nomination.works])]
    second += [Heading("获得荣誉"), *_lines(_honours(one))]
    story: list[Block] = [Heading("事迹材料"), *_paragraphs(nomination.draft.story)]
    if sheet is Sheet.A4:
        blocks: list[Block] = [*first, *second, *boxes, PageBreak(), *story]
        return Document.of(f"{found.title}推荐审批表", *blocks, printed_at=at, version=short(version(nomination)))
    folded: list[Block] = [*first, *second, PageBreak(), *boxes]
    parts = (Part(tuple(folded), sheet), Part(tuple(story), Sheet.A4))
    return Document(f"{found.title}推荐审批表", parts, at, short(version(nomination)))


def paper(found: RoundForNominations, rule: MaterialRule, one: Printed, at: datetime, sheet: Sheet) -> Document:
    """What a paper of ours prints: the approval form, the story alone, or a form that asks other bodies."""
    form = form_of(rule)
    if form is Form.APPROVAL:
        return approval_form(found, one, at, sheet)
    name = f"{found.title}{rule.name}"
    blocks = _story(found, one) if form is Form.STORY else _asking(found, rule, one)
    foot = short(version_on(one.nomination, found.rules, rule))
    return Document.of(name, *blocks, printed_at=at, version=foot)


def _story(found: RoundForNominations, one: Printed) -> list[Block]:
    nomination = one.nomination
    under = f"{nomination.unit}  {spaced_name(nomination.name)}"
    return [Title(f"{found.title}推荐人选事迹材料", under), *_paragraphs(nomination.draft.story)]


def _asking(found: RoundForNominations, rule: MaterialRule, one: Printed) -> list[Block]:
    """征求意见表: who it is about, and a box for each body that is asked."""
    nomination = one.nomination
    asked = asked_on(rule, found.rules.materials, found.rules.opinions, nomination.facts)
    boxes = [Opinion(opinion.name, height=ASKING_HIGH if len(asked) < 3 else ASKING_LOW) for opinion in asked]
    head: list[Block] = [Title(rule.name, found.name), _head(one)]
    return [*head, Heading("简要事迹"), *_paragraphs(nomination.draft.summary), *boxes]


def meeting_book(found: RoundForNominations, all_of_them: Sequence[Printed], members: int, at: datetime) -> Document:
    """评审会议材料: the summary table, a page each, voting slips and the sign-in sheet for so many members."""
    parts = [
        Part((Title(f"{found.name}", "人选情况汇总表"), _summary(all_of_them)), Sheet.A3_LANDSCAPE),
        Part(tuple(block for one in all_of_them for block in _page(one))),
        Part((Slips(tuple(_slip(found, all_of_them) for _ in range(members)), 1, 240),)),
        Part((Title("评审会议签到表", found.name), _sign_in(members))),
    ]
    return Document(f"{found.name}评审会议材料", tuple(parts), at)


def _opinion_of(union: str) -> str:
    """The label of a union's box, broken where the name has a joint: 南昌市 / 总工会意见."""
    place = union.removesuffix("总工会")
    return f"{place}\n总工会意见" if place not in (union, "省", "") else f"{union}\n意见"


def _head(one: Printed) -> FieldTable:
    nomination, person = one.nomination, one.nomination.person
    if person is None:
        rows: tuple[tuple[Field, ...], ...] = (
            (Field("集体名称", nomination.name, span=2),),
            (Field("所在单位", nomination.unit), Field("单位性质", UNIT_TYPES[nomination.draft.unit_type])),
        )
        return FieldTable(rows)
    born = f"{person.birth_date.year}年{person.birth_date.month}月" if person.birth_date else ""
    return FieldTable(
        (
            (Field("姓名", spaced_name(person.name)), Field("性别", GENDERS.get(person.gender, ""))),
            (Field("民族", person.ethnicity), Field("出生年月", born)),
            (Field("政治面貌", one.politics), Field("文化程度", one.education)),
            (Field("工种(职业)", person.occupation), Field("技能等级", one.grade)),
            (Field("职称", person.title), Field("岗位类别", ROLES[nomination.draft.role])),
            (Field("单位性质", UNIT_TYPES[nomination.draft.unit_type]), Field("推荐渠道", nomination.channel)),
            (Field("所在单位", nomination.unit, span=2),),
        ),
        portrait=one.portrait,
        beside=4,
    )


def _page(one: Printed) -> list[Block]:
    """One A4 page a candidate."""
    nomination = one.nomination
    blocks: list[Block] = [Heading(f"{nomination.rank or ''} {spaced_name(nomination.name)}".strip()), _head(one)]
    blocks += [Paragraph(nomination.draft.summary, size=12)]
    blocks += [Paragraph(f"主要成果：{'；'.join(work.line for work in nomination.works) or '无'}", size=12)]
    blocks += [Paragraph(f"获得荣誉：{'；'.join(_honours(one)) or '无'}", size=12), PageBreak()]
    return blocks


def _summary(all_of_them: Sequence[Printed]) -> Table:
    columns = (
        Column("序号"), Column("姓名", 2), Column("性别"), Column("民族"), Column("单位及职务", 5, Align.LEFT),
        Column("推荐渠道", 3), Column("推荐顺序"), Column("岗位类别", 3), Column("单位性质", 3),
        Column("简要事迹", 9, Align.LEFT),
    )  # fmt: skip
    return Table(
        columns,
        tuple(
            (
                str(number),
                spaced_name(one.nomination.name),
                GENDERS.get(one.nomination.person.gender, "") if one.nomination.person else "集体",
                one.nomination.person.ethnicity if one.nomination.person else "",
                " ".join(filter(None, (one.nomination.unit, _occupation(one)))),
                one.nomination.channel,
                str(one.nomination.rank or ""),
                ROLES[one.nomination.draft.role],
                UNIT_TYPES[one.nomination.draft.unit_type],
                one.nomination.draft.summary,
            )
            for number, one in enumerate(all_of_them, 1)
        ),
        size=10,
    )


def _slip(found: RoundForNominations, all_of_them: Sequence[Printed]) -> tuple[Block, ...]:
    """A ballot paper: no name of a member, no number."""
    names = tuple(
        (str(number), spaced_name(one.nomination.name), "", "", "") for number, one in enumerate(all_of_them, 1)
    )
    columns = (Column("序号"), Column("人选", 3), Column("赞成"), Column("反对"), Column("弃权"))
    return (
        Title("表决票", found.name),
        Table(columns, names, size=12, row_height=10 if len(names) <= SLIP_ROWS else 0),
        Paragraph(f"每名人选在一栏内画“○”。赞成不超过{found.rules.confer}名，超过的整张无效。", size=12),
    )


def _sign_in(members: int) -> Table:
    columns = (Column("序号"), Column("姓名", 2), Column("单位", 4), Column("签字", 3))
    return Table(columns, tuple((str(number), "", "", "") for number in range(1, members + 1)), row_height=10)


def _honours(one: Printed) -> list[str]:
    chosen = set(one.nomination.draft.honours)
    known = [f"{honour.year}年 {honour.title}({honour.body})" for honour in one.honours if honour.id in chosen]
    return [*known, *one.nomination.draft.stated]


def _occupation(one: Printed) -> str:
    return one.nomination.person.occupation if one.nomination.person else ""


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()] or [Paragraph("")]


def _lines(lines: Sequence[str]) -> list[Block]:
    return [Paragraph(line) for line in lines] or [Paragraph("无")]


BOOK_STAGES = (Stage.PROVINCE, Stage.PANEL)
