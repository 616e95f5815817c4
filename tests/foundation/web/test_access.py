"""Closed by default: who gets in where, which forms are believed, and that nothing typed is lost at the door."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from foundation.people import accounts
from foundation.people.grants import Role
from foundation.people.sessions import SignedIn
from ganpo.app import create_app
from tests.web import HERE, visitors

# The guard stands before every handler and asks no table that the engines keep differently.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def handlers():
    """Every (handler, path) of the application."""
    return [
        (handler, path)
        for route in create_app().routes
        for handler in getattr(route, "route_handlers", [])
        for path in [route.path]
        if "OPTIONS" not in handler.http_methods
    ]


def test_every_handler_says_who_may_call_it():
    silent = [
        path for handler, path in handlers() if not {"public", "signed_in", "role", "may", "scope"} & handler.opt.keys()
    ]
    assert silent == []


def filled(path: str) -> str:
    return re.sub(r"\{[^}:]*:int\}", "1", re.sub(r"\{[^}:]*:(str|path)\}", "x", path))


async def test_a_visitor_meets_the_door_on_every_page_that_is_not_public(database):
    async with visitors() as web:
        visitor = web.visitor()
        for handler, path in handlers():
            if handler.opt.get("public"):
                continue
            if "scope" in handler.opt:
                method = "GET" if "GET" in handler.http_methods else "POST"
                answer = await visitor.client.request(method, filled(path))
                assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json"), path
                continue
            if "GET" in handler.http_methods:
                page = await visitor.get(filled(path) + "?a=1")
                assert page.status_code == 303, path
                assert urlsplit(page.headers["location"]).path == "/sign-in"
                assert parse_qs(urlsplit(page.headers["location"]).query) == {"next": [filled(path) + "?a=1"]}
            else:
                page = await visitor.post(filled(path), {"title": "typed"})
                assert page.status_code == 401, path


def needs_a_hat(handler) -> bool:
    """Whether somebody without any post can never get in: a role, or a permission that no relation alone gives."""
    nobody = SignedIn(account_id=1, name="", csrf="", session_id=1)
    permission = handler.opt.get("may")
    return "role" in handler.opt or (permission is not None and not permission.possible(nobody))


@ON_SQLITE
async def test_a_stranger_gets_404_wherever_a_role_is_needed(database):
    async with visitors() as web:
        stranger = await web.signed_in("stranger")
        for handler, path in handlers():
            if needs_a_hat(handler):
                page = await (
                    stranger.get(filled(path)) if "GET" in handler.http_methods else stranger.post(filled(path))
                )
                assert page.status_code == 404, path


@ON_SQLITE
async def test_forms_from_elsewhere_are_refused_by_every_handler(database):
    async with visitors() as web:
        officer = await web.signed_in("officer", roles=list(Role))
        for handler, path in handlers():
            if "POST" not in handler.http_methods:
                continue
            for origin in ({"origin": "https://elsewhere.example"}, {"referer": "https://elsewhere.example/"}, {}):
                data = {"csrf_token": officer.csrf}
                page = await officer.client.post(filled(path), data=data, headers=origin)
                assert page.status_code == (401 if "scope" in handler.opt else 403), (path, origin)


@ON_SQLITE
async def test_forms_without_the_session_s_token_reach_no_handler(database):
    async with visitors() as web:
        officer = await web.signed_in("officer", roles=list(Role))
        other = await web.signed_in("other", roles=list(Role))
        for handler, path in handlers():
            if "POST" in handler.http_methods and not handler.opt.get("public"):
                for token in ("", "x", other.csrf):
                    page = await officer.post(filled(path), {"csrf_token": token, "sign_in": "new", "name": "新"})
                    assert page.status_code == (401 if "scope" in handler.opt else 403), path
        assert await accounts.find("new") is None


TYPED = {"sign_in": "raosi", "name": "饶㛃 <b>", "roles": ["organiser", "officer"]}


async def officer_with_password(sign_in: str, password: str) -> int:
    account_id, code = await accounts.create_account(sign_in, sign_in, ["officer"], "cli", datetime.now(UTC))
    await accounts.activate(sign_in, code, password)
    return account_id


def carried_by(page: str) -> dict[str, list[str]]:
    """The hidden fields of a page that keeps what was typed."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page):
        fields.setdefault(name, []).append(unescape(value))
    return fields


