"""Exhibitions for those who make them: words and days, what is shown, halls, talks, posters and cards.

Load, decide, write, redirect.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.letters import number_of
from foundation.base.problem import Problem, Refused
from foundation.files.names import download_headers
from foundation.papers import posters
from foundation.papers.posters import Size
from foundation.people.organisation_words import INDUSTRIES
from foundation.text import search
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import pages_of, redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from innovations import exhibition_papers, exhibition_reads, exhibitions, searching
from innovations.exhibitions import ExhibitionFacts
from innovations.may_studios import RUN_EXHIBITIONS
from innovations.routes.search import LONGEST, words_of
from innovations.routes.studio_shown import values_of
from innovations.rules.exhibitions import STAGES, By, read_exhibition, read_places, read_talk

AT = "/exhibitions/desk"
FIELDS = ("name", "starts_on", "ends_on", "intro")
Act = Callable[[ExhibitionFacts, Form], Awaitable[object]]


@get(AT, may=RUN_EXHIBITIONS)
async def exhibition_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _list(request, Form())


@post(AT, may=RUN_EXHIBITIONS)
async def create(request: Request[Any, Any, Any]) -> Response[Any]:
    form, user = await read_form(request), request.user
    draft, problems = read_exhibition(values_of(form))
    if draft is None:
        return await _list(request, form.with_problems(problems), 422)
    made = await exhibitions.create(draft, user.hat.organisation_id, user.account_id, datetime.now(UTC))
    return redirect(request, f"{AT}/{made}", done="exhibition_made")


@get(AT + "/{number:int}", may=RUN_EXHIBITIONS)
async def exhibition(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await exhibition_reads.one_run(request.user, number), Form())


@post(AT + "/{number:int}", may=RUN_EXHIBITIONS)
async def change(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(found: ExhibitionFacts, form: Form) -> None:
        draft, problems = read_exhibition(values_of(form))
        if draft is None:
            raise Refused(*problems)
        await exhibitions.change(found.id, draft, number_of(form.value("revision")), request.user.account_id)

    return await _done(request, number, act, "exhibition_saved")


@post(AT + "/{number:int}/step", may=RUN_EXHIBITIONS)
async def step(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Show it to everyone, hide it, close it."""

    async def act(found: ExhibitionFacts, form: Form) -> None:
        await exhibitions.take_step(found.id, form.value("step"), request.user.account_id)

    return await _done(request, number, act, "exhibition_step_taken")


