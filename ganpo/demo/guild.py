"""Who teaches whom in the made-up province, and where its craftsmen speak. Through the writers that pages use."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from craftsmen import apprenticeships, talks
from craftsmen.rules.apprenticeships import Agreement
from craftsmen.rules.talks import Kind, TalkDraft
from foundation.base.clock import day_of
from foundation.people import consents, workers
from foundation.people.worker_facts import Given
from ganpo.demo.honourees import Honouree
from ganpo.demo.people import WOMEN
from ganpo.demo.works import SEED

SPEAKERS = ("冯砚秋", "傅远山", "曾榕生", "聂长根", "聂长根", "肖亦禾")
TALKS = (  # days from now, kind, topic, place, host, expected, held before so many
    (-400, Kind.CAMPUS, "一千四百片试片", "实训楼报告厅", "岫川机电技工学校", 300, 326),
    (-310, Kind.ENTERPRISE, "错焊本里的二十四年", "检修车间", "赤岭铸造有限公司", 80, 74),
    (-220, Kind.COMMUNITY, "周六木工坊", "社区文化站", "榕溪社区", 60, 58),
    (-150, Kind.ONLINE, "听一锅药", "“工匠讲堂”直播间", "赣鄱省总工会（演示）", 5000, 18420),
    (-90, Kind.VILLAGE, "耳朵会老，怎么办", "镇文化礼堂", "樟溪镇", 120, 135),
    (-40, Kind.OFFICE, "一根针与一只百分表", "机关礼堂", "云岫县机关工会", 150, 142),
    (9, Kind.CAMPUS, "手上的分寸", "多功能厅", "青岫航空技工学校", 200, None),
    (16, Kind.ENTERPRISE, "量三遍，再下手", "培训中心", "云窑艺术瓷厂", 60, None),
)


async def make_guild(  # noqa: PLR0917
    found: Sequence[Honouree], units: Mapping[str, int], ids: Mapping[str, int], by: int, now: datetime, zone: ZoneInfo
) -> None:
    """Agreements of the written-out five with their apprentices, some of these with their own; talks; bookings."""
    await _agreements(found, units, by, now)
    await _talks(found, units, ids, by, now, zone)


async def _agreements(found: Sequence[Honouree], units: Mapping[str, int], by: int, now: datetime) -> None:
    today, random = day_of(now), Random(f"{SEED}:guild")  # noqa: S311 - nothing secret
    actor = f"account:{by}"
    for one in found:
        if one.story is None:
            continue
        made: list[int] = []
        for number, name in enumerate(one.story.apprentices):
            woman = any(name.endswith(given) for given in WOMEN)
            given = Given(
                name, gender="female" if woman else "male", birth_date=date(today.year - 24 - number, 3 + number, 9),
                occupation=one.story.occupation, occupation_code=one.story.code, front_line=True,
            )  # fmt: skip
            worker, _ = await workers.create(given, units[one.person.unit.name], actor, now)
            made.append(worker)
            if number % 3 != 2:
                await consents.say_all(worker, {"name": True}, f"worker:{worker}", now)
            begun = today.year - 9 + number * 2
            days = (date(begun, 3, 1), date(begun + 3, 2, 28))
            agreement = Agreement(one.craft.occupation, "每周两个下午跟班，每季度独立完成一件，期满由车间评定。", *days)
            bound = await apprenticeships.create(one.worker, worker, agreement, actor, now, account=by)
            if days[1] < today:
                result = random.choice(("独立顶岗，取得高级工等级", "市级竞赛获奖，开始带徒", "能独立完成全部工序"))
                await apprenticeships.conclude(bound, "complete", result, 1, actor, now)
        if len(made) > 3:  # the first has one of the last as an apprentice of their own
            agreement = Agreement(one.craft.occupation, "", date(today.year - 1, 9, 1), today + timedelta(days=21))
            await apprenticeships.create(made[0], made[-1], agreement, actor, now, account=by)


async def _talks(  # noqa: PLR0917
    found: Sequence[Honouree], units: Mapping[str, int], ids: Mapping[str, int], by: int, now: datetime, zone: ZoneInfo
) -> None:
    nanchang = [one for one in found if one.person.unit.city == "南昌" and one.edition > 4]
    by_name = {one.person.name: one for one in found}
    clerk = ids["jingban"]
    for number, (days, kind, topic, place, host, expected, audience) in enumerate(TALKS):
        begins = (now.astimezone(zone) + timedelta(days=days)).replace(hour=14, minute=30, second=0, microsecond=0)
        draft = TalkDraft(
            kind, topic, place, host, begins, begins + timedelta(hours=1, minutes=30), expected, "演示联系人"
        )
        speaker = by_name[SPEAKERS[number]] if audience else nanchang[number % len(nanchang)]
        asked = min(now, begins - timedelta(days=20))
        talk = await talks.ask(speaker.worker, draft, units["云窑艺术瓷厂"], host, clerk, asked)
        if audience:
            await talks.agree(talk, 1, f"account:{by}", asked + timedelta(days=2))
            await talks.hold(talk, audience, 2, f"account:{clerk}", begins + timedelta(days=1))
    begins = (now.astimezone(zone) - timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)
    last = TalkDraft(
        Kind.CAMPUS,
        "一个榫头推到底",
        "图书馆",
        "景德镇演示学院",
        begins,
        begins + timedelta(hours=2),
        100,
        "演示联系人",
    )
    asked = begins - timedelta(days=20)
    talk = await talks.ask(by_name["曾榕生"].worker, last, units["云窑艺术瓷厂"], "景德镇演示学院", clerk, asked)
    await talks.agree(talk, 1, f"account:{by}", asked + timedelta(days=1))
