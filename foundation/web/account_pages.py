"""The officer's pages of accounts: create, hand out an activation code, close and open again."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts
from foundation.people.grants import Role
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render

PAGE = 50


async def _page(
    request: Request[Any, Any, Any], form: Form, status: int = 200, issued: tuple[str, str, str] | None = None
) -> Response[bytes]:
    before = request.query_params.get("before", "")
    rows = await accounts.newest(PAGE + 1, int(before) if before.isdecimal() and len(before) < 10 else None)
    older = f"?before={rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    return render(request, "people/accounts.html", status, form=form, accounts=rows[:PAGE], older=older, issued=issued)


@get("/accounts", role=Role.OFFICER)
async def account_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _page(request, Form())


@post("/accounts", role=Role.OFFICER)
async def create(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The answer shows the code and is no redirect: the code exists on this one page only."""
    form = await read_form(request)
    name, sign_in = form.value("name"), form.value("sign_in")
    try:
        _, code = await accounts.create_account(
            sign_in, name, form.values("roles"), request.user.actor, datetime.now(UTC)
        )
    except Refused as refusal:
        return await _page(request, form.with_problems(refusal.problems), status=422)
    return await _page(request, Form(), issued=(name, accounts.folded(sign_in), code))


@post("/accounts/{account_id:int}", role=Role.OFFICER)
async def change(request: Request[Any, Any, Any], account_id: FromPath[int]) -> Response[Any]:
    account = await accounts.by_id(account_id) if 0 < account_id < 2**31 else None
    if account is None:
        raise NotFound
    match (await read_form(request)).value("act"):
        case "activation":
            code = await accounts.new_activation(account_id, request.user.actor)
            return await _page(request, Form(), issued=(account.name, account.sign_in, code))
        case "close":
            if account_id == request.user.account_id:
                raise Refused(Problem("account_is_own"))
            await accounts.set_active(account_id, active=False, by=request.user.actor)
        case "open":
            await accounts.set_active(account_id, active=True, by=request.user.actor)
    return redirect(request, "/accounts")


HANDLERS = [account_list, create, change]
