"""What anyone may read of subsidies: rounds with their frozen terms, and who was granted what once it is granted."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.process import showcase as told
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import render
from innovations import subsidy_notices, subsidy_reads
from innovations.rules.subsidy_steps import STAGES


@get("/subsidies", public=True, cached=("subsidies",), asks=("before",))
async def rounds_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await subsidy_reads.public_rounds(read_cursor(request)), subsidy_reads.PAGE, lambda one: one.id)
    return render(request, "innovations/subsidies/public_list.html", page=page, stages=STAGES)


@get("/subsidies/{address:str}", public=True, cached=("subsidy:{address}", "process", "innovations"))
async def round_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    found = await subsidy_reads.public_round(address)
    granted = found.stage in subsidy_reads.RESULT
    return render(
        request,
        "innovations/subsidies/public_round.html",
        round=found,
        channel_names=await subsidy_reads.channel_names(found.terms),
        rows=await subsidy_notices.shown_rows(found) if granted else (),
        granted=granted,
        stages=STAGES,
        told=await told.about(found.about),
    )


HANDLERS = [rounds_page, round_page]
