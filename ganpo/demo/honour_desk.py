"""What lies on the made-up province's desks about honours: certificates with their numbers, a printer, a list that
was read and waits, a correction that waits for its second person, and a reported case. Through the pages' writers.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from craftsmen import cases, honour_acts, honour_certificates, honour_facts, lists
from craftsmen.honour_certificates import COMMON_SERIES
from craftsmen.rules.honours import PartialDate
from craftsmen.rules.lists import ListDraft
from foundation.base.clock import day_of
from foundation.files import stored
from foundation.papers.certificates import A4_BLANK
from foundation.people.organisation_tables import ROOT_ID
from foundation.process import certificate_printers, certificate_series
from ganpo.demo.cast import CLERK, OFFICER
from ganpo.demo.honourees import EDITIONS, Honouree
from ganpo.demo.selection import KILN, PDF

LIST = """姓名,性别,单位,职业
乐知远,男,岫川变压器有限公司,电工
邹静姝,女,临梦服装有限公司,缝纫工
危鹤鸣,男,盱岸生物制药有限公司,化学检验员
"""


async def make_numbers(by: int) -> None:
    """The series from which every later conferral takes its certificate's number, and a printer with bought blanks."""
    actor = f"account:{by}"
    await certificate_series.define(
        COMMON_SERIES, "荣誉证书（演示）", "演荣证〔{年}〕{号}", 4, organisation_id=ROOT_ID, by=actor
    )
    await certificate_printers.add("二楼文印室彩色打印机", A4_BLANK, ROOT_ID, actor)


async def make_desk(found: Sequence[Honouree], units: Mapping[str, int], ids: Mapping[str, int], now: datetime) -> None:
    """Certificates of the last edition, a correction that was asked for, a reported case, and a list that was read."""
    officer, clerk = ids[OFFICER.sign_in], ids[CLERK.sign_in]
    for one in (one for one in found if one.edition == len(EDITIONS)):
        await honour_certificates.give_out(one.honour, f"account:{officer}", now)
    wrong = await honour_facts.by_id(next(one for one in found if one.edition == 3 and one.story is None).honour)
    if wrong is not None:
        await honour_acts.ask_correction(
            wrong, {"occupation": "模具工"}, "职业名称录入有误，予以更正。", "单位来函，附原申报表。", officer, now
        )
    own = [one for one in found if one.person.unit.name == KILN and one.story is None]
    reported = await honour_facts.by_id(own[0].honour) if own else None
    if reported is not None:
        files = [await stored.keep("情况报告.pdf", PDF, clerk, now)]
        text = "经单位核查，申报材料中一项成果为集体完成，署名有误，现予上报。"
        await cases.report(reported, "fraud", text, files, units[KILN], clerk, now)
    draft = ListDraft(
        "skill-leader",
        f"{day_of(now).year}年技能带头人登记表（演示）",
        PartialDate(day_of(now).year),
        document="赣演工发〔演示〕9号",
    )
    await lists.create(draft, LIST, ROOT_ID, officer, now)
