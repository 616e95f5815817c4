"""What the public may never be sent: in every answer of every public address, under every combination of settings.

Answers are searched as bytes: names of those whose names are not shown, judges' names and sign-in names, personal
codes, totals that are not shown, and before publishing any total or name at all.
"""

import io
import re
import zipfile
from typing import Any

import httpx
import pytest

from competitions.tables import Contest, Publication
from tests.competitions.publishing.told import (
    JUDGES,
    PEOPLE,
    TOTALS,
    Told,
    combinations,
    locked_contest,
    marked_contest,
    published_contest,
)
from tests.web import Visitor, visitors

STAFF = [*JUDGES.values(), "陈审言", "sign_in_chen", "mei"]


def addresses(told: Told) -> list[str]:
    """Every public address about the contest, in both languages."""
    contest, competition = f"/contests/{told.contest.address}", f"/competitions/{told.contest.competition.address}"
    plain = ["/", "/competitions", competition, contest, f"{contest}/scheme", f"{contest}/scheme?version=1"]
    plain += [f"{contest}/scheme.json", f"{contest}/sheet.json", f"{contest}/bundle.zip", "/score", "/verify"]
    plain += [f"{contest}/works/{work}" for work in PEOPLE]
    return [*plain, *("/en" + path if path != "/" else "/en/" for path in plain)]


async def answers(told: Told, reader: Visitor) -> dict[str, httpx.Response]:
    return {path: await reader.get(path) for path in addresses(told)}


def text_of(answer: httpx.Response) -> str:
    """What a reader gets to see; of a bundle its files, which the zip only packs."""
    if answer.headers["content-type"] == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    return answer.content.decode() + str(answer.headers)


def shown_names(settings: dict[str, Any]) -> set[str]:
    """Work numbers whose names may stand on a page: two places are awarded in each group."""
    placed = {"W1", "W2", "W3", "W4", "W6", "W7"}
    return {"all": placed, "awarded": {"W1", "W2", "W6", "W7"}, "nobody": set()}[settings["names_shown"]]


@pytest.mark.parametrize("settings", combinations(), ids=lambda each: "-".join(str(value) for value in each.values()))
async def test_nothing_hidden_is_ever_sent(database: Any, settings: dict[str, Any]) -> None:
    told = await published_contest(**settings)
    async with visitors() as web:
        found = await answers(told, web.visitor())
    sent = {path: text_of(answer) for path, answer in found.items()}
    hidden = [words for work, person in PEOPLE.items() if work not in shown_names(settings) for words in person[:2]]
    hidden += [*STAFF, *told.codes.values()]
    if settings["totals_shown"] == "awarded":
        hidden += [TOTALS["W4"]]  # W3's total is also W2's, which is shown
    assert [(path, word) for path, text in sent.items() for word in hidden if word in text] == []
    page = sent[f"/contests/{told.contest.address}"]
    assert [work for work in PEOPLE if PEOPLE[work][0] in page] == sorted(shown_names(settings))
    assert (TOTALS["W4"] in page) == (settings["totals_shown"] == "all")
    assert TOTALS["W1"] in page


@pytest.mark.parametrize("settings", combinations(), ids=lambda each: "-".join(str(value) for value in each.values()))
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_page_is_there_exactly_where_the_settings_say_so(database: Any, settings: dict[str, Any]) -> None:
    told = await published_contest(**settings)
    contest = f"/contests/{told.contest.address}"
    async with visitors() as web:
        found = await answers(told, web.visitor())
    with_total = ["W1", "W2", "W6", "W7", *(["W3", "W4"] if settings["totals_shown"] == "all" else [])]
    works = {f"{contest}/works/{work}" for work in with_total} if settings["why_public"] else set()
    closed = {f"{contest}/works/{work}" for work in PEOPLE} - works
    closed |= set() if settings["bundle_public"] else {f"{contest}/bundle.zip"}
    assert {path: answer.status_code for path, answer in found.items()} == {
        path: 404 if path.removeprefix("/en") in closed else 200 for path in found
    }


async def test_before_publishing_not_a_name_total_or_mark_is_sent(database: Any) -> None:
    told = await locked_contest(names_shown="all", totals_shown="all", why_public=True, bundle_public=True)
    hidden = [words for person in PEOPLE.values() for words in person[:2]] + list(TOTALS.values())
    async with visitors() as web:
        reader = web.visitor()
        found = await answers(told, reader)
        scores = [await reader.get(f"/score/{code}") for code in told.codes.values()]
    assert await Publication.count() == 0
    texts = {path: text_of(answer) for path, answer in found.items()}
    assert [(path, word) for path, text in texts.items() for word in [*hidden, *STAFF] if word in text] == []
    assert [answer.status_code for answer in scores] == [200] * 7
    told_of = [*hidden, *STAFF, *PEOPLE, told.contest.title, told.contest.competition.title]
    without_code = [answer.text.replace(code, "") for answer, code in zip(scores, told.codes.values(), strict=True)]
    assert [word for text in without_code for word in told_of if word in text] == []
    assert [answer.text.count("成绩尚未公布") for answer in scores] == [1] * 7


async def test_a_draft_is_not_public(database: Any) -> None:
    told = await marked_contest()
    await Contest.update({Contest.stage: "draft"}).where(Contest.id == told.contest.id)
    async with visitors() as web:
        found = await answers(told, web.visitor())
    general = {"/", "/competitions", "/score", "/verify"}
    assert {path: answer.status_code for path, answer in found.items()} == {
        path: 200 if (path.removeprefix("/en") or "/") in general else 404 for path in found
    }
    listed = [path for path, answer in found.items() if told.contest.title in answer.text]
    assert listed == []
    assert [path for path, answer in found.items() if told.contest.competition.title in answer.text] == []


FORM = re.compile(r"<form[^>]*method=\"post\"")


async def test_public_pages_are_the_same_for_everyone_and_set_no_cookie(database: Any) -> None:
    told = await published_contest(totals_shown="all", why_public=True, bundle_public=True)
    async with visitors() as web:
        strangers = await answers(told, web.visitor())
        officers = await answers(told, await web.signed_in("guan", roles=["officer"]))
        theirs = await answers(told, await web.signed_in("mei", roles=["organiser"]))
    for path, answer in strangers.items():
        if answer.status_code == 200:  # an error page has the number of its request
            assert answer.content == officers[path].content == theirs[path].content, path
        assert [each.headers.get("set-cookie") for each in (answer, officers[path], theirs[path])] == [None] * 3
        if answer.status_code == 200 and path.removeprefix("/en") != "/score":
            assert FORM.search(answer.text) is None
            assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
