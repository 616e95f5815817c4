"""A unit's desk of innovations: the list, a new one by its kind or out of a proposal, its form, its page.

Load, decide, write, redirect. The unions above read the same pages without the forms, as the newest version has it.
"""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from msgspec.structs import replace

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_words import INDUSTRIES
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from innovations import innovation_people, innovation_reads, innovations, proposal_facts, proposal_reads
from innovations.innovation_reads import GROUPS, PAGE, InnovationFacts
from innovations.may import HANDLE_PROPOSALS, KEEP_INNOVATIONS, SEE_INNOVATIONS
from innovations.proposal_facts import ProposalFacts
from innovations.routes.unit_innovation_shown import (
    in_words,
    like_draft,
    like_proposals,
    revision_of,
    show_page,
    show_text,
    values_of,
)
from innovations.rules import innovation_typed
from innovations.rules.innovation_form import Body, Draft, draft_problems, gaps
from innovations.rules.innovation_kinds import KINDS
from innovations.rules.innovations import STAGES, WRITABLE
from innovations.rules.proposals import STAGES as PROPOSAL_STAGES


@get("/innovations/desk", may=SEE_INNOVATIONS)
async def innovation_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    group = request.query_params.get("stage", "")
    if group and group not in GROUPS:
        raise NotFound
    rows = await innovation_reads.listed(request.user, group, read_cursor(request))
    keeps = KEEP_INNOVATIONS.possible(request.user)
    return render(
        request,
        "innovations/made/list.html",
        page=page_of(rows, PAGE, lambda one: one.id),
        group=group,
        groups=GROUPS,
        counts=await innovation_reads.counts(request.user) if keeps else {},
        keeps=keeps,
        kinds=KINDS,
        stages=STAGES,
    )


@get("/innovations/desk/new", may=KEEP_INNOVATIONS)
async def new_innovation(request: Request[Any, Any, Any]) -> Response[Any]:
    """Which kind it is; with `?proposal=N` what the proposal says stands there already, or its innovation is shown."""
    proposal = await _proposal(request, request.query_params.get("proposal", ""))
    if proposal is not None and (grown := await innovation_reads.of_proposal(request.user, proposal.id)):
        return redirect(request, f"/innovations/desk/{grown[0]}")
    values = {"kind": "renovation", "year": str(_this_year(request))}
    if proposal is not None:
        outcome = (await proposal_facts.outcomes([proposal.id])).get(proposal.id)
        values |= {"title": proposal.title, "proposal": str(proposal.id)}
        values |= {"year": str(outcome.done_on.year)} if outcome else {}
    return _new(request, Form.filled(values), proposal)


