"""Notices for those who keep them: drafts, review, opening, stopping; load, decide, write, redirect."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Problem, Refused
from foundation.people.permissions import Permission
from foundation.process import notice_drafts, notice_reads, notices, objection_reads
from foundation.process.calendar import as_typed, customs
from foundation.process.may import (
    HANDLE_OBJECTIONS,
    KEEP_CALENDAR,
    KEEP_NOTICES,
    REVIEW_NOTICES,
    SEE_NOTICES,
    SEE_OBJECTIONS,
)
from foundation.process.notice_reads import KeptNotice
from foundation.process.rules.notices import RETURNABLE, Draft, Stage, read_draft
from foundation.process.rules.shown import COLUMNS, pasted
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import language_of, pages_of, redirect, render
from foundation.web.process.documents import at_notes, notes_of
from foundation.work import returns

SIZE = 30
FIELDS = ("title", "text", "contact", "label", "about", "table", "days", "end_time", "results")


def zone_of(request: Request[Any, Any, Any]) -> ZoneInfo:
    """The registry's zone."""
    return ZoneInfo(pages_of(request).settings.zone)


@get("/notices/manage", may=SEE_NOTICES)
async def kept_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    rows = await notice_reads.keeping(request.user, SEE_NOTICES, read_cursor(request), SIZE)
    page = page_of(rows, SIZE, lambda notice: notice.id)
    return render(
        request,
        "process/notices/kept_list.html",
        page=page,
        now=datetime.now(UTC),
        may_draft=KEEP_NOTICES.possible(request.user),
        sees_objections=SEE_OBJECTIONS.possible(request.user),
        keeps_calendar=KEEP_CALENDAR.possible(request.user),
    )


@get("/notices/manage/new", may=KEEP_NOTICES)
async def new_notice(request: Request[Any, Any, Any]) -> Response[bytes]:
    """An empty draft, or one that takes the place of a stopped notice, with its words."""
    usual = as_typed(await customs())
    values: dict[str, str] = {"days": usual["days"], "end_time": usual["end_time"]}
    if wanted := request.query_params.get("replaces", ""):
        old = await notice_reads.kept(request.user, KEEP_NOTICES, wanted)
        values |= {**typed(old, language_of(request)), "replaces": old.address}
    return await _form(request, Form.filled(values))


