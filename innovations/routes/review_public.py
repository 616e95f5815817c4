"""What anyone may read of reviews: rounds with their frozen rules, and the awards once they are decided."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.process import showcase as told
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import render
from innovations import review_desk, review_notices, review_reads
from innovations.reviews import RoundFacts
from innovations.rules.review_form import SECTIONS
from innovations.rules.review_steps import STAGES, Stage

DRAWN = frozenset({Stage.MARKING, Stage.DECIDING, Stage.NOTICE, Stage.DECIDED})


@get("/reviews", public=True, cached=("reviews",), asks=("before",))
async def rounds_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await review_reads.public_rounds(read_cursor(request)), review_reads.PAGE, lambda one: one.id)
    return render(request, "innovations/reviews/public_list.html", page=page, stages=STAGES)


@get("/reviews/{address:str}", public=True, cached=("review:{address}", "process", "innovations"))
async def round_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    found = await review_reads.public_round(address)
    return render(
        request, "innovations/reviews/public_round.html", round=found, stages=STAGES, sections=SECTIONS,
        scheme=review_desk.scheme_of(found.rules), rows=await _rows(found), told=await told.about(found.about),
        seed=found.seed if found.stage in DRAWN else "",
    )  # fmt: skip


async def _rows(found: RoundFacts) -> tuple[tuple[str, ...], ...]:
    return await review_notices.shown_rows(found, stays=True) if found.stage is Stage.DECIDED else ()


HANDLERS = [rounds_page, round_page]
