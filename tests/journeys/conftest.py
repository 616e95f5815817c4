"""Fixtures of the journeys: people in a real browser, at a real server, on both databases.

    def test_a_judge_marks(server, new_person):
        judge = new_person("judge", screen="phone")
        judge.go("/sign-in")

`server` runs each journey once on SQLite and once on PostgreSQL. A person who met a console error, a failed request,
an unexpected answer or a violation of the content security policy fails the test when it ends.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import databases
from tests.browser import Person, sit_down, start_chromium, take_pictures
from tests.demonstration import Demonstration
from tests.journeys.serving import Server, serving
from tests.loops import waited
from tools import chromium


# For one module, not the session: Playwright leaves an event loop running in this thread, and coroutine tests of
# other modules in the same process could not start theirs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = chromium.find()
    if executable is None:
        sentence = f"There is no Chromium: {chromium.ADVICE}"
        if chromium.in_ci():
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        started = start_chromium(playwright, executable)
        yield started
        started.close()


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database in which nothing is yet, not even tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ganpo.sqlite3'}"
    postgres: databases.Postgres = request.getfixturevalue("postgres")
    return waited(postgres.empty())


@pytest.fixture
def server(made_up: Demonstration) -> Iterator[Server]:
    """`ganpo serve --demo` on a free port, over a copy of the demonstration that is this test's own."""
    with serving(made_up.home, made_up.url) as started:
        yield started


@pytest.fixture
def new_person(browser: Browser, server: Server) -> Iterator[Callable[..., Person]]:
    """`new_person("judge", screen="phone")`: options as those of tests.browser.sit_down.

    Axe looks at what the browser makes of a page, not where its data lies: it is asked in the journeys on SQLite, and
    so is whether a page fits both screens.
    """
    people: list[Person] = []

    def sit(name: str, **options: Any) -> Person:
        people.append(sit_down(browser, server.address, name, **options))
        people[-1].asks_axe = server.database_url.startswith("sqlite")
        return people[-1]

    yield sit
    troubles = [trouble for person in people for trouble in person.leave()]  # all of them leave
    assert troubles == [], "\n".join(troubles)


@pytest.fixture
def page(new_person: Callable[..., Person]) -> Page:
    """The page of one visitor at a desk, where a test needs nobody else."""
    return new_person("visitor").page


@pytest.fixture
def screenshots() -> Callable[[Person, str, str], list[Path]]:
    """`screenshots(person, "contest", "/contests/x")`: pictures for a person to look at, where GANPO_SHOTS is set."""
    return take_pictures
