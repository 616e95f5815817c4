"""The pages of cases of revocation: reporting, the recommender's word, asking two people to decide, closing."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from craftsmen import case_reads, cases, honour_reads, may
from craftsmen.case_reads import SIZE, CaseFacts
from craftsmen.honour_facts import HonourFacts
from craftsmen.rules.cases import GROUNDS, OPEN, STAGES, Stage, report_problems
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.limits import PAPER
from foundation.people.permissions import Permission
from foundation.web.files.downloads import download
from foundation.web.files.taking import take_file
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render, speaker_of
from foundation.web.uploads import takes
from foundation.work import two_person

FILES = ("file", "file2", "file3")
Act = Callable[[CaseFacts, Form, int, datetime], Awaitable[Any]]


@get("/honours/{honour_id:int}/report", may=may.REPORT_HONOURS)
async def report_form(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[bytes]:
    honour = await honour_reads.for_user(request.user, honour_id, may.REPORT_HONOURS)
    return _report(request, honour, Form())


@post("/honours/{honour_id:int}/report", may=may.REPORT_HONOURS, **takes(PAPER, PAPER, PAPER))
async def report(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[Any]:
    honour = await honour_reads.for_user(request.user, honour_id, may.REPORT_HONOURS)
    form, files, problems = await read_form(request), list[int](), list[Problem]()
    for name in FILES:
        taken = await take_file(request, form, name, PAPER, missing="")
        form, problems = taken.form, [*problems, *taken.problems]
        files += [taken.id] if taken.id is not None else []
    ground, text = form.value("ground"), form.value("report")
    if problems:
        missing = report_problems(ground, text, max(1, len(files)))
        return _report(request, honour, form.with_problems([*missing, *problems]), 422)
    reporter, by = request.user.hat.organisation_id, request.user.account_id
    try:
        case = await cases.report(honour, ground, text, files, reporter, by, datetime.now(UTC))
    except Refused as refusal:
        return _report(request, honour, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/honours/cases/{case}", done="case_reported")


def _report(request: Request[Any, Any, Any], honour: HonourFacts, form: Form, status: int = 200) -> Response[bytes]:
    say = speaker_of(request).gettext
    grounds = [(str(code), say(word)) for code, word in GROUNDS.items()]
    return render(request, "craftsmen/honours/report.html", status, honour=honour, form=form, grounds=grounds)


@get("/honours/cases", may=may.SEE_CASES)
async def case_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    ended = request.query_params.get("show") == "ended"
    rows = await case_reads.listing(request.user, ended=ended, before=read_cursor(request))
    page = page_of(rows, SIZE, lambda case: case.id)
    return render(request, "craftsmen/honours/cases.html", page=page, ended=ended, stages=STAGES, grounds=GROUNDS)


@get("/honours/cases/{case_id:int}", may=may.SEE_CASES)
async def case_page(request: Request[Any, Any, Any], case_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, await case_reads.for_user(request.user, case_id), Form())


@get("/honours/cases/{case_id:int}/files/{file_id:int}", may=may.SEE_CASES)
async def paper(
    request: Request[Any, Any, Any], case_id: FromPath[int], file_id: FromPath[int]
) -> Response[bytes] | Stream:
    case = await case_reads.for_user(request.user, case_id)
    if file_id not in {one.file_id for one in await case_reads.papers_of(case.id)}:
        raise NotFound
    return await download(file_id)


@post("/honours/cases/{case_id:int}/opinion", may=may.ADVISE_CASES)
async def advise(request: Request[Any, Any, Any], case_id: FromPath[int]) -> Response[Any]:
    async def act(case: CaseFacts, form: Form, by: int, now: datetime) -> None:
        await cases.advise(case.id, form.value("word") == "agree", form.value("opinion"), by, now)

    return await _act(request, case_id, may.ADVISE_CASES, act, "case_advised")


@post("/honours/cases/{case_id:int}/revocation", may=may.DECIDE_CASES)
async def ask_to_revoke(request: Request[Any, Any, Any], case_id: FromPath[int]) -> Response[Any]:
    """Asks only: a second person decides."""

    async def act(case: CaseFacts, form: Form, by: int, now: datetime) -> None:
        reasons = form.value("public_reason"), form.value("reason")
        await cases.ask_to_revoke(case.id, case.organisation_id, *reasons, by, now)

    return await _act(request, case_id, may.DECIDE_CASES, act, "case_revocation_asked")


@post("/honours/cases/{case_id:int}/closing", may=may.DECIDE_CASES)
async def close(request: Request[Any, Any, Any], case_id: FromPath[int]) -> Response[Any]:
    async def act(case: CaseFacts, form: Form, by: int, now: datetime) -> None:
        await cases.close(case.id, form.value("outcome"), by, now)

    return await _act(request, case_id, may.DECIDE_CASES, act, "case_closed")


@post("/honours/cases/{case_id:int}/withdrawal", may=may.SEE_CASES)
async def withdraw(request: Request[Any, Any, Any], case_id: FromPath[int]) -> Response[Any]:
    """Only the organisation that reported takes its report back."""

    async def act(case: CaseFacts, form: Form, by: int, now: datetime) -> None:
        if request.user.hat.organisation_id != case.reporter_id:
            raise NotFound
        await cases.withdraw(case.id, form.value("outcome"), by, now)

    return await _act(request, case_id, may.SEE_CASES, act, "case_withdrawn")


@post("/honours/cases/{case_id:int}/recovery", may=may.DECIDE_CASES)
async def recover(request: Request[Any, Any, Any], case_id: FromPath[int]) -> Response[Any]:
    async def act(case: CaseFacts, form: Form, by: int, now: datetime) -> None:
        await cases.note_recovered(case.id, form.value("recovered"), by, now)

    return await _act(request, case_id, may.DECIDE_CASES, act, "case_recovered")


async def _act(
    request: Request[Any, Any, Any], case_id: int, permission: Permission, act: Act, done: str
) -> Response[Any]:
    case = await case_reads.for_user(request.user, case_id, permission)
    form = await read_form(request)
    try:
        await act(case, form, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        case = await case_reads.for_user(request.user, case_id, permission)
        return await _page(request, case, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/honours/cases/{case_id}", done=done)


async def _page(request: Request[Any, Any, Any], case: CaseFacts, form: Form, status: int = 200) -> Response[bytes]:
    user = request.user
    return render(
        request,
        "craftsmen/honours/case.html",
        status,
        case=case,
        form=form,
        papers=await case_reads.papers_of(case.id),
        advises=case.stage is Stage.REPORTED and await case_reads.allows(user, case.id, may.ADVISE_CASES),
        decides=await case_reads.allows(user, case.id, may.DECIDE_CASES),
        withdraws=case.stage in OPEN and user.hat is not None and user.hat.organisation_id == case.reporter_id,
        is_open=case.stage in OPEN,
        asked=await two_person.open_act(cases.REVOKE.code, f"honour:{case.honour_id}"),
        order=[Stage.REPORTED, Stage.AGREED, Stage.REVOKED],
        stages=STAGES,
        grounds=GROUNDS,
    )


HANDLERS = [
    report_form, report, case_list, case_page, paper, advise, ask_to_revoke, close, withdraw, recover,
]  # fmt: skip
