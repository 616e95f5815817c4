"""Checking what was issued, for everyone: one box for a number or code, and the page behind each QR code.

A code is 128 random bits and its page is kept; numbers can be counted through, so who checks by them is counted.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import throttle
from foundation.process import certificate_reads, checks
from foundation.process.checks import STANDING_WORDS, Found
from foundation.web.access import client_address
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.process.objection_pages import private


@get("/check", public=True)
async def check_box(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _box(request, Form())


@post("/check", public=True)
async def check(request: Request[Any, Any, Any]) -> Response[Any]:
    """By a code: on to its page. By a number: the answer itself, which leads to no code."""
    form = await read_form(request)
    typed = form.value("number").strip()
    try:
        if not typed:
            raise Refused(Problem("check_empty", "number"))
        code = secrets.read_code(typed)
        if len(code) == secrets.LENGTH and await certificate_reads.by_code(code):
            return redirect(request, f"/check/{code}")
        await throttle.count_check(client_address(request), datetime.now(UTC), "number")
        found = await checks.find(typed)
        if found is None:
            raise Refused(Problem("check_nothing", "number"))
    except Refused as refusal:
        status = {"checks_paused": 429, "check_nothing": 404}.get(refusal.problems[0].code, 422)
        return _box(request, form.with_problems(refusal.problems), status)
    return private(_found(request, found))


@get("/check/{code:str}", public=True, cached=("certificate:{code}",))
async def check_page(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """What the QR code leads to. Another way to write the code leads to the one address that is kept."""
    read = secrets.read_code(code)
    found = await certificate_reads.by_code(read)
    if found is None:
        raise NotFound
    if read != code:
        return redirect(request, f"/check/{read}")
    return _found(request, found)


def _box(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    what = [source.what for source in checks.sources()]
    return private(render(request, "process/check/box.html", status, form=form, what=what))


def _found(request: Request[Any, Any, Any], found: Found) -> Response[bytes]:
    return render(request, "process/check/found.html", found=found, words=STANDING_WORDS[found.standing])


HANDLERS = [check_box, check, check_page]
