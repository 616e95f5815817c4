"""Display settings: one cookie of allow-listed values, one small style sheet, and pages that stay the same."""

from typing import Any

import pytest

from foundation.web.prefs import Prefs
from tests.web import HERE, visitors

NO_ONE = "private, no-store"


async def css(visitor: Any) -> str:
    answer = await visitor.get("/prefs.css")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert answer.headers["cache-control"] == NO_ONE
    return str(answer.text)


async def test_a_choice_is_remembered_and_leads_back(database: Any) -> None:
    async with visitors() as web:
        reader = web.visitor()
        assert await css(reader) == ""
        page = await reader.get("/prefs", headers={"referer": f"{HERE}/en/competitions?before=2026-1"})
        assert 'name="back" value="/en/competitions?before=2026-1"' in page.text
        assert page.headers["cache-control"] == NO_ONE
        done = await reader.post("/prefs", {"theme": "dark", "type": "large", "back": "/en/competitions?before=2026-1"})
        assert (done.status_code, done.headers["location"]) == (303, "/en/competitions?before=2026-1")
        cookie = done.headers["set-cookie"]
        assert cookie.startswith("prefs=dark.large;")
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=31536000"} <= {
            part.strip() for part in cookie.split(";")
        }
        assert await css(reader) == ":root { color-scheme: dark }\n:root { --type-scale: 125% }\n"
        again = await reader.get("/prefs")
        assert again.text.count(" checked") == 2
        assert 'value="dark" checked' in " ".join(again.text.split())
        await reader.post("/prefs", {"theme": "device", "type": "usual"})
        assert await css(reader) == ""


async def test_the_pages_themselves_do_not_differ(database: Any) -> None:
    async with visitors() as web:
        large, usual = web.visitor(), web.visitor()
        await large.post("/prefs", {"theme": "dark", "type": "large"})
        one, two = await large.get("/"), await usual.get("/")
        assert one.content == two.content
        assert "set-cookie" not in one.headers
        assert one.text.index("/prefs.css") > one.text.rindex('rel="stylesheet" href="/static/')


@pytest.mark.parametrize(
    "back",
    [
        "//evil.test/",
        "https://evil.test/",
        "/\\evil.test",
        "javascript:alert(1)",
        "/a\nset-cookie: x=1",
        "",
        "/赣",
        "/" + "a" * 3000,
    ],
)
async def test_it_leads_to_no_other_site(database: Any, back: str) -> None:
    async with visitors() as web:
        done = await web.visitor().post("/en/prefs", {"theme": "light", "type": "usual", "back": back})
        assert (done.status_code, done.headers["location"]) == (303, "/en/")
        page = await web.visitor().get("/prefs", headers={"referer": back.encode()})
        assert (page.status_code, 'name="back" value=""' in page.text) == (200, True)


async def test_what_is_not_on_the_list_is_refused(database: Any) -> None:
    async with visitors() as web:
        reader = web.visitor()
        for typed in ({"theme": "pink", "type": "large"}, {"theme": "dark", "type": "0;}"}, {}):
            page = await reader.post("/prefs", {**typed, "back": "/verify"})
            assert (page.status_code, "set-cookie" in page.headers) == (422, False)
            assert 'name="back" value="/verify"' in page.text
        foreign = await reader.client.post(
            "/prefs", data={"theme": "dark", "type": "large"}, headers={"origin": "https://evil.test"}
        )
        assert (foreign.status_code, "set-cookie" in foreign.headers) == (403, False)


@pytest.mark.parametrize(
    "cookie", ["", "dark", "dark.", ".large", "dark.large.x", "pink.large", "}*{x:y.large", "深.大", "x" * 5000]
)
def test_any_other_cookie_is_as_if_there_were_none(cookie: str) -> None:
    assert Prefs.of(cookie) == Prefs()


async def test_a_page_of_a_desk_has_the_link_too(database: Any) -> None:
    async with visitors() as web:
        officer = await web.signed_in("guan", roles=["officer"])
        for who, address in ((officer, "/desk"), (web.visitor(), "/"), (web.visitor(), "/nothing")):
            page = await who.get(address)
            assert 'href="/prefs"' in page.text
            assert 'href="/privacy"' in page.text
