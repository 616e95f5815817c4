"""Atom of what anyone reads of innovations: the library, studios, exhibitions, reviews and subsidies; the new first.

An entry is a page that everyone may open, with the moment of its last public step. Kept like the pages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from litestar import Request, Response, get

from foundation.base.problem import N_
from foundation.process.suspensions import standing
from foundation.store import ledger
from foundation.web.api.answers import site_of
from foundation.web.language import address as in_language
from foundation.web.pages import language_of, speaker_of
from innovations import exhibition_reads, library_reads, review_reads, studio_showing, subsidy_reads
from innovations.exhibitions import GENERATION as EXHIBITIONS
from innovations.library import GENERATION as LIBRARY
from innovations.routes import exhibition_public, review_public, studio_public, subsidy_public
from innovations.routes.library import KEPT, page_address
from innovations.rules import exhibitions, review_steps, studios, subsidy_steps

NEWEST = 30  # entries of a feed
BEGAN = "2026-01-01T00:00:00+00:00"  # of a feed with nothing in it


@dataclass(frozen=True, slots=True)
class Entry:
    """A page with its title; `at` is RFC 3339, `told` an English word for where it stands, or empty."""

    path: str
    title: str
    at: str
    told: str = ""


@get("/innovations.atom", public=True, cached=(LIBRARY,))
async def library_feed(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What was published last."""
    rows = await standing((await library_reads.listed({}, size=NEWEST))[:NEWEST], page_address)
    entries = [Entry(page_address(one), one.said.title, one.published_at.isoformat()) for one in rows]
    return _feed(request, "/innovations.atom", N_("Library of innovations"), entries)


@get("/studios.atom", public=True, cached=studio_public.CACHED)
async def studio_feed(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Studios that bear a name, by when they were named."""
    rows, acts = await studio_showing.listed({}), ("studio.name", "studio.rise", "studio.renew")
    entries = await _entries(rows, "studio", acts, studio_public.page_address, studios.STAGES)
    return _feed(request, "/studios.atom", N_("Innovation studios"), entries)


@get("/exhibitions.atom", public=True, cached=(EXHIBITIONS,))
async def exhibition_feed(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Exhibitions, by when they were opened to everyone or were over."""
    rows, acts = await exhibition_reads.public(), ("exhibition.show", "exhibition.close")
    entries = await _entries(rows, "exhibition", acts, exhibition_public.page_address, exhibitions.STAGES)
    return _feed(request, "/exhibitions.atom", N_("Exhibitions of innovations"), entries)


@get("/reviews.atom", public=True, cached=("reviews",))
async def review_feed(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Reviews, by when their rules were frozen, they were noticed, or decided."""
    rows, acts = await review_reads.public_rounds(), ("review.freeze", "review.open_notice", "review.decide")
    entries = await _entries(rows, "review", acts, review_public.page_address, review_steps.STAGES)
    return _feed(request, "/reviews.atom", N_("Reviews of workers' innovations"), entries)


@get("/subsidies.atom", public=True, cached=("subsidies",))
async def subsidy_feed(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Rounds of subsidies, by when their terms were frozen, they were noticed, granted or settled."""
    rows = await subsidy_reads.public_rounds()
    acts = tuple(f"subsidy.{step}" for step in ("freeze", "open_notice", "grant", "close"))
    entries = await _entries(rows, "subsidy", acts, subsidy_public.page_address, subsidy_steps.STAGES)
    return _feed(request, "/subsidies.atom", N_("Subsidies for workers' innovation"), entries)


async def _entries(
    rows: Sequence[Any], stream: str, acts: Sequence[str], path: Callable[[Any], str], stages: Mapping[Any, str]
) -> list[Entry]:
    """Those that are not suspended, with the moments of their last public steps, what is new first."""
    left = await standing(rows[:NEWEST], path)
    moments = await ledger.last([f"{stream}:{one.id}" for one in left], acts)
    found = [Entry(path(one), one.name, moments.get(f"{stream}:{one.id}", BEGAN), stages[one.stage]) for one in left]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _feed(request: Request[Any, Any, Any], path: str, title: str, rows: Sequence[Entry]) -> Response[bytes]:
    site, language, say = site_of(request), language_of(request), speaker_of(request).gettext
    here = site + in_language(path, language)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr("zh-Hans" if language == "zh" else "en")}>',
        f"<title>{escape(say(title))}</title><id>{escape(here)}</id>",
        f"<updated>{rows[0].at if rows else BEGAN}</updated>",
        f'<link rel="self" href={quoteattr(here)}/><author><name>{escape(say("Ganpo"))}</name></author>',
    ]
    for one in rows:
        page = escape(site + in_language(one.path, language))
        told = f"<summary>{escape(say(one.told))}</summary>" if one.told else ""
        lines.append(
            f'<entry><title>{escape(one.title)}</title><id>{page}</id><link href="{page}"/>'
            f"<updated>{one.at}</updated>{told}</entry>"
        )
    body = "\n".join([*lines, "</feed>"])
    return Response(body.encode(), media_type="application/atom+xml; charset=utf-8", headers={"cache-control": KEPT})


HANDLERS = [library_feed, studio_feed, exhibition_feed, review_feed, subsidy_feed]
