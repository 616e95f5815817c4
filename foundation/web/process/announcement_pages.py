"""The desk pages of announcements: the list, drafting, and the way to being issued.

What everyone reads is in `public_pages.py`.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Refused
from foundation.files.limits import DOCUMENT
from foundation.process import announcement_reads, announcements
from foundation.process.announcement_reads import AnnouncementFacts
from foundation.process.may import KEEP_ANNOUNCEMENTS, REVIEW_ANNOUNCEMENTS, SEE_ANNOUNCEMENTS, SIGN_ANNOUNCEMENTS
from foundation.process.rules.circular_form import ANNOUNCEMENT_FIELDS, AnnouncementDraft, read_announcement
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process import documents
from foundation.web.process.documents import PRIVATE, TABS, Shelf, known_id, sent, tab_of
from foundation.web.uploads import takes
from foundation.work import returns

SHELF = Shelf(
    paper=announcements.PAPER,
    address="/office/announcements",
    keep=KEEP_ANNOUNCEMENTS,
    review=REVIEW_ANNOUNCEMENTS,
    sign=SIGN_ANNOUNCEMENTS,
    load=announcement_reads.for_desk,
    corrections=announcement_reads.corrections_of,
)


@get("/office/announcements", may=SEE_ANNOUNCEMENTS)
async def announcement_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    tab, size = tab_of(request), announcement_reads.PAGE
    stages = [stage.value for stage in TABS[tab]]
    rows = await announcement_reads.desk_page(request.user, stages, read_cursor(request), size + 1)
    return render(
        request,
        "process/circulars/list.html",
        kind="announcement",
        address=SHELF.address,
        tab=tab,
        page=page_of(rows, size, lambda row: row.id),
        may_keep=KEEP_ANNOUNCEMENTS.possible(request.user),
    )


@get("/office/announcements/new", may=KEEP_ANNOUNCEMENTS)
async def new_announcement(request: Request[Any, Any, Any]) -> Response[bytes]:
    asked = request.query_params.get("corrects", "")
    if not asked:
        return await _form_page(request, Form(), None, None)
    corrected = await _corrected(request, asked)
    return await _form_page(request, _filled(corrected).with_values({"number": ""}), None, corrected)


@post("/office/announcements", may=KEEP_ANNOUNCEMENTS)
async def create_announcement(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    asked = form.value("corrects")
    corrected = await _corrected(request, asked) if asked else None
    draft, form = _read(form)
    if draft is None:
        return await _form_page(request, form, None, corrected, 422)
    organisation = corrected.organisation_id if corrected else request.user.hat.organisation_id
    corrects = corrected.id if corrected else None
    made = await announcements.create(organisation, draft, request.user.account_id, datetime.now(UTC), corrects)
    return redirect(request, f"{SHELF.address}/{made}", done="document_drafted")


@get("/office/announcements/{announcement_id:int}", may=SEE_ANNOUNCEMENTS)
async def announcement_page(request: Request[Any, Any, Any], announcement_id: FromPath[int]) -> Response[bytes]:
    announcement = await announcement_reads.for_desk(request.user, known_id(announcement_id))
    return await documents.document_page(request, SHELF, announcement)


@get("/office/announcements/{announcement_id:int}/draft", may=KEEP_ANNOUNCEMENTS)
async def draft_page(request: Request[Any, Any, Any], announcement_id: FromPath[int]) -> Response[bytes]:
    announcement = await _kept(request, announcement_id)
    return await _form_page(request, _filled(announcement), announcement, None)


@post("/office/announcements/{announcement_id:int}/draft", may=KEEP_ANNOUNCEMENTS)
async def save_draft(request: Request[Any, Any, Any], announcement_id: FromPath[int]) -> Response[Any]:
    announcement = await _kept(request, announcement_id)
    draft, form = _read(await read_form(request))
    if draft is None:
        return await _form_page(request, form, announcement, None, 422)
    revision = form.value("revision")
    try:
        seen = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else 0
        await announcements.save(announcement_id, draft, seen, request.user.account_id)
    except Refused as refusal:
        return await _form_page(request, form.with_problems(refusal.problems), announcement, None, 422)
    return redirect(request, f"{SHELF.address}/{announcement_id}", done="document_saved")


@post("/office/announcements/{announcement_id:int}/steps", may=SEE_ANNOUNCEMENTS)
async def take_step(request: Request[Any, Any, Any], announcement_id: FromPath[int]) -> Response[Any]:
    return await documents.take_step(request, SHELF, known_id(announcement_id))


@post("/office/announcements/{announcement_id:int}/files", may=KEEP_ANNOUNCEMENTS, **takes(DOCUMENT))
async def change_files(request: Request[Any, Any, Any], announcement_id: FromPath[int]) -> Response[Any]:
    return await documents.attach(request, SHELF, known_id(announcement_id))


@get("/office/announcements/{announcement_id:int}/files/{number:int}", may=SEE_ANNOUNCEMENTS)
async def desk_file(
    request: Request[Any, Any, Any], announcement_id: FromPath[int], number: FromPath[int]
) -> Response[bytes]:
    announcement = await announcement_reads.for_desk(request.user, known_id(announcement_id))
    return await sent(announcement.subject, number, PRIVATE)


async def _kept(request: Request[Any, Any, Any], announcement_id: int) -> AnnouncementFacts:
    return await announcement_reads.for_desk(request.user, known_id(announcement_id), KEEP_ANNOUNCEMENTS)


async def _corrected(request: Request[Any, Any, Any], asked: str) -> AnnouncementFacts:
    return await _kept(request, int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 11 else 0)


def _read(form: Form) -> tuple[AnnouncementDraft | None, Form]:
    draft, problems = read_announcement({name: form.value(name) for name in ANNOUNCEMENT_FIELDS})
    return draft, form.with_problems(problems)


def _filled(announcement: AnnouncementFacts) -> Form:
    return Form.filled(
        {
            "title": announcement.title,
            "number": announcement.number,
            "text": announcement.text,
            "revision": str(announcement.revision),
        }
    )


async def _form_page(
    request: Request[Any, Any, Any],
    form: Form,
    announcement: AnnouncementFacts | None,
    corrected: AnnouncementFacts | None,
    status: int = 200,
) -> Response[bytes]:
    return render(
        request,
        "process/announcements/form.html",
        status,
        form=form,
        announcement=announcement,
        corrected=corrected,
        returned=(await returns.open_fields(announcement.subject) or {}) if announcement else {},
    )


HANDLERS = [
    announcement_list,
    new_announcement,
    create_announcement,
    announcement_page,
    draft_page,
    save_draft,
    take_step,
    change_files,
    desk_file,
]
