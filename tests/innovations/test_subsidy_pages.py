"""The pages of subsidies: an office with its round, a unit that applies, two people, and what everyone reads."""

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from foundation.base.clock import today
from foundation.people import accounts
from foundation.process import notice_drafts, notices
from foundation.process.notice_tables import Notice
from foundation.work import evidence, two_person
from innovations import innovation_versions, innovations, subsidy_applications, subsidy_notices, subsidy_reads
from innovations.rules.subsidy_forms import read_ceilings
from innovations.rules.subsidy_steps import ApplicationStage
from innovations.rules.subsidy_terms import Grant
from innovations.subsidy_tables import SubsidyAllocation
from tests.calendars import know_the_years
from tests.innovations.made_up import NOW, ZONE, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_subsidies import PDF
from tests.web import visitors

YEAR = today().year
TOMORROW = (today() + timedelta(days=2)).isoformat()
TERMS = {
    "name": "2026年度职工创新补助", "budget": "8万", "item": "5万", "unit": "6万", "city": "", "least": "1万",
    "step": "", "cost_share": "", "method": "in_order", "instalments": "60 40", "apply_until": TOMORROW,
    "report_months": "12",
}  # fmt: skip
ASKED = {"purpose": "中试", "plan": "工装：40,000\n检测: 2万", "cost": "200000"}


def revision(page) -> str:
    return re.search(r'name="revision" value="(\d+)"', page.text).group(1)


async def handed_in(here, unit: str = "works", title: str = FOIL.title) -> int:
    number = await innovations.begin(replace(FOIL, title=title), here.places[unit], 1, NOW)
    await innovations.clear(number, 1, 1, NOW)
    await innovation_versions.hand_in(number, "", 2, 1, NOW)
    return number


