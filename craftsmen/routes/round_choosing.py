"""The composition check while choosing: who is picked stands in the address, so nothing is saved and all can be shared.

What a choice does is `rules/composition.py`'s to say; the decision itself is the panel's and conferral's.
"""

import asyncio
from itertools import groupby
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from craftsmen.may import RUN_ROUNDS
from craftsmen.nominee_reads import nominees_of
from craftsmen.round_reads import for_officer, rules_of
from craftsmen.rules.composition import state
from craftsmen.rules.nomination_steps import Stage
from foundation.base.problem import NotFound
from foundation.web.pages import render


@get("/rounds/manage/{address:str}/composition", may=RUN_ROUNDS)
async def composition_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """`?chosen=1&pick=31&pick=7`; at first those who are proposed or conferred already."""
    found = await for_officer(request.user, address)
    if not found.public:
        raise NotFound
    rules, nominees = await rules_of(found.id), await nominees_of(found.id)
    asked = set(request.query_params.getall("pick", []))
    if "chosen" in request.query_params:
        picked = {one.key for one in nominees if str(one.key) in asked}
    else:
        picked = {one.key for one in nominees if one.stage in (Stage.PROPOSED, Stage.CONFERRED)}
    now = await asyncio.to_thread(
        state,
        rules.composition,
        [one.facts for one in nominees if one.key in picked],
        [one.facts for one in nominees if one.key not in picked],
        rules.confer,
        specials=rules.specials,
    )
    return render(
        request,
        "craftsmen/rounds/composition.html",
        round=found,
        rules=rules,
        nominees=nominees,
        groups=[(channel, list(people)) for channel, people in groupby(nominees, lambda one: one.channel)],
        picked=picked,
        now=now,
    )


HANDLERS = [composition_page]
