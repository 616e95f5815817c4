"""The table of routes and roles: made by asking the running application. `python -m tests.routes --write` writes it."""

import asyncio
import csv
import io
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from craftsmen import panel, rounds
from foundation.papers.certificates import A4_BLANK
from foundation.people import accounts, organisations, sessions
from foundation.people.organisation_list_tables import OrganisationList
from foundation.people.organisation_long_lists import Stage
from foundation.people.organisations import Draft, Kind
from foundation.process import certificate_printers, certificate_series, certificates
from foundation.process.rules.certificates import Words
from foundation.process.sheet_tables import Sheet
from foundation.store import engines, migrations
from foundation.store.transactions import transaction
from foundation.web.door import cookie_name
from innovations import review_assigning, review_seats
from tests.competitions.judging.here import contest_here
from tests.craftsmen.everything import one_of_everything
from tests.foundation.process.sheets_made_up import IDEAS
from tests.innovations.everything import one_innovation, one_proposal, one_review
from tests.innovations.everything_of_studios import one_exhibition, one_studio
from tests.web import Visitor, Web, visitors

TABLE = Path(__file__).parent / "access.csv"

Answers = Mapping[tuple[str, str], tuple[str, ...]]

ROLES = {  # who asks -> the roles of their post, and where it is; an existing account's name for those with seats
    "visitor": ((), ""),
    "signed in": ((), "root"),
    "clerk of a unit": (("clerk",), "unit"),
    "officer of a unit": (("officer",), "unit"),
    "officer of a city": (("officer",), "city"),
    "officer of another city": (("officer",), "other"),
    "officer of the federation": (("officer",), "root"),
    "reviewer": (("reviewer",), "city"),
    "signer": (("signer",), "city"),
    "supervisor": (("supervisor",), "root"),
    "organiser of another": (("organiser",), "root"),
    "organiser": ((), "zuzhi"),
    "judge": ((), "hu"),
    "chief judge": ((), "wan"),
    "judge's card": ((), "hu"),
}
SEATED = {"zuzhi", "hu", "wan"}
NOW = datetime(2026, 5, 6, 6, 20, tzinfo=UTC)


@dataclass
class Story:
    """A contest that is being marked, a unit of a city and one below it, accounts there, and who asks."""

    web: Web
    places: Mapping[str, int]
    fills: Sequence[tuple[str, Mapping[str, str]]]  # what stands for the parameters of addresses that begin so
    people: dict[str, Visitor]


async def table_of_the_application() -> Answers:
    """Ask every route as everyone, on the engine in use, whose database is empty. Pages first, then forms."""
    async with visitors() as web:
        story = await _story(web)
        return {
            (method, path): tuple([await _ask(story, name, method, path) for name in ROLES])
            for method, path in sorted(_routes(web.app))
        }


def _routes(app: Any) -> set[tuple[str, str]]:
    return {
        (method, route.path)
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        for method in handler.http_methods
        if method in {"GET", "POST"} and not route.path.startswith("/static")
    }


