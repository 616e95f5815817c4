"""The roof: one application out of all packages.

`create_app` is what the server and the tests start; it opens nothing before the application's lifespan begins.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from litestar import Litestar
from litestar.datastructures import State

import competitions.may
import competitions.problems
import competitions.result_checks
import competitions.routes
import craftsmen.honour_checks
import craftsmen.may
import craftsmen.problems
import craftsmen.routes
import foundation.base.problems
import foundation.files.problems
import foundation.papers.problems
import foundation.people.problems
import foundation.process.handing_over
import foundation.process.may
import foundation.process.problems
import foundation.store.problems
import foundation.tabulation.problems
import foundation.text.problems
import foundation.web.api.pages
import foundation.web.api.sentences
import foundation.web.files.handlers
import foundation.web.people.handlers
import foundation.web.process.handlers
import foundation.web.work.handlers
import foundation.work.problems
import innovations.may
import innovations.may_api
import innovations.problems
import innovations.routes
from foundation.base.problem import N_
from foundation.base.settings import Settings
from foundation.people import scopes
from foundation.people.permissions import collect
from foundation.process import checks
from foundation.store import bell, commit, engines, ledger
from foundation.web import access, account_pages, arrival, door, errors, health, logs, robots, static
from foundation.web.forms import BODY_LIMIT, FIELD_LIMIT
from foundation.web.pages import Pages, make_pages
from foundation.web.registry import Registry
from ganpo import desk
from ganpo.background import background
from ganpo.daily import daily_heads, daily_work, nightly_words

ROOT = Path(__file__).resolve().parent.parent


def _all_sentences(*rooms: Mapping[str, str]) -> Mapping[str, str]:
    """Every room's sentences by code; a code that two rooms use for different things is refused at start."""
    found: dict[str, str] = {}
    for code, sentence in (item for room in rooms for item in room.items()):
        if found.setdefault(code, sentence) != sentence:
            raise ValueError(f"Two rooms say different things under {code!r}.")
    return found


SENTENCES = _all_sentences(
    foundation.tabulation.problems.SENTENCES,
    foundation.store.problems.SENTENCES,
    foundation.base.problems.SENTENCES,
    foundation.files.problems.SENTENCES,
    foundation.text.problems.SENTENCES,
    foundation.papers.problems.SENTENCES,
    foundation.work.problems.SENTENCES,
    foundation.people.problems.SENTENCES,
    foundation.process.problems.SENTENCES,
    foundation.web.api.sentences.SENTENCES,
    craftsmen.problems.SENTENCES,
    innovations.problems.SENTENCES,
    competitions.problems.SENTENCES,
)


collect(N_("Circulars, notices, announcements"), foundation.process.may.PERMISSIONS)
collect(N_("Competitions and contests"), competitions.may.PERMISSIONS)
collect(N_("Craftsmen and honours"), craftsmen.may.PERMISSIONS)
collect(N_("Rationalization proposals"), innovations.may.PERMISSIONS)
scopes.collect(innovations.may_api.SCOPES)
checks.register(craftsmen.honour_checks.SOURCE)
checks.register(competitions.result_checks.SOURCE)


def create_app(settings: Settings | None = None) -> Registry:
    """The whole registry as an ASGI application, on the engine of the settings."""
    settings = settings or Settings.from_env()
    logs.configure(settings.log_level)
    made: list[Pages] = []  # templates and catalogues, read once at the first start

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        engine = engines.current()
        await engine.start()
        group = commit.GroupCommit(engine)
        await group.start()
        try:
            async with (
                bell.listening(),
                daily_heads(settings.home / "ledger-heads", settings.zone),
                nightly_words(settings.zone),
                daily_work(settings.zone),
                background(settings) as running,
            ):
                app.state.background = running
                demo = (await ledger.head("demo")).seq > 0
                if not made:
                    files = static.read_static(ROOT / "static")
                    made.append(make_pages(settings, ROOT, SENTENCES, files, demo=demo))
                app.state.pages = replace(made[0], demo=demo)
                yield
        finally:
            await group.stop()
            await engine.stop()

    return Registry(
        route_handlers=[
            *static.HANDLERS,
            *health.HANDLERS,
            *robots.HANDLERS,
            *door.HANDLERS,
            *account_pages.HANDLERS,
            *desk.HANDLERS,
            *foundation.web.api.pages.HANDLERS,
            *foundation.web.files.handlers.HANDLERS,
            *foundation.web.people.handlers.HANDLERS,
            *foundation.web.work.handlers.HANDLERS,
            *foundation.web.process.handlers.HANDLERS,
            *competitions.routes.HANDLERS,
            *craftsmen.routes.HANDLERS,
            *innovations.routes.HANDLERS,
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
