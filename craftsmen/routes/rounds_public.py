"""What everybody reads of rounds: the list, and each with its frozen rules, amendments, what was told, and totals.

Knows frozen rows and counts only, no nomination and no name; drafts have no page.
"""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from craftsmen.nominee_reads import totals_of
from craftsmen.round_reads import SIZE, cursor, public_rounds, round_by_address, versions
from foundation.base.problem import NotFound
from foundation.process import showcase as told
from foundation.web.keyset import page_of, read_pair_cursor
from foundation.web.pages import render


@get("/rounds", public=True, cached=("rounds",), asks=("before",))
async def rounds_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await public_rounds(read_pair_cursor(request)), SIZE, cursor)
    return render(request, "craftsmen/rounds/public_list.html", page=page)


@get("/rounds/{address:str}", public=True, cached=("round:{address}", "process"))
async def round_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    found = await round_by_address(address)
    if found is None or not found.public:
        raise NotFound
    return render(
        request,
        "craftsmen/rounds/public_round.html",
        round=found,
        versions=await versions(found.id),
        totals=(await totals_of([found.id]))[found.id],
        told=await told.about(f"round:{found.address}"),
    )


HANDLERS = [rounds_page, round_page]
