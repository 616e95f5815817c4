"""What a unit's own systems read and write of its proposals, and read of its innovations, with a token of the unit.

Load, decide, write, answer; the same rules and writers as the pages. Answers to writes hold ids and codes alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.params import FromPath
from msgspec.structs import asdict

from foundation.base.problem import N_, Problem, Refused
from foundation.web.api.answers import own_answer, site_of
from foundation.web.api.asked import read_since
from foundation.web.api.bodies import pointed, pointing, read_body
from foundation.web.api.endpoints import BEFORE, SINCE, Ask, Endpoint
from foundation.web.api.writing import write_once
from foundation.web.keyset import page_of, read_cursor
from foundation.web.process.notice_desk_pages import zone_of
from innovations import (
    api_reads,
    proposal_answers,
    proposal_facts,
    proposal_outcomes,
    proposal_reads,
    proposal_receiving,
)
from innovations.may import HANDLE_PROPOSALS
from innovations.may_api import READ_INNOVATIONS, READ_PROPOSALS, WRITE_PROPOSALS
from innovations.routes.api_shapes import (
    AnswerSent,
    OutcomeSent,
    ProposalList,
    ProposalSent,
    ProposalShown,
    ProposalsSent,
    ProposalsTaken,
    ProposalTaken,
    UnitInnovation,
    UnitInnovationList,
    hints_of,
    line_of,
    shown,
)
from innovations.rules.admissibility import hints
from innovations.rules.answers import read_answer
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.outcomes import read_outcome
from innovations.rules.proposal_form import REOPENABLE, ProposalDraft, read_proposal
from innovations.rules.proposals import SEEN, Stage

GROUP = N_("Proposals of your unit")
STALE = {"proposal_changed": "api_stale"}
STAGES = [stage.value for stage in SEEN]
INNOVATION_STAGES = [stage.value for stage in InnovationStage]
EXAMPLE = {
    "title": "窑车码放图上墙", "problem": "夜班码放不一，倒窑每月三次",
    "suggestion": "把三种码放图贴在窑口，换品种时翻牌", "kind": "process", "name": "冯砚秋", "place": "烧成车间",
}  # fmt: skip


@get(
    "/api/proposals", scope=READ_PROPOSALS,
    api=Endpoint(
        GROUP, N_("The unit's proposals, the newest first"), ProposalList,
        asks=(Ask("stage", N_("Where it stands."), {"type": "string", "enum": STAGES}), SINCE, BEFORE),
    ),
)  # fmt: skip
async def proposal_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    stage, since, site = request.query_params.get("stage", ""), read_since(request), site_of(request)
    rows = await api_reads.proposals(request.user, stage, read_cursor(request), since)
    page = page_of(rows, api_reads.PAGE, lambda one: one.id)
    further = _further(f"{site}/api/proposals", request, page.older)
    return own_answer(request, ProposalList([line_of(one, site) for one in page.rows], further))


@get(
    "/api/proposals/{number:int}", scope=READ_PROPOSALS,
    api=Endpoint(GROUP, N_("One proposal with every step, what it brought and its reward"), ProposalShown),
)  # fmt: skip
async def proposal(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    one = await proposal_reads.one(request.user, number, HANDLE_PROPOSALS)
    steps = await proposal_facts.steps(number, named=True)
    outcome = (await proposal_facts.outcomes([number])).get(number)
    reward = (await proposal_facts.rewards([number])).get(number)
    return own_answer(request, shown(one, site_of(request), steps, outcome, reward))


@post(
    "/api/proposals", scope=WRITE_PROPOSALS,
    api=Endpoint(
        GROUP, N_("Hand in a proposal of one of your workers"), ProposalTaken, body=ProposalSent, status=201,
        says=N_("With a telephone number the worker finds it on their own page; the number itself is not kept, and is "
                "in no answer. “hints” says which rules of admissibility its words may touch."),
        example=EXAMPLE,
    ),
)  # fmt: skip
async def hand_in(request: Request[Any, Any, Any]) -> Response[bytes]:
    sent = await read_body(request, ProposalSent)
    drafts = _drafts([sent], lambda _: "")

    async def act() -> ProposalTaken:
        return (await _receive(request, drafts))[0]

    return await write_once(request, datetime.now(UTC), act, 201)


@post(
    "/api/proposals/batch", scope=WRITE_PROPOSALS,
    api=Endpoint(
        GROUP, N_("Hand in up to 200 proposals at once, all or none"), ProposalsTaken, body=ProposalsSent, status=201,
        says=N_("Where something is wrong with any of them, none is taken, and every problem is named by its place. "
                "Together they have at most 60,000 characters."),
        example={"proposals": [EXAMPLE]},
    ),
)  # fmt: skip
async def hand_in_several(request: Request[Any, Any, Any]) -> Response[bytes]:
    sent = await read_body(request, ProposalsSent)
    drafts = _drafts(sent.proposals, lambda index: f"/proposals/{index}")
    if problems := proposal_receiving.length_problems(drafts):
        raise Refused(*pointing(problems))

    async def act() -> ProposalsTaken:
        return ProposalsTaken(await _receive(request, drafts))

    return await write_once(request, datetime.now(UTC), act, 201)


@post(
    "/api/proposals/{number:int}/answers", scope=WRITE_PROPOSALS,
    api=Endpoint(
        GROUP, N_("Answer a proposal: take it up, consider it, adopt it or not, carry it out"), ProposalTaken,
        body=AnswerSent,
        says=N_("“revision” is the one you read: what has changed since is told (409), never overwritten. What is owed "
                "with a step is as on the desk: a note where it is no yes, a rule, a desk. “reopened” names the fields "
                "that a worker is to complete, each with a note; of what your system handed in itself nobody can."),
        example={"step": "accept", "revision": 1, "note": ""},
    ),
)  # fmt: skip
async def answer(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    one = await proposal_reads.one(request.user, number, HANDLE_PROPOSALS)
    sent = await read_body(request, AnswerSent)
    said, problems = read_answer(_answer_form(sent), hints(one.title, one.problem, one.suggestion))
    problems = [*_reopened_problems(sent), *map(_unformed, problems)]
    if said is None or problems:
        raise Refused(*pointing(problems))
    now, zone = datetime.now(UTC), zone_of(request)

    async def act() -> ProposalTaken:
        with _as_programs_say():
            stage = await proposal_answers.take(one.id, said, sent.revision, request.user.account_id, now, zone)
        return ProposalTaken(one.id, stage.value, sent.revision + 1, [])

    return await write_once(request, now, act)


@post(
    "/api/proposals/{number:int}/outcome", scope=WRITE_PROPOSALS,
    api=Endpoint(
        GROUP, N_("State that a proposal was carried out, and what your unit claims it brought"), ProposalTaken,
        body=OutcomeSent,
        says=N_("Claimed is not verified: a second person verifies the figure on the desk. A benefit that is not "
                "counted in money has no figure."),
        example={"done": "贴了三张图，换品种时翻牌", "done_on": "2026-05-10", "counted": True, "claimed_fen": 12860000,
                 "working": "少倒窑 30 次 × 4,400 元 − 3,400 元", "revision": 5},
    ),
)  # fmt: skip
async def state_outcome(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    one = await proposal_reads.one(request.user, number, HANDLE_PROPOSALS)
    sent = await read_body(request, OutcomeSent)
    now, zone = datetime.now(UTC), zone_of(request)
    said, problems = read_outcome(_outcome_form(sent), now.astimezone(zone).date())
    problems = [_unformed(problem) for problem in problems]
    if not sent.counted and sent.claimed_fen is not None:
        problems.append(Problem("proposal_sheet_benefit_both", "claimed_fen"))
    if said is None or problems:
        raise Refused(*pointing(problems))

    async def act() -> ProposalTaken:
        by = request.user.account_id
        with _as_programs_say():
            stage, revision = await proposal_outcomes.keep(one.id, said, sent.revision, by, now, zone)
        return ProposalTaken(one.id, stage.value, revision, [])

    return await write_once(request, now, act)


@get(
    "/api/unit/innovations", scope=READ_INNOVATIONS,
    api=Endpoint(
        N_("Innovations of your unit"), N_("The unit's innovations, drafts too, the newest first"), UnitInnovationList,
        asks=(Ask("stage", N_("Where it stands."), {"type": "string", "enum": INNOVATION_STAGES}), SINCE, BEFORE),
    ),
)  # fmt: skip
async def innovation_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    stage, since, site = request.query_params.get("stage", ""), read_since(request), site_of(request)
    rows = await api_reads.innovations(request.user, stage, read_cursor(request), since)
    page = page_of(rows, api_reads.PAGE, lambda row: row["id"])
    further = _further(f"{site}/api/unit/innovations", request, page.older)
    lines = [UnitInnovation(page=f"{site}/innovations/desk/{row['id']}", **row) for row in page.rows]
    return own_answer(request, UnitInnovationList(lines, further))


def _drafts(sent: Sequence[ProposalSent], at: Any) -> list[ProposalDraft]:
    """Raises Refused with every problem of all of them, each at its place."""
    found, problems = [], []
    for index, one in enumerate(sent):
        draft, wrong = read_proposal(asdict(one))
        problems += pointing(wrong, at(index))
        found += [draft] if draft is not None else []
    if problems:
        raise Refused(*problems)
    return found


async def _receive(request: Request[Any, Any, Any], drafts: Sequence[ProposalDraft]) -> list[ProposalTaken]:
    user, now = request.user, datetime.now(UTC)
    ids = await proposal_receiving.receive(drafts, user.hat.organisation_id, user.account_id, now, zone_of(request))
    return [
        ProposalTaken(number, Stage.SUBMITTED.value, 1, hints_of(one.title, one.problem, one.suggestion))
        for number, one in zip(ids, drafts, strict=True)
    ]


def _further(address: str, request: Request[Any, Any, Any], older: str) -> str | None:
    asked = {**{name: request.query_params.get(name, "") for name in ("stage", SINCE.name)}, "before": older}
    return f"{address}?{urlencode({name: text for name, text in asked.items() if text})}" if older else None


def _answer_form(sent: AnswerSent) -> Mapping[str, str]:
    """As the desk's form says it, which the rule reads."""
    opened = {f"open-{name}": "1" for name in sent.reopened} | {f"note-{n}": note for n, note in sent.reopened.items()}
    return {"step": sent.step, "note": sent.note, "rule": sent.rule, "desk": sent.desk, **opened}


