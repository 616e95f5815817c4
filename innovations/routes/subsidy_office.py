"""Rounds of subsidies for those who run them: terms, applications, ranking, allocation, notice, granting.

Load, decide, write, redirect.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from msgspec.structs import replace

from foundation.base.clock import today
from foundation.base.letters import number_of
from foundation.base.money import read_fen, yuan
from foundation.base.problem import Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from foundation.work import two_person
from innovations import (
    subsidies,
    subsidy_allocating,
    subsidy_notices,
    subsidy_overlaps,
    subsidy_paying,
    subsidy_ranking,
    subsidy_reads,
)
from innovations.may import RUN_SUBSIDIES
from innovations.routes.subsidy_checking import form_of
from innovations.rules.allocation import changes
from innovations.rules.subsidy_forms import PERCENT, ranks_problems, read_round
from innovations.rules.subsidy_steps import APPLICATION_STAGES, BARS, STAGES, Stage
from innovations.rules.subsidy_terms import CHOSEN_BARS, Grant, bound_words
from innovations.subsidies import RoundFacts

AT = "/subsidies/desk"
Act = Callable[[RoundFacts, Form], Awaitable[None]]


@get(AT, may=RUN_SUBSIDIES)
async def round_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    rows = await subsidy_reads.rounds_run(request.user, read_cursor(request))
    page = page_of(rows, subsidy_reads.PAGE, lambda one: one.id)
    return render(request, "innovations/subsidies/list.html", page=page, stages=STAGES)


@get(AT + "/new", may=RUN_SUBSIDIES)
async def new_round(request: Request[Any, Any, Any]) -> Response[bytes]:
    usual = {"method": "in_order", "instalments": "60 40", "report_months": "12"}
    return _form(request, Form.filled({**usual, "bars": CHOSEN_BARS}))


@post(AT + "/new", may=RUN_SUBSIDIES)
async def create(request: Request[Any, Any, Any]) -> Response[Any]:
    form, user, now = await read_form(request), request.user, datetime.now(UTC)
    channels = await subsidy_reads.channels(user.hat.path)
    year = now.astimezone(zone_of(request)).year
    draft, problems = read_round(form_of(form), year, channels, form.values("bars"))
    if draft is None:
        return _form(request, form.with_problems(problems), 422)
    address = await subsidies.create(draft, user.hat.organisation_id, user.account_id, now)
    return redirect(request, f"{AT}/{address.rpartition('-')[2]}", done="subsidy_round_made")


@get(AT + "/{number:int}", may=RUN_SUBSIDIES)
async def round_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await subsidy_reads.round_run(request.user, number), Form())


@post(AT + "/{number:int}/draft", may=RUN_SUBSIDIES)
async def change(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Keep the terms, and freeze them where that button was pressed."""
    freezes = (await read_form(request)).checked("then", "freeze")

    async def act(found: RoundFacts, form: Form) -> None:
        now, by, zone = datetime.now(UTC), request.user.account_id, zone_of(request)
        channels = await subsidy_reads.channels(request.user.hat.path)
        draft, problems = read_round(form_of(form), found.year, channels, form.values("bars"))
        if draft is None:
            raise Refused(*problems)
        revision = number_of(form.value("revision"))
        await subsidies.change(found.id, draft, revision, by)
        if freezes:
            await subsidies.freeze(found.id, revision + 1, by, now, zone)

    return await _done(request, number, act, "subsidy_round_frozen" if freezes else "subsidy_round_saved")


