"""What the office does with the entries and the reviewers of a round. Load, decide, write, redirect."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.letters import number_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_words import INDUSTRIES
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from innovations import (
    review_assigning,
    review_away,
    review_entries,
    review_kept_out,
    review_namesakes,
    review_reads,
    review_seats,
)
from innovations.may_review import RUN_REVIEWS
from innovations.review_reads import EntryLine
from innovations.reviews import RoundFacts
from innovations.routes.review_office import AT, done, read_day
from innovations.rules.conflicts import GROUNDS
from innovations.rules.innovation_kinds import KINDS
from innovations.rules.review_steps import ENTRY_STAGES, EntryStage, Stage

LEAVES = {"exclude": EntryStage.EXCLUDED, "withdraw": EntryStage.WITHDRAWN}
SEATING = {Stage.OPEN, Stage.ASSIGNING, Stage.MARKING}


@get(AT + "/{number:int}/entries/{entry:int}", may=RUN_REVIEWS)
async def entry_page(request: Request[Any, Any, Any], number: FromPath[int], entry: FromPath[int]) -> Response[bytes]:
    found, line = await review_reads.entry_run(request.user, number, entry)
    return await _entry(request, found, line, Form())


@post(AT + "/{number:int}/entries/{entry:int}", may=RUN_REVIEWS)
async def take(request: Request[Any, Any, Any], number: FromPath[int], entry: FromPath[int]) -> Response[Any]:
    """Give it back with notes and a deadline, go on with its newer version, or have it leave the round."""
    found, line = await review_reads.entry_run(request.user, number, entry)
    form, by, now = await read_form(request), request.user.account_id, datetime.now(UTC)
    word = form.value("word")
    try:
        if word == "return":
            await review_entries.give_back(entry, notes_of(form), read_day(form.value("until")), by, now)
        elif word == "renew":
            await review_entries.renew(entry, by, now)
        elif word in LEAVES:
            await review_entries.leave(entry, LEAVES[word], form.value("reason"), by, now)
        else:
            raise Refused(Problem("review_word_missing"))
    except Refused as refusal:
        return await _entry(request, found, line, form.with_problems(at_fields(refusal)), 422)
    return redirect(request, f"{AT}/{number}/entries/{entry}", done="review_step_taken")


@get(AT + "/{number:int}/reviewers", may=RUN_REVIEWS)
async def seats_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _seats(request, await review_reads.round_run(request.user, number), Form())


@post(AT + "/{number:int}/reviewers", may=RUN_REVIEWS)
async def seat(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Seat an account, give somebody the chair, or take somebody off."""
    found = await review_reads.round_run(request.user, number)
    form, by, now = await read_form(request), request.user.account_id, datetime.now(UTC)
    word = form.value("word")
    try:
        if word == "seat":
            await _take_seat(found, form, by, now)
        elif word == "chair":
            await review_seats.make_chair(number, number_of(form.value("seat")), by)
        elif word == "remove":
            await review_seats.remove(number, number_of(form.value("seat")), by, now)
        else:
            raise Refused(Problem("review_word_missing"))
    except Refused as refusal:
        return await _seats(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{number}/reviewers", done="review_seated")


@post(AT + "/{number:int}/calibration", may=RUN_REVIEWS)
async def calibrate(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Have everybody review an awarded innovation of before, to be compared."""

    async def act(found: RoundFacts, form: Form) -> None:
        innovation = await review_reads.awarded(request.user, form.value("address"))
        await review_entries.add_calibration(found.id, innovation, request.user.account_id, datetime.now(UTC))

    return await done(request, number, act, "review_calibrated")


def notes_of(form: Form) -> dict[str, str]:
    """The fields of the innovation that are given back, each with its note."""
    names = [name for name in form.names() if name.startswith("note-")]
    return {name.removeprefix("note-"): form.value(name) for name in names if form.value(name).strip()}


async def _take_seat(found: RoundFacts, form: Form, by: int, now: datetime) -> None:
    account = await review_seats.account_of(form.value("account"))
    if account is None:
        raise Refused(Problem("review_account", "account"), *review_seats.most_problems(number_of(form.value("most"))))
    worker: int | None = number_of(form.value("worker")) or None
    seats = {one.account: one for one in await review_seats.of(found.id)}
    if worker is None:  # who they were said to be holds, or their conflicts would be forgotten
        known = seats[account].worker if account in seats else None
        worker = known or await review_namesakes.only(account)
    elif account not in seats or not await review_namesakes.is_one(seats[account], worker):
        raise NotFound
    most = number_of(form.value("most"))
    await review_seats.seat(found.id, account, worker, form.values("fields"), most, by, now)
    if found.stage is Stage.MARKING:  # whoever was missing is drawn at once, and conflicts are looked at anew
        await review_assigning.fill(found.id, by, now)


def at_fields(refusal: Refused) -> list[Problem]:
    """What is wrong with a note stands at the note's field."""
    return [
        Problem(
            one.code, f"note-{one.field}" if one.code.startswith("return_") and one.field else one.field, one.params
        )
        for one in refusal.problems
    ]


async def _entry(
    request: Request[Any, Any, Any], found: RoundFacts, line: EntryLine, form: Form, status: int = 200
) -> Response[bytes]:
    said = await review_reads.said_of(line.id)
    away = line.id in await review_away.entries(found, request.user.account_id)
    return render(
        request,
        "innovations/reviews/entry.html",
        status,
        round=found,
        line=line,
        form=form,
        said=said,
        kept_out=() if away else await review_kept_out.of_entry(line.id),
        grounds=GROUNDS,
        kinds=KINDS,
        industries=INDUSTRIES,
        kind=KINDS[said.kind],
        before_marking=found.stage in {Stage.OPEN, Stage.ASSIGNING},
        standing=line.stage in {EntryStage.LISTED, EntryStage.RETURNED, EntryStage.ENTERED},
        entry_stages=ENTRY_STAGES,
    )


async def _seats(request: Request[Any, Any, Any], found: RoundFacts, form: Form, status: int = 200) -> Response[bytes]:
    seats = await review_seats.of(found.id)
    if not form.fields:
        changed = next((one for one in seats if one.id == number_of(request.query_params.get("change", ""))), None)
        form = Form.filled(
            {"account": changed.sign_in, "most": str(changed.most), "fields": sorted(changed.fields)}
            if changed
            else {"most": "80"}
        )
    who, unit = number_of(request.query_params.get("who", "")) or 0, request.query_params.get("unit", "").strip()
    return render(
        request,
        "innovations/reviews/seats.html",
        status,
        round=found,
        form=form,
        seats=seats,
        same=await review_namesakes.of(seats, who, unit),
        who=who,
        unit=unit,
        industries=INDUSTRIES,
        seating=found.stage in SEATING,
    )


HANDLERS = [entry_page, take, seats_page, seat, calibrate]
