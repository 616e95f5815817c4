"""The pages of second factors: no session before the code, nothing typed is lost, what is shown once is shown once."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pyotp
import pytest

from foundation.people import accounts, factor_rules, factors, sessions
from foundation.people.tables import Session
from tests.web import visitors

PASSWORD = "porcelain blue"


async def somebody(sign_in: str = "guan", roles: tuple[str, ...] = ("officer",)) -> int:
    account_id, code = await accounts.create_account(sign_in, sign_in, roles, "cli", datetime.now(UTC))
    await accounts.activate(sign_in, code, PASSWORD)
    return account_id


async def enrolled(account_id: int) -> tuple[str, list[str]]:
    """Set up two minutes ago, so that the code of this moment is not used up."""
    then = datetime.now(UTC) - timedelta(minutes=2)
    await factors.begin(account_id, then)
    secret = await factors.secret_to_scan(account_id)
    return secret, await factors.confirm(account_id, pyotp.TOTP(secret).at(then), then)


def now_of(secret: str) -> str:
    return pyotp.TOTP(secret).now()


def carried_by(page: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page):
        fields.setdefault(name, []).append(unescape(value))
    return fields


def key_in(page: str) -> str:
    """The key as it is shown for typing."""
    shown = re.search(r'<code class="code">(.*?)</code>', page)
    assert shown is not None
    return re.sub(r"<[^>]*>", "", shown.group(1))


def codes_in(page: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", one) for one in re.findall(r'<code class="code">(.*?)</code>', page)]


async def test_the_password_alone_opens_nothing_where_there_is_a_second_factor(database):
    async with visitors() as web:
        guan = await somebody()
        secret, _ = await enrolled(guan)
        visitor = web.visitor()
        step = await visitor.post("/sign-in", {"sign_in": "guan", "password": PASSWORD, "next": "/accounts?before=9"})
        assert step.status_code == 200
        assert "set-cookie" not in step.headers
        assert step.headers["cache-control"] == "no-store"
        assert await Session.count() == 0
        assert PASSWORD not in step.text
        carried = carried_by(step.text)
        assert carried["next"] == ["/accounts?before=9"]

        wrong = await visitor.post("/sign-in/code", {**carried, "code": "000000"})
        assert (wrong.status_code, "set-cookie" in wrong.headers) == (422, False)
        assert carried_by(wrong.text) == carried
        right = await visitor.post("/sign-in/code", {**carried, "code": now_of(secret)})
        assert (right.status_code, right.headers["location"]) == (303, "/accounts?before=9")
        assert (await visitor.get("/me/second-factor")).status_code == 200

        again = await web.visitor().post("/sign-in/code", {**carried, "code": now_of(secret)})
        assert (again.status_code, "set-cookie" in again.headers) == (422, False)
        assert 'action="/sign-in"' in again.text


async def test_a_recovery_code_opens_too(database):
    async with visitors() as web:
        _, codes = await enrolled(await somebody())
        visitor = web.visitor()
        step = await visitor.post("/en/sign-in", {"sign_in": "guan", "password": PASSWORD})
        inside = await visitor.post("/en/sign-in/code", {**carried_by(step.text), "code": codes[0].lower()})
        assert (inside.status_code, inside.headers["location"]) == (303, "/en/desk")


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/enrol"])
async def test_nobody_gets_in_by_the_second_step_alone(database, path):
    async with visitors() as web:
        await enrolled(await somebody())
        for fields in ({}, {"pending": "x", "code": "123456"}, {"pending": "\x00", "code": "甲" * 999}):
            page = await web.visitor().post(path, fields)
            assert (page.status_code, "set-cookie" in page.headers) == (422, False)
        assert await Session.count() == 0


async def test_activating_again_does_not_go_round_the_second_factor(database):
    async with visitors() as web:
        guan = await somebody()
        secret, _ = await enrolled(guan)
        code = await accounts.new_activation(guan, "cli")
        visitor = web.visitor()
        fields = {"sign_in": "guan", "code": code, "password": "celadon green", "repeated": "celadon green"}
        step = await visitor.post("/activate", fields)
        assert (step.status_code, "set-cookie" in step.headers) == (200, False)
        inside = await visitor.post("/sign-in/code", {**carried_by(step.text), "code": now_of(secret)})
        assert (inside.status_code, inside.headers["location"]) == (303, "/desk")


async def test_a_role_that_asks_for_one_has_it_set_up_before_anything_else(database):
    async with visitors() as web:
        guan = await somebody()
        await factor_rules.ask_of(["officer"], "cli")
        visitor = web.visitor()
        step = await visitor.post("/sign-in", {"sign_in": "guan", "password": PASSWORD, "next": "/accounts"})
        assert (step.status_code, "set-cookie" in step.headers, await Session.count()) == (200, False, 0)
        assert '<svg role="img"' in step.text
        assert "style=" not in step.text
        carried, key = carried_by(step.text), key_in(step.text)
        # the code page is not the way round the set-up
        other = await visitor.post("/sign-in/code", {**carried, "code": now_of(key)})
        assert (other.status_code, await Session.count()) == (422, 0)
        wrong = await visitor.post("/sign-in/enrol", {**carried, "code": "000000"})
        assert (wrong.status_code, key_in(wrong.text)) == (422, key)
        done = await visitor.post("/sign-in/enrol", {**carried, "code": now_of(key)})
        assert done.status_code == 200
        assert done.headers["cache-control"] == "private, no-store"
        assert len(codes_in(done.text)) == 10
        assert 'href="/accounts"' in done.text
        assert (await visitor.get("/me/second-factor")).status_code == 200
        assert key not in (await visitor.get("/me/second-factor")).text
        twice = await web.visitor().post("/sign-in/enrol", {**carried, "code": now_of(key)})
        assert twice.status_code == 422
        assert await Session.count() == 1
        await factors.check(guan, codes_in(done.text)[0], datetime.now(UTC))


async def test_the_key_of_another_phone_is_never_shown_to_a_password(database):
    """Somebody left the setting up of another phone half done: the enrolling page must not tell its key."""
    async with visitors() as web:
        guan = await somebody()
        secret, _ = await enrolled(guan)
        await factors.begin(guan, datetime.now(UTC))
        half_done = await factors.secret_to_scan(guan)
        thief = web.visitor()
        step = await thief.post("/sign-in", {"sign_in": "guan", "password": PASSWORD})
        for code in ("000000", now_of(half_done)):
            page = await thief.post("/sign-in/enrol", {**carried_by(step.text), "code": code})
            assert (page.status_code, half_done in re.sub(r"<[^>]*>", "", page.text)) == (422, False)
        assert await Session.count() == 0
        assert (await factors.check(guan, now_of(secret), datetime.now(UTC))) is None


async def test_what_was_typed_before_the_session_ended_survives_both_steps(database):
    typed = {"act": "start", "note": "饶㛃 <b>"}
    async with visitors() as web:
        guan = await somebody()
        secret, _ = await enrolled(guan)
        lost = await web.signed_in("guan")
        lost.client.cookies.clear()
        door = await lost.post("/me/second-factor", typed)
        assert door.status_code == 401
        step = await lost.post("/sign-in", {**carried_by(door.text), "sign_in": "guan", "password": PASSWORD})
        wrong = await lost.post("/sign-in/code", {**carried_by(step.text), "code": "000000"})
        again = await lost.post("/sign-in/code", {**carried_by(wrong.text), "code": now_of(secret)})
        assert again.status_code == 403
        assert "饶㛃 &lt;b&gt;" in again.text
        assert 'action="/me/second-factor"' in again.text

        await somebody("mei")
        other = await lost.post("/sign-in", {**carried_by(door.text), "sign_in": "mei", "password": PASSWORD})
        assert (other.status_code, "set-cookie" in other.headers) == (403, False)


async def test_what_was_typed_survives_setting_up_a_phone(database):
    async with visitors() as web:
        await somebody()
        lost = await web.signed_in("guan")
        lost.client.cookies.clear()
        await factor_rules.ask_of(["officer"], "cli")
        door = await lost.post("/second-factors", {"roles": ["signer", "clerk"]})
        step = await lost.post("/sign-in", {**carried_by(door.text), "sign_in": "guan", "password": PASSWORD})
        done = await lost.post("/sign-in/enrol", {**carried_by(step.text), "code": now_of(key_in(step.text))})
        assert done.status_code == 200
        assert 'action="/second-factors"' in done.text
        assert re.findall(r'name="roles">\n(\w+)<', done.text) == ["signer", "clerk"]


async def test_one_sets_up_a_phone_renews_codes_and_does_without(database):
    async with visitors() as web:
        guan = await somebody()
        visitor = await web.signed_in("guan")
        here = "/en/me/second-factor"
        assert "Set up" in (await visitor.get(here)).text
        shown = await visitor.post(here, {"act": "start"})
        key = key_in(shown.text)
        assert key not in (await visitor.get(here)).text
        wrong = await visitor.post(f"{here}/first-code", {"code": "000000"})
        assert (wrong.status_code, key_in(wrong.text)) == (422, key)
        done = await visitor.post(f"{here}/first-code", {"code": now_of(key)})
        codes = codes_in(done.text)
        assert (done.status_code, len(codes)) == (200, 10)
        assert (await factors.factor_of(guan)).on

        for act, field in (("start", "start_code"), ("renew", "renew_code"), ("off", "off_code")):
            page = await visitor.post(here, {"act": act, field: "000000"})
            assert (page.status_code, f"f-{field}-error" in page.text) == (422, True)
        renewed = await visitor.post(here, {"act": "renew", "renew_code": codes[0]})
        fresh = codes_in(renewed.text)
        assert len(set(fresh) - set(codes)) == 10
        another = await visitor.post(here, {"act": "start", "start_code": fresh[0]})
        assert key_in(another.text) != key
        off = await visitor.post(here, {"act": "off", "off_code": fresh[1]})
        assert off.status_code == 303
        assert (await factors.factor_of(guan)).on is False
        assert (await visitor.post(here, {"act": "?"})).status_code == 404


async def test_the_rules_are_the_root_officer_s(database):
    async with visitors() as web:
        root, office = await web.signed_in("root", roles=["officer"]), await web.signed_in("mei", roles=["organiser"])
        assert (await office.get("/second-factors")).status_code == 404
        assert (await office.post("/second-factors", {"roles": "officer"})).status_code == 404
        assert await factor_rules.asking() == frozenset()
        assert (await root.get("/second-factors")).status_code == 200
        assert (await root.post("/second-factors", {"roles": ["officer", "signer"]})).status_code == 303
        assert await factor_rules.asking() == {"officer", "signer"}
        assert (await root.get("/second-factors")).text.count(" checked") == 2
        junk = await root.post("/second-factors", {"roles": ["king", "officer"]})
        assert junk.status_code == 422
        assert await factor_rules.asking() == {"officer", "signer"}
        assert (await root.post("/second-factors", {})).status_code == 303
        assert await factor_rules.asking() == frozenset()


async def test_an_officer_above_resets_a_lost_phone(database):
    async with visitors() as web:
        mei = await somebody("mei", ("organiser",))
        await enrolled(mei)
        root, stranger = (
            await web.signed_in("root", roles=["officer"]),
            await web.signed_in("sheng", roles=["organiser"]),
        )
        hers = await web.signed_in("mei")
        here = f"/accounts/{mei}/second-factor"
        for page in (await stranger.get(here), await stranger.post(here, {"certain": "yes"})):
            assert page.status_code == 404
        assert (await root.get("/accounts/999/second-factor")).status_code == 404
        assert (await root.get("/accounts/99999999999/second-factor")).status_code == 404
        assert (await root.post(here, {})).status_code == 422
        assert (await factors.factor_of(mei)).on
        done = await root.post(here, {"certain": "yes"})
        assert done.status_code == 303
        assert (await factors.factor_of(mei)).on is False
        assert (await hers.get("/me/second-factor")).status_code == 303
        assert (await root.post(here, {"certain": "yes"})).status_code == 422
        await enrolled(root.account_id)
        own = await root.post(f"/accounts/{root.account_id}/second-factor", {"certain": "yes"})
        assert own.status_code == 422


async def test_a_session_that_is_open_proves_itself_with_the_code_too(database):
    guan = await somebody()
    secret, _ = await enrolled(guan)
    now = datetime.now(UTC)
    user = await sessions.from_token(await sessions.open_session(guan, now), now)
    assert user is not None
    with pytest.raises(Exception, match="factor_code_empty"):
        await sessions.prove(user, PASSWORD, "", "here", now)
    await sessions.prove(user, PASSWORD, now_of(secret), "here", now)
