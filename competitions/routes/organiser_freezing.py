"""The scheme from the day it is frozen: freezing, its versions with their hashes, and amendments."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import schemes
from competitions.contests import ContestFacts, contest_for_organiser
from competitions.may import RUN_COMPETITIONS
from competitions.routes.organiser_schemes import Amendment, editor, rows_of
from competitions.rules.scheme_edits import edited
from competitions.rules.scheme_form import cautions, figure, read_rows
from competitions.rules.scheme_rows import rows_from_scheme
from competitions.rules.scheme_shown import shown_modules
from competitions.rules.stages import Stage
from competitions.versions import draft_scheme, frozen_scheme, scheme_versions
from foundation.base.problem import Refused
from foundation.tabulation.scheme import scheme_full_marks, scheme_hash
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


@get("/organise/contests/{address:str}/freezing", may=RUN_COMPETITIONS)
async def freezing_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    contest = await contest_for_organiser(request.user, address)
    if contest.stage is not Stage.DRAFT:
        return redirect(request, f"/organise/contests/{address}/versions")
    return await _freezing(request, contest, Form())


@post("/organise/contests/{address:str}/freezing", may=RUN_COMPETITIONS)
async def freeze(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    seen = (form.value("scheme_hash"), form.value("sheet_hash"))
    try:
        await schemes.freeze(contest.id, seen, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _freezing(request, contest, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/organise/contests/{address}", done="scheme_frozen")


async def _freezing(
    request: Request[Any, Any, Any], contest: ContestFacts, form: Form, status: int = 200
) -> Response[Any]:
    scheme, notes = await draft_scheme(contest.id)
    if scheme is None:
        return redirect(request, f"/organise/contests/{contest.address}/scheme")
    total = scheme_full_marks(scheme)
    return render(
        request,
        "competitions/organiser/freezing.html",
        status,
        contest=contest,
        scheme=scheme,
        parts=shown_modules(scheme, notes),
        total=figure(total) if total is not None else "",
        cautions=cautions(scheme, total),
        hashes=(scheme_hash(scheme), schemes.sheet_hash(notes)),
        form=form,
    )


@get("/organise/contests/{address:str}/versions", may=RUN_COMPETITIONS)
async def versions_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    versions = await scheme_versions(contest.id)
    return render(
        request,
        "competitions/organiser/versions.html",
        contest=contest,
        versions=[(version, shown_modules(version.scheme, version.notes)) for version in reversed(versions)],
    )


@get("/organise/contests/{address:str}/amendment", may=RUN_COMPETITIONS)
async def amendment_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    contest = await contest_for_organiser(request.user, address)
    frozen = await frozen_scheme(contest.id)
    if frozen is None or contest.stage is Stage.PUBLISHED:
        return redirect(request, f"/organise/contests/{address}")
    return editor(request, contest, rows_from_scheme(frozen.scheme, frozen.notes), amendment=Amendment(frozen.version))


@post("/organise/contests/{address:str}/amendment", may=RUN_COMPETITIONS)
async def amend(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Like the editor's buttons; `save` publishes the amendment with its reason."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    rows, act, reason = rows_of(form), form.value("act", "save"), form.value("reason")
    typed = form.value("base")
    amendment = Amendment(int(typed) if typed.isdecimal() and len(typed) < 6 else 0, reason)
    if act != "save":
        rows, go_to = edited(rows, act)
        return editor(request, contest, rows, go_to=go_to, amendment=amendment)
    reading = read_rows(rows)
    if reading.scheme is None:
        problems = [*schemes.reason_problems(reason), *reading.problems]
        return editor(request, contest, rows, problems=problems, status=422, amendment=amendment)
    now, by = datetime.now(UTC), request.user.account_id
    try:
        await schemes.amend(contest.id, amendment.base, reading.scheme, reading.notes, reason=reason, by=by, now=now)
    except Refused as refusal:
        return editor(request, contest, rows, problems=refusal.problems, status=409, amendment=amendment)
    return redirect(request, f"/organise/contests/{address}/versions", done="scheme_amended")


HANDLERS = [freezing_page, freeze, versions_page, amendment_page, amend]
