"""A proposal at its own address, for whoever holds its code; and, read only, on a worker's own page.

None of these pages is kept by anybody, none tells its address to another site (`referrer-policy: same-origin`), and
logs hold the route alone.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.limits import PICTURE
from foundation.web.access import client_address
from foundation.web.files.picture_pages import asked, send_rendition
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.people.own_pages import session_of
from foundation.web.process.notice_desk_pages import zone_of
from foundation.web.uploads import takes
from foundation.work import returns
from innovations import proposal_facts, proposal_index, proposal_pictures, proposal_receipts, proposals
from innovations.proposal_facts import ProposalFacts
from innovations.proposal_index import Alike
from innovations.proposal_pictures import Upload
from innovations.rules.admissibility import BY_CODE, RULES, hints
from innovations.rules.proposal_form import FIELDS, MOST, missing, read_proposal
from innovations.rules.proposals import DESKS, KINDS, STAGES, STEP_WORDS, STEPS, WRITABLE, Stage


@post("/proposals/follow", public=True)
async def follow(request: Request[Any, Any, Any]) -> Response[Any]:
    """The code of a receipt, typed by hand."""
    form = await read_form(request)
    try:
        await _held(request, form.value("code"))
    except NotFound:
        return show_code_form(request, form.with_problems([Problem("proposal_code_wrong", "code")]), 404)
    except Refused as refusal:
        return show_code_form(request, form.with_problems(refusal.problems), 429)
    return redirect(request, f"/proposals/own/{secrets.read_code(form.value('code'))}")


@get("/proposals/own/{code:str}", public=True)
async def own_proposal(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    return await _page(request, code, await _held(request, code), Form())


@get("/proposals/own/{code:str}/text", public=True)
async def own_text(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    one = await _held(request, code)
    if one.stage not in WRITABLE:
        return redirect(request, f"/proposals/own/{code}")
    return await _text(request, code, one, Form.filled(_stands(one)))


@post("/proposals/own/{code:str}/text", public=True)
async def save_text(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    one, form = await _held(request, code), await read_form(request)
    stands = _stands(one)  # of what a form does not ask, after a return
    later = one.stage is Stage.DRAFT and form.checked("then", "later")
    said, problems = read_proposal({name: form.value(name, stands[name]) for name in FIELDS}, unfinished=later)
    try:
        if said is None:
            raise Refused(*problems)
        await proposals.save(one.id, said, datetime.now(UTC))
    except Refused as refusal:
        return await _text(request, code, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/proposals/own/{code}")


@post("/proposals/own/{code:str}/hand-in", public=True)
async def hand_in(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    one, form = await _held(request, code), await read_form(request)
    try:
        await proposals.hand_in(one.id, datetime.now(UTC), zone_of(request))
    except Refused as refusal:
        if _missing(one):
            stands = Form.filled(_stands(one))
            return await _text(request, code, one, stands.with_problems(refusal.problems), 422)
        return await _page(request, code, await _held(request, code), form.with_problems(refusal.problems), 422)
    return redirect(request, f"/proposals/own/{code}")


@post("/proposals/own/{code:str}/withdrawal", public=True)
async def withdraw(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    one, form = await _held(request, code), await read_form(request)
    try:
        await proposals.withdraw(one.id, datetime.now(UTC), zone_of(request))
    except Refused as refusal:
        return await _page(request, code, await _held(request, code), form.with_problems(refusal.problems), 422)
    return redirect(request, "/proposals" if one.stage is Stage.DRAFT else f"/proposals/own/{code}")


@post("/proposals/own/{code:str}/pictures", public=True, **takes(PICTURE, strangers=True))
async def add_picture(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """The form is read only for who holds a proposal that may still be written."""
    one = await _held(request, code)
    if one.stage not in WRITABLE:
        raise NotFound
    form = await read_form(request)
    upload = form.upload("picture")
    try:
        if upload is None:
            raise Refused(Problem("picture_missing", "picture"))
        given = Upload(upload.name, upload.given, form.value("alt"))
        await proposal_pictures.add(one.id, given, client_address(request), datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, code, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/proposals/own/{code}#pictures")


@post("/proposals/own/{code:str}/pictures/{picture:int}/removal", public=True)
async def take_off(request: Request[Any, Any, Any], code: FromPath[str], picture: FromPath[int]) -> Response[Any]:
    one, form = await _held(request, code), await read_form(request)
    try:
        await proposal_pictures.take_off(one.id, picture)
    except Refused as refusal:
        return await _page(request, code, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/proposals/own/{code}#pictures")


@get("/proposals/own/{code:str}/pictures/{picture:int}/{name:str}", public=True)
async def own_picture(
    request: Request[Any, Any, Any], code: FromPath[str], picture: FromPath[int], name: FromPath[str]
) -> Response[bytes]:
    one = await _held(request, code)
    return await send_rendition(request, await proposal_pictures.one(one.id, picture), *asked(name))


@get("/mine/proposals/{number:int}", public=True)
async def mine(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """The same on a worker's own page; what is still to be done there needs the link."""
    session = await session_of(request)
    if session is None:
        return redirect(request, "/mine")
    found = await proposal_receipts.of_worker(session.worker_id, number)
    if not found:
        raise NotFound
    return await _page(request, "", found[0], Form())


