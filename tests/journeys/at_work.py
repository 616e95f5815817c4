"""What everybody does at their pages in the journeys: signing in, finding by words, filling in, being refused.

Knows the words of the house's parts in Chinese; knows no page of one package.
"""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser import DESK, PHONE, Person

NewPerson = Callable[..., Person]
PASSWORD = "ganpo-demo-2026"


def sign_in(person: Person, account: str) -> None:
    person.go("/sign-in")
    fill(person, 账号或手机号=account)
    person.page.get_by_label("密码").fill(PASSWORD)
    press(person, "登录")
    expect(heading(person)).to_have_text("我的工作台")


def sit_at_desk(new_person: NewPerson, account: str) -> Person:
    person = new_person(account)
    sign_in(person, account)
    return person


def look(person: Person) -> None:
    """Every page of the journey is to be accessible and to fit its screen."""
    person.check_fits()
    person.check_accessible()


def look_twice(person: Person) -> None:
    """Accessible, and fitting a phone as well as a desk; asked where axe is."""
    if not person.asks_axe:
        return
    person.check_accessible()
    window = person.page.viewport_size or DESK
    for width in (PHONE, DESK):
        person.page.set_viewport_size(width)  # type: ignore[arg-type]
        person.check_fits()
    person.page.set_viewport_size(window)  # type: ignore[arg-type]


def heading(person: Person) -> Locator:
    return person.page.get_by_role("heading", level=1)


def press(person: Person, words: str) -> None:
    person.page.get_by_role("button", name=words, exact=True).click()


def follow(person: Person, words: str) -> None:
    """The first link of the page itself that is called so."""
    person.page.get_by_role("main").get_by_role("link", name=words, exact=True).first.click()


def box(person: Person, label: str) -> Locator:
    """The box to write in that is labelled so, whether it must be filled or may be."""
    return person.page.get_by_role("textbox", name=re.compile(rf"^{re.escape(label)}( （必填）)?$"))


def fill(person: Person, **fields: str) -> None:
    for label, text in fields.items():
        box(person, label).fill(text)


def said(person: Person, words: str) -> None:
    """What the person reads on the page."""
    expect(person.page.get_by_role("main")).to_contain_text(words)


def at_desk(person: Person) -> None:
    person.page.get_by_role("link", name="我的工作台", exact=True).first.click()
    expect(heading(person)).to_have_text("我的工作台")


def refused(person: Person, words: str) -> None:
    """The form came back and says why."""
    expect(person.page.get_by_role("alert")).to_contain_text(words)
