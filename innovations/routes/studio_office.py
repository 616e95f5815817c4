"""Calls for studios for those who run them: standards, places, lists, choice, notice, naming.

Load, decide, write, redirect.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.letters import number_of
from foundation.base.problem import Problem, Refused
from foundation.process import notice_waits
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from foundation.work import two_person
from innovations import studio_lists, studio_naming, studio_reads, studio_rounds
from innovations.may_studios import KEEP_NAMED_STUDIOS, RUN_STUDIO_CALLS
from innovations.routes.studio_shown import done, today_of, values_of
from innovations.rules.studio_calls import ROUND_STAGES, Call, CallDraft, RoundStage, read_call, typed_call
from innovations.rules.studio_form import read_day
from innovations.rules.studio_terms import document_problems
from innovations.rules.studios import STAGES
from innovations.studio_reads import Line
from innovations.studio_rounds import CallFacts

AT = "/studios/desk"
Act = Callable[[CallFacts, Form], Awaitable[None]]


@get(AT, may=RUN_STUDIO_CALLS)
async def call_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    rows = await studio_reads.calls_run(request.user, read_cursor(request))
    page = page_of(rows, studio_reads.PAGE, lambda one: one.id)
    return render(request, "innovations/studios/call_list.html", page=page, stages=ROUND_STAGES)


@get(AT + "/new", may=RUN_STUDIO_CALLS)
async def new_call(request: Request[Any, Any, Any]) -> Response[bytes]:
    """It begins with the standards that are customary."""
    today = today_of(request)
    form = Form.filled({**typed_call(CallDraft("", today.year, today, Call())), "apply_until": ""})
    return await _form(request, form)


@post(AT + "/new", may=RUN_STUDIO_CALLS)
async def create(request: Request[Any, Any, Any]) -> Response[Any]:
    form, user = await read_form(request), request.user
    channels = [one.id for one in await studio_rounds.channels_of(user.hat.organisation_id)]
    draft, problems = read_call(values_of(form), today_of(request).year, channels)
    if draft is None:
        return await _form(request, form.with_problems(problems), 422)
    made = await studio_rounds.create(draft, user.hat.organisation_id, user.account_id, datetime.now(UTC))
    return redirect(request, f"{AT}/calls/{made}", done="studio_call_made")


@get(AT + "/calls/{number:int}", may=RUN_STUDIO_CALLS)
async def call_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await studio_reads.call_run(request.user, number), Form())


@post(AT + "/calls/{number:int}/draft", may=RUN_STUDIO_CALLS)
async def change(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Keep the standards, and freeze them where that button was pressed."""
    freezes = (await read_form(request)).checked("then", "freeze")

    async def act(found: CallFacts, form: Form) -> None:
        channels = [one.id for one in await studio_rounds.channels_of(found.organisation_id)]
        draft, problems = read_call(values_of(form), found.year, channels)
        if draft is None:
            raise Refused(*problems)
        revision, by = number_of(form.value("revision")), request.user.account_id
        await studio_rounds.change(found.id, draft, revision, by)
        if freezes:
            await studio_rounds.freeze(found.id, revision + 1, by, datetime.now(UTC), zone_of(request))

    return await _done(request, number, act, "studio_call_opened" if freezes else "studio_call_saved")