def show_code_form(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    return private(render(request, "innovations/worker/start.html", status, form=form, rules=RULES))


def private(page: Response[bytes]) -> Response[bytes]:
    """No cache and no search engine keeps this page."""
    page.headers["cache-control"] = "no-store"
    page.headers["x-robots-tag"] = "noindex, nofollow"
    return page


async def _held(request: Request[Any, Any, Any], code: str) -> ProposalFacts:
    return await proposal_receipts.by_code(code, client_address(request), datetime.now(UTC))


async def _page(
    request: Request[Any, Any, Any], code: str, one: ProposalFacts, form: Form, status: int = 200
) -> Response[bytes]:
    """What is still to be done with a draft or a returned proposal, or what became of one that was handed in."""
    returned = await returns.open_fields(one.subject) if one.stage is Stage.RETURNED else None
    outcome = (await proposal_facts.outcomes([one.id])).get(one.id)
    writable = one.stage in WRITABLE
    unfinished = writable and _missing(one)
    return private(
        render(
            request,
            "innovations/worker/own.html",
            status,
            code=code,
            one=one,
            form=form,
            hints=hints(one.title, one.problem, one.suggestion) if writable and not unfinished else [],
            rules=RULES,
            rule_titles=BY_CODE,
            returned=returned,
            alike=await _alike(one) if writable else [],
            steps=await proposal_facts.steps(one.id, named=False),
            outcome=outcome,
            done_on=proposal_facts.done_day(one, outcome) if outcome else None,
            reward=(await proposal_facts.rewards([one.id])).get(one.id),
            pictures=await proposal_pictures.of(one.id) if code else [],
            most_pictures=proposal_pictures.MOST,
            writable=writable,
            unfinished=unfinished,
            text_open=writable and (returned is None or returned.keys() != {proposal_pictures.FIELD}),
            pictures_open=writable and (returned is None or proposal_pictures.FIELD in returned),
            withdrawable=("withdraw", one.stage) in STEPS,
            kinds=KINDS,
            stages=STAGES,
            step_words=STEP_WORDS,
            desks=DESKS,
        )
    )


async def _alike(one: ProposalFacts) -> list[Alike]:
    words = proposal_index.words_of(one.title, one.problem, one.suggestion)
    return await proposal_index.adopted_like(words, one.organisation_id, one.id)


def _stands(one: ProposalFacts) -> dict[str, str]:
    """What stands in the fields of the form; the telephone, which is not kept, is empty."""
    return {name: getattr(one, name, "") for name in FIELDS}


def _missing(one: ProposalFacts) -> bool:
    return bool(missing(_stands(one)))


async def _text(
    request: Request[Any, Any, Any], code: str, one: ProposalFacts, form: Form, status: int = 200
) -> Response[bytes]:
    returned = await returns.open_fields(one.subject)
    only = None if returned is None else {*returned, *(problem.field for problem in form.problems)}
    return private(
        render(
            request,
            "innovations/worker/text.html",
            status,
            code=code,
            one=one,
            form=form,
            kinds=KINDS,
            most=MOST,
            returned=returned,
            only=only,
        )
    )


HANDLERS = [
    follow, own_proposal, own_text, save_text, hand_in, withdraw, add_picture, take_off, own_picture, mine,
]  # fmt: skip
