"""Sheets that a unit hands in: choosing a file, its progress, what is wrong at each row, taking it in and back.

One set of pages for every kind (`foundation.process.sheet_kinds`); who may open them is the kind's permission, and
whose sheets they show the hat that is worn.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.kinds import XLSX
from foundation.files.limits import SHEET
from foundation.papers import sheets_out
from foundation.process import sheet_copies, sheet_kinds, sheet_reads, sheets
from foundation.process.rules.sheets import STAGES, STATES, Stage, State
from foundation.process.sheet_kinds import Kind
from foundation.process.sheet_reads import SIZE, SheetFacts
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render, speaker_of
from foundation.web.uploads import takes
from foundation.web.work.job_pages import RELOAD
from foundation.work import jobs

Asked = Request[Any, Any, Any]
Act = Callable[[SheetFacts, Kind, Form, int, datetime], Awaitable[None]]
COLUMN = "column-"  # before the place of a heading, in names of fields


@get("/sheets/{code:str}", signed_in=True)
async def sheet_list(request: Asked, code: FromPath[str]) -> Response[bytes]:
    return await _list(request, sheet_kinds.for_user(request.user, code), Form())


@post("/sheets/{code:str}", signed_in=True, **takes(SHEET))
async def take_in(request: Asked, code: FromPath[str]) -> Response[Any]:
    kind = sheet_kinds.for_user(request.user, code)
    form = await read_form(request)
    upload = form.upload(sheets.FIELD)
    try:
        if upload is None or upload.path is None:
            raise Refused(Problem("sheet_missing", sheets.FIELD))
        where, by, now = request.user.hat.organisation_id, request.user.account_id, datetime.now(UTC)
        sheet_id = await sheets.take_in(kind, upload.name, upload.path, where, by, now)
    except Refused as refusal:
        return await _list(request, kind, form.with_problems(refusal.problems), 422)
    return redirect(request, _address(kind, sheet_id))


@get("/sheets/{code:str}/template", signed_in=True)
async def template(request: Asked, code: FromPath[str]) -> Response[bytes]:
    kind = sheet_kinds.for_user(request.user, code)
    made = await sheets_out.template(kind.columns, kind.notes)
    return _workbook(made, f"{speaker_of(request).words.gettext(kind.title)}.xlsx")


@get("/sheets/{code:str}/{sheet_id:int}", signed_in=True)
async def sheet_page(request: Asked, code: FromPath[str], sheet_id: FromPath[int]) -> Response[bytes]:
    kind = sheet_kinds.for_user(request.user, code)
    return await _page(request, kind, await sheet_reads.for_unit(request.user, kind, sheet_id), Form())


@get("/sheets/{code:str}/{sheet_id:int}/copy", signed_in=True)
async def annotated_copy(request: Asked, code: FromPath[str], sheet_id: FromPath[int]) -> Response[bytes]:
    """The unit's own rows with what is wrong in red; `?rows=wrong` has only those."""
    kind = sheet_kinds.for_user(request.user, code)
    one = await sheet_reads.for_unit(request.user, kind, sheet_id)
    only_wrong = request.query_params.get("rows") == "wrong"
    made = await sheet_copies.annotated(one, speaker_of(request).say, only_wrong=only_wrong)
    return _workbook(made, f"{one.name.rpartition('.')[0]}-1.xlsx")


@post("/sheets/{code:str}/{sheet_id:int}/headings", signed_in=True)
async def say_headings(request: Asked, code: FromPath[str], sheet_id: FromPath[int]) -> Response[Any]:
    async def act(one: SheetFacts, kind: Kind, form: Form, by: int, now: datetime) -> None:
        said = {heading.at: form.value(f"{COLUMN}{heading.at}") for heading in one.understood.choosable}
        await sheets.say_headings(one, kind, said, by, now)

    return await _act(request, code, sheet_id, act, "sheet_headings_said")


@post("/sheets/{code:str}/{sheet_id:int}/taking", signed_in=True)
async def take(request: Asked, code: FromPath[str], sheet_id: FromPath[int]) -> Response[Any]:
    async def act(one: SheetFacts, kind: Kind, form: Form, by: int, now: datetime) -> None:
        await sheets.take(one, without_wrong=form.checked("without_wrong", "yes"), by=by, now=now)

    return await _act(request, code, sheet_id, act)


