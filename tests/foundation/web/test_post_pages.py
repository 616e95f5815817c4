"""The pages of accounts and posts: who sees whom, who may give what, hats, handing over, and junk."""

import re
from datetime import UTC, datetime

import pytest

from foundation.people import accounts, organisations, posts, sessions
from foundation.people.organisations import Draft, Kind
from tests.web import Visitor, Web, visitors

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
CITY, COUNTY, BESIDE = "景德镇市总工会", "浮梁县总工会", "萍乡市总工会"


async def tree() -> tuple[int, int, int]:
    """A city, a county below it, and another city."""
    city = await organisations.create(1, Draft(CITY, Kind.CITY), "cli", NOW)
    county = await organisations.create(city, Draft(COUNTY, Kind.COUNTY), "cli", NOW)
    return city, county, await organisations.create(1, Draft(BESIDE, Kind.CITY), "cli", NOW)


async def person(web: Web, sign_in: str, *roles: str, at: int = 1) -> Visitor:
    await accounts.create_account(sign_in, sign_in, roles, "cli", NOW, organisation_id=at)
    return await web.signed_in(sign_in)


async def roles_of(account_id: int) -> dict[str, set[str]]:
    return {hat.organisation: set(hat.roles) for hat in await sessions.hats_of(account_id)}


def header(page: str) -> str:
    return page[: page.index("</header>")]


async def test_an_officer_sees_the_accounts_at_and_below_the_hat_and_no_others(database):
    async with visitors() as web:
        city, county, beside = await tree()
        officer = await person(web, "officer", "officer", at=city)
        for sign_in, place in (("inside", county), ("outside", beside), ("above", 1)):
            await person(web, sign_in, "clerk", at=place)
        page = await officer.get("/accounts")
        assert (page.status_code, re.findall(r'href="/accounts/\d+">(\w+)</a>', page.text)) == (
            200,
            ["inside", "officer"],
        )
        ids = {name: (await accounts.find(name)).id for name in ("inside", "outside", "above")}
        assert [(await officer.get(f"/accounts/{ids[name]}")).status_code for name in ids] == [200, 404, 404]
        assert (await officer.get(f"/accounts?organisation={county}")).status_code == 200
        for junk in (beside, 1, 99, "x", "-1", "9" * 40, "１"):
            assert (await officer.get(f"/accounts?organisation={junk}")).status_code == 404, junk
        for junk in ("x", "-1", "0", "9" * 40):
            assert (await officer.get(f"/accounts?before={junk}")).status_code == 404, junk


async def test_an_organisation_is_found_by_its_name_within_the_hat_s_tree(database):
    async with visitors() as web:
        city, county, _ = await tree()
        officer = await person(web, "officer", "officer", at=city)
        found = await officer.get("/accounts", params={"name": COUNTY})
        assert (found.status_code, found.headers["location"]) == (303, f"/accounts?organisation={county}")
        missed = await officer.get("/accounts", params={"name": BESIDE})
        assert missed.status_code == 422
        assert f'value="{BESIDE}"' in missed.text


async def test_a_new_account_gets_a_code_once_and_its_post_where_it_was_made(database):
    async with visitors() as web:
        city, county, _ = await tree()
        officer = await person(web, "officer", "officer", at=city)
        form = {"organisation": str(county), "name": "程砚", "phone": "13800138000", "roles": ["clerk"]}
        made = await officer.post("/accounts", form)
        assert made.status_code == 200
        assert "138****8000" in made.text
        assert "13800138000" not in made.text
        found = await accounts.find("13800138000")
        assert (found.organisation, await roles_of(found.id)) == (COUNTY, {COUNTY: {"clerk"}})
        again = await officer.post("/accounts", form)
        assert again.status_code == 422
        assert 'value="程砚"' in again.text
        assert 'value="13800138000"' in again.text


@pytest.mark.parametrize("roles", [["supervisor"], ["king"], ["clerk", "supervisor"]])
async def test_an_officer_of_a_unit_gives_no_role_that_is_not_theirs_to_give(database, roles):
    async with visitors() as web:
        city, county, _ = await tree()
        officer = await person(web, "officer", "officer", at=city)
        target = await person(web, "target", at=county)
        new = await officer.post("/accounts", {"name": "程砚", "sign_in": "cheng", "roles": roles})
        given = await officer.post(f"/accounts/{target.account_id}/posts", {"roles": roles})
        named = await officer.post("/posts", {"holder": "target", "roles": roles})
        assert (new.status_code, given.status_code, named.status_code) == (422, 422, 422)
        assert (await accounts.find("cheng"), await roles_of(target.account_id)) == (None, {})


async def test_no_officer_makes_a_post_above_or_beside_their_own(database):
    async with visitors() as web:
        city, county, beside = await tree()
        officer = await person(web, "officer", "officer", at=city)
        target = await person(web, "target", at=county)
        for place in (1, beside):
            form = {"organisation": str(place), "name": "程砚", "sign_in": "cheng", "roles": ["officer"]}
            assert (await officer.post("/accounts", form)).status_code == 404
            assert (await officer.post("/posts", {**form, "holder": "target"})).status_code == 404
        form = {"place_name": BESIDE, "roles": ["officer"]}
        assert (await officer.post(f"/accounts/{target.account_id}/posts", form)).status_code == 422
        assert (await accounts.find("cheng"), await roles_of(target.account_id)) == (None, {})