def _reopened_problems(sent: AnswerSent) -> list[Problem]:
    """Fields that nobody can complete, or that are named where nothing is given back: told, never passed over."""
    if sent.reopened and sent.step != "return":
        return [Problem("proposal_reopened_unasked", "reopened")]
    return [Problem("api_unknown", f"reopened/{pointed(name)}") for name in sent.reopened if name not in REOPENABLE]


def _outcome_form(sent: OutcomeSent) -> Mapping[str, str]:
    fen = sent.claimed_fen
    claimed = "" if fen is None else f"{fen // 100}.{fen % 100:02}"
    return {
        "done": sent.done, "done_on": sent.done_on.isoformat(), "counted": "yes" if sent.counted else "no",
        "claimed": claimed, "working": sent.working, "uncounted": sent.uncounted,
    }  # fmt: skip


@contextmanager
def _as_programs_say() -> Iterator[None]:
    """A writer's refusal in words that are true here: no form stands open with what was typed."""
    try:
        yield
    except Refused as refusal:
        told = (replace(one, code=STALE.get(one.code, one.code)) for one in refusal.problems)
        raise Refused(*told) from refusal


def _unformed(problem: Problem) -> Problem:
    """A field of the desk's forms as it is called here."""
    field = {"claimed": "claimed_fen", "open-title": "reopened"}.get(problem.field, problem.field)
    return Problem(problem.code, field.replace("note-", "reopened/"), problem.params)


HANDLERS = [
    proposal_list, proposal, hand_in, hand_in_several, answer, state_outcome, innovation_list,
]  # fmt: skip
