"""Kept public pages follow every public fact: each act is done, and the pages that show it change, others do not."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from competitions import events, publishing, reopening, schemes
from competitions.rules.events import CompetitionDraft, ContestDraft, SettingsDraft
from competitions.rules.levels import Level
from foundation.store import generations
from foundation.tabulation.scheme import scheme_hash
from foundation.work import two_person
from tests.competitions.cast import NOTES as NOTES_OF_CAST
from tests.competitions.cast import NOW, actor, draft_contest, frozen_contest
from tests.competitions.cast import scheme as made
from tests.competitions.publishing.told import NOTES, OPEN, locked_contest, scheme
from tests.foundation.web.asking import Answer, ask
from tests.web import Web, visitors

CONTEST = "/contests/2026-1-01"
PAGES = ("/", "/competitions", "/competitions/2026-1", CONTEST, f"{CONTEST}/scheme")


async def see(web: Web, *more: str) -> dict[str, tuple[int, str]]:
    """Status and ETag of every page, asked for twice: rendered, then kept."""
    seen: dict[str, tuple[int, str]] = {}
    for address in (*PAGES, *(f"/en{page}" for page in PAGES), *more):
        answers = [await ask(web.app, address) for _ in range(2)]
        if answers[0].status == 200:
            assert answers[0].body == answers[1].body
            assert answers[0].headers["etag"] == answers[1].headers["etag"]
        seen[address] = (answers[0].status, answers[0].headers.get("etag", ""))
    return seen


async def changed_by(web: Web, act: Callable[[], Awaitable[Any]], *more: str) -> list[str]:
    """Which of the Chinese pages an act changes; the English ones always go with them."""
    before = await see(web, *more)
    await act()
    after = await see(web, *more)
    different = [address for address in before if before[address] != after[address]]
    chinese = [address for address in different if not address.startswith("/en/")]
    assert [f"/en{address}" for address in chinese if address in PAGES] == [
        a for a in different if a.startswith("/en/")
    ]
    return chinese


async def test_every_act_up_to_marking_shows_where_it_should(database: Any) -> None:
    story = await draft_contest(groups=("职工组",))
    contest, by, competition = story.contest.id, story.organiser.id, story.contest.competition.id
    hashes = (scheme_hash(made()), schemes.sheet_hash(NOTES_OF_CAST))
    renamed = CompetitionDraft("“赣匠杯”职工技能大赛", 2026, Level.CLASS_ONE, hosts=("省总工会",))
    amended = made(title="焊工（补充）")
    later = NOW + timedelta(days=1)
    async with visitors() as web:
        draft = ContestDraft("焊工（初稿）", "焊工", "6-18-02-04", ("职工组",))
        assert await changed_by(web, lambda: events.change_contest(contest, draft, by)) == []  # a draft is not public
        shown = await changed_by(web, lambda: schemes.freeze(contest, hashes, by, NOW))
        assert shown == list(PAGES)
        assert await changed_by(web, lambda: events.change_competition(competition, renamed, by)) == list(PAGES)
        title = ContestDraft("焊工·板对接", "焊工", "6-18-02-04", ("职工组", "学生组"))
        shown = await changed_by(web, lambda: events.change_contest(contest, title, by))
        assert shown == ["/competitions/2026-1", CONTEST, f"{CONTEST}/scheme"]
        reason = "技术文件更正"
        shown = await changed_by(
            web,
            lambda: schemes.amend(contest, 1, amended, NOTES_OF_CAST, reason=reason, by=by, now=later),
            f"{CONTEST}/scheme.json",
            f"{CONTEST}/scheme.json?version=1",
            f"{CONTEST}/scheme.json?version=2",
        )
        changed = [f"{CONTEST}/scheme.json", f"{CONTEST}/scheme.json?version=2"]
        assert shown == [CONTEST, f"{CONTEST}/scheme", *changed]
        await events.change_settings(contest, SettingsDraft(), by)
        await see(web)


async def test_marking_results_and_their_correction_show(database: Any) -> None:
    told = await locked_contest(**OPEN)
    contest, by = told.contest.id, told.organiser.id
    files = (f"{CONTEST}/bundle.zip", f"{CONTEST}/works/W1", f"{CONTEST}/works/W2")
    chief = await actor("guan2", "官二", "reviewer")
    async with visitors() as web:
        before = await ask(web.app, f"{CONTEST}/bundle.zip")
        assert before.status == 404
        shown = await changed_by(web, lambda: publishing.publish(contest, by, NOW), *files)
        assert shown == ["/", "/competitions", "/competitions/2026-1", CONTEST, *files]
        zipped = await ask(web.app, f"{CONTEST}/bundle.zip", accept_encoding="gzip, br")
        again = await ask(web.app, f"{CONTEST}/bundle.zip", if_none_match=zipped.headers["etag"])
        assert (zipped.headers["content-type"], "content-encoding" in zipped.headers) == ("application/zip", False)
        assert (again.status, again.body) == (304, b"")

        async def reopen() -> None:
            await told.reload()
            act = await reopening.ask_to_reopen(told.contest, "一件作品的扣分记错了。", "复核发现", by, NOW)
            await two_person.confirm(act, chief.id, NOW)

        assert CONTEST in await changed_by(web, reopen)
        assert (await page(web, CONTEST)).status == 200
        later = NOW + timedelta(days=2)
        assert "/" in await changed_by(web, lambda: publishing.publish(contest, by, later), *files)
        home = (await page(web, "/")).body.decode()
        assert home.count("焊工·板对接立焊") == 1  # the corrected version, once, and said to be one
        assert "更正（第2版）" in home


async def test_opening_the_marking_shows(database: Any) -> None:
    story = await frozen_contest()
    async with visitors() as web:
        shown = await changed_by(web, lambda: events.open_marking(story.contest.id, story.organiser.id))
        assert {"/competitions/2026-1", CONTEST} <= set(shown)
        before = await generations.read([f"contest:{story.contest.address}"])
        await events.change_settings(story.contest.id, SettingsDraft(why_public=True), story.organiser.id)
        assert await generations.read(before) == {name: value + 1 for name, value in before.items()}


async def test_what_is_refused_or_private_leaves_every_page_as_it_was(database: Any) -> None:
    story = await draft_contest()
    async with visitors() as web:
        await see(web)
        before = await generations.read(["competitions", "contest:2026-1-01", "competition:2026-1"])
        by = story.organiser.id
        await schemes.save_draft(story.contest.id, scheme(), NOTES, by)
        await events.create_contest(story.contest.competition.id, ContestDraft("钳工", "钳工"), by, NOW)
        assert await generations.read(before) == before


async def page(web: Web, address: str) -> Answer:
    return await ask(web.app, address)
