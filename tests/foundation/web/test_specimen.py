"""The design system in a real browser: readable by everybody, on a phone and a desk, by day and by night.

Knows the specimen page, which shows every component once; must not know any page of the application.
"""

import os
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.foundation.web import specimen

CHROMIUM = Path("/usr/bin/chromium")
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
STATIC = specimen.ROOT / "static"
ADDRESSES = sorted(specimen.pages())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with specimen.served() as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        sentence = f"there is no browser at {CHROMIUM}, so nobody looked at the components"
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield made
        made.close()


@pytest.fixture
def opened(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[tuple[Page, list[str]]]:
    """A page in the asked size and theme, and everything its console complained of."""
    where, size, theme = request.param
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", hear)
    page.goto(address + where)
    yield page, complaints
    context.close()


def cases(addresses: Iterable[str], sizes: Iterable[str], themes: Iterable[str]) -> list[tuple[str, str, str]]:
    return list(product(addresses, sizes, themes))


LOOKED_AT = [
    *cases(["/specimen/zh/desk", "/specimen/en/public"], SIZES, ["light", "dark"]),
    *cases(["/sign-in/zh", "/error/en"], ["phone"], ["light", "dark"]),
]


@pytest.mark.parametrize("opened", LOOKED_AT, indirect=True, ids="-".join)
def test_nothing_hinders_anybody(opened: tuple[Page, list[str]]) -> None:
    page, complaints = opened
    found = Axe().run(page).response
    hindrances = [
        (one["id"], node["html"][:160], node["failureSummary"]) for one in found["violations"] for node in one["nodes"]
    ]
    assert hindrances == []
    assert complaints == [], "the strict content policy must have nothing to refuse"


@pytest.mark.parametrize("opened", cases(ADDRESSES, ["phone"], ["light"]), indirect=True, ids="-".join)
def test_a_phone_never_scrolls_sideways(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    assert page.evaluate("document.documentElement.scrollWidth") == 390


SHEETS = cases(["/specimen/zh/desk"], SIZES, ["light"])

TOO_SMALL = """(least) => [...document.querySelectorAll(
  ':is(.mark-input input, .stepper > *, .tile, .sheet-choice, .savebar .button)'
)].filter(seen => seen.getBoundingClientRect().height < least).map(seen => seen.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("opened", SHEETS, indirect=True, ids="-".join)
def test_gloves_fit_the_marking_sheet(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    assert page.locator(".sheet .stepper button").count() == 6
    assert page.evaluate(TOO_SMALL, 56) == []


@pytest.mark.parametrize("opened", SHEETS[:1], indirect=True, ids="-".join)
def test_a_count_goes_up_and_down_and_never_below_nothing(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    count = page.locator("#f-p5-1")
    less, more = page.get_by_label("减一处：漏绘"), page.get_by_label("加一处：漏绘")
    seen = [count.input_value()]
    for button in (more, less, less, less):
        button.click()
        seen.append(count.input_value())
    assert seen == ["1", "2", "1", "0", "0"]


@pytest.mark.parametrize("opened", SHEETS[:1], indirect=True, ids="-".join)
def test_every_error_link_leads_to_its_field(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    links = page.locator(".error-summary a")
    led = []
    for n in range(links.count()):
        links.nth(n).click()
        led.append(page.evaluate("document.activeElement.name"))
    assert led == list(specimen.WRONG.wrong)


NAMED = re.compile(r"var\((--[\w-]+)\)")


def test_every_colour_and_space_in_use_has_a_token() -> None:
    styles = {path.name: path.read_text(encoding="utf-8") for path in (STATIC / "css").glob("*.css")}
    defined = set(re.findall(r"(--[\w-]+):", styles["tokens.css"]))
    used = {name for style in styles.values() for name in NAMED.findall(style)}
    assert used - defined == set()
    assert re.findall(r"#[0-9a-f]{3,8}\b", styles["components.css"] + styles["base.css"]) == []


def test_styles_stay_light_and_ask_nobody_else() -> None:
    styles = [path.read_text(encoding="utf-8") for path in (STATIC / "css").glob("*.css")]
    assert sum(len(style.encode()) for style in styles) <= 72 * 1024
    assert [found for style in styles for found in re.findall(r"@import|url\(|https?:", style)] == []


def test_every_icon_asked_for_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    templates = [path.read_text(encoding="utf-8") for path in (specimen.ROOT / "templates").rglob("*.html")]
    asked = {name for text in templates for name in re.findall(r'\bicon\("([\w-]+)"', text)}
    asked |= {name for text in templates for name in re.findall(r'icons\.svg"\) }}#([\w-]+)"', text)}
    assert asked - sprite == set()
