"""Photographs that a unit's own system sends to a proposal it handed in: one file a request, cleaned as those of forms.

The picture is made before the transaction that hangs it there, for that takes a second; what is not hung is swept.
"""

import asyncio
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from litestar import Request, Response, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from foundation.base.problem import N_, Problem, Refused
from foundation.files import pictures
from foundation.files.limits import PICTURE
from foundation.store.transactions import transaction
from foundation.web.api.bodies import pointed, pointing
from foundation.web.api.endpoints import Endpoint
from foundation.web.api.writing import answered, check_key, write_once
from foundation.web.forms import Form, read_form
from foundation.web.uploads import Upload, takes
from innovations import proposal_pictures, proposal_reads
from innovations.may import HANDLE_PROPOSALS
from innovations.may_api import WRITE_PROPOSALS
from innovations.routes.api_proposals import GROUP
from innovations.routes.api_shapes import PhotographSent, PhotographTaken


@post(
    "/api/proposals/{number:int}/photographs", scope=WRITE_PROPOSALS, **takes(PICTURE),
    api=Endpoint(
        GROUP, N_("Send a photograph to a proposal that your system handed in"), PhotographTaken, body=PhotographSent,
        form=True, status=201,
        says=N_("JPEG, PNG, WebP or HEIC of at most 20 MB, four to a proposal, until it is answered. Where and with "
                "what it was taken is removed; its writer and your unit see it, and nobody publishes it."),
        example={"picture": "@photo.jpg", "alt": "三种码放图"},
    ),
)  # fmt: skip
async def add(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[bytes]:
    one = await proposal_reads.one(request.user, number, HANDLE_PROPOSALS)
    check_key(request)
    if request.content_type[0] != RequestEncodingType.MULTI_PART:
        raise HTTPException(status_code=415)
    upload, alt = _sent(await read_form(request))
    by, now = request.user.account_id, datetime.now(UTC)
    said = await asyncio.to_thread(_digest, upload, alt)
    if (before := await answered(request, now, said)) is not None:
        return before
    try:
        async with transaction():
            await proposal_pictures.check_unit(one.id)
        picture = await pictures.keep_undescribed(upload.name, upload.given, by, now)
    except Refused as refusal:
        raise Refused(*pointing(refusal.problems)) from refusal

    async def act() -> PhotographTaken:
        await proposal_pictures.hang_of_unit(one.id, picture, alt, by)
        return PhotographTaken(picture, one.id)

    return await write_once(request, now, act, 201, said)


def _sent(form: Form) -> tuple[Upload, str]:
    """The file and its words. Raises Refused with everything that is wrong with them."""
    upload, alt = form.upload("picture"), form.value("alt").strip()
    problems = [Problem("api_unknown", pointed(name)) for name in form.names() if name not in {"picture", "alt"}]
    problems += [Problem("picture_missing", "picture")] if upload is None else []
    problems += [one for one in pictures.check(alt or "-", pictures.FOCUS) if one.field == "alt"]
    if upload is None or problems:
        raise Refused(*pointing(problems))
    return upload, alt


def _digest(upload: Upload, alt: str) -> bytes:
    """What tells this photograph from another; the borders of a form differ from try to try."""
    given = upload.given
    if isinstance(given, Path):
        with given.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").digest()
    else:
        content = hashlib.sha256(given).digest()
    return content + alt.encode()


HANDLERS = [add]
