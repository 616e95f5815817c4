"""Brings a database to the tables this version needs, on either engine.

Knows migration files and which of them ran; knows no table but Piccolo's own `migration`. Each migration and the
note that it ran are one transaction under one lock, so two processes may start at the same moment.
"""

import contextlib
import importlib.util
import io
from collections.abc import Callable, Container, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import AppConfig, Finder

from foundation.store import engines
from foundation.store.transactions import transaction

if TYPE_CHECKING:
    from foundation.store.engines import Engine

_LOCK = "SELECT pg_advisory_xact_lock(7316905428)"  # any number that nothing else here uses


async def migrate(
    engine: "Engine", *, tell: Callable[[str], None] | None = None, only: Container[str] | None = None
) -> list[str]:
    """Run every migration that has not run yet; returns them as "app: id". Makes the engine the one in use.

    `tell` is called with each one before it runs, for showing progress. On an error that migration is undone as a
    whole, the ones before it stay, and the error is raised. `only` makes a database as an earlier version had it:
    no other migration than these is run.
    """
    if engines.current() is not engine:
        engines.use(engine)
    ran: list[str] = []
    for app, module in await _waiting():
        if only is not None and f"{app.app_name}: {module.ID}" not in only:
            continue
        async with transaction():
            if engine.engine_type == "postgres":
                await engine.run_ddl(_LOCK)
            await Migration.create_table(if_not_exists=True)
            if await Migration.exists().where((Migration.app_name == app.app_name) & (Migration.name == module.ID)):
                continue  # another process was quicker
            if tell is not None:
                tell(f"{app.app_name}: {module.ID}")
            manager = await module.forwards()
            if isinstance(manager, MigrationManager):
                manager.wrap_in_transaction = False  # it runs in ours, together with the note below
                with contextlib.redirect_stdout(io.StringIO()):  # Piccolo prints as it goes
                    await manager.run()
            await Migration.insert(Migration(name=module.ID, app_name=app.app_name))
        ran.append(f"{app.app_name}: {module.ID}")
    return ran


async def pending(engine: "Engine") -> list[str]:
    """The migrations that this version needs and the database lacks, as "app: id"; empty means ready."""
    if engines.current() is not engine:
        engines.use(engine)
    return [f"{app.app_name}: {module.ID}" for app, module in await _waiting()]


async def _waiting() -> list[tuple[AppConfig, Any]]:
    done: set[tuple[str, str]] = set()
    if await Migration.table_exists():
        rows = await Migration.select(Migration.app_name, Migration.name)
        done = {(row["app_name"], row["name"]) for row in rows}
    return [
        (app, module)
        for app in Finder().get_app_configs()
        for module in _modules(app)
        if (app.app_name, module.ID) not in done
    ]


def _modules(app: AppConfig) -> Iterator[Any]:
    files = Path(app.resolved_migrations_folder_path).glob("[!_]*.py")
    yield from sorted((_load(app.app_name, file) for file in files), key=lambda module: module.ID)


@cache
def _load(app_name: str, file: Path) -> Any:
    # Piccolo imports them by bare file name, where two packages' files of one name would meet.
    spec = importlib.util.spec_from_file_location(f"migrations_of_{app_name}.{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is not a migration")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
