"""Bad input is normal input: junk to every route as every role gives a page, never a fault, and harms nothing.

The made-up province is the ground: it has contests at every stage. Fields are read off the pages' own forms, so that
new ones are covered by themselves; the junk is chosen by a fixed seed and differs from request to request.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from itertools import cycle

import pytest

from competitions.mark_check import check_against_ledger
from competitions.tables import Contest, Mark, Publication
from foundation.people import accounts
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ancestors
from foundation.store import engines, ledger_verify
from foundation.web.forms import CSRF_FIELD
from tests.craftsmen.everything import Fills, one_of_everything
from tests.innovations.everything import one_proposal
from tests.web import HERE, Visitor, Web, visitors

CONTESTS = ("2026-1-01", "2026-1-02", "2026-1-03", "2026-1-04", "2025-1-01", "nothing", "9" * 300)
OTHERS = {
    "work_number": ("C01", "C11", "H10", "nothing", "' or 1=1 --", "%00", "饶㛃"),
    "position": ("1", "3", "0", "99999999999999999999", "-1"),
    "account_id": ("1", "0", "99999999999999999999", "2147483648"),
    "code": ("0" * 26, "nothing", "' or 1=1 --", "x" * 5000),
    "version": ("x",),
    "name": ("x",),
}
JUNK = (
    "", " ", "0", "-1", "1e9", "NaN", "8.3333", "8.5", "９９９９", "1" * 400, "' or 1=1; drop table mark --",
    "<script>alert(1)</script>", "{{ 7*7 }}", "%(mark)s %s %", "饶㛃𠮷", "\x00\x07\u2028\u202e", "\ud83d", "2026-13-45",
    "龚" * 5000, "a,b\tc\n1,2\t3\n" * 50, "[]", '{"format": "ganpo-scheme/1"}', "[" * 2000, "yes", "true",
    "../../etc/passwd",
)  # fmt: skip
FORM_ON_PAGE = re.compile(r'<form[^>]*method="post"[^>]*action="(?P<action>[^"]+)"[^>]*>(?P<fields>.*?)</form>', re.S)
FIELD = re.compile(r'<(?:input|select|textarea|button)[^>]*?\sname="([^"]+)"')
ROLES = ("", "caipan", "caipanzhang", "zuzhi", "guanli", "nanchang", "jingban", "shenhe", "qianfa", "jiandu")
NUMBERS = ("1", "2", "0", "99999999999999999999", "-1", "2147483648")  # for whatever has an id of its own
TEXTS = ("1", "nothing", "' or 1=1 --", "%00", "饶㛃", "x" * 5000)
UNIT = "云窑艺术瓷厂"  # whose clerk is among the roles
FORM = "application/x-www-form-urlencoded"


def paths_of(path: str, dice: random.Random, fills: Fills = ()) -> Iterator[str]:
    """The addresses to try for one route: what `fills` knows, each contest once, the other parts by chance."""
    names = re.findall(r"\{(\w+):\w+\}", path)
    known = next((fill for start, fill in fills if path.startswith(start)), {})
    if names and set(names) <= known.keys():
        yield re.sub(r"\{(\w+):\w+\}", lambda found: known[found[1]], path)
    addresses: tuple[str, ...] = CONTESTS if "address" in names else ("",)
    if not re.search(r"/contests/\{address", path) and "address" in names:
        addresses = ("2026-1", "2025-1", "nothing")  # of competitions, notices and circulars
    numbers = set(re.findall(r"\{(\w+):int\}", path))
    for address in addresses:
        values = {name: dice.choice(OTHERS.get(name, NUMBERS if name in numbers else TEXTS)) for name in names}
        values["address"] = address
        yield re.sub(r"\{(\w+):\w+\}", lambda found, values=values: values[found[1]], path)


def sendable(text: str) -> str:
    """What a browser would make of it: a lone surrogate cannot be sent."""
    return text.encode("utf-8", "replace").decode()


async def send_junk(visitor: Visitor, path: str, fields: list[str], dice: random.Random, values: Iterator[str]) -> int:
    """One POST whose every field holds junk; answers its status."""
    chosen = [name for name in fields if dice.random() < 0.9] + [sendable(dice.choice(JUNK)[:40])]
    data = {name: [sendable(next(values))] * dice.choice((1, 1, 2)) for name in chosen}
    files = None
    if dice.random() < 0.25:
        content = dice.choice(
            (b"", b"\xff\xfe\x00junk", b"PK\x03\x04", "姓名,单位\n龚䶮,云窑\n".encode("gb18030", "replace"))
        )
        files = {dice.choice([*fields, "file"]): (dice.choice(("a.csv", "../x", "scheme.json")), content)}
    page = await visitor.post(path, data, files=files)
    return page.status_code


def forms_on(page: str) -> Iterator[tuple[str, set[str]]]:
    """(where it goes, its fields) of each form on a page."""
    for form in FORM_ON_PAGE.finditer(page):
        names = set(map(unescape, FIELD.findall(form["fields"]))) - {CSRF_FIELD}
        yield unescape(form["action"]), names


async def tour(web: Web, role: str, seed: int, fills: Fills, sent: Counter[int]) -> list[str]:
    """Everything one role can ask and send anywhere: pages first, then junk in every form found on them."""
    dice, wrong = random.Random(seed), []
    values = cycle(dice.sample(JUNK, len(JUNK)))
    visitor = await web.signed_in(role) if role else web.visitor()
    posts, fields = [], defaultdict[str, set[str]](set)
    for route in web.app.routes:
        for handler in getattr(route, "route_handlers", []):
            for path in paths_of(route.path, dice, fills):
                if "GET" in handler.http_methods:
                    query = f"?{next(values)[:30]}={dice.randrange(10**30)}&before=x&version=x"
                    seen = await visitor.get(re.sub(r"[^\x20-\x7e]|[#\\]", "", path + query))
                    wrong += [f"GET {path} as {role}: {seen.status_code}"] if seen.status_code >= 500 else []
                    for action, names in forms_on(seen.text):
                        fields[action] |= names
                elif "POST" in handler.http_methods and route.path != "/sign-out":
                    posts.append(path)
    for path in [one for one in posts for _ in range(_times(one, fields[one]))]:
        status = await send_junk(visitor, path, sorted(fields[path]), dice, values)
        wrong += [f"POST {path} as {role}: {status}"] if status >= 500 else []
        if fields[path]:
            sent[status] += 1
    return wrong


def _times(path: str, fields: set[str]) -> int:
    """How often to send junk: where this role has found the form, several kinds of it."""
    return 3 if fields and path not in ("/sign-in", "/activate") else 1


@pytest.fixture
async def fills(province) -> Fills:
    """The made-up province, and below one of its units one of everything that craftsmen are about."""
    unit = (
        await Organisation.select(Organisation.id, Organisation.path).where(Organisation.name.like(f"%{UNIT}%")).first()
    )
    clerk = await accounts.find("jingban")
    assert unit is not None
    assert clerk is not None
    now = datetime.now(UTC)
    everything = await one_of_everything(unit["id"], ancestors(unit["path"])[1], clerk.id, now)
    return [*everything, *await one_proposal(unit["id"], clerk.id, now)]


@pytest.mark.parametrize("part", [0, 1])  # two tests, so that two workers share them
async def test_junk_to_every_route_as_every_role_is_answered_and_harms_nothing(fills, part):
    published = await Publication.select().order_by(Publication.id)
    marks = await Mark.select().order_by(Mark.id)
    sent = Counter[int]()
    async with visitors() as web:
        parts = list(enumerate(ROLES))[part::2]
        if engines.current().engine_type == "sqlite":  # which takes most of what PostgreSQL refuses
            parts = parts[::2]
        wrong = [line for seed, role in parts for line in await tour(web, role, seed, fills, sent)]
    assert wrong == []
    assert sent[422] + sent[409] > 50, "junk should reach forms and be refused there"
    assert (await Publication.select().order_by(Publication.id))[: len(published)] == published
    assert (await Mark.select().order_by(Mark.id))[: len(marks)] == marks
    assert await Contest.count() >= 5
    assert await ledger_verify.verify() == []
    assert await check_against_ledger() == []


@pytest.mark.parametrize(
    "content_type,body",
    [
        (FORM, b"%ff%fe=%00&title=" + b"a" * 100),
        (FORM, b"\xff\xfe\x00"),
        (FORM, b"title=%"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data; boundary=" + "x" * 300, b""),
        ("application/json", b'{"title": '),
        ("text/plain", b"title"),
        ("", b"title=x"),
    ],
)
async def test_broken_bodies_are_answered(database, content_type, body):
    async with visitors() as web:
        officer = await web.signed_in("officer", roles=["officer"])
        for path in ("/sign-in", "/score", "/accounts", "/organise/competitions"):
            page = await officer.client.post(
                path,
                content=body,
                headers={"origin": HERE, "content-type": content_type} if content_type else {"origin": HERE},
            )
            assert page.status_code < 500, (path, page.status_code)


async def test_a_body_that_is_too_large_is_refused_in_a_sentence(database):
    async with visitors() as web:
        officer = await web.signed_in("officer", roles=["officer"])
        page = await officer.post("/en/accounts", {"name": "x" * (17 * 1024 * 1024)})
        assert page.status_code == 413
        assert "This is too large" in page.text
