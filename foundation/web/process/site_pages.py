"""What the site says of itself: the privacy page for everyone, and the page on which the texts are kept."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post

from foundation.base.problem import Refused
from foundation.process import site
from foundation.process.may import KEEP_SITE
from foundation.process.site import SiteTexts
from foundation.web import prefs
from foundation.web.forms import Form, read_form
from foundation.web.pages import language_of, redirect, render


@get("/privacy", public=True, cached=())
async def privacy_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    texts = await site.shown()
    words = texts.privacy if language_of(request) == "zh" else texts.privacy_english
    return render(request, "web/privacy.html", paragraphs=_paragraphs(words))


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _page(
    request: Request[Any, Any, Any], form: Form, status: int = 200, stands: SiteTexts | None = None
) -> Response[bytes]:
    now = [(name, getattr(stands, name)) for name in site.LONGEST] if stands else []
    return render(request, "process/site/site.html", status, form=form, stands=dict(now))


@get("/site", may=KEEP_SITE)
async def site_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    texts = await site.texts()
    return _page(request, _filled(texts))


@post("/site", may=KEEP_SITE)
async def change_site(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    seen = form.value("revision")
    wanted = SiteTexts(
        **{name: form.value(name) for name in site.LONGEST},
        revision=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1,
    )
    try:
        await site.change(wanted, request.user.account_id, datetime.now(UTC))
    except Refused as refusal:
        stands = await site.texts()
        other = any(problem.code == "site_changed_meanwhile" for problem in refusal.problems)
        again = form.with_problems(refusal.problems).with_values({"revision": str(stands.revision)} if other else {})
        return _page(request, again, 422, stands if other else None)
    return redirect(request, "/site", done="site_done")


def _filled(texts: SiteTexts) -> Form:
    shown = {name: getattr(texts, name) for name in site.LONGEST}
    return Form.filled({**shown, "revision": str(texts.revision)})


HANDLERS = [privacy_page, site_page, change_site, *prefs.HANDLERS]
