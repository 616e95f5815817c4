"""Innovation studios of the made-up province, through the writers that pages use.

Of last year's call two are named: one of nine people, and one whose year waits for its verdict. Under this year's call
the porcelain works has applied, and an aircraft works whose city has still to rank it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from foundation.base.clock import day_of
from foundation.people import workers
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.worker_facts import Given
from foundation.people.worker_tables import Worker
from foundation.process import notice_drafts, notices
from foundation.process.notice_tables import Notice
from foundation.work import two_person
from ganpo.demo.honourees import Honouree
from innovations import (
    studio_facts,
    studio_lists,
    studio_members,
    studio_naming,
    studio_results,
    studio_rising,
    studio_rounds,
    studio_years,
    studios,
)
from innovations.rules.studio_calls import Call, CallDraft
from innovations.rules.studio_form import Body, StudioDraft
from innovations.rules.studios import Standards

STANDARDS = Standards(results=1, upgraded=2, fund=20_000_00)
YEAR = {"trainings": "6", "upgraded": "2", "fund": "38000"}
SECOND = "shenhe"
TEXT = (
    "经申报、推荐和评议，拟命名以下创新工作室，现予公示。"
    "对公示对象有异议的，请在公示期内反映，单位署名盖章，个人署真实姓名。"
)
CONTACT = "赣鄱省总工会（演示）经济技术部，演示服务台"


@dataclass(frozen=True, slots=True)
class Told:
    """A studio as its unit tells of it; `people` are its members beside the leader."""

    unit: str
    city: str
    leader: str  # empty: a craftsman of the unit
    name: str
    founded: int  # years ago
    place: str
    topics: tuple[str, ...]
    rules: str
    people: tuple[str, ...]
    women: tuple[str, ...] = ()


DRILL = Told(
    "芯禾电路有限公司", "吉安市总工会", "肖亦禾", "肖亦禾创新工作室", 6, "三车间二楼，带一间小实验室",
    ("高多层板背钻残桩快速检测", "孔铜厚度不切片测量", "检测数据扫码入库"),
    "每周三碰头，一题一人牵头；试错记在墙上，谁都可以擦掉重写；经费由组长和会计两人签字。",
    ("周知夏", "欧阳静姝", "曾立夏", "肖舒窈", "欧阳采薇", "曾木生", "周书禾", "肖石磊"),
    ("周知夏", "欧阳静姝", "曾立夏", "肖舒窈", "欧阳采薇", "周书禾"),
)  # fmt: skip
STEEL = Told(
    "仰岭特钢有限公司", "新余市总工会", "傅远山", "傅远山焊接创新工作室", 8, "检修中心焊接实训区",
    ("转炉炉壳在线补焊", "轧机导卫快速对中"), "每月一次错焊会，只讲错在哪里；课题带到停机现场做。",
    ("黄铁成", "廖望川", "傅小满"), ("傅小满",),
)  # fmt: skip
NAMED = (DRILL, STEEL)
PORCELAIN = Told(
    "云窑艺术瓷厂", "景德镇市总工会", "冯砚秋", "冯砚秋分水创新工作室", 5, "彩绘车间东头",
    ("分水料水浓度的比色", "青花料恒温保存"), "试片一律编号入册；徒弟每月交一套三十六格色卡。", ("占素心", "汪小满"),
    ("占素心", "汪小满"),
)  # fmt: skip
AIRCRAFT = Told(
    "青岫航空部件制造有限公司", "南昌市总工会", "", "", 4, "部装车间工具间", ("薄壁蒙皮铆接防变形",),
    "夹具图纸统一编号，借用登记；每季度评一次最省力的夹具。", ("胡茂林", "万映荷"), ("万映荷",),
)  # fmt: skip


async def make_studios(
    found: Sequence[Honouree], ids: Mapping[str, int], units: Mapping[str, int], now: datetime, zone: ZoneInfo
) -> None:
    """Last year's call to its end, and a city's; this year's half way, with the city's studio going on to it."""
    by, clerk = ids["guanli"], ids["jingban"]
    leaders = {one.person.name: one.worker for one in found}
    day = now - timedelta(days=330)
    call = await _call(f"{day.year}年省级劳模工匠创新工作室命名", 30, by, day, zone)
    made = [await _apply(call, one, leaders[one.leader], units, by, day + timedelta(days=9), zone) for one in NAMED]
    for told, studio in zip(NAMED, made, strict=True):
        await _recommend(call, units[told.city], studio, by, day + timedelta(days=25))
    await _name(call, made, ids, day + timedelta(days=35), zone)
    one = await studios.by_id(made[1])
    year = one.named_on.year if one.named_on else day_of(now).year
    await studio_years.report(made[1], year, YEAR, by, now.astimezone(zone).date())

    day = now - timedelta(days=210)
    city = units[PORCELAIN.city]
    call = await _call(f"{day.year}年市级劳模工匠创新工作室命名", 30, by, day, zone, city)
    of_city = await _apply(call, PORCELAIN, leaders[PORCELAIN.leader], units, clerk, day + timedelta(days=9), zone)
    channel = (await studios.by_id(of_city)).channel_id or city
    await _recommend(call, channel, of_city, by, day + timedelta(days=25))
    await _name(call, [of_city], ids, day + timedelta(days=35), zone)

    day = now - timedelta(days=20)
    call = await _call(f"{day_of(now).year}年省级劳模工匠创新工作室命名（第二批）", 45, by, day, zone)
    number = await studio_rising.begin(call, of_city, clerk, day + timedelta(days=4))
    await studios.hand_in(number, 1, clerk, day + timedelta(days=4), zone)
    here = [one for one in found if one.person.unit.name == AIRCRAFT.unit]
    titled = [one for one in here if await studio_facts.titles(one.worker)]
    if titled:
        await _apply(call, AIRCRAFT, titled[0].worker, units, by, day + timedelta(days=6), zone)


async def _call(  # noqa: PLR0917 - a call is all of these
    name: str, days: int, by: int, day: datetime, zone: ZoneInfo, organisation: int = ROOT_ID
) -> int:
    """A call of the federation, or of a city, that takes applications for so many days."""
    until = (day + timedelta(days=days)).astimezone(zone).date()
    draft = CallDraft(name, day.year, until, Call(STANDARDS, each=2))
    number = await studio_rounds.create(draft, organisation, by, day)
    await studio_rounds.freeze(number, 1, by, day, zone)
    return number


async def _apply(  # noqa: PLR0917 - an application is all of these
    call: int, told: Told, leader: int, units: Mapping[str, int], by: int, day: datetime, zone: ZoneInfo
) -> int:
    unit = units[told.unit]
    row = await Worker.select(Worker.name).where(Worker.id == leader).first()
    name = told.name or f"{row['name'] if row else ''}创新工作室"
    founded = date(day.year - told.founded, 3, 1)
    studio = await studios.begin(call, name, leader, founded, unit, by, day)
    people = [await _person(one, unit, day, woman=one in told.women) for one in told.people]
    for number, worker in enumerate(people):
        since = date(min(founded.year + number // 3, day.year - 1), 3 + number % 6, 1)
        await studio_members.add(studio, worker, since, by, day)
    body = Body(told.place, 36_000_00, told.rules, told.topics, trainings=4, upgraded=3)
    offered = await studio_results.offered(studio, unit, [leader, *people])
    chosen = [one.id for one in offered if one.by_people]
    revision = (await studios.by_id(studio)).revision
    await studios.save(studio, StudioDraft(name, "C", founded, body), chosen, revision, by, day)
    await studios.hand_in(studio, revision + 1, by, day, zone)
    return studio


async def _person(name: str, unit: int, day: datetime, *, woman: bool) -> int:
    """The unit's worker of that name, whom the registry has already or not."""
    row = await Worker.select(Worker.id).where(Worker.unit == unit, Worker.name == name).first()
    if row is not None:
        return int(row["id"])
    given = Given(name, gender="female" if woman else "male", grade="senior", front_line=True)
    return (await workers.create(given, unit, "demo", day))[0]