async def test_from_the_terms_to_a_payment_as_office_and_unit(database):
    here = await works()
    await know_the_years()
    innovation = await handed_in(here)
    async with visitors() as web:
        office, unit = await web.signed_in("sheng"), await web.signed_in("mei")
        stranger = web.visitor()
        answer = await office.post("/subsidies/desk/new", TERMS)
        at = answer.headers["location"].split("?")[0]
        assert at == "/subsidies/desk/1"
        page = await office.get(at)
        assert (await stranger.get(f"/subsidies/{YEAR}-1")).status_code == 404  # a draft is nobody's
        answer = await office.post(
            f"{at}/draft", {**TERMS, "report_months": "1", "revision": revision(page), "then": "freeze"}
        )
        assert answer.status_code == 303, answer.text
        assert "80,000" in (await stranger.get(f"/subsidies/{YEAR}-1")).text
        assert "one month of the first payment" in (await stranger.get(f"/en/subsidies/{YEAR}-1")).text

        page = await unit.get("/subsidies/applications")
        assert FOIL.title in page.text
        answer = await unit.post("/subsidies/applications", {"round": "1", "innovation": str(innovation)})
        mine = answer.headers["location"]
        page = await unit.post(f"{mine}/draft", {**ASKED, "purpose": "", "revision": "1", "then": "hand_in"})
        assert page.status_code == 422
        assert "工装：40,000" in page.text  # nothing typed is lost
        page = await unit.get(mine)
        answer = await unit.post(f"{mine}/draft", {**ASKED, "revision": revision(page), "then": "hand_in"})
        assert answer.status_code == 303, answer.text

        page = await office.get(mine)
        assert "60,000" in page.text
        await office.post(f"{mine}/check", {"word": "admit", "revision": revision(page)})
        await office.post(f"{at}/step", {"step": "close_applications", "early": "1"})
        number = int(mine.rpartition("/")[2])
        assert (await office.post(f"{at}/ranking", {f"rank-{number}": "1"})).status_code == 303
        assert "30,000" in (await office.get(f"{at}/what-if?item=3万")).text
        assert await SubsidyAllocation.count() == 0
        await office.post(f"{at}/allocation")
        page = await office.get(at)
        assert "单项上限 50,000元" in re.sub(r"\s+", " ", page.text).replace(" 元", "元")
        await office.post(f"{at}/approval", {"number": "1", "reason": "评审会确定"})
        act = await two_person.open_act("subsidy.allocation", "subsidy:1")
        second, _ = await accounts.create_account(
            "qian", "qian", ["officer"], "test", NOW, organisation_id=here.places["root"]
        )
        await two_person.confirm(act, second, NOW)
        assert (await unit.get(mine)).text.count("50,000") == 0  # until it is granted the unit reads no amount

        sheng = here.people["sheng"]
        address = await subsidy_notices.open_notice(1, "补助公示", "现予公示。", "0791-1", by=sheng, now=NOW)
        row = await Notice.select(Notice.id).where(Notice.address == address).first()
        await notice_drafts.send(row["id"], sheng, NOW)
        await notice_drafts.approve(row["id"], second, NOW)
        await notices.open_notice(row["id"], sheng, NOW, ZONE)
        answer = await office.post(f"{at}/granting", {"document": "赣工发〔2026〕9号"})
        assert answer.status_code == 303, answer.text
        shown = await stranger.get(f"/subsidies/{YEAR}-1")
        assert "赣工发〔2026〕9号" in shown.text
        assert "云窑艺术瓷厂" in shown.text
        assert FOIL.title not in shown.text  # its unit keeps it to itself

        paid = {"kind": "paid", "amount": "3万", "paid_on": today().isoformat(), "reason": "按文件拨付"}
        page = await office.post(f"{mine}/payments", paid)
        assert page.status_code == 422  # no proof
        answer = await office.post(f"{mine}/payments", paid, files={"proof": ("回单.pdf", PDF % 1, "application/pdf")})
        assert answer.status_code == 303, answer.text
        act = int(answer.headers["location"].split("?")[0].rpartition("/")[2])
        await evidence.opened(await two_person.by_id(act), second)
        await two_person.confirm(act, second, datetime.now(UTC))
        page = await unit.get(mine)
        assert "30,000" in page.text
        proof = re.search(rf"{mine}/proofs/\d+", page.text).group()
        assert (await unit.get(proof)).content == PDF % 1
        answer = await unit.post(f"{mine}/report", {"spent": "30000", "result": "中试完成", "revision": revision(page)})
        assert answer.status_code == 303, answer.text
        page = await office.get(mine)
        settled = {"revision": revision(page)}
        assert "尚有 20,000 元未拨付" in (await office.post(f"{mine}/settlement", settled)).text
        answer = await office.post(f"{mine}/settlement", {**settled, "short": "1"})
        assert answer.status_code == 303, answer.text
        assert (await subsidy_applications.by_id(number)).stage is ApplicationStage.SETTLED


async def test_another_unit_and_another_city_find_nothing(database):
    here = await works()
    innovation = await handed_in(here)
    async with visitors() as web:
        office, unit, other, far = [await web.signed_in(name) for name in ("sheng", "mei", "tao", "xun")]
        await office.post("/subsidies/desk/new", TERMS)
        await office.post("/subsidies/desk/1/draft", {**TERMS, "revision": "1", "then": "freeze"})
        assert (
            await other.post("/subsidies/applications", {"round": "1", "innovation": str(innovation)})
        ).status_code == 404
        answer = await unit.post("/subsidies/applications", {"round": "1", "innovation": str(innovation)})
        mine = answer.headers["location"]
        assert (await office.get(mine)).status_code == 404  # a draft is its unit's alone
        await unit.post(f"{mine}/draft", {**ASKED, "revision": "1", "then": "hand_in"})
        for who in (other, far):
            assert (await who.get(mine)).status_code == 404
        assert (await far.get("/subsidies/desk/1")).status_code == 404
        assert (await unit.get("/subsidies/desk/1")).status_code == 404
        assert (await unit.post(f"{mine}/check", {"word": "admit", "revision": "3"})).status_code == 404
        assert FOIL.title not in (await other.get("/subsidies/applications")).text


