"""The pages that anyone may read: the first page, lists, contests, frozen schemes, published results, and files.

Knows frozen rows only. Nothing here asks who is reading, sets a cookie or holds a form; one's own score, which no
cache may keep, is in `score.py`.
"""

import re
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.params import FromPath

from competitions import listings, showcase
from competitions.reopening import being_corrected
from competitions.routes import score
from competitions.rules.scheme_shown import shown_modules
from competitions.versions import scheme_versions
from craftsmen import gallery
from craftsmen.rules.searching import Wanted
from craftsmen.showing import GENERATION
from foundation.base.problem import NotFound
from foundation.files import picture_reads
from foundation.process import showcase as told
from foundation.web.pages import render

CACHED = "public, max-age=0, must-revalidate"
CONTEST = ("contest:{address}",)  # the generations its pages are kept under, see `competitions.changed`
FEATURED = 4  # craftsmen on the first page
_VERSION = re.compile(r"[1-9][0-9]{0,3}")


@get("/", public=True, cached=("competitions", "process", GENERATION))
async def home(request: Request[Any, Any, Any]) -> Response[bytes]:
    honoured = (await gallery.page(Wanted(), FEATURED, gallery=True)).lines
    return render(
        request,
        "web/home.html",
        craftsmen=honoured,
        pictures=await picture_reads.shown([line.portrait for line in honoured if line.portrait]),
        published=await listings.newest_results(),
        running=await listings.under_way(),
        told=await told.newest(),
    )


@get("/competitions", public=True, cached=("competitions",), asks=("before",))
async def competition_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = await listings.competitions_page(request.query_params.get("before", ""))
    return render(request, "competitions/public/competitions.html", page=page)


@get("/competitions/{address:str}", public=True, cached=("competition:{address}",))
async def competition_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    listed = await listings.public_competition(address)
    return render(request, "competitions/public/competition.html", listed=listed, competition=listed.competition)


@get("/contests/{address:str}", public=True, cached=(*CONTEST, "process"))
async def contest_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """Where a contest stands; its results once they are published. How far marking is, is not shown."""
    contest = await showcase.public_contest(address)
    versions = await scheme_versions(contest.id)
    results = await showcase.results(contest)
    return render(
        request,
        "competitions/public/contest.html",
        contest=contest,
        frozen=results.frozen if results else versions[-1],
        versions=versions,
        results=results,
        correcting=await being_corrected(contest.id),
        told=await told.about(f"contest:{contest.address}"),
        bundle_name=_bundle_name(contest.address, results.publication.version) if results else "",
    )


@get("/contests/{address:str}/scheme", public=True, cached=CONTEST, asks=("version",))
async def scheme_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await showcase.public_contest(address)
    versions = await scheme_versions(contest.id)
    wanted = _version(request)
    frozen = next((each for each in versions if each.version == (wanted or versions[-1].version)), None)
    if frozen is None:
        raise NotFound
    return render(
        request,
        "competitions/public/scheme.html",
        contest=contest,
        frozen=frozen,
        versions=versions,
        modules=shown_modules(frozen.scheme, frozen.notes),
    )


@get("/contests/{address:str}/scheme.json", public=True, cached=CONTEST, asks=("version",))
async def scheme_file(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """The text whose hash is shown, byte for byte."""
    contest = await showcase.public_contest(address)
    return _file(await showcase.frozen_text(contest, _version(request)), f"{address}-scheme.json")


@get("/contests/{address:str}/sheet.json", public=True, cached=CONTEST, asks=("version",))
async def sheet_file(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """The marking sheet's criteria, deduction keys and void conditions, as they were hashed."""
    contest = await showcase.public_contest(address)
    return _file(await showcase.frozen_text(contest, _version(request), sheet=True), f"{address}-sheet.json")


@get("/contests/{address:str}/works/{work_number:str}", public=True, cached=CONTEST)
async def why_page(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[bytes]:
    contest = await showcase.public_contest(address)
    why = await showcase.why(contest, work_number)
    return render(
        request, "competitions/public/why.html", contest=contest, frozen=why.frozen, why=why, working=why.working
    )


@get("/contests/{address:str}/bundle.zip", public=True, cached=CONTEST)
async def bundle_file(address: FromPath[str]) -> Response[bytes]:
    published, data = await showcase.bundle(await showcase.public_contest(address))
    name = _bundle_name(address, published.version)
    return Response(data, media_type="application/zip", headers=_headers(name))


@get("/verify", public=True, cached=())
async def verify_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, "web/verify.html")


def _version(request: Request[Any, Any, Any]) -> int | None:
    """The version that the address asks for; None for the newest."""
    asked = request.query_params.get("version", "")
    if not asked:
        return None
    if not _VERSION.fullmatch(asked):
        raise NotFound
    return int(asked)


def _file(text: str, name: str) -> Response[bytes]:
    return Response(text.encode(), media_type="application/json; charset=utf-8", headers=_headers(name))


def _bundle_name(address: str, version: int) -> str:
    return f"{address}-v{version}.zip"


def _headers(name: str) -> dict[str, str]:
    return {"cache-control": CACHED, "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


HANDLERS = [
    home,
    competition_list,
    competition_page,
    contest_page,
    scheme_page,
    scheme_file,
    sheet_file,
    why_page,
    bundle_file,
    verify_page,
    *score.HANDLERS,
]
