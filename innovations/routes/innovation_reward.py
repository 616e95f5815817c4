"""What a unit rewards an innovation with: its page with the form, and the list that its people sign."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound, Refused
from foundation.files.names import download_headers
from foundation.papers.printing import to_pdf
from foundation.web.forms import Form, read_form
from foundation.web.pages import redirect, render
from foundation.web.process.notice_desk_pages import zone_of
from innovations import (
    innovation_reads,
    innovation_reward_paper,
    innovation_rewards,
    innovation_versions,
    reward_tables,
)
from innovations.innovation_reads import InnovationFacts
from innovations.may import KEEP_INNOVATIONS, SEE_INNOVATIONS
from innovations.routes.unit_innovation_shown import revision_of, values_of
from innovations.rules.reward_form import tier_of

AT = "/innovations/desk/{number:int}/reward"


@get(AT, may=SEE_INNOVATIONS)
async def reward_page(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    return await _page(request, await innovation_reads.one(request.user, number), Form())


@post(AT, may=KEEP_INNOVATIONS)
async def award(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    one, form = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS), await read_form(request)
    by, now = request.user.account_id, datetime.now(UTC)
    try:
        await innovation_rewards.award(one.id, values_of(form), revision_of(form), by, now, zone_of(request))
    except Refused as refusal:
        return await _page(request, one, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/innovations/desk/{number}/reward", done="reward_innovation_kept")


@get(AT + "/list.pdf", may=KEEP_INNOVATIONS)
async def signature_list(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    """The list on which its people sign, of the own unit alone."""
    one = await innovation_reads.one(request.user, number, KEEP_INNOVATIONS)
    reward = await innovation_rewards.of(one.id)
    if reward is None:
        raise NotFound
    now = datetime.now(UTC).astimezone(zone_of(request))
    content = await to_pdf(innovation_reward_paper.signature_list(one, reward, now))
    headers = {
        **download_headers(f"{innovation_reward_paper.NAME}-{one.address}.pdf"),
        "cache-control": "private, no-store",
    }
    return Response(content=content, media_type="application/pdf", headers=headers)


async def _page(
    request: Request[Any, Any, Any], one: InnovationFacts, form: Form, status: int = 200
) -> Response[bytes]:
    reward = await innovation_rewards.of(one.id)
    keeps = await innovation_reads.keeps(request.user, one.id)
    barred = await innovation_rewards.why_not(one.id, one.stage, one.version) if keeps and reward is None else []
    rewarding = keeps and reward is None and not barred
    day = datetime.now(UTC).astimezone(zone_of(request)).date()
    table = await reward_tables.holding(one.organisation_id, day) if rewarding else None
    benefit = await innovation_rewards.benefit_of(one.id)
    return render(
        request,
        "innovations/made/reward.html",
        status,
        one=one,
        form=form.with_values({"revision": form.value("revision") or str(one.revision)}),
        keeps=keeps,
        reward=reward,
        rewarded_under=await reward_tables.by_code(reward.rule) if reward else None,
        barred=barred,
        table=table,
        tier=tier_of(table, benefit) if table else None,
        benefit=benefit,
        proposal=await innovation_rewards.of_proposal(one.proposal) if rewarding else 0,
        same=await innovation_rewards.of_same(one.id) if rewarding else 0,
        people=(await innovation_versions.one(one.id, one.version)).authors if rewarding else (),
    )


HANDLERS = [reward_page, award, signature_list]
