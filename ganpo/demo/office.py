"""What the made-up federation issued and what waits on its desks: circulars, an announcement, a notice, objections.

Each goes through the same writers as on the pages. Ends with something to do for every role of the cast.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from competitions import locks
from competitions.bench import bench_for
from foundation.base.clock import day_of
from foundation.base.problem import Refused
from foundation.people.organisation_tables import ROOT_ID
from foundation.process import (
    announcements,
    approval,
    calendar,
    circulars,
    notice_drafts,
    notices,
    objections,
    site,
)
from foundation.process.notice_tables import Notice
from foundation.process.objection_tables import Objection
from foundation.process.rules.circular_form import AnnouncementDraft, CircularDraft
from foundation.process.rules.notices import Draft
from foundation.process.rules.objections import ObjectionDraft
from foundation.process.rules.publishing import Stage
from foundation.process.rules.shown import Shown
from ganpo.demo.cast import CHIEF, CITY_OFFICER, CLERK, OFFICER, REVIEWER, SIGNER

CALL = """各设区市总工会，赣江新区工会联合会，省产业工会，有关单位：

现将2026年“赣匠杯”职工职业技能竞赛有关赛项安排通知如下。

一、参赛范围
各单位在职职工均可报名，学生组由技工学校统一组队。

二、报名方式
请各单位于截止时间前核对参赛名单，名单一经公布不再更换。

三、竞赛规则
评分方案在阅卷前锁定并公布校验值，任何人可以复算成绩。"""
COLLECT = """各设区市总工会，省产业工会：

