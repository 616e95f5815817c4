"""Tokens on the desk: who makes and revokes one, that it is shown once, and every refusal."""

import re

import pytest

from foundation.people import accounts
from foundation.people.token_tables import ApiToken
from foundation.store import ledger
from tests.innovations.made_up import works
from tests.web import visitors

PASSWORD = "kiln-door-2026-open"
FORM = {"name": "云窑生产系统", "scopes": ["proposals:read"], "days": "90", "password": PASSWORD}
TOKEN = re.compile(r"ganpo_[\w-]{43}")


async def with_password(name: str) -> None:
    found = await accounts.find(name)
    assert found is not None
    code = await accounts.new_activation(found.id, "test")
    await accounts.activate(name, code, PASSWORD)


async def test_an_officer_makes_a_token_sees_it_once_and_revokes_it(database):
    here = await works()
    await with_password("yue")
    async with visitors() as web:
        officer = await web.signed_in("yue")
        made = await officer.post("/tokens", FORM)
        shown = TOKEN.findall(made.text)
        assert (made.status_code, len(shown), made.headers["cache-control"]) == (200, 1, "private, no-store")
        again = await officer.get("/tokens")
        assert shown[0] not in again.text
        assert "云窑生产系统" in again.text
        header = {"authorization": f"Bearer {shown[0]}"}
        assert (await web.visitor().get("/api/proposals", headers=header)).status_code == 200
        row = (await ApiToken.select())[0]
        assert (row["organisation"], row["scopes"], row["made_by"]) == (
            here.places["works"], "proposals:read", here.people["yue"],
        )  # fmt: skip
        gone = await officer.post(f"/tokens/{row['id']}/revocation")
        assert gone.status_code == 303
        assert (await officer.post(f"/tokens/{row['id']}/revocation")).status_code == 303  # a second time is once
        assert (await web.visitor().get("/api/proposals", headers=header)).status_code == 401
        acts = [(one.act, one.actor) for one in await ledger.entries(f"api-token:{row['id']}")]
        by = f"account:{here.people['yue']}"
        assert acts == [("api_token.revoked", by), ("api_token.made", by)]


async def test_clerks_strangers_and_other_units_have_no_part_in_it(database):
    await works()
    await with_password("yue")
    async with visitors() as web:
        await (await web.signed_in("yue")).post("/tokens", FORM)
        number = (await ApiToken.select())[0]["id"]
        for name in ("mei", "tao", "pan", "nobody"):
            stranger = await web.signed_in(name)
            assert (await stranger.get("/tokens")).status_code == 404, name
            assert (await stranger.post(f"/tokens/{number}/revocation")).status_code == 404, name
        far = await web.signed_in("xun")
        assert "云窑生产系统" not in (await far.get("/tokens")).text
        assert (await far.post(f"/tokens/{number}/revocation")).status_code == 404
        above = await web.signed_in("yun")  # the county sees it and may end it
        assert "云窑生产系统" in (await above.get("/tokens")).text
        assert (await above.post(f"/tokens/{number}/revocation")).status_code == 303


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["proposals:read", "everything"]}, "scopes"),
        ({"days": "3650"}, "days"),
        ({"password": "wrong"}, "password"),
        ({"password": ""}, "password"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_made(database, change, field):
    await works()
    await with_password("yue")
    async with visitors() as web:
        page = await (await web.signed_in("yue")).post("/en/tokens", {**FORM, **change})
        assert page.status_code == 422
        assert f'href="#f-{field}"' in page.text
        assert not TOKEN.findall(page.text)
        assert PASSWORD not in page.text
    assert await ApiToken.count() == 0
