"""Databases for tests, both engines.

A test against a database is a coroutine that takes `database`; it runs once on SQLite and once on PostgreSQL:

    async def test_an_account_can_be_found(database):
        await Account(sign_in="ling", ...).save()          # tables are bound to `database`, migrated and empty
        async with transaction(): ...

`database` is the started engine (`database.engine_type`, `database.url` for a second process); ids start at 1.
For one engine only: `@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`. A plain function that
starts its own loop or process takes `database_url`. Coroutines need no mark. The settings never point at real data:
GANPO_HOME is a temporary folder. Without a PostgreSQL these tests are skipped with the reason, and fail in CI.
`made_up` is a copy of the demonstration that is not opened, and `province` one that is, its folder being GANPO_HOME.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure: how fast things are is measured in benchmarks/, never here.
settings.register_profile("ganpo", deadline=None)
settings.load_profile("ganpo")

_home = tempfile.mkdtemp(prefix="ganpo-tests-")
os.environ["GANPO_HOME"] = _home
os.environ["GANPO_DEMO_PORTRAITS"] = "2"  # all of them take half a minute
os.environ.pop("DATABASE_URL", None)

from foundation.store import engines  # noqa: E402 - after the settings point away from real data
from tests import databases, demonstration, hashing  # noqa: E402
from tests.cluster import CannotStartError  # noqa: E402
from tests.demonstration import Demonstration  # noqa: E402
from tests.sharing import shared_folder  # noqa: E402
from tools.chromium import in_ci  # noqa: E402

LONGEST = ("tests/journeys/", "tests/test_routes.py", "tests/ganpo/test_junk.py")
hashing.quicken()


def pytest_configure(config: pytest.Config) -> None:
    config.option.anyio_mode = "auto"  # every coroutine is a test


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no test process is left alone with one of them at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(_home, ignore_errors=True)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[databases.Postgres]:
    """The PostgreSQL of this test process, with a migrated template."""
    try:
        server = databases.Postgres()
    except CannotStartError as error:
        if in_ci():
            pytest.fail(f"PostgreSQL cannot be started, and in CI nothing is skipped: {error}")
        pytest.skip(f"PostgreSQL cannot be started here: {error}")
    yield server
    server.cluster.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "template.sqlite3"
    databases.migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty, migrated database of this test's own."""
    if request.param == "sqlite":
        file = tmp_path / "test.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
    else:
        server: databases.Postgres = request.getfixturevalue("postgres")
        name, url = server.lend()
        yield url
        server.take_back(name)


@pytest.fixture
async def database(database_url: str, anyio_backend: str) -> AsyncIterator[engines.Engine]:
    """A started engine on an empty, migrated database; every table is bound to it."""
    async with opened(database_url) as engine:
        yield engine


@pytest.fixture(params=["sqlite", "postgres"])
def made_up(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    """A demonstration of this test's own: data folder and database."""
    shared, home = shared_folder(tmp_path_factory), tmp_path / "home"
    if request.param == "sqlite":
        yield demonstration.on_sqlite(shared, home)
        return
    with demonstration.on_postgres(shared, home, request.getfixturevalue("postgres")) as copy:
        yield copy


@pytest.fixture
async def province(
    made_up: Demonstration, anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Demonstration]:
    """The same, opened: every table is bound to its database, keys and media are those of its folder."""
    monkeypatch.setenv("GANPO_HOME", str(made_up.home))
    async with opened(made_up.url):
        yield made_up


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[engines.Engine]:
    """A started engine on this database; every table is bound to it."""
    engine = engines.open_engine(url)
    await engine.start()
    engines.use(engine)
    try:
        yield engine
    finally:
        await asyncio.wait_for(engine.stop(), 60)
        engines.use(None)
