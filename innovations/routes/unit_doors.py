"""Posters of a unit, its own tables of rewards, and its deadlines."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.money import yuan
from foundation.base.problem import Problem, Refused
from foundation.files.names import download_headers
from foundation.papers import posters
from foundation.web.forms import Form, read_form
from foundation.web.pages import pages_of, redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from innovations import proposal_deadlines, proposal_doors, proposal_papers, reward_tables
from innovations.may import KEEP_DOORS, KEEP_REWARD_TABLES
from innovations.rules.answers import read_deadlines
from innovations.rules.reward_form import MOST_TIERS, read_table
from innovations.rules.rewards import PRESETS, Tier, table_of


@get("/proposals/doors", may=KEEP_DOORS)
async def doors_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _doors(request, Form())


@post("/proposals/doors", may=KEEP_DOORS)
async def open_door(request: Request[Any, Any, Any]) -> Response[Any]:
    form, user = await read_form(request), request.user
    try:
        await proposal_doors.open_door(
            form.value("place"), user.hat.organisation_id, user.account_id, datetime.now(UTC)
        )
    except Refused as refusal:
        return await _doors(request, form.with_problems(refusal.problems), 422)
    return redirect(request, "/proposals/doors", done="proposal_door_opened")


@post("/proposals/doors/{number:int}/closing", may=KEEP_DOORS)
async def close_door(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    door = await proposal_doors.for_user(request.user, number)
    await read_form(request)
    await proposal_doors.close_door(door.id, request.user.account_id, datetime.now(UTC))
    return redirect(request, "/proposals/doors", done="proposal_door_closed")


@get("/proposals/doors/{number:int}/poster.pdf", may=KEEP_DOORS)
async def poster(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """A4, to be hung up; the address in its code is the registry's public one."""
    door = await proposal_doors.for_user(request.user, number)
    url = pages_of(request).settings.public_url
    if not url:
        raise Refused(Problem("proposal_poster_nowhere"))
    made = proposal_papers.poster(door, url, f"{door.code[:5]} {door.code[5:]}")
    content = await posters.to_pdf([made], datetime.now(UTC).astimezone(zone_of(request)))
    headers = {
        **download_headers(f"扫码提建议-{door.place or door.organisation}.pdf"),
        "cache-control": "private, no-store",
    }
    return Response(content=content, media_type="application/pdf", headers=headers)


@get("/proposals/rules", may=KEEP_REWARD_TABLES)
async def rules_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _rules(request, Form(), Form())


@post("/proposals/rules", may=KEEP_REWARD_TABLES)
async def add_table(request: Request[Any, Any, Any]) -> Response[Any]:
    form, user, now = await read_form(request), request.user, datetime.now(UTC)
    said, problems = read_table(_values(form), now.astimezone(zone_of(request)).date())
    try:
        if said is None:
            raise Refused(*problems)
        await reward_tables.add(*said, user.hat.organisation_id, user.account_id, now)
    except Refused as refusal:
        return await _rules(request, form.with_problems(refusal.problems), Form(), 422)
    return redirect(request, "/proposals/rules", done="reward_table_added")


@post("/proposals/rules/{number:int}/removal", may=KEEP_REWARD_TABLES)
async def take_table_back(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    table, user = await reward_tables.for_user(request.user, number), request.user
    form = await read_form(request)
    try:
        await reward_tables.take_back(table, user.hat.organisation_id, user.account_id)
    except Refused as refusal:
        return await _rules(request, form.with_problems(refusal.problems), Form(), 422)
    return redirect(request, "/proposals/rules", done="reward_table_taken_back")


@post("/proposals/rules/deadlines", may=KEEP_REWARD_TABLES)
async def set_deadlines(request: Request[Any, Any, Any]) -> Response[Any]:
    form, user = await read_form(request), request.user
    said, problems = read_deadlines(_values(form))
    if said is None:
        return await _rules(request, Form(), form.with_problems(problems), 422)
    await proposal_deadlines.put(said, user.hat.organisation_id, user.account_id, datetime.now(UTC))
    return redirect(request, "/proposals/rules", done="proposal_deadlines_set")


def _values(form: Form) -> dict[str, str]:
    return {name: form.value(name) for name in form.names()}


async def _doors(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    doors = await proposal_doors.of_unit(request.user)
    return render(request, "innovations/unit/doors.html", status, doors=doors, form=form)


async def _rules(request: Request[Any, Any, Any], form: Form, days: Form, status: int = 200) -> Response[bytes]:
    unit, today = request.user.hat.organisation_id, datetime.now(UTC).astimezone(zone_of(request)).date()
    own, deadlines = await reward_tables.of_unit(unit), await proposal_deadlines.of(unit)
    if not days.fields:
        names = ("take_up", "decide", "begin")
        days = Form.filled({name: str(getattr(deadlines, name)) for name in names})
    holding = table_of(own, today)
    begun = _begun(holding.tiers if holding else (), today.isoformat())
    return render(
        request,
        "innovations/unit/rules.html",
        status,
        form=form if form.fields else Form.filled(begun).with_problems(form.problems),
        days=days,
        own=own,
        unused={table.code for table in own} - await reward_tables.used([table.code for table in own]),
        presets=PRESETS,
        holding=holding,
        numbers=range(1, MOST_TIERS + 1),
    )


def _begun(tiers: Sequence[Tier], today: str) -> dict[str, str]:
    """A new table begins as the one that holds now: its tiers are changed, not typed again."""
    values = {"from_day": today}
    for number, tier in enumerate(tiers, 1):
        amounts = {"from": tier.from_fen, "least": tier.least, "most": tier.most}
        values |= {f"{name}-{number}": yuan(fen).replace(",", "") for name, fen in amounts.items()}
        values |= {f"name-{number}": tier.name, f"for-{number}": tier.significance}
    return values


HANDLERS = [doors_page, open_door, close_door, poster, rules_page, add_table, take_table_back, set_deadlines]
