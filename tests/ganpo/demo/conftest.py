"""A demonstration made once for each engine; every test gets a copy of its own."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from foundation.base.settings import Settings
from foundation.store import engines
from ganpo.demo.cast import DemoSignIns
from ganpo.demo.province import make_demo
from tests import databases


@dataclass(frozen=True)
class Demo:
    """A copy of the made-up province: its database's address, how to sign in, and what was told meanwhile."""

    url: str
    signs: DemoSignIns
    told: list[str]


def make(url: str) -> tuple[DemoSignIns, list[str]]:
    told: list[str] = []

    async def run() -> DemoSignIns:
        engine = engines.open_engine(url)
        await engine.start()
        engines.use(engine)
        try:
            return await make_demo(Settings.from_env({"DATABASE_URL": url}), told.append, portraits=2)
        finally:
            await engine.stop()
            engines.use(None)

    return asyncio.run(run()), told


@pytest.fixture(scope="session")
def sqlite_demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DemoSignIns, list[str]]:
    file = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    shutil.copyfile(sqlite_template, file)
    return file, *make(f"sqlite:///{file}")


@pytest.fixture(scope="session")
def postgres_demo(postgres: databases.Postgres) -> tuple[str, DemoSignIns, list[str]]:
    name, url = postgres.new()
    return name, *make(url)


@pytest.fixture(params=["sqlite", "postgres"])
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Demo]:
    """The demonstration on each engine."""
    if request.param == "sqlite":
        source, signs, told = request.getfixturevalue("sqlite_demo")
        shutil.copyfile(source, tmp_path / "test.sqlite3")
        yield Demo(f"sqlite:///{tmp_path / 'test.sqlite3'}", signs, told)
        return
    server: databases.Postgres = request.getfixturevalue("postgres")
    template, signs, told = request.getfixturevalue("postgres_demo")
    copy = f"{template}_copy"
    server.cluster.sql(f"CREATE DATABASE {copy} TEMPLATE {template} STRATEGY FILE_COPY")
    yield Demo(server.cluster.url(copy), signs, told)
    server.drop(copy)


@pytest.fixture
async def province(demo: Demo, anyio_backend: str) -> AsyncIterator[Demo]:
    """The demonstration, opened: every table is bound to its database."""
    engine = engines.open_engine(demo.url)
    await engine.start()
    engines.use(engine)
    try:
        yield demo
    finally:
        await asyncio.wait_for(engine.stop(), 10)
        engines.use(None)
