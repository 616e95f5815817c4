"""What a unit receives (收文): the circulars addressed to it, reading them with their files, and signing for them."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Refused
from foundation.process import attachments, circular_reads, circulars
from foundation.process.circular_reads import CircularFacts
from foundation.process.may import RECEIVE_CIRCULARS
from foundation.process.openings import place_of
from foundation.process.rules.circular_text import blocks
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.documents import PRIVATE, known_id, sent


@get("/received", may=RECEIVE_CIRCULARS)
async def received_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    size = circular_reads.PAGE
    rows = await circular_reads.received_page(request.user, read_cursor(request), size + 1)
    page = page_of(rows, size, lambda row: row.id)
    return render(request, "process/circulars/received.html", page=page, now=datetime.now(UTC))


@get("/received/{circular_id:int}", may=RECEIVE_CIRCULARS)
async def received_page(request: Request[Any, Any, Any], circular_id: FromPath[int]) -> Response[bytes]:
    circular = await circular_reads.received_circular(request.user, known_id(circular_id))
    return await _page(request, circular, Form())


@post("/received/{circular_id:int}/signature", may=RECEIVE_CIRCULARS)
async def sign(request: Request[Any, Any, Any], circular_id: FromPath[int]) -> Response[Any]:
    """Sign for it in the name of the unit of the hat."""
    circular = await circular_reads.received_circular(request.user, known_id(circular_id))
    user, form = request.user, await read_form(request)
    try:
        await circulars.sign_for(circular.id, user.hat.organisation_id, user.account_id, user.name, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, circular, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/received/{circular.id}", done="circular_received")


@get("/received/{circular_id:int}/files/{number:int}", may=RECEIVE_CIRCULARS)
async def received_file(
    request: Request[Any, Any, Any], circular_id: FromPath[int], number: FromPath[int]
) -> Response[bytes]:
    circular = await circular_reads.received_circular(request.user, known_id(circular_id))
    return await sent(circular.subject, number, PRIVATE)


async def _page(
    request: Request[Any, Any, Any], circular: CircularFacts, form: Form, status: int = 200
) -> Response[bytes]:
    receipts = await circular_reads.receipts_of(request.user.hat.organisation_id, [circular.id])
    return render(
        request,
        "process/circulars/received_one.html",
        status,
        circular=circular,
        blocks=blocks(circular.text),
        files=await attachments.of(circular.subject),
        opens=place_of(circular.opens),
        corrections=await circular_reads.corrections_for(request.user, circular.id),
        receipt=receipts.get(circular.id),
        now=datetime.now(UTC),
        form=form,
    )


HANDLERS = [received_list, received_page, sign, received_file]
