"""Secrets stand in no page again, and a telephone number tells nobody's name."""

from datetime import UTC, datetime

from foundation.people import accounts, organisations, throttle
from foundation.people.grants import Role
from foundation.people.organisations import Draft, Kind
from tests.web import visitors

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
PHONE = "13800138000"


async def test_a_form_that_waits_carries_no_secret_and_asks_for_it_again(database):
    async with visitors() as web:
        boss = await web.signed_in("boss", roles=list(Role))
        secrets = {"password": "porcelain blue", "code": "271828", "pin": "314159", "off_code": "161803"}
        typed = {"name": "饶㛃", **secrets}
        stale = await boss.post("/accounts", {**typed, "csrf_token": f"old.{boss.account_id}"})
        boss.client.cookies.clear()
        door = await boss.post("/accounts", typed)
        assert (stale.status_code, door.status_code) == (403, 401)
        for page in (stale.text, door.text):
            assert [value for value in secrets.values() if value in page] == []
            assert "饶㛃" in page
        assert [f'id="f-{name}"' in stale.text for name in secrets] == [True] * 4
        assert 'name="kept.password" value=""' in door.text


async def test_a_telephone_number_of_somebody_elsewhere_tells_nothing(database):
    async with visitors() as web:
        county = await organisations.create(1, Draft("景德镇市总工会", Kind.CITY), "cli", NOW)
        beside = await organisations.create(1, Draft("萍乡市总工会", Kind.CITY), "cli", NOW)
        await accounts.create_account("holder", "holder", ["officer"], "cli", NOW, organisation_id=county)
        await accounts.create_account("yuan", "傅远山", [], "cli", NOW, organisation_id=beside, phone=PHONE)
        await accounts.create_account("near", "程砚", [], "cli", NOW, organisation_id=county, phone="13900139000")
        holder = await web.signed_in("holder")
        own = f"/posts/{county}/{holder.account_id}"
        pages = [await holder.post(own, {"successor": phone}) for phone in (PHONE, "13700137000")]
        assert [(page.status_code, "傅远山" in page.text) for page in pages] == [(422, False)] * 2
        assert pages[0].text.count("准确账号") == pages[1].text.count("准确账号") > 0
        given = await holder.post("/posts", {"holder": PHONE, "roles": ["clerk"]})
        assert (given.status_code, "傅远山" in given.text) == (422, False)
        for typed, name in (("YUAN", "傅远山"), ("139 0013 9000", "程砚")):
            page = await holder.post(own, {"successor": typed})
            assert (page.status_code, name in page.text) == (200, True)


async def test_looking_for_accounts_is_paused_with_a_sentence(database, monkeypatch):
    monkeypatch.setattr(throttle, "LOOK_UPS", 1)
    async with visitors() as web:
        holder = await web.signed_in("holder", roles=["officer"])
        pages = [await holder.post("/posts", {"holder": "nobody", "roles": ["clerk"]}) for _ in range(2)]
        assert [(page.status_code, "查找账号过于频繁" in page.text) for page in pages] == [(422, False), (422, True)]
