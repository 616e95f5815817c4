"""The page of one studio, which its unit, its channel and whoever calls open, each with their own forms."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from litestar import Request, Response

from craftsmen.choosing import Candidate
from foundation.base.money import yuan
from foundation.base.problem import Problem, Refused
from foundation.people.organisation_words import INDUSTRIES
from foundation.people.permissions import Permission
from foundation.people.worker_words import GRADES
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from foundation.work import two_person
from innovations import (
    studio_facts,
    studio_members,
    studio_reads,
    studio_results,
    studio_rising,
    studio_rounds,
    studio_terms,
    studio_years,
    studios,
)
from innovations.may_studios import KEEP_NAMED_STUDIOS, KEEP_STUDIOS, RANK_STUDIOS, SEE_STUDIOS
from innovations.rules.studio_calls import RoundStage
from innovations.rules.studio_form import typed_studio
from innovations.rules.studios import STAGES, VERDICTS, Stage, unmet
from innovations.studio_reads import Line

AT = "/studios/files"
Act = Callable[[Line, Form], Awaitable[None]]


async def done(
    request: Request[Any, Any, Any], number: int, permission: Permission, act: Act, word: str
) -> Response[Any]:
    """Load, act, redirect; what cannot be done comes back with every word that was typed."""
    line = await studio_reads.one(request.user, number, permission)
    form = await read_form(request)
    try:
        await act(line, form)
    except Refused as refusal:
        line = await studio_reads.one(request.user, number, SEE_STUDIOS)
        return await show(request, line, form.with_problems(in_words(refusal.problems)), 422)
    return redirect(request, f"{AT}/{number}", done=word)


async def show(
    request: Request[Any, Any, Any], line: Line, form: Form, status: int = 200, candidates: Sequence[Candidate] = ()
) -> Response[bytes]:
    """What stands in it, what the registry knows, and what the reader does with it next."""
    one, today = line.studio, today_of(request)
    call = await studio_rounds.by_id(one.round_id)
    keeps = await studio_reads.may(request.user, KEEP_STUDIOS, one.id)
    assesses = await studio_reads.may(request.user, KEEP_NAMED_STUDIOS, one.id)
    application = await studios.application_of(one.id) if keeps else None
    writing = keeps and one.stage in studios.KEPT and application is None
    found, members = await studio_facts.of(one), await studio_reads.members(one.home)
    people = [one.leader, *(row["worker"] for row in await studio_members.of(one.home))]
    offered = await studio_results.offered(one.home, one.organisation_id, people) if writing else []
    standing = {**typed_studio(one.draft), "revision": str(one.revision)}
    if "topics" not in form.fields:  # another form of the page was sent: this one stands as it is kept
        form = form.with_values({**standing, "results": [str(each.id) for each in offered if each.studio == one.home]})
    named = one.stage in studio_years.REPORTS and assesses
    return render(
        request,
        "innovations/studios/file.html",
        status,
        line=line,
        one=one,
        form=form.with_values({"revision": str(one.revision)}),
        call=call,
        facts=found,
        titles=await studio_facts.titles(one.leader),
        missing=in_words(unmet(call.call.standards, found, today)),
        members=members,
        candidates=candidates,
        grades=GRADES,
        offered=offered,
        results=await studio_results.of(one.home),
        years=await studio_years.of(one.home),
        due=await studio_years.due(one, today) if keeps else [],
        reportable=await studio_years.reportable(one, today) if keeps else [],
        at_risk=await studio_years.at_risk(one, call, today),
        terms=await studio_terms.of(one.home),
        not_renewed=in_words(await studio_terms.why_not_renewed(one, call, today)) if named else [],
        renewing=await two_person.open_act(studio_terms.RENEW.code, one.subject) if named else None,
        ending=await two_person.open_act(studio_terms.END.code, one.subject) if named else None,
        keeps=keeps,
        writing=writing,
        application=application,
        goes_on=await studio_rising.offers(one) if keeps and application is None else [],
        ranks=one.stage is Stage.APPLIED and await _ranks(request, line, call.stage),
        chooses=assesses and call.stage in {RoundStage.CHECKING, RoundStage.NOTICE},
        named=named,
        reporting=keeps and one.stage in studio_years.REPORTS,
        today=today,
        stages=STAGES,
        verdicts=VERDICTS,
        industries=INDUSTRIES,
    )


async def _ranks(request: Request[Any, Any, Any], line: Line, stage: RoundStage) -> bool:
    return stage is RoundStage.OPEN and await studio_reads.may(request.user, RANK_STUDIOS, line.studio.id)


def in_words(problems: Iterable[Problem]) -> list[Problem]:
    """Problems whose money is yuan, as people read it."""
    return [
        Problem(one.code, one.field, {name: yuan(int(text)) for name, text in one.params.items()})
        if one.code == "studio_fund"
        else one
        for one in problems
    ]


def today_of(request: Request[Any, Any, Any]) -> date:
    """The day in the registry's zone."""
    return datetime.now(UTC).astimezone(zone_of(request)).date()


def values_of(form: Form) -> Mapping[str, str]:
    """The form as one text a field."""
    return {name: form.value(name) for name in form.names()}
