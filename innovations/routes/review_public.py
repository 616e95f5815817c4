"""What anyone may read of reviews: rounds with their frozen rules, and the awards once they are decided. JSON is in
`api_reviews.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.process import showcase as told
from foundation.process.suspensions import standing
from foundation.web.api.answers import site_of
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import render
from innovations import review_desk, review_notices, review_reads
from innovations.review_notices import NOT_TOLD
from innovations.reviews import RoundFacts
from innovations.rules.review_form import SECTIONS
from innovations.rules.review_steps import STAGES, Stage

CACHED = ("review:{address}", "process", "innovations")
DRAWN = frozenset({Stage.MARKING, Stage.DECIDING, Stage.NOTICE, Stage.DECIDED})
Rows = Sequence[tuple[str, ...]]


@get("/reviews", public=True, cached=("reviews",), asks=("before",))
async def rounds_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await review_reads.public_rounds(read_cursor(request)), review_reads.PAGE, lambda one: one.id)
    page = replace(page, rows=tuple(await standing(page.rows, page_address)))
    return render(request, "innovations/reviews/public_list.html", page=page, stages=STAGES)


@get("/reviews/{address:str}", public=True, cached=CACHED)
async def round_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    found = await review_reads.public_round(address)
    rows = await awards_of(found)
    return render(
        request, "innovations/reviews/public_round.html", round=found, stages=STAGES, sections=SECTIONS,
        scheme=review_desk.scheme_of(found.rules), rows=rows, told=await told.about(found.about), seed=seed_of(found),
        data=_linked_data(found, rows, site_of(request)),
    )  # fmt: skip


async def awards_of(found: RoundFacts) -> Rows:
    """What everyone reads of the awards, in the columns of the notice; nothing before they are decided."""
    return await review_notices.shown_rows(found, stays=True) if found.stage is Stage.DECIDED else ()


def seed_of(found: RoundFacts) -> str:
    """What reviewers were drawn with, once they are."""
    return found.seed if found.stage in DRAWN else ""


def page_address(found: RoundFacts) -> str:
    """Where it is read, without the language; while that is suspended, no list names it."""
    return f"/reviews/{found.address}"


def _linked_data(found: RoundFacts, rows: Rows, site: str) -> dict[str, Any]:
    """schema.org: nothing that the page does not show, and nothing before the decision."""
    items = [
        {
            "@type": "ListItem", "position": int(number),
            "item": {
                "@type": "CreativeWork", "name": title, "award": award,
                "sourceOrganization": {"@type": "Organization", "name": unit},
            },
        }
        for number, award, title, _, unit, _ in rows
        if title != NOT_TOLD
    ]  # fmt: skip
    if not items:
        return {}
    return {
        "@context": "https://schema.org", "@type": "ItemList", "name": found.name, "url": site + page_address(found),
        "numberOfItems": len(items), "itemListElement": items,
    }  # fmt: skip


HANDLERS = [rounds_page, round_page]
