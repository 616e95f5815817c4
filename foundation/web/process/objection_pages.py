"""Objecting and following an objection, for everyone: none of these pages is kept by anybody.

A receipt's page also hides its address from the pages it links to. Those with a form cannot, for browsers then say
"null" as the form's origin, which is refused as foreign; so withdrawing is a page of its own.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.process import notice_reads, objections, receipts
from foundation.process.notice_reads import PublicNotice
from foundation.process.rules.notices import State
from foundation.process.rules.objections import read_objection
from foundation.process.wrong_codes import WrongCodes
from foundation.web.access import client_address
from foundation.web.forms import Form, read_form
from foundation.web.pages import render
from foundation.web.process import objection_desk_pages
from foundation.web.process.notice_desk_pages import zone_of

FIELDS = ("text", "named", "name", "contact")
wrong_codes = WrongCodes("objection_code_paused")


@get("/notices/{address:str}/objection", public=True)
async def objection_form(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return _form(request, await notice_reads.public(address), Form())


@post("/notices/{address:str}/objection", public=True)
async def object_to(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """Answers with the receipt itself and no redirect: the code exists on this one page only."""
    notice, form, now = await notice_reads.public(address), await read_form(request), datetime.now(UTC)
    said, problems = read_objection({name: form.value(name) for name in FIELDS})
    try:
        if said is None:
            raise Refused(*problems)
        code = await objections.send(said, address, client_address(request), now, zone_of(request))
    except Refused as refusal:
        paused = any(problem.code == "objection_paused" for problem in refusal.problems)
        return _form(request, notice, form.with_problems(refusal.problems), 429 if paused else 422)
    return private(render(request, "process/objections/sent.html", 201, notice=notice, code=code, now=now))


def _form(request: Request[Any, Any, Any], notice: PublicNotice, form: Form, status: int = 200) -> Response[bytes]:
    running = notice.state(datetime.now(UTC)) is State.RUNNING
    return private(render(request, "process/objections/form.html", status, notice=notice, running=running, form=form))


@get("/objections/receipt", public=True)
async def receipt_form(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _code_form(request, Form())


@post("/objections/receipt", public=True)
async def show_receipt(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Answers with the state itself, so that the code stays out of addresses and of the browser's history."""
    return await _receipt(request, (await read_form(request)).value("code"))


@get("/objections/receipt/{code:str}", public=True)
async def open_receipt(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    return await _receipt(request, code)


@get("/objections/withdrawal", public=True)
async def withdrawal_form(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _code_form(request, Form(), withdrawing=True)


@post("/objections/withdrawal", public=True)
async def withdraw(request: Request[Any, Any, Any]) -> Response[bytes]:
    form, now = await read_form(request), datetime.now(UTC)
    code = form.value("code")
    try:
        await receipts.withdraw(code, now)
    except NotFound:
        return _wrong(request, code, withdrawing=True)
    except Refused as refusal:
        return _code_form(request, form.with_problems(refusal.problems), 422, withdrawing=True)
    return await _receipt(request, code)


async def _receipt(request: Request[Any, Any, Any], code: str) -> Response[bytes]:
    receipt = await receipts.by_code(code) if code.strip() else None
    if receipt is None:
        return _wrong(request, code, withdrawing=False)
    page = render(request, "process/objections/receipt.html", receipt=receipt)
    page.headers["referrer-policy"] = "no-referrer"
    return private(page)


def _wrong(request: Request[Any, Any, Any], code: str, *, withdrawing: bool) -> Response[bytes]:
    """A code that is nobody's: said so, and counted against the address it came from."""
    form, now, sender = Form.filled({"code": code[:80]}), datetime.now(UTC), client_address(request)
    if not code.strip():
        return _code_form(request, form.with_problems([Problem("objection_code_empty", "code")]), 422, withdrawing)
    try:
        wrong_codes.check(sender, now)
    except Refused as refusal:
        return _code_form(request, form.with_problems(refusal.problems), 429, withdrawing)
    wrong_codes.add(sender, now)
    return _code_form(request, form.with_problems([Problem("objection_code_wrong", "code")]), 404, withdrawing)


def _code_form(
    request: Request[Any, Any, Any], form: Form, status: int = 200, withdrawing: bool = False
) -> Response[bytes]:
    return private(render(request, "process/objections/code.html", status, form=form, withdrawing=withdrawing))


def private(page: Response[bytes]) -> Response[bytes]:
    """No cache and no search engine keeps this page."""
    page.headers["cache-control"] = "no-store"
    page.headers["x-robots-tag"] = "noindex, nofollow"
    return page


HANDLERS = [
    objection_form, object_to, receipt_form, show_receipt, open_receipt, withdrawal_form, withdraw,
    *objection_desk_pages.HANDLERS,
]  # fmt: skip
