"""What the desk pages of circulars and announcements share: steps on the way to being issued, files, reading.

Knows a kind of document through its `Shelf`; knows no field of any form but those of the steps.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts
from foundation.people.permissions import Permission
from foundation.process import approval, attachments
from foundation.process.approval import Paper
from foundation.process.rules.circular_text import blocks
from foundation.process.rules.publishing import Stage, open_steps
from foundation.web.files.downloads import download
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.work import returns

PRIVATE = "private, no-store"
CACHED = "public, max-age=0, must-revalidate"
NOTE = "note."  # before the names of fields that are sent back
TABS: Mapping[str, tuple[Stage, ...]] = {
    "all": tuple(Stage),
    "draft": (Stage.DRAFT,),
    "review": (Stage.REVIEW,),
    "signing": (Stage.SIGNING,),
    "issued": (Stage.ISSUED, Stage.WITHDRAWN),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of document at its address. `load(user, id, permission)` raises NotFound for strangers."""

    paper: Paper
    address: str
    keep: Permission
    review: Permission
    sign: Permission
    load: Callable[[Any, int, Permission], Awaitable[Any]]
    corrections: Callable[[int], Awaitable[Any]]

    def permission(self, step: str, stage: Stage) -> Permission:
        """What somebody needs for a step from this stage. Raises NotFound for what is no step."""
        match step:
            case "hand_in" | "take_back":
                return self.keep
            case "pass_on":
                return self.review
            case "send_back":
                return self.sign if stage is Stage.SIGNING else self.review
            case "sign" | "withdraw":
                return self.sign
        raise NotFound


async def document_page(
    request: Request[Any, Any, Any], shelf: Shelf, document: Any, form: Form | None = None, status: int = 200
) -> Response[bytes]:
    """The desk page of one document: where it stands, its text and files, and what this person may do."""
    user, key = request.user, shelf.paper.table._meta.primary_key
    steps = [
        step
        for step in open_steps(document.stage, document.authors, user.account_id)
        if await shelf.permission(step, document.stage).allows(user, key == document.id)
    ]
    people = [one for one in (document.drafted_by, document.reviewed_by, document.signed_by) if one]
    return render(
        request,
        "process/circulars/document.html",
        status,
        shelf=shelf,
        kind=shelf.paper.name,
        document=document,
        blocks=blocks(document.text),
        files=await attachments.of(document.subject),
        returned=await returns.open_fields(document.subject) or {},
        corrections=await shelf.corrections(document.id),
        names={facts.id: facts.name for facts in await accounts.by_ids(people)},
        steps=steps,
        own=user.account_id in document.authors,
        may_keep=await shelf.keep.allows(user, key == document.id),
        form=form or Form.filled({"number": document.number}),
    )


async def take_step(request: Request[Any, Any, Any], shelf: Shelf, document_id: int) -> Response[Any]:
    """Take the step whose button was pressed; a refused one comes back with everything typed."""
    form = await read_form(request)
    step = form.value("step")
    document = await shelf.load(request.user, document_id, shelf.permission(step, Stage.REVIEW))
    if step == "send_back":
        document = await shelf.load(request.user, document_id, shelf.permission(step, document.stage))
    by, now, paper = request.user.account_id, datetime.now(UTC), shelf.paper
    seen = form.value("handed_in")
    try:
        match step:
            case "hand_in":
                await approval.hand_in(paper, document_id, by, now)
            case "take_back":
                await approval.take_back(paper, document_id, by, now)
            case "pass_on":
                await approval.pass_on(paper, document_id, by, now, seen)
            case "send_back":
                await approval.send_back(paper, document_id, document.stage, notes_of(form), by, now)
            case "sign":
                await approval.sign(paper, document_id, form.value("number"), by, now, seen)
            case _:
                await approval.withdraw(paper, document_id, form.value("reason"), by, now)
    except Refused as refusal:
        problems = at_notes(refusal.problems) if step == "send_back" else refusal.problems
        return await document_page(request, shelf, document, form.with_problems(problems), 422)
    return redirect(request, f"{shelf.address}/{document_id}", done=_DONE[step])


_DONE = {
    "hand_in": "document_handed_in",
    "take_back": "document_taken_back",
    "pass_on": "document_passed_on",
    "send_back": "document_sent_back",
    "sign": "document_signed",
    "withdraw": "document_withdrawn",
}


def at_notes(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of fields that are sent back, at the boxes of their notes."""
    return [Problem(each.code, NOTE + each.field if each.field else "", each.params) for each in problems]


def notes_of(form: Form) -> Mapping[str, str]:
    """The fields whose box is ticked or that have a note: field -> note."""
    ticked = form.values("return")
    typed = [name.removeprefix(NOTE) for name in form.names() if name.startswith(NOTE) and form.value(name).strip()]
    return {field: form.value(NOTE + field) for field in dict.fromkeys([*ticked, *typed])}


async def attach(request: Request[Any, Any, Any], shelf: Shelf, document_id: int) -> Response[Any]:
    """Hang the chosen file on a draft, or remove those that are ticked."""
    form = await read_form(request)
    document = await shelf.load(request.user, document_id, shelf.keep)
    by, gone = request.user.account_id, form.values("remove")
    try:
        if form.value("act") == "remove":
            numbers = [int(one) for one in gone if one.isascii() and one.isdecimal() and len(one) < 6]
            if not numbers:
                raise Refused(Problem("attachment_none_chosen", "remove"))
            await attachments.remove(shelf.paper, document_id, numbers, by)
        else:
            upload = form.upload("file")
            name, content = (upload.name, upload.given) if upload else ("", b"")
            await attachments.add(shelf.paper, document_id, name, content, by, datetime.now(UTC))
    except Refused as refusal:
        again = form.with_values({"number": document.number}).with_problems(refusal.problems)
        return await document_page(request, shelf, document, again, 422)
    done = "document_detached" if form.value("act") == "remove" else "document_attached"
    return redirect(request, f"{shelf.address}/{document_id}", done=done)


async def sent(subject: str, number: int, cache_control: str) -> Response[Any]:
    """An attachment as a download. Raises NotFound."""
    return await download(await attachments.file_id(subject, known_id(number)), cache_control)


def tab_of(request: Request[Any, Any, Any]) -> str:
    """The tab that the address asks for. Raises NotFound for another."""
    tab = request.query_params.get("show", "all")
    if tab not in TABS:
        raise NotFound
    return tab


def known_id(value: int) -> int:
    """An id that a column can hold. Raises NotFound."""
    if not 0 < value < 2**31:
        raise NotFound
    return value
