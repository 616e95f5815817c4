"""What a unit does with an innovation: looks it through, says who may know of it, hands it in, withdraws it; versions.

Load, decide, write, redirect.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_words import INDUSTRIES
from foundation.people.permissions import Permission
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from innovations import (
    innovation_earlier,
    innovation_papers,
    innovation_pictures,
    innovation_reads,
    innovation_versions,
    innovations,
)
from innovations.innovation_earlier import Earlier
from innovations.innovation_reads import InnovationFacts
from innovations.may import CLEAR_INNOVATIONS, KEEP_INNOVATIONS, SEE_INNOVATIONS
from innovations.routes.unit_innovation_shown import in_words, revision_of, show_page, show_text
from innovations.rules import innovation_typed
from innovations.rules.innovation_form import gaps
from innovations.rules.innovation_kinds import KINDS, PAPERS, QUESTIONS
from innovations.rules.innovations import WRITABLE
from innovations.rules.publicity import BenefitShown, Publicity

Act = Callable[[InnovationFacts, Form, int, datetime], Awaitable[object]]


@post("/innovations/desk/{number:int}/secrecy-check", may=CLEAR_INNOVATIONS)
async def clear(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Confirmed by a word of one's own: a button alone is pressed without reading."""

    async def act(one: InnovationFacts, form: Form, by: int, now: datetime) -> None:
        if not form.checked("looked"):
            raise Refused(Problem("innovation_not_looked", "looked"))
        await innovations.clear(one.id, revision_of(form), by, now)

    return await _act(request, number, act, "innovation_cleared", CLEAR_INNOVATIONS)


@post("/innovations/desk/{number:int}/publicity", may=KEEP_INNOVATIONS)
async def set_publicity(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: InnovationFacts, form: Form, by: int, now: datetime) -> None:
        try:
            said = Publicity(form.value("publicity")), BenefitShown(form.value("benefit_shown"))
        except ValueError as error:
            raise Refused(Problem("innovation_publicity", "publicity")) from error
        await innovations.set_publicity(one.id, *said, revision_of(form), by, now)

    return await _act(request, number, act, "innovation_publicity_set")


@post("/innovations/desk/{number:int}/hand-in", may=KEEP_INNOVATIONS)
async def hand_in(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Refused for gaps it comes back as its form, every gap at its field."""
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    form, by, now = await read_form(request), request.user.account_id, datetime.now(UTC)
    try:
        await innovation_versions.hand_in(one.id, form.value("note"), revision_of(form), by, now)
    except Refused as refusal:
        one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
        if gaps(one.said) and one.stage in WRITABLE:
            typed = Form.filled({**innovation_typed.typed(one.said), "revision": str(one.revision)})
            return await show_text(request, one, typed.with_problems(in_words(request, refusal.problems)), 422)
        return await show_page(request, one, _kept(one, form).with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}", done="innovation_handed_in")


@post("/innovations/desk/{number:int}/withdrawal", may=KEEP_INNOVATIONS)
async def withdraw(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: InnovationFacts, form: Form, by: int, now: datetime) -> None:
        note = form.value("why").strip()
        if not note or len(note) > innovation_versions.LONGEST_NOTE:
            raise Refused(Problem("innovation_why", "why", {"most": str(innovation_versions.LONGEST_NOTE)}))
        await innovations.withdraw(one.id, note, revision_of(form), by, now)

    return await _act(request, number, act, "innovation_withdrawn")


@post("/innovations/desk/{number:int}/taking-up", may=KEEP_INNOVATIONS)
async def take_up(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: InnovationFacts, form: Form, by: int, now: datetime) -> None:
        await innovations.take_up(one.id, revision_of(form), by, now)

    return await _act(request, number, act, "innovation_taken_up")


@get("/innovations/desk/{number:int}/versions/{before:int}/{after:int}", may=SEE_INNOVATIONS)
async def compare(
    request: Request[Any, Any, Any], number: FromPath[int], before: FromPath[int], after: FromPath[int]
) -> Response[bytes]:
    """Two versions side by side: only what differs, and what was enclosed since."""
    one = await innovation_reads.one(request.user, number)
    if not 0 < before < after <= one.version:
        raise NotFound
    came = range(before + 1, after + 1)
    papers = [each for each in await innovation_papers.of(one.id, own=False) if each.since in came]
    pictures = [each for each in await innovation_pictures.of(one.id, own=False) if each.since in came]
    return render(
        request,
        "innovations/made/compared.html",
        one=one,
        before=before,
        after=after,
        changes=await innovation_versions.compared(number, before, after),
        papers=papers,
        pictures=pictures,
        paper_words=PAPERS,
        versions={each.number: each for each in await innovation_versions.listed(number)},
        sections={section.code: section for kind in KINDS.values() for section in kind.sections},
        kinds=KINDS,
        industries=INDUSTRIES,
        questions=QUESTIONS,
    )


@post("/innovations/desk/{number:int}/earlier", may=KEEP_INNOVATIONS)
async def set_earlier(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: InnovationFacts, form: Form, by: int, now: datetime) -> None:
        typed, text = form.value("earlier_number").strip(), form.value("earlier")
        if typed:
            text = str(await innovation_earlier.numbered(one.organisation_id, typed))
        if text and not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise Refused(Problem("innovation_earlier", "earlier"))
        await innovations.set_earlier(one.id, int(text) if text else None, revision_of(form), by, now)

    return await _act(request, number, act, "innovation_earlier_set")


@get("/innovations/desk/{number:int}/earlier", may=SEE_INNOVATIONS)
async def earlier(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """What changed since the innovation of another year that it carries on."""
    one = await innovation_reads.one(request.user, number)
    found = await innovation_earlier.of(request.user, one)
    if found is None:
        raise NotFound
    return await _beside(request, one, found)


@get("/innovations/desk/{number:int}/earlier/{other:int}", may=SEE_INNOVATIONS)
async def like_earlier(request: Request[Any, Any, Any], number: FromPath[int], other: FromPath[int]) -> Response[bytes]:
    """The same beside any other that its unit handed in before: the unit may not have said that it carries that on."""
    one = await innovation_reads.one(request.user, number)
    return await _beside(request, one, await innovation_earlier.like(request.user, one, other))


async def _beside(request: Request[Any, Any, Any], one: InnovationFacts, found: Earlier) -> Response[bytes]:
    return render(
        request,
        "innovations/made/earlier.html",
        one=one,
        earlier=found,
        changes=await innovation_earlier.compared(one, found),
        sections={section.code: section for kind in KINDS.values() for section in kind.sections},
        kinds=KINDS,
        industries=INDUSTRIES,
        questions=QUESTIONS,
    )


async def _act(
    request: Request[Any, Any, Any], number: int, act: Act, done: str, permission: Permission = KEEP_INNOVATIONS
) -> Response[Any]:
    one = await innovation_reads.one(request.user, number, permission)
    form = await read_form(request)
    try:
        await act(one, form, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        one = await innovation_reads.one(request.user, number, permission)
        return await show_page(request, one, _kept(one, form).with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}", done=done)


def _kept(one: InnovationFacts, form: Form) -> Form:
    """What was typed in one of the page's forms, and what stands there in the others."""
    standing = {"publicity": one.publicity, "benefit_shown": one.benefit_shown}
    return form.with_values({name: form.value(name) or value for name, value in standing.items()})


HANDLERS = [set_earlier, earlier, like_earlier, clear, set_publicity, hand_in, withdraw, take_up, compare]
