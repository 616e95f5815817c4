"""A round's rules in sections: written in a draft, frozen as a whole, amended section by section with a reason."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import round_drafts, rounds
from craftsmen.may import RUN_ROUNDS
from craftsmen.round_pages import Prepared, channels_for, prepared
from craftsmen.round_reads import RoundFacts, for_officer
from craftsmen.routes.rounds import number
from craftsmen.rules.round_form import read_section
from craftsmen.rules.round_rows import COLUMNS, SECTIONS, edited, fields_of, rows_of
from craftsmen.rules.round_rules import Places
from craftsmen.rules.round_stages import after
from foundation.base.problem import NotFound, Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


def _section(name: str) -> str:
    if name not in SECTIONS:
        raise NotFound
    return name


async def _show(
    request: Request[Any, Any, Any],
    found: RoundFacts,
    section: str,
    form: Form,
    *,
    status: int = 200,
    go_to: str = "",
    now: Prepared | None = None,
    channels: Sequence[Places] | None = None,
) -> Response[bytes]:
    """A section's form with what is typed in it."""
    now = now or await prepared(found)
    return render(
        request,
        "craftsmen/rounds/section.html",
        status,
        round=found,
        section=section,
        prepared=now,
        channels=await channels_for(found, now.rules) if channels is None else channels,
        rows=rows_of(section, form.fields) if section in COLUMNS else [],
        form=form,
        go_to=go_to,
    )


@get("/rounds/manage/{address:str}/rules/{section:str}", may=RUN_ROUNDS)
async def section_page(
    request: Request[Any, Any, Any], address: FromPath[str], section: FromPath[str]
) -> Response[Any]:
    """A draft's section with every inconsistency in it; a frozen round's as an amendment would begin."""
    found = await for_officer(request.user, address)
    if found.public and after("amend", found.stage) is None:
        return redirect(request, f"/rounds/manage/{address}")
    now = await prepared(found)
    channels = await channels_for(found, now.rules)
    fields = fields_of(_section(section), now.rules, channels)
    fields["base"], fields["revision"] = [str(now.number)], [str(found.revision)]
    form = Form(fields).with_problems(now.problems[section])
    return await _show(request, found, section, form, now=now, channels=channels)


@post("/rounds/manage/{address:str}/rules/{section:str}", may=RUN_ROUNDS)
async def change_section(
    request: Request[Any, Any, Any], address: FromPath[str], section: FromPath[str]
) -> Response[Any]:
    """A row's button shows the rows again; `save` saves a draft, or publishes an amendment with its reason."""
    found = await for_officer(request.user, address)
    form = await read_form(request)
    act = form.value("act", "save")
    fields, go_to = edited(_section(section), form.fields, act)
    form = Form(fields)
    if act != "save":
        return await _show(request, found, section, form, go_to=go_to)
    now = await prepared(found)
    channels = await channels_for(found, now.rules)
    made, problems = read_section(section, fields, now.rules, channels)
    try:
        if made is None:
            raise Refused(*problems)
        by = request.user.account_id
        if found.public:
            base, reason = number(form.value("base")), form.value("reason")
            await rounds.amend(found.id, base, made, reason, by=by, now=datetime.now(UTC))
        else:
            await round_drafts.change_rules(found.id, made, number(form.value("revision")), by)
    except Refused as refusal:
        # Saved once more, it replaces what somebody else saved meanwhile: now that is known and meant.
        newest = await for_officer(request.user, address)
        again = {"revision": str(newest.revision), "base": str((await prepared(newest)).number)}
        form = form.with_problems(refusal.problems).with_values(again)
        status = 409 if _late(refusal.problems) else 422
        return await _show(request, newest, section, form, status=status)
    if found.public:
        return redirect(request, f"/rounds/manage/{address}", done="round_amended")
    return redirect(request, f"/rounds/manage/{address}/rules/{section}", done="round_saved")


def _late(problems: Sequence[Problem]) -> bool:
    return any(problem.code.endswith("_meanwhile") for problem in problems)


@get("/rounds/manage/{address:str}/freezing", may=RUN_ROUNDS)
async def freezing_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """The whole as it will be public."""
    found = await for_officer(request.user, address)
    if found.public or after("freeze", found.stage) is None:
        return redirect(request, f"/rounds/manage/{address}")
    return await _freezing(request, found, Form())


async def _freezing(
    request: Request[Any, Any, Any], found: RoundFacts, form: Form, status: int = 200
) -> Response[bytes]:
    now = await prepared(found)
    return render(request, "craftsmen/rounds/freezing.html", status, round=found, prepared=now, form=form)


@post("/rounds/manage/{address:str}/freezing", may=RUN_ROUNDS)
async def freeze(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    found = await for_officer(request.user, address)
    form = await read_form(request)
    try:
        await rounds.freeze(found.id, form.value("seen"), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await _freezing(request, found, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/rounds/manage/{address}", done="round_frozen")


HANDLERS = [section_page, change_section, freezing_page, freeze]
