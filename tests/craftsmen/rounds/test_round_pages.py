"""Rounds on pages: from a preset to freezing, sections, amendments, the composition check, what is public."""

import html
import re

from craftsmen import rounds
from craftsmen.round_reads import draft_rules, round_by_address, rules_of, versions
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.facts import Role, UnitType
from craftsmen.rules.round_rules import CompositionRow, Places
from foundation.people.organisation_tables import ROOT_ID
from tests.craftsmen.rounds.here import NOW, Here, province, small
from tests.web import Visitor, visitors

MANAGE = "/rounds/manage"


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, name
    return found[1]


async def made(officer: Visitor, here: Here, **typed: str) -> str:
    answer = await officer.post(
        MANAGE,
        {"title": str(here.title), "year": "2026", "edition": "8", "name": "第八届赣鄱工匠推荐选树",
         "start": "preset:ganpo-craftsman", **typed},
    )  # fmt: skip
    assert answer.status_code == 303, re.findall(r'field-error".*?</p>', answer.text, re.S)
    return answer.headers["location"].partition("?")[0].removeprefix(f"{MANAGE}/")


async def test_a_round_from_preset_to_public_page(database):
    here = await province()
    async with visitors() as web:
        officer = await web.signed_in("guan")
        address = await made(officer, here)
        assert (await web.visitor().get(f"/rounds/{address}")).status_code == 404
        page = (await officer.get(f"{MANAGE}/{address}")).text
        assert "推荐名额合计10个，少于拟命名数20个。" in page

        # Preset places do not reach 20: the page that freezes says so, and does not offer the act.
        page = (await officer.get(f"{MANAGE}/{address}/freezing")).text
        assert "有1处不一致" in page
        assert "锁定并公开规则" not in page
        assert (await officer.post(f"{MANAGE}/{address}/freezing", {"seen": hidden(page, "seen")})).status_code == 409

        section = f"{MANAGE}/{address}/rules/places"
        page = (await officer.get(section)).text
        fields = {f"places-{one}": "9" for one in here.places.values()}
        answer = await officer.post(section, {**fields, "revision": hidden(page, "revision"), "act": "save"})
        assert answer.status_code == 303
        page = (await officer.get(f"{MANAGE}/{address}/freezing")).text
        answer = await officer.post(f"{MANAGE}/{address}/freezing", {"seen": hidden(page, "seen")})
        assert answer.status_code == 303

        # One link to the circular, which then knows what it opens; a channel has not handed in, and nobody "marks".
        page = (await officer.get(f"{MANAGE}/{address}")).text
        found = re.search(r'href="(/office/circulars/new[^"]*)"', page)
        assert found is not None
        draft = (await officer.get(html.unescape(found[1]))).text
        assert f'value="round:{address}"' in draft
        assert 'value="第八届赣鄱工匠推荐选树"' in draft
        assert ("尚未上报" in page, "尚未评分" in page) == (True, False)

        public = await web.visitor().get(f"/rounds/{address}")
        assert public.status_code == 200
        for words in ("在计入比例的全部人选中不低于35%", "企业负责人", "5个工作日", "赞成票达到实到评委的2/3"):
            assert words in public.text
        assert "第八届赣鄱工匠推荐选树" in (await web.visitor().get("/rounds")).text


