"""The page cache: one render for everyone, never a page that is somebody's, stale, or in a form not asked for."""

import asyncio
import contextlib
import gzip
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from litestar import Request, Response, get
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from foundation.store import engines, generations, ledger
from foundation.store.generations import bump
from foundation.store.tables import Generation
from foundation.store.transactions import transaction
from foundation.web import registry
from foundation.web.cache import PageCache, fresh_until, key_of
from foundation.web.cache_bodies import accepted, make_bodies
from foundation.web.registry import SECURITY_HEADERS, Registry
from tests.foundation.web.asking import Answer, ask

PUBLIC = {"cache-control": "public, max-age=0, must-revalidate"}
LONG = "巡检记录,一线职工。" * 200


class Pages:
    """A small registry of pages that count how often they were rendered."""

    def __init__(self) -> None:
        self.renders = 0
        self.hold: asyncio.Event | None = None
        self.seen: list[dict[str, str]] = []
        self.until: datetime | None = None

        @get("/thing/{name:str}", cached=("thing:{name}",), asks=("before",), public=True)
        async def thing(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
            self.renders += 1
            self.seen.append({**request.headers, **request.cookies})
            number = await Generation.select(Generation.value).where(Generation.name == f"thing:{name}").first()
            if self.hold is not None:
                await self.hold.wait()
            if self.until is not None:
                fresh_until(request, self.until)
            text = f"{name} {number['value'] if number else 0} {request.query_params.get('before', '')} {LONG}"
            return Response(text.encode(), media_type="text/html", headers=PUBLIC)

        @get("/cookie", cached=("x",), public=True)
        async def cookie() -> Response[bytes]:
            self.renders += 1
            answer = Response(b"x", headers=PUBLIC)
            answer.set_cookie("secret", "1")
            return answer

        @get("/private", cached=("x",), public=True)
        async def private() -> Response[bytes]:
            self.renders += 1
            return Response(b"x", headers={"cache-control": "private, no-store"})

        @get("/wrong", cached=("x",), public=True)
        async def wrong() -> Response[bytes]:
            self.renders += 1
            raise HTTPException(status_code=404)

        @get("/plain", public=True)
        async def plain() -> Response[bytes]:
            self.renders += 1
            return Response(b"x", headers=PUBLIC)

        @get("/file", cached=("x",), public=True)
        async def file() -> Response[bytes]:
            content = bytes(5000)
            return Response(content, media_type="application/zip", headers=PUBLIC)

        self.app = Registry(
            route_handlers=[thing, cookie, private, wrong, plain, file], openapi_config=None, logging_config=None
        )

    async def ask(self, address: str, **more: Any) -> Answer:
        return await ask(self.app, address, **more)


@asynccontextmanager
async def pages() -> AsyncIterator[Pages]:
    made = Pages()
    async with made.app.lifespan():
        yield made


async def change(*names: str) -> None:
    async with transaction():
        bump(*names)


async def test_a_page_is_rendered_once_until_something_it_shows_changes(database: Any) -> None:
    async with pages() as site:
        first = [await site.ask("/thing/a") for _ in range(3)]
        assert len({(answer.status, answer.body) for answer in first}) == 1
        assert first[0].status == 200
        assert site.renders == 1
        await change("thing:b")
        assert (await site.ask("/thing/a")).body == first[0].body
        assert site.renders == 1
        await change("thing:a")
        after = await site.ask("/thing/a")
        assert after.body.startswith(b"a 1 ")
        assert site.renders == 2
        for always in ("site", "suspensions"):
            await change(always)
            await site.ask("/thing/a")
        assert site.renders == 4


async def test_a_kept_page_has_every_header_of_a_rendered_one(database: Any) -> None:
    async with pages() as site:
        rendered = await site.ask("/thing/a", scheme="https")
        kept = await site.ask("/thing/a", scheme="https")
        numbers = [dict(answer.headers).pop("x-request-id") for answer in (rendered, kept)]
        assert [name for name, _ in kept.every] == [name for name, _ in rendered.every]  # none twice, none missing
        assert {**rendered.headers, "x-request-id": ""} == {**kept.headers, "x-request-id": ""}
        assert numbers[0] != numbers[1]
        secured = {name.decode(): value.decode() for name, value in SECURITY_HEADERS.items()}
        assert {name: kept.headers[name] for name in secured} == secured
        assert kept.headers["strict-transport-security"] == "max-age=31536000"
        assert kept.headers["vary"] == "accept-encoding"
        assert kept.headers["cache-control"] == PUBLIC["cache-control"]
        assert kept.headers["content-length"] == str(len(kept.body))
        assert len(kept.every) == len(kept.headers)


async def test_one_line_is_logged_for_each_answer(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr(registry, "log_request", lambda **line: lines.append(line))
    async with pages() as site:
        etag = (await site.ask("/thing/a")).headers["etag"]
        await site.ask("/thing/a", method="HEAD")
        await site.ask("/thing/a", if_none_match=etag)
    shown = [(line["method"], line["route"], line["status"]) for line in lines]
    assert shown == [
        ("GET", "/thing/{name}", 200),
        ("HEAD", "/thing/{name}", 200),
        ("GET", "/thing/{name}", 304),
    ]
    assert len({line["request_id"] for line in lines}) == 3


async def test_nobody_gets_a_form_they_did_not_ask_for(database: Any) -> None:
    async with pages() as site:
        for _ in range(2):  # rendered, then kept
            br = await site.ask("/thing/a", accept_encoding="gzip, deflate, br")
            zipped = await site.ask("/thing/a", accept_encoding="gzip")
            none = await site.ask("/thing/a")
            refused = await site.ask("/thing/a", accept_encoding="br;q=0, gzip;q=0.0, identity")
            assert [answer.headers.get("content-encoding") for answer in (br, zipped, none, refused)] == [
                "br",
                "gzip",
                None,
                None,
            ]
            assert brotli.decompress(br.body) == gzip.decompress(zipped.body) == none.body == refused.body
            assert len({answer.headers["etag"] for answer in (br, zipped, none)}) == 3
            assert none.headers["etag"] == refused.headers["etag"]
            await change("other")
        assert site.renders == 1
        file = await site.ask("/file", accept_encoding="br, gzip")
        assert ("content-encoding" in file.headers, len(file.body)) == (False, 5000)  # packed already, or random


@pytest.mark.parametrize(
    "header, best",
    [
        ("", ""), ("gzip", "gzip"), ("br", "br"), ("gzip, br", "br"), ("GZIP", "gzip"), ("*", "br"), ("*;q=0", ""),
        ("br;q=0.5, gzip;q=0.8", "gzip"), ("br;q=0, *", "gzip"), ("deflate, zstd", ""), ("br;q=x", ""), (";;,,=", ""),
        ("xbr", ""), ("br ; q=0.001", "br"), ("gzip;q=0", ""),
    ],
)  # fmt: skip
def test_accept_encoding(header: str, best: str) -> None:
    assert accepted(header.encode()) == best


async def test_who_has_the_page_is_told_only_that(database: Any) -> None:
    async with pages() as site:
        first = await site.ask("/thing/a", accept_encoding="br")
        etag = first.headers["etag"]
        for seen in (etag, f'"x", W/{etag}', "*"):
            answer = await site.ask("/thing/a", accept_encoding="br", if_none_match=seen)
            assert (answer.status, answer.body) == (304, b"")
            assert {name: answer.headers[name] for name in ("etag", "vary", "cache-control")} == {
                "etag": etag, "vary": "accept-encoding", "cache-control": PUBLIC["cache-control"]
            }  # fmt: skip
            assert not {"content-length", "content-encoding", "content-type"} & answer.headers.keys()
            assert "content-security-policy" in answer.headers
        for seen, accepts in ((etag, "gzip"), (etag, ""), ('"x"', "br"), (etag.strip('"'), "br")):
            assert (await site.ask("/thing/a", accept_encoding=accepts, if_none_match=seen)).status == 200
        await change("thing:a")
        assert (await site.ask("/thing/a", accept_encoding="br", if_none_match=etag)).status == 200


async def test_the_same_page_has_the_same_etag_wherever_it_is_made(database: Any) -> None:
    headers = [(b"Content-Type", b"text/html"), (b"content-length", b"1"), (b"etag", b"handler's")]
    one, two = [await make_bodies(LONG.encode() * 30, headers, []) for _ in range(2)]
    assert one.packed.keys() == {"gzip", "br"}
    assert [one.plain, *one.packed.values()] == [two.plain, *two.packed.values()]
    assert (await make_bodies(b"short", headers, [])).packed == {}


async def test_head_is_the_same_without_a_body(database: Any) -> None:
    async with pages() as site:
        for _ in range(2):
            head = await site.ask("/thing/a", method="HEAD", accept_encoding="br")
            page = await site.ask("/thing/a", accept_encoding="br")
            assert head.body == b""
            assert {**head.headers, "x-request-id": ""} == {**page.headers, "x-request-id": ""}
        assert site.renders == 1
        assert (await site.ask("/thing/a", method="POST")).status == 405


async def test_a_cached_page_never_learns_who_asks(database: Any) -> None:
    async with pages() as site:
        tells = {
            "cookie": "ganpo=abc",
            "authorization": "Bearer x",
            "x_forwarded_host": "evil.test",
            "accept_language": "fr",
        }
        told = await site.ask("/thing/a", **tells)
        assert site.seen == [{}]
        assert (await site.ask("/thing/a")).body == told.body
        await site.ask("/thing/b?done=x", **tells)
        assert site.seen == [{}, {}]
        assert site.renders == 2


async def test_only_a_public_200_without_a_cookie_is_kept(database: Any) -> None:
    async with pages() as site:
        for address, status in (("/cookie", 200), ("/private", 200), ("/wrong", 404), ("/plain", 200)):
            site.renders = 0
            answers = [await site.ask(address) for _ in range(2)]
            assert [answer.status for answer in answers] == [status, status], address
            assert site.renders == 2, address
        assert len(site.app.cache) == 0


async def test_languages_queries_and_addresses_are_pages_of_their_own(database: Any) -> None:
    async with pages() as site:
        addresses = [
            "/thing/a",
            "/thing/b",
            "/en/thing/a",
            "/thing/a?before=1",
            "/thing/a?before=2",
            "/thing/a?before=",
        ]
        first = {address: (await site.ask(address)).body for address in addresses}
        assert site.renders == len(addresses) == len(site.app.cache)
        assert first["/thing/a?before=2"].startswith(b"a 0 2 ")
        assert {address: (await site.ask(address)).body for address in addresses} == first
        assert site.renders == len(addresses)
        assert (await site.ask("/thing/a?%62efore=%32")).body == first["/thing/a?before=2"]
        assert site.renders == len(addresses)


async def test_a_flood_of_addresses_does_not_fill_the_memory(database: Any) -> None:
    async with pages() as site:
        for number in range(50):
            for query in (
                f"x={number}",
                f"before=1&x={number}",
                f"before={number}&before=1",
                "before=" + "9" * 300 + str(number),
            ):
                assert (await site.ask(f"/thing/a?{query}")).status == 200
            for path in ("/thing/a" + "/" * (number + 1), "/" + "/" * number + "/thing/a"):
                await site.ask(path)
        assert len(site.app.cache) == 0
        site.app.cache.limit = 40_000
        for number in range(50):
            await site.ask(f"/thing/a?before={number}")
        assert 0 < site.app.cache.bytes <= 40_000
        assert len(site.app.cache) < 10
        assert site.app.cache._turns == {}
        site.app.cache.limit = 10
        for _ in range(2):
            assert (await site.ask("/thing/large")).status == 200  # larger than everything together: never kept
        assert site.app.cache.find(("zh", "/thing/large", "")) is None


async def test_the_page_not_asked_for_the_longest_goes_first(database: Any) -> None:
    async with pages() as site:
        size = 0
        for name in "abc":
            await site.ask(f"/thing/{name}")
            size = max(size, site.app.cache.bytes)
        await site.ask("/thing/a")
        site.app.cache.limit = size
        await site.ask("/thing/d")
        left = [name for name in "abcd" if site.app.cache.find(("zh", f"/thing/{name}", "")) is not None]
        assert left == ["a", "c", "d"]


async def test_a_page_is_rendered_once_for_all_who_wait_for_it(database: Any) -> None:
    async with pages() as site:
        site.hold = asyncio.Event()
        asked = [asyncio.create_task(site.ask("/thing/a")) for _ in range(20)]
        other = asyncio.create_task(site.ask("/thing/b"))
        async with asyncio.timeout(60):
            while site.renders < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        site.hold.set()
        answers = await asyncio.gather(*asked)
        await other
        assert site.renders == 2
        assert len({answer.body for answer in answers}) == 1
        assert site.app.cache._turns == {}


async def test_who_renders_and_goes_away_leaves_the_others_a_page(database: Any) -> None:
    async with pages() as site:
        site.hold = asyncio.Event()
        asked = [asyncio.create_task(site.ask("/thing/a")) for _ in range(3)]
        async with asyncio.timeout(60):
            while site.renders < 1:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            asked[0].cancel()
            site.hold.set()
            with contextlib.suppress(asyncio.CancelledError):
                await asked[0]
            assert (await asked[1]).body == (await asked[2]).body
        assert database.connections_in_use == 0


async def test_a_page_is_not_kept_beyond_its_moment(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async with pages() as site:
        clock = itertools.chain([100.0, 199.9], itertools.repeat(200.0))
        monkeypatch.setattr("foundation.web.cache.time.time", lambda: next(clock))
        site.until = datetime.fromtimestamp(200, UTC)
        for renders in (1, 1, 1, 2):
            await site.ask("/thing/a")
            assert site.renders == renders
        site.until = datetime.fromtimestamp(200, UTC) + timedelta(days=1)
        await site.ask("/thing/a")
        await site.ask("/thing/a")
        assert site.renders == 3


async def test_a_page_rendered_while_somebody_writes_is_never_kept_as_new(database: Any) -> None:
    """The reader's snapshot is older than the change: what it rendered may be sent, but not be found afterwards."""
    async with pages() as site:
        for number in range(2, 42, 2):
            await change("thing:a")  # nothing is kept
            site.hold = asyncio.Event()
            before = site.renders
            slow = asyncio.create_task(site.ask("/thing/a"))
            async with asyncio.timeout(60):
                while site.renders == before:  # noqa: ASYNC110
                    await asyncio.sleep(0.001)
            await change("thing:a")
            site.hold.set()
            site.hold = None
            assert (await slow).body.startswith(f"a {number - 1} ".encode())
            assert (await site.ask("/thing/a")).body.startswith(f"a {number} ".encode())


async def test_readers_and_writers_at_once_never_leave_an_old_page(database: Any) -> None:
    """After a writer was answered, whoever asks sees what it wrote or newer."""
    async with pages() as site:
        written = 0

        async def write() -> None:
            nonlocal written
            for _ in range(40):
                await change("thing:a")
                written += 1
                await asyncio.sleep(0)

        async def look() -> None:
            while written < 40:
                least = written
                answer = await site.ask("/thing/a")
                assert int(answer.body.split()[1]) >= least
                await asyncio.sleep(0)

        async with asyncio.timeout(60):
            await asyncio.gather(write(), look(), look(), look())
        assert (await site.ask("/thing/a")).body.startswith(b"a 40 ")


async def test_what_another_process_writes_shows_soon(database: Any) -> None:
    other = engines.open_engine(database.url)
    await other.start()
    async with pages() as site:
        site.hold = None
        assert (await site.ask("/thing/a")).body.startswith(b"a 0 ")
        for number in range(1, 4):
            engines.use(other)
            await change("thing:a")
            engines.use(database)
            async with asyncio.timeout(60):
                while not (await site.ask("/thing/a")).body.startswith(f"a {number} ".encode()):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
    await other.stop()


async def test_another_process_writes_while_a_page_is_rendered(database: Any) -> None:
    """Its commit is noticed while the old page is still in work: the old page must not be kept over it."""
    other = engines.open_engine(database.url)
    await other.start()
    async with pages() as site:
        site.hold = asyncio.Event()
        slow = asyncio.create_task(site.ask("/thing/new"))
        async with asyncio.timeout(60):
            while not site.renders:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            engines.use(other)
            await change("thing:new")
            engines.use(database)
            while site.app.cache.known.values.get("thing:new") != 1:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        site.hold.set()
        assert (await slow).body.startswith(b"new 0 ")
        assert (await site.ask("/thing/new")).body.startswith(b"new 1 ")
    await other.stop()


async def test_nothing_kept_is_shown_where_the_database_was_not_reached_for_long(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with pages() as site:
        for renders in (1, 1):
            await site.ask("/thing/a")
            assert site.renders == renders
        late = site.app.cache.known.looked_at + generations.TRUSTED + 1
        with monkeypatch.context() as patched:
            patched.setattr("foundation.store.generations.time.monotonic", lambda: late)
            assert site.app.cache.find(("zh", "/thing/a", "")) is None
        assert site.app.cache.find(("zh", "/thing/a", "")) is not None


async def test_a_change_that_was_undone_changes_no_page(database: Any) -> None:
    async with pages() as site:
        await site.ask("/thing/a")
        with contextlib.suppress(KeyError):
            async with transaction():
                bump("thing:a")
                ledger.record(stream="s", act="x", actor="test")
                raise KeyError
        assert (await site.ask("/thing/a")).body.startswith(b"a 0 ")
        assert site.renders == 1


def test_keys() -> None:
    assert key_of("zh", "/", b"") == ("zh", "/", "")
    assert key_of("en", "/a", b"b=2&a=%E8%B5%A3") == ("en", "/a", "a=%E8%B5%A3&b=2")
    for path, query in (("/a/", b""), ("/a//b", b""), ("/a", b"a=1&a=2"), ("/a", b"&"), ("/a", b"x" * 201)):
        assert key_of("zh", path, query) is None


def test_an_empty_cache_finds_nothing() -> None:
    assert PageCache().find(("zh", "/", "")) is None
