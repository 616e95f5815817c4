"""The officer's pages of accounts: who is there, a new one, an activation code, closed and opened again.

An officer sees the accounts of the organisation of the hat and of those below it, and acts on those that are theirs
as a whole (`accounts.keeps`). Posts have pages of their own.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.base.secrets import grouped
from foundation.people import account_facts, accounts, posts, throttle
from foundation.people.account_facts import AccountFacts
from foundation.people.grants import Role
from foundation.people.may import KEEP_ACCOUNTS
from foundation.people.organisation_lists import for_officer, named
from foundation.people.organisation_tree import OrganisationFacts
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.language import address
from foundation.web.pages import language_of, pages_of, redirect, render, speaker_of

PAGE = 50

Issued = tuple[str, str, str]  # name, what is typed at the door, code: shown this once


def words_of(request: Request[Any, Any, Any]) -> accounts.Words:
    """The text of the short message that brings an activation code."""
    where = pages_of(request).settings.public_url + address("/activate", language_of(request))
    say = speaker_of(request).say
    return lambda code: say(Problem("sms_activation", params={"code": grouped(code), "address": where}))


async def scope_of(request: Request[Any, Any, Any], typed: str) -> OrganisationFacts:
    """The organisation that a page is about: the one named by its id, else the hat's. Raises NotFound."""
    if typed and not (typed.isascii() and typed.isdecimal()):
        raise NotFound
    wanted = int(typed[:12]) if typed else request.user.hat.organisation_id
    return await for_officer(request.user, wanted, KEEP_ACCOUNTS)


def may_give_at(request: Request[Any, Any, Any], place: OrganisationFacts) -> frozenset[Role]:
    """The roles that the hat may give at this organisation."""
    return posts.givable(request.user.roles, request.user.hat.path, place.path)


async def list_page(
    request: Request[Any, Any, Any],
    form: Form,
    place: OrganisationFacts,
    status: int = 200,
    issued: Issued | None = None,
) -> Response[bytes]:
    rows = await accounts.newest(PAGE + 1, read_cursor(request), place.path)
    return render(
        request,
        "people/accounts.html",
        status,
        form=form,
        page=page_of(rows, PAGE, lambda row: row.id),
        place=place,
        givable=may_give_at(request, place),
        issued=issued,
        posts={row.id: account_facts.posts_within(request.user, row) for row in rows},
    )


@get("/accounts", may=KEEP_ACCOUNTS)
async def account_list(request: Request[Any, Any, Any]) -> Response[Any]:
    """Of one organisation and those below it; `?name=` looks for another one."""
    place = await scope_of(request, request.query_params.get("organisation", ""))
    name = request.query_params.get("name", "").strip()
    if not name:
        return await list_page(request, Form(), place)
    found = await named(name, request.user.hat.path)
    if len(found) == 1:
        return redirect(request, f"/accounts?organisation={found[0].id}")
    form = Form.filled({"place_name": name})
    problem = Problem("account_place_several" if found else "account_place_unknown", "place_name", {"name": name[:100]})
    return await list_page(request, form.with_problems([problem]), place, status=422)


@post("/accounts", may=KEEP_ACCOUNTS)
async def create(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The answer shows the code and is no redirect: the code exists on this one page only."""
    form = await read_form(request)
    place = await scope_of(request, form.value("organisation"))
    name, sign_in = form.value("name"), form.value("sign_in")
    roles = form.values("roles")
    try:
        if problems := [
            *accounts.problems_with(sign_in, name, [], form.value("phone")),
            *posts.problems_with(roles, may_give_at(request, place)),
        ]:
            raise Refused(*problems)
        await throttle.count_look_up(request.user.actor, datetime.now(UTC), "sign_in")  # “taken” tells who is there
        account_id, code = await accounts.create_account(
            sign_in,
            name,
            roles,
            request.user.actor,
            datetime.now(UTC),
            organisation_id=place.id,
            phone=form.value("phone"),
            words=words_of(request),
        )
    except Refused as refusal:
        return await list_page(request, form.with_problems(refusal.problems), place, status=422)
    await throttle.looked_up(request.user.actor)
    made = await account_facts.for_officer(request.user, account_id)
    return await list_page(request, Form(), place, issued=(name, made.phone or made.sign_in, code))


async def show(
    request: Request[Any, Any, Any], account: AccountFacts, form: Form, status: int = 200, issued: Issued | None = None
) -> Response[bytes]:
    """The page of one account."""
    user = request.user
    return render(
        request,
        "people/account.html",
        status,
        form=form,
        account=account,
        posts=account_facts.posts_within(user, account),
        keeps=accounts.keeps(user, account),
        givable=posts.givable(user.roles, user.hat.path, user.hat.path),
        issued=issued,
    )


@get("/accounts/{account_id:int}", may=KEEP_ACCOUNTS)
async def account_page(request: Request[Any, Any, Any], account_id: FromPath[int]) -> Response[bytes]:
    account = await account_facts.for_officer(request.user, account_id)
    return await show(request, account, Form())


@post("/accounts/{account_id:int}", may=KEEP_ACCOUNTS)
async def change(request: Request[Any, Any, Any], account_id: FromPath[int]) -> Response[Any]:
    """A new activation code, another phone number, closed, opened: for accounts that are this officer's as a whole."""
    account = await account_facts.for_officer(request.user, account_id)
    form = await read_form(request)
    actor, here = request.user.actor, f"/accounts/{account_id}"
    try:
        if not accounts.keeps(request.user, account):
            raise Refused(Problem("account_not_yours"))
        match form.value("act"):
            case "activation":
                code = await accounts.new_activation(account_id, actor, datetime.now(UTC), words_of(request))
                issued = (account.name, account.phone or account.sign_in, code)
                return await show(request, account, Form(), issued=issued)
            case "phone":
                await throttle.count_look_up(actor, datetime.now(UTC), "phone")
                await accounts.change_phone(account_id, form.value("phone"), actor)
                await throttle.looked_up(actor)
                return redirect(request, here, done="account_phone_done")
            case "close":
                if account_id == request.user.account_id:
                    raise Refused(Problem("account_is_own"))
                await accounts.set_active(account_id, active=False, by=actor)
                return redirect(request, here, done="account_closed_done")
            case "open":
                await accounts.set_active(account_id, active=True, by=actor)
                return redirect(request, here, done="account_opened_done")
    except Refused as refusal:
        return await show(request, account, form.with_problems(refusal.problems), status=422)
    return redirect(request, here)


HANDLERS = [account_list, create, account_page, change]
