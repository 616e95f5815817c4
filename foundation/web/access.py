"""Who may call which handler: closed by default, decided before a handler runs.

Every handler says `public=True`, `signed_in=True`, `may=PERMISSION` or `role="…"`; one that says nothing is refused at
start. A stranger gets 404 where the hat they wear cannot hold the permission, as if there were nothing; which rows it
covers is for the loader. What says `scope=SCOPE` is for programs: they send a token and no cookie, which opens nothing
else. A session that a judge's card opened reaches only handlers that say which subject they serve
(`venue="contest:{address}"`), and there only its own. How forms are received is in `arrival.py`.
"""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from foundation.base.problem import NotFound
from foundation.people import api_tokens, scopes, sessions
from foundation.people.grants import Role
from foundation.people.organisation_tree import ROOT_PATH
from foundation.people.permissions import Permission
from foundation.people.throttle import network
from foundation.web.api.limits import TOKEN, WRITE, WRONG, Limits

LAST_ID = 2**31  # PostgreSQL's integer; a larger one would be an error of the database
SAFE = {"GET", "HEAD", "OPTIONS"}


class SignInNeeded(Exception):  # noqa: N818 - an answer, not an error
    """The page is for people who signed in; they are shown the door, and keep what they typed."""


class TokenNeeded(Exception):  # noqa: N818 - an answer, not an error
    """The address is for programs that send a token in force; 401."""


class ScopeNeeded(Exception):  # noqa: N818 - an answer, not an error
    """The token is good, but not for this; 403."""


class TooMany(Exception):  # noqa: N818 - an answer, not an error
    """A program asks more than it may; 429."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class ForeignForm(Exception):  # noqa: N818 - an answer, not an error
    """A form that did not come from our pages. It is not even read."""


def is_from_session(token: str, user: sessions.SignedIn) -> bool:
    """Whether a form carries the token of this person's session."""
    return hmac.compare_digest(token.encode(), user.csrf.encode())


class WhoIsIt(ASGIMiddleware):
    """Puts the signed-in person into `request.user`; on public pages nobody, so that they cannot differ by person."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, cookie: str, clock: Callable[[], datetime]) -> None:
        self.cookie = cookie
        self.clock = clock

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        scope["user"] = scope["auth"] = None
        opt = scope["route_handler"].opt
        if "scope" in opt:
            header = ASGIConnection[Any, Any, Any, Any](scope).headers.get("authorization", "")
            scope["user"] = await api_tokens.from_header(header, self.clock()) if header else None
        elif not opt.get("public"):
            token = ASGIConnection[Any, Any, Any, Any](scope).cookies.get(self.cookie)
            if token:
                scope["user"] = await sessions.from_token(token, self.clock())
        await next_app(scope, receive, send)


def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let in whom the handler declares; a number that no row can have is no address, for anybody."""
    if any(isinstance(value, int) and not 0 <= value < LAST_ID for value in connection.path_params.values()):
        raise NotFound
    opt = handler.opt
    if (
        opt.get("public") or cast("HTTPScope", connection.scope)["method"] == "OPTIONS"
    ):  # its answer only names the methods
        return
    user = cast("sessions.SignedIn | None", connection.user)
    if "scope" in opt:
        _check_token(connection, user, opt["scope"])
        return
    if user is None:
        if cast("HTTPScope", connection.scope)["method"] in SAFE:
            raise SignInNeeded
        return  # a form: arrival.check_form answers it, before the handler, so that nothing typed is lost
    if user.only and not _reaches(user.only, str(opt.get("venue", "")), connection.path_params):
        raise NotFound
    permission: Permission | None = opt.get("may")
    if permission is not None and not permission.possible(user):
        raise NotFound
    role = opt.get("role")
    if role is not None and role not in user.roles and not _runs_everything(user):
        raise NotFound


def _check_token(
    connection: ASGIConnection[Any, Any, Any, Any], user: sessions.SignedIn | None, wanted: scopes.Scope
) -> None:
    """Let in a token in force that was made for this, as often as one may ask. What opens nothing counts as well."""
    buckets: Limits = connection.app.limits  # type: ignore[attr-defined]
    if not isinstance(user, api_tokens.Bearer):
        if "authorization" in connection.headers:
            _check_wait(buckets.count(f"wrong {network(client_address(connection))}", WRONG))
        raise TokenNeeded
    reads = cast("HTTPScope", connection.scope)["method"] in SAFE
    _check_wait(buckets.count(f"token {user.token_id}", TOKEN, 1 if reads else WRITE))
    if wanted.code not in user.scopes:
        raise ScopeNeeded
    if not wanted.permission.possible(user):
        raise NotFound


def _check_wait(seconds: int) -> None:
    if seconds:
        raise TooMany(seconds)


def _reaches(only: str, venue: str, params: Mapping[str, object]) -> bool:
    """Whether a session that a judge's card opened reaches a handler: `venue="contest:{address}"`, or "*" for all."""
    return venue == "*" or (bool(venue) and venue.format_map(params) == only)


def _runs_everything(user: sessions.SignedIn) -> bool:
    return user.hat is not None and user.hat.path == ROOT_PATH and Role.OFFICER in user.hat.roles


def client_address(request: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Where a request came from: the peer, or what the outermost of our own proxies says (`GANPO_PROXIES`)."""
    peer = request.client.host if request.client else ""
    proxies: int = request.app.state.pages.settings.proxies
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",")] if proxies else []
    return hops[-proxies] if len(hops) >= proxies > 0 else peer


def is_from_here(request: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Browsers say where a form came from; one that cannot be told is not ours."""
    came = request.headers.get("origin") or request.headers.get("referer")
    if not came:
        return False
    ours = {request.headers.get("host", "")}
    if public_url := request.app.state.pages.settings.public_url:
        ours.add(urlsplit(public_url).netloc)
    try:
        return urlsplit(came).netloc in ours
    except ValueError:
        return False
