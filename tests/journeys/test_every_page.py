"""Every page there is, as somebody who may open it: accessible by axe's rules, and never wider than its screen.

Which pages there are is asked of the application itself, so a new one cannot be forgotten. On SQLite alone: what is
looked at here is what the browser makes of a page, not where its data lies.
"""

import re
from collections.abc import Callable

import pytest

from ganpo.app import create_app
from tests.browser import DESK, PHONE, Person
from tests.journeys.serving import Server

PASSWORD = "ganpo-demo-2026"
NO_PAGES = re.compile(r"^/(static|favicon|health)|\.(json|zip)$|^/score/")  # files, and what needs a code of its own
STAGES = {  # a contest of the demonstration that has what the page shows
    "/organise/contests/{address}/opening": "2026-1-04",
    "/organise/contests/{address}/results": "2026-1-03",
    "/organise/contests/{address}/results/publish": "2026-1-03",
    "/judge/contests": "2026-1-03",
    "/chief/contests": "2026-1-03",
    "/contests": "2026-1-01",
    "/organise/contests": "2026-1-04",
}


def pages() -> list[tuple[str, str]]:
    """(who opens it, its address) of every page of the application."""
    found = []
    for route in create_app().routes:
        gets = [handler for handler in getattr(route, "route_handlers", []) if "GET" in handler.http_methods]
        path = re.sub(r":\w+\}", "}", route.path)
        if not gets or NO_PAGES.search(path):
            continue
        opt = gets[0].opt
        account = "zuzhi" if opt.get("role") == "organiser" else "guanli" if opt.get("role") else "caipan"
        account = "" if opt.get("public") else "caipanzhang" if path.startswith("/chief") else account
        contest = next((STAGES[start] for start in sorted(STAGES, reverse=True) if path.startswith(start)), "")
        number = {"2026-1-01": "H18", "2026-1-03": "C11", "2026-1-04": "T01"}.get(contest, "")
        values = {"address": contest or "2026-1", "work_number": number, "position": "2"}
        found.append((account, path.format(**values)))
    return sorted(found)


@pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)
def test_every_page_is_accessible_and_fits_its_screen(
    server: Server, new_person: Callable[..., Person], empty_database_url: str
) -> None:
    people: dict[str, Person] = {}
    wrong = []
    every = pages()
    assert len(every) > 35
    for at, (account, path) in enumerate(every):
        if account not in people:
            person = people[account] = new_person(account or "visitor")
            if account:
                person.go("/sign-in")
                person.page.fill("#f-sign_in", account)
                person.page.fill("#f-password", PASSWORD)
                person.page.locator("main form button").first.click()
                person.page.wait_for_url("**/desk")
        person = people[account]
        # Each page once as a phone and once as a desk, in turns dark and light, Chinese and English.
        for size, turn in ((PHONE, at), (DESK, at + 1)):
            person.page.set_viewport_size(size)  # type: ignore[arg-type]
            person.page.emulate_media(color_scheme="dark" if turn % 2 else "light")
            answer = person.go(("/en" if turn % 4 >= 2 else "") + path)
            if answer is None or answer.status != 200:
                wrong.append(f"{path} as {account}: {answer and answer.status}")
                continue
            try:
                person.check_fits()
                person.check_accessible()
            except AssertionError as problem:
                wrong.append(str(problem))
    assert wrong == [], "\n".join(wrong)
