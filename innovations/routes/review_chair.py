"""The chair's page of a round: progress, spreads, advice on severity, reminders, the lock. 404 for everybody else."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.letters import number_of
from foundation.base.problem import Problem, Refused
from foundation.people.organisation_words import INDUSTRIES
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from innovations import review_assigning, review_chair, review_desk
from innovations.review_desk import Desk
from innovations.rules.review_steps import STAGES, Stage

AT = "/reviews/chair"
Act = Callable[[Desk, Form], Awaitable[None]]


@get(AT + "/{address:str}", signed_in=True)
async def chair_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    return await _page(request, await review_desk.desk_for(request.user, address), Form())


@post(AT + "/{address:str}/reminders", signed_in=True)
async def remind(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    async def act(desk: Desk, form: Form) -> None:
        await review_chair.remind(desk.round.id, request.user.account_id, datetime.now(UTC))

    return await _done(request, address, act, "review_reminders_sent")


@post(AT + "/{address:str}/tasks", signed_in=True)
async def give_to_another(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    """Take an entry from somebody who has not reviewed it; somebody else is drawn."""

    async def act(desk: Desk, form: Form) -> None:
        task = number_of(form.value("task"))
        shown = await review_chair.view(desk, request.user.account_id)
        if task not in {one.id for row in shown.overview.rows for one in row.tasks}:
            raise Refused(Problem("review_word_missing"))
        await review_assigning.take_away(task, desk.round.id, request.user.account_id, datetime.now(UTC))

    return await _done(request, address, act, "review_given_on")


@post(AT + "/{address:str}/lock", signed_in=True)
async def lock(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    async def act(desk: Desk, form: Form) -> None:
        by, now = request.user.account_id, datetime.now(UTC)
        await review_chair.lock(desk.round.id, form.value("seen"), form.checked("short"), by, now)

    return await _done(request, address, act, "review_locked_now")


async def _done(request: Request[Any, Any, Any], address: str, act: Act, word: str) -> Response[Any]:
    desk = await review_desk.desk_for(request.user, address)
    await review_chair.view(desk, request.user.account_id)  # 404 for who does not take the chair
    form = await read_form(request)
    try:
        await act(desk, form)
    except Refused as refusal:
        desk = await review_desk.desk_for(request.user, address)
        return await _page(request, desk, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/{address}", done=word)


async def _page(request: Request[Any, Any, Any], desk: Desk, form: Form, status: int = 200) -> Response[bytes]:
    shown = await review_chair.view(desk, request.user.account_id)
    return render(
        request, "innovations/reviews/chair.html", status, desk=desk, view=shown, overview=shown.overview,
        form=form.with_values({"seen": shown.overview.seen}), names={one.id: one.name for one in shown.overview.seats},
        marking=desk.round.stage is Stage.MARKING, industries=INDUSTRIES, stages=STAGES,
    )  # fmt: skip


HANDLERS = [chair_page, remind, give_to_another, lock]
