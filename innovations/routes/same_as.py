"""Innovations that are the same: a union above both links them and merges their credit.

Load, decide, write, redirect.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from innovations import innovation_reads, innovation_versions, same_as, same_as_merging, same_as_reads
from innovations.innovation_documents import words_of_draft
from innovations.innovation_reads import InnovationFacts
from innovations.may import KEEP_INNOVATIONS
from innovations.may_same_as import LINK_SAME, SEE_SAME
from innovations.routes.unit_innovation_shown import values_of
from innovations.rules.innovations import STAGES
from innovations.rules.same_as import reason_problems
from innovations.same_as_reads import Link

AT = "/innovations/desk/{number:int}/same"
LINK = AT + "/{link:int}"


@get("/innovations/same", may=SEE_SAME)
async def same_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Links of the unit's own innovations, or of those of the units below."""
    rows = await same_as_reads.listed(request.user, read_cursor(request))
    page = page_of(rows, same_as_reads.PAGE, lambda pair: pair.id)
    return render(request, "innovations/same/list.html", page=page)


@get(AT, may=SEE_SAME)
async def same_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """With which others an innovation is linked; for who may link it, a form for another."""
    one = await innovation_reads.one(request.user, number, SEE_SAME)
    return await _page(request, one, Form.filled({"other": request.query_params.get("other", "")[:24]}))


@post(AT, may=LINK_SAME)
async def link(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one, form = await innovation_reads.one(request.user, number, LINK_SAME), await read_form(request)
    try:
        other, problems = await _other(request, form.value("other"))
        problems += reason_problems(form.value("reason").strip())
        if other is None or problems:
            raise Refused(*problems)
        await same_as.link(one.id, other, form.value("reason"), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}/same", done="same_linked_now")


@post(LINK + "/removal", may=LINK_SAME)
async def unlink(request: Request[Any, Any, Any], number: FromPath[int], link: FromPath[int]) -> Response[Any]:
    one, found = await _linking(request, number, link)
    form = await read_form(request)
    try:
        reason = form.value(f"reason-{found.id}")
        await same_as.unlink(found.id, reason, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, one, _at_link(form, found, refusal), 422)
    return redirect(request, f"/innovations/desk/{number}/same", done="same_unlinked_now")


@post(LINK + "/word", may=KEEP_INNOVATIONS)
async def say(request: Request[Any, Any, Any], number: FromPath[int], link: FromPath[int]) -> Response[Any]:
    """The unit agrees or not; nothing hangs on it but what the union above reads before it merges."""
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    found = await same_as_reads.link(request.user, one, link, linking=False)
    form = await read_form(request)
    try:
        word, why = form.value(f"word-{found.id}"), form.value(f"why-{found.id}")
        if word not in {"agree", "decline"}:
            raise Refused(Problem("same_word", "word"))
        await same_as.say(found.id, one.id, word == "agree", why, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, one, _at_link(form, found, refusal, reason="why"), 422)
    return redirect(request, f"/innovations/desk/{number}/same", done="same_said")


@get(LINK + "/merging", may=LINK_SAME)
async def merging(request: Request[Any, Any, Any], number: FromPath[int], link: FromPath[int]) -> Response[bytes]:
    """The credit of both in this innovation: a share for everybody."""
    one, found = await _linking(request, number, link)
    return await _merging(request, one, found, Form())


@post(LINK + "/merging", may=LINK_SAME)
async def ask_merging(request: Request[Any, Any, Any], number: FromPath[int], link: FromPath[int]) -> Response[Any]:
    one, found = await _linking(request, number, link)
    form, user = await read_form(request), request.user
    try:
        act = await same_as_merging.ask(
            found.id, one.id, values_of(form), user.hat.organisation_id, user.account_id, datetime.now(UTC)
        )
    except Refused as refusal:
        return await _merging(request, one, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/acts/{act}")


async def _other(request: Request[Any, Any, Any], address: str) -> tuple[int | None, list[Problem]]:
    if not address.strip():
        return None, [Problem("same_other", "other")]
    found = await same_as_reads.by_address(request.user, address)
    return found, [] if found is not None else [Problem("same_unknown", "other")]


async def _linking(request: Request[Any, Any, Any], number: int, link: int) -> tuple[InnovationFacts, Link]:
    """Both loaded for who may link them. Raises NotFound."""
    one = await innovation_reads.one(request.user, number, LINK_SAME)
    return one, await same_as_reads.link(request.user, one, link, linking=True)


def _at_link(form: Form, found: Link, refusal: Refused, **named: str) -> Form:
    """The problems at the fields of their link: a page has several."""
    return form.with_problems(
        [
            Problem(one.code, f"{named.get(one.field, one.field)}-{found.id}" if one.field else "", one.params)
            for one in refusal.problems
        ]
    )


async def _page(
    request: Request[Any, Any, Any], one: InnovationFacts, form: Form, status: int = 200
) -> Response[bytes]:
    links = await same_as_reads.links(request.user, one)
    may_link = LINK_SAME.possible(request.user) and not one.own
    linked = {found.other.address for found in links}
    candidates = await same_as_reads.candidates(request.user, one, words_of_draft(one.said)) if may_link else []
    return render(
        request,
        "innovations/same/page.html",
        status,
        one=one,
        links=links,
        form=form,
        may_link=may_link,
        keeps=await innovation_reads.keeps(request.user, one.id),
        candidates=[each for each in candidates if each.code not in linked],
        stages=STAGES,
    )


async def _merging(
    request: Request[Any, Any, Any], one: InnovationFacts, found: Link, form: Form, status: int = 200
) -> Response[bytes]:
    credit = await same_as_merging.credit(found.id, one.id)
    return render(
        request,
        "innovations/same/merging.html",
        status,
        one=one,
        link=found,
        form=form,
        offered=credit.offered,
        before=[
            await innovation_versions.one(innovation, version)
            for innovation, version in zip((credit.main, credit.other), credit.before, strict=True)
        ],
    )


HANDLERS = [same_list, same_page, link, unlink, say, merging, ask_merging]
