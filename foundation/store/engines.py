"""Which database this process talks to: opens an engine from a URL, and holds the one in use.

Knows URLs, settings and the binding of tables to the engine; knows nothing of what any table means.
The engines themselves are in `sqlite` and `postgres`, and only the one in use is imported.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from piccolo.table import Table

from foundation.base.problem import Problem, Refused
from foundation.base.settings import Settings

if TYPE_CHECKING:
    from foundation.store.postgres import Postgres
    from foundation.store.sqlite import SQLite

Engine: TypeAlias = "SQLite | Postgres"

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")

_in_use: "Engine | None" = None


def open_engine(database_url: str, *, readers: int = 4) -> "Engine":
    """The engine for `sqlite:///PATH` (relative or absolute) or `postgresql://…`; connects to nothing yet.

    `readers` is how many connections serve reads at a time. Raises `Refused` (`database_url`) for anything else.
    """
    if database_url.startswith(_SQLITE):
        path = database_url.removeprefix(_SQLITE)
        if path and not path.startswith(":") and not path.endswith("/"):
            from foundation.store.sqlite import SQLite  # noqa: PLC0415 - only the engine in use is loaded

            return SQLite(path, readers=readers)
    if database_url.startswith(_POSTGRES):
        from foundation.store.postgres import Postgres  # noqa: PLC0415

        return Postgres(database_url, readers=readers)
    raise Refused(Problem("database_url", params={"url": _without_password(database_url)}))


def current() -> "Engine":
    """The engine in use; the first call opens the one that the settings name."""
    global _in_use  # noqa: PLW0603 - one process has one database
    if _in_use is None:
        settings = Settings.from_env()
        _in_use = open_engine(settings.database_url, readers=settings.read_connections)
    return _in_use


def use(engine: "Engine | None") -> None:
    """Make this the engine in use and bind every table to it; None goes back to what the settings name."""
    global _in_use  # noqa: PLW0603
    _in_use = engine
    for table in _tables(Table):
        table._meta._db = engine


def _tables(parent: type[Table]) -> Iterator[type[Table]]:
    for table in parent.__subclasses__():
        yield table
        yield from _tables(table)


def _without_password(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    user, at, place = rest.rpartition("@")
    return f"{scheme}{separator}{user.partition(':')[0]}{at}{place}"
