"""A unit's studios: applying under a call, members and results, handing in, the report of a year.

Load, decide, write, redirect.
"""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen.choosing import Choice, choose
from foundation.base.letters import number_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_words import INDUSTRIES
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from innovations import (
    innovation_reads,
    studio_members,
    studio_reads,
    studio_results,
    studio_rising,
    studio_years,
    studios,
)
from innovations.may import KEEP_INNOVATIONS
from innovations.may_studios import KEEP_STUDIOS, SEE_STUDIOS
from innovations.routes.studio_shown import AT, done, in_words, show, today_of, values_of
from innovations.rules.studio_form import name_problems, read_day, read_studio
from innovations.rules.studios import STAGES
from innovations.studio_reads import PAGE, Line


@get("/studios/own", may=KEEP_STUDIOS)
async def own_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _list(request, Form(), Choice())


@post("/studios/own", may=KEEP_STUDIOS)
async def begin(request: Request[Any, Any, Any]) -> Response[Any]:
    """The leader is one of the own workers; without a name it is called after them."""
    form, user = await read_form(request), request.user
    leader = await choose(user, "leader", form.value("leader"), form.value("leader_id"), kept=True, shown=False)
    founded, wrong = read_day(form.value("founded_on"), "founded_on", today_of(request))
    call, name = number_of(form.value("round")), " ".join(form.value("name").split())
    problems = [*leader.problems, *wrong, *name_problems(name)]
    if not call:
        problems.append(Problem("studio_not_open", "round"))
    if leader.one is None or founded is None or problems:
        return await _list(request, form.with_problems(problems), leader, 422)
    name = name or f"{leader.one.name}创新工作室"
    try:
        made = await studios.begin(
            call, name, leader.one.id, founded, user.hat.organisation_id, user.account_id,
            datetime.now(UTC),
        )  # fmt: skip
    except Refused as refusal:
        return await _list(request, form.with_problems(refusal.problems), leader, 422)
    return redirect(request, f"{AT}/{made}")


@get(AT + "/{number:int}", may=SEE_STUDIOS)
async def file(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await show(request, await studio_reads.one(request.user, number), Form())


@post(AT + "/{number:int}/draft", may=KEEP_STUDIOS)
async def save(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Keep what was typed, and apply where that button was pressed: then every standard that is not met is told."""
    line = await studio_reads.one(request.user, number, KEEP_STUDIOS)
    form = await read_form(request)
    by, now, revision = request.user.account_id, datetime.now(UTC), number_of(form.value("revision"))
    applies = form.checked("then", "apply")
    try:
        draft, problems = read_studio(values_of(form), list(INDUSTRIES), today_of(request))
        if draft is None:
            raise Refused(*problems)
        results = [number_of(one) for one in form.values("results")]
        await studios.save(line.studio.id, draft, results, revision, by, now)
        if applies:
            await studios.hand_in(line.studio.id, revision + 1, by, now, zone_of(request))
    except Refused as refusal:
        line = await studio_reads.one(request.user, number, KEEP_STUDIOS)
        return await show(request, line, form.with_problems(in_words(refusal.problems)), 422)
    return redirect(request, f"{AT}/{number}", done="studio_applied" if applies else "studio_saved")


@post(AT + "/{number:int}/members", may=KEEP_STUDIOS)
async def add_member(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    line = await studio_reads.one(request.user, number, KEEP_STUDIOS)
    form = await read_form(request)
    member = await choose(request.user, "member", form.value("member"), form.value("member_id"), kept=True, shown=False)
    since, wrong = read_day(form.value("since"), "since", today_of(request))
    problems = [*member.problems, *wrong]
    try:
        if member.one is None or since is None:
            raise Refused(*problems)
        await studio_members.add(number, member.one.id, since, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await show(request, line, form.with_problems(refusal.problems), 422, member.several)
    return redirect(request, f"{AT}/{number}", done="studio_members_kept")


@post(AT + "/{number:int}/members/{member:int}/leaving", may=KEEP_STUDIOS)
async def end_member(request: Request[Any, Any, Any], number: FromPath[int], member: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        until, wrong = read_day(form.value(f"until-{member}") or today_of(request).isoformat(), f"until-{member}",
                                today_of(request))  # fmt: skip
        if until is None:
            raise Refused(*wrong)
        await studio_members.end(number, member, until, request.user.account_id, datetime.now(UTC))

    return await done(request, number, KEEP_STUDIOS, act, "studio_members_kept")


@post(AT + "/{number:int}/withdrawal", may=KEEP_STUDIOS)
async def withdraw(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        await studios.withdraw(number, number_of(form.value("revision")), request.user.account_id, datetime.now(UTC))

    return await done(request, number, KEEP_STUDIOS, act, "studio_withdrawn")


@post(AT + "/{number:int}/rising", may=KEEP_STUDIOS)
async def rise(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """A studio that bears a name applies under a call of a higher level; everything stands there already."""
    line = await studio_reads.one(request.user, number, KEEP_STUDIOS)
    form = await read_form(request)
    try:
        if not (call := number_of(form.value("round"))):
            raise Refused(Problem("studio_not_open", "round"))
        made = await studio_rising.begin(call, number, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return await show(request, line, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{made}", done="studio_rise_begun")


@post(AT + "/{number:int}/years", may=KEEP_STUDIOS)
async def report(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """The figures of a year; how many results there are is counted, not typed."""

    async def act(line: Line, form: Form) -> None:
        values = {name: form.value(f"year-{name}") for name in ("trainings", "upgraded", "fund")}
        try:
            await studio_years.report(
                number, number_of(form.value("year")), values, request.user.account_id, today_of(request)
            )
        except Refused as refusal:
            raise Refused(*(_of_year(one) for one in refusal.problems)) from refusal

    return await done(request, number, KEEP_STUDIOS, act, "studio_reported")


@post("/innovations/desk/{number:int}/studio", may=KEEP_INNOVATIONS)
async def of_studio(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """An innovation is the result of one of its unit's studios, or of none."""
    one, form = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS), await read_form(request)
    chosen = number_of(form.value("studio")) or None
    await studio_results.put(one.id, chosen, one.organisation_id, request.user.account_id)
    return redirect(request, f"/innovations/desk/{number}", done="studio_linked")


def _of_year(one: Problem) -> Problem:
    """A problem at the field of the report, which stands beside the form of the studio."""
    named = f"year-{one.field}" if one.field in {"trainings", "upgraded", "fund"} else one.field
    return Problem(one.code, named, one.params)


async def _list(request: Request[Any, Any, Any], form: Form, leader: Choice, status: int = 200) -> Response[bytes]:
    if request.user.hat is None:
        raise NotFound
    rows = await studio_reads.of_unit(request.user, read_cursor(request))
    return render(
        request,
        "innovations/studios/own.html",
        status,
        page=page_of(rows, PAGE, lambda line: line.studio.id),
        form=form,
        leaders=leader.several,
        calls=await studio_reads.open_calls(request.user.hat.organisation_id),
        stages=STAGES,
    )


HANDLERS = [own_list, begin, file, save, add_member, end_member, withdraw, rise, report, of_studio]