async def test_what_was_typed_is_kept_and_each_field_says_what_is_wrong(database):
    here = await province()
    async with visitors() as web:
        officer = await web.signed_in("guan")
        answer = await officer.post(MANAGE, {"year": "26", "edition": "八", "name": "", "start": "", "begin": "明天"})
        assert answer.status_code == 422
        for words in (
            "请选择要授予的荣誉称号",
            "届次为不超过",
            "请填写名称",
            "请选择起草方式",
            'value="八"',
            'value="明天"',
        ):
            assert words in answer.text
        address = await made(officer, here)
        section = f"{MANAGE}/{address}/rules/composition"
        page = (await officer.get(section)).text
        typed = {"revision": hidden(page, "revision"), "composition-0-name": "女工程师", "composition-0-code": "women",
                 "composition-0-among": ["gender=female", "role=technical"], "composition-0-operator": ">=",
                 "composition-0-percent": "一半", "composition-0-of": ""}  # fmt: skip
        answer = await officer.post(section, {**typed, "act": "save"})
        assert answer.status_code == 422
        assert "比例应大于0且不超过100%" in answer.text
        assert 'value="一半"' in answer.text
        assert '<option value="role=technical" selected>' in answer.text
        # a row more, without saving; then saved
        answer = await officer.post(section, {**typed, "act": "add"})
        assert 'name="composition-1-name"' in answer.text
        answer = await officer.post(section, {**typed, "composition-0-percent": "12.5%", "act": "save"})
        assert answer.status_code == 303
        found = await round_by_address(address)
        assert (await draft_rules(found.id)).composition == (
            CompositionRow("women", "女工程师", (("gender", "female"), ("role", "technical")), (), ">=", 1250),
        )
        answer = await officer.post(section, {**typed, "composition-0-percent": "20", "act": "save"})
        assert answer.status_code == 409
        assert "您打开页面后他人已作修改" in answer.text


async def test_a_frozen_round_is_amended_with_a_reason_for_everyone(database):
    here = await province()
    found = await here.frozen_round(small(places=(Places(here.places["南昌"], "南昌", 3),)))
    async with visitors() as web:
        officer = await web.signed_in("guan")
        before = (await web.visitor().get(f"/rounds/{found.address}")).text
        section = f"{MANAGE}/{found.address}/rules/places"
        page = (await officer.get(section)).text
        fields = {
            f"places-{here.places['南昌']}": "3",
            f"places-{here.places['九江']}": "2",
            "base": hidden(page, "base"),
        }
        answer = await officer.post(section, {**fields, "act": "save"})
        assert answer.status_code == 422
        assert "请写明原因" in answer.text
        answer = await officer.post(section, {**fields, "act": "save", "reason": "九江市增补推荐"})
        assert answer.status_code == 303
        assert [one.number for one in await versions(found.id)] == [0, 1]
        after = (await web.visitor().get(f"/rounds/{found.address}")).text
        assert "九江市增补推荐" not in before
        assert "九江市增补推荐" in after


async def test_the_composition_check_says_what_is_missing(database):
    here = await province()
    rows = (
        CompositionRow("women", "女职工", (("gender", "female"),), (), ">=", 5000),
        CompositionRow("heads", "企业负责人", (("role", "enterprise_head"),), (), "<=", 2500),
    )
    rules = small(places=(Places(here.places["南昌"], "南昌", 9),), composition=rows)
    found = await here.frozen_round(rules)
    men = await here.nominate(found, "南昌", 2, unit_type=UnitType.NON_PUBLIC)
    women = await here.nominate(found, "南昌", 2, gender="female", role=Role.TECHNICAL, minority=True)
    heads = await here.nominate(found, "南昌", 1, role=Role.ENTERPRISE_HEAD)
    page = f"{MANAGE}/{found.address}/composition"
    async with visitors() as web:
        officer = await web.signed_in("guan")
        text = (await officer.get(page)).text
        assert "还差： 女职工2名" in text
        assert "选后无法达到： 企业负责人" in text
        text = (await officer.get(f"{page}?chosen=1&pick={men[0]}&pick={women[0]}")).text
        assert "剩余1个名额，仍可在符合各项比例的情况下用满" in text
        assert text.count(" checked") == 2
        text = (await officer.get(f"{page}?chosen=1&pick={men[0]}&pick={men[1]}&pick=junk&pick=999")).text
        assert "3个名额无法在符合各项比例的情况下用满" in text
        text = (await officer.get(f"{page}?chosen=1" + "".join(f"&pick={one}" for one in [*men, *women, *heads]))).text
        assert "多选了2名" in text
        english = (await officer.get(f"/en{page}?chosen=1&pick={men[0]}")).text
        assert "2 places are left" in english


