"""Where Piccolo looks for the database and for the packages that have tables.

`DB` is the engine in use, asked for each time, so that tests and commands can choose another one.
"""

from typing import TYPE_CHECKING

from piccolo.conf.apps import AppRegistry

from foundation.store import engines

if TYPE_CHECKING:
    from foundation.store.engines import Engine

APP_REGISTRY = AppRegistry(
    apps=[
        "foundation.store.piccolo_app",
        "foundation.files.piccolo_app",
        "foundation.text.piccolo_app",
        "foundation.work.piccolo_app",
        "foundation.people.piccolo_app",
        "foundation.process.piccolo_app",
        "craftsmen.piccolo_app",
        "innovations.piccolo_app",
        "competitions.piccolo_app",
    ]
)


def __getattr__(name: str) -> "Engine":
    if name == "DB":
        return engines.current()
    raise AttributeError(name)
