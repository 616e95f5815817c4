"""The pages of honours registered by list: taking one in, looking at every line, registering it, undoing it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import list_portraits, list_reads, lists, may, titles
from craftsmen.list_reads import SIZE, ListFacts
from craftsmen.routes.honours import today
from craftsmen.rules.honours import Holder
from craftsmen.rules.lists import COLUMN_WORDS, FIELD, SMALL, STAGES, STATES, Stage, State, read_draft
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.files.limits import PORTRAITS
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.lists import uploaded_text
from foundation.web.pages import redirect, render, speaker_of
from foundation.web.uploads import takes

LIST_BYTES = 16 * 1024 * 1024  # of a form with a list of the most lines
FACTS = ("title", "name", "on", "edition", "body", "document")
Act = Callable[[ListFacts, Form, int, datetime], Awaitable[int | None]]


@get("/honours/lists", may=may.KEEP_HONOURS)
async def list_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    page = page_of(await list_reads.listing(request.user, read_cursor(request)), SIZE, lambda one: one.id)
    return render(request, "craftsmen/honours/lists.html", page=page, stages=STAGES)


@get("/honours/lists/new", may=may.KEEP_HONOURS)
async def new_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _form(request, Form())


@post("/honours/lists", may=may.KEEP_HONOURS, request_max_body_size=LIST_BYTES)
async def take_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """Read a list; nothing of it is registered yet."""
    form = await read_form(request, LIST_BYTES)
    uploaded, unread = await uploaded_text(form, FIELD, LIST_BYTES)
    text = form.value(FIELD) if uploaded is None else uploaded
    draft, problems = read_draft({name: form.value(name) for name in FACTS}, today(request))
    problems = [*problems, *unread]
    if draft is None or problems:
        return await _form(request, form.with_problems(problems), 422)
    mine = {title.code for title in await titles.kept_by(request.user)}
    try:
        if draft.title not in mine:
            raise Refused(Problem("honour_title_unknown", "title"))
        where, by, now = request.user.hat.organisation_id, request.user.account_id, datetime.now(UTC)
        list_id, job = await lists.create(draft, text, where, by, now)
    except Refused as refusal:
        return await _form(request, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/jobs/{job}" if job else f"/honours/lists/{list_id}", done="list_taken")


@get("/honours/lists/{list_id:int}", may=may.KEEP_HONOURS)
async def list_page(request: Request[Any, Any, Any], list_id: FromPath[int]) -> Response[bytes]:
    return await _page(request, await list_reads.for_officer(request.user, list_id), Form())


@post("/honours/lists/{list_id:int}/portraits", may=may.KEEP_HONOURS, **takes(PORTRAITS))
async def take_portraits(request: Request[Any, Any, Any], list_id: FromPath[int]) -> Response[Any]:
    """A zip of the photographs that the lines name; a job makes pictures of them, and nothing of it is public."""

    async def act(one: ListFacts, form: Form, by: int, now: datetime) -> int | None:
        upload = form.upload(list_portraits.FIELD)
        if one.stage is not Stage.CHECKED:
            raise Refused(Problem(f"list_is_{one.stage}"))
        if upload is None:
            raise Refused(Problem("archive_missing", list_portraits.FIELD))
        file_id = await list_portraits.keep(upload.name, upload.given, by, now)
        return await lists.take_portraits(one.id, file_id, by, now)

    return await _act(request, list_id, act, "")


@post("/honours/lists/{list_id:int}/registration", may=may.KEEP_HONOURS)
async def publish(request: Request[Any, Any, Any], list_id: FromPath[int]) -> Response[Any]:
    async def act(one: ListFacts, form: Form, by: int, now: datetime) -> int | None:
        return await lists.publish(one.id, form.checked("without_wrong", "yes"), by, now)

    return await _act(request, list_id, act, "list_registered")


@post("/honours/lists/{list_id:int}/withdrawal", may=may.KEEP_HONOURS)
async def withdraw(request: Request[Any, Any, Any], list_id: FromPath[int]) -> Response[Any]:
    """Take back what is being written and seen by nobody yet."""

    async def act(one: ListFacts, form: Form, by: int, now: datetime) -> int | None:
        return await lists.withdraw(one.id, by, now)

    return await _act(request, list_id, act, "list_withdrawn")


@post("/honours/lists/{list_id:int}/resumption", may=may.KEEP_HONOURS)
async def resume(request: Request[Any, Any, Any], list_id: FromPath[int]) -> Response[Any]:
    async def act(one: ListFacts, form: Form, by: int, now: datetime) -> int | None:
        return await lists.resume(one.id, by, now)

    return await _act(request, list_id, act, "list_registered")


@post("/honours/lists/{list_id:int}/dropping", may=may.KEEP_HONOURS)
async def drop(request: Request[Any, Any, Any], list_id: FromPath[int]) -> Response[Any]:
    async def act(one: ListFacts, form: Form, by: int, now: datetime) -> int | None:
        await lists.drop(one.id, by, now)
        return None

    return await _act(request, list_id, act, "list_dropped")


@post("/honours/lists/{list_id:int}/undoing", may=may.KEEP_HONOURS)
async def ask_undo(request: Request[Any, Any, Any], list_id: FromPath[int]) -> Response[Any]:
    """Asks only: a second person confirms."""

    async def act(one: ListFacts, form: Form, by: int, now: datetime) -> int | None:
        await lists.ask_undo(one.id, one.organisation_id, form.value("reason"), by, now)
        return None

    return await _act(request, list_id, act, "list_undo_asked")


async def _act(request: Request[Any, Any, Any], list_id: int, act: Act, done: str) -> Response[Any]:
    one = await list_reads.for_officer(request.user, list_id)
    form = await read_form(request)
    try:
        job = await act(one, form, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        one = await list_reads.for_officer(request.user, list_id)
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/jobs/{job}" if job else f"/honours/lists/{list_id}", done="" if job else done)


async def _form(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    kept = [title for title in await titles.kept_by(request.user) if title.active]
    options = [("", speaker_of(request).gettext(N_("choose"))), *((title.code, title.name) for title in kept)]
    return render(request, "craftsmen/honours/list_new.html", status, form=form, titles=options, small=SMALL)


async def _page(request: Request[Any, Any, Any], one: ListFacts, form: Form, status: int = 200) -> Response[bytes]:
    state = request.query_params.get("show", "")
    if state and state not in set(State):
        raise NotFound
    page = page_of(await list_reads.lines(one.id, state, read_cursor(request, "after")), SIZE, lambda line: line.id)
    running = await lists.is_running(one.job)
    return render(
        request,
        "craftsmen/honours/list.html",
        status,
        one=one,
        form=form,
        page=page,
        show=state,
        is_team=one.holder is Holder.TEAM,
        running=running,
        stopped=not running and one.stage in lists.UNDER_WAY,
        photographs=await list_reads.counted_photographs(one.id),
        purpose=PORTRAITS,
        stages=STAGES,
        states=STATES,
        columns=COLUMN_WORDS,
    )


HANDLERS = [list_list, new_list, take_in, list_page, take_portraits, publish, withdraw, resume, drop, ask_undo]
