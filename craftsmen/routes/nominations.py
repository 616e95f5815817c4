"""A nomination's pages for those who write it: the list of a hat, whom to nominate, the form, the file, its papers.

The file's page serves auditors too; what they decide is in `nomination_review.py`. Load, decide, write, redirect.
"""

import re
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from craftsmen import (
    boards,
    materials,
    nomination_records,
    nomination_rounds,
    nominations,
    opinions,
    scanning,
    steps,
)
from craftsmen.may import NOMINATE, REVIEW_NOMINATIONS, SEE_NOMINATIONS
from craftsmen.nomination_reads import NominationFacts
from craftsmen.routes.nomination_shown import fields_of, file_page, filled, form_page, known_id, loaded, stage_of
from craftsmen.rules.nomination_form import read_nomination
from craftsmen.rules.nomination_steps import AT_UNIT, Stage
from craftsmen.rules.opinion_form import read_day, read_opinion
from craftsmen.rules.outcomes import read_outcome
from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.limits import PAPER
from foundation.people import worker_lists, worker_reads
from foundation.people.may import KEEP_WORKERS
from foundation.web.files.downloads import PRIVATE, download
from foundation.web.files.taking import take_file
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.uploads import takes

FOUND = 20  # workers shown to choose from
PAGE = 30