async def _story(web: Web) -> Story:
    here = await contest_here()
    city = await organisations.create(1, Draft("南昌市总工会", Kind.CITY), "test", NOW)
    unit = await organisations.create(city, Draft("进贤县总工会", Kind.COUNTY), "test", NOW)
    below = await organisations.create(unit, Draft("瓷厂工会", Kind.ENTERPRISE), "test", NOW)
    other = await organisations.create(1, Draft("九江市总工会", Kind.CITY), "test", NOW)
    account, holder = [
        (await accounts.create_account(name, name, ["clerk"], "test", NOW, organisation_id=unit))[0]
        for name in ("account", "holder")
    ]
    of_contest = {"address": here.contest.address, "work_number": "01", "position": "1"}
    fills = [
        ("/organise/competitions/", {"address": here.contest.competition.address}),
        ("/competitions/", {"address": here.contest.competition.address}),
        *((f"{room}/contests/", of_contest) for room in ("", "/organise", "/judge", "/chief")),
        ("/accounts/", {"account_id": str(account), "organisation_id": str(unit)}),
        ("/posts/", {"account_id": str(holder), "organisation_id": str(unit)}),
        ("/organisations/", {"organisation_id": str(below), "list_id": str(await _added_list(below))}),
        *(await one_of_everything(below, city, account, datetime.now(UTC))),
        *(await one_proposal(unit, account, datetime.now(UTC))),
        *(await one_innovation(unit, account, datetime.now(UTC))),
        *(await one_review(city, unit, account, datetime.now(UTC))),
        *(await one_studio(unit, account, datetime.now(UTC))),
        *(await one_exhibition(account, datetime.now(UTC))),
        *(await _certificate(unit)),
        *(await _sheet(unit)),
    ]
    story = Story(web, {"": 1, "root": 1, "city": city, "unit": unit, "other": other}, fills, {})
    for name, (roles, place) in ROLES.items():
        if place in story.places and name != "visitor":
            at = story.places[place]
            await accounts.create_account(_sign_in(name), name, roles, "test", NOW, organisation_id=at)
        story.people[name] = await _enter(story, name)
    await _seat(story, "reviewer")
    return story


async def _seat(story: Story, name: str) -> None:
    """Somebody sits on the panel of the round, and reviews the innovation."""
    found = await rounds.round_by_address(dict(story.fills)["/panel/rounds/"]["address"])
    assert found is not None
    account, now = story.people[name].account_id, datetime.now(UTC)
    await panel.seat(found.id, account, 1, now)
    reviewed = int(dict(story.fills)["/reviews/mine/"]["address"].partition("-")[2])
    await review_seats.seat(reviewed, account, None, ["C"], 9, 1, now)
    await review_assigning.fill(reviewed, 1, now)


async def _added_list(under: int) -> int:
    """A long list that was added below an organisation."""
    row = OrganisationList(
        under=under, stage=Stage.ADDED.value, content="", sha256="", ignored="[]", made_by=1, made_at=NOW
    )
    await row.save()
    return int(row.id)


async def _certificate(unit: int) -> list[tuple[str, Mapping[str, str]]]:
    """A certificate that the unit gave out, its series, and a printer of the unit's."""
    series = await certificate_series.define("unit", "证书", "进工证{号}", 4, organisation_id=unit, by="test")
    printer = await certificate_printers.add("305 室", A4_BLANK, unit, "test")
    words = Words("张三 同志", "授予称号。", "进贤县总工会", NOW.date())
    async with transaction():
        made = await certificates.issue("unit", words, "honour:1", "test", NOW)
    return [
        ("/office/certificates/printers/", {"printer_id": str(printer)}),
        ("/office/certificates/series/", {"series_id": str(series)}),
        ("/office/certificates/{", {"certificate_id": str(made.id)}),
        ("/check/", {"code": made.code}),
    ]


async def _sheet(unit: int) -> list[tuple[str, Mapping[str, str]]]:
    """A sheet that the unit dropped, of a kind that clerks and officers hand in, and one of proposals that is in."""
    row = Sheet(
        kind=IDEAS.code, organisation=unit, stage="dropped", name="a.xlsx", sha256="", layout="", made_by=1, made_at=NOW
    )
    await row.save()
    of_proposals = Sheet(
        kind="proposals",
        organisation=unit,
        stage="visible",
        name="a.xlsx",
        sha256="",
        layout="",
        made_by=1,
        made_at=NOW,
    )
    await of_proposals.save()
    return [
        ("/sheets/", {"code": IDEAS.code, "sheet_id": str(row.id)}),
        ("/proposals/sheets/", {"sheet_id": str(of_proposals.id)}),
    ]


def _sign_in(name: str) -> str:
    place = ROLES[name][1]
    return place if place in SEATED else name.replace(" ", "-")


