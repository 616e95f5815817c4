"""Every page there is, as somebody who may open it: accessible by axe's rules, and never wider than its screen.

Pages are found as people find them: everybody of the demonstration signs in and follows links. Which there must be is
asked of the application itself, so a page to which no link leads is found missing. On SQLite alone: what is looked
at here is what the browser makes of a page, not where its data lies.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec
import pytest

from ganpo.app import create_app
from tests.browser import DESK, PHONE, Person
from tests.demonstration import on_sqlite
from tests.journeys.serving import Server, serving
from tests.sharing import made_once, shared_folder

PASSWORD = "ganpo-demo-2026"
ACCOUNTS = (
    "", "guanli", "zuzhi", "caipanzhang", "caipan", "nanchang", "yunxiu", "jingban", "shenhe", "qianfa", "jiandu",
)  # fmt: skip
FILES = re.compile(
    r"^/(static|favicon|health|api/|pictures|robots)|\.(json|zip|css|svg|atom|ics|xml|csv|png|pdf|docx)$|/files/|/pictures/|/opinions/"
    r"|/papers/|/(paper|agreement|signed|setting-page)$|^/sheets/.*/(template|copy)$|/runs/\{run_id:int\}/"
    r"|^/search/(feeds|exports)/"
)
PARTS = 6  # tests that look, so that all test processes can
EACH = 1  # pages looked into of one kind: the next of them would look the same
MORE = {  # where one page leads on and another of its kind does not
    "/organise/contests/{address:str}": 6,
    "/organise/contests/{address:str}/results": 6,
    "/office/circulars/{circular_id:int}": 6,
    "/office/announcements/{announcement_id:int}": 6,
    "/notices/manage/{address:str}": 6,
    "/organisations/{organisation_id:int}": 3,
    "/contests/{address:str}": 4,
    "/nominations/{address:str}": 12,
    "/rounds/manage/{address:str}": 4,
    "/office/certificates/{certificate_id:int}": 2,
    "/proposals/desk/{number:int}": 10,
    "/innovations/desk/{number:int}": 15,
    "/innovations/desk/{number:int}/benefit": 15,
    "/reviews/desk/{number:int}": 3,
    "/subsidies/applications/{number:int}": 3,
}
# Nothing of the demonstration leads there: they need a code of one's own, a wrong form, or work that is not there.
ELSEWHERE = {
    "/innovations/desk/{number:int}/earlier",
    "/innovations/desk/{number:int}/earlier/{other:int}",
    "/score/{code:str}",
    "/objections/receipt/{code:str}",
    "/venue/{code:str}",
    "/jobs/{job_id:int}",
    "/mine/contests/{address:str}",
    "/mine/honours/{honour_id:int}",
    "/mine/innovations/{number:int}",
    "/mine/nominations",
    "/mine/nominations/{address:str}",
    "/mine/nominations/{address:str}/draft",
    "/mine/nominations/{address:str}/pictures",
    "/mine/page",
    "/objections/withdrawal",
    "/proposals/own/{code:str}",
    "/proposals/own/{code:str}/text",
    "/mine/proposals/{number:int}",
    "/organisations/{organisation_id:int}/lists/{list_id:int}",
    "/office/certificates/runs/{run_id:int}",
    "/nominations/rounds/{address:str}/books/{job:int}",
    "/sheets/{code:str}/{sheet_id:int}",
    "/proposals/sheets/{sheet_id:int}",
}
# Links lead there only at a stage at which the demonstration has no contest; the pages open at others too.
AT_OTHER_STAGES = {
    "/innovations/desk/{number:int}/benefit/verification": ("guanli", "/innovations/desk/2/benefit/verification"),
    "/organise/contests/{address:str}/opening": ("zuzhi", "/organise/contests/2026-1-04/opening"),
    "/organise/contests/{address:str}/results/publish": ("zuzhi", "/organise/contests/2026-1-03/results/publish"),
    "/honours/{honour_id:int}/restoration": ("guanli", "/honours/46/restoration"),
}
LINK = re.compile(r'(?:href|<form[^>]*method="get"[^>]*action)="([^"#?]+)')
CSRF = re.compile(r'name="csrf_token" value="([^"]*)"')


def kinds() -> dict[str, re.Pattern[str]]:
    """Every page's address with its parameters, and how to tell that an address is one of them; fixed words first."""
    found = {}
    for route in create_app().routes:
        gets = [handler for handler in getattr(route, "route_handlers", []) if "GET" in handler.http_methods]
        if gets and not FILES.search(route.path):
            parts = [
                "[0-9]+" if part.endswith(":int}") else "[^/]+" if part.startswith("{") else re.escape(part)
                for part in route.path.split("/")
            ]
            found[route.path] = re.compile("/".join(parts))
    return dict(sorted(found.items(), key=lambda item: item[0].count("{")))


def kind_of(path: str, known: dict[str, re.Pattern[str]]) -> str:
    return next((kind for kind, pattern in known.items() if pattern.fullmatch(path)), "")


