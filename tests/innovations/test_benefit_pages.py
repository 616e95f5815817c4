"""The pages of benefits: a unit computes and claims, finance looks into it, strangers find nothing."""

import re
from datetime import timedelta

import pytest

from foundation.base.clock import today
from foundation.people import accounts
from innovations import (
    benefit_evidence,
    benefit_verifying,
    benefits,
    innovations,
    proposal_outcomes,
    proposals,
)
from innovations.innovation_tables import Benefit
from tests.innovations.made_up import DONE, NOW, ZONE, works
from tests.innovations.reviews_made_up import ready
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_benefits import (
    FIRST,
    LESS,
    LINES,
    asked,
    claimed,
    confirmed,
    drawn,
    proved,
    stands,
    verified,
)
from tests.innovations.test_innovation_pages import begun, photograph, posted
from tests.innovations.test_innovations import handed_in, refused
from tests.innovations.test_proposal_pages import sentences
from tests.web import visitors

UNLOOKED = "请代表单位确认已经保密审查：上级工会将看到这些内容。"
ROWS = {
    "first_day": "2025-01-10", "formula-1": "hours", "what-1": "看护工时", "before-1": "0.9", "after-1": "0.6",
    "price-1": "36.80", "output-1": "12,500", "formula-2": "cost", "what-2": "摆辊", "amount-2": "3.8万",
}  # fmt: skip


async def test_computing_shows_every_line_and_saves_nothing(database):
    await works()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        at = f"{await begun(clerk)}/benefit/forecast"
        page = await posted(clerk, at, {**ROWS, "act": "compute"}, at)
        assert page.status_code == 200
        for word in ("138,000", "-38,000", "十二个月合计：100,000"):
            assert word in page.text
        assert await benefits.of(1) is None
        wrong = await posted(clerk, at, {**ROWS, "act": "compute", "before-1": "九折", "what-2": ""}, at)
        assert sentences(wrong) == [
            "第 1 项的数字无法识别：最多三位小数，例如 1.25。",
            "第 2 项没有写明内容。",
        ]
        assert 'value="九折"' in wrong.text
        assert 'value="3.8万"' in wrong.text
        assert (await posted(clerk, at, ROWS, at)).status_code == 303
        assert (await stands(1)).fen["forecast"] == 100_000_00
        shown = await clerk.get(at.removesuffix("/benefit/forecast"))
        assert "100,000 元" in shown.text


async def test_finance_corrects_and_the_unit_reads_what_was_found(database):
    here, number = await claimed()
    at = f"/innovations/desk/{number}/benefit"
    async with visitors() as web:
        county = await web.signed_in("yun")
        form = await county.get(f"{at}/verification")
        for word in ("核算表", "(0.9 − 0.6) × 36.80 × 12,500", 'value="12500"'):
            assert word in form.text
        answer = await posted(
            county, f"{at}/verification", {**ROWS, "output-1": "10000", "reason": "产量按入库单"}, f"{at}/verification"
        )
        act = int(re.search(r"/acts/(\d+)", answer.headers["location"]).group(1))
        await confirmed(here, act, "sheng")
        unit = await (await web.signed_in("mei")).get(at)
        assert "72,400" in unit.text
        assert "100,000" in unit.text
    assert (await stands(number)).verified == LESS


@pytest.mark.parametrize("stranger", ["tao", "xun", "pan", ""])
async def test_strangers_find_nothing(database, stranger):
    here, number = await claimed()
    await verified(here, number)
    draw, one = await drawn(here)
    async with visitors() as web:
        visitor = await web.signed_in(stranger) if stranger else web.visitor()
        at = f"/innovations/desk/{number}/benefit"
        for address in (at, f"{at}/claim", f"{at}/verification", f"{at}/papers/1", f"/benefits/audits/{draw}"):
            assert (await visitor.get(address)).status_code in {303, 404}
        totals = await visitor.get("/benefits")
        assert "看护工时" not in totals.text
        assert "100,000" not in totals.text
        assert (await visitor.post(f"/benefits/audits/{draw}/{one}", {"outcome": "upheld"})).status_code != 303


