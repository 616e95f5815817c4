"""The page of messages that could not be delivered: officers of the federation see why and send them again."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound
from foundation.people.may import KEEP_OUTBOX
from foundation.web.keyset import LARGEST_ID, page_of, read_cursor
from foundation.web.pages import pages_of, redirect, render
from foundation.work import outbox, outbox_desk
from foundation.work.outbox import Stage
from foundation.work.senders import channels_of

PAGE = 50


@get("/outbox", may=KEEP_OUTBOX)
async def outbox_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    failed = await outbox_desk.messages(Stage.FAILED, read_cursor(request), PAGE + 1)
    return render(
        request,
        "work/outbox.html",
        page=page_of(failed, PAGE, lambda message: message.id),
        waiting=await outbox_desk.count(Stage.WAITING),
        channels=sorted(channels_of(pages_of(request).settings)),
    )


@post("/outbox/{message_id:int}/again", may=KEEP_OUTBOX)
async def send_again(request: Request[Any, Any, Any], message_id: FromPath[int]) -> Response[Any]:
    if not 0 < message_id <= LARGEST_ID:
        raise NotFound
    await outbox.send_again(message_id, request.user.account_id, datetime.now(UTC))
    return redirect(request, "/outbox", done="outbox_again")


HANDLERS = [outbox_page, send_again]