async def test_what_was_typed_survives_a_lost_session(database):
    async with visitors() as web:
        await officer_with_password("boss", "porcelain blue")
        boss = await web.signed_in("boss")
        boss.client.cookies.clear()
        door = await boss.post("/accounts", TYPED)
        assert door.status_code == 401
        assert door.headers["cache-control"] == "private, no-store"
        carried = carried_by(door.text)
        assert carried["kept.name"] == ["饶㛃 <b>"]
        again = await boss.post("/sign-in", {**carried, "sign_in": "boss", "password": "porcelain blue"})
        assert again.status_code == 403
        assert "饶㛃 &lt;b&gt;" in again.text
        assert 'action="/accounts"' in again.text
        boss.csrf = re.search(r'name="csrf_token" value="([^"]+)"', again.text).group(1)
        made = await boss.post("/accounts", TYPED)
        assert made.status_code == 200
        found = await accounts.find("raosi")
        assert (found.name, found.roles) == ("饶㛃 <b>", {"organiser", "officer"})


async def test_what_one_person_typed_is_never_sent_in_another_s_name(database):
    async with visitors() as web:
        await officer_with_password("other", "celadon green")
        boss, other = await web.signed_in("boss", roles=["officer"]), await web.signed_in("other")
        lost = await web.signed_in("boss")
        lost.client.cookies.clear()
        carried = carried_by((await lost.post("/accounts", TYPED)).text)
        door = await lost.post("/sign-in", {**carried, "sign_in": "other", "password": "celadon green"})
        assert door.status_code == 403
        assert "set-cookie" not in door.headers
        assert "他人填写" in door.text
        other.csrf = boss.csrf  # an old tab of the boss's, in the browser where the other signed in since
        tab = await other.post("/accounts", TYPED)
        assert tab.status_code == 403
        assert "饶㛃" not in tab.text
        assert await accounts.find("raosi") is None


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "", "x", "/\t/elsewhere.example"],
)
async def test_the_door_leads_only_to_our_own_pages(database, wanted):
    async with visitors() as web:
        _, code = await accounts.create_account("boss", "主管", [], "cli", datetime.now(UTC))
        await accounts.activate("boss", code, "porcelain blue")
        inside = await web.visitor().post("/sign-in", {"sign_in": "boss", "password": "porcelain blue", "next": wanted})
        assert (inside.status_code, inside.headers["location"]) == (303, "/desk")


async def test_signing_in_sets_one_guarded_cookie_and_signing_out_takes_it_back(database):
    async with visitors() as web:
        visitor = web.visitor()
        _, code = await accounts.create_account("boss", "主管", [], "cli", datetime.now(UTC))
        inside = await visitor.post(
            "/activate", {"sign_in": "boss", "code": code, "password": "porcelain blue", "repeated": "porcelain blue"}
        )
        cookie = inside.headers["set-cookie"]
        assert inside.status_code == 303
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        desk = await visitor.get("/desk")
        assert desk.status_code == 200
        visitor.csrf = re.search(r'name="csrf_token" value="([^"]+)"', desk.text).group(1)
        out = await visitor.post("/sign-out")
        assert out.status_code == 303
        assert (await visitor.get("/desk")).status_code == 303


async def test_two_different_new_passwords_are_refused(database):
    async with visitors() as web:
        page = await web.visitor().post(
            "/activate", {"sign_in": "boss", "code": "x", "password": "porcelain blue", "repeated": "porcelain bleu"}
        )
        assert page.status_code == 422
        assert "porcelain" not in page.text


async def test_public_pages_are_the_same_for_everyone_and_set_no_cookie(database):
    async with visitors() as web:
        officer = await web.signed_in("officer", name="熊省工", roles=["officer"])
        for path in ("/", "/competitions", "/verify", "/en/", "/nothing-here"):
            one, other = await web.visitor().get(path), await officer.get(path)
            assert "set-cookie" not in other.headers
            assert "熊省工" not in other.text
            if path != "/nothing-here":  # its page carries a number of its own
                assert one.text == other.text


