"""The pages of posts: the hat that is worn, giving a post and ending it, handing one over."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Problem, Refused
from foundation.people import account_facts, posts, sessions
from foundation.people.account_facts import AccountFacts
from foundation.people.account_look_up import look_up
from foundation.people.may import HAND_OVER, KEEP_ACCOUNTS
from foundation.people.organisation_lists import named
from foundation.people.organisation_tree import OrganisationFacts
from foundation.people.posts import Post
from foundation.web.account_pages import list_page, may_give_at, scope_of, show
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


@post("/hats", signed_in=True)
async def switch_hat(request: Request[Any, Any, Any]) -> Response[Any]:
    """Act for another of one's organisations from now on, in this session."""
    typed = (await read_form(request)).value("organisation")
    await sessions.wear(request.user, int(typed) if typed.isascii() and typed.isdecimal() else 0)
    return redirect(request, "/desk", done="hat_worn_done")


@get("/posts", signed_in=True)
async def own_posts(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, "people/posts.html")


@post("/posts", may=KEEP_ACCOUNTS)
async def give_by_name(request: Request[Any, Any, Any]) -> Response[Any]:
    """Somebody who has an account already gets a post here, and from then on their page opens."""
    form = await read_form(request)
    place = await scope_of(request, form.value("organisation"))
    now = datetime.now(UTC)
    try:
        if problems := posts.problems_with(form.values("roles"), may_give_at(request, place)):
            raise Refused(*problems)
        found = await look_up(request.user, form.value("holder"), now, "holder")
        await posts.give(found.id, place.id, form.values("roles"), request.user.actor, now)
    except Refused as refusal:
        return await list_page(request, form.with_problems(refusal.problems), place, status=422)
    return redirect(request, f"/accounts/{found.id}", done="post_given_done")


@post("/accounts/{account_id:int}/posts", may=KEEP_ACCOUNTS)
async def give(request: Request[Any, Any, Any], account_id: FromPath[int]) -> Response[Any]:
    """Another post for an account: at the hat's organisation or one below it, named by its name or code."""
    account = await account_facts.for_officer(request.user, account_id)
    form = await read_form(request)
    try:
        place = await _place(request, form.value("place_name"))
        if problems := posts.problems_with(form.values("roles"), may_give_at(request, place)):
            raise Refused(*problems)
        await posts.give(account_id, place.id, form.values("roles"), request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        return await show(request, account, form.with_problems(refusal.problems), status=422)
    return redirect(request, f"/accounts/{account_id}", done="post_given_done")


@post("/accounts/{account_id:int}/posts/{organisation_id:int}", may=KEEP_ACCOUNTS)
async def end(
    request: Request[Any, Any, Any], account_id: FromPath[int], organisation_id: FromPath[int]
) -> Response[Any]:
    """End a post with all its roles."""
    account = await account_facts.for_officer(request.user, account_id)
    place = await scope_of(request, str(organisation_id))
    held = [post for post in account.posts if post.organisation_id == organisation_id]
    try:
        roles = held[0].roles if held else frozenset()
        if problems := posts.problems_with(roles, may_give_at(request, place)):
            raise Refused(*problems)
        await posts.end(account_id, organisation_id, request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        return await show(request, account, Form().with_problems(refusal.problems), status=422)
    return redirect(request, "/accounts", done="post_ended_done")


@get("/posts/{organisation_id:int}/{account_id:int}", may=HAND_OVER)
async def hand_over_page(
    request: Request[Any, Any, Any], organisation_id: FromPath[int], account_id: FromPath[int]
) -> Response[bytes]:
    account, post = await account_facts.with_post(request.user, account_id, organisation_id)
    return await _hand_over(request, Form(), account, post)


@post("/posts/{organisation_id:int}/{account_id:int}", may=HAND_OVER)
async def hand_over(
    request: Request[Any, Any, Any], organisation_id: FromPath[int], account_id: FromPath[int]
) -> Response[Any]:
    """First what moves and to whom, then, confirmed, the act itself."""
    account, post = await account_facts.with_post(request.user, account_id, organisation_id)
    form = await read_form(request)
    try:
        successor = await _successor(request, form.value("successor"), account)
        if not form.checked("confirmed", "yes"):
            return await _hand_over(request, form, account, post, successor=successor)
        await posts.hand_over(account_id, successor.id, organisation_id, request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        return await _hand_over(request, form.with_problems(refusal.problems), account, post, status=422)
    return redirect(request, "/posts", done="post_handed_over_done")


async def _hand_over(
    request: Request[Any, Any, Any],
    form: Form,
    account: AccountFacts,
    post: Post,
    *,
    successor: AccountFacts | None = None,
    status: int = 200,
) -> Response[bytes]:
    moves = await posts.at_hand(account.id, post.organisation_id)
    return render(
        request,
        "people/posts_hand_over.html",
        status,
        form=form,
        account=account,
        post=post,
        successor=successor,
        moves=moves,
    )


async def _successor(request: Request[Any, Any, Any], typed: str, holder: AccountFacts) -> AccountFacts:
    if not typed.strip():
        raise Refused(Problem("successor_empty", "successor"))
    found = await look_up(request.user, typed, datetime.now(UTC), "successor")
    if found.id == holder.id:
        raise Refused(Problem("successor_same", "successor"))
    return found


async def _place(request: Request[Any, Any, Any], typed: str) -> OrganisationFacts:
    """The one at or below the hat with this name, short name or code; the hat's own where none is typed."""
    if not typed.strip():
        return await scope_of(request, "")
    found = await named(typed, request.user.hat.path)
    if len(found) != 1:
        code = "account_place_several" if found else "account_place_unknown"
        raise Refused(Problem(code, "place_name", {"name": typed[:100]}))
    return found[0]


HANDLERS = [switch_hat, own_posts, give_by_name, give, end, hand_over_page, hand_over]
