"""What programs read of subsidies as JSON: rounds with frozen terms, and one each with its grants once it is granted.

Grants are those of the page. The list of fields here and no more.
"""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import N_
from foundation.process.suspensions import standing
from foundation.web.api.answers import public_answer, site_of
from foundation.web.api.endpoints import BEFORE, Endpoint
from foundation.web.keyset import page_of, read_cursor
from innovations import subsidy_reads
from innovations.routes.subsidy_public import CACHED, grants_of, page_address
from innovations.rules.subsidy_steps import BARS
from innovations.subsidies import RoundFacts

GROUP = N_("Innovations")


class SubsidyLine(msgspec.Struct, frozen=True):
    """A round in the list; `state` is where it stands."""

    address: str
    page: str
    name: str
    year: int
    state: str
    apply_until: date


class SubsidyGranted(msgspec.Struct, frozen=True):
    """A grant, by rank, in fen; `title` is null where the unit does not make it public."""

    number: int
    title: str | None
    unit: str
    channel: str
    amount_fen: int


class SubsidyShown(SubsidyLine, frozen=True, kw_only=True):
    """One round. Ceilings that do not bind are null; `instalments` are whole percents; `document` is null before.

    `who` may apply, in words; `bars` are the codes of what makes an application ineligible.
    """

    terms_sha256: str
    who: str
    bars: list[str]
    budget_fen: int
    most_item_fen: int
    most_unit_fen: int | None
    most_channel_fen: int | None
    instalments: list[int]
    document: str | None
    granted: list[SubsidyGranted]


class SubsidyList(msgspec.Struct, frozen=True):
    """A page of the list; `next` is the address of the next one, null at the end."""

    subsidies: list[SubsidyLine]
    next: str | None


@get(
    "/api/subsidies", public=True, cached=("subsidies",), asks=("before",),
    api=Endpoint(GROUP, N_("Rounds of subsidies with frozen terms, the newest first"), SubsidyList, asks=(BEFORE,),
                 page="/subsidies"),
)  # fmt: skip
async def subsidy_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await subsidy_reads.public_rounds(read_cursor(request)), subsidy_reads.PAGE, lambda one: one.id)
    site, rows = site_of(request), await standing(page.rows, page_address)
    further = f"{site}/api/subsidies?{urlencode({'before': page.older})}" if page.older else None
    return public_answer(SubsidyList([SubsidyLine(**_line(one, site)) for one in rows], further))


@get(
    "/api/subsidies/{address:str}", public=True, cached=CACHED,
    api=Endpoint(GROUP, N_("One round of subsidies: its terms, and who was granted what once it is granted"),
                 SubsidyShown, page="/subsidies/{address}"),
)  # fmt: skip
async def subsidy(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """404 where there is no page."""
    found = await subsidy_reads.public_round(address)
    terms, grants = found.terms, await grants_of(found)
    return public_answer(
        SubsidyShown(
            **_line(found, site_of(request)), terms_sha256=found.terms_hash, who=terms.who,
            bars=[code for code in BARS if terms.bars_out(code)], budget_fen=terms.budget,
            most_item_fen=terms.item, most_unit_fen=terms.unit, most_channel_fen=terms.city,
            instalments=list(found.instalments),
            document=found.document if found.stage in subsidy_reads.RESULT else None,
            granted=[
                SubsidyGranted(number, one.title or None, one.unit, one.channel, one.amount)
                for number, one in enumerate(grants, 1)
            ],
        )
    )  # fmt: skip


def _line(found: RoundFacts, site: str) -> dict[str, Any]:
    return {
        "address": found.address, "page": site + page_address(found), "name": found.name, "year": found.year,
        "state": found.stage.value, "apply_until": found.apply_until,
    }  # fmt: skip


HANDLERS = [subsidy_list, subsidy]
