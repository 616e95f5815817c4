"""Pages: templates, filters and the two answers a handler gives, `render` and `redirect`.

What a template knows beside its own values: the language, addresses in it, who is signed in (never on a public
page), and how to show dates and thousandths in the registry's zone.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.response import Redirect
from markupsafe import Markup

from foundation.base.money import yuan
from foundation.base.problem import Problem
from foundation.base.settings import Settings
from foundation.process.site import EMPTY
from foundation.text import marks
from foundation.web.forms import Form
from foundation.web.language import CHINESE, ENGLISH, LANGUAGES, Speaker, address, translations
from foundation.web.static import StaticFiles

_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_QUOTED = re.compile("“[^“”<>]{1,6}”")

HTML = "text/html"  # Litestar adds the charset


@dataclass(frozen=True, slots=True)
class Pages:
    """Everything that turns values into pages, made once at start."""

    settings: Settings
    environments: Mapping[str, Environment]
    speakers: Mapping[str, Speaker]
    static: StaticFiles
    demo: bool


@dataclass(frozen=True, slots=True)
class Message:
    """Something said once, at the top of the page that follows an act."""

    text: str
    kind: str = "success"


def make_pages(
    settings: Settings, root: Path, sentences: Mapping[str, str], static: StaticFiles, *, demo: bool
) -> Pages:
    """Read templates' folder and catalogues under `root`. `sentences` are all packages' problems by code."""
    words = translations(root / "locales")
    speakers = {language: Speaker(language, words[language], sentences) for language in LANGUAGES}
    zone = ZoneInfo(settings.zone)
    return Pages(
        settings=settings,
        environments={language: _environment(root / "templates", speakers[language], zone) for language in LANGUAGES},
        speakers=speakers,
        static=static,
        demo=demo,
    )


def _environment(folder: Path, speaker: Speaker, zone: ZoneInfo) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    environment.install_gettext_translations(speaker.words, newstyle=True)  # type: ignore[attr-defined]
    locale = "zh_CN" if speaker.language == CHINESE else "en_GB"
    day = "y年M月d日" if speaker.language == CHINESE else "d MMMM y"

    def show_date(value: date | None) -> str:
        if isinstance(value, datetime):
            value = value.astimezone(zone)  # in UTC it is still yesterday until eight in the morning
        return "" if value is None else format_date(value, day, locale=locale)

    def show_datetime(value: datetime) -> str:
        return format_datetime(value.astimezone(zone), f"{day} HH:mm", locale=locale)

    def show_days(text: str) -> str:
        return _DAY.sub(lambda found: show_date(date.fromisoformat(found[0])), text)

    environment.filters |= {
        "date": show_date,
        "days": show_days,  # 2026-05-01 anywhere in a text
        "datetime": show_datetime,
        "isotime": lambda value: value.astimezone(zone).isoformat(timespec="seconds"),
        "thousandths": show_thousandths,
        "yuan": yuan,
        "marked": marks.parts,
        "excerpt": marks.excerpt,  # of marked parts
        "sentence": speaker.say,
        "segment": lambda value: quote(str(value), safe=""),
        "together": together,
    }
    return environment


def together(shown: Markup) -> Markup:
    """A heading as it is shown, in which no line ends within a short quoted word such as “五小”."""
    return Markup(_QUOTED.sub(r'<span class="nowrap">\g<0></span>', str(shown)))  # noqa: S704 - it is shown as it came


def show_thousandths(value: int | None) -> str:
    """8500 -> "8.5"; no trailing zeros; nothing for None."""
    if value is None:
        return ""
    whole, rest = divmod(abs(value), 1000)
    text = f"{whole}.{rest:03}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text


def language_of(request: Request[Any, Any, Any]) -> str:
    return cast("str", request.scope.get("ganpo.language", CHINESE))


def pages_of(request: Request[Any, Any, Any]) -> Pages:
    return cast("Pages", request.app.state.pages)


def speaker_of(request: Request[Any, Any, Any]) -> Speaker:
    """Who says problems in the language of this request."""
    return pages_of(request).speakers[language_of(request)]


def render(request: Request[Any, Any, Any], template: str, status: int = 200, **values: Any) -> Response[bytes]:
    """The page `template` with its values, in the language of the request."""
    pages, language = pages_of(request), language_of(request)
    speaker = pages.speakers[language]
    for name, value in values.items():
        if isinstance(value, Form):
            values[name] = replace(value, say=speaker.say)
    user = request.scope.get("user")
    other = CHINESE if language == ENGLISH else ENGLISH
    path = quote(request.scope["path"])
    context = {
        "status": status,
        "lang": language,
        "html_lang": "zh-Hans" if language == CHINESE else "en",
        "path": lambda wanted: address(wanted, language),
        "here": address(path, language),
        "here_in_other_language": address(path, other),
        "public_url": pages.settings.public_url,
        "static": pages.static.address,
        "user": user,
        "csrf_token": user.csrf if user else "",
        "messages": _messages(request.query_params.get("done", ""), user, speaker),
        "demo": pages.demo,
        "footer": request.scope.get("ganpo.footer", EMPTY),
        **values,
    }
    text = pages.environments[language].get_template(template).render(context)
    return Response(
        content=text.encode(),
        status_code=status,
        media_type=HTML,
        headers={"cache-control": _cache_control(request, user)},
    )


def _cache_control(request: Request[Any, Any, Any], user: Any) -> str:
    """Nobody keeps a page of somebody's, or an answer to a form: it may hold what was typed."""
    if user or request.method == "POST":
        return "private, no-store"
    return "public, max-age=0, must-revalidate"


def redirect(request: Request[Any, Any, Any], to: str, done: str = "") -> Redirect:
    """See another page (303), in the same language; `done` is the code of a sentence shown there once."""
    target = address(to, language_of(request))
    user = request.scope.get("user")
    if done and user:
        path, _, fragment = target.partition("#")
        said = urlencode({"done": f"{done}.{_seal(user.csrf, done)}"})
        target = f"{path}{'&' if '?' in path else '?'}{said}{'#' + fragment if fragment else ''}"
    return Redirect(target, status_code=303)


def _messages(said: str, user: Any, speaker: Speaker) -> list[Message]:
    """The sentence that `redirect` announced; sealed with the session, so that no link can put words in our mouth."""
    done, _, seal = said.partition(".")
    if user and done in speaker.templates and hmac.compare_digest(seal.encode(), _seal(user.csrf, done).encode()):
        return [Message(speaker.say(Problem(done)))]
    return []


def _seal(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:16]
