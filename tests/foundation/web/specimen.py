"""Renders the specimen page and serves it with the static files, so that a browser can look at it.

Knows Jinja and the catalogues in locales/; must not know the application: the design system stands alone.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from foundation.web.pages import together

ROOT = Path(__file__).parents[3]
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"


@dataclass(frozen=True, slots=True)
class SampleForm:
    """The form object of the templates' contract, filled by hand."""

    values: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, list[str]] = field(default_factory=dict)

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def checked(self, name: str, value: str) -> bool:
        return self.values.get(name) == value

    def sentences(self, name: str) -> list[str]:
        return self.wrong.get(name, [])

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(name, sentence) for name, sentences in self.wrong.items() for sentence in sentences]


CLEAN = SampleForm(
    {
        "host": "赣匠杯竞赛组委会(演示)",
        "minutes": "300",
        "class": "2",
        "bundle": "yes",
        "p1": "2",
        "p3": "Ⅱ",
        "p5-1": "1",
        "modules[0].code": "P",
        "modules[0].name": "实操",
        "modules[0].weight": "0.7",
    }
)
WRONG = SampleForm(
    {"title": "", "day": "2025-10-18", "p2": "8.3", "modules[0].aspects[1].max": "0"},
    {
        "title": ["请填写竞赛名称。"],
        "day": ["开赛日期应在2026年内。"],
        "visibility": ["请选择谁能看到逐项评分。"],
        "p2": ["“勾线”为0至10分，每档0.5，不能是8.3。"],
        "modules[0].aspects[1].max": ["配分应大于0。"],
    },
)


def _chinese() -> dict[str, Any]:
    with (ROOT / "locales/zh_CN/web.po").open("rb") as file:
        return {str(m.id[0] if m.pluralizable else m.id): m.string for m in read_po(file) if m.id}


def environment(lang: str) -> Environment:
    """Templates as foundation/web renders them: autoescaped, strict, newstyle gettext."""
    words = _chinese() if lang == "zh" else {}

    def gettext(text: str) -> str:
        return str(words.get(text) or text)

    def ngettext(one: str, many: str, count: int) -> str:
        found = words.get(one)
        return str(found[0]) if found else (one if count == 1 else many)

    env = Environment(
        loader=FileSystemLoader([ROOT / "templates", Path(__file__).parent]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters["together"] = together
    return env


FOOTER = {
    "host": "赣鄱省总工会",
    "host_english": "Ganpo Federation of Trade Unions",
    "contact": "经济技术部 0791-0000 0000",
    "contact_english": "",
    "filing": "赣ICP备00000000号-1",
    "police_filing": "赣公网安备36000002000000号",
    "police_code": "36000002000000",
}


@dataclass(frozen=True, slots=True)
class SampleHat:
    organisation: str = "省总工会"


@dataclass(frozen=True, slots=True)
class SampleUser:
    name: str = "熊若棠"
    roles: frozenset[str] = frozenset({"organiser"})
    hat: SampleHat = SampleHat()
    hats: tuple[SampleHat, ...] = (SampleHat(), SampleHat("市总工会"))
    only: str = ""


def render(template: str, lang: str, **values: object) -> str:
    """A page with the context that every page has."""
    return (
        environment(lang)
        .get_template(template)
        .render(
            lang=lang,
            html_lang="zh-Hans" if lang == "zh" else "en",
            path=lambda there: there if lang == "zh" else "/en" + there,
            here_in_other_language="/specimen?lang=en" if lang == "zh" else "/specimen",
            static=lambda name: f"/static/{name}",
            csrf_token="t" * 32,
            messages=[{"kind": "success", "text": "已保存。"}],
            demo=True,
            footer=FOOTER,
            user=values.pop("user", None),
            **values,
        )
    )


def pages() -> dict[str, Callable[[], str]]:
    """Address -> how its page is made."""
    made: dict[str, Callable[[], str]] = {}
    for lang in ("zh", "en"):
        made[f"/specimen/{lang}/public"] = lambda lang=lang: render(
            "specimen.html", lang, clean=CLEAN, wrong=WRONG, on_desk=False
        )
        made[f"/specimen/{lang}/desk"] = lambda lang=lang: render(
            "specimen.html", lang, clean=CLEAN, wrong=WRONG, on_desk=True, user=SampleUser()
        )
        made[f"/sign-in/{lang}"] = lambda lang=lang: render(
            "web/sign_in.html",
            lang,
            form=SampleForm({"sign_in": "xiong", "next": "/desk"}, {"password": ["账号或密码不对。"]}),
            kept=[],
            signed_out=False,
        )
        made[f"/error/{lang}"] = lambda lang=lang: render(
            "web/error.html",
            lang,
            status=404,
            title="没有这一页",
            sentence="地址可能写错，或该页尚未公布。",
            advice="请核对地址，或从首页进入。",
            request_id="7f3a90c2",
        )
    return made


@contextmanager
def served() -> Iterator[str]:
    """The pages and /static/ on a free local port, under the policy the application uses; gives the address."""
    made = pages()

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, directory=str(ROOT), **kwargs)

        def do_GET(self) -> None:
            if self.path == "/prefs.css":
                self.path = "/static/css/tokens.css"  # any style sheet: nobody has chosen anything here
            make = made.get(self.path.split("?")[0])
            if make is None:
                return super().do_GET()
            body = make().encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return None

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
