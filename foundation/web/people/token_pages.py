"""Tokens for an organisation's own systems: which there are, a new one, revoking one.

A new token stands on the answer to its form and on no other page. Whoever makes one signs in again for it, for it goes
on opening after they have left the desk.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Refused
from foundation.people import api_tokens, factors, sessions
from foundation.people.may import KEEP_TOKENS
from foundation.people.scopes import all_scopes
from foundation.web.access import client_address
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render

PAGE = 30
USUAL_DAYS = "180"


@get("/tokens", may=KEEP_TOKENS)
async def token_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _page(request, Form.filled({"days": USUAL_DAYS}))


@post("/tokens", may=KEEP_TOKENS)
async def make_token(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The answer shows the token and is no redirect: it exists on this one page only."""
    form, now, user = await read_form(request), datetime.now(UTC), request.user
    name = form.value("name")
    scopes, days, problems = api_tokens.read_token(form.values("scopes"), name, form.value("days"))
    try:
        if problems:
            raise Refused(*problems)
        await sessions.prove(user, form.value("password"), form.value("code"), client_address(request), now)
        _, token = await api_tokens.make(name, scopes, days, user.hat.organisation_id, user.account_id, now)
    except Refused as refusal:
        return await _page(request, form.with_problems(refusal.problems), 422)
    return await _page(request, Form.filled({"days": USUAL_DAYS}), made=(name.strip(), token))


@post("/tokens/{token_id:int}/revocation", may=KEEP_TOKENS)
async def revoke_token(request: Request[Any, Any, Any], token_id: FromPath[int]) -> Response[Any]:
    found = await api_tokens.for_officer(request.user, token_id)
    await api_tokens.revoke(found, request.user.account_id, datetime.now(UTC))
    return redirect(request, "/tokens", done="api_token_revoked")


async def _page(
    request: Request[Any, Any, Any], form: Form, status: int = 200, made: tuple[str, str] | None = None
) -> Response[bytes]:
    user = request.user
    rows = await api_tokens.listed(user, PAGE + 1, read_cursor(request))
    return render(
        request,
        "people/tokens.html",
        status,
        form=form,
        made=made,
        page=page_of(rows, PAGE, lambda one: one.id),
        scopes={scope.code: scope.what for scope in all_scopes()},
        days=[str(each) for each in api_tokens.DAYS],
        factor=await factors.needed(user.account_id, user.all_roles) is factors.Need.CODE,
        now=datetime.now(UTC),
    )


HANDLERS = [token_list, make_token, revoke_token]
