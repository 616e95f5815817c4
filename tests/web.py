"""How tests use the web: the real application on the test's database, and people who sign in for real.

def test_x(database):                       # the fixture of tests/conftest.py
    async def story() -> None:
        async with visitors(database) as web:
            organiser = await web.signed_in("zuzhi", roles=["organiser"])   # an account is made where there is none
            page = await organiser.get("/organise")                         # an httpx.Response
            page = await organiser.post("/organise/competitions", {"title": "…"})   # CSRF and Origin included
            stranger = web.visitor()
"""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from foundation.base.settings import Settings
from foundation.people import accounts, sessions
from foundation.web.door import cookie_name
from ganpo.app import create_app

HERE = "http://ganpo.test"
_CSRF = re.compile(r'name="csrf_token" value="([^"]*)"')


_idle: dict[Settings, Any] = {}  # applications that are not running, by their settings


@dataclass
class Visitor:
    """A browser without scripts: cookies, forms with the session's token, no redirects followed."""

    client: httpx.AsyncClient
    csrf: str = ""
    account_id: int = 0

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.client.get(path, **more)

    async def post(
        self, path: str, data: Mapping[str, str | Sequence[str]] | None = None, files: Any = None, **more: Any
    ) -> httpx.Response:
        fields = {"csrf_token": self.csrf, **(data or {})}
        return await self.client.post(path, data=fields, files=files, headers={"origin": HERE}, **more)


@dataclass
class Web:
    """The application while it runs, and who visits it."""

    app: Any

    def visitor(self) -> Visitor:
        return Visitor(httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=HERE))

    async def signed_in(self, sign_in: str, name: str = "", roles: Sequence[str] = ()) -> Visitor:
        """Somebody with an open session. Their account is made where there is none yet, without a password."""
        now = datetime.now(UTC)
        found = await accounts.find(sign_in)
        account_id = (
            found.id if found else (await accounts.create_account(sign_in, name or sign_in, roles, "test", now))[0]
        )
        token = await sessions.open_session(account_id, now)
        user = await sessions.from_token(token, now)
        assert user is not None
        visitor = self.visitor()
        visitor.client.cookies.set(cookie_name(secure=False), token)
        visitor.csrf, visitor.account_id = user.csrf, account_id
        return visitor


def shown(page: httpx.Response) -> str:
    """A page without its tokens, which are random letters and now and then spell what is looked for."""
    return _CSRF.sub("", page.text)


@asynccontextmanager
async def visitors(home: Path | None = None) -> AsyncIterator[Web]:
    """Start the application on the engine in use, as the server would, and stop it afterwards."""
    settings = Settings.from_env()
    app = _idle.pop(settings, None) or create_app(settings)  # making one takes longer than most tests
    async with app.lifespan():
        yield Web(app)
    _idle[settings] = app  # only one that stopped well is used again