async def test_a_post_is_given_and_ended(database):
    async with visitors() as web:
        city, county, _ = await tree()
        officer = await person(web, "officer", "officer", at=city)
        target = await person(web, "target", at=county)
        own = f"/accounts/{target.account_id}/posts"
        assert (await officer.post(own, {"roles": []})).status_code == 422
        assert (await officer.post(own, {"place_name": COUNTY, "roles": ["clerk", "signer"]})).status_code == 303
        assert (await officer.post(own, {"place_name": COUNTY, "roles": ["clerk"]})).status_code == 422
        assert await roles_of(target.account_id) == {COUNTY: {"clerk", "signer"}}
        assert (await officer.post(f"{own}/{county}")).status_code == 303
        assert (await officer.post(f"{own}/{county}")).status_code == 422
        assert await roles_of(target.account_id) == {}


async def test_somebody_from_elsewhere_is_given_a_post_by_name_and_their_account_stays_their_own_union_s(database):
    async with visitors() as web:
        city, _, beside = await tree()
        officer = await person(web, "officer", "officer", at=city)
        target = await person(web, "target", "officer", at=beside)
        own = f"/accounts/{target.account_id}"
        assert (await officer.get(own)).status_code == 404
        assert (await officer.post("/posts", {"holder": "nobody", "roles": ["clerk"]})).status_code == 422
        assert (await officer.post("/posts", {"holder": "target", "roles": ["clerk"]})).status_code == 303
        page = await officer.get(own)
        assert page.status_code == 200
        assert BESIDE not in page.text.replace(f"<dd>{BESIDE}</dd>", "")  # what they are elsewhere is not told
        for act in ("activation", "close", "phone"):
            assert (await officer.post(own, {"act": act})).status_code == 422, act
        assert (await target.get("/desk")).status_code == 200


async def test_codes_phones_closing_and_opening_are_for_officers_above_all_of_an_account(database):
    async with visitors() as web:
        city, county, _ = await tree()
        officer, target = await person(web, "officer", "officer", at=city), await person(web, "target", at=county)
        own = f"/accounts/{target.account_id}"
        assert (await officer.post(own, {"act": "phone", "phone": "13800138000"})).status_code == 303
        wrong = await officer.post(own, {"act": "phone", "phone": "138"})
        assert (wrong.status_code, 'value="138"' in wrong.text) == (422, True)
        issued = await officer.post(own, {"act": "activation"})
        assert issued.status_code == 200
        assert "138****8000" in issued.text
        assert (await target.get("/desk")).status_code == 303  # its sessions ended
        assert (await officer.post(own, {"act": "close"})).status_code == 303
        assert (await accounts.find("target")).active is False
        assert (await officer.post(own, {"act": "open"})).status_code == 303
        assert (await accounts.find("target")).active is True
        assert (await officer.post(f"/accounts/{officer.account_id}", {"act": "close"})).status_code == 422


async def test_the_hat_is_changed_for_the_session_and_decides_what_is_found(database):
    async with visitors() as web:
        city, county, _ = await tree()
        both = await person(web, "both", "officer", at=city)
        assert 'href="/posts"' not in header((await both.get("/desk")).text)  # one hat: nothing to switch
        await posts.give(both.account_id, county, ["clerk"], "cli", NOW)
        assert 'href="/posts"' in header((await both.get("/desk")).text)
        assert f'name="organisation" value="{county}"' in (await both.get("/posts")).text
        assert (await both.get("/accounts")).status_code == 200
        changed = await both.post("/hats", {"organisation": str(county)})
        assert changed.status_code == 303
        assert changed.headers["location"].startswith("/desk?done=hat_worn_done.")
        assert (await both.get("/accounts")).status_code == 404
        for junk in ("1", "99", "x", "", "-1", "9" * 40, "２"):
            assert (await both.post("/hats", {"organisation": junk})).status_code == 404, junk
        await posts.end(both.account_id, county, "cli", NOW)
        assert (await both.get("/accounts")).status_code == 200  # back under the hat that is left


async def test_a_post_is_handed_over_after_a_page_that_says_what_moves(database):
    async with visitors() as web:
        _, county, beside = await tree()
        holder = await person(web, "holder", "officer", at=county)
        new, stranger = await person(web, "new"), await person(web, "stranger", "officer", at=beside)
        own = f"/posts/{county}/{holder.account_id}"
        assert own in (await holder.get("/posts")).text
        assert (await holder.get(own)).status_code == 200
        for other in (new, stranger):
            assert (await other.get(own)).status_code == 404
            assert (await other.post(own, {"successor": "new", "confirmed": "yes"})).status_code == 404
        for wrong in ("", "nobody", "holder"):
            page = await holder.post(own, {"successor": wrong, "confirmed": "yes"})
            assert (page.status_code, f'value="{wrong}"' in page.text) == (422, True)
        preview = await holder.post(own, {"successor": "NEW"})
        assert preview.status_code == 200
        assert 'name="confirmed"' in preview.text
        assert await roles_of(new.account_id) == {}
        assert (await holder.post(own, {"successor": "NEW", "confirmed": "yes"})).status_code == 303
        assert (await roles_of(holder.account_id), await roles_of(new.account_id)) == ({}, {COUNTY: {"officer"}})
        assert (await holder.post(own, {"successor": "NEW", "confirmed": "yes"})).status_code == 404


async def test_without_the_officer_s_hat_there_are_no_pages_of_accounts(database):
    async with visitors() as web:
        _, county, _ = await tree()
        clerk = await person(web, "clerk", "clerk", "reviewer", "signer", "organiser", "supervisor", at=county)
        own = f"/accounts/{clerk.account_id}"
        for path in ("/accounts", own):
            assert (await clerk.get(path)).status_code == 404
        for path in ("/accounts", own, f"{own}/posts", f"{own}/posts/{county}", "/posts"):
            assert (await clerk.post(path, {"roles": ["officer"]})).status_code == 404
