"""Searching: the public library for everyone, proposals and innovations for who reads them; and JSON of the first.

Load, decide, answer. The public pages know the library's documents alone, and go on by the address of an innovation:
the number of a document would tell how many others there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get

from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.process.suspensions import standing
from foundation.text import index
from foundation.text.search import RANKED
from foundation.web.api.answers import public_answer, site_of
from foundation.web.api.endpoints import Ask, Endpoint
from foundation.web.forms import Form
from foundation.web.keyset import read_cursor
from foundation.web.language import CHINESE
from foundation.web.pages import language_of, pages_of, render
from innovations import library_reads, proposal_index, searching
from innovations.innovation_documents import KIND, SHOWN
from innovations.may import SEE_INNOVATIONS
from innovations.routes.api_library import GROUP, SearchFound, shown
from innovations.routes.library import CACHED
from innovations.search_fields import Words, examples
from innovations.searching import Offer, Read, Result, Scope

ASKS = ("q", "sort", "before", "skip")
SORTS = ("best", "new")
ONLY = (proposal_index.KIND, KIND)
_DESK = "innovations/search/desk.html"
LONGEST = 400  # characters that are looked at; what the language of queries reads is shorter


@get("/innovations/search", public=True, cached=CACHED, asks=ASKS)
async def public_search(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The library, by words, people, units, years and benefit."""
    scope = searching.for_everyone(words_of(request))
    before = await _public_cursor(request)
    return await _page(request, "innovations/search/public.html", scope, _typed(request), before)


@get("/search", may=SEE_INNOVATIONS)
async def desk_search(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What the hat reads of proposals and innovations."""
    only = request.query_params.get("in", "")
    if only and only not in ONLY:
        raise NotFound
    scope = await searching.for_reader(request.user, words_of(request), only)
    return await _page(request, _DESK, scope, _typed(request), read_cursor(request), only=only)


async def show_desk(
    request: Request[Any, Any, Any], text: str, only: str, problems: Sequence[Problem]
) -> Response[bytes]:
    """The search of the desk with what was typed, and why something could not be done with it."""
    scope = await searching.for_reader(request.user, words_of(request), only)
    return await _page(request, _DESK, scope, Typed(text[:LONGEST], "", 0), None, only=only, problems=problems)


@get(
    "/api/search", public=True, cached=CACHED, asks=ASKS,
    api=Endpoint(
        GROUP, N_("The library searched by words, people, units, years and benefit"), SearchFound, page="/innovations",
        asks=(
            Ask("q", N_("The query, as it is typed on the page."), {"type": "string", "maxLength": LONGEST}),
            Ask("sort", N_("The best first, or the newest."), {"type": "string", "enum": list(SORTS)}),
            Ask("before", N_("Of the newest: where the next page goes on, as `next` says.")),
            Ask("skip", N_("Of the best: how many were seen, as `next` says."),
                {"type": "integer", "minimum": 0, "maximum": RANKED}),
        ),
    ),
)  # fmt: skip
async def api_search(request: Request[Any, Any, Any]) -> Response[bytes]:
    """422 with what is wrong with the query, each in a sentence."""
    scope, typed = searching.for_everyone(words_of(request)), _typed(request)
    asked = await searching.read(scope, typed.text)
    if asked.problems:
        raise Refused(*(replace(one, field="q") for one in asked.problems))
    found = await searching.find(
        scope, asked, best=typed.best(asked), before=await _public_cursor(request), skip=typed.skip
    )
    known = await library_reads.of([line.said.id for line in found.lines])
    lines = [known[line.said.id] for line in found.lines if line.said.id in known]
    lines = await standing(lines, lambda one: f"/innovations/{one.address}")
    site = site_of(request)
    further = await _further(typed, found, {}, public=True)
    return public_answer(
        SearchFound(
            found.count,
            found.capped,
            "best" if found.ranked else "newest",
            [shown(one, site) for one in lines],
            f"{site}/api/search?{further}" if further else None,
        )
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """What an address asks for."""

    text: str
    sort: str
    skip: int

    def best(self, asked: Read) -> bool:
        """Whether the best come first: where words are looked for, unless the newest were asked for."""
        return self.sort == "best" or (not self.sort and any(not word.without for word in asked.wanted.words))


def words_of(request: Request[Any, Any, Any]) -> Words:
    """The language of the page, with the Chinese of every word."""
    return Words(language_of(request), pages_of(request).speakers[CHINESE].gettext)


async def _page(
    request: Request[Any, Any, Any],
    template: str,
    scope: Scope,
    typed: Typed,
    before: int | None,
    *,
    only: str = "",
    problems: Sequence[Problem] = (),
) -> Response[bytes]:
    asked = await searching.read(scope, typed.text)
    wrong = (*asked.problems, *(one for one in problems if one not in asked.problems))
    result: Result | None = None
    facets: dict[str, list[Offer]] = {}
    counted, without, named = False, [], []
    if not asked.problems and not asked.empty:
        result = await searching.find(scope, asked, best=typed.best(asked), before=before, skip=typed.skip)
        if before is None and not typed.skip:
            facets, counted = await searching.facets(scope, asked)
        if not result.count and result.after is None:
            without, named = await searching.without_each(scope, asked), await searching.units_named(scope, asked)
    public, values = scope.kinds == (SHOWN,), {"in": only} if only else {}
    return render(
        request,
        template,
        422 if wrong else 200,
        form=Form.filled({"q": typed.text}).with_problems(wrong),
        typed=typed,
        asked=asked,
        result=result,
        facets=facets,
        counted=counted,
        without=without,
        named=named,
        choices=searching.choices(scope, asked),
        further=await _further(typed, result, values, public=public) if result else "",
        first=before is None and not typed.skip,
        values=values,
        examples=examples(scope.words, inside=not public),
        address=lambda text, **others: urlencode({"q": text, **values, **others}),
        only=only,
    )


async def _further(typed: Typed, result: Result, values: Mapping[str, str], *, public: bool) -> str:
    """The query of the next page, empty at the end."""
    if result.after is None:
        return ""
    same = {"q": typed.text, **values, **({"sort": typed.sort} if typed.sort else {})}
    if result.ranked:
        return urlencode({**same, "skip": result.after})
    same["sort"] = "new"
    return urlencode({**same, "before": await _address_of(result.after) if public else result.after})


def _typed(request: Request[Any, Any, Any]) -> Typed:
    sort, skip = request.query_params.get("sort", ""), request.query_params.get("skip", "0")
    if sort and sort not in SORTS:
        raise NotFound
    if not (skip.isascii() and skip.isdecimal() and len(skip) < 6 and int(skip) <= RANKED):
        raise NotFound
    return Typed(request.query_params.get("q", "")[:LONGEST], sort, int(skip))


async def _public_cursor(request: Request[Any, Any, Any]) -> int | None:
    """The document of the innovation at which the page before ended. Raises NotFound where it is not shown any more."""
    address = request.query_params.get("before", "")
    if not address:
        return None
    one = await library_reads.numbered(address)
    number = await index.number_of(SHOWN, one)
    if number is None:
        raise NotFound
    return number


async def _address_of(number: int) -> str:
    item = await index.item_of(number)
    shown = await library_reads.of([item[1]] if item else [])
    return next((one.address for one in shown.values()), "")


HANDLERS = [public_search, desk_search, api_search]
