"""What the made-up innovations bring: forecast, claimed, verified, each with its working, through the pages' writers.

The fourth is verified at less than was claimed; one waits for its second person, one is claimed, two are forecast. One
is rewarded under its unit's table.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from foundation.base.money import FEN
from foundation.files import stored
from foundation.files.limits import PAPER
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.organisation_tree import ROOT_PATH
from foundation.work import evidence, two_person
from ganpo.demo.innovation_drawings import draw
from ganpo.demo.innovation_texts import FOIL
from innovations import benefit_audits, benefit_evidence, benefit_verifying, benefits, innovation_rewards
from innovations.benefit_tables import DrawnBenefit
from innovations.innovation_tables import Innovation
from innovations.rules.benefits import Formula, Line

WIDTH = 480  # pixels of the drawn sheet
SINCE_LONG = "青花分水料水浓度比对色卡与恒温料槽"
REWARD = "800"  # yuan
REASON = "财务科按产量报表、领料单和工时记录逐行核对。"


@dataclass(frozen=True, slots=True)
class Brings:
    """`days` ago was the first day of benefit; the workings as far as they came. `asked`: not confirmed yet."""

    days: int
    forecast: tuple[Line, ...] = ()
    claimed: tuple[Line, ...] = ()
    verified: tuple[Line, ...] = ()
    asked: bool = False


def _hours(what: str, before: int, after: int, price: int, output: int) -> Line:
    return Line(Formula.HOURS, what, before, after, price, output)


def _material(what: str, before: int, after: int, price: int, output: int) -> Line:
    return Line(Formula.MATERIAL, what, before, after, price, output)


def _gain(what: str, yuan: int) -> Line:
    return Line(Formula.GAIN, what, amount=yuan * FEN)


def _cost(what: str, yuan: int) -> Line:
    return Line(Formula.COST, what, amount=yuan * FEN)


COLOURS = (_hours("彩绘调料与返工工时", 1_200, 950, 32_50, 36_000), _cost("色卡烧制、料槽十一套", 18_500))
WATER = (
    _material("洗药烧热水用气（立方米/锅）", 1_900, 850, 3_35, 9_200), _gain("少用自来水", 4_139),
    _cost("保温罐、滤网与管路", 8_500),
)  # fmt: skip

BRINGS: Mapping[str, Brings] = {
    FOIL: Brings(
        410,
        forecast=(_gain("少断带、少废箔", 1_560_000), _cost("摆辊与控制器八套", 60_000)),
        claimed=(
            _material("吨箔废料（吨）", 32, 18, 61_500_00, 1_400), _hours("收卷看护工时", 900, 600, 36_80, 12_500),
            _cost("摆辊与控制器八套", 57_400),
        ),
        verified=(
            _material("吨箔废料（吨）", 32, 18, 61_500_00, 1_060), _hours("收卷看护工时", 900, 600, 36_80, 10_800),
            _cost("摆辊与控制器八套（按入账）", 57_692),
        ),
    ),
    SINCE_LONG: Brings(760, claimed=COLOURS, verified=COLOURS),
    "高多层电路板背钻残桩快速检测治具": Brings(
        700,
        forecast=(_gain("少切片报废", 400_000),),
        claimed=(
            _material("每批切片报废（块）", 1_060, 1_012, 860_00, 9_500), _hours("检测工时", 500, 20, 41_00, 2_400),
            _cost("治具十四套", 21_392),
        ),
        verified=(
            _material("每批切片报废（块）", 1_060, 1_012, 860_00, 9_000), _hours("检测工时", 500, 20, 41_00, 2_400),
            _cost("治具十四套（按入账）", 20_252),
        ),
    ),
    "中药蒸制锅冷凝水回收利用": Brings(700, claimed=WATER, verified=WATER, asked=True),
    "榫卯构件五轴加工定位治具": Brings(
        300, claimed=(_hours("锉修工时", 660, 60, 38_00, 8_500), _cost("治具与量具", 7_800))
    ),
    "轧机导卫快速对中工装": Brings(600, forecast=(_gain("换辊少停机", 320_000), _cost("样棒与偏心套", 16_000))),
    "隧道窑冷却带余热烘坯改造": Brings(
        200, forecast=(_material("烘坯燃气（立方米/窑车）", 21_000, 6_000, 3_35, 5_200), _cost("风管、风阀", 41_300))
    ),
}  # fmt: skip


async def make_benefits(ids: Mapping[str, int], made: Mapping[str, int], now: datetime, zone: ZoneInfo) -> None:
    """Each as far as it came; `made` are innovations by title."""
    sheet = await asyncio.to_thread(draw, "drill3", WIDTH)
    for title, told in BRINGS.items():
        number = made[title]
        first = (now - timedelta(days=told.days)).astimezone(zone).date()
        by = ids["jingban"] if title.startswith(("青花", "隧道窑")) else ids["guanli"]
        if told.forecast:
            await benefits.forecast(number, first, told.forecast, await _revision(number), by, now)
        if told.claimed:
            await benefits.claim(number, first, told.claimed, await _revision(number), by, now)
            file = await stored.keep("效益核算表.jpg", sheet, by, now, kinds=PAPER.kinds)
            await benefit_evidence.add(number, file, "产量、消耗、工时核算表（演示）", by)
        if told.verified:
            today = now.astimezone(zone).date()
            act = await benefit_verifying.ask(
                number, told.verified, REASON, await _revision(number), ids["zuzhi"], now, today
            )
            if not told.asked:
                asked = await two_person.by_id(act)
                if asked is not None:
                    await evidence.opened(asked, ids["shenhe"])
                await two_person.confirm(act, ids["shenhe"], now)
    row = await Innovation.select(Innovation.revision).where(Innovation.id == made[SINCE_LONG]).first()
    revision = row["revision"] if row else 0
    await innovation_rewards.award(made[SINCE_LONG], {"amount": REWARD}, revision, ids["jingban"], now, zone)


async def make_audit(by: int, now: datetime, zone: ZoneInfo) -> None:
    """The federation draws a sample; what was verified first is looked into and upheld."""
    days = BRINGS[SINCE_LONG].days
    year = (now - timedelta(days=days)).astimezone(zone).year
    draw_id = await benefit_audits.draw(ROOT_ID, ROOT_PATH, year, 3, by, now)
    row = (
        await DrawnBenefit.select(DrawnBenefit.id)
        .where(DrawnBenefit.draw == draw_id, DrawnBenefit.benefit.innovation.title == SINCE_LONG)  # type: ignore[union-attr]
        .first()
    )
    if row is not None:
        await benefit_audits.decide(draw_id, row["id"], "upheld", "原始记录齐全，抽三窑复核相符。", by, now)


async def _revision(number: int) -> int:
    found = await benefits.of(number)
    return found.revision if found else 0
