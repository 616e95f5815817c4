"""What one innovation brings: its page, the working of the unit as a form, papers that prove it, and finance's page.

Load, decide, write, redirect. "Compute" writes nothing: the working comes back with every line and the sum in figures.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files.limits import PAPER
from foundation.web.files.downloads import download
from foundation.web.files.taking import take_file
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect
from foundation.web.process.notice_desk_pages import zone_of
from foundation.web.uploads import takes
from foundation.work import two_person
from innovations import benefit_evidence, benefit_verifying, benefits, innovation_reads, proposal_facts
from innovations.benefits import BenefitFacts
from innovations.innovation_reads import InnovationFacts
from innovations.may import KEEP_INNOVATIONS, SEE_INNOVATIONS
from innovations.may_benefits import VERIFY_BENEFITS
from innovations.routes.benefits_shown import CLAIM, FORECAST, VERIFICATION, leaves, show_page, show_working
from innovations.routes.unit_innovation_shown import revision_of, values_of
from innovations.rules import benefit_typed
from innovations.rules.benefits import Line

AT = "/innovations/desk/{number:int}/benefit"
Write = Callable[[date | None, list[Line]], Awaitable[str]]  # the day and the lines; answers where to go on


@get(AT, may=SEE_INNOVATIONS)
async def benefit_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await show_page(request, await innovation_reads.one(request.user, number), Form())


@get(AT + "/forecast", may=KEEP_INNOVATIONS)
async def forecast_form(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    found = await benefits.of(one.id)
    return show_working(request, one, FORECAST, _filled(found, found.forecast if found else ()), found)


@post(AT + "/forecast", may=KEEP_INNOVATIONS)
async def save_forecast(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    form = _closed_up(await read_form(request))

    async def write(day: date | None, lines: list[Line]) -> str:
        if day is not None:
            await benefits.forecast(one.id, day, lines, revision_of(form), request.user.account_id, datetime.now(UTC))
        return f"/innovations/desk/{number}/benefit"

    return await _worked(request, one, FORECAST, form, write)


@get(AT + "/claim", may=KEEP_INNOVATIONS)
async def claim_form(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """What was claimed; before that the forecast stands there already, or what its proposal says."""
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    found = await benefits.of(one.id)
    if found is None and (form := await _of_proposal(one)) is not None:
        return show_working(request, one, CLAIM, form, found, from_proposal=True)
    return show_working(request, one, CLAIM, _filled(found, (found.claimed or found.forecast) if found else ()), found)


@post(AT + "/claim", may=KEEP_INNOVATIONS)
async def save_claim(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    form = _closed_up(await read_form(request))

    async def write(day: date | None, lines: list[Line]) -> str:
        if day is not None:
            await benefits.claim(one.id, day, lines, revision_of(form), request.user.account_id, datetime.now(UTC))
        return f"/innovations/desk/{number}/benefit"

    return await _worked(request, one, CLAIM, form, write)


@get(AT + "/verification", may=VERIFY_BENEFITS)
async def verification_form(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """Finance's page: the claim with its working and papers; what was found stands there as claimed at first."""
    one = await innovation_reads.one(request.user, number, VERIFY_BENEFITS)
    found = await _claimed(one)
    return show_working(request, one, VERIFICATION, _filled(found, found.claimed), found, await _papers(found))


@post(AT + "/verification", may=VERIFY_BENEFITS)
async def ask_verification(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one = await innovation_reads.one(request.user, number, VERIFY_BENEFITS)
    await _claimed(one)
    form = _closed_up(await read_form(request))

    async def write(day: date | None, lines: list[Line]) -> str:
        now = datetime.now(UTC)
        today, by = now.astimezone(zone_of(request)).date(), request.user.account_id
        act = await benefit_verifying.ask(one.id, lines, form.value("reason"), revision_of(form), by, now, today)
        return f"/acts/{act}"

    return await _worked(request, one, VERIFICATION, form, write)


@post(AT + "/papers", may=KEEP_INNOVATIONS, **takes(PAPER))
async def add_evidence(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    taken = await take_file(request, await read_form(request), "paper", PAPER)
    try:
        problems = [*benefit_evidence.said_problems(taken.form.value("said")), *_unlooked(taken.form)]
        if taken.problems or taken.id is None or problems:
            raise Refused(*taken.problems, *problems)
        await benefit_evidence.add(one.id, taken.id, taken.form.value("said"), request.user.account_id)
    except Refused as refusal:
        return await show_page(request, one, taken.form.with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}/benefit", done="innovation_paper_taken")


@post(AT + "/papers/{paper:int}/removal", may=KEEP_INNOVATIONS)
async def take_off_evidence(request: Request[Any, Any, Any], number: FromPath[int], paper: FromPath[int]) -> Any:
    one, form = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS), await read_form(request)
    try:
        await benefit_evidence.take_off(one.id, paper, request.user.account_id)
    except Refused as refusal:
        return await show_page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}/benefit")


