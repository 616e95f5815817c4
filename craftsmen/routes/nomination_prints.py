"""What is printed of nominations, as PDF and as docx: one form, and the meeting book of a round in one click."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get
from litestar.params import FromPath

from craftsmen import boards, nomination_reads, nomination_rounds
from craftsmen.may import REVIEW_NOMINATIONS, SEE_NOMINATIONS
from craftsmen.nomination_papers import BOOK_STAGES, Printed, approval_form, meeting_book
from craftsmen.nomination_reads import NominationFacts
from craftsmen.routes.nomination_shown import loaded
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.names import download_headers
from foundation.papers.documents import Document, Sheet
from foundation.papers.printing import to_pdf
from foundation.papers.word import to_docx
from foundation.people.worker_words import EDUCATION, GRADES, POLITICS
from foundation.web.forms import Form
from foundation.web.language import CHINESE
from foundation.web.pages import pages_of, render

SHEETS = {"A3": Sheet.A3_FOLDED, "A4": Sheet.A4}
MEMBERS = 15  # slips and lines to sign, where nobody says how many
MOST_MEMBERS = 60
MOST_IN_BOOK = 200
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@get("/nominations/{address:str}/form/{kind:str}", may=SEE_NOMINATIONS)
async def form(request: Request[Any, Any, Any], address: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    """The approval form of one nomination, on A4 or folded from A3."""
    nomination = await loaded(request, address)
    found = await nomination_rounds.by_id(nomination.round_id)
    sheet = SHEETS.get(request.query_params.get("sheet", "A4"), Sheet.A4)
    printed = await _printed(request, nomination)
    name = "-".join((nomination.channel, nomination.unit, nomination.name, "推荐审批表"))
    return await _sent(request, approval_form(found, printed, _here(request), sheet), kind, name)


@get("/nominations/rounds/{address:str}/book", may=REVIEW_NOMINATIONS)
async def book_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """What the book will hold, and how many members sit on the panel."""
    found = await nomination_rounds.by_address(address[:60])
    return render(
        request,
        "craftsmen/nominations/book.html",
        round=found,
        form=Form.filled({"members": str(MEMBERS)}),
        nominations=await _in_book(request, found.id),
    )


@get("/nominations/rounds/{address:str}/book/{kind:str}", may=REVIEW_NOMINATIONS)
async def book(request: Request[Any, Any, Any], address: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    """The meeting book: summary table, a page each, voting slips, sign-in sheet."""
    found = await nomination_rounds.by_address(address[:60])
    nominations = await _in_book(request, found.id)
    if not nominations:
        raise NotFound
    asked = request.query_params.get("members", "")
    members = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else MEMBERS
    printed = [await _printed(request, one) for one in nominations]
    document = meeting_book(found, printed, min(max(members, 1), MOST_MEMBERS), _here(request))
    return await _sent(request, document, kind, f"{found.name}评审会议材料")


async def _in_book(request: Request[Any, Any, Any], round_id: int) -> list[NominationFacts]:
    """Who stands before the federation or its panel, of those this person audits, by channel and rank."""
    ids = await boards.ids_of_round(request.user, round_id, BOOK_STAGES, REVIEW_NOMINATIONS)
    if len(ids) > MOST_IN_BOOK:
        raise Refused(Problem("book_large", "", {"most": str(MOST_IN_BOOK)}))
    return await nomination_reads.by_ids(ids)


async def _printed(request: Request[Any, Any, Any], nomination: NominationFacts) -> Printed:
    """A nomination with the Chinese words of its worker's record."""
    words, person = pages_of(request).speakers[CHINESE].words, nomination.person
    honours = tuple(await nomination_reads.honours_of(nomination.worker_id))
    if person is None:
        return Printed(nomination, honours)
    politics, education, grade = (
        words.gettext(table[code]) if code in table else ""
        for table, code in ((POLITICS, person.politics), (EDUCATION, person.education), (GRADES, person.grade))
    )
    return Printed(nomination, honours, politics, education, grade)


async def _sent(request: Request[Any, Any, Any], document: Document, kind: str, name: str) -> Response[bytes]:
    if kind not in ("pdf", "docx"):
        raise NotFound
    content = await (to_pdf(document) if kind == "pdf" else to_docx(document))
    headers = {**download_headers(f"{name}.{kind}"), "cache-control": "private, no-store"}
    return Response(content=content, media_type="application/pdf" if kind == "pdf" else DOCX, headers=headers)


def _here(request: Request[Any, Any, Any]) -> datetime:
    return datetime.now(UTC).astimezone(ZoneInfo(pages_of(request).settings.zone))


HANDLERS = [form, book_page, book]
