"""The chief judge's pages: how far every entry is, all marks of one entry side by side, and locking."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import locks
from competitions.bench import Bench, bench_for
from competitions.routes.judging import SUBJECT, in_zone
from competitions.rules.difficulty import show_coefficient, with_difficulty
from competitions.rules.marking import lock_problems, looked_at, stage_problem
from competitions.rules.side_by_side import side_by_side
from foundation.base.problem import Refused
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


@get("/chief/contests/{address:str}", signed_in=True, venue=SUBJECT)
async def contest_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    bench = await bench_for(request.user.account_id, address)
    return _contest(request, bench, Form())


@post("/chief/contests/{address:str}", signed_in=True, venue=SUBJECT)
async def lock_settled(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Lock every entry that the page offered: complete, without conflict, and as it was when the page was opened."""
    bench = await bench_for(request.user.account_id, address)
    form = await read_form(request)
    chosen, problems = looked_at(bench.works, bench.seen, form.values("seen"), confirmed=form.checked("confirm"))
    try:
        if problems:
            raise Refused(*problems)
        await locks.lock(bench, chosen, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        again = await bench_for(request.user.account_id, address)
        return _contest(request, again, form.with_problems(in_zone(request, refusal.problems)), 409)
    return redirect(request, f"/chief/contests/{quote(address)}", done="entries_lock_done")


@get("/chief/contests/{address:str}/works/{work_number:str}", signed_in=True, venue=SUBJECT)
async def work_page(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[bytes]:
    bench = await bench_for(request.user.account_id, address, work_number)
    return _work(request, bench, Form())


@post("/chief/contests/{address:str}/works/{work_number:str}", signed_in=True, venue=SUBJECT)
async def lock_work(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[Any]:
    bench = await bench_for(request.user.account_id, address, work_number)
    form = await read_form(request)
    chosen, problems = looked_at(bench.works, bench.seen, form.values("seen"), confirmed=form.checked("confirm"))
    try:
        if problems:
            raise Refused(*problems)
        await locks.lock(bench, chosen, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        again = await bench_for(request.user.account_id, address, work_number)
        return _work(request, again, form.with_problems(in_zone(request, refusal.problems)), 409)
    target = f"/chief/contests/{quote(address)}/works/{quote(work_number, safe='')}"
    return redirect(request, target, done="entry_lock_done")


@post("/chief/contests/{address:str}/works/{work_number:str}/unlocking", signed_in=True, venue=SUBJECT)
async def ask_to_unlock(
    request: Request[Any, Any, Any], address: FromPath[str], work_number: FromPath[str]
) -> Response[Any]:
    """Ask that the lock be taken back; somebody else decides."""
    bench = await bench_for(request.user.account_id, address, work_number)
    form = await read_form(request)
    try:
        await locks.ask_to_unlock(bench, form.value("reason"), request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        return _work(request, bench, form.with_problems(refusal.problems), 422)
    target = f"/chief/contests/{quote(address)}/works/{quote(work_number, safe='')}"
    return redirect(request, target, done="unlock_asked")


def _contest(request: Request[Any, Any, Any], bench: Bench, form: Form, status: int = 200) -> Response[bytes]:
    only_mine = request.query_params.get("show") == "mine"
    return render(
        request,
        "competitions/chief/contest.html",
        status,
        contest=bench.contest,
        closed=stage_problem(bench.contest.stage),
        modules=bench.frozen.scheme.modules,
        judges=bench.panel,
        works=[work for work in bench.works if work.needs_chief or not only_mine],
        waiting=sum(work.needs_chief for work in bench.works),
        everything=len(bench.works),
        only_mine=only_mine,
        totals={state.value: count for state, count in bench.totals.items()},
        settled=[(work, f"{work.work.id}:{bench.seen[work.work.id]}") for work in bench.settled],
        form=form,
    )


def _work(request: Request[Any, Any, Any], bench: Bench, form: Form, status: int = 200) -> Response[bytes]:
    (work,) = bench.works
    details = {(mark.row.aspect, mark.row.judge): mark.detail for mark in bench.marks}
    return render(
        request,
        "competitions/chief/work.html",
        status,
        contest=bench.contest,
        work=work,
        modules=side_by_side(bench.frozen.scheme, bench.panel, work, details),
        difficulty={
            aspect.code: show_coefficient(bench.difficulty.get((work.work.id, aspect.code)))
            for aspect in with_difficulty(bench.frozen.scheme)
        },
        closed=stage_problem(bench.contest.stage),
        lockable=not lock_problems(bench.contest.stage, [work]),
        seen=f"{work.work.id}:{bench.seen[work.work.id]}",
        form=form,
    )


HANDLERS = [contest_page, lock_settled, work_page, lock_work, ask_to_unlock]