@post("/sheets/{code:str}/{sheet_id:int}/taking-back", signed_in=True)
async def take_back(request: Asked, code: FromPath[str], sheet_id: FromPath[int]) -> Response[Any]:
    async def act(one: SheetFacts, kind: Kind, form: Form, by: int, now: datetime) -> None:
        await sheets.take_back(one, kind, by, now)

    return await _act(request, code, sheet_id, act, "sheet_taken_back")


@post("/sheets/{code:str}/{sheet_id:int}/resumption", signed_in=True)
async def resume(request: Asked, code: FromPath[str], sheet_id: FromPath[int]) -> Response[Any]:
    async def act(one: SheetFacts, kind: Kind, form: Form, by: int, now: datetime) -> None:
        await sheets.resume(one, by, now)

    return await _act(request, code, sheet_id, act)


@post("/sheets/{code:str}/{sheet_id:int}/dropping", signed_in=True)
async def drop(request: Asked, code: FromPath[str], sheet_id: FromPath[int]) -> Response[Any]:
    async def act(one: SheetFacts, kind: Kind, form: Form, by: int, now: datetime) -> None:
        await sheets.drop(one, by, now)

    return await _act(request, code, sheet_id, act, "sheet_dropped")


async def _act(request: Asked, code: str, sheet_id: int, act: Act, done: str = "") -> Response[Any]:
    kind = sheet_kinds.for_user(request.user, code)
    one = await sheet_reads.for_unit(request.user, kind, sheet_id)
    form = await read_form(request)
    try:
        await act(one, kind, form, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        one = await sheet_reads.for_unit(request.user, kind, sheet_id)
        return await _page(request, kind, one, form.with_problems(refusal.problems), 422)
    return redirect(request, _address(kind, sheet_id), done=done)


async def _list(request: Asked, kind: Kind, form: Form, status: int = 200) -> Response[bytes]:
    found = await sheet_reads.listing(request.user, kind, read_cursor(request))
    page = page_of(found, SIZE, lambda one: one.id)
    return render(
        request, "process/sheets/list.html", status, kind=kind, page=page, form=form, stages=STAGES, purpose=SHEET
    )


async def _page(request: Asked, kind: Kind, one: SheetFacts, form: Form, status: int = 200) -> Response[bytes]:
    shown = request.query_params.get("show", State.WRONG if one.wrong else "")
    if shown not in ("", "all", *State):
        raise NotFound
    state = State(shown) if shown in set(State) else None
    found = await sheet_reads.rows(kind, one.id, state, read_cursor(request, "after"))
    job = await jobs.facts_of(one.job) if one.job else None
    running = one.under_way and job is not None and job.running
    still = request.query_params.get("still") == "yes"
    answer = render(
        request,
        "process/sheets/sheet.html",
        status,
        kind=kind,
        one=one,
        form=_filled(form, one) if one.stage in (Stage.ASKING, Stage.CHECKED) else form,
        page=page_of(found, SIZE, lambda row: row.id),
        show=shown,
        job=job,
        running=running,
        still=still,
        stages=STAGES,
        states=STATES,
        column_options=[("", "–"), *kind.headings().items()],
        field_of=COLUMN,
        missing=_named(kind, one.understood.layout.missing),
        twice=_named(kind, one.understood.layout.twice),
        copies=await sheet_copies.are_there(one),
        compared=await kind.compared(request.user, one.id) if kind.compared and one.stage is Stage.VISIBLE else None,
    )
    if running and not still:
        answer.headers["refresh"] = RELOAD
    return answer


def _named(kind: Kind, names: Sequence[str]) -> str:
    headings = kind.headings()
    return "、".join(headings[name] for name in names if name in headings)


def _filled(form: Form, one: SheetFacts) -> Form:
    """What each heading is taken for, unless the form says something else."""
    said = {f"{COLUMN}{heading.at}": heading.column for heading in one.understood.choosable}
    return form.with_values({name: value for name, value in said.items() if name not in form.fields})


def _address(kind: Kind, sheet_id: int) -> str:
    return f"/sheets/{kind.code}/{sheet_id}"


def _workbook(content: bytes, name: str) -> Response[bytes]:
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "cache-control": "private, no-store",
    }
    return Response(content, media_type=XLSX.media_type, headers=headers)


HANDLERS = [
    sheet_list, take_in, template, sheet_page, annotated_copy, say_headings, take, take_back, resume, drop,
]  # fmt: skip