@post(AT + "/{number:int}/exhibits", may=RUN_EXHIBITIONS)
async def choose(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """What was ticked, of what the form offered."""

    async def act(found: ExhibitionFacts, form: Form) -> None:
        chosen, offered = ([number_of(one) for one in form.values(name)] for name in ("chosen", "offered"))
        await exhibitions.choose(found.id, chosen, offered, request.user.account_id)

    return await _done(request, number, act, "exhibition_chosen")


@post(AT + "/{number:int}/halls", may=RUN_EXHIBITIONS)
async def propose(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(found: ExhibitionFacts, form: Form) -> None:
        try:
            how = By(form.value("by"))
        except ValueError as error:
            raise Refused(Problem("exhibition_by", "by")) from error
        words = {code: one.chinese for code, one in INDUSTRIES.items()}
        await exhibitions.propose_halls(found.id, how, words, request.user.account_id)

    return await _done(request, number, act, "exhibition_arranged")


@post(AT + "/{number:int}/arrangement", may=RUN_EXHIBITIONS)
async def arrange(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """The hall and the number that were typed beside each exhibit; without a hall it is taken off."""

    async def act(found: ExhibitionFacts, form: Form) -> None:
        shown = [one.innovation for hall in await exhibition_reads.halls(found.id) for one in hall.exhibits]
        placed, problems = read_places(values_of(form), shown)
        if problems:
            raise Refused(*problems)
        await exhibitions.arrange(found.id, placed, shown, number_of(form.value("revision")), request.user.account_id)

    return await _done(request, number, act, "exhibition_arranged")


@post(AT + "/{number:int}/talks", may=RUN_EXHIBITIONS)
async def add_talk(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(found: ExhibitionFacts, form: Form) -> None:
        talk, problems = read_talk(values_of(form), zone_of(request))
        if talk is None:
            raise Refused(*problems)
        await exhibitions.add_talk(found.id, talk, request.user.account_id)

    return await _done(request, number, act, "exhibition_talk_kept")


@post(AT + "/{number:int}/talks/{talk:int}/removal", may=RUN_EXHIBITIONS)
async def drop_talk(request: Request[Any, Any, Any], number: FromPath[int], talk: FromPath[int]) -> Response[Any]:
    async def act(found: ExhibitionFacts, form: Form) -> None:
        await exhibitions.drop_talk(found.id, talk, request.user.account_id)

    return await _done(request, number, act, "exhibition_talk_kept")


@get(AT + "/{number:int}/poster-a4.pdf", may=RUN_EXHIBITIONS)
async def poster(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _poster(request, number, Size.A4)


@get(AT + "/{number:int}/poster-a3.pdf", may=RUN_EXHIBITIONS)
async def large_poster(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _poster(request, number, Size.A3)


@get(AT + "/{number:int}/cards.pdf", may=RUN_EXHIBITIONS)
async def cards(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """A card for each exhibit, with a code to its page where the registry knows its own address."""
    found = await exhibition_reads.one_run(request.user, number)
    made = exhibition_papers.cards(await exhibition_reads.public_halls(found.id), _site(request))
    content = await posters.cards_to_pdf(made, found.name, datetime.now(UTC).astimezone(zone_of(request)))
    return _paper(content, f"{found.name}-展品卡.pdf")


async def _poster(request: Request[Any, Any, Any], number: int, size: Size) -> Response[bytes]:
    found = await exhibition_reads.one_run(request.user, number)
    halls, host = await exhibition_reads.public_halls(found.id), await exhibition_reads.host(found)
    made, at = exhibition_papers.poster(found, halls, host, _site(request)), datetime.now(UTC)
    content = await posters.to_pdf([made], at.astimezone(zone_of(request)), size=size)
    return _paper(content, f"{found.name}-海报-{size.value.upper()}.pdf")


def _paper(content: bytes, name: str) -> Response[bytes]:
    headers = {**download_headers(name), "cache-control": "private, no-store"}
    return Response(content=content, media_type="application/pdf", headers=headers)


def _site(request: Request[Any, Any, Any]) -> str:
    """As it was told (GANPO_PUBLIC_URL): never what a request says of itself."""
    return pages_of(request).settings.public_url


async def _done(request: Request[Any, Any, Any], number: int, act: Act, word: str) -> Response[Any]:
    found, form = await exhibition_reads.one_run(request.user, number), await read_form(request)
    try:
        await act(found, form)
    except Refused as refusal:
        found = await exhibition_reads.one_run(request.user, number)
        return await _page(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{number}", done=word)


async def _page(
    request: Request[Any, Any, Any], found: ExhibitionFacts, form: Form, status: int = 200
) -> Response[bytes]:
    asked = form.value("q") or request.query_params.get("q", "")
    looked, problems = await _looked(request, asked)
    form = form.with_values({"q": asked}).with_problems(problems) if asked else form
    offers = await exhibition_reads.offers(found.id, looked)
    halls = await exhibition_reads.halls(found.id)
    kept = {name: str(getattr(found, name)) for name in FIELDS}
    kept |= {f"hall-{one.innovation}": one.hall for hall in halls for one in hall.exhibits}
    kept |= {f"number-{one.innovation}": str(one.number) for hall in halls for one in hall.exhibits}
    form = form.with_values({name: text for name, text in kept.items() if name not in form.fields})
    if "offered" not in form.fields:
        form = form.with_values({"chosen": [str(one.innovation) for one in offers if one.chosen]})
    return render(
        request,
        "innovations/exhibitions/desk.html",
        status,
        one=found,
        form=form.with_values({"revision": str(found.revision)}),
        offers=offers,
        halls=halls,
        hidden=len(await exhibition_reads.innovations_of(found.id)) - sum(len(hall.exhibits) for hall in halls),
        talks=await exhibition_reads.talks(found.id),
        stages=STAGES,
    )


async def _looked(request: Request[Any, Any, Any], text: str) -> tuple[list[int] | None, Sequence[Problem]]:
    """What a query finds in the library, to choose from; None for no query."""
    scope = searching.for_everyone(words_of(request))
    asked = await searching.read(scope, text[:LONGEST])
    if asked.empty or asked.problems:
        return None, asked.problems
    found = await search.newest(asked.wanted, scope.seen, size=exhibition_reads.OFFERED)
    return [hit.item for hit in found.hits], ()


async def _list(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    rows = await exhibition_reads.run(request.user, read_cursor(request))
    page = page_of(rows, exhibition_reads.PAGE, lambda one: one.id)
    return render(request, "innovations/exhibitions/desk_list.html", status, page=page, form=form, stages=STAGES)


HANDLERS = [
    exhibition_list, create, exhibition, change, step, choose, propose, arrange, add_talk, drop_talk, poster,
    large_poster, cards,
]  # fmt: skip
