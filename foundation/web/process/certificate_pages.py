"""Certificates for officers: the list, one of them, its paper, replacing a lost one, and the series of numbers.

Printers are in `certificate_printer_pages.py`, printing many in `certificate_run_pages.py`.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Refused
from foundation.files.names import download_headers
from foundation.papers import certificates as paper
from foundation.process import certificate_printers, certificate_reads, certificate_series, certificates
from foundation.process.may import KEEP_CERTIFICATE_SERIES, KEEP_CERTIFICATES
from foundation.process.rules.certificates import Stage
from foundation.store.transactions import transaction
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import pages_of, redirect, render
from foundation.web.process.notice_desk_pages import zone_of

ADDRESS = "/office/certificates"
PDF = "application/pdf"


@get(ADDRESS, may=KEEP_CERTIFICATES)
async def certificate_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await list_page(request, Form())


async def list_page(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    """The list under the filters of the address, with the form for printing many."""
    series = await certificate_series.kept_by(request.user)
    wanted, stage = request.query_params.get("series", ""), request.query_params.get("stage", "")
    search = request.query_params.get("search", "").strip()[:80]
    chosen = {str(one.id): one.id for one in series}.get(wanted)
    if (wanted and chosen is None) or (stage and stage not in set(Stage)):
        raise NotFound
    size = certificate_reads.PAGE
    rows = await certificate_reads.page(
        request.user, read_cursor(request), size + 1, series=chosen, search=search, stage=stage
    )
    return render(
        request,
        "process/certificates/list.html",
        status,
        form=form,
        filters=Form.filled({"series": wanted, "stage": stage, "search": search}),
        page=page_of(rows, size, lambda row: row.id),
        series=series,
        printers=await certificate_printers.kept_by(request.user),
        stages=list(Stage),
    )


@get(ADDRESS + "/{certificate_id:int}", may=KEEP_CERTIFICATES)
async def certificate_page(request: Request[Any, Any, Any], certificate_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, certificate_id, Form())


async def _page(request: Request[Any, Any, Any], certificate_id: int, form: Form, status: int = 200) -> Response[bytes]:
    return render(
        request,
        "process/certificates/certificate.html",
        status,
        certificate=await certificate_reads.for_desk(request.user, certificate_id),
        printers=await certificate_printers.kept_by(request.user),
        has_address=bool(pages_of(request).settings.public_url),
        form=form,
    )


@get(ADDRESS + "/{certificate_id:int}/paper", may=KEEP_CERTIFICATES)
async def certificate_paper(request: Request[Any, Any, Any], certificate_id: FromPath[int]) -> Response[bytes]:
    """The paper of one valid certificate: a whole page, or with `?printer=` its words for a blank."""
    certificate = await certificate_reads.for_desk(request.user, certificate_id)
    sheet = (await certificate_reads.papers_of([certificate_id])).get(certificate_id)
    if sheet is None:
        raise NotFound
    at = datetime.now(zone_of(request))
    wanted = request.query_params.get("printer", "")
    if wanted:
        blank = (await certificate_printers.for_desk(request.user, _number(wanted))).blank
        content = await paper.overprint([sheet], blank, at)
    else:
        content = await paper.whole_pages([sheet], at)
    return pdf(f"证书-{certificate.number}.pdf", content)


@post(ADDRESS + "/{certificate_id:int}/replacement", may=KEEP_CERTIFICATES)
async def replace_lost(request: Request[Any, Any, Any], certificate_id: FromPath[int]) -> Response[Any]:
    form = await read_form(request)
    await certificate_reads.for_desk(request.user, certificate_id)
    try:
        async with transaction():
            made = await certificates.replace(
                certificate_id, form.value("reason"), f"account:{request.user.account_id}", datetime.now(UTC)
            )
    except Refused as refusal:
        return await _page(request, certificate_id, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{ADDRESS}/{made.id}", done="certificate_replaced_done")


@get(ADDRESS + "/series", may=KEEP_CERTIFICATE_SERIES)
async def series_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _series(request, Form())


@post(ADDRESS + "/series", may=KEEP_CERTIFICATE_SERIES)
async def define_series(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    try:
        await certificate_series.define(
            form.value("code").strip(),
            *_said(form),
            organisation_id=request.user.hat.organisation_id,
            by=_actor(request),
        )
    except Refused as refusal:
        return await _series(request, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{ADDRESS}/series", done="series_defined_done")


@get(ADDRESS + "/series/{series_id:int}", may=KEEP_CERTIFICATE_SERIES)
async def series_page(request: Request[Any, Any, Any], series_id: FromPath[int]) -> Response[bytes]:
    one = await _kept_series(request, series_id)
    return _one_series(request, one, Form.filled({"name": one.name, "pattern": one.pattern, "digits": str(one.digits)}))


@post(ADDRESS + "/series/{series_id:int}", may=KEEP_CERTIFICATE_SERIES)
async def change_series(request: Request[Any, Any, Any], series_id: FromPath[int]) -> Response[Any]:
    form, one = await read_form(request), await _kept_series(request, series_id)
    try:
        await certificate_series.change(series_id, *_said(form), _actor(request))
    except Refused as refusal:
        return _one_series(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{ADDRESS}/series", done="series_changed_done")


async def _kept_series(request: Request[Any, Any, Any], series_id: int) -> certificate_series.SeriesFacts:
    found = [one for one in await certificate_series.kept_by(request.user) if one.id == series_id]
    if not found:
        raise NotFound
    return found[0]


async def _series(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    series = await certificate_series.kept_by(request.user)
    return render(request, "process/certificates/series.html", status, series=series, one=None, form=form)


def _one_series(request: Request[Any, Any, Any], one: Any, form: Form, status: int = 200) -> Response[bytes]:
    return render(request, "process/certificates/series.html", status, series=[], one=one, form=form)


def _said(form: Form) -> tuple[str, str, int]:
    digits = form.value("digits").strip()
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 3 else 0
    return form.value("name"), form.value("pattern").strip(), number


def _actor(request: Request[Any, Any, Any]) -> str:
    return f"account:{request.user.account_id}"


def _number(text: str) -> int:
    """An id of an address. Raises NotFound for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound
    return int(text)


def pdf(name: str, content: bytes) -> Response[bytes]:
    """A PDF that was just made, to be saved."""
    headers = {**download_headers(name), "cache-control": "private, no-store"}
    return Response(content, media_type=PDF, headers=headers)


HANDLERS = [
    certificate_list,
    certificate_page,
    certificate_paper,
    replace_lost,
    series_list,
    define_series,
    series_page,
    change_series,
]