@post(AT + "/calls/{number:int}/step", may=RUN_STUDIO_CALLS)
async def step(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Close lists, go back from the notice to the choice, or give the call up."""

    async def act(found: CallFacts, form: Form) -> None:
        word, by, now = form.value("step"), request.user.account_id, datetime.now(UTC)
        if word == "close_lists":
            await studio_rounds.close_lists(found.id, by)
        elif word == "choose_again":
            await studio_naming.choose_again(found.id, by, now)
        elif word == "cancel":
            await studio_naming.cancel(found.id, by, now)
        else:
            raise Refused(Problem("studio_word_missing"))

    return await _done(request, number, act, "studio_step_taken")


@post(AT + "/calls/{number:int}/lists/{channel:int}/return", may=RUN_STUDIO_CALLS)
async def return_list(request: Request[Any, Any, Any], number: FromPath[int], channel: FromPath[int]) -> Response[Any]:
    async def act(found: CallFacts, form: Form) -> None:
        await studio_lists.give_list_back(found.id, channel, request.user.account_id)

    return await _done(request, number, act, "studio_list_back")


@post(AT + "/calls/{number:int}/notice", may=RUN_STUDIO_CALLS)
async def to_notice(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """What was chosen, and the words of its notice."""
    found, form = await studio_reads.call_run(request.user, number), await read_form(request)
    chosen = [number_of(one) for one in form.values("chosen")]
    words = [form.value(name) for name in ("title", "text", "contact")]
    try:
        address = await studio_naming.open_notice(
            found.id, chosen, words[0], words[1], words[2], request.user.account_id, datetime.now(UTC),
            today_of(request),
        )  # fmt: skip
    except Refused as refusal:
        return await _page(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/notices/manage/{address}", done="studio_noticed")


@post(AT + "/calls/{number:int}/naming", may=RUN_STUDIO_CALLS)
async def name(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """By the document's number and day; a second person confirms."""

    async def act(found: CallFacts, form: Form) -> None:
        document, reason = form.value("document"), form.value("reason")
        on, wrong = read_day(form.value("on"), "on", today_of(request))
        if on is None:
            wrong += document_problems(document.strip(), None, today_of(request)) + two_person.reason_problems(reason)
            raise Refused(*wrong)
        await studio_naming.ask_naming(
            found.id, document, on, reason, request.user.account_id, datetime.now(UTC),
            today_of(request),
        )  # fmt: skip

    return await _done(request, number, act, "studio_act_asked")


@post("/studios/files/{number:int}/not-named", may=KEEP_NAMED_STUDIOS)
async def not_name(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    async def act(line: Line, form: Form) -> None:
        await studio_naming.not_name(number, form.value("note"), request.user.account_id, datetime.now(UTC))

    return await done(request, number, KEEP_NAMED_STUDIOS, act, "studio_not_named")


async def _done(request: Request[Any, Any, Any], number: int, act: Act, word: str) -> Response[Any]:
    found, form = await studio_reads.call_run(request.user, number), await read_form(request)
    try:
        await act(found, form)
    except Refused as refusal:
        found = await studio_reads.call_run(request.user, number)
        return await _page(request, found, form.with_problems(refusal.problems), 422)
    return redirect(request, f"{AT}/calls/{number}", done=word)


async def _page(request: Request[Any, Any, Any], found: CallFacts, form: Form, status: int = 200) -> Response[bytes]:
    lines = await studio_reads.of_call(request.user, found.id)
    lists = {one.channel_id: one for one in await studio_lists.handed_in(found.id)}
    if found.stage is RoundStage.DRAFT and "each" not in form.fields:
        form = form.with_values(typed_call(found.draft))
    if found.stage is RoundStage.CHECKING and "title" not in form.fields:
        listed = [str(one.studio.id) for one in lines if one.studio.rank and one.studio.channel_id in lists]
        form = form.with_values({"chosen": listed, "title": f"关于{found.name}拟命名名单的公示"})
    return render(
        request,
        "innovations/studios/call.html",
        status,
        call=found,
        form=form.with_values({"revision": str(found.revision)}),
        lines=lines,
        lists=lists,
        channels=await studio_rounds.channels_of(found.organisation_id),
        gone_on=await studio_reads.gone_on(request.user, found.id),
        applied={one.studio.channel_id for one in lines},
        waits=not await notice_waits.passed_with(found.notice, found.about, datetime.now(UTC)),
        act=await two_person.open_act(studio_naming.NAME.code, found.subject),
        stages=STAGES,
        call_stages=ROUND_STAGES,
    )


async def _form(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    channels = await studio_rounds.channels_of(request.user.hat.organisation_id)
    return render(request, "innovations/studios/call_new.html", status, form=form, channels=channels)


HANDLERS = [call_list, new_call, create, call_page, change, step, return_list, to_notice, name, not_name]
