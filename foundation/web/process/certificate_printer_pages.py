"""Printers with bought blanks: where each word stands, how far the printer is off, and the page by which it is set."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import N_, Refused
from foundation.papers import certificates as paper
from foundation.process import certificate_printers
from foundation.process.certificate_printers import PrinterFacts, as_typed, read_printer
from foundation.process.may import KEEP_CERTIFICATE_PRINTERS
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.process.certificate_pages import pdf
from foundation.web.process.notice_desk_pages import zone_of

ADDRESS = "/office/certificates/printers"
FIELD_WORDS = {
    "name": N_("Name and what is said of it"),
    "words": N_("The words"),
    "body": N_("Who confers it"),
    "document": N_("Document number"),
    "date": N_("Date"),
    "number": N_("Number of the certificate"),
    "code": N_("Code for checking"),
    "qr": N_("QR code"),
}


@get(ADDRESS, may=KEEP_CERTIFICATE_PRINTERS)
async def printer_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    printers = await certificate_printers.kept_by(request.user)
    return render(request, "process/certificates/printers.html", printers=printers)


@get(ADDRESS + "/new", may=KEEP_CERTIFICATE_PRINTERS)
async def printer_form(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _page(request, Form.filled(as_typed()))


@post(ADDRESS, may=KEEP_CERTIFICATE_PRINTERS)
async def add_printer(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    name, blank, problems = read_printer({field: form.value(field) for field in form.names()})
    if blank is None:
        return _page(request, form.with_problems(problems), status=422)
    by = f"account:{request.user.account_id}"
    printer_id = await certificate_printers.add(name, blank, request.user.hat.organisation_id, by)
    return redirect(request, f"{ADDRESS}/{printer_id}", done="printer_saved_done")


@get(ADDRESS + "/{printer_id:int}", may=KEEP_CERTIFICATE_PRINTERS)
async def printer_page(request: Request[Any, Any, Any], printer_id: FromPath[int]) -> Response[bytes]:
    printer = await certificate_printers.for_desk(request.user, printer_id)
    return _page(request, _filled(printer), printer)


@post(ADDRESS + "/{printer_id:int}", may=KEEP_CERTIFICATE_PRINTERS)
async def change_printer(request: Request[Any, Any, Any], printer_id: FromPath[int]) -> Response[Any]:
    form, printer = await read_form(request), await certificate_printers.for_desk(request.user, printer_id)
    name, blank, problems = read_printer({field: form.value(field) for field in form.names()})
    seen = form.value("revision")
    revision = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1
    try:
        if blank is None:
            raise Refused(*problems)
        await certificate_printers.change(printer_id, name, blank, revision, f"account:{request.user.account_id}")
    except Refused as refusal:
        printer = await certificate_printers.for_desk(request.user, printer_id)
        again = form.with_problems(refusal.problems).with_values({"revision": str(printer.revision)})
        return _page(request, again, printer, 422)
    return redirect(request, f"{ADDRESS}/{printer_id}", done="printer_saved_done")


@get(ADDRESS + "/{printer_id:int}/setting-page", may=KEEP_CERTIFICATE_PRINTERS)
async def setting_page(request: Request[Any, Any, Any], printer_id: FromPath[int]) -> Response[bytes]:
    printer = await certificate_printers.for_desk(request.user, printer_id)
    content = await paper.setting_page(printer.blank, datetime.now(zone_of(request)))
    return pdf(f"套打校准-{printer.name}.pdf", content)


def _filled(printer: PrinterFacts) -> Form:
    return Form.filled({**as_typed(printer.name, printer.blank), "revision": str(printer.revision)})


def _page(
    request: Request[Any, Any, Any], form: Form, printer: PrinterFacts | None = None, status: int = 200
) -> Response[bytes]:
    fields = [(field, FIELD_WORDS[field]) for field in paper.FIELDS]
    return render(request, "process/certificates/printer.html", status, form=form, printer=printer, fields=fields)


HANDLERS = [printer_list, printer_form, add_printer, printer_page, change_printer, setting_page]