@post("/notices/manage", may=KEEP_NOTICES)
async def draft_notice(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    said, problems = await _read(form)
    if said is None:
        return await _form(request, form.with_problems(problems), 422)
    if form.value("replaces"):
        old = await notice_reads.kept(request.user, KEEP_NOTICES, form.value("replaces"))
        said = notice_drafts.in_place_of(said, old.id, old.stage)
    by, now = request.user.account_id, datetime.now(UTC)
    try:
        address = await notice_drafts.draft(said, request.user.hat.organisation_id, by, now)
    except Refused as refusal:
        return await _form(request, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/notices/manage/{address}", done="notice_drafted")


@get("/notices/manage/{address:str}", may=SEE_NOTICES)
async def kept_notice(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await _page(request, await notice_reads.kept(request.user, SEE_NOTICES, address), Form())


async def _page(request: Request[Any, Any, Any], notice: KeptNotice, form: Form, status: int = 200) -> Response[bytes]:
    user, now = request.user, datetime.now(UTC)
    ends = await notices.end_if_opened(notice.days, notice.end_time, now, zone_of(request))
    sees = SEE_OBJECTIONS.possible(user)
    return render(
        request,
        "process/notices/kept.html",
        status,
        notice=notice,
        state=notice.state(now),
        form=form,
        if_opened=None if isinstance(ends, Problem) else ends,
        unknown=ends if isinstance(ends, Problem) else None,
        objections=await objection_reads.of_notice(user, SEE_OBJECTIONS, notice.id) if sees else [],
        sees_objections=sees,
        keeps=await _may(request, KEEP_NOTICES, notice),
        reviews=await _may(request, REVIEW_NOTICES, notice) and user.account_id not in notice.authors,
        returned=await returns.open_fields(notice_drafts.subject(notice.id)) or {},
        returnable=RETURNABLE,
        handles=HANDLE_OBJECTIONS.possible(user),
    )


@get("/notices/manage/{address:str}/draft", may=KEEP_NOTICES)
async def draft_form(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    notice = await notice_reads.kept(request.user, KEEP_NOTICES, address)
    if notice.stage is not Stage.DRAFT:
        return redirect(request, f"/notices/manage/{address}")
    return await _form(request, Form.filled(typed(notice, language_of(request))), notice=notice)


@post("/notices/manage/{address:str}/draft", may=KEEP_NOTICES)
async def change_draft(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    notice = await notice_reads.kept(request.user, KEEP_NOTICES, address)
    form = await read_form(request)
    said, problems = await _read(form)
    try:
        if said is None:
            raise Refused(*problems)
        await notice_drafts.change(notice.id, said, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _form(request, form.with_problems(refusal.problems), 422, notice)
    return redirect(request, f"/notices/manage/{address}", done="notice_changed")


@post("/notices/manage/{address:str}/discarding", may=KEEP_NOTICES)
async def discard_draft(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    notice = await notice_reads.kept(request.user, KEEP_NOTICES, address)
    await notice_drafts.discard(notice.id, request.user.account_id)
    return redirect(request, "/notices/manage", done="notice_discarded")


@post("/notices/manage/{address:str}/review", may=KEEP_NOTICES)
async def send_to_review(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    notice = await notice_reads.kept(request.user, KEEP_NOTICES, address)
    await notice_drafts.send(notice.id, request.user.account_id, datetime.now(UTC))
    return redirect(request, f"/notices/manage/{address}", done="notice_sent")


@post("/notices/manage/{address:str}/approval", may=REVIEW_NOTICES)
async def approve_draft(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    notice = await notice_reads.kept(request.user, REVIEW_NOTICES, address)
    seen = (await read_form(request)).value("wording")
    try:
        await notice_drafts.approve(notice.id, request.user.account_id, datetime.now(UTC), seen)
    except Refused as refusal:
        return await _refused(request, address, REVIEW_NOTICES, refusal)
    return redirect(request, f"/notices/manage/{address}", done="notice_approved")


@post("/notices/manage/{address:str}/return", may=REVIEW_NOTICES)
async def return_draft(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    notice = await notice_reads.kept(request.user, REVIEW_NOTICES, address)
    form = await read_form(request)
    try:
        await notice_drafts.give_back(notice.id, notes_of(form), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, notice, form.with_problems(at_notes(refusal.problems)), 422)
    return redirect(request, f"/notices/manage/{address}", done="notice_given_back")


@post("/notices/manage/{address:str}/opening", may=KEEP_NOTICES)
async def open_notice(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    notice = await notice_reads.kept(request.user, KEEP_NOTICES, address)
    seen = (await read_form(request)).value("wording")
    try:
        await notices.open_notice(notice.id, request.user.account_id, datetime.now(UTC), zone_of(request), seen)
    except Refused as refusal:
        return await _refused(request, address, KEEP_NOTICES, refusal)
    return redirect(request, f"/notices/manage/{address}", done="notice_opened")


@post("/notices/manage/{address:str}/stop", may=KEEP_NOTICES)
async def stop_notice(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    notice = await notice_reads.kept(request.user, KEEP_NOTICES, address)
    form = await read_form(request)
    try:
        await notices.stop(notice.id, form.value("reason"), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, notice, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/notices/manage/{address}", done="notice_stopped")


async def _refused(
    request: Request[Any, Any, Any], address: str, permission: Permission, refusal: Refused
) -> Response[bytes]:
    """The notice as it stands now, with why it could not be: whoever agrees after all has read this wording."""
    notice = await notice_reads.kept(request.user, permission, address)
    return await _page(request, notice, Form().with_problems(refusal.problems), 422)


async def _may(request: Request[Any, Any, Any], permission: Permission, notice: KeptNotice) -> bool:
    return await notice_reads.may(request.user, permission, notice.id)


async def _read(form: Form) -> tuple[Draft | None, list[Problem]]:
    return read_draft({name: form.value(name) for name in FIELDS}, await customs())


def typed(notice: KeptNotice, language: str) -> dict[str, str]:
    """A notice as the fields of its form; headings in the reader's language."""
    words = {code: names[0 if language == "zh" else -1] for code, names in COLUMNS.items()}
    return {
        "title": notice.title,
        "text": notice.text,
        "contact": notice.contact,
        "label": notice.label,
        "about": notice.about,
        "table": pasted(notice.shown, words),
        "days": str(notice.days),
        "end_time": notice.end_time,
        "results": "yes" if notice.results else "",
    }


async def _form(
    request: Request[Any, Any, Any], form: Form, status: int = 200, notice: KeptNotice | None = None
) -> Response[bytes]:
    returned = await returns.open_fields(notice_drafts.subject(notice.id)) if notice else None
    return render(
        request,
        "process/notices/form.html",
        status,
        form=form,
        notice=notice,
        columns=list(COLUMNS),
        returned=returned or {},
    )


HANDLERS = [
    kept_list, new_notice, draft_notice, kept_notice, draft_form, change_draft, discard_draft, send_to_review,
    approve_draft, return_draft, open_notice, stop_notice,
]  # fmt: skip
