"""The office's page from the vote to the conferral: notice, second review, proposal, asking a second person."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import conferral
from craftsmen.conferral_reads import noticed, state_of
from craftsmen.may import RUN_ROUNDS
from craftsmen.round_reads import RoundFacts, for_officer, rules_of
from craftsmen.rules.conferral import after_notice_problems, confer_problems, notice_problems
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.outcomes import read_outcome
from foundation.base.clock import today
from foundation.base.problem import NotFound, Problem, Refused
from foundation.process.calendar import read_day
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render, speaker_of
from foundation.work import two_person


@get("/rounds/manage/{address:str}/conferral", may=RUN_ROUNDS)
async def conferral_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    found = await _round(request, address)
    say = speaker_of(request).say
    name = {"round": found.name}
    typed = {
        "title": say(Problem("conferral_notice_title", "", name)),
        "text": say(Problem("conferral_notice_text", "", name)),
        "on": today().isoformat(),
    }
    return await _page(request, found, Form.filled(typed))


@post("/rounds/manage/{address:str}/conferral", may=RUN_ROUNDS)
async def take_step(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Draft the notice, go on after it and after the second review, leave somebody out, or ask for the conferral."""
    found = await _round(request, address)
    form = await read_form(request)
    act = form.value("act")
    try:
        if act == "notice":
            return await _notice(request, found, form)
        if act in ("notice_over", "second_over"):
            return await _go_on(request, found, form, Stage.NOTICE if act == "notice_over" else Stage.SECOND)
        if act == "leave_out":
            return await _leave_out(request, found, form)
        if act == "confer":
            return await _ask(request, found, form)
        raise Refused(Problem("panel_act_none"))
    except Refused as refusal:
        return await _page(request, found, form.with_problems(refusal.problems), 409)


async def _notice(request: Request[Any, Any, Any], found: RoundFacts, form: Form) -> Response[Any]:
    said = (form.value("title"), form.value("text"), form.value("contact"))
    made = await conferral.to_notice(found.id, *said, by=request.user.account_id, now=datetime.now(UTC))
    if made:
        return redirect(request, f"/notices/manage/{made}", done="conferral_noticed")
    return redirect(request, _here(found), done="conferral_gone_on")


async def _go_on(request: Request[Any, Any, Any], found: RoundFacts, form: Form, at: Stage) -> Response[Any]:
    await conferral.go_on(found.id, at, _picked(form), request.user.account_id, datetime.now(UTC))
    return redirect(request, _here(found), done="conferral_gone_on")


async def _leave_out(request: Request[Any, Any, Any], found: RoundFacts, form: Form) -> Response[Any]:
    outcome, problems = read_outcome({name: form.value(name) for name in ("reason", "rule", "advice")})
    at = form.value("at")
    if outcome is None or at not in set(Stage):
        raise Refused(*(problems or [Problem("conferral_pick", "pick")]))
    by, now = request.user.account_id, datetime.now(UTC)
    await conferral.leave_out(found.id, Stage(at), _picked(form), outcome, by=by, now=now)
    return redirect(request, _here(found), done="conferral_left_out")


async def _ask(request: Request[Any, Any, Any], found: RoundFacts, form: Form) -> Response[Any]:
    on = read_day(form.value("on"))
    if on is None:
        raise Refused(Problem("conferral_day", "on"))
    by, now = request.user.account_id, datetime.now(UTC)
    asked = await conferral.ask(found.id, form.value("document"), on, form.value("why"), by=by, now=now)
    return redirect(request, f"/acts/{asked}", done="conferral_asked_now")


async def _round(request: Request[Any, Any, Any], address: str) -> RoundFacts:
    found = await for_officer(request.user, address)
    if not found.public:
        raise NotFound
    return found


async def _page(request: Request[Any, Any, Any], found: RoundFacts, form: Form, status: int = 200) -> Response[bytes]:
    now = datetime.now(UTC)
    state, notices = await state_of(found, now), await noticed(found, now)
    return render(
        request,
        "craftsmen/panel/conferral.html",
        status,
        round=found,
        rules=await rules_of(found.id),
        state=state,
        stops={
            "notice": notice_problems(state),
            "after": after_notice_problems(state),
            "confer": confer_problems(state, "-"),
        },
        notice_address="" if state.notice == "otherwise" and notices.is_over else notices.address,
        asked=await two_person.open_act(conferral.CONFER.code, f"round:{found.id}"),
        form=form,
    )


def _picked(form: Form) -> set[int]:
    return {int(text) for text in form.values("pick") if text.isascii() and text.isdecimal() and len(text) < 10}


def _here(found: RoundFacts) -> str:
    return f"/rounds/manage/{found.address}/conferral"


HANDLERS = [conferral_page, take_step]
