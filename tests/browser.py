"""People in a real browser, one context each, who notice whatever goes wrong on their pages.

Knows Chromium and Playwright; knows neither the registry's pages nor its database. tests/journeys/conftest.py makes
these into fixtures.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response, expect

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# A closed network and a container's root: no sandbox, no lookups of Chromium's own.
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WATCH_CSP = """document.addEventListener("securitypolicyviolation", event =>
    console.error(`CSP: ${event.violatedDirective} forbids ${event.blockedURI || event.sourceFile || "inline"}`))"""
PATIENCE = 30_000  # milliseconds to wait for something to appear before a test fails
expect.set_options(timeout=PATIENCE)


@dataclass
class Person:
    """Somebody at a browser of their own: cookies and all are theirs alone.

    `page` is Playwright's page; addresses are relative to the server. Everything unexpected is kept in `troubles`.
    """

    name: str
    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)
    expected: list[int] = field(default_factory=list)
    asks_axe: bool = True

    def go(self, path: str) -> Response | None:
        """Open a page, `/en/...` for its English."""
        return self.page.goto(path)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Within this block answers such as 404 or 422 are what the test wants."""
        before = list(self.expected)
        self.expected.extend(statuses)
        try:
            yield
        finally:
            self.expected[:] = before

    def check_accessible(self) -> None:
        """Refuse what axe finds against WCAG 2.2 A and AA on the page that is open, where this person asks it."""
        if not self.asks_axe:
            return
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        results = Axe().run(self.page, options={**rules, "resultTypes": ["violations"]})  # what is well fills megabytes
        assert results.violations_count == 0, f"{self.page.url}\n{results.generate_report()}"

    def check_fits(self) -> None:
        """Refuse a page that has to be scrolled sideways."""
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{self.page.url} is {over} px wider than the window"

    def leave(self) -> list[str]:
        """Close the browser; what went wrong on the way."""
        self.page.context.close()
        return [f"{self.name} met {trouble}" for trouble in self.troubles]


def start_chromium(playwright: Playwright, executable: str) -> Browser:
    """A browser with an empty profile of its own."""
    return playwright.chromium.launch(executable_path=executable, args=list(SWITCHES))


def sit_down(
    browser: Browser,
    address: str,
    name: str,
    *,
    screen: Literal["phone", "desk"] = "desk",
    javascript: bool = True,
    locale: str = "zh-CN",
) -> Person:
    """A new person who watches the console, every request and the content security policy."""
    context = browser.new_context(
        base_url=address,
        locale=locale,
        timezone_id="Asia/Shanghai",
        viewport=PHONE if screen == "phone" else DESK,  # type: ignore[arg-type]
        has_touch=screen == "phone",
        java_script_enabled=javascript,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH_CSP)
    person = Person(name, context.new_page(), address)

    def console(message: ConsoleMessage) -> None:
        # Chromium repeats every refused answer there; answers are judged by `response` below.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            person.troubles.append(f"console: {message.text} ({message.page.url if message.page else ''})")

    def failed(request: Request) -> None:
        # Leaving a page, or a download, aborts the request that was under way.
        if request.failure != "net::ERR_ABORTED":
            person.troubles.append(f"request: {request.method} {request.url} {request.failure}")

    def answered(response: Response) -> None:
        if response.status >= 400 and response.status not in person.expected:
            person.troubles.append(f"answer: {response.request.method} {response.url} {response.status}")
        if not response.url.startswith((address, "data:", "blob:")):
            person.troubles.append(f"stranger: {response.url} is not of this registry")

    context.on("console", console)
    context.on("weberror", lambda error: person.troubles.append(f"script: {error.error}"))
    context.on("requestfailed", failed)
    context.on("response", answered)
    return person


def take_pictures(person: Person, name: str, path: str) -> list[Path]:
    """Full-page pictures of one page: Chinese and English, phone and desk, light and dark; all must fit the width.

    They go to the folder GANPO_SHOTS; where that is not set, nothing happens. The person is back at `path` after.
    """
    folder = os.environ.get("GANPO_SHOTS")
    if not folder:
        return []
    Path(folder).mkdir(parents=True, exist_ok=True)
    page, taken = person.page, []
    window = page.viewport_size or DESK
    for language, start in (("zh", ""), ("en", "/en")):
        page.goto(start + path)
        for width in (PHONE, DESK):
            page.set_viewport_size(width)  # type: ignore[arg-type]
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                file = Path(folder) / f"{name}-{language}-{width['width']}-{scheme}.png"
                page.screenshot(path=file, full_page=True, animations="disabled")
                taken.append(file)
            person.check_fits()
    page.emulate_media(color_scheme=None)
    page.set_viewport_size(window)  # type: ignore[arg-type]
    page.goto(path)
    return taken
