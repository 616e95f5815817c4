"""What is printed of nominations, as PDF and as docx: one form, and the meeting book of a round in one click."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import boards, meeting_books, nomination_printing, nomination_reads, nomination_rounds
from craftsmen.may import REVIEW_NOMINATIONS, SEE_NOMINATIONS
from craftsmen.meeting_books import AT_ONCE
from craftsmen.nomination_papers import BOOK_STAGES, meeting_book, paper
from craftsmen.nomination_printing import Words
from craftsmen.routes.nomination_shown import loaded
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.names import download_headers
from foundation.papers.documents import Document, Sheet
from foundation.papers.printing import to_pdf
from foundation.papers.word import to_docx
from foundation.people.worker_words import EDUCATION, GRADES, POLITICS
from foundation.web.files.downloads import PRIVATE, download
from foundation.web.forms import Form, read_form
from foundation.web.keyset import LARGEST_ID
from foundation.web.language import CHINESE
from foundation.web.pages import pages_of, redirect, render

SHEETS = {"A3": Sheet.A3_FOLDED, "A4": Sheet.A4}
MEMBERS = 15  # slips and lines to sign, where nobody says how many
MOST_MEMBERS = 60
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = ("pdf", "docx")


@post("/nominations/{address:str}/form/{kind:str}", may=SEE_NOMINATIONS)
async def form(request: Request[Any, Any, Any], address: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    """Print one paper of a nomination, on A4 or folded from A3: which version it shows is recorded first."""
    nomination, given = await loaded(request, address), await read_form(request)
    if kind not in KINDS:
        raise NotFound
    found, now = await nomination_rounds.by_id(nomination.round_id), datetime.now(UTC)
    rule = nomination_printing.paper_of(nomination, found.rules, given.value("paper"))
    printed = (await nomination_printing.printed([nomination], _words(request)))[0]
    document = paper(found, rule, printed, _here(request, now), SHEETS.get(given.value("sheet"), Sheet.A4))
    await nomination_printing.record(nomination, found.rules, rule, request.user.account_id, now)
    name = "-".join((nomination.channel, nomination.unit, nomination.name, rule.name))
    return await _sent(document, kind, name)


@get("/nominations/rounds/{address:str}/book", may=REVIEW_NOMINATIONS)
async def book_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """What the book will hold, and how many members sit on the panel."""
    found = await nomination_rounds.by_address(address[:60])
    return render(
        request,
        "craftsmen/nominations/book.html",
        round=found,
        form=Form.filled({"members": str(MEMBERS)}),
        nominations=await nomination_reads.by_ids(await _in_book(request, found.id)),
        at_once=AT_ONCE,
    )


@post("/nominations/rounds/{address:str}/book/{kind:str}", may=REVIEW_NOMINATIONS)
async def book(request: Request[Any, Any, Any], address: FromPath[str], kind: FromPath[str]) -> Response[Any]:
    """The meeting book: summary table, a page each, voting slips, sign-in sheet. A long one is made as a job."""
    found, given, now = await nomination_rounds.by_address(address[:60]), await read_form(request), datetime.now(UTC)
    ids = await _in_book(request, found.id)
    if not ids or kind not in KINDS:
        raise NotFound
    members = _members(given.value("members"))
    if len(ids) > AT_ONCE:
        words, by = _words(request), request.user.account_id
        return redirect(request, f"/jobs/{await meeting_books.start(found.id, ids, members, kind, words, by, now)}")
    printed = await nomination_printing.printed(await nomination_reads.by_ids(ids), _words(request))
    return await _sent(meeting_book(found, printed, members, _here(request, now)), kind, f"{found.name}评审会议材料")


@get("/nominations/rounds/{address:str}/books/{job:int}", may=REVIEW_NOMINATIONS)
async def made_book(request: Request[Any, Any, Any], address: FromPath[str], job: FromPath[int]) -> Response[Any]:
    """A long book, for who asked for it; one that is not kept any more leads to where it is made again."""
    if not 0 < job <= LARGEST_ID:
        raise NotFound
    kept = await meeting_books.file_of(request.user.account_id, address[:60], job)
    if kept is None:
        return redirect(request, f"/nominations/rounds/{address[:60]}/book", done="book_let_go")
    return await download(kept, PRIVATE)


async def _in_book(request: Request[Any, Any, Any], round_id: int) -> list[int]:
    """Who stands before the federation or its panel, of those this person audits."""
    ids = await boards.ids_of_round(request.user, round_id, BOOK_STAGES, REVIEW_NOMINATIONS)
    if len(ids) > meeting_books.MOST:
        raise Refused(Problem("book_large", "", {"most": str(meeting_books.MOST)}))
    return ids


def _members(typed: str) -> int:
    asked = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else MEMBERS
    return min(max(asked, 1), MOST_MEMBERS)


def _words(request: Request[Any, Any, Any]) -> Words:
    """The Chinese words of workers' records."""
    say = pages_of(request).speakers[CHINESE].words.gettext
    return Words(*({code: say(text) for code, text in table.items()} for table in (POLITICS, EDUCATION, GRADES)))


async def _sent(document: Document, kind: str, name: str) -> Response[bytes]:
    content = await (to_pdf(document) if kind == "pdf" else to_docx(document))
    headers = {**download_headers(f"{name}.{kind}"), "cache-control": "private, no-store"}
    return Response(
        content=content, status_code=200, media_type="application/pdf" if kind == "pdf" else DOCX, headers=headers
    )


def _here(request: Request[Any, Any, Any], now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(pages_of(request).settings.zone))


HANDLERS = [form, book_page, book, made_book]