async def test_a_clerk_above_reads_and_does_not_verify(database):
    _, number = await claimed()
    async with visitors() as web:
        for name, status in (("mei", 200), ("yue", 200), ("yun", 200), ("sheng", 200)):
            visitor = await web.signed_in(name)
            assert (await visitor.get(f"/innovations/desk/{number}/benefit/verification")).status_code == status
        assert (await (await web.signed_in("yun")).get(f"/innovations/desk/{number}/benefit/claim")).status_code == 404


async def test_papers_are_added_and_taken_off_until_it_is_asked(database):
    here, number = await claimed()
    at = f"/innovations/desk/{number}/benefit"
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        files = {"paper": ("领料单.jpg", photograph(), "image/jpeg")}
        empty = await clerk.post(f"{at}/papers", {"said": " "}, files=files)
        assert sentences(empty) == ["请说明材料证明什么。", UNLOOKED]
        said = {"said": "领料单", "looked": "1"}
        assert (await clerk.post(f"{at}/papers", said, files=files)).status_code == 303
        page = await clerk.get(at)
        papers = re.findall(r"/benefit/papers/(\d+)/removal", page.text)
        assert (await clerk.get(f"{at}/papers/{papers[0]}")).content[:2] == b"\xff\xd8"
        assert (await clerk.post(f"{at}/papers/{papers[0]}/removal", {})).status_code == 303
        await asked(here, number)
        late = await clerk.post(f"{at}/papers/{papers[1]}/removal", {})
        assert sentences(late) == ["已提请另一人确认，在此期间申报内容和证明材料不能更改。"]


async def test_an_audit_through_its_pages(database):
    here, number = await claimed()
    await verified(here, number, LESS)
    async with visitors() as web:
        officer = await web.signed_in("sheng")
        assert sentences(await officer.post("/benefits/audits", {"year": "2025", "size": "99"})) == [
            "请填写抽查数量，1 至 50 项。"
        ]
        answer = await officer.post("/benefits/audits", {"year": "2025", "size": "3"})
        at = answer.headers["location"].partition("?")[0]
        page = await officer.get(at)
        form = re.search(rf"{at}/(\d+)", page.text).group(1)
        assert sentences(await officer.post(f"{at}/{form}", {"outcome": "set_aside", "reason": ""})) == [
            "请写明不予认定的理由。"
        ]
        assert (await officer.post(f"{at}/{form}", {"outcome": "set_aside", "reason": "重复"})).status_code == 303
        assert "不予认定" in (await officer.get(at)).text
        totals = await officer.get("/benefits?year=2025")
        assert "72,400" not in totals.text
        assert "100,000" in totals.text
    assert (await stands(number)).fen["verified"] is None