async def test_terms_that_cannot_be_read_come_back_as_they_were_typed(database):
    await works()
    async with visitors() as web:
        office = await web.signed_in("sheng")
        page = await office.post(
            "/subsidies/desk/new",
            {**TERMS, "budget": "很多", "apply_until": "x", "instalments": "a", "report_months": "y"},
        )
        assert page.status_code == 422
        assert 'value="很多"' in page.text
        assert page.text.count("field-error") == 4


async def test_the_public_list_has_no_drafts(database):
    await works()
    async with visitors() as web:
        office = await web.signed_in("sheng")
        await office.post("/subsidies/desk/new", TERMS)
        assert TERMS["name"] not in (await web.visitor().get("/subsidies")).text
        assert await subsidy_reads.public_rounds() == []
        await office.post("/subsidies/desk/1/draft", {**TERMS, "revision": "1", "then": "freeze"})
        assert TERMS["name"] in (await web.visitor().get("/subsidies")).text
        await office.post("/subsidies/desk/1/step", {"step": "cancel"})
        assert TERMS["name"] not in (await web.visitor().get("/subsidies")).text


@pytest.mark.parametrize(
    ("text", "found", "wrong"),
    [
        ("", {}, []),
        ("景德镇市总工会：2万\n 九江市 总工会: 30,000", {"2": 20_000_00, "3": 30_000_00}, []),
        ("景德镇市总工会 2万", {}, ["subsidy_channel_line"]),
        ("景德镇市总工会：很多", {}, ["subsidy_channel_line"]),
        ("南昌：2万", {}, ["subsidy_channel_unknown"]),
        ("九江市总工会：2万\n九江市总工会：3万", {"3": 20_000_00}, ["subsidy_channel_twice"]),
    ],
)
def test_ceilings_of_single_channels_are_read_by_their_names(text, found, wrong):
    read, problems = read_ceilings(text, {"2": "景德镇市总工会", "3": "九江市总工会"})
    assert (read, [problem.code for problem in problems]) == (found, wrong)


async def test_a_channel_s_own_ceiling_is_frozen_shown_and_holds(database):
    here = await works()
    innovation = await handed_in(here)
    async with visitors() as web:
        office, unit = await web.signed_in("sheng"), await web.signed_in("mei")
        refused = await office.post("/subsidies/desk/new", {**TERMS, "cities": "别处：2万"})
        assert refused.status_code == 422
        assert "别处：2万" in refused.text
        given = {**TERMS, "cities": "景德镇市总工会：2万"}
        at = (await office.post("/subsidies/desk/new", given)).headers["location"].split("?")[0]
        page = await office.get(at)
        assert "景德镇市总工会：20,000" in page.text
        await office.post(f"{at}/draft", {**given, "revision": revision(page), "then": "freeze"})
        for who, address in ((web.visitor(), f"/subsidies/{YEAR}-1"), (office, at)):
            assert "景德镇市总工会上限" in (await who.get(address)).text
        mine = (
            await unit.post("/subsidies/applications", {"round": "1", "innovation": str(innovation)})
        ).headers["location"]  # fmt: skip
        await unit.post(f"{mine}/draft", {**ASKED, "revision": "1", "then": "hand_in"})
        page = await office.get(mine)
        await office.post(f"{mine}/check", {"word": "admit", "revision": revision(page)})
        await office.post(f"{at}/step", {"step": "close_applications", "early": "1"})
        await office.post(f"{at}/ranking", {f"rank-{mine.rpartition('/')[2]}": "1"})
        await office.post(f"{at}/allocation")
    row = await SubsidyAllocation.select(SubsidyAllocation.grants).first()
    assert [one.amount for one in msgspec.json.decode(row["grants"], type=tuple[Grant, ...])] == [20_000_00]
