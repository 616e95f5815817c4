"""What the office does with one application: eligibility, amounts by hand, payments with their proof, the report."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.letters import number_of
from foundation.base.money import read_fen
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.limits import PAPER
from foundation.web.files.downloads import download
from foundation.web.files.taking import take_file
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect
from foundation.web.uploads import takes
from innovations import (
    subsidies,
    subsidy_applications,
    subsidy_paying,
    subsidy_ranking,
    subsidy_reads,
    subsidy_reports,
)
from innovations.may import CHECK_APPLICATIONS, SEE_APPLICATIONS
from innovations.routes.subsidy_unit import AT, done, page
from innovations.rules.payments import Kind, Movement
from innovations.rules.subsidy_forms import bars_problems
from innovations.rules.subsidy_steps import BARS
from innovations.subsidy_reads import Line

RETURNABLE = ("cost", "purpose", "plan")


@post(AT + "/{number:int}/check", may=CHECK_APPLICATIONS)
async def check(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """In order, not eligible with a reason, given back with notes, or looked at again."""

    async def act(line: Line, form: Form) -> None:
        one, by, word = line.application, request.user.account_id, form.value("word")
        revision = number_of(form.value("revision"))
        if word == "admit":
            await subsidy_ranking.check(one.id, [], revision, by)
        elif word == "not_admit":
            terms, why = (await subsidies.by_id(one.round_id)).terms, form.value("why_not").strip()
            bars = [code for code in BARS if code in form.values("bars") and terms.bars_out(code)]
            if problems := bars_problems(bars, why):
                raise Refused(*problems)
            await subsidy_ranking.check(one.id, bars, revision, by, why)
        elif word == "return":
            notes = {name: form.value(f"note-{name}") for name in RETURNABLE if form.value(f"note-{name}").strip()}
            try:
                await subsidy_applications.give_back(one.id, notes, by, datetime.now(UTC))
            except Refused as refusal:
                raise Refused(*_at_notes(refusal.problems)) from None
        elif word == "reopen":
            await subsidy_ranking.check_again(one.id, revision, by)
        else:
            raise Refused(Problem("subsidy_word_missing", "word"))

    return await done(request, number, act, "subsidy_checked", CHECK_APPLICATIONS)


@post(AT + "/{number:int}/amount", may=CHECK_APPLICATIONS)
async def pin(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        amount: int | None = None
        if form.value("amount").strip():
            amount, problems = read_fen(form.value("amount"), "amount")
            if problems:
                raise Refused(*problems)
        revision, by = number_of(form.value("revision")), request.user.account_id
        await subsidy_ranking.pin(line.application.id, amount, form.value("reason"), revision, by)

    return await done(request, number, act, "subsidy_pinned", CHECK_APPLICATIONS)


@post(AT + "/{number:int}/payments", may=CHECK_APPLICATIONS, **takes(PAPER))
async def pay(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    line = await subsidy_reads.one(request.user, number, CHECK_APPLICATIONS)
    taken = await take_file(request, await read_form(request), "proof", PAPER)
    form, problems = taken.form, list(taken.problems)
    amount, wrong = read_fen(form.value("amount"), "amount")
    problems += wrong
    kind = Kind.RETURNED if form.value("kind") == Kind.RETURNED.value else Kind.PAID
    if (paid_on := _day(form.value("paid_on"))) is None:
        problems.append(Problem("subsidy_day", "paid_on"))
    one, reason, now = None if amount is None else Movement(kind, amount), form.value("reason"), datetime.now(UTC)
    try:
        if problems or taken.id is None or one is None or paid_on is None:
            problems += await subsidy_paying.wrong_with(line.application, one, paid_on, reason, now)
            raise Refused(*problems)
        act = await subsidy_paying.ask(
            number, one, paid_on, taken.id, reason, request.user.account_id, now, short=form.checked("rest"),
        )  # fmt: skip
    except Refused as refusal:
        return await page(request, line, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/acts/{act}", done="subsidy_payment_asked")


@post(AT + "/{number:int}/settlement", may=CHECK_APPLICATIONS)
async def settle(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Accept the report and settle, or give it back with what is missing."""

    async def act(line: Line, form: Form) -> None:
        by, revision = request.user.account_id, number_of(form.value("revision"))
        if form.value("word") == "return":
            await subsidy_reports.give_back(line.application.id, form.value("note"), revision, by)
        else:
            short = form.checked("short")
            await subsidy_reports.settle(line.application.id, short, revision, by, datetime.now(UTC))

    return await done(request, number, act, "subsidy_settled", CHECK_APPLICATIONS)


@get(AT + "/{number:int}/proofs/{movement:int}", may=SEE_APPLICATIONS)
async def proof(request: Request[Any, Any, Any], number: FromPath[int], movement: FromPath[int]) -> Response[Any]:
    line = await subsidy_reads.one(request.user, number)
    found = [one for one in await subsidy_paying.movements(line.application.id) if one.id == movement]
    if not found:
        raise NotFound
    return await download(found[0].proof)


def _at_notes(problems: Sequence[Problem]) -> list[Problem]:
    """What is wrong with a note stands at the note's field."""
    return [Problem(one.code, f"note-{one.field}", one.params) if one.field in RETURNABLE else one for one in problems]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def form_of(form: Form) -> dict[str, str]:
    """Every value of a form by its name."""
    return {name: form.value(name) for name in form.names()}


HANDLERS = [check, pin, pay, settle, proof]