@post("/innovations/desk", may=KEEP_INNOVATIONS)
async def begin(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    proposal = await _proposal(request, form.value("proposal"))
    try:
        draft = await _first(request, form, proposal)
        by, now = request.user.account_id, datetime.now(UTC)
        unit = request.user.hat.organisation_id
        number = await innovations.begin(draft, unit, by, now, proposal.id if proposal else None)
    except Refused as refusal:
        if proposal is not None and (grown := await innovation_reads.of_proposal(request.user, proposal.id)):
            return redirect(request, f"/innovations/desk/{grown[0]}")  # pressed twice
        return _new(request, form.with_problems(refusal.problems), proposal, 422)
    return redirect(request, f"/innovations/desk/{number}/text")


@get("/innovations/desk/{number:int}", may=SEE_INNOVATIONS)
async def innovation_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await show_page(request, await innovation_reads.one(request.user, number), Form())


@get("/innovations/desk/{number:int}/text", may=KEEP_INNOVATIONS)
async def text_form(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """The form; with `?check=1` everything that is missing before it can be handed in stands at its field."""
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    if one.stage not in WRITABLE:
        return redirect(request, f"/innovations/desk/{number}")
    form = Form.filled(innovation_typed.typed(one.said)).with_values({"revision": str(one.revision)})
    if request.query_params.get("check"):
        form = form.with_problems(in_words(request, gaps(one.said)))
    return await show_text(request, one, form)


@post("/innovations/desk/{number:int}/text", may=KEEP_INNOVATIONS)
async def save_text(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Save; or, by another button, move the rows of people about, or look for similar ones, and show the form again."""
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    typed = await read_form(request)
    values, act = innovation_typed.closed_up(values_of(typed)), typed.value("act")
    if act == "alike":
        said = await _typed(one, values)
        found, proposals = await like_draft(request, one, said), await like_proposals(request, one, said)
        return await show_text(request, one, Form.filled(values), alike=found, proposals=proposals)
    if act:
        return await show_text(request, one, Form.filled(_arranged(values, act)), more=act == "rows")
    form = Form.filled(values)
    try:
        await _save(request, one, form)
    except Refused as refusal:
        return await show_text(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}", done="innovation_saved")


@post("/innovations/desk/{number:int}/similar", may=KEEP_INNOVATIONS)
async def similar(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """What is much like what stands in the form so far; a script puts it beside the fields. Nothing is saved."""
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    said = innovation_typed.read(values_of(await read_form(request)), one.said.kind)
    return render(
        request,
        "innovations/made/similar.html",
        one=one,
        alike=await like_draft(request, one, said),
        proposals=await like_proposals(request, one, said),
        proposal_stages=PROPOSAL_STAGES,
    )


async def _save(request: Request[Any, Any, Any], one: InnovationFacts, form: Form) -> None:
    draft = await _typed(one, values_of(form))
    if problems := draft_problems(draft, list(INDUSTRIES), _this_year(request)):
        raise Refused(*problems)
    await innovations.save(one.id, draft, revision_of(form), request.user.account_id, datetime.now(UTC))


async def _typed(one: InnovationFacts, values: dict[str, str]) -> Draft:
    """An author may be who stood there by that name, or a worker of the unit who is called so."""
    names = [row["author"] for row in innovation_typed.author_rows(values)]
    found = await innovation_people.candidates(one.organisation_id, names)
    workers = {(author.name, author.worker) for author in one.said.authors}
    workers |= {(each.name, each.id) for of in found.values() for each in of}
    return innovation_typed.read(values, one.said.kind, frozenset(workers))


def _arranged(values: dict[str, str], act: str) -> dict[str, str]:
    if act == "equal":
        return innovation_typed.shared_equally(values)
    what, _, place = act.partition("-")
    if what == "up" and place.isascii() and place.isdecimal() and len(place) <= 2:
        return innovation_typed.moved_up(values, int(place))
    return values


async def _proposal(request: Request[Any, Any, Any], number: str) -> ProposalFacts | None:
    """The proposal of the unit that an innovation is to be made of; None where none is named. Raises NotFound."""
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise NotFound
    return await proposal_reads.one(request.user, int(number), HANDLE_PROPOSALS)


async def _first(request: Request[Any, Any, Any], form: Form, proposal: ProposalFacts | None) -> Draft:
    kind, year = form.value("kind"), innovation_typed.figure(form.value("year"))
    draft = Draft(form.value("title").strip(), kind, form.value("field"), year, Body())
    if problems := draft_problems(draft, list(INDUSTRIES), _this_year(request)):
        raise Refused(*problems)
    if proposal is None:
        return draft
    outcome = (await proposal_facts.outcomes([proposal.id])).get(proposal.id)
    if outcome is None:
        raise Refused(Problem("innovation_proposal_early"))
    grown = innovation_typed.of_proposal(asdict(proposal), outcome.done, kind, year)
    return replace(grown, title=draft.title, field=draft.field)


def _new(
    request: Request[Any, Any, Any], form: Form, proposal: ProposalFacts | None, status: int = 200
) -> Response[bytes]:
    return render(
        request, "innovations/made/new.html", status, form=form, proposal=proposal, kinds=KINDS, industries=INDUSTRIES
    )


def _this_year(request: Request[Any, Any, Any]) -> int:
    return datetime.now(UTC).astimezone(zone_of(request)).year


HANDLERS = [innovation_list, new_innovation, begin, innovation_page, text_form, save_text, similar]