async def test_every_answer_is_guarded_and_numbered(database):
    async with visitors() as web:
        for path in ("/", "/desk", "/nothing-here", "/health/live"):
            page = await web.visitor().get(path)
            policy = page.headers["content-security-policy"]
            assert "'unsafe-inline'" not in policy
            assert policy.startswith("default-src 'none'")
            assert page.headers["x-content-type-options"] == "nosniff"
            assert re.fullmatch(r"[0-9a-f]{12}", page.headers["x-request-id"])


async def test_head_answers_like_get_without_a_body(database):
    async with visitors() as web:
        visitor = web.visitor()
        page = await visitor.client.head("/")
        assert (page.status_code, page.content) == (200, b"")


async def test_health_says_whether_it_can_serve(database):
    async with visitors() as web:
        visitor = web.visitor()
        assert (await visitor.get("/health/live")).text == "ok"
        assert (await visitor.get("/health/ready")).text == "ok"


async def test_static_files_may_be_kept_for_ever_and_wrong_versions_are_not_found(database):
    async with visitors() as web:
        visitor = web.visitor()
        page = await visitor.get("/")
        address = re.search(r'href="(/static/[^"]+/css/tokens.css)"', page.text).group(1)
        packed = await visitor.get(address)
        plain = await visitor.get(address, headers={"accept-encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.text == plain.text
        assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert (await visitor.get("/static/000000000000/css/tokens.css")).status_code == 404
        assert (await visitor.get("/static/" + address.split("/")[2] + "/../pyproject.toml")).status_code == 404


@pytest.mark.parametrize("headers", [{"origin": "http://[x"}, {"referer": "http://[x/"}, {"origin": "null"}])
async def test_an_origin_that_cannot_be_read_is_foreign(database, headers):
    async with visitors() as web:
        page = await web.visitor().client.post("/sign-in", data={"sign_in": "x"}, headers=headers)
        assert page.status_code == 403


async def test_no_address_makes_a_link_to_another_site(database):
    async with visitors() as web:
        for path in ("/en//elsewhere.example/", "//elsewhere.example/", "/en///elsewhere.example"):
            page = await web.visitor().get(HERE + path)
            assert page.status_code == 404
            assert '"//' not in page.text


async def test_a_message_in_an_address_that_is_not_sealed_is_not_shown(database):
    async with visitors() as web:
        officer = await web.signed_in("officer", roles=["officer"])
        plain = await officer.get("/desk")
        for done in ("marks_saved", "marks_saved.", "marks_saved.é", "marks_saved.0123456789abcdef", ".é"):
            page = await officer.get("/desk", params={"done": done})
            assert (page.status_code, "flashes" in page.text) == (200, "flashes" in plain.text)


async def test_options_names_the_methods_and_nothing_else(database):
    async with visitors() as web:
        for path in ("/", "/accounts"):
            answer = await web.visitor().client.options(path)
            assert (answer.status_code, answer.content) == (204, b"")


async def test_gzip_is_not_sent_to_who_refuses_it(database):
    async with visitors() as web:
        visitor = web.visitor()
        address = re.search(r'href="(/static/[^"]+/css/tokens.css)"', (await visitor.get("/")).text).group(1)
        for accepted, packed in (
            ("gzip;q=0", False),
            ("gzip; q=0.0, br", False),
            ("br, gzip;q=0.5", True),
            ("", False),
        ):
            answer = await visitor.get(address, headers={"accept-encoding": accepted})
            assert ("content-encoding" in answer.headers) is packed, accepted


async def test_where_a_request_came_from_is_believed_of_our_own_proxies_only(database, monkeypatch):
    monkeypatch.setenv("GANPO_PROXIES", "1")
    async with visitors() as web:
        visitor = web.visitor()
        wrong = {"sign_in": "boss", "password": "wrong"}

        async def attempt(forwarded: str) -> bool:
            headers = {"origin": HERE, "x-forwarded-for": forwarded}
            page = await visitor.client.post("/sign-in", data=wrong, headers=headers)
            return "尝试次数过多" in page.text

        assert [await attempt(f"{number}.0.0.1, 10.0.0.9") for number in range(9)][-1] is True
        assert await attempt("1.0.0.1, 10.0.0.8") is False