async def test_whoever_reviews_blind_reads_no_benefit_of_the_entries(database):
    round_ = await ready()
    number, by = round_.innovations["夹具"], round_.here.people["mei"]
    await benefits.claim(number, FIRST, LESS, 0, by, NOW)
    at, city = f"/innovations/desk/{number}/benefit", round_.here.places["city"]
    made = await accounts.create_account("shi", "shi", ["officer"], "test", NOW, organisation_id=city)
    round_.here.people["shi"] = made[0]  # not who runs the round: they take no seat in it
    async with visitors() as web:
        officer = await web.signed_in("shi")
        assert "72,400" in (await officer.get("/benefits")).text
        assert (await officer.get(f"{at}/verification")).status_code == 200
        await round_.seated("shi")
        assert "72,400" not in (await officer.get("/benefits")).text
        for address in (at, f"{at}/verification"):
            assert (await officer.get(address)).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whoever_reviews_blind_finds_no_entry_in_a_sample(database):
    round_ = await ready()
    here, number = round_.here, round_.innovations["夹具"]
    await benefits.claim(number, FIRST, LESS, 0, here.people["mei"], NOW)
    await proved(number, here.people["mei"])
    await verified(here, number, LESS)
    city = here.places["city"]
    here.people["shi"], _ = await accounts.create_account("shi", "shi", ["officer"], "test", NOW, organisation_id=city)
    async with visitors() as web:
        officer = await web.signed_in("shi")
        answer = await officer.post("/benefits/audits", {"year": str(FIRST.year), "size": "3"})
        at = answer.headers["location"].partition("?")[0]
        form = re.search(rf"{at}/(\d+)", (await officer.get(at)).text).group(1)
        await round_.seated("shi")
        page = await officer.get(at)
        assert "夹具" not in page.text
        assert "72,400" not in page.text
        assert "另有 1 项" in page.text
        assert (await officer.post(f"{at}/{form}", {"outcome": "upheld", "reason": ""})).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_wrong_with_a_working_and_its_grounds_is_told_at_once(database):
    _, number = await claimed()
    at = f"/innovations/desk/{number}/benefit/verification"
    async with visitors() as web:
        county = await web.signed_in("yun")
        page = await posted(county, at, {**ROWS, "before-1": "九折", "what-1": "", "reason": ""}, at)
        assert sentences(page) == [
            "第 1 项的数字无法识别：最多三位小数，例如 1.25。",
            "第 1 项没有写明内容。",
            "请填写事由，复核人要看。",
        ]
        page = await posted(county, at, {**ROWS, "before-1": "九折", "reason": "", "act": "compute"}, at)
        assert sentences(page) == ["第 1 项的数字无法识别：最多三位小数，例如 1.25。"]  # nothing is asked yet
        clerk = await web.signed_in("mei")
        mine = f"/innovations/desk/{number}/benefit"
        page = await posted(clerk, f"{mine}/papers", {"said": ""}, mine)
        assert page.text.count("field-error") == 3  # no paper, nothing said of it, not looked through
        page = await posted(clerk, f"{mine}/claim", ROWS, f"{mine}/claim")
        assert sentences(page) == [UNLOOKED]
        assert 'value="12,500"' in page.text
        assert (await stands(number)).claimed == LINES
        assert (await posted(clerk, f"{mine}/claim", {**ROWS, "looked": "1"}, f"{mine}/claim")).status_code == 303


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_a_paper_the_grounds_that_are_missing_are_told_as_well(database):
    here, number = await claimed()
    found = await stands(number)
    paper = (await benefit_evidence.listed(found.id))[0].id
    await benefit_evidence.take_off(number, paper, here.people["mei"])
    now = (await stands(number)).revision
    ask = benefit_verifying.ask(number, LINES, " ", now, here.people["yue"], NOW, FIRST)
    assert await refused(ask) == [
        ("", "benefit_period_open"), ("", "benefit_unproved"), ("reason", "act_reason_empty")
    ]  # fmt: skip


@pytest.mark.parametrize("confirmed", [False, True])
async def test_what_the_proposal_brought_stands_in_the_first_claim(database, confirmed):
    here = await works()
    proposal, _ = await here.sent()
    if confirmed:
        await here.verified(proposal, 97_000_00)
    else:
        await here.answered(proposal, "accept", "review", "adopt", "carry_out")
        mei = here.people["mei"]
        await proposal_outcomes.state(proposal, DONE, await proposals.revision(proposal), mei, NOW, ZONE)
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        assert 'value="2026"' in (await clerk.get(f"/innovations/desk/new?proposal={proposal}")).text
        number = await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW, proposal)
        await handed_in(number)
        at = f"/innovations/desk/{number}/benefit/claim"
        page = await clerk.get(at)
        for word in (f'value="{DONE.done_on}"', DONE.working, "97,000" if confirmed else "128,600", "已带入"):
            assert word in page.text
        typed = {
            "first_day": str(DONE.done_on),
            "formula-1": "gain",
            "what-1": "少倒窑",
            "amount-1": "9万",
            "looked": "1",
        }
        assert (await posted(clerk, at, typed, at)).status_code == 303
        page = await clerk.get(at)
        assert "已带入" not in page.text
        assert "少倒窑" in page.text


async def test_before_the_twelve_months_are_over_nobody_is_asked_to_look_into_the_claim(database):
    _, number = await claimed(first=today() - timedelta(days=200))
    at = f"/innovations/desk/{number}/benefit"
    async with visitors() as web:
        officer = await web.signed_in("yue")
        page = await officer.get(at)
        assert "期满后才能核查、核定" in page.text
        assert f'href="{at}/verification"' not in page.text
        assert "期满后才能核查、核定" in (await officer.get(f"{at}/verification")).text
        late = await benefits.of(number)
        await Benefit.update({Benefit.first_day: today() - timedelta(days=400)}).where(Benefit.id == late.id)
        page = await officer.get(at)
        assert "期满后才能核查、核定" not in page.text
        assert f'href="{at}/verification"' in page.text
