"""Tables and papers of a unit's proposals: a year's figures, the text for reports, and what is printed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import NotFound
from foundation.files.names import download_headers
from foundation.papers.documents import Document
from foundation.papers.printing import to_pdf
from foundation.papers.sheets_out import listing
from foundation.papers.word import to_docx
from foundation.web.language import CHINESE
from foundation.web.pages import pages_of, render
from foundation.web.process.notice_desk_pages import zone_of
from innovations import proposal_figures, proposal_lists, proposal_papers, proposal_printing
from innovations.may import HANDLE_PROPOSALS, SEE_PROPOSALS
from innovations.proposal_figures import YearFigures
from innovations.proposal_papers import Line, Period
from innovations.proposal_printing import MOST_LISTED, MOST_PRINTED
from innovations.rules.figures import Figures

FIRST_YEAR = 2000
_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf", "docx": f"{_OFFICE}wordprocessingml.document", "xlsx": f"{_OFFICE}spreadsheetml.sheet",
}  # fmt: skip
NAMES = frozenset(
    {f"{what}.{kind}" for what in ("summary", "notice", "bonus") for kind in ("pdf", "docx")}
    | {f"{what}.xlsx" for what in proposal_lists.LISTS}
)


@get("/proposals/papers", may=SEE_PROPOSALS)
async def papers_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    this_year = datetime.now(UTC).astimezone(zone_of(request)).year
    year = _year(request.query_params.get("year", str(this_year)), this_year)
    found = await proposal_figures.of_year(request.user, SEE_PROPOSALS, year, zone_of(request))
    return render(
        request,
        "innovations/unit/papers.html",
        year=year,
        years=range(this_year, this_year - 5, -1),
        figures=found.whole,
        parts=found.parts,
        paragraph=proposal_papers.congress_paragraph(_period(request, year, _units(found)), found.whole),
        own=HANDLE_PROPOSALS.possible(request.user),
        most_printed=MOST_PRINTED,
        most_listed=MOST_LISTED,
    )


@get("/proposals/papers/{year:int}/{name:str}", may=SEE_PROPOSALS)
async def paper(request: Request[Any, Any, Any], year: FromPath[int], name: FromPath[str]) -> Response[bytes]:
    """汇总表, 通报 or 奖励发放表, as pdf or docx, the tables as xlsx too; the last of the own unit alone."""
    what, _, kind = name.partition(".")
    now = datetime.now(UTC).astimezone(zone_of(request))
    if name not in NAMES:
        raise NotFound
    permission = HANDLE_PROPOSALS if what == "bonus" else SEE_PROPOSALS
    if not permission.possible(request.user):
        raise NotFound
    year = _year(str(year), now.year)
    say = pages_of(request).speakers[CHINESE].words.gettext
    lines = await proposal_printing.lines(what, kind, request.user, permission, year, zone_of(request), say)
    if kind == "xlsx":
        period = _period(request, year, {line.one.organisation_id for line in lines})
        listed = proposal_lists.LISTS[what](period, lines)
        title, content = listed.title, await listing(listed)
    else:
        found = await proposal_figures.of_year(request.user, permission, year, zone_of(request))
        document = _document(what, _period(request, year, _units(found)), lines, found.whole, now)
        title, content = document.title, await (to_pdf(document) if kind == "pdf" else to_docx(document))
    headers = {**download_headers(f"{title}-{year}.{kind}"), "cache-control": "private, no-store"}
    return Response(content=content, media_type=TYPES[kind], headers=headers)


def _document(what: str, period: Period, lines: Sequence[Line], figures: Figures, now: datetime) -> Document:
    if what == "summary":
        return proposal_papers.summary(period, lines, figures, now)
    if what == "bonus":
        return proposal_papers.bonus_list(period, lines, now)
    return proposal_papers.notice(period, lines, figures, now)


def _period(request: Request[Any, Any, Any], year: int, units: Iterable[int]) -> Period:
    return proposal_printing.period(request.user, year, datetime.now(UTC), zone_of(request), units)


def _units(found: YearFigures) -> list[int]:
    return [part.id for part in found.parts]


def _year(text: str, this_year: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= this_year):
        raise NotFound
    return int(text)


HANDLERS = [papers_page, paper]
