"""Programs: who gets in with which token, in which language problems are told, limits, bodies, and what is described.

The addresses are those of the application; a unit's own proposals stand for whatever a token opens.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from foundation.base.clock import today
from foundation.people import api_tokens, organisation_moves, organisations
from foundation.people.organisations import Draft, Kind
from foundation.people.token_tables import ApiToken
from foundation.process import suspensions
from foundation.store import ledger
from foundation.web.api.asked import fits
from foundation.web.api.limits import Limit, Limits
from foundation.web.api.problems import MOST as MOST_PROBLEMS
from tests.innovations.made_up import works
from tests.web import Web, visitors

LIST = "/api/proposals"
SENT = {
    "title": "窑车码放图上墙", "problem": "夜班码放不一", "suggestion": "把三种码放图贴在窑口，换品种时翻牌",
    "kind": "process", "name": "冯砚秋", "place": "烧成车间",
}  # fmt: skip
ALL = ("proposals:read", "proposals:write", "innovations:read")


async def token(here, place: str = "works", scopes=ALL, by: str = "yue", now=None) -> tuple[int, str]:
    return await api_tokens.make(
        "云窑生产系统", scopes, 30, here.places[place], here.people[by], now or datetime.now(UTC)
    )


async def ask(web: Web, path: str, sent: str = "", **headers: str):
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return await web.visitor().get(path, headers={"authorization": f"Bearer {sent}", **given} if sent else given)


async def send(web: Web, path: str, sent: str, body, key: str = "key-00000001", **headers: str):
    given = {"idempotency-key": key, "content-type": "application/json", **headers}
    if sent:
        given["authorization"] = f"Bearer {sent}"
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await web.visitor().client.post(path, content=content, headers=given)


async def test_a_token_opens_what_it_is_for_and_nothing_opens_without(database):
    here = await works()
    number, good = await token(here)
    async with visitors() as web:
        assert (await ask(web, LIST, good)).status_code == 200
        for wrong in ("", "x", "ganpo_" + "x" * 43, good[:-1], good + "a", "ganpo_" + "x" * 5000):
            answer = await ask(web, LIST, wrong)
            assert (answer.status_code, answer.json()["status"]) == (401, 401), wrong[:20]
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.headers["content-type"] == "application/problem+json"
        other = (await web.visitor().get(LIST, headers={"authorization": f"Basic {good}"})).status_code
        assert other == 401
        await api_tokens.revoke(number, here.people["yue"], datetime.now(UTC))
        assert (await ask(web, LIST, good)).status_code == 401
        assert (await send(web, LIST, good, SENT)).status_code == 401


async def test_an_expired_token_one_of_a_closed_unit_and_one_of_a_merged_unit_open_nothing(database):
    here = await works()
    _, old = await token(here, now=datetime.now(UTC) - timedelta(days=30, seconds=1))
    _, closed = await token(here, "other")
    merged_id, merged = await token(here)
    async with visitors() as web:
        assert (await ask(web, LIST, old)).status_code == 401
        assert (await ask(web, LIST, closed)).status_code == 200
        into = await organisations.create(
            here.places["county"], Draft("云窑集团", Kind.ENTERPRISE), "t", datetime.now(UTC)
        )
        told = await organisation_moves.what_will_move(here.places["works"])
        assert [problem.params for problem in told if problem.code == "api_tokens_end"] == [{"count": "1"}]
        await organisation_moves.merge(here.places["works"], into, "test", datetime.now(UTC))
        assert (await ask(web, LIST, merged)).status_code == 401
        await organisations.close(here.places["other"], "test", datetime.now(UTC))
        assert (await ask(web, LIST, closed)).status_code == 401
    assert [one.act for one in await ledger.entries(f"api-token:{merged_id}")] == [
        "api_token.revoked",
        "api_token.made",
    ]


async def test_a_token_that_is_not_for_this_is_told_so(database):
    here = await works()
    _, reads = await token(here, scopes=("proposals:read",))
    async with visitors() as web:
        assert (await ask(web, LIST, reads)).status_code == 200
        assert (await send(web, LIST, reads, SENT)).status_code == 403
        answer = await ask(web, "/api/unit/innovations", reads, accept_language="en")
        assert (answer.status_code, answer.json()["title"]) == (403, "The token is not for this")


async def test_a_cookie_opens_nothing_to_programs_and_a_token_no_page(database):
    here = await works()
    _, good = await token(here)
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        assert (await clerk.get(LIST)).status_code == 401
        assert (await clerk.client.post(LIST, json=SENT, headers={"origin": "http://ganpo.test"})).status_code == 401
        for path in ("/desk", "/proposals/desk", "/tokens"):
            page = await ask(web, path, good)
            assert (page.status_code, page.headers["location"][:8]) == (303, "/sign-in")
        page = await web.visitor().client.post("/tokens", data={"name": "x"}, headers={
            "authorization": f"Bearer {good}", "origin": "http://ganpo.test"})  # fmt: skip
        assert page.status_code == 401


async def test_only_the_hash_of_a_token_is_kept_and_the_day_of_its_use(database):
    here = await works()
    number, good = await token(here)
    async with visitors() as web:
        await ask(web, LIST, good)
        await ask(web, LIST, good)
    row = await ApiToken.select().where(ApiToken.id == number).first()
    assert row is not None
    assert good not in str(row)
    assert row["last_used_on"] == today()
    said = " ".join(str(one) for one in await ledger.entries(f"api-token:{number}"))
    assert good not in said


async def test_problems_are_told_in_the_language_that_is_asked_for(database):
    async with visitors() as web:
        for path, wanted, title in (
            ("/api/craftsmen/nobody", "", "此处没有内容"),
            ("/api/craftsmen/nobody", "en-GB,en;q=0.9", "There is nothing here"),
            ("/api/craftsmen/nobody", "fr, zh;q=0.4, en;q=0.5", "There is nothing here"),
            ("/api/craftsmen/nobody", "fr;q=x,*", "此处没有内容"),
            ("/en/api/craftsmen/nobody", "zh", "There is nothing here"),
            ("/api/nothing-of-this-name", "en", "There is nothing here"),
        ):
            answer = await ask(web, path, **({"accept_language": wanted} if wanted else {}))
            assert (answer.status_code, answer.json()["title"]) == (404, title), (path, wanted)
            assert answer.json()["type"].endswith("/api#status-404")
        page = await web.visitor().client.request("DELETE", "/api/craftsmen")
        assert (page.status_code, page.headers["content-type"]) == (405, "application/problem+json")
        assert "GET" in page.headers["allow"]
        answer = await ask(web, "/api/craftsmen?title=%3Cb%3E", accept_language="en")
        assert (answer.status_code, [one["field"] for one in answer.json()["problems"]]) == (422, ["title"])


async def test_what_is_public_may_be_read_from_every_site_and_what_a_token_opens_from_none(database):
    here = await works()
    _, good = await token(here)
    async with visitors() as web:
        for path in (
            "/api/craftsmen",
            "/api/innovations",
            "/api/results",
            "/api/openapi.json",
            "/api/craftsmen/nobody",
        ):
            answer = await ask(web, path, origin="https://elsewhere.test")
            assert answer.headers["access-control-allow-origin"] == "*", path
            assert "access-control-allow-credentials" not in answer.headers
            assert "set-cookie" not in answer.headers
        etag = (await ask(web, "/api/craftsmen")).headers["etag"]
        again = await ask(web, "/api/craftsmen", if_none_match=etag)
        assert (again.status_code, again.content, again.headers["access-control-allow-origin"]) == (304, b"", "*")
        own = await ask(web, LIST, good, origin="https://elsewhere.test")
        assert "access-control-allow-origin" not in own.headers
        assert (own.headers["cache-control"], own.status_code) == ("private, no-cache", 200)
        again = await ask(web, LIST, good, if_none_match=own.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
        before = await web.visitor().client.options(LIST, headers={"origin": "https://elsewhere.test"})
        assert "authorization" not in before.headers["access-control-allow-headers"]
        assert before.headers["access-control-allow-methods"] == "GET, HEAD"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_asks_too_often_is_told_how_long_to_wait(database, monkeypatch):
    here = await works()
    (_, good), (_, second) = await token(here), await token(here)
    for name in ("ADDRESS", "TOKEN", "WRONG"):
        limit = Limit(60, {"ADDRESS": 30, "TOKEN": 6, "WRONG": 3}[name])
        for module in ("foundation.web.access", "foundation.web.registry"):
            monkeypatch.setattr(f"{module}.{name}", limit, raising=False)
    async with visitors() as web:
        now = [0.0]
        monkeypatch.setattr(web.app.limits, "clock", lambda: now[0])
        answers = [await ask(web, LIST, good) for _ in range(7)]
        assert [one.status_code for one in answers] == [200] * 6 + [429]
        assert answers[-1].headers["retry-after"] == "1"
        assert (await ask(web, LIST, second)).status_code == 200  # another token has its own
        assert [(await ask(web, LIST, "ganpo_x")).status_code for _ in range(4)] == [401] * 3 + [429]
        now[0] = 1.0
        assert (await ask(web, LIST, good)).status_code == 200
        assert (await send(web, LIST, good, SENT)).status_code == 429  # a write counts as several
        now[0] = 100.0
        answers = [await ask(web, "/api/craftsmen") for _ in range(31)]
        assert [one.status_code for one in answers] == [200] * 30 + [429]
        assert answers[-1].headers["content-type"] == "application/problem+json"
        assert answers[-1].headers["access-control-allow-origin"] == "*"
        assert int(answers[-1].headers["retry-after"]) == 1
        assert (await web.visitor().get("/competitions")).status_code == 200  # pages are not counted


def test_parameters_are_held_against_their_description():
    whole, code = {"type": "integer", "minimum": 1, "maximum": 99}, {"type": "string", "pattern": "^[a-z]+$"}
    cases = {
        ("7", "a"): (whole, True), ("0", "b"): (whole, False), ("100", "c"): (whole, False),
        ("１", "d"): (whole, False),
        ("1e1", "e"): (whole, False), ("abc", "f"): (code, True), ("a c", "g"): (code, False),
        ("abc\n", "l"): (code, False),
        ("x", "h"): ({"type": "string", "enum": ["x"]}, True), ("y", "i"): ({"type": "string", "enum": ["x"]}, False),
        ("xxx", "j"): ({"type": "string", "maxLength": 2}, False), ("any", "k"): ({"type": "string"}, True),
    }  # fmt: skip
    assert {key: fits(key[0], schema) for key, (schema, _) in cases.items()} == {
        key: right for key, (_, right) in cases.items()
    }


def test_buckets_fill_again_and_of_too_many_senders_the_oldest_is_forgotten():
    now = [0.0]
    limits, limit = Limits(lambda: now[0], most=3), Limit(60, 2)
    assert [limits.count("a", limit) for _ in range(3)] == [0, 0, 1]
    now[0] = 0.5
    assert limits.count("a", limit) == 1
    now[0] = 1.0
    assert [limits.count("a", limit) for _ in range(2)] == [0, 1]
    assert limits.count("a", limit, cost=2) == 2
    for who in "bcd":
        assert limits.count(who, limit) == 0
    assert len(limits) == 3
    assert limits.count("a", limit) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_bodies_that_cannot_be_read_are_told_apart(database):
    here = await works()
    _, good = await token(here)
    deep = b"[" * 100_000 + b"]" * 100_000
    async with visitors() as web:
        for body, kind, status in (
            (b"", "application/json", 400),
            (b"{", "application/json", 400),
            (b"\xff\xfe", "application/json", 400),
            (b'{"title": "\\ud800"}', "application/json", 400),
            (deep, "application/json", 400),
            (b"null", "application/json", 422),
            (b"[]", "application/json", 422),
            (b"{}", "text/plain", 415),
            (b"title=x", "application/x-www-form-urlencoded", 415),
            (b"x", "multipart/form-data; boundary=x", 415),
            (b"{}", "", 415),
            (b'{"title": "' + b"x" * (2 * 1024 * 1024) + b'"}', "application/json", 413),
        ):
            answer = await send(web, LIST, good, body, **{"content-type": kind})
            assert (answer.status_code, answer.json()["status"]) == (status, status), (body[:20], kind)
            web.app.limits.forget()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_place_of_a_body_that_is_wrong_is_named_at_once(database):
    here = await works()
    _, good = await token(here)
    async with visitors() as web:
        body = {**SENT, "title": 7, "kind": None, "colour": "blue", "others": ["x"]}
        del body["name"]
        answer = await send(web, LIST, good, body, **{"accept-language": "en"})
        assert answer.status_code == 422
        assert {(one["field"], one["code"]) for one in answer.json()["problems"]} == {
            ("/title", "api_is_text"), ("/kind", "api_is_text"), ("/colour", "api_unknown"),
            ("/others", "api_is_text"), ("/name", "api_missing"),
        }  # fmt: skip
        several = {"proposals": [SENT, {**SENT, "title": ""}, 5, {**SENT, "suggestion": True}]}
        answer = await send(web, f"{LIST}/batch", good, several)
        assert {(one["field"], one["code"]) for one in answer.json()["problems"]} == {
            ("/proposals/2", "api_is_object"), ("/proposals/3/suggestion", "api_is_text"),
        }  # fmt: skip
        odd = await send(web, LIST, good, {**SENT, "a/b~c": 1})
        assert [one["field"] for one in odd.json()["problems"]] == ["/a~1b~0c"]
        many = await send(web, LIST, good, {**SENT, **{f"f{n}": n for n in range(MOST_PROBLEMS + 1)}})
        assert (many.status_code, len(many.json()["problems"])) == (422, MOST_PROBLEMS)
        for sizes in ([], [SENT] * 201, {}, None):
            answer = await send(web, f"{LIST}/batch", good, {"proposals": sizes})
            assert [one["code"] for one in answer.json()["problems"]] == ["api_is_list"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_lists_whose_page_is_suspended_are_closed_to_programs_as_well(database):
    here = await works()
    async with visitors() as web:
        for path in ("/innovations", "/craftsmen", "/studios", "/exhibitions"):
            assert (await ask(web, f"/api{path}")).status_code == 200, path
            await suspensions.suspend(path, "核查", here.people["sheng"], datetime.now(UTC))
            assert (await ask(web, f"/api{path}")).status_code == 410, path


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_description_names_every_address_in_both_languages(database):
    async with visitors() as web:
        chinese, english = (
            await ask(web, "/api/openapi.json"),
            await ask(web, "/api/openapi.json", accept_language="en"),
        )
        assert chinese.json()["openapi"] == "3.1.0"
        assert (chinese.headers["content-language"], english.headers["content-language"]) == ("zh", "en")
        assert list(chinese.json()["paths"]) == list(english.json()["paths"])
        assert chinese.json()["info"]["title"] == "赣鄱数据接口"
        described = {(method, path) for path, each in english.json()["paths"].items() for method in each}
        routes = {
            (method.lower(), "/".join("{" + part[1:].split(":")[0] + "}" if part.startswith("{") else part
                                      for part in route.path.split("/")))
            for route in web.app.routes if route.path.startswith("/api/")
            for handler in route.route_handlers for method in handler.http_methods - {"OPTIONS"}
        }  # fmt: skip
        assert described == routes - {("get", "/api/openapi.json")}
        again = await ask(web, "/api/openapi.json", if_none_match=chinese.headers["etag"])
        assert again.status_code == 304
        for path in ("/api", "/en/api"):
            page = await ask(web, path)
            assert page.status_code == 200
            assert page.headers["content-type"].startswith("text/html")
            for method, address in described:
                assert f"{method.upper()} {address}</code>" in page.text
