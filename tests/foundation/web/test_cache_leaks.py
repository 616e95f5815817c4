"""What the page cache must never give away, tried on the real application: persons, cookies, forms, suspended pages."""

from datetime import UTC, datetime
from typing import Any

from foundation.process import suspensions
from foundation.work import two_person
from foundation.work.act_tables import TwoPersonAct
from tests.competitions.cast import NOW, actor
from tests.competitions.publishing.told import OPEN, published_contest
from tests.foundation.web.asking import ask
from tests.web import Web, visitors

CONTEST = "/contests/2026-1-01"
KEPT = (
    "/",
    "/competitions",
    "/competitions/2026-1",
    CONTEST,
    f"{CONTEST}/scheme",
    f"{CONTEST}/works/W1",
    "/verify",
    "/privacy",
)


def handlers(web: Web) -> list[Any]:
    return [handler for route in web.app.routes for handler in getattr(route, "route_handlers", [])]


async def test_only_public_pages_ask_to_be_kept(database: Any) -> None:
    async with visitors() as web:
        cached = [handler for handler in handlers(web) if "cached" in handler.opt]
        assert len(cached) >= len(KEPT)
        for handler in cached:
            assert (handler.opt.get("public"), set(handler.http_methods) - {"OPTIONS"}) == (True, {"GET"}), handler


async def test_a_person_signed_in_gets_the_page_of_everyone(database: Any) -> None:
    await published_contest(**OPEN)
    async with visitors() as web:
        officer, reader = await web.signed_in("guan", "官大明", ["officer"]), web.visitor()
        done = (
            (await officer.post("/site", {"revision": "0", "host": "省总工会"})).headers["location"].partition("?")[2]
        )
        for address in KEPT:
            for asked in (address, f"/en{address}"):
                theirs = [await officer.get(asked), await officer.get(f"{asked}?{done}"), await officer.get(asked)]
                everyone_s = await reader.get(asked)
                for page in theirs:
                    assert (page.status_code, page.content) == (200, everyone_s.content), asked
                    assert page.headers["cache-control"] == "public, max-age=0, must-revalidate"
                    assert not {"set-cookie", "www-authenticate"} & page.headers.keys()
                for private in ("官大明", officer.csrf, "csrf_token", 'method="post"'):
                    assert private not in everyone_s.text, (asked, private)


async def test_languages_do_not_mix(database: Any) -> None:
    async with visitors() as web:
        for _ in range(2):
            chinese, english = await web.visitor().get("/verify"), await web.visitor().get("/en/verify")
            assert 'lang="zh-Hans"' in chinese.text
            assert '<html lang="en">' in english.text
            assert chinese.headers["etag"] != english.headers["etag"]


async def test_what_stands_behind_the_door_is_never_kept(database: Any) -> None:
    async with visitors() as web:
        officer = await web.signed_in("guan", "官大明", ["officer"])
        for address in ("/desk", "/site", "/suspensions", "/accounts"):
            for _ in range(2):
                page = await officer.get(address)
                assert (page.status_code, page.headers["cache-control"]) == (200, "private, no-store"), address
                assert "etag" not in page.headers
            assert (await web.visitor().get(address)).status_code == 303
            assert web.app.cache.find(("zh", address, "")) is None
        for address in ("/prefs", "/prefs.css", "/sign-in", "/score"):
            await web.visitor().get(address)
            assert web.app.cache.find(("zh", address, "")) is None


async def test_a_suspended_page_is_gone_at_once_and_comes_back(database: Any) -> None:
    await published_contest(**OPEN)
    officer, other = await actor("guan", "官", "officer"), await actor("guan2", "官二", "officer")
    below = (CONTEST, f"{CONTEST}/scheme", f"{CONTEST}/works/W1", f"{CONTEST}/scheme.json", f"/en{CONTEST}")
    async with visitors() as web:
        etags = {address: (await ask(web.app, address)).headers["etag"] for address in (*below, "/verify")}
        number = await suspensions.suspend(CONTEST, "照片涉及个人隐私", officer.id, NOW)
        for address in below:
            for more in ({}, {"if_none_match": etags[address]}, {"accept_encoding": "br"}, {"method": "HEAD"}):
                for _ in range(2):
                    gone = await ask(web.app, address, **more)
                    assert (gone.status, gone.headers["cache-control"]) == (410, "no-store"), (address, more)
        for way_round in (f"{CONTEST}/", f"{CONTEST}?done=x", f"/en/{CONTEST}", f"{CONTEST}?before=1"):
            assert (await ask(web.app, way_round)).status in {404, 410}, way_round
        assert (await ask(web.app, "/verify", if_none_match=etags["/verify"])).status == 304
        await suspensions.ask_to_lift(number, "已更换照片", officer.id, NOW)
        act = await TwoPersonAct.select(TwoPersonAct.id).where(TwoPersonAct.kind == "suspension.lift").first()
        assert act is not None
        await two_person.confirm(act["id"], other.id, datetime.now(UTC))
        for address in below:
            back = await ask(web.app, address)
            assert (back.status, back.headers["etag"]) == (200, etags[address])


async def test_an_error_is_never_kept(database: Any) -> None:
    async with visitors() as web:
        numbers = set()
        for _ in range(3):
            page = await ask(web.app, "/contests/2099-1-01")
            assert (page.status, page.headers["cache-control"]) == (404, "no-store")
            assert page.headers["x-request-id"] in page.body.decode().replace("</span><span>", "")
            numbers.add(page.headers["x-request-id"])
        assert (len(numbers), len(web.app.cache)) == (3, 0)
        await published_contest(**OPEN)
        assert (await ask(web.app, CONTEST)).status == 200
