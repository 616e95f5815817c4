"""The pages of second factors: the second step of signing in, one's own phone, which roles ask for one, a lost phone.

A page with a key or with recovery codes is the answer to a form, never one that can be opened again: what it shows
exists on it alone.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import account_facts, factor_reset, factor_rules, factors, pending_sign_ins, sessions
from foundation.people.account_facts import AccountFacts
from foundation.people.factors import Need
from foundation.people.grants import Role
from foundation.people.may import KEEP_ACCOUNTS, SET_FACTOR_RULES
from foundation.web.arrival import OWNER, kept_fields, unwrapped
from foundation.web.door import door_page, let_in, local, session_cookie
from foundation.web.forms import Form, read_form
from foundation.web.language import address
from foundation.web.pages import language_of, redirect, render
from foundation.web.second_step import owed, step_page, to_scan


@post("/sign-in/code", public=True)
async def sign_in_code(request: Request[Any, Any, Any]) -> Response[Any]:
    """The code of the phone, or a recovery code; then the session."""
    form, now = await read_form(request), datetime.now(UTC)
    token, code = form.value("pending"), form.value("code")
    form = form.without(["code"])
    account_id = await pending_sign_ins.who(token, now)
    if account_id is None:
        return _over(request, form)
    try:
        await factors.check(account_id, code, now)
    except Refused as refusal:
        return await step_page(request, account_id, Need.CODE, form.with_problems(refusal.problems), 422)
    if not await pending_sign_ins.finish(token):
        return _over(request, form)
    return await let_in(request, account_id, form, now)


@post("/sign-in/enrol", public=True)
async def sign_in_enrol(request: Request[Any, Any, Any]) -> Response[Any]:
    """The first code of the phone that a role asks for; then the session, and the recovery codes this once."""
    form, now = await read_form(request), datetime.now(UTC)
    token, code = form.value("pending"), form.value("code")
    form = form.without(["code"])
    account_id = await pending_sign_ins.who(token, now)
    if account_id is None or (kept_fields(form) and form.value(OWNER) != str(account_id)):
        return _over(request, form)
    if await owed(account_id) is not Need.ENROL:  # one that has a phone shows its code: no key is shown to a password
        return _over(request, form)
    try:
        codes = await factors.confirm(account_id, code, now)
    except Refused as refusal:
        return await step_page(request, account_id, Need.ENROL, form.with_problems(refusal.problems), 422)
    if not await pending_sign_ins.finish(token):
        return _over(request, form)
    cookie = await sessions.open_session(account_id, now)
    request.scope["user"] = await sessions.from_token(cookie, now)
    page = _codes(request, codes, local(form.value("next")), form)
    page.set_cookie(session_cookie(request, cookie))
    return page


def _over(request: Request[Any, Any, Any], form: Form) -> Response[bytes]:
    """Back to the door: too late, or somebody else was quicker. What waits behind it still does."""
    return door_page(request, form.with_problems([Problem("factor_pending_over", "sign_in")]), status=422)


def _codes(
    request: Request[Any, Any, Any], codes: list[str], onward: str, carried: Form | None = None
) -> Response[bytes]:
    waiting = unwrapped(carried) if carried is not None else Form()
    fields = [(name, value) for name in waiting.names() for value in waiting.values(name)]
    target = address(onward, language_of(request))
    return render(
        request,
        "people/factor_codes.html",
        codes=codes,
        onward=target,
        fields=fields,
        here_in_other_language="",
        here="",
    )


@get("/me/second-factor", signed_in=True)
async def own_factor(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _own(request, Form())


async def _own(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    return render(
        request,
        "people/factor_own.html",
        status,
        form=form,
        factor=await factors.factor_of(request.user.account_id),
        required=await factor_rules.asked_of(request.user.all_roles),
    )


@post("/me/second-factor", signed_in=True)
async def change_own_factor(request: Request[Any, Any, Any]) -> Response[Any]:
    """Set up a phone, another one, new recovery codes, or do without: each but the first shows a code before."""
    form, now, me = await read_form(request), datetime.now(UTC), request.user.account_id
    typed = form.without(["start_code", "code", "renew_code", "off_code"])
    try:
        match form.value("act"):
            case "start":
                if (await factors.factor_of(me)).on:
                    await factors.check(me, form.value("start_code"), now, "start_code")
                await factors.begin(me, now)
                return await _set_up(request, Form())
            case "renew":
                codes = await factors.new_recovery_codes(me, form.value("renew_code"), now)
                return _codes(request, codes, "/me/second-factor")
            case "off":
                await factors.turn_off(me, request.user.all_roles, form.value("off_code"), now)
                return redirect(request, "/me/second-factor", done="factor_off_done")
    except Refused as refusal:
        return await _own(request, typed.with_problems(refusal.problems), 422)
    raise NotFound


@post("/me/second-factor/first-code", signed_in=True)
async def confirm_own_factor(request: Request[Any, Any, Any]) -> Response[Any]:
    """The new phone's first code: from now on it is the one that counts."""
    form, me = await read_form(request), request.user.account_id
    try:
        codes = await factors.confirm(me, form.value("code"), datetime.now(UTC))
    except Refused as refusal:
        return await _set_up(request, form.without(["code"]).with_problems(refusal.problems), 422)
    return _codes(request, codes, "/me/second-factor")