@get(AT + "/papers/{paper:int}", may=SEE_INNOVATIONS)
async def evidence_file(
    request: Request[Any, Any, Any], number: FromPath[int], paper: FromPath[int]
) -> Response[bytes] | Stream:
    one = await innovation_reads.one(request.user, number)
    found = await benefits.of(one.id)
    if found is None:
        raise NotFound
    return await download((await benefit_evidence.one(found.id, paper)).file_id)


async def _worked(
    request: Request[Any, Any, Any], one: InnovationFacts, what: str, form: Form, write: Write
) -> Response[Any]:
    """Read the working; compute and show it, or write and go on. Every word and every problem comes back."""
    act = form.value("act")
    lines, problems = benefit_typed.read(values_of(form))
    today = datetime.now(UTC).astimezone(zone_of(request)).date()
    day: date | None = None
    if what != VERIFICATION:
        day, wrong = benefit_typed.read_day(form.value("first_day"), today if what == CLAIM else None)
        problems = [*wrong, *problems, *([] if act or not leaves(one, what) else _unlooked(form))]
    try:
        if not act and problems and what == VERIFICATION:  # of what can be read, the act asks about these as well
            problems += two_person.reason_problems(form.value("reason"))
        if not act and problems:
            raise Refused(*problems)
        if not act:
            return redirect(request, await write(day, lines), done="" if what == VERIFICATION else "benefit_saved")
    except Refused as refusal:
        form, status = form.with_problems(refusal.problems), 422
    else:
        computed = act == "compute" and problems
        form, status = (form.with_problems(problems), 422) if computed else (form, 200)
    found = await benefits.of(one.id)
    papers = await _papers(found) if found and what == VERIFICATION else []
    return show_working(request, one, what, form, found, papers, status, more=act == "rows")


def _unlooked(form: Form) -> list[Problem]:
    """Whoever makes figures or papers leave the unit has confirmed for it that nothing secret is in them."""
    return [] if form.checked("looked") else [Problem("benefit_not_looked", "looked")]


def _closed_up(form: Form) -> Form:
    return Form.filled(benefit_typed.closed_up(values_of(form)))


def _filled(found: BenefitFacts | None, lines: tuple[Line, ...]) -> Form:
    day = found.first_day.isoformat() if found and found.first_day else ""
    values = {"revision": str(found.revision if found else 0), "first_day": day}
    return Form.filled({**values, **benefit_typed.typed(lines)})


async def _of_proposal(one: InnovationFacts) -> Form | None:
    """A claim to go on from, where the proposal that it grew out of was counted in money."""
    outcome = (await proposal_facts.outcomes([one.proposal])).get(one.proposal) if one.proposal else None
    counted = (outcome.claimed if outcome.verified is None else outcome.verified) if outcome else None
    if outcome is None or not counted:
        return None
    line = benefit_typed.of_proposal(counted, outcome.working, outcome.done)
    return Form.filled({"revision": "0", "first_day": outcome.done_on.isoformat(), **benefit_typed.typed([line])})


async def _claimed(one: InnovationFacts) -> BenefitFacts:
    found = await benefits.of(one.id)
    if found is None or not found.claimed:
        raise NotFound
    return found


async def _papers(found: BenefitFacts) -> list[benefit_evidence.Evidence]:
    return await benefit_evidence.listed(found.id)


HANDLERS = [
    benefit_page, forecast_form, save_forecast, claim_form, save_claim, verification_form, ask_verification,
    add_evidence, take_off_evidence, evidence_file,
]  # fmt: skip
