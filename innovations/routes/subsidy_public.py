"""What anyone may read of subsidies: rounds with their frozen terms, and who was granted what once it is granted. JSON
is in `api_subsidies.py`.
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
from innovations import subsidy_notices, subsidy_reads
from innovations.rules.subsidy_steps import BARS, STAGES
from innovations.subsidies import RoundFacts
from innovations.subsidy_notices import Granted

CACHED = ("subsidy:{address}", "process", "innovations")


@get("/subsidies", public=True, cached=("subsidies",), asks=("before",))
async def rounds_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await subsidy_reads.public_rounds(read_cursor(request)), subsidy_reads.PAGE, lambda one: one.id)
    page = replace(page, rows=tuple(await standing(page.rows, page_address)))
    return render(request, "innovations/subsidies/public_list.html", page=page, stages=STAGES)


@get("/subsidies/{address:str}", public=True, cached=CACHED)
async def round_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    found = await subsidy_reads.public_round(address)
    grants = await grants_of(found)
    return render(
        request,
        "innovations/subsidies/public_round.html",
        round=found,
        channel_names=await subsidy_reads.channel_names(found.terms),
        rows=subsidy_notices.as_rows(grants),
        granted=found.stage in subsidy_reads.RESULT,
        stages=STAGES,
        bars=BARS,
        told=await told.about(found.about),
        data=_linked_data(found, grants, site_of(request)),
    )


async def grants_of(found: RoundFacts) -> Sequence[Granted]:
    """What everyone reads of the grants, by rank; nothing before they are granted."""
    return await subsidy_notices.granted(found) if found.stage in subsidy_reads.RESULT else ()


def page_address(found: RoundFacts) -> str:
    """Where it is read, without the language; while that is suspended, no list names it."""
    return f"/subsidies/{found.address}"


def _linked_data(found: RoundFacts, grants: Sequence[Granted], site: str) -> dict[str, Any]:
    """schema.org: nothing that the page does not show, and nothing before the grants."""
    if not grants:
        return {}
    return {"@context": "https://schema.org", "@graph": [_linked(one, found, site) for one in grants]}


def _linked(one: Granted, found: RoundFacts, site: str) -> dict[str, Any]:
    items = [{"@type": "Organization", "name": one.unit}]
    if one.title:
        items.append({"@type": "CreativeWork", "name": one.title})
    amount = {"@type": "MonetaryAmount", "currency": "CNY", "value": f"{one.amount // 100}.{one.amount % 100:02}"}
    return {
        "@type": "MonetaryGrant", "name": found.name, "identifier": found.document, "url": site + page_address(found),
        "amount": amount, "fundedItem": items,
    }  # fmt: skip


HANDLERS = [rounds_page, round_page]
