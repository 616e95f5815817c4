"""Organisations moved, merged, closed and opened: the other unit is named, what will happen is said, then confirmed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Problem, Refused
from foundation.people import organisation_moves, organisations
from foundation.people.may import SHAPE_ORGANISATIONS
from foundation.people.organisation_acts import check_place
from foundation.people.organisation_lists import for_officer, named
from foundation.people.organisation_tree import OrganisationFacts, by_ids, count_below
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect
from foundation.web.people.organisation_shown import number, page, refused


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several units that are called the same, and where it stands."""

    id: int
    name: str
    parent: str


@get("/organisations/{organisation_id:int}/place", may=SHAPE_ORGANISATIONS)
async def place_form(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    unit = await for_officer(request.user, organisation_id, SHAPE_ORGANISATIONS)
    return await page(request, "target", unit, what="place", form=_shown(unit), choices=[])


@post("/organisations/{organisation_id:int}/place", may=SHAPE_ORGANISATIONS)
async def move_organisation(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    unit = await for_officer(request.user, organisation_id, SHAPE_ORGANISATIONS)
    form = await read_form(request)

    def check(target: OrganisationFacts) -> None:
        if problem := organisation_moves.move_problem(unit, target):
            raise Refused(problem)
        check_place(unit.kind, target)

    async def act(target: OrganisationFacts) -> Response[Any]:
        shown = number(form.value("was.parent")) or None
        await organisations.move(unit.id, target.id, request.user.actor, datetime.now(UTC), shown)
        return redirect(request, f"/organisations/{unit.id}", done="organisation_moved")

    return await _answer(request, unit, "place", form, check=check, act=act)


@get("/organisations/{organisation_id:int}/merger", may=SHAPE_ORGANISATIONS)
async def merger_form(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    unit = await for_officer(request.user, organisation_id, SHAPE_ORGANISATIONS)
    return await page(request, "target", unit, what="merger", form=_shown(unit), choices=[])


@post("/organisations/{organisation_id:int}/merger", may=SHAPE_ORGANISATIONS)
async def merge_organisations(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    unit = await for_officer(request.user, organisation_id, SHAPE_ORGANISATIONS)
    form = await read_form(request)

    def check(target: OrganisationFacts) -> None:
        if problem := organisation_moves.merge_problem(unit, target):
            raise Refused(problem)

    async def act(target: OrganisationFacts) -> Response[Any]:
        await organisations.merge(unit.id, target.id, request.user.actor, datetime.now(UTC))
        return redirect(request, f"/organisations/{target.id}", done="organisation_merged")

    return await _answer(request, unit, "merger", form, check=check, act=act)


async def _answer(
    request: Request[Any, Any, Any],
    unit: OrganisationFacts,
    what: str,
    form: Form,
    *,
    check: Callable[[OrganisationFacts], None],
    act: Callable[[OrganisationFacts], Any],
) -> Response[Any]:
    """Find the other unit, check, and once it is confirmed act; until then say what will happen."""
    choices: list[Choice] = []
    try:
        found = await _targets(request, form)
        if len(found) > 1:
            choices = await _choices(found)
            raise Refused(Problem("organisation_target_several", "target"))
        check(found[0])
        if form.checked("confirmed"):
            answer: Response[Any] = await act(found[0])
            return answer
    except Refused as refusal:
        problems = [Problem(one.code, "target", one.params) for one in refusal.problems]
        unit = await for_officer(request.user, unit.id, SHAPE_ORGANISATIONS)
        form = refused(request, form, problems).with_values({"was.parent": str(unit.parent_id or "")})
        return await page(request, "target", unit, 422, what=what, form=form, choices=choices)
    moved = await organisation_moves.what_will_move(unit.id) if what == "merger" else []
    count, target = await count_below(unit.path), found[0]
    shown = form.value("was.parent")
    return await page(request, "confirm", unit, what=what, target=target, count=count, moved=moved, shown=shown)


async def _targets(request: Request[Any, Any, Any], form: Form) -> list[OrganisationFacts]:
    """The unit that was chosen, or those called so in this person's part of the tree. Raises Refused, NotFound."""
    if chosen := form.value("target_id"):
        return [await for_officer(request.user, number(chosen))]
    text = " ".join(form.value("target").split())
    if not text:
        raise Refused(Problem("organisation_target_empty", "target"))
    found = await named(text, request.user.hat.path)
    if not found:
        raise Refused(Problem("organisation_target_unknown", "target", {"target": text[:100]}))
    return found


async def _choices(found: list[OrganisationFacts]) -> list[Choice]:
    parents = {one.id: one.name for one in await by_ids(sorted({one.parent_id for one in found if one.parent_id}))}
    return [Choice(one.id, one.name, parents.get(one.parent_id or 0, "")) for one in found]


def _shown(unit: OrganisationFacts) -> Form:
    return Form.filled({"was.parent": str(unit.parent_id or "")})


@get("/organisations/{organisation_id:int}/closing", may=SHAPE_ORGANISATIONS)
async def closing_form(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    unit = await for_officer(request.user, organisation_id, SHAPE_ORGANISATIONS)
    return await page(request, "closing", unit, form=Form(), count=await count_below(unit.path))


@post("/organisations/{organisation_id:int}/closing", may=SHAPE_ORGANISATIONS)
async def close_organisation(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    unit = await for_officer(request.user, organisation_id, SHAPE_ORGANISATIONS)
    try:
        await organisations.close(unit.id, request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        form, count = refused(request, Form(), refusal.problems), await count_below(unit.path)
        return await page(request, "closing", unit, 409, form=form, count=count)
    return redirect(request, f"/organisations/{unit.id}", done="organisation_closed")


@post("/organisations/{organisation_id:int}/opening", may=SHAPE_ORGANISATIONS)
async def open_organisation(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    unit = await for_officer(request.user, organisation_id, SHAPE_ORGANISATIONS)
    try:
        await organisations.open_again(unit.id, request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        form = refused(request, Form(), refusal.problems)
        return await page(request, "closing", unit, 409, form=form, count=0)
    return redirect(request, f"/organisations/{unit.id}", done="organisation_opened")


HANDLERS = [
    place_form,
    move_organisation,
    merger_form,
    merge_organisations,
    closing_form,
    close_organisation,
    open_organisation,
]
