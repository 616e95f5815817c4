"""The watch over every journey is awake: each kind of trouble on a page is noticed."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playwright.sync_api import Browser

from tests.browser import sit_down

STRICT = "default-src 'self'"


class Pages(BaseHTTPRequestHandler):
    """A handful of pages, each with one thing wrong."""

    bodies: ClassVar[dict[str, str]] = {
        "/good": "<html lang='en'><title>Good</title><main><h1>Good</h1></main></html>",
        "/console": "<script src='/console.js'></script>",
        "/console.js": "console.error('the pad lost a mark')",
        "/script.js": "undefinedFunction()",
        "/script": "<script src='/script.js'></script>",
        "/inline": "<p style='color: red'>inline</p>",
        "/picture": "<img src='/missing.png' alt=''>",
        "/wide": "<div><table><tr><td>" + "wide" * 500 + "</table></div>",
        "/unlabelled": "<html lang='en'><title>Form</title><main><h1>Form</h1><input></main></html>",
    }

    def do_GET(self) -> None:
        body = self.bodies.get(self.path)
        self.send_response(200 if body is not None or self.path == "/favicon.ico" else 404)
        self.send_header("content-type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("content-security-policy", STRICT)
        self.end_headers()
        self.wfile.write((body or "<p>").encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "noticed"),
    [
        ("/console", "console: the pad lost a mark"),
        ("/script", "script: "),
        ("/inline", "console: CSP: style-src-attr forbids inline"),
        ("/picture", "answer: GET {address}/missing.png 404"),
        ("/nowhere", "answer: GET {address}/nowhere 404"),
    ],
)
def test_trouble_on_a_page_is_noticed(browser: Browser, address: str, path: str, noticed: str) -> None:
    person = sit_down(browser, address, "visitor")
    person.go(path)
    person.page.wait_for_load_state("networkidle")
    wanted = f"visitor met {noticed.format(address=address)}"
    assert any(line.startswith(wanted) for line in person.leave()), person.troubles


def test_a_lost_server_is_noticed(browser: Browser, address: str) -> None:
    person = sit_down(browser, address, "visitor")
    person.go("/good")
    person.page.route("**/picture", lambda route: route.abort("connectionreset"))
    person.page.evaluate("fetch('/picture').catch(() => 0)")
    assert person.leave() == [f"visitor met request: GET {address}/picture net::ERR_CONNECTION_RESET"]


def test_a_good_page_and_an_expected_refusal_are_no_trouble(browser: Browser, address: str) -> None:
    person = sit_down(browser, address, "visitor", screen="phone")
    person.go("/good")
    person.check_accessible()
    person.check_fits()
    with person.expecting(404):
        person.go("/nowhere")
    assert person.leave() == []


def test_what_axe_finds_is_refused(browser: Browser, address: str) -> None:
    person = sit_down(browser, address, "visitor")
    person.go("/unlabelled")
    with pytest.raises(AssertionError, match="label"):
        person.check_accessible()
    person.leave()


def test_a_page_wider_than_the_phone_is_refused(browser: Browser, address: str) -> None:
    person = sit_down(browser, address, "visitor", screen="phone")
    person.go("/wide")
    with pytest.raises(AssertionError, match="px wider than the window"):
        person.check_fits()
    person.leave()


def test_two_people_share_no_cookie(browser: Browser, address: str) -> None:
    first, second = (sit_down(browser, address, name) for name in ("first", "second"))
    first.go("/good")
    first.page.evaluate("document.cookie = 'who=first'")
    second.go("/good")
    assert (first.page.evaluate("document.cookie"), second.page.evaluate("document.cookie")) == ("who=first", "")
    assert first.leave() + second.leave() == []
