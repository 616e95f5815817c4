"""Closed by default: who gets in where, which forms are believed, and that nothing typed is lost at the door."""

import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from foundation.people import accounts
from ganpo.app import create_app
from tests.web import visitors


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
    silent = [path for handler, path in handlers() if not {"public", "signed_in", "role"} & handler.opt.keys()]
    assert silent == []


def filled(path: str) -> str:
    return re.sub(r"\{[^}:]*:int\}", "1", re.sub(r"\{[^}:]*:(str|path)\}", "x", path))


async def test_a_visitor_meets_the_door_on_every_page_that_is_not_public(database):
    async with visitors() as web:
        visitor = web.visitor()
        for handler, path in handlers():
            if handler.opt.get("public"):
                continue
            if "GET" in handler.http_methods:
                page = await visitor.get(filled(path) + "?a=1")
                assert page.status_code == 303, path
                assert urlsplit(page.headers["location"]).path == "/sign-in"
                assert parse_qs(urlsplit(page.headers["location"]).query) == {"next": [filled(path) + "?a=1"]}
            else:
                page = await visitor.post(filled(path), {"title": "typed"})
                assert page.status_code == 401, path


async def test_a_stranger_gets_404_wherever_a_role_is_needed(database):
    async with visitors() as web:
        stranger = await web.signed_in("stranger")
        for handler, path in handlers():
            if handler.opt.get("role"):
                page = await (
                    stranger.get(filled(path)) if "GET" in handler.http_methods else stranger.post(filled(path))
                )
                assert page.status_code == 404, path


async def test_forms_from_elsewhere_are_refused_by_every_handler(database):
    async with visitors() as web:
        officer = await web.signed_in("officer", roles=["officer"])
        for handler, path in handlers():
            if "POST" not in handler.http_methods:
                continue
            for origin in ({"origin": "https://elsewhere.example"}, {"referer": "https://elsewhere.example/"}, {}):
                data = {"csrf_token": officer.csrf}
                page = await officer.client.post(filled(path), data=data, headers=origin)
                assert page.status_code == 403, (path, origin)


async def test_forms_without_the_session_s_token_reach_no_handler(database):
    async with visitors() as web:
        officer = await web.signed_in("officer", roles=["officer"])
        other = await web.signed_in("other", roles=["officer"])
        for handler, path in handlers():
            if "POST" in handler.http_methods and not handler.opt.get("public"):
                for token in ("", "x", other.csrf):
                    page = await officer.post(filled(path), {"csrf_token": token, "sign_in": "new", "name": "新"})
                    assert page.status_code == 403, path
        assert await accounts.find("new") is None


async def test_what_was_typed_survives_a_lost_session(database):
    async with visitors() as web:
        visitor = web.visitor()
        typed = {"sign_in": "rao.龚䶮", "name": "饶㛃 <b>", "roles": ["organiser", "officer"]}
        door = await visitor.post("/accounts", typed)
        assert door.status_code == 401
        kept = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', door.text)
        assert ("kept.name", "饶㛃 &lt;b&gt;") in kept
        _, code = await accounts.create_account("boss", "主管", ["officer"], "cli", datetime.now(UTC))
        await accounts.activate("boss", code, "porcelain blue")
        carried = {
            "next": "/accounts",
            "kept.sign_in": "raosi",
            "kept.name": "饶㛃 <b>",
            "kept.roles": ["organiser", "officer"],
        }
        again = await visitor.post("/sign-in", {"sign_in": "boss", "password": "porcelain blue", **carried})
        assert again.status_code == 403
        assert "饶㛃 &lt;b&gt;" in again.text
        assert 'action="/accounts"' in again.text
        visitor.csrf = re.search(r'name="csrf_token" value="([^"]+)"', again.text).group(1)
        made = await visitor.post(
            "/accounts", {"sign_in": "raosi", "name": "饶㛃 <b>", "roles": ["organiser", "officer"]}
        )
        assert made.status_code == 200
        found = await accounts.find("raosi")
        assert (found.name, found.roles) == ("饶㛃 <b>", {"organiser", "officer"})


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
