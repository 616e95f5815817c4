"""Migrations: both engines end with the tables that the classes declare, and with the same ones."""

import time
from pathlib import Path

import pytest
from piccolo.apps.migrations.tables import Migration

from foundation.store import engines, migrations
from foundation.store.engines import Engine, open_engine
from foundation.store.schemas import Shape, differences, schema
from tests import databases


async def test_the_database_has_the_tables_that_the_classes_declare(database: Engine) -> None:
    assert await differences(database) == []


async def test_a_difference_is_seen(database: Engine) -> None:
    await database.run_ddl("ALTER TABLE ledger_entry RENAME COLUMN actor TO who")
    await database.run_ddl("ALTER TABLE ledger_head ADD COLUMN extra INTEGER")
    await database.run_ddl("CREATE TABLE stray (id INTEGER)")
    assert [line.partition(":")[0] for line in await differences(database)] == [
        "stray", "ledger_entry.actor", "ledger_entry.who", "ledger_head.extra",
    ]  # fmt: skip


async def test_both_engines_have_the_same_schema(sqlite_template: Path, postgres: databases.Postgres) -> None:
    shapes: list[dict[str, Shape]] = []
    for url in (f"sqlite:///{sqlite_template}", postgres.cluster.url("template_ganpo")):
        engine = open_engine(url)
        await engine.start()
        shapes.append(await schema(engine))
        await engine.stop()
    sqlite, postgresql = shapes
    assert sqlite.keys() == postgresql.keys()
    for name, shape in sqlite.items():
        assert shape.unique == postgresql[name].unique, name
        assert {column: (kind.null, kind.primary) for column, kind in shape.columns.items()} == {
            column: (kind.null, kind.primary) for column, kind in postgresql[name].columns.items()
        }, name
    assert sqlite["ledger_entry"].unique == {(("stream", "seq"), False)}


async def test_migrating_again_does_nothing_and_quickly(database: Engine) -> None:
    before = await Migration.select()
    assert await migrations.migrate(database) == []
    started = time.process_time()
    assert await migrations.migrate(database) == []
    assert time.process_time() - started < 1
    assert await Migration.select() == before


async def test_a_new_database_is_told_what_it_lacks_and_gets_it(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new.sqlite3")
    await engine.start()
    try:
        lacking = await migrations.pending(engine)
        assert lacking[:2] == ["store: 0001-ledger", "store: 0002-ledger-walls"]
        told: list[str] = []
        assert await migrations.migrate(engine, tell=told.append) == lacking == told
        assert await migrations.pending(engine) == []
    finally:
        await engine.stop()
        engines.use(None)


async def test_a_migration_that_fails_is_undone_and_tried_again(database: Engine) -> None:
    """Forget that the second one ran, but leave its index: it fails, and nothing claims that it ran."""
    second = (Migration.app_name == "store") & (Migration.name == "0002-ledger-walls")
    await Migration.delete().where(second)
    if database.engine_type == "sqlite":
        await database.run_ddl("DROP TRIGGER ledger_entry_no_update")
    else:
        await database.run_ddl("DROP TRIGGER ledger_entry_no_change ON ledger_entry")
    with pytest.raises(database.errors):
        await migrations.migrate(database)
    assert await migrations.pending(database) == ["store: 0002-ledger-walls"]
    assert database.connections_in_use == 0
