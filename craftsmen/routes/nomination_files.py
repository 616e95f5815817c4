"""All attachments as one zip: of one nomination, and of all of a round that this person may see."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from craftsmen import boards, nomination_bundle, nomination_reads, nomination_rounds
from craftsmen.may import SEE_NOMINATIONS, WATCH_NOMINATIONS
from craftsmen.routes.nomination_shown import loaded
from craftsmen.rules.nomination_steps import Stage
from foundation.base.problem import NotFound
from foundation.files.bundle import bundle
from foundation.web.files.downloads import streamed
from foundation.web.forms import read_form

ZIP = "application/zip"
STAGES = [stage for stage in Stage if stage is not Stage.WITHDRAWN]


@get("/nominations/{address:str}/attachments", may=SEE_NOMINATIONS)
async def of_one(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes] | Stream:
    nomination = await loaded(request, address)
    found = await nomination_rounds.by_ids({nomination.round_id})
    rows = await nomination_bundle.rows([nomination], found)
    if not rows:
        raise NotFound
    parts = (nomination_bundle.city_of(nomination), nomination.unit, nomination.name)
    return streamed(bundle(rows), f"{'-'.join(parts)}-附件.zip", ZIP)


@post("/nominations/rounds/{address:str}/attachments", may=WATCH_NOMINATIONS)
async def of_round(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes] | Stream:
    """In the order of channels and ranks. Taking so much away is no mere look: it stands in the ledger."""
    found, _ = await nomination_rounds.by_address(address[:60]), await read_form(request)
    ids = await boards.ids_of_round(request.user, found.id, STAGES, SEE_NOMINATIONS)
    rows = await nomination_bundle.rows(await nomination_reads.by_ids(ids), {found.id: found})
    if not rows:
        raise NotFound
    await nomination_bundle.note_taken(found, len(ids), request.user.account_id, datetime.now(UTC))
    return streamed(bundle(rows), f"{found.name}-附件.zip", ZIP)


HANDLERS = [of_one, of_round]
