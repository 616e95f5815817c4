"""What anyone reads: lists, contests, frozen schemes and their files, published results and the bundle."""

import hashlib
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import pytest

from competitions import events, listings, publishing, schemes, showcase
from competitions.rules.events import CompetitionDraft, ContestDraft
from competitions.rules.levels import Level
from competitions.versions import scheme_versions
from foundation.base.problem import NotFound
from tests.competitions.cast import NOW, actor, frozen_contest
from tests.competitions.cast import scheme as made
from tests.competitions.publishing.told import NOTES, OPEN, locked_contest, published_contest, scheme
from tests.web import visitors


async def test_the_bundle_downloaded_is_verified_with_no_database(database: Any, tmp_path: Path) -> None:
    told = await published_contest(**OPEN)
    async with visitors() as web:
        visitor = web.visitor()
        answer = await visitor.get(f"/contests/{told.contest.address}/bundle.zip")
        page = await visitor.get(f"/contests/{told.contest.address}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    digest = hashlib.sha256(answer.content).hexdigest()
    assert digest in page.text.replace("</span><span>", "")
    file, home = tmp_path / "results.zip", tmp_path / "home"
    file.write_bytes(answer.content)
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = await anyio.run_process(
        [str(Path(sys.executable).with_name("ganpo")), "verify", str(file)],
        env=environment | {"GANPO_HOME": str(home)},
        check=False,
    )
    assert (done.returncode, done.stdout.split()[0], done.stderr) == (0, b"OK", b"")
    assert list(home.iterdir()) == []


async def test_the_downloaded_scheme_has_the_hash_that_is_shown(database: Any) -> None:
    story = await frozen_contest()
    changed, by, tomorrow = made(title="焊工（补充）"), story.organiser.id, NOW + timedelta(days=1)
    await schemes.amend(story.contest.id, 1, changed, NOTES, reason="技术文件更正", by=by, now=tomorrow)
    versions = await scheme_versions(story.contest.id)
    assert [version.version for version in versions] == [1, 2]
    address = f"/contests/{story.contest.address}"
    async with visitors() as web:
        visitor = web.visitor()
        newest = await visitor.get(f"{address}/scheme.json")
        files = {
            version.version: (
                await visitor.get(f"{address}/scheme.json?version={version.version}"),
                await visitor.get(f"{address}/sheet.json?version={version.version}"),
                await visitor.get(f"{address}/scheme?version={version.version}"),
            )
            for version in versions
        }
        wrong = [
            (await visitor.get(f"{address}/{file}?version={version}")).status_code
            for file in ("scheme", "scheme.json", "sheet.json")
            for version in ("3", "0", "x", "99999", "1'--")
        ]
    assert newest.content == files[2][0].content
    for version in versions:
        scheme_file, sheet_file, page = files[version.version]
        assert hashlib.sha256(scheme_file.content).hexdigest() == version.scheme_hash
        assert hashlib.sha256(sheet_file.content).hexdigest() == version.sheet_hash
        text = page.text.replace("</span><span>", "")
        assert version.scheme_hash in text
        assert version.sheet_hash in text
        assert "技术文件更正" in text
    assert wrong == [404] * 15


async def test_a_contest_shows_its_stage_and_its_rules_before_there_are_results(database: Any) -> None:
    story = await frozen_contest()
    async with visitors() as web:
        page = await web.visitor().get(f"/en/contests/{story.contest.address}")
    assert page.status_code == 200
    assert "The rules of this contest are fixed. Marking has not begun." in page.text
    assert "龚䶮" not in page.text


async def test_results_say_how_ties_were_parted_and_who_did_not_come(database: Any) -> None:
    told = await published_contest(totals_shown="all")
    async with visitors() as web:
        page = (await web.visitor().get(f"/contests/{told.contest.address}")).text
    assert page.count("总分相同，按“实操”得分排序") == 2
    assert page.count("并列") == 2
    assert "排定名次 4 人，缺赛 1 人" in page
    assert "排定名次 2 人" in page


async def test_competitions_are_listed_newest_first_page_by_page(database: Any) -> None:
    by = (await actor("mei", "梅", "organiser")).id
    for year in (2024, 2026, 2025):
        for _ in range(2):
            competition = await events.create_competition(
                CompetitionDraft("竞赛", year, Level.CITY, place="南昌"), by, NOW
            )
            contest = await events.create_contest(
                competition.id, ContestDraft("焊工", "焊工", ""), by, NOW, scheme=scheme(), notes=NOTES
            )
            await schemes.freeze(contest.id, (schemes.scheme_hash(scheme()), schemes.sheet_hash(NOTES)), by, NOW)
    await events.create_competition(CompetitionDraft("未开始的竞赛", 2027, Level.CITY), by, NOW)
    pages, before = [], ""
    while True:
        page = await listings.competitions_page(before, limit=4)
        pages.append([listed.competition.address for listed in page.competitions])
        before = page.older
        if not before:
            break
    assert pages == [["2026-2", "2026-1", "2025-2", "2025-1"], ["2024-2", "2024-1"]]
    with pytest.raises(NotFound):
        await listings.competitions_page("2099-1")
    async with visitors() as web:
        visitor = web.visitor()
        assert (await visitor.get("/competitions?before=2099-1")).status_code == 404
        assert (await visitor.get("/competitions/2027-1")).status_code == 404
        assert (await visitor.get("/competitions/2026-2")).status_code == 200
        listed = await visitor.get("/competitions?before=2026-1")
    assert "2025-2" in listed.text
    assert "2026-1" not in listed.text.replace("before=2026-1", "")


async def test_the_first_page_honours_those_who_came_first_where_names_are_shown(database: Any) -> None:
    told = await locked_contest(names_shown="awarded")
    async with visitors() as web:
        visitor = web.visitor()
        before = (await visitor.get("/")).text
        await publishing.publish(told.contest.id, told.organiser.id, NOW)
        after = (await visitor.get("/")).text
    assert told.contest.competition.title in before
    assert "龚䶮" not in before
    assert "龚䶮" in after
    assert "饶㛃" not in after
    (newest,) = await listings.newest_results()
    assert [(first.group, first.name) for first in newest.first] == [
        ("职工组", "龚䶮"),
        ("学生组（高职）", "肖亦禾"),
        ("学生组（高职）", "曾榕生"),
    ]


async def test_a_wrong_address_is_not_found(database: Any) -> None:
    told = await published_contest(**OPEN)
    async with visitors() as web:
        visitor = web.visitor()
        wrong = [
            "/contests/2099-1-01",
            "/contests/2099-1-01/scheme",
            "/contests/2099-1-01/bundle.zip",
            f"/contests/{told.contest.address}/works/W99",
            f"/contests/{told.contest.address}/works/%F0%9F%A7%B1",
            "/competitions/2099-1",
        ]
        assert [(await visitor.get(path)).status_code for path in wrong] == [404] * 6
    with pytest.raises(NotFound):
        await showcase.public_contest("2099-1-01")
