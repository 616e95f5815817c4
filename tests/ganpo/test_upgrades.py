"""A registry that was in use is brought up to date: every row is there, and everything it promised still holds.

`first` is what the first version left: a contest published with names, totals and its bundle, another that is being
marked with difficulties, accounts with passwords, without one and closed, an open session.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from competitions import events
from competitions.mark_check import check_against_ledger
from competitions.rules.events import CompetitionDraft
from competitions.rules.levels import Level
from foundation.people import accounts
from foundation.store import engines
from foundation.store.engines import Engine, open_engine
from foundation.store.ledger_verify import verify
from foundation.store.migrations import migrate, pending
from foundation.store.schemas import differences
from tests import databases, upgrades
from tests.upgrades import Recording, details, kept, read, restore
from tests.web import HERE, Visitor, visitors

PASSWORD = "ganpo-demo-2026"
SESSION = "_DiGZO8uwzllbKDVY5IZFUaJBEqudFjTOffpXKTYsq4"  # 梅 was signed in
CODE = "5MJ2NG372JM15TZMW6HK5Y39XF"  # opens W1's score
CHANGES: dict[str, tuple[str, ...]] = {}
"""By recording: tables whose old columns a later migration changed on purpose, and why in a comment."""

every = pytest.mark.parametrize("name", upgrades.names())


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without a table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    server: databases.Postgres = request.getfixturevalue("postgres")
    return asyncio.run(server.empty())


@pytest.fixture
async def empty(empty_url: str, anyio_backend: str) -> AsyncIterator[Engine]:
    """A started engine on it."""
    engine = open_engine(empty_url)
    await engine.start()
    engines.use(engine)
    try:
        yield engine
    finally:
        await engine.stop()
        engines.use(None)


async def upgraded(engine: Engine, name: str) -> Recording:
    recording = read(name)
    await restore(engine, recording)
    await migrate(engine)
    return recording


@every
async def test_every_row_and_every_value_is_there_afterwards(empty: Engine, name: str) -> None:
    recording = read(name)
    await restore(empty, recording)
    before = await kept(empty, recording)
    assert {table: len(rows) for table, rows in before.items()} == {
        table: len(rows) for table, rows in recording.rows.items()
    }
    assert await migrate(empty) != []
    after = await kept(empty, recording)
    for table in recording.rows.keys() - set(CHANGES.get(name, ())):
        assert after[table] == before[table], table
    assert await pending(empty) == []
    assert await migrate(empty) == []


@every
async def test_the_database_is_then_like_a_new_one(
    empty: Engine, name: str, sqlite_template: Path, postgres: databases.Postgres
) -> None:
    await upgraded(empty, name)
    assert await differences(empty) == []
    found = await details(empty)
    new = open_engine(
        f"sqlite:///{sqlite_template}" if empty.engine_type == "sqlite" else postgres.cluster.url("template_ganpo")
    )
    await new.start()
    try:
        assert found == await details(new)
    finally:
        await new.stop()


@every
async def test_the_ledger_is_whole_afterwards(empty: Engine, name: str, tmp_path: Path) -> None:
    await upgraded(empty, name)
    assert await verify() == []
    environment = {**os.environ, "DATABASE_URL": empty.url, "GANPO_HOME": str(tmp_path)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ganpo.cli", "ledger", "verify",
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told, _ = await asyncio.wait_for(process.communicate(), 60)
    records = len(read(name).rows["ledger_entry"])
    assert (process.returncode, told.decode().rpartition(" ")[2]) == (0, f"{records}.\n")


async def test_a_row_that_was_changed_meanwhile_is_found(empty: Engine) -> None:
    await upgraded(empty, "first")
    await empty.run_ddl("UPDATE mark SET value = '100' WHERE client_id = 'ling:W1:T1'")
    assert len(await check_against_ledger()) == 1


async def test_who_was_there_first_belongs_to_the_federation(empty: Engine) -> None:
    await upgraded(empty, "first")

    async def all_of(sql: str) -> list[dict[str, Any]]:
        return [dict(row) for row in await empty.run_ddl(sql)]

    assert await all_of("SELECT id, path, name FROM organisation") == [{"id": 1, "path": "1.", "name": "省总工会"}]
    assert await all_of("SELECT DISTINCT organisation FROM competition") == [{"organisation": 1}]
    assert await all_of("SELECT DISTINCT organisation, phone_hash, phone_sealed FROM account") == [
        {"organisation": 1, "phone_hash": "", "phone_sealed": ""}
    ]
    assert await all_of("SELECT DISTINCT organisation, ended_at FROM account_grant") == [
        {"organisation": 1, "ended_at": None}
    ]
    assert await all_of('SELECT DISTINCT hat, "only" FROM session') == [{"hat": None, "only": ""}]
    assert await all_of("SELECT DISTINCT reason FROM publication") == [{"reason": ""}]
    assert await all_of("SELECT DISTINCT worker FROM contestant") == [{"worker": None}]


async def test_what_was_published_is_still_public(empty: Engine) -> None:
    await upgraded(empty, "first")
    async with visitors() as web:
        anybody = web.visitor()
        for path in (
            "/", "/competitions", "/competitions/2026-1", "/contests/2026-1-01", "/contests/2026-1-01/scheme",
            "/contests/2026-1-01/works/W1", "/contests/2026-1-01/bundle.zip", "/contests/2026-1-01/scheme.json",
            "/contests/2026-1-02", "/contests/2026-1-02/scheme",
        ):  # fmt: skip
            for prefix in ("", "/en"):
                assert (path, (await anybody.get(prefix + path)).status_code) == (path, 200)
        page = await anybody.get("/contests/2026-1-01")
        score = await anybody.post("/score", {"code": CODE})
        running = await anybody.get("/contests/2026-1-02")
    for shown in ("龚䶮", "饶㛃", "肖亦禾", "青岫航空部件制造有限公司", "91.88", "80.00", "70.50"):
        assert shown in page.text, shown
    assert "程𠮷" not in page.text  # third, where the first two were to be named
    assert "柯远山" not in page.text
    assert score.status_code in (200, 303)
    assert "龚䶮" not in running.text


async def signed_in(visitor: Visitor, sign_in: str) -> str:
    """Sign in by the door's own form; answers the desk's text."""
    answer = await visitor.client.post(
        "/sign-in", data={"sign_in": sign_in, "password": PASSWORD}, headers={"origin": HERE}
    )
    assert answer.status_code == 303, sign_in
    desk = await visitor.get("/desk")
    assert desk.status_code == 200
    return desk.text


async def test_people_come_in_with_the_password_they_had_and_find_their_work(empty: Engine) -> None:
    await upgraded(empty, "first")
    async with visitors() as web:
        organiser, officer = web.visitor(), web.visitor()
        await signed_in(organiser, "mei")
        await signed_in(officer, "guan")
        for path in (
            "/organise", "/organise/competitions/2026-1", "/organise/contests/2026-1-01",
            "/organise/contests/2026-1-01/results", "/organise/contests/2026-1-02/entries",
            "/organise/contests/2026-1-02/panel", "/organise/contests/2026-1-02/versions",
        ):  # fmt: skip
            assert (path, (await organiser.get(path)).status_code) == (path, 200)
            assert (path, (await officer.get(path)).status_code) == (path, 200)
        assert (await officer.get("/accounts")).status_code == 200
        closed = await web.visitor().client.post(
            "/sign-in", data={"sign_in": "ting", "password": PASSWORD}, headers={"origin": HERE}
        )
    assert closed.status_code == 422


async def test_a_session_that_was_open_stays_open(empty: Engine) -> None:
    await upgraded(empty, "first")
    async with visitors() as web:
        visitor = web.visitor()
        visitor.client.cookies.set("ganpo", SESSION)
        page = await visitor.get("/organise/contests/2026-1-02")
    assert page.status_code == 200
    assert "梅" in page.text


async def test_a_judge_who_never_signed_in_begins_now_and_marks_on(empty: Engine) -> None:
    await upgraded(empty, "first")
    async with visitors() as web:
        judge = await web.signed_in("ling")
        sheet = await judge.get("/judge/contests/2026-1-02/works/W1")
    assert sheet.status_code == 200
    assert 'value="89.5"' in sheet.text
    assert "龚䶮" not in sheet.text


async def test_what_comes_next_gets_the_next_numbers(empty: Engine) -> None:
    await upgraded(empty, "first")
    now = datetime(2026, 8, 1, tzinfo=UTC)
    account, _ = await accounts.create_account("xin", "新", ["organiser"], "test", now)
    assert account == 13
    draft = CompetitionDraft("“赣匠杯”钳工竞赛", 2026, Level.CLASS_TWO, hosts=("省总工会",))
    assert (await events.create_competition(draft, account, now)).address == "2026-3"
    assert await verify() == []


async def test_a_recording_says_what_it_was_made_of(tmp_path: Path) -> None:
    """What `python -m tests.upgrades` writes of a database that was restored is what was read."""
    engine = open_engine(f"sqlite:///{tmp_path}/again.sqlite3")
    await engine.start()
    engines.use(engine)
    try:
        await restore(engine, read("first"))
    finally:
        await engine.stop()
        engines.use(None)
    assert list(upgrades.record(tmp_path / "again.sqlite3")) == upgrades.text("first").splitlines()
