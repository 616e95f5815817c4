"""A unit applies for subsidies: what is open, its applications, handing in, the report. Load, decide, write, redirect.

The office reads the same page of an application; what it does there stands in `subsidy_checking.py`.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.clock import today
from foundation.base.letters import number_of
from foundation.base.money import read_fen, yuan
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.permissions import Permission
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from foundation.work import returns, two_person
from innovations import (
    subsidies,
    subsidy_applications,
    subsidy_hints,
    subsidy_overlaps,
    subsidy_paying,
    subsidy_reads,
    subsidy_reports,
)
from innovations.innovation_tables import Innovation
from innovations.may import CHECK_APPLICATIONS, SEE_APPLICATIONS, SEE_INNOVATIONS, WRITE_APPLICATIONS
from innovations.rules.payments import Kind, next_payment
from innovations.rules.subsidy_forms import PlanLine, asked_problems, read_asked
from innovations.rules.subsidy_steps import APPLICATION_STAGES, BARS, ApplicationStage, closed_word
from innovations.rules.subsidy_terms import bound_words
from innovations.subsidy_applications import WRITABLE
from innovations.subsidy_reads import Line
from innovations.subsidy_tables import SubsidyApplication

AT = "/subsidies/applications"
Act = Callable[[Line, Form], Awaitable[None]]


@get(AT, may=WRITE_APPLICATIONS)
async def application_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _list(request, Form())


@post(AT, may=WRITE_APPLICATIONS)
async def begin(request: Request[Any, Any, Any]) -> Response[Any]:
    form, user = await read_form(request), request.user
    try:
        innovation = number_of(form.value("innovation"))
        await subsidy_reads.may_apply_for(user.hat.organisation_id, innovation)
        made = await subsidy_applications.begin(
            number_of(form.value("round")), innovation, user.account_id, datetime.now(UTC)
        )
    except Refused as refusal:
        return await _list(request, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{made}")


@get(AT + "/{number:int}", may=SEE_APPLICATIONS)
async def application_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await page(request, await subsidy_reads.one(request.user, number), Form())


@post(AT + "/{number:int}/draft", may=WRITE_APPLICATIONS)
async def save(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Keep what was typed, and hand it in where that button was pressed."""
    hands_in = (await read_form(request)).checked("then", "hand_in")

    async def act(line: Line, form: Form) -> None:
        asked, problems = read_asked({name: form.value(name) for name in ("cost", "purpose", "plan")})
        if hands_in:
            unread = {one.field for one in problems}
            problems += [one for one in asked_problems(asked) if one.field not in unread]
        if problems:
            raise Refused(*problems)
        by, now, revision = request.user.account_id, datetime.now(UTC), number_of(form.value("revision"))
        await subsidy_applications.save(line.application.id, asked, revision, by)
        if hands_in:
            await subsidy_applications.hand_in(line.application.id, revision + 1, by, now, zone_of(request))

    return await done(request, number, act, "subsidy_handed_in" if hands_in else "subsidy_saved", WRITE_APPLICATIONS)