def signed_in(address: str, account: str) -> httpx.Client:
    client = httpx.Client(base_url=address, follow_redirects=True, timeout=30, headers={"origin": address})
    if account:
        answer = client.post("/sign-in", data={"sign_in": account, "password": PASSWORD})
        assert answer.url.path == "/desk", f"{account} cannot sign in"
    return client


def walk(address: str, account: str, known: dict[str, re.Pattern[str]]) -> dict[str, str]:
    """One address of each kind of page that this person reaches by links, from their first page on."""
    reached: dict[str, list[str]] = {}
    waiting, seen = deque(["/desk" if account else "/"]), set[str]()
    with closing(signed_in(address, account)) as client:
        while waiting:
            path = waiting.popleft()
            kind = kind_of(path, known)
            if not kind or path in seen or len(reached.get(kind, [])) >= MORE.get(kind, EACH):
                continue
            seen.add(path)
            page = client.get(path)
            if page.status_code != 200 or page.url.path != path:
                continue  # a link that leads nowhere for this person is looked at in its own test
            if not page.headers["content-type"].startswith("text/html"):
                reached.setdefault(kind, []).append("")  # a file, which no browser shows
                continue
            reached.setdefault(kind, []).append(path)
            found = (urlsplit(urljoin(path, unescape(link))) for link in LINK.findall(page.text))
            waiting.extend(link.path for link in found if not link.netloc and not link.path.startswith("/en"))
    return {kind: paths[0] for kind, paths in reached.items()}


@dataclass(frozen=True)
class Found:
    """A page of one kind: who opens it, and its address. Where it stands among all decides how it is looked at.

    No `path` is a file, which no browser shows.
    """

    at: int
    kind: str
    account: str
    path: str


def find_pages(address: str) -> list[Found]:
    """Every page that somebody reaches, with the first who does."""
    known, found = kinds(), dict(AT_OTHER_STAGES)
    for account in ACCOUNTS:
        for kind, path in walk(address, account, known).items():
            found.setdefault(kind, (account, path))
    return [Found(at, kind, *found[kind]) for at, kind in enumerate(sorted(found))]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One demonstration for all who only look."""
    copy = on_sqlite(shared_folder(tmp_path_factory), tmp_path_factory.mktemp("served") / "home")
    with serving(copy.home, copy.url) as started:
        yield started


@pytest.fixture
def server(served: Server) -> Server:
    return served


@pytest.fixture(scope="module")
def pages(served: Server, tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
    """All pages, found once in a run."""

    def look(folder: Path) -> None:
        (folder / "pages.json").write_bytes(msgspec.json.encode(find_pages(served.address)))

    kept = made_once(shared_folder(tmp_path_factory) / "pages", look)
    return msgspec.json.decode((kept / "pages.json").read_bytes(), type=list[Found])


def at_the_door(person: Person, account: str) -> None:
    person.go("/sign-in")
    person.page.fill("#f-sign_in", account)
    person.page.fill("#f-password", PASSWORD)
    person.page.locator("main form button").first.click()
    person.page.wait_for_url("**/desk")


def test_a_link_leads_to_every_page(pages: list[Found]) -> None:
    missing = sorted(set(kinds()) - {page.kind for page in pages} - ELSEWHERE)
    assert missing == [], "no link leads there:\n" + "\n".join(missing)
    seen = [page for share in shares(pages) for page in share]
    assert len(seen) == len(set(seen)) == len([page for page in pages if page.path]) > 150


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits_its_screen(
    pages: list[Found], new_person: Callable[..., Person], part: int
) -> None:
    people: dict[str, Person] = {}
    wrong = []
    for page in shares(pages)[part]:
        if page.account not in people:
            people[page.account] = new_person(page.account or "visitor")
            if page.account:
                at_the_door(people[page.account], page.account)
        wrong += look(people[page.account], page, PHONE, page.at)
        wrong += look(people[page.account], page, DESK, page.at + 1)
    assert wrong == [], "\n".join(wrong)


def shares(pages: list[Found]) -> list[list[Found]]:
    """As many pages for each part, those of one person together; what is a file and no page is in none."""
    seen = sorted((page for page in pages if page.path), key=lambda page: (ACCOUNTS.index(page.account), page.at))
    return [seen[part * len(seen) // PARTS : (part + 1) * len(seen) // PARTS] for part in range(PARTS)]


def look(person: Person, page: Found, size: dict[str, int], turn: int) -> list[str]:
    """What is wrong with a page at one size. In turns dark and light, Chinese and English."""
    person.page.set_viewport_size(size)  # type: ignore[arg-type]
    person.page.emulate_media(color_scheme="dark" if page.at % 4 in (1, 2) else "light")
    answer = person.go(("/en" if turn % 4 >= 2 else "") + page.path)
    if answer is None or answer.status != 200:
        return [f"{page.path} as {page.account}: {answer and answer.status}"]
    try:
        person.check_fits()
        if turn % 2:  # at one of both sizes: its rules look at the page, not at its width
            person.check_accessible()
    except AssertionError as problem:
        return [str(problem)]
    return []
