"""The meeting on a round, its notice, the decision by two people, and the papers. Load, decide, write, redirect."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Refused
from foundation.files.names import download_headers
from foundation.papers.printing import to_pdf
from foundation.papers.sheets_out import listing
from foundation.papers.word import to_docx
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from innovations import review_conferring, review_deciding, review_notices, review_papers, review_reads
from innovations.may_review import RUN_REVIEWS
from innovations.review_deciding import Decision
from innovations.reviews import RoundFacts
from innovations.routes.review_office import AT, done, page
from innovations.rules.review_steps import Stage

_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf", "docx": f"{_OFFICE}wordprocessingml.document", "xlsx": f"{_OFFICE}spreadsheetml.sheet",
}  # fmt: skip
PAPERS = ("summary", "awards")


@get(AT + "/{number:int}/meeting", may=RUN_REVIEWS)
async def meeting_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _meeting(request, await _decided(request, number), Form())


@post(AT + "/{number:int}/meeting", may=RUN_REVIEWS)
async def decide_awards(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    found = await _decided(request, number)
    form, by = await read_form(request), request.user.account_id
    lines = (await review_deciding.meeting(found, by)).lines
    decided = {
        one.entry: Decision(form.value(f"award-{one.entry}"), form.value(f"reasons-{one.entry}")) for one in lines
    }
    try:
        await review_deciding.decide_awards(number, decided, by, datetime.now(UTC), seen=form.value("seen"))
    except Refused as refusal:
        return await _meeting(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{number}/meeting", done="review_awards_kept")


@post(AT + "/{number:int}/notice", may=RUN_REVIEWS)
async def to_notice(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    found = await review_reads.round_run(request.user, number)
    form = await read_form(request)
    words, none = [form.value(name) for name in ("title", "text", "contact")], form.checked("no_award", "yes")
    by, now = request.user.account_id, datetime.now(UTC)
    try:
        address = await review_notices.open_notice(number, *words, by=by, now=now, no_award=none)
    except Refused as refusal:
        return await page(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/notices/manage/{address}", done="review_noticed")


@post(AT + "/{number:int}/decision", may=RUN_REVIEWS)
async def ask_decision(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(found: RoundFacts, form: Form) -> None:
        document, reason = form.value("document"), form.value("reason")
        await review_conferring.ask(found.id, document, reason, request.user.account_id, datetime.now(UTC))

    return await done(request, number, act, "review_decision_asked")


@get(AT + "/{number:int}/papers/{name:str}", may=RUN_REVIEWS)
async def paper(request: Request[Any, Any, Any], number: FromPath[int], name: FromPath[str]) -> Response[bytes]:
    """The ranked summary table (汇总表) or the list of awards, as pdf, docx or xlsx."""
    found = await _decided(request, number)
    what, _, kind = name.partition(".")
    if what not in PAPERS or kind not in TYPES:
        raise NotFound
    lines = (await review_deciding.meeting(found, request.user.account_id)).lines
    if kind == "xlsx":
        listed = (
            review_papers.summary_sheet(found, lines) if what == "summary" else review_papers.award_sheet(found, lines)
        )
        title, content = listed.title, await listing(listed)
    else:
        now = datetime.now(UTC).astimezone(zone_of(request))
        make = review_papers.summary if what == "summary" else review_papers.award_list
        document = make(found, lines, now)
        title, content = document.title, await (to_pdf(document) if kind == "pdf" else to_docx(document))
    headers = {**download_headers(f"{title}.{kind}"), "cache-control": "private, no-store"}
    return Response(content=content, media_type=TYPES[kind], headers=headers)


async def _decided(request: Request[Any, Any, Any], number: int) -> RoundFacts:
    """The round, once its marks are locked. Raises NotFound before."""
    found = await review_reads.round_run(request.user, number)
    if found.stage not in review_deciding.SHOWN:
        raise NotFound
    return found


async def _meeting(
    request: Request[Any, Any, Any], found: RoundFacts, form: Form, status: int = 200
) -> Response[bytes]:
    seen = await review_deciding.meeting(found, request.user.account_id)
    if not form.fields:
        form = Form.filled(
            {f"award-{one.entry}": one.award for one in seen.lines}
            | {f"reasons-{one.entry}": one.reasons for one in seen.lines}
        )
    return render(
        request, "innovations/reviews/meeting.html", status, round=found, meeting=seen,
        form=form.with_values({"seen": await review_deciding.digest_of(found.id)}),
        changed=any(one.code == "review_changed" for one in form.problems),
        writes=found.stage is Stage.DECIDING and not seen.hidden, awards=found.rules.awards,
    )  # fmt: skip


HANDLERS = [meeting_page, decide_awards, to_notice, ask_decision, paper]
