"""The desk pages of circulars: the list, drafting, the way to being issued, and who signed for one.

What units see of what they receive is in `received_pages.py`; what everyone reads in `public_pages.py`.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Problem, Refused
from foundation.files.limits import DOCUMENT
from foundation.process import circular_mails, circular_reads, circular_units, circulars
from foundation.process.circular_reads import CircularFacts
from foundation.process.may import KEEP_CIRCULARS, REVIEW_CIRCULARS, SEE_CIRCULARS, SIGN_CIRCULARS
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.language import CHINESE
from foundation.web.pages import pages_of, redirect, render
from foundation.web.process import documents, received_pages
from foundation.web.process.circular_forms import filled, form_page, read_draft
from foundation.web.process.documents import PRIVATE, TABS, Shelf, known_id, sent, tab_of
from foundation.web.uploads import takes


async def _corrected(request: Request[Any, Any, Any], asked: str) -> CircularFacts:
    circular_id = known_id(int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 11 else 0)
    return await circular_reads.for_desk(request.user, circular_id, KEEP_CIRCULARS)


async def _corrections(circular_id: int) -> Any:
    return await circular_reads.corrections_of(circular_id, public_only=False)


SHELF = Shelf(
    paper=circulars.PAPER,
    address="/office/circulars",
    keep=KEEP_CIRCULARS,
    review=REVIEW_CIRCULARS,
    sign=SIGN_CIRCULARS,
    load=circular_reads.for_desk,
    corrections=_corrections,
)


@get("/office/circulars", may=SEE_CIRCULARS)
async def circular_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    tab, size = tab_of(request), circular_reads.PAGE
    stages = [stage.value for stage in TABS[tab]]
    rows = await circular_reads.desk_page(request.user, stages, read_cursor(request), size + 1)
    return render(
        request,
        "process/circulars/list.html",
        kind="circular",
        address=SHELF.address,
        tab=tab,
        page=page_of(rows, size, lambda row: row.id),
        may_keep=KEEP_CIRCULARS.possible(request.user),
    )


OPENING = {"opens": 110, "opens_label": 200}  # what a link may say of a new circular, and how long


@get("/office/circulars/new", may=KEEP_CIRCULARS)
async def new_circular(request: Request[Any, Any, Any]) -> Response[bytes]:
    """An empty form, one for what it is to open (`opens`), or one that begins with a circular to be corrected."""
    hat = request.user.hat
    asked = request.query_params.get("corrects", "")
    if not asked:
        about = {name: request.query_params.get(name, "")[:most] for name, most in OPENING.items()}
        form = Form.filled({"addressed_under": str(hat.organisation_id), "public": "yes", **about})
        return await form_page(request, form, None, None)
    corrected = await _corrected(request, asked)
    return await form_page(request, filled(request, corrected).with_values({"number": ""}), None, corrected)


@post("/office/circulars", may=KEEP_CIRCULARS)
async def create_circular(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    asked = form.value("corrects")
    corrected = await _corrected(request, asked) if asked else None
    organisation = corrected.organisation_id if corrected else request.user.hat.organisation_id
    draft, form = await read_draft(request, form, organisation)
    if draft is None:
        return await form_page(request, form, None, corrected, 422)
    by, corrects = request.user.account_id, corrected.id if corrected else None
    try:
        made = await circulars.create(organisation, draft, by, datetime.now(UTC), corrects)
    except Refused as refusal:
        return await form_page(request, form.with_problems(refusal.problems), None, corrected, 422)
    return redirect(request, f"{SHELF.address}/{made}", done="document_drafted")


@get("/office/circulars/{circular_id:int}", may=SEE_CIRCULARS)
async def circular_page(request: Request[Any, Any, Any], circular_id: FromPath[int]) -> Response[bytes]:
    circular = await circular_reads.for_desk(request.user, known_id(circular_id))
    return await documents.document_page(request, SHELF, circular)


@get("/office/circulars/{circular_id:int}/draft", may=KEEP_CIRCULARS)
async def draft_page(request: Request[Any, Any, Any], circular_id: FromPath[int]) -> Response[bytes]:
    circular = await circular_reads.for_desk(request.user, known_id(circular_id), KEEP_CIRCULARS)
    return await form_page(request, filled(request, circular), circular, None)


@post("/office/circulars/{circular_id:int}/draft", may=KEEP_CIRCULARS)
async def save_draft(request: Request[Any, Any, Any], circular_id: FromPath[int]) -> Response[Any]:
    circular = await circular_reads.for_desk(request.user, known_id(circular_id), KEEP_CIRCULARS)
    draft, form = await read_draft(request, await read_form(request), circular.organisation_id)
    if draft is None:
        return await form_page(request, form, circular, None, 422)
    revision = form.value("revision")
    try:
        seen = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else 0
        await circulars.save(circular_id, draft, seen, request.user.account_id)
    except Refused as refusal:
        return await form_page(request, form.with_problems(refusal.problems), circular, None, 422)
    return redirect(request, f"{SHELF.address}/{circular_id}", done="document_saved")


@post("/office/circulars/{circular_id:int}/steps", may=SEE_CIRCULARS)
async def take_step(request: Request[Any, Any, Any], circular_id: FromPath[int]) -> Response[Any]:
    return await documents.take_step(request, SHELF, known_id(circular_id))


@post("/office/circulars/{circular_id:int}/files", may=KEEP_CIRCULARS, **takes(DOCUMENT))
async def change_files(request: Request[Any, Any, Any], circular_id: FromPath[int]) -> Response[Any]:
    return await documents.attach(request, SHELF, known_id(circular_id))


@get("/office/circulars/{circular_id:int}/files/{number:int}", may=SEE_CIRCULARS)
async def desk_file(
    request: Request[Any, Any, Any], circular_id: FromPath[int], number: FromPath[int]
) -> Response[bytes]:
    circular = await circular_reads.for_desk(request.user, known_id(circular_id))
    return await sent(circular.subject, number, PRIVATE)


@get("/office/circulars/{circular_id:int}/signatures", may=KEEP_CIRCULARS)
async def signatures(request: Request[Any, Any, Any], circular_id: FromPath[int]) -> Response[bytes]:
    """Which units signed and which have not, and the reminder to copy."""
    circular = await circular_reads.for_desk(request.user, known_id(circular_id), KEEP_CIRCULARS)
    size, after, before = circular_units.PAGE, read_cursor(request, "after"), read_cursor(request)
    counts = await circular_units.counts(circular)
    named = await circular_units.missing(circular, None, circular_units.IN_REMINDER)
    return render(
        request,
        "process/circulars/signatures.html",
        circular=circular,
        counts=counts,
        missing=page_of(await circular_units.missing(circular, after, size + 1), size, lambda row: row.id),
        signed=page_of(await circular_units.signed(circular, before, size + 1), size, lambda row: row.id),
        mails=await circular_mails.counted(circular.id),
        reminder=_reminder(request, circular, [unit.name for unit in named], counts.missing),
    )


def _reminder(request: Request[Any, Any, Any], circular: CircularFacts, units: list[str], count: int) -> str:
    """In Chinese whatever the page's language: it is pasted where the units read it. Empty where nobody is missing."""
    if not units or circular.issued_at is None:
        return ""
    pages = pages_of(request)
    say, show = pages.speakers[CHINESE].say, pages.environments[CHINESE].filters["datetime"]
    common = {"title": circular.title, "number": circular.number, "count": str(count)}
    lines = [
        Problem("reminder_heading", "", common),
        Problem("reminder_opening", "", {**common, "issued": show(circular.issued_at), "now": show(datetime.now(UTC))}),
    ]
    ending = [
        Problem("reminder_deadline", "", {"deadline": show(circular.deadline)})
        if circular.deadline
        else Problem("reminder_no_deadline"),
        Problem("reminder_contact", "", {"name": circular.contact_name, "phone": circular.contact_phone}),
    ]
    more = [say(Problem("reminder_more", "", {"count": str(count - len(units))}))] if count > len(units) else []
    listed = [f"{place}. {name}" for place, name in enumerate(units, 1)]
    first = [say(lines[0]), "", say(Problem("reminder_to")), say(lines[1])]
    return "\n".join([*first, *listed, *more, *map(say, ending)])


HANDLERS = [
    circular_list,
    new_circular,
    create_circular,
    circular_page,
    draft_page,
    save_draft,
    take_step,
    change_files,
    desk_file,
    signatures,
    *received_pages.HANDLERS,
]