async def _set_up(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    scan = await to_scan(request, request.user.account_id)
    if not scan["qr"]:
        return await _own(request, form, status)
    return render(request, "people/factor_set_up.html", status, form=form, here_in_other_language="", here="", **scan)


@get("/second-factors", may=SET_FACTOR_RULES)
async def rules_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _rules(request, Form.filled({"roles": sorted(await factor_rules.asking())}))


@post("/second-factors", may=SET_FACTOR_RULES)
async def set_rules(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    try:
        await factor_rules.ask_of(form.values("roles"), request.user.actor)
    except Refused as refusal:
        return _rules(request, form.with_problems(refusal.problems), 422)
    return redirect(request, "/second-factors", done="factor_rules_done")


def _rules(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    return render(request, "people/factor_rules.html", status, form=form, roles=[role.value for role in Role])


@get("/accounts/{account_id:int}/second-factor", may=KEEP_ACCOUNTS)
async def account_factor(request: Request[Any, Any, Any], account_id: FromPath[int]) -> Response[bytes]:
    account = await _kept(request, account_id)
    return await _account(request, account, Form())


@post("/accounts/{account_id:int}/second-factor", may=KEEP_ACCOUNTS)
async def reset_factor(request: Request[Any, Any, Any], account_id: FromPath[int]) -> Response[Any]:
    """The phone is lost: whoever may hand out an activation code for the account may reset its factor."""
    account = await _kept(request, account_id)
    form = await read_form(request)
    try:
        if not form.checked("certain", "yes"):
            raise Refused(Problem("factor_seen_unconfirmed", "certain"))
        await factor_reset.reset(account.id, request.user.account_id)
    except Refused as refusal:
        return await _account(request, account, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/accounts/{account.id}/second-factor", done="factor_reset_done")


async def _kept(request: Request[Any, Any, Any], account_id: int) -> AccountFacts:
    account = await account_facts.for_officer(request.user, account_id) if 0 < account_id < 2**31 else None
    if account is None or not account_facts.keeps(request.user, account):
        raise NotFound
    return account


async def _account(
    request: Request[Any, Any, Any], account: AccountFacts, form: Form, status: int = 200
) -> Response[bytes]:
    factor = await factors.factor_of(account.id)
    return render(request, "people/factor_account.html", status, form=form, account=account, factor=factor)


HANDLERS = [
    sign_in_code,
    sign_in_enrol,
    own_factor,
    change_own_factor,
    confirm_own_factor,
    rules_page,
    set_rules,
    account_factor,
    reset_factor,
]
