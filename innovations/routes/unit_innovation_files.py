"""Papers and pictures of an innovation: the page that takes them, and how they are sent to who may read it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.limits import PAPER, PICTURE
from foundation.web.files.downloads import download
from foundation.web.files.picture_pages import asked, send_rendition
from foundation.web.files.taking import take_file, take_picture
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.uploads import takes
from innovations import innovation_papers, innovation_pictures, innovation_reads
from innovations.innovation_reads import InnovationFacts
from innovations.may import KEEP_INNOVATIONS, SEE_INNOVATIONS
from innovations.rules.innovation_kinds import PAPERS
from innovations.rules.innovations import WRITABLE


@get("/innovations/desk/{number:int}/enclosures", may=KEEP_INNOVATIONS)
async def enclosures(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await _writable(request, number), Form())


@post("/innovations/desk/{number:int}/papers", may=KEEP_INNOVATIONS, **takes(PAPER))
async def add_paper(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one, form = await _writable(request, number), await read_form(request)
    taken = await take_file(request, form, "paper", PAPER)
    problems = list(taken.problems)
    if form.value("role") not in PAPERS:
        problems.append(Problem("innovation_paper_role", "role"))
    try:
        if problems or taken.id is None:
            raise Refused(*problems)
        by, now = request.user.account_id, datetime.now(UTC)
        await innovation_papers.add(one.id, taken.id, form.value("role"), by, now)
    except Refused as refusal:
        return await _page(request, one, taken.form.with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}/enclosures", done="innovation_paper_taken")


@post("/innovations/desk/{number:int}/papers/{paper:int}/removal", may=KEEP_INNOVATIONS)
async def take_off_paper(request: Request[Any, Any, Any], number: FromPath[int], paper: FromPath[int]) -> Response[Any]:
    one, form = await _writable(request, number), await read_form(request)
    try:
        await innovation_papers.take_off(one.id, paper, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}/enclosures")


@post("/innovations/desk/{number:int}/pictures", may=KEEP_INNOVATIONS, **takes(PICTURE))
async def add_picture(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one, form = await _writable(request, number), await read_form(request)
    taken = await take_picture(request, form, "picture")
    problems = [*taken.problems, *innovation_pictures.caption_problems(form.value("caption"))]
    try:
        if problems or taken.id is None:
            raise Refused(*problems)
        by, now = request.user.account_id, datetime.now(UTC)
        await innovation_pictures.add(one.id, taken.id, form.value("alt"), form.value("caption"), by, now)
    except Refused as refusal:
        return await _page(request, one, taken.form.with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}/enclosures", done="innovation_picture_taken")


@post("/innovations/desk/{number:int}/pictures/{picture:int}/removal", may=KEEP_INNOVATIONS)
async def take_off_picture(
    request: Request[Any, Any, Any], number: FromPath[int], picture: FromPath[int]
) -> Response[Any]:
    one, form = await _writable(request, number), await read_form(request)
    try:
        await innovation_pictures.take_off(one.id, picture, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}/enclosures")


@get("/innovations/desk/{number:int}/papers/{paper:int}", may=SEE_INNOVATIONS)
async def paper_file(
    request: Request[Any, Any, Any], number: FromPath[int], paper: FromPath[int]
) -> Response[bytes] | Stream:
    one = await innovation_reads.one(request.user, number)
    return await download((await innovation_papers.one(one.id, paper, own=one.own)).file_id)


@get("/innovations/desk/{number:int}/pictures/{picture:int}/{name:str}", may=SEE_INNOVATIONS)
async def picture_file(
    request: Request[Any, Any, Any], number: FromPath[int], picture: FromPath[int], name: FromPath[str]
) -> Response[bytes]:
    one = await innovation_reads.one(request.user, number)
    return await send_rendition(request, await innovation_pictures.one(one.id, picture, own=one.own), *asked(name))


async def _writable(request: Request[Any, Any, Any], number: int) -> InnovationFacts:
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    if one.stage not in WRITABLE:
        raise NotFound
    return one


async def _page(
    request: Request[Any, Any, Any], one: InnovationFacts, form: Form, status: int = 200
) -> Response[bytes]:
    return render(
        request,
        "innovations/made/enclosures.html",
        status,
        one=one,
        form=form,
        papers=await innovation_papers.of(one.id, own=True),
        pictures=await innovation_pictures.of(one.id, own=True),
        reviewed=await innovation_papers.reviewed(one.id, one.stage, one.version),
        paper_words=PAPERS,
        accept=PAPER.accept,
        most_pictures=innovation_pictures.MOST,
    )


HANDLERS = [
    enclosures, add_paper, take_off_paper, add_picture, take_off_picture, paper_file, picture_file,
]  # fmt: skip