为汇总上半年职工技能竞赛开展情况，请按附表填报竞赛项目、参赛人次和获奖情况，数字应有依据，人次与人分开填写。"""
RETURN_NOTE = "请写明填报截止时间，并附联系人电话。"


async def make_site(by: int, now: datetime) -> None:
    """The footer and the privacy page."""
    texts = replace(
        await site.texts(),
        host="赣鄱省总工会（演示）",
        host_english="Ganpo Provincial Federation of Trade Unions (demonstration)",
        contact="演示服务台，工作日 9:00-17:00",
        contact_english="Demonstration desk, working days 9:00 to 17:00",
        filing="演备00000000号",
        privacy=(
            "本站为演示，人员、单位和数字均为虚构。\n\n"
            "公开页面只显示姓名、性别、单位、职业、设区市和荣誉，证件号码和手机号加密保存，每次查看均有记录。"
        ),
        privacy_english=(
            "This is a demonstration; people, units and figures are made up.\n\n"
            "Public pages show name, gender, unit, trade, city and honour only. ID numbers and telephones are kept "
            "encrypted, and every look at one is on record."
        ),
    )
    await site.change(texts, by, now)


async def make_papers(ids: Mapping[str, int], units: Mapping[str, int], now: datetime) -> None:
    """Two circulars that were issued (one signed for by some), one in review, one returned, an announcement."""
    by, reviewer, signer = (ids[one.sign_in] for one in (OFFICER, REVIEWER, SIGNER))
    call = CircularDraft(
        title="关于举办2026年“赣匠杯”职工职业技能竞赛中式烹调师赛项的通知",
        number="演工发〔2026〕12号",
        text=CALL,
        deadline=now + timedelta(days=2, hours=6),
        contact_name="熊映秋",
        contact_phone="0791-00000000",
        addressed_under=ROOT_ID,
        addressed_kinds=",city,new_area,industry,enterprise,",
        opens="contest:2026-1-03",
        opens_label="中式烹调师赛项",
        public=True,
    )
    issued = await _issued(call, by, reviewer, signer, now)
    for name, account in (("云窑艺术瓷厂", CLERK), ("南昌市总工会", CITY_OFFICER)):
        if name != "云窑艺术瓷厂":  # the clerk's own signature is what waits for the clerk
            await circulars.sign_for(issued, units[name], ids[account.sign_in], account.name, now)
    draft = replace(
        call, title="关于报送上半年职工技能竞赛开展情况的通知", number="", text=COLLECT, opens="", opens_label="",
        addressed_kinds=",city,new_area,industry,", public=False,
    )  # fmt: skip
    waiting = await circulars.create(ROOT_ID, draft, by, now)
    await approval.hand_in(circulars.PAPER, waiting, by, now)
    returned = await circulars.create(ROOT_ID, replace(draft, title="关于开展职工创新成果征集的通知"), by, now)
    await approval.hand_in(circulars.PAPER, returned, by, now)
    await approval.send_back(circulars.PAPER, returned, Stage.REVIEW, {"deadline_date": RETURN_NOTE}, reviewer, now)
    word = AnnouncementDraft(
        title="关于公布2026年“赣匠杯”职工职业技能竞赛焊工赛项成绩的公告",
        number="演工告〔2026〕3号",
        text="焊工赛项成绩已经公布，名次、各模块得分和评分方案均可查阅，任何人可以下载成绩包自行复算。",
    )
    await announcements.create(ROOT_ID, replace(word, title="关于命名一批职工创新工作室的公告", number=""), by, now)
    announced = await announcements.create(ROOT_ID, word, by, now)
    await approval.hand_in(announcements.PAPER, announced, by, now)
    await approval.pass_on(announcements.PAPER, announced, reviewer, now)
    await approval.sign(announcements.PAPER, announced, word.number, signer, now)


async def _issued(draft: CircularDraft, by: int, reviewer: int, signer: int, now: datetime) -> int:
    made = await circulars.create(ROOT_ID, draft, by, now)
    await approval.hand_in(circulars.PAPER, made, by, now)
    await approval.pass_on(circulars.PAPER, made, reviewer, now)
    await approval.sign(circulars.PAPER, made, draft.number, signer, now)
    return made


async def make_notice(  # noqa: PLR0917 - a notice is all of these
    ids: Mapping[str, int], address: str, label: str, shown: Shown, now: datetime, zone: ZoneInfo
) -> None:
    """A notice of results that runs, with one objection that is accepted and one that nobody has decided on."""
    by, reviewer = ids[OFFICER.sign_in], ids[REVIEWER.sign_in]
    said = Draft(
        title=f"{label}获奖名单公示",
        text="现将拟获奖人员名单予以公示。对名单有异议的，请在公示期内以表格、电话或信函反映，反映情况应当实事求是。",
        contact="演示服务台 0791-00000000",
        shown=shown,
        days=5,
        end_time="17:30",
        results=True,
        about=f"contest:{address}",
        label=label,
    )
    notice = await notice_drafts.draft(said, ROOT_ID, by, now)
    row = await Notice.select(Notice.id).where(Notice.address == notice).first()
    notice_id = int(row["id"]) if row else 0
    await notice_drafts.send(notice_id, by, now)
    await notice_drafts.approve(notice_id, reviewer, now)
    try:
        await notices.open_notice(notice_id, by, now, zone)
    except Refused:  # the calendar does not reach so far yet: the federation enters the year, as it would
        await calendar.enter_year(day_of(now).year, "演示", by, now)
        await notices.open_notice(notice_id, by, now, zone)
    await notice_drafts.draft(
        replace(said, title="工匠学院实训场地安排公示", results=False, shown=Shown()), ROOT_ID, by, now
    )
    first = ObjectionDraft(
        "第三名的射线探伤片编号与登记表不一致，请核对。", named=True, name="傅守拙", contact="演示电话"
    )
    await objections.send(first, notice, "192.0.2.10", now, zone)
    row = await Objection.select(Objection.id).order_by(Objection.id).first()
    await objections.take(int(row["id"]) if row else 0, "accept", "实名反映，内容具体，予以受理核查。", by=by, now=now)
    second = ObjectionDraft("希望说明并列名次是怎样排出的。", named=False)
    await objections.send(second, notice, "192.0.2.11", now, zone)


async def make_acts(ids: Mapping[str, int], address: str, work: str, now: datetime) -> None:
    """The chief judge asked for a lock to be taken back; somebody else decides."""
    chief = ids[CHIEF.sign_in]
    await locks.ask_to_unlock(await bench_for(chief, address, work), "咬边漏量一处，需补量后改分。", chief, now)