@post(AT + "/{number:int}/step", may=RUN_SUBSIDIES)
async def step(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Close applications, go back to checking, cancel, close the round."""
    steps = {
        "check_again": subsidy_allocating.check_again,
        "cancel": subsidies.cancel,
        "close": subsidies.close,
    }

    async def act(found: RoundFacts, form: Form) -> None:
        if form.value("step") == "close_applications":
            early = today() <= found.apply_until
            if early and not form.checked("early"):
                raise Refused(Problem("subsidy_early", "early"))
            return await subsidies.close_applications(found.id, request.user.account_id, early=early)
        taken = steps.get(form.value("step"))
        if taken is None:
            raise Refused(Problem("subsidy_word_missing", "step"))
        return await taken(found.id, request.user.account_id)

    return await _done(request, number, act, "subsidy_step_taken")


@post(AT + "/{number:int}/ranking", may=RUN_SUBSIDIES)
async def rank(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """The ranks that were typed beside the admitted applications, from 1."""

    async def act(found: RoundFacts, form: Form) -> None:
        ranked = [one.id for one in await subsidy_ranking.ranked(found.id)]
        typed = {one: number_of(form.value(f"rank-{one}")) for one in ranked}
        if problems := ranks_problems(list(typed.values())):
            raise Refused(*problems)
        await subsidy_ranking.rank(found.id, sorted(ranked, key=typed.__getitem__), request.user.account_id)

    return await _done(request, number, act, "subsidy_ranked")


@post(AT + "/{number:int}/allocation", may=RUN_SUBSIDIES)
async def allocate(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(found: RoundFacts, form: Form) -> None:
        await subsidy_allocating.propose(found.id, request.user.account_id, datetime.now(UTC))

    return await _done(request, number, act, "subsidy_allocated")


@get(AT + "/{number:int}/what-if", may=RUN_SUBSIDIES)
async def what_if(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """What another budget or ceiling would give; nothing is kept."""
    found = await subsidy_reads.round_run(request.user, number)
    asked = {name: request.query_params.get(name, "") for name in ("budget", "item")}
    form, terms, problems = Form.filled(asked), found.terms, list[Problem]()
    for name, text in asked.items():
        if text.strip():
            fen, wrong = read_fen(text, name)
            problems += wrong
            terms = terms if fen is None else replace(terms, **{name: fen})
    grants: tuple[Grant, ...] | None = None
    if not problems:
        try:
            grants = await subsidy_allocating.what_if(found.id, terms)
        except Refused as refusal:
            problems = list(refusal.problems)
    return await _page(request, found, form.with_problems(problems), 422 if problems else 200, grants)


@post(AT + "/{number:int}/approval", may=RUN_SUBSIDIES)
async def ask_approval(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(found: RoundFacts, form: Form) -> None:
        chosen, by, now = number_of(form.value("number")), request.user.account_id, datetime.now(UTC)
        await subsidy_allocating.ask_approval(found.id, chosen, form.value("reason"), by, now)

    return await _done(request, number, act, "subsidy_approval_asked")


@post(AT + "/{number:int}/notice", may=RUN_SUBSIDIES)
async def to_notice(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    found = await subsidy_reads.round_run(request.user, number)
    form = await read_form(request)
    words = [form.value(name) for name in ("title", "text", "contact")]
    try:
        address = await subsidy_notices.open_notice(found.id, *words, by=request.user.account_id, now=datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/notices/manage/{address}", done="subsidy_noticed")


@post(AT + "/{number:int}/granting", may=RUN_SUBSIDIES)
async def grant(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(found: RoundFacts, form: Form) -> None:
        document, by = form.value("document"), request.user.account_id
        await subsidy_allocating.grant(found.id, document, by, datetime.now(UTC))

    return await _done(request, number, act, "subsidy_granted")


async def _done(request: Request[Any, Any, Any], number: int, act: Act, word: str) -> Response[Any]:
    found = await subsidy_reads.round_run(request.user, number)
    form = await read_form(request)
    try:
        await act(found, form)
    except Refused as refusal:
        found = await subsidy_reads.round_run(request.user, number)
        return await _page(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{number}", done=word)


async def _page(
    request: Request[Any, Any, Any],
    found: RoundFacts,
    form: Form,
    status: int = 200,
    tried: tuple[Grant, ...] | None = None,
) -> Response[bytes]:
    if not form.fields and found.stage is Stage.DRAFT:
        form = Form.filled(_typed(found, await subsidy_reads.channel_names(found.terms)))
    lines = await subsidy_reads.of_round(request.user, found.id)
    tries = await subsidy_allocating.listed(found.id, most=1)
    granted = [line.application for line in lines] if found.stage in subsidy_reads.RESULT else []
    money = await subsidy_paying.of_round(found, granted) if granted else {}
    return render(
        request,
        "innovations/subsidies/round.html",
        status,
        round=found,
        channel_names=await subsidy_reads.channel_names(found.terms),
        form=form.with_values({"revision": str(found.revision)}),
        lines=lines,
        veiled=await subsidy_reads.veiled(found.id, lines),
        overlaps=await subsidy_overlaps.undecided([line.application.id for line in lines]),
        by_key={str(line.application.id): line for line in lines},
        newest=tries[0] if tries else None,
        money=money,
        together=subsidy_paying.together(money.values()),
        today=today(),
        tried=tried,
        differs=changes(tries[0].grants, tried) if tries and tried is not None else [],
        act=await two_person.open_act(subsidy_allocating.APPROVE.code, found.subject),
        stages=STAGES,
        bars=BARS,
        application_stages=APPLICATION_STAGES,
        bounds=bound_words(found.terms.method),
    )


def _typed(found: RoundFacts, names: Mapping[str, str]) -> dict[str, str | Sequence[str]]:
    """The terms as they are typed."""
    terms = found.terms
    money = {"budget": terms.budget, "item": terms.item, "least": terms.least, "step": terms.step,
             "unit": terms.unit, "city": terms.city}  # fmt: skip
    return {
        "name": found.name, "who": terms.who, "bars": terms.bars, "method": terms.method.value,
        "apply_until": found.apply_until.isoformat(),
        "instalments": " ".join(map(str, found.instalments)), "report_months": str(found.report_months),
        "cities": "\n".join(f"{names.get(key, key)}：{yuan(fen)}" for key, fen in terms.cities.items()),
        "cost_share": "" if terms.cost_share is None else str(terms.cost_share // PERCENT),
        **{name: "" if fen is None else yuan(fen) for name, fen in money.items()},
    }  # fmt: skip


def _form(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    return render(request, "innovations/subsidies/new.html", status, form=form, bars=BARS)


HANDLERS = [
    round_list, new_round, create, round_page, change, step, rank, allocate, what_if, ask_approval, to_notice, grant,
]  # fmt: skip
