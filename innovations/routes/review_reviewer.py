"""A reviewer's pages: the list with progress, the sheet of one entry, the next one after it, declaring a conflict.

Plain forms that need no script. What they show is loaded by `review_desk` through the reviewer's own tasks.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen.rules.panel_marks import make_sheet, newest, read_sheet, shown_fields
from foundation.base.problem import NotFound, Problem, Refused
from foundation.base.secrets import new_code
from foundation.people.organisation_words import INDUSTRIES
from foundation.store.commit import Busy
from foundation.web.files.downloads import download
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from innovations import review_alike, review_assigning, review_desk, review_marks
from innovations.review_desk import Desk, Task, Words
from innovations.review_marks import Sheet
from innovations.rules.innovation_kinds import KINDS, PAPERS
from innovations.rules.review_form import SECTIONS
from innovations.rules.review_steps import STAGES, Stage

AT = "/reviews/mine"


@get(AT, signed_in=True)
async def rounds_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    rounds = await review_desk.rounds_of(request.user.account_id)
    return render(request, "innovations/reviews/mine.html", rounds=rounds, stages=STAGES)


@get(AT + "/{address:str}", signed_in=True)
async def tasks_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    desk = await review_desk.desk_for(request.user, address)
    tasks = await review_desk.tasks_of(desk)
    return render(
        request, "innovations/reviews/tasks.html", desk=desk, tasks=tasks, next=_next(tasks, ""), kinds=KINDS,
        industries=INDUSTRIES, done=sum(one.handed_in_at is not None for one in tasks), stages=STAGES,
    )  # fmt: skip


@get(AT + "/{address:str}/{code:str}", signed_in=True)
async def sheet_page(request: Request[Any, Any, Any], address: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    desk = await review_desk.desk_for(request.user, address)
    task = await review_desk.task_of(desk, code)
    return await _show(request, desk, task, await _filled(desk, task))


@get(AT + "/{address:str}/{code:str}/papers/{paper:int}", signed_in=True)
async def paper_file(
    request: Request[Any, Any, Any], address: FromPath[str], code: FromPath[str], paper: FromPath[int]
) -> Response[Any]:
    """A paper of the entry, in a round that is not blind."""
    desk = await review_desk.desk_for(request.user, address)
    papers = await review_desk.papers_of(desk, await review_desk.task_of(desk, code))
    found = next((one for one in papers if one.id == paper), None)
    if found is None:
        raise NotFound
    return await download(found.file_id)


@post(AT + "/{address:str}/{code:str}", signed_in=True)
async def save(request: Request[Any, Any, Any], address: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Save, and hand in where that button was pressed; then the next entry opens."""
    desk = await review_desk.desk_for(request.user, address)
    task = await review_desk.task_of(desk, code)
    form = await read_form(request)
    given, problems = read_sheet(desk.scheme, form, desk.scheme_hash)
    if problems:
        return await _again(request, desk, task, form, problems, 422)
    handed_in = form.checked("then", "hand_in")
    words = Words(_text(form.value("opinion")), _text(form.value("private")))
    sheet = Sheet(given, words, form.value("words"), handed_in)
    try:
        await review_marks.save(task.id, sheet, request.user.account_id, datetime.now(UTC))
    except Busy as busy:
        return await _again(request, desk, task, form, busy.problems, 503)
    except Refused as refusal:
        return await _again(request, desk, task, form, refusal.problems, 422)
    if not handed_in:
        return redirect(request, f"{AT}/{address}/{code}", done="review_marks_saved")
    following = _next(await review_desk.tasks_of(desk), code)
    there = f"{AT}/{address}/{following.code}" if following else f"{AT}/{address}"
    return redirect(request, there, done="review_handed_in_next" if following else "review_handed_in_all")


@post(AT + "/{address:str}/{code:str}/conflict", signed_in=True)
async def declare(request: Request[Any, Any, Any], address: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Declare that one keeps out of this entry; somebody else is drawn."""
    desk = await review_desk.desk_for(request.user, address)
    task = await review_desk.task_of(desk, code)
    form = await read_form(request)
    try:
        by, now = request.user.account_id, datetime.now(UTC)
        missing = await review_assigning.declare(task.id, form.value("note"), by, now)
    except Refused as refusal:
        filled = (await _filled(desk, task)).with_values({"note": form.value("note")})
        return await _show(request, desk, task, filled.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{address}", done="review_declared_short" if missing else "review_declared")


async def _filled(desk: Desk, task: Task) -> Form:
    """The sheet as it is stored; a nonce makes the ids of its marks its own."""
    current = newest(await review_desk.own_marks(task.id))
    words = await review_desk.own_words(task.id)
    return Form.filled({
        **shown_fields(desk.scheme, current), "nonce": new_code(), "scheme": desk.scheme_hash,
        "opinion": words.opinion, "private": words.private, "words": words.seen,
    })  # fmt: skip


async def _again(  # noqa: PLR0917 - a page is all of these
    request: Request[Any, Any, Any], desk: Desk, task: Task, form: Form, problems: Iterable[Problem], status: int
) -> Response[bytes]:
    """The sheet as it was typed; what was changed in another window builds on what is stored now, once that is read."""
    problems = list(problems)
    current = newest(await review_desk.own_marks(task.id))
    stale = {problem.field for problem in problems if problem.code == "panel_mark_stale"}
    fresh = {f"base-{code}": str(one.revision) for code, one in current.items() if f"mark-{code}" in stale}
    if any(problem.code == "review_words_stale" for problem in problems):
        fresh["words"] = (await review_desk.own_words(task.id)).seen
    form = form.with_values({**fresh, "nonce": new_code(), "scheme": desk.scheme_hash})
    return await _show(request, desk, task, form.with_problems(problems), status)


async def _show(
    request: Request[Any, Any, Any], desk: Desk, task: Task, form: Form, status: int = 200
) -> Response[bytes]:
    current = newest(await review_desk.own_marks(task.id))
    tasks, entry = await review_desk.tasks_of(desk), await review_desk.entry_of(desk, task)
    return render(
        request, "innovations/reviews/sheet.html", status, desk=desk, task=task, form=form, entry=entry,
        alike=await review_alike.alike_of(desk, task, entry), parts=make_sheet(desk.scheme, current),
        kinds=KINDS, industries=INDUSTRIES, sections=SECTIONS, disabled=desk.closed is not None,
        next=_next(tasks, task.code), place=[one.code for one in tasks].index(task.code) + 1, count=len(tasks),
        done=sum(one.handed_in_at is not None for one in tasks), marking=desk.round.stage is Stage.MARKING,
        stored=await review_desk.own_words(task.id), papers=await review_desk.papers_of(desk, task),
        paper_words=PAPERS,
    )  # fmt: skip


def _next(tasks: list[Task], code: str) -> Task | None:
    """The next entry that is not handed in: after this one, then from the start."""
    order = [one.code for one in tasks]
    start = order.index(code) + 1 if code in order else 0
    return next(
        (one for one in (*tasks[start:], *tasks[:start]) if one.handed_in_at is None and one.code != code), None
    )


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


HANDLERS = [rounds_page, tasks_page, sheet_page, paper_file, save, declare]
