"""Whether the process lives and can serve, asked while the database is away and when it is back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from piccolo.apps.migrations.tables import Migration

from foundation.store.engines import Engine
from tests.web import Visitor, visitors


@asynccontextmanager
async def away(database: Engine, request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """PostgreSQL ends every connection and takes no new one; SQLite's file is gone and something else is there."""
    if database.engine_type == "postgres":
        name, cluster = urlsplit(database.url).path[1:], request.getfixturevalue("postgres").cluster
        await cluster.run(
            f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608 - our own
        )
        yield
        await cluster.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    else:
        await database.stop()
        swap(Path(database.url.removeprefix("sqlite:///")), gone=True)
        yield
        swap(Path(database.url.removeprefix("sqlite:///")), gone=False)
        await database.start()


def swap(file: Path, *, gone: bool) -> None:
    """A folder where the file was, or the file again."""
    kept = file.with_name("kept")
    if gone:
        file.rename(kept)
        file.mkdir()
    else:
        file.rmdir()
        kept.rename(file)


async def answers(visitor: Visitor) -> dict[str, tuple[int, str, str]]:
    pages = {path: await visitor.get(path) for path in ("/health/live", "/health/ready")}
    return {path: (page.status_code, page.text, page.headers["cache-control"]) for path, page in pages.items()}


WELL = {"/health/live": (200, "ok", "no-store"), "/health/ready": (200, "ok", "no-store")}


async def test_without_its_database_the_process_lives_but_is_not_ready(
    database: Engine, request: pytest.FixtureRequest
) -> None:
    async with visitors() as web:
        visitor = web.visitor()
        assert await answers(visitor) == WELL
        async with away(database, request):
            assert await answers(visitor) == {
                "/health/live": (200, "ok", "no-store"),
                "/health/ready": (503, "the database does not answer", "no-store"),
            }
        assert await answers(visitor) == WELL


async def test_a_database_that_lacks_a_migration_is_not_ready(database: Engine) -> None:
    async with visitors() as web:
        await Migration.delete().where(Migration.app_name == "people", Migration.name == "0008-factor-indexes")
        page = await web.visitor().get("/health/ready")
        assert (page.status_code, page.text) == (503, "migrations missing: people: 0008-factor-indexes")
