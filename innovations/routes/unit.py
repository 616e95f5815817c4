"""The unit's desk of proposals: the list, one proposal with what to do next, its outcome, its benefit, its reward.

Load, decide, write, redirect. The unions above read the same pages without the forms.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.money import read_fen
from foundation.base.problem import NotFound, Refused
from foundation.web.files.picture_pages import asked, send_rendition
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from foundation.work import returns, two_person
from innovations import (
    innovation_reads,
    proposal_answers,
    proposal_facts,
    proposal_index,
    proposal_outcomes,
    proposal_pictures,
    proposal_reads,
    reward_tables,
    rewards,
)
from innovations.may import HANDLE_PROPOSALS, KEEP_DOORS, SEE_INNOVATIONS, SEE_PROPOSALS
from innovations.proposal_facts import ProposalFacts
from innovations.proposal_reads import GROUPS, PAGE
from innovations.rules.admissibility import BY_CODE, RULES, Hint, hints, must_be_passed_on
from innovations.rules.answers import read_answer
from innovations.rules.outcomes import UNCOUNTED, read_outcome
from innovations.rules.proposal_form import REOPENABLE
from innovations.rules.proposals import DESKS, KINDS, STAGES, STEP_WORDS, Stage, possible

_BETWEEN_NAMES = re.compile(r"[\s,，、;；]+")
UNDECIDED = (Stage.SUBMITTED, Stage.ACCEPTED, Stage.REVIEW)

Act = Callable[[ProposalFacts, Form], Awaitable[None]]


@get("/proposals/desk", may=SEE_PROPOSALS)
async def proposal_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    group = request.query_params.get("stage", "")
    if group and group not in GROUPS:
        raise NotFound
    rows = await proposal_reads.listed(request.user, group, read_cursor(request))
    answers = HANDLE_PROPOSALS.possible(request.user)
    return render(
        request,
        "innovations/unit/list.html",
        page=page_of(rows, PAGE, lambda one: one.id),
        group=group,
        groups=GROUPS,
        counts=await proposal_reads.counts(request.user) if answers else {},
        keeps_doors=KEEP_DOORS.possible(request.user),
        kinds=KINDS,
        stages=STAGES,
        now=datetime.now(UTC),
    )


@get("/proposals/desk/{number:int}", may=SEE_PROPOSALS)
async def proposal_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await proposal_reads.one(request.user, number), Form())


@post("/proposals/desk/{number:int}/answer", may=HANDLE_PROPOSALS)
async def answer(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: ProposalFacts, form: Form) -> None:
        said, problems = read_answer(_values(form), hints(one.title, one.problem, one.suggestion))
        if said is None:
            raise Refused(*problems)
        by, now = request.user.account_id, datetime.now(UTC)
        await proposal_answers.answer(one.id, said, _revision(form), by, now, zone_of(request))

    return await _act(request, number, act, _answered)


@post("/proposals/desk/{number:int}/outcome", may=HANDLE_PROPOSALS)
async def state_outcome(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: ProposalFacts, form: Form) -> None:
        now, zone = datetime.now(UTC), zone_of(request)
        said, problems = read_outcome(_values(form), now.astimezone(zone).date())
        if said is None:
            raise Refused(*problems)
        await proposal_outcomes.state(one.id, said, _revision(form), request.user.account_id, now, zone)

    return await _act(request, number, act, "proposal_outcome_stated")


@post("/proposals/desk/{number:int}/verification", may=HANDLE_PROPOSALS)
async def ask_verification(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: ProposalFacts, form: Form) -> None:
        verified, problems = read_fen(form.value("verified"), "verified")
        if verified is None:
            raise Refused(*problems)
        by, now = request.user.account_id, datetime.now(UTC)
        await proposal_outcomes.ask_verification(one.id, verified, one.organisation_id, form.value("reason"), by, now)

    return await _act(request, number, act, "proposal_verification_asked")


@post("/proposals/desk/{number:int}/reward", may=HANDLE_PROPOSALS)
async def award(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(one: ProposalFacts, form: Form) -> None:
        by, now = request.user.account_id, datetime.now(UTC)
        await rewards.award(one.id, _values(form), _revision(form), by, now, zone_of(request))

    return await _act(request, number, act, "proposal_awarded")


@get("/proposals/desk/{number:int}/pictures/{picture:int}/{name:str}", may=SEE_PROPOSALS)
async def picture_file(
    request: Request[Any, Any, Any], number: FromPath[int], picture: FromPath[int], name: FromPath[str]
) -> Response[bytes]:
    one = await proposal_reads.one(request.user, number)
    return await send_rendition(request, await proposal_pictures.one(one.id, picture), *asked(name))


def _answered(one: ProposalFacts) -> str:
    return "proposal_answered" if one.has_writer else "proposal_answered_unlinked"


async def _act(
    request: Request[Any, Any, Any], number: int, act: Act, done: str | Callable[[ProposalFacts], str]
) -> Response[Any]:
    one = await proposal_reads.one(request.user, number, HANDLE_PROPOSALS)
    form = await read_form(request)
    try:
        await act(one, form)
    except Refused as refusal:
        one = await proposal_reads.one(request.user, number, HANDLE_PROPOSALS)
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/proposals/desk/{number}", done=done if isinstance(done, str) else done(one))


def _values(form: Form) -> dict[str, str]:
    return {name: form.value(name) for name in form.names()}


def _revision(form: Form) -> int:
    text = form.value("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


async def _page(request: Request[Any, Any, Any], one: ProposalFacts, form: Form, status: int = 200) -> Response[bytes]:
    now, handles = datetime.now(UTC), await proposal_reads.handles(request.user, one.id)
    found = hints(one.title, one.problem, one.suggestion) if one.stage in UNDECIDED else []
    day = now.astimezone(zone_of(request)).date()
    outcome = (await proposal_facts.outcomes([one.id])).get(one.id)
    reward = (await proposal_facts.rewards([one.id])).get(one.id)
    rewarding = handles and one.stage is Stage.VERIFIED
    table = await reward_tables.holding(one.organisation_id, day) if rewarding else None
    if not form.fields:
        form = _begun(one, outcome, day.isoformat())
    return render(
        request,
        "innovations/unit/proposal.html",
        status,
        one=one,
        form=form.with_values({"revision": str(one.revision)}),
        handles=handles,
        can=_answers(one, found) if handles else [],
        hints=found,
        rules=[rule for rule in RULES if not rule.passed_on],
        rule_titles=BY_CODE,
        returned=await returns.open_fields(one.subject) if one.stage is Stage.RETURNED else None,
        reopenable=REOPENABLE,
        alike=await proposal_index.like_this(request.user, one) if one.stage in UNDECIDED else [],
        steps=await proposal_facts.steps(one.id, named=handles),
        outcome=outcome,
        done_on=proposal_facts.done_day(one, outcome) if outcome else None,
        reward=reward,
        rewarded_under=await reward_tables.by_code(reward.rule) if reward else None,
        innovation=await _innovation(request, one),
        grown=await rewards.of_innovations(one.id) if table else 0,
        table=table,
        tier=table.by_benefit(outcome.verified) if table and outcome and outcome.verified is not None else None,
        act=await two_person.open_act(proposal_outcomes.VERIFY.code, one.subject) if handles else None,
        pictures=await proposal_pictures.of(one.id),
        kinds=KINDS,
        stages=STAGES,
        step_words=STEP_WORDS,
        desks=DESKS,
        uncounted=UNCOUNTED,
        now=now,
    )


async def _innovation(request: Request[Any, Any, Any], one: ProposalFacts) -> tuple[int, str] | None:
    """The innovation that grew out of it, for who may read that."""
    return await innovation_reads.of_proposal(request.user, one.id) if SEE_INNOVATIONS.possible(request.user) else None


def _answers(one: ProposalFacts, found: Sequence[Hint]) -> list[str]:
    """What can be answered now: nothing is given back to nobody, and what must be passed on is not turned away."""
    closed = set() if one.has_writer else {"return"}
    closed |= {"not_accept"} if must_be_passed_on(found) else set()
    return [step for step in possible(one.stage) if step not in closed]


def _begun(one: ProposalFacts, outcome: proposal_facts.OutcomeFacts | None, today: str) -> Form:
    """What a form begins with: today, the figure that was claimed, and all who proposed: of several, each is given a
    share before anything is awarded."""
    names = [one.name, *(name for name in _BETWEEN_NAMES.split(one.others) if name)]
    values = {"done_on": today, "recipients": "\n".join(names)}
    if outcome is not None and outcome.claimed is not None:
        whole, fen = divmod(outcome.claimed, 100)
        values["verified"] = f"{whole}.{fen:02}" if fen else str(whole)
    return Form.filled(values)


HANDLERS = [proposal_list, proposal_page, answer, state_outcome, ask_verification, award, picture_file]
