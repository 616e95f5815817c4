"""What anyone may read of studios: those that bear a name, one each, and calls with their standards.

Nothing here asks who is reading, sets a cookie or holds a POST form.
"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.params import FromPath

from craftsmen.showing import GENERATION as CRAFTSMEN
from foundation.people.organisation_words import INDUSTRIES
from foundation.process import showcase as told
from foundation.process.suspensions import standing
from foundation.web.forms import Form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import pages_of, render
from innovations import studio_reads, studio_rounds, studio_showing
from innovations.library import GENERATION as INNOVATIONS
from innovations.rules.studio_calls import ROUND_STAGES, RoundStage
from innovations.rules.studios import STAGES
from innovations.studio_rounds import GENERATION
from innovations.studio_showing import ASKS, PAGE, Result, ShownStudio

CACHED = (GENERATION, INNOVATIONS, CRAFTSMEN)  # a leader's word on their name is the craftsmen's


@get("/studios", public=True, cached=CACHED, asks=(*ASKS, "before"))
async def studio_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    wanted = _wanted(request)
    page = page_of(await studio_showing.listed(wanted, read_cursor(request)), PAGE, lambda one: one.id)
    page = replace(page, rows=tuple(await standing(page.rows, page_address)))
    return render(
        request,
        "innovations/studios/public_list.html",
        page=page,
        further=urlencode({**wanted, "before": page.older}) if page.older else "",
        wanted=wanted,
        form=Form.filled(wanted),
        choices=await studio_showing.choices(),
        cities=await studio_showing.cities(),
        industries=INDUSTRIES,
    )


@get("/studios/{address:str}", public=True, cached=CACHED)
async def studio_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    one = await studio_showing.one(address)
    results = await studio_showing.results(one.id)
    return render(
        request,
        "innovations/studios/public_studio.html",
        one=one,
        terms=await studio_showing.terms(one.id),
        results=results,
        stages=STAGES,
        industries=INDUSTRIES,
        data=_linked_data(one, results, _site(request)),
    )


@get("/studios/calls", public=True, cached=(GENERATION,), asks=("before",))
async def call_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await studio_reads.public_calls(read_cursor(request)), studio_reads.PAGE, lambda one: one.id)
    page = replace(page, rows=tuple(await standing(page.rows, lambda one: f"/studios/calls/{one.address}")))
    return render(request, "innovations/studios/public_calls.html", page=page, stages=ROUND_STAGES)


@get("/studios/calls/{address:str}", public=True, cached=(*CACHED, "process"))
async def call_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """The frozen standards, what was told about the call, and what was named."""
    call = await studio_reads.public_call(address)
    return render(
        request,
        "innovations/studios/public_call.html",
        call=call,
        stages=ROUND_STAGES,
        channels=await studio_rounds.channels_of(call.organisation_id),
        told=await told.about(call.about),
        named=await standing(await studio_showing.of_call(call.id), page_address)
        if call.stage is RoundStage.NAMED
        else [],
    )


def _linked_data(one: ShownStudio, results: list[Result], site: str) -> dict[str, Any]:
    """schema.org: nothing that the page does not show."""
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "Organization", "name": one.name,
        "url": f"{site}/studios/{one.address}", "foundingDate": str(one.founded),
        "parentOrganization": {"@type": "Organization", "name": one.unit},
    }  # fmt: skip
    if one.leader:
        data["employee"] = {"@type": "Person", "name": one.leader}
    if one.topics:
        data["knowsAbout"] = list(one.topics)
    if results:
        data["subjectOf"] = [
            {"@type": "CreativeWork", "name": each.title, "url": f"{site}/innovations/{each.address}"}
            for each in results
        ]
    return data


def page_address(one: ShownStudio) -> str:
    """What is suspended by it is in no list."""
    return f"/studios/{one.address}"


def _wanted(request: Request[Any, Any, Any]) -> dict[str, str]:
    return {name: value for name in ASKS if (value := request.query_params.get(name, ""))}


def _site(request: Request[Any, Any, Any]) -> str:
    """As it was told (GANPO_PUBLIC_URL): never what a request says of itself."""
    return pages_of(request).settings.public_url


HANDLERS = [studio_list, studio_page, call_list, call_page]