@get("/nominations", may=SEE_NOMINATIONS)
async def nomination_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What this hat sees, the newest first, and the rounds in which it can nominate."""
    now = datetime.now(UTC)
    rows = await boards.of_hat(request.user, read_cursor(request), PAGE, now)
    return render(
        request,
        "craftsmen/nominations/list.html",
        page=page_of(rows, PAGE, lambda stood: stood.nomination.id),
        open_rounds=await nomination_rounds.open_rounds(day_of(now)) if NOMINATE.possible(request.user) else [],
        watched=await nomination_rounds.newest(8),
        may_audit=REVIEW_NOMINATIONS.possible(request.user),
    )


@get("/nominations/new/{address:str}", may=NOMINATE)
async def choose(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """Whom to nominate in this round: workers of the unit by name, pinyin or initials; or a team."""
    return await _choose(request, address, Form.filled({"q": request.query_params.get("q", "")}))


@post("/nominations/new/{address:str}", may=NOMINATE)
async def begin(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Begin one; what the registry knows stands in it already."""
    found, form, now = await nomination_rounds.by_address(address), await read_form(request), datetime.now(UTC)
    try:
        if found.rules.holder == "team":
            unit = request.user.hat.organisation_id
            made = await nominations.nominate_team(found.id, unit, form.value("team_name"), request.user.actor, now)
        else:
            worker = await worker_reads.for_user(request.user, known_id(form.value("worker")), KEEP_WORKERS)
            made = await nominations.nominate(found.id, worker.id, request.user.actor, now)
    except Refused as refusal:
        return await _choose(request, address, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/nominations/{made}/draft", done="nomination_begun")


@get("/nominations/{address:str}", may=SEE_NOMINATIONS)
async def one_file(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await file_page(request, await loaded(request, address), Form())


@get("/nominations/{address:str}/draft", may=NOMINATE)
async def draft(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    nomination = await loaded(request, address, NOMINATE)
    return await form_page(request, nomination, filled(nomination))


@post("/nominations/{address:str}/draft", may=NOMINATE)
async def save_draft(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    nomination = await loaded(request, address, NOMINATE)
    form, now = await read_form(request), datetime.now(UTC)
    found = await nomination_rounds.by_id(nomination.round_id)
    known = [honour.id for honour in await nomination_records.honours_of(nomination.worker_id)]
    typed = {name: form.value(name) for name in fields_of(found.rules)}
    made, problems = read_nomination(typed, form.values("honours"), known, found.rules)
    if made is None:
        return await form_page(request, nomination, form.with_problems(problems), 422)
    revision = form.value("revision")
    try:
        await nominations.save(nomination.id, made, known_id(revision), request.user.actor, now)
        await scanning.run(nomination.id, request.user.actor, now)
    except Refused as refusal:
        return await form_page(request, nomination, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/nominations/{address}", done="nomination_saved")


@post("/nominations/{address:str}/steps", may=SEE_NOMINATIONS)
async def take_step(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Go on, send back, not chosen, withdraw: whose step it is, is decided by where it stands."""
    form, now, by = await read_form(request), datetime.now(UTC), request.user.account_id
    step, at = form.value("step"), stage_of(form.value("at"))
    audits = step == "leave_out" or (step in ("go_on", "send_back") and at not in AT_UNIT)
    nomination = await loaded(request, address, REVIEW_NOMINATIONS if audits else NOMINATE)
    to = f"/nominations/{address}"
    try:
        match step:
            case "go_on":
                to = await _next_file(request, nomination, at) or to
                await steps.go_on(nomination.id, at, by, now, form.value("note"))
            case "send_back":
                named = [field for field in form.values("fields") if re.fullmatch(r"[a-z0-9_-]{1,60}", field)]
                notes = {field: form.value(f"note_{field}") for field in named}
                await steps.send_back(nomination.id, at, notes, by, now)
            case "leave_out":
                outcome, problems = read_outcome({name: form.value(name) for name in ("reason", "rule", "advice")})
                if outcome is None:
                    raise Refused(*problems)
                await steps.leave_out(nomination.id, at, outcome, by, now)
            case "withdraw":
                await steps.withdraw(nomination.id, at, form.value("withdraw_reason"), request.user.actor, now)
            case _:
                raise NotFound
    except Refused as refusal:
        current = await loaded(request, address)
        return await file_page(request, current, form.with_problems(refusal.problems), 422)
    return redirect(request, to, done=f"nomination_{step}")


async def _next_file(request: Request[Any, Any, Any], nomination: NominationFacts, at: Stage) -> str:
    """Auditors go straight to the next file of their pile."""
    if at in AT_UNIT:
        return ""
    pile = await boards.pile(request.user, nomination.round_id, at, nomination.id)
    following = (pile.next or pile.previous) if pile else None
    return f"/nominations/{following.address}" if following else ""


@post("/nominations/{address:str}/notice", may=NOMINATE)
async def notice_days(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    nomination, form = await loaded(request, address, NOMINATE), await read_form(request)
    first, last = form.value("notice_from").strip(), form.value("notice_until").strip()
    problems = [
        Problem("nomination_day", name)
        for name, text in (("notice_from", first), ("notice_until", last))
        if text and read_day(text) is None
    ]
    try:
        if problems:
            raise Refused(*problems)
        days = (read_day(first), read_day(last))
        await nominations.set_notice_days(nomination.id, *days, request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        return await file_page(request, nomination, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/nominations/{address}#papers", done="nomination_notice_kept")


@post("/nominations/{address:str}/materials/{code:str}", may=SEE_NOMINATIONS, **takes(PAPER))
async def hand_in_paper(request: Request[Any, Any, Any], address: FromPath[str], code: FromPath[str]) -> Response[Any]:
    nomination, form = await _keeper(request, address), await read_form(request)
    upload, now = form.upload(f"material_{code[:40]}"), datetime.now(UTC)
    name, content = (upload.name, upload.given) if upload else ("", b"")
    try:
        version = form.value("version").strip()
        await materials.hand_in(nomination.id, code, name, content, request.user.account_id, now, version=version)
        await scanning.run(nomination.id, request.user.actor, now)
    except Refused as refusal:
        return await file_page(request, nomination, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/nominations/{address}#papers", done="nomination_paper_in")


@get("/nominations/{address:str}/materials/{code:str}", may=SEE_NOMINATIONS)
async def paper(
    request: Request[Any, Any, Any], address: FromPath[str], code: FromPath[str]
) -> Response[bytes] | Stream:
    nomination = await loaded(request, address)
    return await download(await materials.file_of(nomination.id, code[:40]), PRIVATE)


@post("/nominations/{address:str}/opinions/{code:str}", may=SEE_NOMINATIONS, **takes(PAPER))
async def record_opinion(request: Request[Any, Any, Any], address: FromPath[str], code: FromPath[str]) -> Response[Any]:
    nomination, form, now = await _keeper(request, address), await read_form(request), datetime.now(UTC)
    draft, problems = read_opinion(
        {name: form.value(name) for name in ("body", "agrees", "given_on", "text")}, day_of(now)
    )
    taken = await take_file(request, form, "file", PAPER, missing="")
    form = taken.form
    try:
        if draft is None or taken.problems:
            raise Refused(*problems, *taken.problems)
        await opinions.record(nomination.id, code, draft, request.user.account_id, now, paper=taken.id)
    except Refused as refusal:
        again = form.with_problems(refusal.problems).with_values({"opinion": code[:40]})
        return await file_page(request, nomination, again, 422)
    return redirect(request, f"/nominations/{address}#opinions", done="nomination_opinion_kept")


@get("/nominations/{address:str}/opinions/{code:str}", may=SEE_NOMINATIONS)
async def opinion_paper(
    request: Request[Any, Any, Any], address: FromPath[str], code: FromPath[str]
) -> Response[bytes] | Stream:
    nomination = await loaded(request, address)
    return await download(await opinions.file_of(nomination.id, code[:40]), PRIVATE)


@post("/nominations/{address:str}/scan", may=SEE_NOMINATIONS)
async def scan(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Scan again, or say of what was found that it may stay."""
    nomination, form, now = await _keeper(request, address), await read_form(request), datetime.now(UTC)
    try:
        if form.value("act") == "accept":
            reason = form.value("scan_reason")
            reasons = {key: form.value(f"reason_{key}") or reason for key in form.values("keys")}
            await scanning.accept(nomination.id, reasons, request.user.account_id, now)
        else:
            await scanning.run(nomination.id, request.user.actor, now)
    except Refused as refusal:
        return await file_page(request, nomination, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/nominations/{address}#scan", done="nomination_scanned")


async def _keeper(request: Request[Any, Any, Any], address: str) -> NominationFacts:
    """The nomination, for whoever writes it at its unit or audits it where it stands."""
    nomination = await loaded(request, address)
    permission = NOMINATE if nomination.stage in AT_UNIT else REVIEW_NOMINATIONS
    return await loaded(request, address, permission)


async def _choose(request: Request[Any, Any, Any], address: str, form: Form, status: int = 200) -> Response[bytes]:
    found = await nomination_rounds.by_address(address)
    wanted = form.value("q").strip()[:64]
    people = (
        await worker_lists.listing(request.user, FOUND, search=wanted)
        if found.rules.holder == "person" and KEEP_WORKERS.possible(request.user)
        else []
    )
    return render(
        request,
        "craftsmen/nominations/choose.html",
        status,
        round=found,
        form=form,
        workers=people[:FOUND],
        more=len(people) > FOUND,
    )


HANDLERS = [
    nomination_list, choose, begin, one_file, draft, save_draft, take_step, notice_days, hand_in_paper, paper,
    record_opinion, opinion_paper, scan,
]  # fmt: skip
