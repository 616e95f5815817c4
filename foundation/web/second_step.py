"""The second step of signing in: the page that asks for a code, or has a phone set up first.

Between the right password and the session. The page carries a token that opens nothing, where the person wanted to
go, and a form that waits behind the door. What is done with the code is in `people/factor_pages.py`.
"""

from datetime import datetime
from typing import Any

from litestar import Request, Response

from foundation.people import account_facts, factors, pending_sign_ins, sessions
from foundation.people.factors import Need
from foundation.people.one_time import address_to_scan
from foundation.web.arrival import kept_fields
from foundation.web.forms import Form
from foundation.web.pages import render, speaker_of
from foundation.web.qr import qr_svg


async def owed(account_id: int) -> Need:
    """What an account must show after the right password: its posts everywhere decide, whichever hat is worn."""
    hats = await sessions.hats_of(account_id)
    return await factors.needed(account_id, frozenset(role for hat in hats for role in hat.roles))


async def ask(
    request: Request[Any, Any, Any], account_id: int, need: Need, form: Form, now: datetime
) -> Response[bytes]:
    """The password was right: the page of the second step."""
    if need is Need.ENROL:
        await factors.begin(account_id, now)
    token = await pending_sign_ins.start(account_id, now)
    return await step_page(request, account_id, need, form.with_values({"pending": token}))


async def step_page(
    request: Request[Any, Any, Any], account_id: int, need: Need, form: Form, status: int = 200
) -> Response[bytes]:
    """The page itself, with what it carries in hidden fields; nothing of it is kept by anybody."""
    carried = [("pending", form.value("pending")), ("next", form.value("next")), *kept_fields(form)]
    template = "people/factor_enrol.html" if need is Need.ENROL else "people/factor_code.html"
    scan = await to_scan(request, account_id) if need is Need.ENROL else {}
    page = render(request, template, status, form=form, carried=carried, here_in_other_language="", here="", **scan)
    page.headers["cache-control"] = "no-store"
    return page


async def to_scan(request: Request[Any, Any, Any], account_id: int) -> dict[str, Any]:
    """What the set-up part of a page shows: the drawing, and the key for those who type it."""
    secret = await factors.secret_to_scan(account_id)
    account = await account_facts.by_id(account_id)
    label = speaker_of(request).gettext("QR code of the key")
    qr = qr_svg(address_to_scan(secret, account.sign_in if account else ""), label) if secret else ""
    return {"qr": qr, "secret": secret}
