"""The roof: one application out of all packages.

`create_app` is what the server and the tests start; it opens nothing before the application's lifespan begins.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from litestar import Litestar
from litestar.datastructures import State

import competitions.problems
import competitions.routes
import foundation.base.problems
import foundation.files.problems
import foundation.people.problems
import foundation.process.problems
import foundation.store.problems
import foundation.tabulation.problems
import foundation.web.people.handlers
import foundation.web.process.handlers
import foundation.web.work.handlers
import foundation.work.problems
from foundation.base.settings import Settings
from foundation.store import commit, engines, ledger
from foundation.web import access, account_pages, arrival, door, errors, health, logs, static
from foundation.web.forms import BODY_LIMIT, FIELD_LIMIT
from foundation.web.pages import make_pages
from foundation.web.registry import Registry
from ganpo import desk
from ganpo.daily import daily_heads

ROOT = Path(__file__).resolve().parent.parent

SENTENCES = (
    foundation.tabulation.problems.SENTENCES
    | foundation.store.problems.SENTENCES
    | foundation.base.problems.SENTENCES
    | foundation.files.problems.SENTENCES
    | foundation.work.problems.SENTENCES
    | foundation.people.problems.SENTENCES
    | foundation.process.problems.SENTENCES
    | competitions.problems.SENTENCES
)


def create_app(settings: Settings | None = None) -> Registry:
    """The whole registry as an ASGI application, on the engine of the settings."""
    settings = settings or Settings.from_env()
    logs.configure(settings.log_level)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        engine = engines.current()
        await engine.start()
        group = commit.GroupCommit(engine)
        await group.start()
        try:
            async with daily_heads(settings.home / "ledger-heads", settings.zone):
                demo = (await ledger.head("demo")).seq > 0
                app.state.pages = make_pages(settings, ROOT, SENTENCES, static.read_static(ROOT / "static"), demo=demo)
                yield
        finally:
            await group.stop()
            await engine.stop()

    return Registry(
        route_handlers=[
            *static.HANDLERS,
            *health.HANDLERS,
            *door.HANDLERS,
            *account_pages.HANDLERS,
            *desk.HANDLERS,
            *foundation.web.people.handlers.HANDLERS,
            *foundation.web.work.handlers.HANDLERS,
            *foundation.web.process.handlers.HANDLERS,
            *competitions.routes.HANDLERS,
        ],
        middleware=[access.WhoIsIt(door.cookie_name(settings.secure), lambda: datetime.now(UTC))],
        guards=[access.guard],
        before_request=arrival.check_form,
        exception_handlers=errors.HANDLERS,
        lifespan=[lifespan],
        openapi_config=None,
        logging_config=None,  # structlog it is; Litestar's own would start a thread for each application
        state=State(),
        request_max_body_size=BODY_LIMIT,
        multipart_form_part_limit=FIELD_LIMIT,
    )