async def _enter(story: Story, name: str) -> Visitor:
    if name == "visitor":
        return story.web.visitor()
    if name != "judge's card":
        return await story.web.signed_in(_sign_in(name))
    now, token = datetime.now(UTC), ""
    judge = await accounts.find(_sign_in(name))
    assert judge is not None
    subject = f"contest:{dict(story.fills)['/judge/contests/']['address']}"
    async with transaction():
        token, _ = await sessions.open_until(judge.id, now, now + timedelta(hours=1), subject)
    visitor, user = story.web.visitor(), await sessions.from_token(token, now)
    assert user is not None
    visitor.client.cookies.set(cookie_name(secure=False), token)
    visitor.csrf, visitor.account_id = user.csrf, judge.id
    return visitor


async def _ask(story: Story, name: str, method: str, path: str) -> str:
    """Ask once. Whoever signed out on the way comes in again, so that what follows does not depend on it."""
    asking, address = story.people[name], _address(story, path)
    story.web.app.limits.forget()  # so many questions at once would be too many for one program
    answer = await (asking.get(address) if method == "GET" else asking.post(address))
    if name != "visitor" and "set-cookie" in answer.headers:
        story.people[name] = await _enter(story, name)
    return _class_of(answer.status_code, answer.headers.get("location", ""))


def _address(story: Story, path: str) -> str:
    """The address with what exists in place of its parameters; with made-up ones where the story has nothing."""
    known = next((fill for start, fill in story.fills if path.startswith(start)), {})

    def filled(match: re.Match[str]) -> str:
        return known.get(match[1], "999999" if match[2] == ":int" else "x")

    return re.sub(r"\{([^}:]*)(:[a-z]+)?\}", filled, path)


def _class_of(status: int, location: str) -> str:
    if status == 401 or (status == 303 and location.startswith("/sign-in")):
        return "door"
    if status == 404:
        return "nothing"
    if status < 400:
        return "open"
    return "refused" if status < 500 else f"error {status}"


def differences(was: Answers, now: Answers) -> list[str]:
    """One line for each route that is gone, new, or answers somebody otherwise."""
    lines = [f"- {method} {path}" for method, path in sorted(was.keys() - now.keys())]
    lines += [f"+ {method} {path}: {', '.join(now[method, path])}" for method, path in sorted(now.keys() - was.keys())]
    for key in sorted(was.keys() & now.keys()):
        if was[key] != now[key]:
            lines.append(f"  {' '.join(key)}: was {', '.join(was[key])}; is {', '.join(now[key])}")
    return lines


def read_table(text: str) -> Answers:
    _, *rows = csv.reader(io.StringIO(text))
    return {(method, path): tuple(answers) for path, method, *answers in rows}


def table_text(answers: Answers) -> str:
    """The table as it stands in the repository: one route a line, in the order of the addresses."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["route", "method", *ROLES])
    writer.writerows(
        [path, method, *answers[method, path]] for method, path in sorted(answers, key=lambda key: key[::-1])
    )
    return out.getvalue()


async def _asked(file: Path) -> Answers:
    engine = engines.open_engine(f"sqlite:///{file}")
    await engine.start()
    try:
        await migrations.migrate(engine)
        return await table_of_the_application()
    finally:
        await engine.stop()
        engines.use(None)


def main(argv: Sequence[str]) -> int:
    """Print what differs, or write the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GANPO_HOME"] = folder
        answers = asyncio.run(_asked(Path(folder) / "routes.sqlite3"))
    lines = differences(read_table(TABLE.read_text(encoding="utf-8")), answers) if TABLE.exists() else []
    print("\n".join(lines) or f"{len(answers)} routes, as in {TABLE.name}")
    if broken := [key for key, row in answers.items() if any(one.startswith("error") for one in row)]:
        print(f"not written: {len(broken)} routes answer with an error")
        return 2
    if "--write" in argv:
        TABLE.write_text(table_text(answers), encoding="utf-8")
    return 0 if not lines or "--write" in argv else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
