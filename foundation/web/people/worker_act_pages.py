"""One worker's page, and what is done there: seeing a sealed field, handing out a code, matching, merging."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.clock import today
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import consents, may, own, worker_matching, worker_merging, worker_reads, workers
from foundation.people.worker_reads import WorkerFacts
from foundation.people.worker_words import EDUCATION, GENDERS, GRADES, MARKS, POLITICS
from foundation.web.forms import Form, read_form
from foundation.web.language import address
from foundation.web.pages import language_of, pages_of, redirect, render, speaker_of


@get("/workers/{worker_id:int}", may=may.KEEP_WORKERS)
async def worker_page(request: Request[Any, Any, Any], worker_id: FromPath[int]) -> Response[Any]:
    worker = await worker_reads.for_user(request.user, worker_id)
    if worker.merged_into is not None:
        return redirect(request, f"/workers/{worker.merged_into}")
    return await _page(request, worker, Form())


@post("/workers/{worker_id:int}/reveal", may=may.KEEP_WORKERS)
async def reveal(request: Request[Any, Any, Any], worker_id: FromPath[int]) -> Response[bytes]:
    """The answer shows the field and is no redirect: it is on this one page only."""
    worker = await worker_reads.for_user(request.user, worker_id)
    form = await read_form(request)
    field, now = form.value("field"), datetime.now(UTC)
    try:
        shown = await workers.reveal(worker_id, field, form.value("reason"), request.user.account_id, now)
    except Refused as refusal:
        return await _page(request, worker, form.with_problems(refusal.problems), 422)
    return await _page(request, worker, Form(), shown=(field, shown))


@post("/workers/{worker_id:int}/code", may=may.KEEP_WORKERS)
async def issue_code(request: Request[Any, Any, Any], worker_id: FromPath[int]) -> Response[bytes]:
    """The answer shows the code and is no redirect: the code exists on this one page only."""
    worker = await worker_reads.for_user(request.user, worker_id)
    try:
        code = await own.issue_code(worker_id, request.user.actor, datetime.now(UTC), _words(request))
    except Refused as refusal:
        return await _page(request, worker, Form().with_problems(refusal.problems), 422)
    return await _page(request, worker, Form(), code=code)


def _words(request: Request[Any, Any, Any]) -> Callable[[str], str]:
    """The text of the short message that brings a worker's code."""
    where = pages_of(request).settings.public_url + address("/mine", language_of(request))
    say = speaker_of(request).say
    return lambda code: say(Problem("sms_own_code", params={"code": code, "address": where}))


@post("/workers/{worker_id:int}/phone", may=may.KEEP_WORKERS)
async def forget_phone(request: Request[Any, Any, Any], worker_id: FromPath[int]) -> Response[Any]:
    await worker_reads.for_user(request.user, worker_id)
    await workers.forget_phone(worker_id, request.user.actor, datetime.now(UTC))
    return redirect(request, f"/workers/{worker_id}", done="worker_phone_forgotten")


@post("/workers/{worker_id:int}/apart", may=may.MERGE_WORKERS)
async def tell_apart(request: Request[Any, Any, Any], worker_id: FromPath[int]) -> Response[Any]:
    worker, other = await _pair(request, worker_id, await read_form(request))
    await worker_matching.tell_apart(worker.id, other.id, request.user.actor, datetime.now(UTC))
    return redirect(request, f"/workers/{worker_id}", done="worker_apart_noted")


@post("/workers/{worker_id:int}/merge", may=may.MERGE_WORKERS)
async def ask_merge(request: Request[Any, Any, Any], worker_id: FromPath[int]) -> Response[Any]:
    """Asks only: a second person confirms. This page's record stays, unless only the other one has an ID number."""
    form = await read_form(request)
    worker, other = await _pair(request, worker_id, form)
    stays, goes = (other, worker) if other.id_number and not worker.id_number else (worker, other)
    by, now = request.user.account_id, datetime.now(UTC)
    try:
        await worker_merging.ask_merge(stays.id, goes.id, by, form.value("reason"), now)
    except Refused as refusal:
        return await _page(request, worker, form.with_problems(refusal.problems), 422, merging=other.id)
    return redirect(request, f"/workers/{stays.id}", done="worker_merge_asked")


async def _pair(request: Request[Any, Any, Any], worker_id: int, form: Form) -> tuple[WorkerFacts, WorkerFacts]:
    """Both records, if this person may merge both. NotFound otherwise."""
    typed = form.value("other")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 11):
        raise NotFound
    worker = await worker_reads.for_user(request.user, worker_id, may.MERGE_WORKERS)
    return worker, await worker_reads.for_user(request.user, int(typed), may.MERGE_WORKERS)


async def _page(
    request: Request[Any, Any, Any],
    worker: WorkerFacts,
    form: Form,
    status: int = 200,
    *,
    shown: tuple[str, str] = ("", ""),
    code: str = "",
    merging: int = 0,
) -> Response[bytes]:
    merges = may.MERGE_WORKERS.possible(request.user)
    return render(
        request,
        "people/workers_page.html",
        status,
        worker=worker,
        form=form,
        shown=dict([shown]),
        code=code,
        merging=merging,
        merges=merges,
        candidates=await worker_matching.candidates(request.user, worker) if merges else [],
        looks=await worker_reads.looks(worker.id),
        consents=await consents.of_worker(worker.id),
        things=consents.THINGS,
        public=workers.may_be_public(worker, today()),
        genders=GENDERS,
        politics=POLITICS,
        education=EDUCATION,
        grades=GRADES,
        marks=MARKS,
        days=own.CODE_LIFETIME.days,
    )


HANDLERS = [worker_page, reveal, issue_code, forget_phone, tell_apart, ask_merge]
