"""The pages of workers for officers and unit clerks: the list, searching, entering and changing.

What is done with one worker (seeing a sealed field, a code for paper, merging) is in `worker_act_pages`. ID numbers
and telephones are searched by POST: an address stands in histories and in the logs of other machines.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.people import may, worker_lists, worker_reads, workers
from foundation.people.grants import Role
from foundation.people.worker_facts import CHOICES, Given, read_worker
from foundation.people.worker_reads import WorkerFacts
from foundation.people.worker_words import EDUCATION, GENDERS, GRADES, MARKS, POLITICS
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import pages_of, redirect, render, speaker_of
from foundation.web.people import worker_act_pages

PAGE = 50
FIELDS = [field.name for field in fields(Given)]
SEALED = ("id_number", "phone")
UNKNOWN = N_("not known")


def today(request: Request[Any, Any, Any]) -> date:
    """The day it is in the registry's zone."""
    return datetime.now(ZoneInfo(pages_of(request).settings.zone)).date()


@get("/workers", may=may.KEEP_WORKERS)
async def worker_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    search, order = request.query_params.get("q", "").strip(), request.query_params.get("order", "sound")
    if order not in worker_lists.ORDERS:
        raise NotFound
    rows = await worker_lists.listing(request.user, PAGE, order, search, read_cursor(request, "after"))
    return _list(request, rows, search, order)


@post("/workers/search", may=may.KEEP_WORKERS)
async def search_workers(request: Request[Any, Any, Any]) -> Response[Any]:
    """By ID number or telephone: straight to the worker. Names go into the address of the list."""
    form = await read_form(request)
    typed = form.value("search").strip()
    found = await worker_lists.by_number(request.user, typed) if typed else None
    if found is None and looks_like_a_number(typed):  # mistyped ones never stand in an address either
        wrong = Form.filled({"search": typed}).with_problems([Problem("worker_search_number", "search")])
        return _list(request, [], "", "sound", numbered=True, form=wrong)
    if found is None:
        return redirect(request, "/workers?" + urlencode({"q": typed[:64]}) if typed else "/workers")
    if len(found) == 1:
        return redirect(request, f"/workers/{found[0]}")
    rows = [worker_lists.as_row(await worker_reads.for_user(request.user, worker_id)) for worker_id in found]
    return _list(request, rows, "", "sound", numbered=True)


def looks_like_a_number(typed: str) -> bool:
    """Whether somebody meant an ID number or a telephone, right or wrong."""
    return sum(character.isdigit() for character in unicodedata.normalize("NFKC", typed[:200])) >= 6


def _list(  # noqa: PLR0917 - a list is all of these
    request: Request[Any, Any, Any],
    rows: list[worker_lists.WorkerRow],
    search: str,
    order: str,
    numbered: bool = False,
    form: Form | None = None,
) -> Response[bytes]:
    page = page_of(rows, PAGE, lambda row: row.id)
    more = "?" + urlencode({"q": search, "order": order, "after": page.older}) if page.older else ""
    return render(
        request,
        "people/workers.html",
        422 if form else 200,
        workers=page.rows,
        more=more,
        order=order,
        numbered=numbered,
        form=form or Form.filled({"search": search}),
        genders=GENDERS,
        grades=GRADES,
    )


@get("/workers/new", may=may.KEEP_WORKERS)
async def new_worker(request: Request[Any, Any, Any]) -> Response[bytes]:
    hat = request.user.hat
    own = hat.organisation if Role.CLERK in hat.roles else ""
    return _form(request, Form.filled({"unit": own}), None)


@post("/workers", may=may.KEEP_WORKERS)
async def create(request: Request[Any, Any, Any]) -> Response[Any]:
    form, given, unit_id = await _read(request)
    if given is None:
        return _form(request, form, None, status=422)
    worker_id, made = await workers.create(given, unit_id, request.user.actor, datetime.now(UTC))
    if not made:
        try:
            await worker_reads.for_user(request.user, worker_id)
        except NotFound:
            return _form(request, form.with_problems([Problem("worker_elsewhere", "id_number")]), None, status=422)
    return redirect(request, f"/workers/{worker_id}", done="worker_created" if made else "worker_found")


@get("/workers/{worker_id:int}/facts", may=may.KEEP_WORKERS)
async def facts_form(request: Request[Any, Any, Any], worker_id: FromPath[int]) -> Response[bytes]:
    worker = await worker_reads.for_user(request.user, worker_id)
    return _form(request, Form.filled(_shown(worker)), worker)


@post("/workers/{worker_id:int}/facts", may=may.KEEP_WORKERS)
async def change(request: Request[Any, Any, Any], worker_id: FromPath[int]) -> Response[Any]:
    """Save what was typed over what the form showed; where that changed meanwhile, both are shown."""
    worker = await worker_reads.for_user(request.user, worker_id)
    form, given, unit_id = await _read(request)
    if given is None:
        return _form(request, form, worker, status=422)
    seen = form.value("revision")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    try:
        await workers.change(worker_id, given, unit_id, revision=revision, by=request.user.actor, now=datetime.now(UTC))
    except Refused as refusal:
        stands = await worker_reads.for_user(request.user, worker_id)
        again = form.with_problems(refusal.problems).with_values({"revision": str(stands.revision)})
        changed = stands.revision != revision
        return _form(request, again, stands, status=422, stands=_shown(stands) if changed else {})
    return redirect(request, f"/workers/{worker_id}", done="worker_saved")


async def _read(request: Request[Any, Any, Any]) -> tuple[Form, Given | None, int]:
    """The form with all its problems, and what it says where it has none."""
    form = await read_form(request)
    given, problems = read_worker({name: form.value(name) for name in FIELDS}, today(request))
    unit_id, unknown = await worker_lists.unit_for(request.user, form.value("unit"))
    return form.with_problems([*problems, *unknown]), None if unknown else given, unit_id


def _shown(worker: WorkerFacts) -> dict[str, str]:
    """What the form shows of a worker; sealed fields stay empty, which keeps them."""
    values = {name: getattr(worker, name) for name in FIELDS if name not in SEALED}
    texts = {
        name: ("1" if value else "") if isinstance(value, bool) else "" if value is None else str(value)
        for name, value in values.items()
    }
    return {**texts, "unit": worker.unit, "revision": str(worker.revision)}


def _form(
    request: Request[Any, Any, Any],
    form: Form,
    worker: WorkerFacts | None,
    status: int = 200,
    stands: dict[str, str] | None = None,
) -> Response[bytes]:
    return render(
        request,
        "people/workers_form.html",
        status,
        form=form,
        worker=worker,
        stands=stands or {},
        choices={name: _options(request, words) for name, words in CHOICES.items()},
        genders=GENDERS,
        politics=POLITICS,
        education=EDUCATION,
        grades=GRADES,
        marks=MARKS,
    )


def _options(request: Request[Any, Any, Any], words: Mapping[str, str]) -> list[tuple[str, str]]:
    """The options of a field in the page's language, none first."""
    say = speaker_of(request).gettext
    return [("", say(UNKNOWN)), *((code, say(word)) for code, word in words.items())]


HANDLERS = [worker_list, search_workers, new_worker, create, facts_form, change, *worker_act_pages.HANDLERS]
