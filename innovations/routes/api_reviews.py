"""What programs read of reviews as JSON: those with frozen rules, and one each with its awards once they are decided.

Awards are those of the page: who does not want to be named is in no answer. The list of fields here and no more.
"""

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
from innovations import review_reads
from innovations.review_notices import NOT_TOLD
from innovations.reviews import RoundFacts
from innovations.routes.review_public import CACHED, awards_of, page_address, seed_of

GROUP = N_("Innovations")


class ReviewLine(msgspec.Struct, frozen=True):
    """A review in the list; `level` is who reviews, `state` where it stands."""

    address: str
    page: str
    name: str
    year: int
    level: str
    state: str


class ReviewAward(msgspec.Struct, frozen=True):
    """What may be awarded: how many at most."""

    name: str
    most: int


class ReviewPlaces(msgspec.Struct, frozen=True):
    """How many innovations a channel may recommend."""

    channel: str
    places: int


class ReviewAwarded(msgspec.Struct, frozen=True):
    """What was awarded; `title` and `people` are null where the unit does not make them public."""

    number: int
    award: str
    title: str | None
    people: str | None
    unit: str
    channel: str


class ReviewShown(ReviewLine, frozen=True, kw_only=True):
    """One review. `seed` is what reviewers were drawn with, null before; `document` is null before the decision."""

    rules_sha256: str
    reviewers_each: int
    blind: bool
    awards: list[ReviewAward]
    places: list[ReviewPlaces]
    seed: str | None
    document: str | None
    awarded: list[ReviewAwarded]


class ReviewList(msgspec.Struct, frozen=True):
    """A page of the list; `next` is the address of the next one, null at the end."""

    reviews: list[ReviewLine]
    next: str | None


@get(
    "/api/reviews", public=True, cached=("reviews",), asks=("before",),
    api=Endpoint(GROUP, N_("Reviews of workers' innovations with frozen rules, the newest first"), ReviewList,
                 asks=(BEFORE,), page="/reviews"),
)  # fmt: skip
async def review_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await review_reads.public_rounds(read_cursor(request)), review_reads.PAGE, lambda one: one.id)
    site, rows = site_of(request), await standing(page.rows, page_address)
    further = f"{site}/api/reviews?{urlencode({'before': page.older})}" if page.older else None
    return public_answer(ReviewList([ReviewLine(**_line(one, site)) for one in rows], further))


@get(
    "/api/reviews/{address:str}", public=True, cached=CACHED,
    api=Endpoint(GROUP, N_("One review: its rules, and what was awarded once it is decided"), ReviewShown,
                 page="/reviews/{address}"),
)  # fmt: skip
async def review(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """404 where there is no page."""
    found = await review_reads.public_round(address)
    rules, awarded = found.rules, await awards_of(found)
    return public_answer(
        ReviewShown(
            **_line(found, site_of(request)), rules_sha256=found.rules_hash, reviewers_each=rules.each,
            blind=rules.blind, awards=[ReviewAward(one.name, one.most) for one in rules.awards],
            places=[ReviewPlaces(one.name, one.places) for one in rules.places], seed=seed_of(found) or None,
            document=found.document or None, awarded=[_awarded(*row) for row in awarded],
        )
    )  # fmt: skip


def _line(found: RoundFacts, site: str) -> dict[str, Any]:
    return {
        "address": found.address, "page": site + page_address(found), "name": found.name, "year": found.year,
        "level": found.rules.level.value, "state": found.stage.value,
    }  # fmt: skip


def _awarded(number: str, award: str, title: str, people: str, unit: str, channel: str) -> ReviewAwarded:  # noqa: PLR0917
    told = title != NOT_TOLD
    return ReviewAwarded(int(number), award, title if told else None, people if told else None, unit, channel)


HANDLERS = [review_list, review]