async def _recommend(call: int, channel: int, studio: int, by: int, day: datetime) -> None:
    await studio_lists.rank(call, channel, [studio], by, day)
    await studio_lists.hand_in(call, channel, by, day)


async def _name(call: int, chosen: Sequence[int], ids: Mapping[str, int], day: datetime, zone: ZoneInfo) -> None:
    """Notice, and a document number by two people."""
    by, second, after = ids["guanli"], ids[SECOND], day + timedelta(days=20)
    await studio_rounds.close_lists(call, by)
    title = f"关于{(await studio_rounds.by_id(call)).name}拟命名名单的公示"
    address = await studio_naming.open_notice(
        call, chosen, title, TEXT, CONTACT, by, day, day.astimezone(zone).date()
    )  # fmt: skip
    row = await Notice.select(Notice.id).where(Notice.address == address).first()
    if row is None:
        raise LookupError(address)
    await notice_drafts.send(row["id"], by, day)
    await notice_drafts.approve(row["id"], second, day)
    await notices.open_notice(row["id"], by, day, zone)
    on = after.astimezone(zone).date()
    act = await studio_naming.ask_naming(
        call, f"演工发〔{on.year}〕7号", on, "公示期满无异议，按评议结果命名。", by, after, on
    )
    await two_person.confirm(act, second, after)
