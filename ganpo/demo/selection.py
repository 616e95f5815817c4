"""The eighth round of the made-up province: open this year by the preset's rules, with nominations on their way.

Each goes as far as the people of the cast took it, so that clerk, county, city and province find something to do.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from craftsmen import materials, nomination_reads, nominations, round_drafts, rounds, scanning, steps, titles
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.eligibility import Answer
from craftsmen.rules.nomination_form import Work
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.round_draft import RoundDraft
from craftsmen.rules.round_rules import RoundRules, canonical, rules_hash
from foundation.base.calendar import DayTable, is_working, working_days
from foundation.base.problem import Problem
from foundation.people import workers
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.worker_facts import Given
from foundation.process.calendar import day_table
from foundation.store.transactions import transaction
from ganpo.demo.cast import CITY_OFFICER, CLERK, COUNTY_OFFICER, OFFICER
from ganpo.demo.union import SMALL

EDITION = 8
NOTICE = (timedelta(days=20), timedelta(days=8))  # how long ago the notice on the wall began and ended
USED = 4  # of the workers who are known: those who are nominated in it
KILN = "云窑艺术瓷厂"
SUMMARY = "把班里返工最多的一道工序记成三栏，找出规律，改一件工具，返工减半；一页纸操作法换了十一版，人人可改。"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
STORY = (
    "进厂第一年，跟着师傅认料、认火、认工具。师傅话少，做一遍，看一遍，再做一遍。"
    "第三年起独立上岗，班里返工最多的一道工序交到手上，用半年时间把每一次返工的原因记下来，"
    "按时间、料批、天气分成三栏，找出两条规律，改了一件工具，返工少了一半。"
    "后来开始带徒弟，把记下来的东西整理成一页纸，贴在工位上，谁都可以改，改的人签上名字。"
    "这张纸如今换到了第十一版。参加过市里的比赛，没有拿第一，回来把第一名的做法学会了，教给全班。"
) * 3


async def make_round(
    ids: Mapping[str, int], units: Mapping[str, int], known: Mapping[str, int], now: datetime, today: date
) -> str:
    """The round and its nominations; answers its address."""
    officer = ids[OFFICER.sign_in]
    title = await titles.by_code("ganpo-craftsman")
    if title is None:
        raise LookupError("ganpo-craftsman")
    rules = await round_drafts.from_preset("ganpo-craftsman", ROOT_ID)
    table = await day_table()
    days = {"draft": 10, "county": 17, "channel": 24, "province": 31}
    stages = tuple(
        replace(stage, due=_working(today + timedelta(days=days[stage.code]), table)) if stage.code in days else stage
        for stage in rules.stages
    )
    # In a year whose working days nobody knows yet no notice can be counted, so nothing goes beyond its unit.
    counted = not isinstance(working_days(today - NOTICE[0], today - NOTICE[1], table), Problem)
    rules = replace(rules, stages=stages, story_least=min(rules.story_least, 300))
    draft = RoundDraft(title.id, today.year, EDITION, "第八届赣鄱工匠推荐选树（演示）")
    address = await round_drafts.create(draft, rules, ROOT_ID, officer, now)
    found = await rounds.round_by_address(address)
    if found is None:
        raise LookupError(address)
    await rounds.freeze(found.id, rules_hash(canonical(rules)), officer, now)
    following = RoundDraft(title.id, today.year + 1, EDITION + 1, "第九届赣鄱工匠推荐选树（演示草案）")
    await round_drafts.create(
        following, await round_drafts.from_preset("ganpo-craftsman", ROOT_ID), ROOT_ID, officer, now
    )
    made = []
    for name, gender, born, trade, unit in (
        ("汪渔歌", "male", date(today.year - 38, 9, 2), "陶瓷烧成工", KILN),
        ("占兰溪", "female", date(today.year - 36, 2, 8), "陶瓷装饰工", KILN),
        ("万巧云", "female", date(today.year - 41, 5, 6), "养老护理员", SMALL),
    ):
        given = Given(name, gender=gender, birth_date=born, occupation=trade, front_line=True)
        made.append((await workers.create(given, units[unit], f"account:{officer}", now))[0])
    clerk, county, city = (ids[member.sign_in] for member in (CLERK, COUNTY_OFFICER, CITY_OFFICER))
    await nominations.nominate(found.id, made[0], f"account:{clerk}", now)
    others = [known[name] for name in sorted(known)]
    road = [(made[1], clerk, Stage.UNIT_NOTICE), (made[2], clerk, Stage.COUNTY)]
    road += [
        (worker, clerk, stage)
        for worker, stage in zip(others, (Stage.CHANNEL,) * 2 + (Stage.PROVINCE,) * 2, strict=False)
    ]
    for worker, writer, stage in road:
        stage = stage if counted else Stage.DRAFT  # noqa: PLW2901
        await walk(found.id, worker, stage, (writer, county, city), rules, now, today)
    return address


def _working(day: date, table: DayTable) -> date | None:
    """This day or the next that is worked; None in a year that nobody knows yet."""
    while (worked := is_working(day, table)) is False:
        day += timedelta(days=1)
    return day if worked is True else None


async def walk(  # noqa: PLR0917
    round_id: int, worker: int, stage: Stage, by: tuple[int, int, int], rules: RoundRules, now: datetime, today: date
) -> None:
    """Written whole, its papers there, scanned; then taken on by whose step it is until it stands at `stage`."""
    clerk, county, city = by
    address = await nominations.nominate(round_id, worker, f"account:{clerk}", now)
    one = await _one(address)
    answers = tuple(
        Answer(each.code, each.wanted, "劳动合同、岗位证明" if each.evidence else "") for each in rules.questions
    )
    draft = replace(
        one.draft, summary=SUMMARY, story=STORY, works=(Work("工位一页纸操作法", today.year - 3),), answers=answers
    )
    await nominations.save(one.id, draft, one.revision, f"account:{clerk}", now)
    for rule in rules.materials:
        if not rule.when:
            await materials.hand_in(one.id, rule.code, f"{rule.name}.pdf", PDF, clerk, now)
    await nominations.set_notice_days(one.id, today - NOTICE[0], today - NOTICE[1], f"account:{clerk}", now)
    scan = await scanning.run(one.id, f"account:{clerk}", now)
    if scan.open:
        await scanning.accept(one.id, {each.key: "已核对扫描件" for each in scan.open}, clerk, now)
    one = await _one(address)
    while one.stage is not stage:
        if one.stage is Stage.CHANNEL:
            async with transaction():
                await steps.advance([one.id], Stage.CHANNEL, city, now)
        else:
            await steps.go_on(one.id, one.stage, county if one.stage is Stage.COUNTY else clerk, now)
        one = await _one(address)


async def _one(address: str) -> NominationFacts:
    rows = await Nomination.select(Nomination.id).where(Nomination.address == address)
    return (await nomination_reads.by_ids([rows[0]["id"]]))[0]