@post(AT + "/{number:int}/withdrawal", may=WRITE_APPLICATIONS)
async def withdraw(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        revision = number_of(form.value("revision"))
        await subsidy_applications.withdraw(line.application.id, revision, request.user.account_id)

    return await done(request, number, act, "subsidy_withdrawn", WRITE_APPLICATIONS)


@post(AT + "/{number:int}/giving-up", may=WRITE_APPLICATIONS)
async def give_up(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        revision = number_of(form.value("revision"))
        await subsidy_paying.give_up(line.application.id, revision, request.user.account_id)

    return await done(request, number, act, "subsidy_given_up", WRITE_APPLICATIONS)


@post(AT + "/{number:int}/report", may=WRITE_APPLICATIONS)
async def hand_in_report(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        spent, problems = read_fen(form.value("spent"), "spent")
        if spent is None:
            raise Refused(*problems, *subsidy_reports.result_problems(form.value("result")))
        revision, by = number_of(form.value("revision")), request.user.account_id
        await subsidy_reports.hand_in(line.application.id, spent, form.value("result"), revision, by, datetime.now(UTC))

    return await done(request, number, act, "subsidy_reported", WRITE_APPLICATIONS)


async def done(
    request: Request[Any, Any, Any], number: int, act: Act, word: str, permission: Permission
) -> Response[Any]:
    """Load, act, redirect; what cannot be done comes back with every word that was typed."""
    line = await subsidy_reads.one(request.user, number, permission)
    form = await read_form(request)
    try:
        await act(line, form)
    except Refused as refusal:
        line = await subsidy_reads.one(request.user, number, permission)
        return await page(request, line, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{number}", done=word)


async def page(request: Request[Any, Any, Any], line: Line, form: Form, status: int = 200) -> Response[bytes]:
    """The page of an application, for the unit and for the office, each with its own forms."""
    one = line.application
    writes = await _may(request, WRITE_APPLICATIONS, one.id)
    checks = await _may(request, CHECK_APPLICATIONS, one.id)
    of = await subsidies.by_id(one.round_id)
    closed = closed_word(one.stage, of.stage, late=today() > of.apply_until)
    writing = writes and one.stage in WRITABLE and not closed
    checking = checks and one.stage is ApplicationStage.HANDED_IN
    report = await subsidy_reports.of(one.id)
    if not form.fields:
        form = Form.filled({
            "cost": yuan(one.asked.cost) if one.asked.cost else "", "purpose": one.asked.purpose,
            "plan": plan_text(one.asked.plan), "spent": yuan(report.spent) if report else "",
            "result": report.result if report else "",
        })  # fmt: skip
    money = one.granted is not None and one.stage in subsidy_paying.SHOWN
    stands = await subsidy_paying.stands(one) if money else None
    plan = await subsidy_paying.plan(one) if money else []
    if stands and checks and one.stage in subsidy_paying.PAYS and not form.value("amount"):
        due = next_payment(plan, stands.paid)
        form = form.with_values({"amount": yuan(due) if due else "", "kind": form.value("kind") or Kind.PAID.value})
    return render(
        request,
        "innovations/subsidies/application.html",
        status,
        line=line,
        one=one,
        form=form.with_values({"revision": str(one.revision)}),
        round=of,
        ended=Problem(closed) if writes and closed else None,
        channel_names=await subsidy_reads.channel_names(of.terms),
        stages=APPLICATION_STAGES,
        bars=BARS,
        writing=writing,
        hints=await subsidy_hints.bars(one, of.terms, datetime.now(UTC)) if writing or checking else [],
        checking=checking,
        innovation=await _opens(request, one.innovation_id),
        bounds=bound_words(of.terms.method),
        writes=writes,
        checks=checks,
        overlaps=(await subsidy_overlaps.undecided([one.id])).get(one.id, 0) if checks else 0,
        returned=await returns.open_fields(one.subject) if one.stage is ApplicationStage.RETURNED else None,
        money=stands,
        instalments=plan,
        due=subsidy_paying.report_by(one, of, await subsidy_paying.first_paid(one)) if money else None,
        today=today(),
        movements=await subsidy_paying.movements(one.id) if money else [],
        report=report,
        act=await two_person.open_act(subsidy_paying.MOVE.code, one.subject) if checks else None,
    )


def plan_text(plan: tuple[PlanLine, ...]) -> str:
    """A plan as it is typed, a line each."""
    return "\n".join(f"{one.what}：{yuan(one.amount)}" for one in plan)


async def _may(request: Request[Any, Any, Any], permission: Permission, number: int) -> bool:
    return permission.possible(request.user) and await permission.allows(request.user, SubsidyApplication.id == number)


async def _opens(request: Request[Any, Any, Any], innovation: int) -> bool:
    """Whether the reader may open the innovation that it is for."""
    return SEE_INNOVATIONS.possible(request.user) and await SEE_INNOVATIONS.allows(
        request.user, Innovation.id == innovation
    )


async def _list(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    if request.user.hat is None:
        raise NotFound
    rows = await subsidy_reads.of_unit(request.user, read_cursor(request))
    choices, more = await subsidy_reads.choices(request.user.hat.organisation_id)
    return render(
        request,
        "innovations/subsidies/unit.html",
        status,
        page=page_of(rows, subsidy_reads.PAGE, lambda line: line.application.id),
        form=form,
        open_rounds=await subsidy_reads.open_rounds(request.user.hat.organisation_id),
        choices=choices,
        more=more,
        stages=APPLICATION_STAGES,
    )


HANDLERS = [application_list, begin, application_page, save, withdraw, give_up, hand_in_report]
