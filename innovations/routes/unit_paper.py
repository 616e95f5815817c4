"""A proposal that was handed in on paper: the clerk's form, and the same form once more for what was copied wrong."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Refused
from foundation.files.limits import PICTURE
from foundation.web.files.taking import Taken, take_picture
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from foundation.web.uploads import takes
from innovations import proposal_paper, proposal_reads
from innovations.may import HANDLE_PROPOSALS
from innovations.proposal_facts import ProposalFacts
from innovations.proposal_paper import Entering
from innovations.rules.admissibility import RULES
from innovations.rules.proposal_form import FIELDS, MOST, ProposalDraft, read_proposal
from innovations.rules.proposal_paper import read_paper
from innovations.rules.proposals import KINDS, Stage


@get("/proposals/desk/paper", may=HANDLE_PROPOSALS)
async def paper_form(request: Request[Any, Any, Any]) -> Response[bytes]:
    today = datetime.now(UTC).astimezone(zone_of(request)).date()
    return _page(request, Form.filled({"on": today.isoformat()}))


@post("/proposals/desk/paper", may=HANDLE_PROPOSALS, **takes(PICTURE))
async def enter(request: Request[Any, Any, Any]) -> Response[Any]:
    form, now, zone, user = await read_form(request), datetime.now(UTC), zone_of(request), request.user
    paper, problems = read_paper({name: form.value(name) for name in (*FIELDS, "on")}, now.astimezone(zone).date())
    taken = await _photograph(request, form)
    try:
        if paper is None or taken.problems:
            raise Refused(*problems, *taken.problems)
        at = Entering(user.hat.organisation_id, user.account_id, now, zone)
        number = await proposal_paper.enter(paper, taken.id, at)
    except Refused as refusal:
        return _page(request, taken.form.with_problems(refusal.problems), 422)
    return redirect(request, f"/proposals/desk/{number}", done="proposal_paper_entered")


@get("/proposals/desk/{number:int}/paper", may=HANDLE_PROPOSALS)
async def mending_form(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    one = await _mendable(request, number)
    said = {field: getattr(one, field, "") for field in asdict(ProposalDraft("", "", "", "", ""))}
    return _page(request, Form.filled({**said, "revision": str(one.revision)}), one=one)


@post("/proposals/desk/{number:int}/paper", may=HANDLE_PROPOSALS)
async def mend(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one, form = await _mendable(request, number), await read_form(request)
    said, problems = read_proposal({name: form.value(name) for name in FIELDS})
    revision = form.value("revision")
    try:
        if said is None:
            raise Refused(*problems)
        shown = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0
        await proposal_paper.mend(one.id, said, shown, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        stands = {"revision": str((await _mendable(request, number)).revision)}
        return _page(request, form.with_problems(refusal.problems).with_values(stands), 422, one=one)
    return redirect(request, f"/proposals/desk/{number}", done="proposal_paper_mended")


async def _mendable(request: Request[Any, Any, Any], number: int) -> ProposalFacts:
    one = await proposal_reads.one(request.user, number, HANDLE_PROPOSALS)
    if one.entered_by is None or one.stage is not Stage.SUBMITTED:
        raise NotFound
    return one


async def _photograph(request: Request[Any, Any, Any], form: Form) -> Taken:
    """The photograph of the paper, if there is one; its words are the proposal's title."""
    if form.upload("picture") is None and not form.value("picture.kept"):
        return Taken(None, form)
    taken = await take_picture(request, form, "picture", alt="title")
    return Taken(taken.id, taken.form, [one for one in taken.problems if one.field == "picture"])


def _page(
    request: Request[Any, Any, Any], form: Form, status: int = 200, one: ProposalFacts | None = None
) -> Response[bytes]:
    return render(
        request, "innovations/unit/paper.html", status, form=form, one=one, kinds=KINDS, most=MOST, rules=RULES
    )


HANDLERS = [paper_form, enter, mending_form, mend]