async def test_rounds_are_their_own_offices_alone(database):
    here = await province()
    found = await here.frozen_round(small(places=(Places(here.places["南昌"], "南昌", 3),)))
    async with visitors() as web:
        city, visitor = await web.signed_in("shi"), web.visitor()
        for page in ("", "/facts", "/rules/places", "/freezing", "/composition"):
            assert (await city.get(f"{MANAGE}/{found.address}{page}")).status_code == 404
            assert (await visitor.get(f"{MANAGE}/{found.address}{page}")).status_code == 303
        answer = await city.post(f"{MANAGE}/{found.address}", {"step": "cancel", "reason": "我"})
        assert answer.status_code == 404
        assert "第8届" not in (await city.get(MANAGE)).text
        # but a city may run a round of its own, under the federation's title
        address = await made(city, here, edition="1", start="empty", name="南昌工匠")
        own = await round_by_address(address)
        assert own.organisation_id == here.places["南昌"] != ROOT_ID


async def test_steps_are_taken_once_and_said_on_the_page(database):
    here = await province()
    found = await here.frozen_round(small(places=(Places(here.places["南昌"], "南昌", 3),)))
    async with visitors() as web:
        officer = await web.signed_in("guan")
        page = f"{MANAGE}/{found.address}"
        assert (await officer.post(page, {"step": "close"})).status_code == 303
        answer = await officer.post(page, {"step": "close"})
        assert (answer.status_code, "本届正在初审" in answer.text) == (409, True)
        assert (await officer.post(page, {"step": "conclude"})).status_code == 409
        await here.nominate(found, "南昌", 2)
        await rounds.take_step(found.id, "decide", here.officer)
        text = (await web.visitor().get(f"/rounds/{found.address}")).text
        assert re.search(r"<dt>已推荐</dt><dd>2</dd>", text)
        assert "已授予</dt>" not in text
        answer = await officer.post(page, {"step": "cancel", "reason": ""})
        assert (answer.status_code, "请写明原因" in answer.text) == (409, True)
        assert (await officer.post(page, {"step": "cancel", "reason": "未达人数"})).status_code == 303
        assert "未达人数" in (await web.visitor().get(f"/rounds/{found.address}")).text
        assert (await rules_of(found.id)).confer == 3


async def test_long_lists_of_rounds_come_page_by_page_each_round_once(database):
    here = await province()
    for number in range(1, 72):
        row = SelectionRound(
            address=f"ganpo-craftsman-{number}", title=here.title, organisation=ROOT_ID, year=2000 + number // 7,
            edition=number, name=f"第{number}届评选", stage="concluded", rules="{}", rules_hash="x", document="",
            ended_reason="", created_by=here.officer, created_at=NOW, frozen_at=NOW if number % 10 else None,
        )  # fmt: skip
        await row.save()
    async with visitors() as web:
        officer, visitor = await web.signed_in("guan"), web.visitor()
        for who, at, wanted in (
            (officer, MANAGE, [*range(71, 0, -1)]),
            (visitor, "/rounds", [number for number in range(71, 0, -1) if number % 10]),
        ):
            seen, page, pages = [], at, 0
            while page:
                text = (await who.get(page)).text
                seen += [int(found) for found in re.findall(r"第(\d+)届评选", text)]
                more = re.search(r'rel="next" href="([^"]+)"', text)
                page, pages = more[1] if more else "", pages + 1
            assert (seen, pages) == (wanted, 3)
            for junk in ("x", "2026", "2026-1-2", "-1-2", "2026-99999999999"):
                assert (await who.get(f"{at}?before={junk}")).status_code == 404
        # an old one can still be copied, though only the newest are offered
        form = (await officer.get(f"{MANAGE}/new?start=before:ganpo-craftsman-1")).text
        assert 'value="before:ganpo-craftsman-1"' in form
        assert 'value="before:ganpo-craftsman-2"' not in form
