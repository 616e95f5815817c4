"""The door: signing in, activating an account, signing out here or everywhere."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie

from foundation.base.problem import Problem, Refused
from foundation.people import accounts, sessions
from foundation.people.factors import Need
from foundation.web.access import client_address
from foundation.web.arrival import OWNER, kept_fields, send_again, unwrapped
from foundation.web.forms import Form, read_form
from foundation.web.pages import pages_of, redirect, render
from foundation.web.second_step import ask, owed

FIRST_PAGE = "/desk"
LIFETIME = int(sessions.LIFETIME.total_seconds())


def cookie_name(secure: bool) -> str:
    """`__Host-` binds the cookie to this host and to https, where there is https."""
    return "__Host-ganpo" if secure else "ganpo"


def session_cookie(request: Request[Any, Any, Any], token: str, seconds: int = LIFETIME) -> Cookie:
    """The cookie of a session; with no seconds it takes the one away that is there."""
    secure = pages_of(request).settings.secure
    return Cookie(
        key=cookie_name(secure), value=token, max_age=seconds, path="/", httponly=True, samesite="lax", secure=secure
    )


def local(wanted: str) -> str:
    """Where to go behind the door: an address of ours, never anybody else's."""
    safe = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if safe else FIRST_PAGE


def door_page(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    kept = kept_fields(form)
    page = render(request, "web/sign_in.html", status=status, form=form, kept=kept, signed_out=bool(kept))
    page.headers["cache-control"] = "no-store"
    return page


@get("/sign-in", public=True)
async def sign_in_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    return door_page(request, Form.filled({"next": request.query_params.get("next", "")}))


@post("/sign-in", public=True)
async def sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """The password first; the second factor, where one is due, before there is any session."""
    form = await read_form(request)
    now = datetime.now(UTC)
    typed, password = form.value("sign_in"), form.value("password")
    form = form.without(["password"])
    try:
        account_id = await sessions.check_password(typed, password, client_address(request), now)
    except Refused as refusal:
        return door_page(request, form.with_problems(refusal.problems), status=422)
    return await go_on(request, account_id, form, now)


async def go_on(request: Request[Any, Any, Any], account_id: int, form: Form, now: datetime) -> Response[Any]:
    """The password was right, or is newly chosen: the second step where one is due, else the way in."""
    if kept_fields(form) and form.value(OWNER) != str(account_id):
        return door_page(request, form.with_problems([Problem("kept_for_another", "sign_in")]), status=403)
    need = await owed(account_id)
    if need is not Need.NONE:
        return await ask(request, account_id, need, form, now)
    return await let_in(request, account_id, form, now)


async def let_in(request: Request[Any, Any, Any], account_id: int, form: Form, now: datetime) -> Response[Any]:
    """Open the session of one who has shown all that is due, and lead on to what was wanted or waits."""
    if kept_fields(form) and form.value(OWNER) != str(account_id):
        return door_page(request, form.with_problems([Problem("kept_for_another", "sign_in")]), status=403)
    token = await sessions.open_session(account_id, now)
    wanted = local(form.value("next"))
    answer: Response[Any]
    if kept_fields(form):
        request.scope["user"] = await sessions.from_token(token, now)
        answer = send_again(request, wanted, unwrapped(form))
    else:
        answer = redirect(request, wanted)
    answer.set_cookie(session_cookie(request, token))
    return answer


@get("/activate", public=True)
async def activation_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = render(request, "web/activate.html", form=Form())
    page.headers["cache-control"] = "no-store"
    return page


@post("/activate", public=True)
async def activate(request: Request[Any, Any, Any]) -> Response[Any]:
    """Choose the first password with the code that was handed out, and be signed in."""
    form = await read_form(request)
    password = form.value("password")
    try:
        if password != form.value("repeated"):
            raise Refused(Problem("passwords_differ", "repeated"))
        account_id = await accounts.activate(form.value("sign_in"), form.value("code"), password)
    except Refused as refusal:
        again = form.without(["password", "repeated"]).with_problems(refusal.problems)
        return render(request, "web/activate.html", status=422, form=again)
    return await go_on(request, account_id, Form(), datetime.now(UTC))


@post("/sign-out", signed_in=True, venue="*")
async def sign_out(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    if form.checked("everywhere", "yes"):
        await sessions.sign_out_everywhere(request.user)
    else:
        await sessions.sign_out(request.user)
    answer = redirect(request, "/")
    answer.set_cookie(session_cookie(request, "", 0))
    return answer


HANDLERS = [sign_in_page, sign_in, activation_page, activate, sign_out]
