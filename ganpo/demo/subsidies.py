"""Rounds of subsidies in the made-up province, through the writers that pages use.

Last year's is paid, reported and partly settled; one takes applications, among them one for what was paid for before;
one is allocated and waits for its second person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from foundation.base.clock import day_of
from foundation.base.money import FEN
from foundation.base.problem import Refused
from foundation.files import stored
from foundation.people.organisation_tables import ROOT_ID
from foundation.process import calendar, notice_drafts, notices
from foundation.process.notice_tables import Notice
from foundation.work import evidence, two_person
from ganpo.demo.cast import CLERK, OFFICER, REVIEWER
from ganpo.demo.selection import PDF
from innovations import (
    subsidies,
    subsidy_allocating,
    subsidy_applications,
    subsidy_notices,
    subsidy_paying,
    subsidy_ranking,
    subsidy_reports,
)
from innovations.rules.payments import Kind, Movement
from innovations.rules.subsidy_forms import Asked, PlanLine, RoundDraft
from innovations.rules.subsidy_terms import Method, Terms
from innovations.subsidy_tables import SubsidyRound

WAN = 10_000 * FEN
CARD, JOINT, DRILL, GUIDE, POT = (
    "青花分水料水浓度比对色卡与恒温料槽", "榫卯构件五轴加工定位治具", "高多层电路板背钻残桩快速检测治具",
    "轧机导卫快速对中工装", "中药蒸制锅冷凝水回收利用",
)  # fmt: skip
FOIL, WHEEL, KILN, FUSE = (
    "极薄铜箔收卷张力自适应控制", "硬质合金刀片磨削砂轮在线修整装置", "锂云母焙烧窑结圈在线清理装置",
    "跌落式熔断器带电更换绝缘操作杆",
)  # fmt: skip
TERMS = Terms(
    budget=20 * WAN, item=6 * WAN, unit=8 * WAN, city=10 * WAN, cost_share=500_000, least=WAN, method=Method.IN_ORDER
)
TEXT = "按照补助办法，经申报、审核、排序和测算，现将拟补助项目和金额予以公示。有异议的，请在公示期内反映。"
CONTACT = "省总工会经济技术部（演示）0791-00000000"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a unit asks for an innovation: purpose, plan in yuan, cost as a whole in yuan."""

    title: str
    purpose: str
    plan: tuple[tuple[str, int], ...]
    cost: int

    @property
    def asked(self) -> Asked:
        lines = tuple(PlanLine(what, yuan * FEN) for what, yuan in self.plan)
        return Asked(self.cost * FEN, self.purpose, lines)


LAST_YEAR = (
    Wish(CARD, "再烧三套色卡，给两个县的兄弟厂用", (("试片烧制", 18_000), ("恒温料槽六只", 30_000)), 110_000),
    Wish(JOINT, "补偿表扩到五种本地木料", (("含水率试验", 22_000), ("治具加工", 26_000)), 130_000),
    Wish(DRILL, "测头定型，做三十套", (("测头与底座", 45_000), ("对比试验", 20_000)), 150_000),
    Wish(GUIDE, "样棒推广到两条线材线", (("样棒加工", 40_000),), 90_000),
)
THIS_YEAR = (
    Wish(JOINT, "榫规做成教具，进三所职校", (("教具二十套", 36_000), ("教案与拍摄", 12_000)), 100_000),
    Wish(POT, "管路改造延伸到另两个工段", (("保温管路", 32_000), ("滤网与旁路", 9_000)), 98_000),
)
SPECIAL = (
    Wish(FOIL, "三条新线加装摆辊与预警", (("摆辊机构", 52_000), ("传感与控制", 38_000)), 240_000),
    Wish(WHEEL, "修整装置定型试制", (("金刚石滚轮", 30_000), ("功率采集", 16_000)), 95_000),
    Wish(KILN, "水冷刮杆长周期试验", (("刮杆备件", 60_000), ("温度扫描", 24_000)), 180_000),
    Wish(FUSE, "绝缘试验与小批试制", (("绝缘试验", 15_000), ("夹具二十套", 21_000)), 60_000),
)


async def make_subsidies(ids: Mapping[str, int], innovations: Mapping[str, int], now: datetime, zone: ZoneInfo) -> None:
    """All three; `innovations` are ids by title."""
    told = _Told(ids[OFFICER.sign_in], ids[REVIEWER.sign_in], ids[CLERK.sign_in], innovations, zone)
    await told.last_year(now)
    await told.this_year(now)
    await told.special(now)


