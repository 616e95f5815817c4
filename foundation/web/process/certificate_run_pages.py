"""Printing many certificates: beginning a run from the list, and its PDFs for who began it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.base.settings import Settings
from foundation.process import certificate_printers, certificate_reads, certificate_runs
from foundation.process.may import KEEP_CERTIFICATES
from foundation.web.files.downloads import download
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.process.certificate_pages import ADDRESS, list_page
from foundation.web.process.documents import PRIVATE


@post(ADDRESS + "/runs", may=KEEP_CERTIFICATES)
async def start_run(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    try:
        ids = await _chosen(request, form)
        printer = await _printer(request, form)
        job = await certificate_runs.start(ids, printer, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await list_page(request, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/jobs/{job}")


async def _chosen(request: Request[Any, Any, Any], form: Form) -> list[int]:
    """The ticked certificates, or those from one number to another of a series. Raises Refused."""
    first, last = form.value("first").strip(), form.value("last").strip()
    if not (first or last):
        ticked = [int(one) for one in form.values("chosen") if one.isascii() and one.isdecimal() and len(one) < 10]
        return await certificate_reads.valid_of(request.user, ticked[: certificate_runs.MOST + 1])
    series = form.value("series")
    if not (series.isascii() and series.isdecimal() and len(series) < 10):
        raise Refused(Problem("run_range_unknown", "series"))
    for field in ("first", "last"):
        try:
            number = form.value(field).strip() or first or last
            await certificate_reads.ids_of(request.user, 1, series=int(series), first=number, last=number)
        except NotFound as unknown:
            raise Refused(Problem("run_range_unknown", field)) from unknown
    ids = await certificate_reads.ids_of(
        request.user, certificate_runs.MOST + 1, series=int(series), first=first or last, last=last or first
    )
    if not ids:
        raise Refused(Problem("run_range", "first"))
    return ids


async def _printer(request: Request[Any, Any, Any], form: Form) -> int | None:
    wanted = form.value("printer")
    if not wanted:
        return None
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 10):
        raise NotFound
    return (await certificate_printers.for_desk(request.user, int(wanted))).id


@get(ADDRESS + "/runs/{run_id:int}", may=KEEP_CERTIFICATES)
async def run_page(request: Request[Any, Any, Any], run_id: FromPath[int]) -> Response[bytes]:
    run = await certificate_runs.run_of(request.user.account_id, run_id)
    return render(request, "process/certificates/run.html", run=run, days=Settings.from_env().prints_days)


@post(ADDRESS + "/runs/{run_id:int}", may=KEEP_CERTIFICATES)
async def print_again(request: Request[Any, Any, Any], run_id: FromPath[int]) -> Response[Any]:
    """Make the PDFs anew that are not kept any more."""
    await read_form(request)
    job = await certificate_runs.again(request.user.account_id, run_id, datetime.now(UTC))
    return redirect(request, f"/jobs/{job}")


@get(ADDRESS + "/runs/{run_id:int}/{number:int}", may=KEEP_CERTIFICATES)
async def run_file(request: Request[Any, Any, Any], run_id: FromPath[int], number: FromPath[int]) -> Response[Any]:
    return await download(await certificate_runs.sheaf_file(request.user.account_id, run_id, number), PRIVATE)


HANDLERS = [start_run, run_page, print_again, run_file]
