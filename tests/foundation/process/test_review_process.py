"""One alone keeps no page down and speaks of nobody else's contest; what is suspended is not listed."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from foundation.base.problem import Problem
from foundation.people import accounts
from foundation.people.organisation_tables import Organisation
from foundation.people.sessions import SignedIn
from foundation.process import announcements, circulars, notice_drafts, notices, openings, showcase, suspensions
from foundation.process.may import SUSPEND_PAGES
from foundation.process.notice_tables import Notice
from foundation.process.rules.notices import Draft
from foundation.process.rules.shown import Shown
from foundation.store.engines import Engine
from foundation.work import two_person
from tests.foundation.process.circulars_made_up import NOW, Province, issued, province, refusal, said
from tests.web import visitors

ZONE = ZoneInfo("Asia/Shanghai")
PAGE = "/contests/2026-1-03"
NOTICE = Draft(
    title="焊工赛项安排公示", text="现予公示。", contact="演示服务台", shown=Shown(), days=5, end_time="17:30"
)


@pytest.fixture
async def made(database: Engine) -> Province:
    return await province()


@pytest.fixture
def contest_of_jiujiang(monkeypatch: pytest.MonkeyPatch, made: Province) -> None:
    async def owner(name: str) -> str | None:
        row = await Organisation.select(Organisation.path).where(Organisation.id == made.places["jiujiang"]).first()
        return row["path"] if row and name == "2026-1-03" else None

    monkeypatch.setitem(openings._OWNERS, "contest", owner)
    monkeypatch.setitem(openings._PLACES, "parade", "/parades/{}")


async def act_on(suspension_id: int) -> int:
    found = await two_person.open_act("suspension.confirm", f"suspension:{suspension_id}")
    assert found is not None
    return found


@pytest.mark.parametrize("end", ["rejected", "withdrawn"])
async def test_what_the_second_rejects_or_the_first_takes_back_is_up_again(made: Province, end: str) -> None:
    suspension_id = await suspensions.suspend(PAGE, "姓名有误", made.people["an"], NOW)
    act = await act_on(suspension_id)
    assert await suspensions.suspended(PAGE)
    by = made.people["ling" if end == "rejected" else "an"]
    await (two_person.reject(act, by, "无误", NOW) if end == "rejected" else two_person.withdraw(act, by, NOW))
    assert not await suspensions.suspended(PAGE)
    assert (await suspensions.by_id(suspension_id)).lifted_at == NOW
    await suspensions.suspend(PAGE, "又有误", made.people["an"], NOW)


async def test_a_suspension_lifted_by_two_meanwhile_can_still_be_rejected(made: Province) -> None:
    suspension_id = await suspensions.suspend(PAGE, "姓名有误", made.people["an"], NOW)
    await suspensions.ask_to_lift(suspension_id, "已更正", made.people["an"], NOW)
    lift = await two_person.open_act("suspension.lift", f"suspension:{suspension_id}")
    assert lift is not None
    await two_person.confirm(lift, made.people["ling"], NOW)
    again = await suspensions.suspend(PAGE, "又有误", made.people["an"], NOW)
    await two_person.reject(await act_on(suspension_id), made.people["ling"], "无误", NOW)
    assert await suspensions.suspended(PAGE)
    assert (await suspensions.by_id(again)).lifted_at is None


async def supervisor_of(made: Province, place: str) -> SignedIn:
    account_id, _ = await accounts.create_account(
        f"jian-{place}", "监某", ["supervisor"], "test", NOW, organisation_id=made.places[place]
    )
    made.people["jian"] = account_id
    return await made.user("jian")


async def test_only_supervisors_of_the_federation_suspend_pages(made: Province) -> None:
    possible = [SUSPEND_PAGES.possible(await supervisor_of(made, place)) for place in ("root", "nanchang")]
    assert possible == [True, False]
    async with visitors() as web:
        visitor = await web.signed_in("jian-nanchang")
        assert (await visitor.get("/suspensions")).status_code == 404
        answer = await visitor.post("/suspensions", {"address": PAGE, "reason": "试"})
        assert answer.status_code == 404
    assert await suspensions.load() == ()


REFUSED = [
    ("nanchang", "contest:2026-1-03"), ("root", "contest:2026-1-99"), ("root", "parade:2026-1"),
    ("root", "nothing:2026-1"),
]  # fmt: skip


@pytest.mark.usefixtures("contest_of_jiujiang")
@pytest.mark.parametrize(("place", "about"), REFUSED)
async def test_nobody_speaks_of_what_is_not_theirs(made: Province, place: str, about: str) -> None:
    by, organisation = made.people["hu"], made.places[place]
    draft = replace(NOTICE, about=about)
    wrong = {"reference": about}
    problem = [Problem("reference_not_yours", "about", wrong)]
    assert await refusal(notice_drafts.draft(draft, organisation, by, NOW)) == problem
    plain = await notice_drafts.draft(NOTICE, organisation, by, NOW)
    assert await refusal(notice_drafts.change(await id_of(plain), draft, by, NOW)) == problem
    paper = said(addressed_under=organisation, opens=about, opens_label="焊工")
    problem = [Problem("reference_not_yours", "opens", wrong)]
    assert await refusal(circulars.create(organisation, paper, by, NOW)) == problem
    kept = await circulars.create(organisation, replace(paper, opens="", opens_label=""), by, NOW)
    assert await refusal(circulars.save(kept, paper, 1, by)) == problem


@pytest.mark.usefixtures("contest_of_jiujiang")
@pytest.mark.parametrize("place", ["jiujiang", "root"])
async def test_the_owner_and_those_above_speak_of_it_after_review(made: Province, place: str) -> None:
    by = made.people["ling"]
    draft = replace(NOTICE, about="contest:2026-1-03")
    notice_id = await id_of(await notice_drafts.draft(draft, made.places[place], by, NOW))
    assert await refusal(notices.open_notice(notice_id, by, NOW, ZONE)) == [Problem("notice_review_about")]
    assert not await notices.holds("contest:2026-1-03", NOW)
    await notice_drafts.send(notice_id, by, NOW)
    await notice_drafts.approve(notice_id, made.people["song"], NOW)
    await notices.open_notice(notice_id, by, NOW, ZONE)
    assert await notices.holds("contest:2026-1-03", NOW)


@pytest.mark.usefixtures("contest_of_jiujiang")
async def test_a_draft_that_named_what_is_not_its_own_is_not_opened(made: Province) -> None:
    by = made.people["hu"]
    notice_id = await id_of(await notice_drafts.draft(NOTICE, made.places["nanchang"], by, NOW))
    await notice_drafts.send(notice_id, by, NOW)
    await notice_drafts.approve(notice_id, made.people["song"], NOW)
    await Notice.update({Notice.about: "contest:2026-1-03"}).where(Notice.id == notice_id)
    wrong = [Problem("reference_not_yours", "", {"reference": "contest:2026-1-03"})]
    assert await refusal(notices.open_notice(notice_id, by, NOW, ZONE)) == wrong


async def test_what_is_suspended_is_left_out_of_lists(made: Province) -> None:
    await issued(made)
    await issued(made, number="赣工发〔2026〕13号", title="第二份通知")
    await issued(made, announcements.PAPER, title="停用的公告")
    by = made.people["ling"]
    address = await notice_drafts.draft(replace(NOTICE, title="停用的公示"), 1, by, NOW)
    await notices.open_notice(await id_of(address), by, NOW, ZONE)
    lines = await showcase.newest(4)
    assert len(lines) == 4
    gone = [line for line in lines if line.title != "第二份通知"]
    async with visitors() as web:
        anyone = web.visitor()
        lists = ("/circulars", "/announcements", "/notices")
        before = [(await anyone.get(page)).text for page in lists]
        assert all(line.title in "".join(before) for line in lines)
        for line in gone:
            await suspensions.suspend(line.address, "有误", made.people["an"], NOW)
        after = "".join([(await anyone.get(page)).text for page in lists])
        assert [line.title in after for line in gone] == [False] * 3
        assert "第二份通知" in after
    assert [line.title for line in await showcase.newest(1)] == ["第二份通知"]


async def id_of(address: str) -> int:
    row: dict[str, Any] | None = await Notice.select(Notice.id).where(Notice.address == address).first()
    assert row is not None
    return int(row["id"])