@dataclass(frozen=True, slots=True)
class _Told:
    """Who runs the rounds, who confirms, and who writes for the works."""

    by: int
    second: int
    clerk: int
    innovations: Mapping[str, int]
    zone: ZoneInfo

    async def last_year(self, now: datetime) -> None:
        """Granted a good while ago: one settled, one reported, one paid in part, one not paid yet."""
        day = now - timedelta(days=350)
        number = await self._round(f"{day.year}年度职工创新补助资金（演示）", TERMS, day, 30)
        made = [await self._handed_in(number, wish, day + timedelta(days=4)) for wish in LAST_YEAR]
        await self._ranked(number, made)
        await self._approved(number, day + timedelta(days=36))
        opened = await self._noticed(number, day + timedelta(days=38))
        await subsidy_allocating.grant(number, f"赣工发〔{opened.year}〕演示9号", self.by, opened + timedelta(days=20))
        for place, shares in enumerate(((60, 40), (60, 40), (60,))):
            await self._paid(made[place], shares, opened + timedelta(days=30))
        await self._reported(made[0], now - timedelta(days=40), settle=True)
        await self._reported(made[1], now - timedelta(days=9), settle=False)

    async def this_year(self, now: datetime) -> None:
        """Open: two handed in, of which one was paid for before, and one that the works is writing."""
        day = now - timedelta(days=20)
        number = await self._round(
            f"{day_of(now).year}年度职工创新补助资金（演示）", replace(TERMS, budget=26 * WAN), day, 50
        )
        for wish in THIS_YEAR:
            await self._handed_in(number, wish, day + timedelta(days=6))
        draft = await subsidy_applications.begin(number, self.innovations[CARD], self.clerk, day)
        said = Asked(0, "色卡册印成工友随身带的小册，另做盲文与触感版试样。", (PlanLine("印制五百册", 14_000 * FEN),))
        await subsidy_applications.save(draft, said, 1, self.clerk)

    async def special(self, now: datetime) -> None:
        """Closed, ranked and allocated: somebody else must approve it. One amount was decided by hand."""
        day = now - timedelta(days=40)
        terms = Terms(
            budget=15 * WAN, item=6 * WAN, unit=6 * WAN, city=6 * WAN, cost_share=600_000, least=WAN,
            method=Method.IN_PROPORTION, who="职工不足300人的小微企业。", bars=("funded", "unreported", "disputed"),
        )  # fmt: skip
        number = await self._round(f"{day_of(now).year}年小微企业职工创新专项补助（演示）", terms, day, 20)
        made = [await self._handed_in(number, wish, day + timedelta(days=3)) for wish in SPECIAL]
        await self._ranked(number, made)
        one = await subsidy_applications.by_id(made[3])
        await subsidy_ranking.pin(one.id, 3 * WAN, "评审会议定：只补绝缘试验和首批试制。", one.revision, self.by)
        tried = await subsidy_allocating.propose(number, self.by, now - timedelta(days=2))
        reason = "评审会排序，测算结果已逐项核对。"
        await subsidy_allocating.ask_approval(number, tried, reason, self.by, now - timedelta(days=2))

    async def _round(self, name: str, terms: Terms, day: datetime, days: int) -> int:
        until = (day + timedelta(days=days)).astimezone(self.zone).date()
        draft = RoundDraft(name, day.astimezone(self.zone).year, until, terms, (60, 40))
        address = await subsidies.create(draft, ROOT_ID, self.by, day)
        row = await SubsidyRound.select(SubsidyRound.id).where(SubsidyRound.address == address).first()
        if row is None:
            raise LookupError(address)
        await subsidies.freeze(row["id"], 1, self.by, day, self.zone)
        return int(row["id"])

    async def _handed_in(self, number: int, wish: Wish, day: datetime) -> int:
        made = await subsidy_applications.begin(number, self.innovations[wish.title], self.clerk, day)
        await subsidy_applications.save(made, wish.asked, 1, self.clerk)
        await subsidy_applications.hand_in(made, 2, self.clerk, day, self.zone)
        return made

    async def _ranked(self, number: int, made: list[int]) -> None:
        await subsidies.close_applications(number, self.by)
        for each in made:
            one = await subsidy_applications.by_id(each)
            await subsidy_ranking.check(each, [], one.revision, self.by)
        await subsidy_ranking.rank(number, made, self.by)

    async def _approved(self, number: int, day: datetime) -> None:
        tried = await subsidy_allocating.propose(number, self.by, day)
        act = await subsidy_allocating.ask_approval(number, tried, "评审会排序，测算结果已逐项核对。", self.by, day)
        await two_person.confirm(act, self.second, day + timedelta(hours=5))

    async def _noticed(self, number: int, day: datetime) -> datetime:
        """The notice is drafted, approved and opened; answers when."""
        found = await subsidies.by_id(number)
        address = await subsidy_notices.open_notice(
            number, f"{found.name}拟补助项目公示", TEXT, CONTACT, by=self.by, now=day
        )
        row = await Notice.select(Notice.id).where(Notice.address == address).first()
        notice = int(row["id"]) if row else 0
        await notice_drafts.send(notice, self.by, day)
        await notice_drafts.approve(notice, self.second, day)
        try:
            await notices.open_notice(notice, self.by, day, self.zone)
        except Refused:  # the calendar does not know that year: the federation enters it, as it would
            await calendar.enter_year(day.year, "演示", self.by, day)
            await notices.open_notice(notice, self.by, day, self.zone)
        return day

    async def _paid(self, application: int, shares: tuple[int, ...], day: datetime) -> None:
        """Instalments, each with its receipt, each confirmed by a second person."""
        plan = await subsidy_paying.plan(await subsidy_applications.by_id(application))
        for place in range(len(shares)):
            at = day + timedelta(days=90 * place)
            proof = await stored.keep("银行电子回单.pdf", PDF, self.by, at)
            on: date = at.astimezone(self.zone).date()
            move = Movement(Kind.PAID, plan[place])
            act = await subsidy_paying.ask(
                application, move, on, proof, "按下达文件拨付。", self.by, at + timedelta(days=1)
            )
            asked = await two_person.by_id(act)
            if asked is None:
                raise LookupError(act)
            await evidence.opened(asked, self.second)
            await two_person.confirm(act, self.second, at + timedelta(days=2))

    async def _reported(self, application: int, day: datetime, *, settle: bool) -> None:
        one = await subsidy_applications.by_id(application)
        spent = (await subsidy_paying.stands(one)).kept
        text = "款项按计划全部用完，票据齐全；做成的东西已在两家单位用起来，返工明显减少。"
        await subsidy_reports.hand_in(application, spent, text, one.revision, self.clerk, day)
        if settle:
            await subsidy_reports.settle(application, False, one.revision + 1, self.by, day + timedelta(days=12))
