"""How one browser shows pages: theme and large type (长辈版), kept in one cookie, applied by `/prefs.css`.

The HTML is the same for everyone and may be kept by caches; only this small style sheet differs. Knows allow-listed
values; whatever else a cookie says is ignored.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from foundation.base.problem import Problem
from foundation.web.access import is_from_here
from foundation.web.forms import Form, read_form
from foundation.web.language import address, split_language
from foundation.web.pages import language_of, pages_of, render

COOKIE = "prefs"
A_YEAR = 365 * 24 * 3600
THEMES = {"device": "", "light": ":root { color-scheme: light }\n", "dark": ":root { color-scheme: dark }\n"}
TYPES = {"usual": "", "large": ":root { --type-scale: 125% }\n"}


@dataclass(frozen=True, slots=True)
class Prefs:
    """What one browser asked for."""

    theme: str = "device"
    type: str = "usual"

    @classmethod
    def of(cls, cookie: str) -> "Prefs":
        """Read `dark.large`; anything else is as if nothing had been chosen."""
        theme, _, size = cookie.partition(".")
        return cls(theme, size) if theme in THEMES and size in TYPES else cls()


@get("/prefs.css", public=True)
async def prefs_css(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Linked last on every page, kept by nobody."""
    prefs = Prefs.of(request.cookies.get(COOKIE, ""))
    css = THEMES[prefs.theme] + TYPES[prefs.type]
    return Response(css.encode(), media_type="text/css", headers={"cache-control": "private, no-store"})


@get("/prefs", public=True)
async def prefs_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    prefs = Prefs.of(request.cookies.get(COOKIE, ""))
    return _page(request, Form.filled({"theme": prefs.theme, "type": prefs.type, "back": _came_from(request)}))


@post("/prefs", public=True)
async def change_prefs(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await read_form(request)
    theme, size = form.value("theme"), form.value("type")
    known = (("theme", theme, THEMES), ("type", size, TYPES))
    problems = [Problem("prefs_unknown", name) for name, value, values in known if value not in values]
    if problems:
        return _page(request, form.with_problems(problems), status=422)
    answer: Response[Any] = Redirect(_local(form.value("back")) or address("/", language_of(request)), status_code=303)
    secure = pages_of(request).settings.secure
    answer.set_cookie(
        Cookie(key=COOKIE, value=f"{theme}.{size}", max_age=A_YEAR, httponly=True, samesite="lax", secure=secure)
    )
    return answer


def _page(request: Request[Any, Any, Any], form: Form, status: int = 200) -> Response[bytes]:
    page = render(request, "web/prefs.html", status, form=form)
    page.headers["cache-control"] = "private, no-store"
    return page


def _came_from(request: Request[Any, Any, Any]) -> str:
    """The page of ours that led here, with its query; nothing where it is unknown, another site's or this one."""
    came = request.headers.get("referer", "")
    if not came or not is_from_here(request):
        return ""
    parts = urlsplit(came)
    back = _local(parts.path + (f"?{parts.query}" if parts.query else ""))
    return "" if split_language(parts.path)[1] == "/prefs" else back


def _local(wanted: str) -> str:
    """An address of ours, or nothing."""
    safe = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if safe and wanted.isascii() and len(wanted) <= 2000 else ""


HANDLERS = [prefs_page, change_prefs, prefs_css]
