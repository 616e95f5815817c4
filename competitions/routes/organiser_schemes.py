"""The scheme before it is frozen: the editor, and scheme files in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from competitions import schemes
from competitions.contests import ContestFacts, contest_for_organiser
from competitions.may import RUN_COMPETITIONS
from competitions.preparing import scheme_of
from competitions.rules.scheme_edits import edited
from competitions.rules.scheme_form import cautions, read_rows
from competitions.rules.scheme_places import places
from competitions.rules.scheme_rows import SchemeRows, empty_rows, fields_from_rows, rows_from_fields, rows_from_scheme
from competitions.rules.scheme_sums import add_up
from competitions.rules.stages import Stage
from competitions.starting import read_file
from competitions.versions import draft_scheme
from foundation.base.problem import NotFound, Problem, Refused
from foundation.tabulation.scheme import canonical_json, scheme_full_marks
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render


def rows_of(form: Form) -> SchemeRows:
    """The editor's rows as they were sent."""
    return rows_from_fields({name: form.value(name) for name in form.names()})


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the editor holds beside the rows when a frozen scheme is amended: the version it changes, and why."""

    base: int
    reason: str = ""


def editor(
    request: Request[Any, Any, Any],
    contest: ContestFacts,
    rows: SchemeRows,
    *,
    problems: Sequence[Problem] = (),
    go_to: str = "",
    status: int = 200,
    amendment: Amendment | None = None,
    seen: str = "",
) -> Response[bytes]:
    """The editor with these rows; `go_to` is the field to stand in, `seen` the draft that the person started from."""
    form = Form.filled({**fields_from_rows(rows), "reason": amendment.reason if amendment else ""})
    reading = read_rows(rows)
    total = scheme_full_marks(reading.scheme) if reading.scheme else None
    return render(
        request,
        "competitions/organiser/scheme.html",
        status,
        contest=contest,
        rows=rows,
        form=form.with_problems(problems),
        sums=add_up(rows),
        cautions=cautions(reading.scheme, total) if reading.scheme else [],
        places=places(rows, [problem.field for problem in problems]),
        go_to=go_to,
        amendment=amendment,
        seen=seen,
    )


@get("/organise/contests/{address:str}/scheme", may=RUN_COMPETITIONS)
async def scheme_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    contest = await contest_for_organiser(request.user, address)
    if contest.stage is not Stage.DRAFT:
        return redirect(request, f"/organise/contests/{address}/versions")
    scheme, notes = await draft_scheme(contest.id)
    rows = rows_from_scheme(scheme, notes) if scheme else empty_rows(contest.title)
    return editor(request, contest, rows, seen=await schemes.draft_state(contest.id))


@post("/organise/contests/{address:str}/scheme", may=RUN_COMPETITIONS)
async def change_scheme(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """A row's button shows the rows again; only `save` saves, and only what has no problem."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    rows, act, seen = rows_of(form), form.value("act", "save"), form.value("seen")
    if act != "save":
        rows, go_to = edited(rows, act)
        return editor(request, contest, rows, go_to=go_to, seen=seen)
    reading = read_rows(rows)
    if reading.scheme is None:
        return editor(request, contest, rows, problems=reading.problems, status=422, seen=seen)
    try:
        await schemes.save_draft(contest.id, reading.scheme, reading.notes, request.user.account_id, seen=seen)
    except Refused as refusal:
        # Saved once more, it replaces what the other person saved: now that is known and meant.
        now = await schemes.draft_state(contest.id)
        return editor(request, contest, rows, problems=refusal.problems, status=409, seen=now)
    return redirect(request, f"/organise/contests/{address}/scheme", done="scheme_saved")


@get("/organise/contests/{address:str}/scheme.json", may=RUN_COMPETITIONS)
async def scheme_file(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """The scheme as it stands, as `ganpo tabulate` reads it."""
    contest = await contest_for_organiser(request.user, address)
    scheme, _ = await scheme_of(contest)
    if scheme is None:
        raise NotFound
    headers = {
        "content-disposition": f'attachment; filename="{contest.address}-scheme.json"',
        "cache-control": "private, no-store",
    }
    return Response(canonical_json(scheme).encode(), media_type="application/json", headers=headers)


@get("/organise/contests/{address:str}/scheme/file", may=RUN_COMPETITIONS)
async def upload_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    contest = await contest_for_organiser(request.user, address)
    return render(request, "competitions/organiser/scheme_file.html", contest=contest, form=Form(), file_problems=())


@post("/organise/contests/{address:str}/scheme/file", may=RUN_COMPETITIONS)
async def upload_scheme(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Put a scheme file in the draft's place; notes of aspects and modules that it keeps stay."""
    contest = await contest_for_organiser(request.user, address)
    form = await read_form(request)
    upload = form.upload("scheme_file")
    _, notes = await draft_scheme(contest.id)
    begin = read_file(upload.content if upload else None, notes)
    try:
        if begin.scheme is None:
            raise Refused(*begin.problems)
        await schemes.save_draft(contest.id, begin.scheme, begin.notes, request.user.account_id)
    except Refused as refusal:
        form = form.with_problems(refusal.problems)
        more = {"contest": contest, "form": form, "file_problems": begin.file_problems}
        return render(request, "competitions/organiser/scheme_file.html", 422, **more)
    return redirect(request, f"/organise/contests/{address}/scheme", done="scheme_uploaded")


HANDLERS = [scheme_page, change_scheme, scheme_file, upload_page, upload_scheme]
