"""Masters and apprentices, for the officers and clerks who keep their agreements: list, one, new, ending, the tree."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from craftsmen import apprenticeship_reads, apprenticeships
from craftsmen.apprenticeship_reads import PAGE, Facts
from craftsmen.choosing import Choice, choose
from craftsmen.may import KEEP_APPRENTICESHIPS
from craftsmen.rules.apprenticeships import FIELDS, STAGES, Stage, read_agreement
from foundation.base.problem import NotFound, Refused
from foundation.files.limits import PAPER
from foundation.web.files.downloads import download
from foundation.web.files.taking import take_file
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.uploads import takes


@get("/apprenticeships", may=KEEP_APPRENTICESHIPS)
async def agreement_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    stage = request.query_params.get("stage", "")
    if stage and stage not in STAGES:
        raise NotFound
    rows = await apprenticeship_reads.kept_by(request.user, stage, read_cursor(request))
    page = page_of(rows, PAGE, lambda one: one.id)
    return render(request, "craftsmen/guild/agreements.html", page=page, stage=stage, stages=STAGES)


@get("/apprenticeships/new", may=KEEP_APPRENTICESHIPS)
async def new_agreement(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _new(request, Form(), Choice(), Choice())


@post("/apprenticeships", may=KEEP_APPRENTICESHIPS)
async def create(request: Request[Any, Any, Any]) -> Response[Any]:
    """A master may be any craftsman with a public page; an apprentice is one of the own workers."""
    form = await read_form(request)
    user = request.user
    master = await choose(user, "master", form.value("master"), form.value("master_id"), kept=True, shown=True)
    apprentice = await choose(
        user, "apprentice", form.value("apprentice"), form.value("apprentice_id"), kept=True, shown=False
    )
    agreement, problems = read_agreement({name: form.value(name) for name in FIELDS})
    problems = [*master.problems, *apprentice.problems, *problems]
    if agreement is None or master.one is None or apprentice.one is None:
        return _new(request, form.with_problems(problems), master, apprentice, 422)
    try:
        made = await apprenticeships.create(
            master.one.id, apprentice.one.id, agreement, user.actor, datetime.now(UTC), account=user.account_id
        )
    except Refused as refusal:
        return _new(request, form.with_problems(refusal.problems), master, apprentice, 422)
    return redirect(request, f"/apprenticeships/{made}", done="apprentice_agreed")


@get("/apprenticeships/{number:int}", may=KEEP_APPRENTICESHIPS)
async def agreement_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    facts = await apprenticeship_reads.for_user(request.user, number)
    return _page(request, facts, _filled(facts))


@post("/apprenticeships/{number:int}", may=KEEP_APPRENTICESHIPS)
async def change(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    facts = await apprenticeship_reads.for_user(request.user, number)
    form = await read_form(request)
    agreement, problems = read_agreement({name: form.value(name) for name in FIELDS})
    if agreement is None:
        return _page(request, facts, form.with_problems(problems), 422)
    try:
        await apprenticeships.change(facts.id, agreement, revision_of(form), request.user.actor, datetime.now(UTC))
    except Refused as refusal:
        return await _again(request, number, form, refusal)
    return redirect(request, f"/apprenticeships/{number}", done="apprentice_saved")


@post("/apprenticeships/{number:int}/conclusion", may=KEEP_APPRENTICESHIPS)
async def conclude(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Mastered, or broken off; the form's button says which."""
    facts = await apprenticeship_reads.for_user(request.user, number)
    form = await read_form(request)
    step = "complete" if form.value("step") == "complete" else "end"
    try:
        await apprenticeships.conclude(
            facts.id, step, form.value("result"), revision_of(form), request.user.actor, datetime.now(UTC)
        )
    except Refused as refusal:
        return await _again(request, number, form, refusal)
    return redirect(request, f"/apprenticeships/{number}", done=f"apprentice_{step}d")


@post("/apprenticeships/{number:int}/agreement", may=KEEP_APPRENTICESHIPS, **takes(PAPER))
async def keep_paper(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    facts = await apprenticeship_reads.for_user(request.user, number)
    taken = await take_file(request, await read_form(request), "paper", PAPER)
    if taken.problems or taken.id is None:
        return _page(request, facts, _filled(facts).with_problems(taken.problems), 422)
    await apprenticeships.keep_paper(facts.id, taken.id, request.user.actor, datetime.now(UTC))
    return redirect(request, f"/apprenticeships/{number}", done="apprentice_signed")


@get("/apprenticeships/{number:int}/agreement", may=KEEP_APPRENTICESHIPS)
async def paper(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes] | Stream:
    facts = await apprenticeship_reads.for_user(request.user, number)
    if facts.agreement is None:
        raise NotFound
    return await download(facts.agreement)


@get("/apprenticeships/tree/{worker_id:int}", may=KEEP_APPRENTICESHIPS)
async def tree(request: Request[Any, Any, Any], worker_id: FromPath[int]) -> Response[bytes]:
    found = await apprenticeship_reads.tree(request.user, worker_id)
    return render(request, "craftsmen/guild/tree.html", tree=found, stages=STAGES)


def revision_of(form: Form) -> int:
    """What the form showed; 0 for junk, which no row has."""
    text = form.value("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _filled(facts: Facts) -> Form:
    values = {name: str(getattr(facts, name)) for name in FIELDS}
    return Form.filled({**values, "revision": str(facts.revision)})


async def _again(request: Request[Any, Any, Any], number: int, form: Form, refusal: Refused) -> Response[bytes]:
    """The form once more, with what stands there now where somebody was quicker; nothing typed is lost."""
    facts = await apprenticeship_reads.for_user(request.user, number)
    missing = {name: str(getattr(facts, name)) for name in FIELDS if name not in form.names()}
    form = form.with_values({**missing, "revision": str(facts.revision)})
    return _page(request, facts, form.with_problems(refusal.problems), 409)


def _new(
    request: Request[Any, Any, Any], form: Form, master: Choice, apprentice: Choice, status: int = 200
) -> Response[bytes]:
    return render(
        request,
        "craftsmen/guild/agreement_new.html",
        status,
        form=form,
        masters=master.several,
        apprentices=apprentice.several,
        most=apprenticeships.most_running(),
    )


def _page(request: Request[Any, Any, Any], facts: Facts, form: Form, status: int = 200) -> Response[bytes]:
    running = facts.stage is Stage.RUNNING
    return render(
        request, "craftsmen/guild/agreement.html", status, one=facts, form=form, stages=STAGES, running=running
    )


HANDLERS = [agreement_list, new_agreement, create, agreement_page, change, conclude, keep_paper, paper, tree]
