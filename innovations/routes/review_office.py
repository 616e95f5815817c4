"""Reviews for those who run them: rules, freezing, channels, steps. Load, decide, write, redirect.

Entries and reviewers stand in `review_office_entries.py`, the meeting and what follows in `review_office_deciding.py`.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import titles
from craftsmen.rules.honours import Holder
from foundation.base import clock
from foundation.base.letters import half_width, number_of
from foundation.base.problem import Problem, Refused
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from foundation.work import two_person
from innovations import (
    review_assigning,
    review_conferring,
    review_deciding,
    review_entries,
    review_notices,
    review_reads,
    reviews,
)
from innovations.may_review import RUN_REVIEWS
from innovations.reviews import RoundFacts
from innovations.rules.review_form import AWARDS, SECTIONS, USUAL, ReviewDraft, read_review, typed
from innovations.rules.review_rules import Level
from innovations.rules.review_steps import ENTRY_STAGES, STAGES, Stage

AT = "/reviews/desk"
_TOLD = {Stage.NOTICE, Stage.DECIDED}
Act = Callable[[RoundFacts, Form], Awaitable[None]]


@get(AT, may=RUN_REVIEWS)
async def round_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    rows = await review_reads.rounds_run(request.user, read_cursor(request))
    page = page_of(rows, review_reads.PAGE, lambda one: one.id)
    return render(request, "innovations/reviews/list.html", page=page, stages=STAGES)


@get(AT + "/new", may=RUN_REVIEWS)
async def new_round(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _new(request, Form.filled({**USUAL, "sections": list(SECTIONS)}))


@post(AT + "/new", may=RUN_REVIEWS)
async def create(request: Request[Any, Any, Any]) -> Response[Any]:
    form, user, now = await read_form(request), request.user, datetime.now(UTC)
    year = now.astimezone(zone_of(request)).year
    try:
        draft = await _read(form, user.hat.organisation_id, year)
    except Refused as refusal:
        return await _new(request, form.with_problems(refusal.problems), 422)
    made = await reviews.create(draft, user.hat.organisation_id, user.account_id, now)
    return redirect(request, f"{AT}/{made}", done="review_round_made")


@get(AT + "/{number:int}", may=RUN_REVIEWS)
async def round_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await page(request, await review_reads.round_run(request.user, number), Form())


@post(AT + "/{number:int}/draft", may=RUN_REVIEWS)
async def change(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Keep the rules, and freeze them where that button was pressed."""
    found, form = await review_reads.round_run(request.user, number), await read_form(request)
    now, by, revision = datetime.now(UTC), request.user.account_id, number_of(form.value("revision"))
    freezes = form.checked("then", "freeze")
    try:
        await reviews.change(found.id, await _read(form, found.organisation_id, found.year), revision, by)
        if freezes:
            form = form.with_values({"revision": str(revision + 1)})  # kept by now, whatever freezing says
            await reviews.freeze(found.id, revision + 1, by, now, zone_of(request))
    except Refused as refusal:
        found = await review_reads.round_run(request.user, number)
        return await page(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{number}", done="review_round_frozen" if freezes else "review_round_saved")


@post(AT + "/{number:int}/extension", may=RUN_REVIEWS)
async def extend(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(found: RoundFacts, form: Form) -> None:
        until = read_day(form.value("list_until"))
        if until is None:
            raise Refused(Problem("review_day", "list_until"))
        by, now, revision = request.user.account_id, datetime.now(UTC), number_of(form.value("revision"))
        await reviews.extend(found.id, until, revision, by, now, zone_of(request))

    return await done(request, number, act, "review_extended")


@post(AT + "/{number:int}/step", may=RUN_REVIEWS)
async def step(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Close entries, draw reviewers, let them mark, draw for who fell out, go back to the meeting, give up."""

    async def act(found: RoundFacts, form: Form) -> None:
        word, by, now = form.value("step"), request.user.account_id, datetime.now(UTC)
        if word == "close_entries":
            await reviews.close_entries(found.id, by, short=form.checked("short"))
        elif word == "draw":
            await review_assigning.draw(found.id, by, now)
        elif word == "begin_marking":
            await review_assigning.begin_marking(found.id, form.checked("short"), by, now, zone_of(request))
        elif word == "fill":
            await review_assigning.fill(found.id, by, now)
        elif word == "decide_again":
            await review_deciding.decide_again(found.id, by, now)
        elif word == "cancel":
            await review_entries.cancel(found.id, by, now)
        else:
            raise Refused(Problem("review_word_missing"))

    return await done(request, number, act, "review_step_taken")


async def done(request: Request[Any, Any, Any], number: int, act: Act, word: str, then: str = "") -> Response[Any]:
    """Load, act, redirect; what cannot be done comes back with every word that was typed."""
    found = await review_reads.round_run(request.user, number)
    form = await read_form(request)
    try:
        await act(found, form)
    except Refused as refusal:
        found = await review_reads.round_run(request.user, number)
        return await page(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, then or f"{AT}/{number}", done=word)


async def page(request: Request[Any, Any, Any], found: RoundFacts, form: Form, status: int = 200) -> Response[bytes]:
    """A round for those who run it."""
    changed = any(one.code == "review_changed" for one in form.problems)  # is told once, then may be sent again
    kept = form.value("revision") if form.problems and not changed else ""
    if not form.fields and found.stage is Stage.DRAFT:
        form = Form.filled({**typed(found.draft), "sections": list(found.rules.sections or SECTIONS)})
    entries = await review_reads.entries_of(found, read_cursor(request))
    return render(
        request,
        "innovations/reviews/round.html",
        status,
        round=found,
        form=form.with_values({"revision": kept or str(found.revision)}),
        changed=changed,
        channels=await review_reads.channels_of(found),
        entries=page_of(entries, review_reads.ENTRIES, lambda one: one.id),
        missing=await review_assigning.missing_of(found) if found.stage in {Stage.ASSIGNING, Stage.MARKING} else {},
        act=await two_person.open_act(review_conferring.DECIDE.code, found.subject),
        stages=STAGES,
        entry_stages=ENTRY_STAGES,
        today=clock.today(),
        standing=await review_notices.standing(found, datetime.now(UTC)) if found.stage is Stage.NOTICE else None,
        drawn=await review_assigning.is_drawn(found.id) if found.stage is Stage.ASSIGNING else True,
        unknown=await review_conferring.unknown_authors(found) if found.stage in _TOLD else (),
        **await _choices(found.organisation_id),
    )


async def _read(form: Form, organisation_id: int, year: int) -> ReviewDraft:
    values = {name: form.value(name) for name in form.names()}
    level, channels = await reviews.level_of(organisation_id), await reviews.channels_for(organisation_id)
    draft, problems = read_review(values, form.values("sections"), level, year, channels)
    if draft is None:
        raise Refused(*problems)
    return draft


async def _choices(organisation_id: int) -> dict[str, Any]:
    """What the form of rules offers."""
    level = await reviews.level_of(organisation_id)
    given = [one for one in await titles.all_titles(active=True) if one.holder is Holder.PERSON]
    return {
        "places": [] if level is Level.ENTERPRISE else await reviews.channels_for(organisation_id),
        "sections": SECTIONS,
        "award_rows": range(1, AWARDS + 1),
        "titles": [(one.code, one.name) for one in given],
    }


async def _new(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    choices = await _choices(request.user.hat.organisation_id)
    return render(request, "innovations/reviews/new.html", status, form=form, **choices)


def read_day(text: str) -> date | None:
    """A day that a form holds; None for anything else."""
    try:
        return date.fromisoformat(half_width(text))
    except ValueError:
        return None


HANDLERS = [round_list, new_round, create, round_page, change, extend, step]
