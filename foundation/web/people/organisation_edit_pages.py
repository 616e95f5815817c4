"""Organisations made below another, their facts and names changed.

Forms carry what they showed (`was.<field>`), so that what somebody else changed meanwhile is told, never replaced
unseen.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import Refused
from foundation.people import organisations
from foundation.people.may import KEEP_ORGANISATIONS, SHAPE_ORGANISATIONS
from foundation.people.organisation_draft import FIELDS, read_draft, typed_of
from foundation.people.organisation_kinds import BELOW
from foundation.people.organisation_lists import for_officer
from foundation.people.organisation_tree import OrganisationFacts
from foundation.web.forms import Form, read_form
from foundation.web.pages import language_of, redirect
from foundation.web.people.organisation_shown import may_shape, options, page, refused

NAMES = ("name", "short_name")
FACTS = ("code", "union_code", "industry", "chain", "ownership", "headcount", "contact_email")
PLACING = ("kind", "position")  # for those who may also move it
WAS = "was."


@get("/organisations/{organisation_id:int}/new", may=KEEP_ORGANISATIONS)
async def new_organisation(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    parent = await for_officer(request.user, organisation_id)
    return await _form(request, parent, "new", FIELDS, form=Form())


@post("/organisations/{organisation_id:int}/new", may=KEEP_ORGANISATIONS)
async def create_organisation(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    parent = await for_officer(request.user, organisation_id)
    form = await read_form(request)
    draft, problems = read_draft({name: form.value(name) for name in FIELDS})
    try:
        if draft is None:
            raise Refused(*problems)
        made = await organisations.create(parent.id, draft, request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        return await _form(request, parent, "new", FIELDS, form=refused(request, form, refusal.problems), status=422)
    return redirect(request, f"/organisations/{made}", done="organisation_created")


@get("/organisations/{organisation_id:int}/facts", may=KEEP_ORGANISATIONS)
async def facts_form(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    unit = await for_officer(request.user, organisation_id)
    return await _form(request, unit, "facts", await _facts_for(request, unit), form=_filled(unit))


@post("/organisations/{organisation_id:int}/facts", may=KEEP_ORGANISATIONS)
async def change_facts(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    unit = await for_officer(request.user, organisation_id)
    return await _change(request, unit, "facts", await _facts_for(request, unit), "organisation_changed")


@get("/organisations/{organisation_id:int}/name", may=SHAPE_ORGANISATIONS)
async def name_form(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[bytes]:
    unit = await for_officer(request.user, organisation_id, SHAPE_ORGANISATIONS)
    return await _form(request, unit, "name", NAMES, form=_filled(unit))


@post("/organisations/{organisation_id:int}/name", may=SHAPE_ORGANISATIONS)
async def change_name(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    unit = await for_officer(request.user, organisation_id, SHAPE_ORGANISATIONS)
    return await _change(request, unit, "name", NAMES, "organisation_renamed")


async def _change(
    request: Request[Any, Any, Any], unit: OrganisationFacts, what: str, fields: Sequence[str], done: str
) -> Response[Any]:
    form = await read_form(request)
    sent = set(form.names())
    typed = {name: form.value(name) for name in fields if name in sent}
    shown = {name: form.value(WAS + name) for name in fields if WAS + name in sent}
    try:
        await organisations.change(unit.id, typed, request.user.actor, datetime.now(UTC), shown)
    except Refused as refusal:
        meanwhile = any(problem.code == "organisation_meanwhile" for problem in refusal.problems)
        unit = await for_officer(request.user, unit.id)
        if meanwhile:  # now they have seen it: saving once more is meant
            form = form.with_values({WAS + name: text for name, text in typed_of(unit).items()})
        form = refused(request, form, refusal.problems)
        return await _form(request, unit, what, fields, form=form, status=409 if meanwhile else 422)
    return redirect(request, f"/organisations/{unit.id}", done=done)


async def _facts_for(request: Request[Any, Any, Any], unit: OrganisationFacts) -> tuple[str, ...]:
    placed = unit.parent_id is not None and await may_shape(request, unit)
    return (*PLACING, *FACTS) if placed else FACTS


def _filled(unit: OrganisationFacts) -> Form:
    values = typed_of(unit)
    return Form.filled({**values, **{WAS + name: text for name, text in values.items()}})


async def _form(
    request: Request[Any, Any, Any],
    unit: OrganisationFacts,
    what: str,
    fields: Sequence[str],
    *,
    form: Form,
    status: int = 200,
) -> Response[bytes]:
    language = language_of(request)
    kinds = [("", "–"), *options("kind", language, BELOW[unit.kind])] if what == "new" else options("kind", language)
    return await page(
        request,
        "form",
        unit,
        status,
        what=what,
        fields=fields,
        form=form,
        kinds=kinds,
        industries=options("industry", language),
        ownerships=options("ownership", language),
    )


HANDLERS = [
    new_organisation,
    create_organisation,
    facts_form,
    change_facts,
    name_form,
    change_name,
]
