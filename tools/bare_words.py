"""Finds words in a template that stand outside `_()`, and so would be shown to everybody in one language.

Knows HTML and Jinja's tokens, no catalogue. A name that is the same in every language is put into an element with
`translate="no"`.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

WORDS = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]")
SPOKEN = frozenset({"alt", "title", "placeholder", "label", "aria-label", "aria-description", "aria-valuetext"})
UNSPOKEN = frozenset({"script", "style"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNREAD = re.compile(r"&#?\w+;|[\w-]+=\"[^\"]*\"")  # entities, and attributes that a macro writes into a tag
CLASSES = "_class"  # the end of the name of a block that holds classes, not words
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def bare_words(path: Path, root: Path) -> list[str]:
    """The words of one template that nobody translates, each with its file and line."""
    reader = Reader()
    reader.feed(markup(path.read_text(encoding="utf-8")))
    reader.close()
    return [f"{path.relative_to(root)}:{line}: words outside _(): {text!r}" for line, text in reader.found]


def markup(source: str) -> str:
    """The HTML around Jinja's tags: these, and what `{% trans %}` translates, become their line breaks alone."""
    return "".join(pieces(source))


def pieces(source: str) -> Iterator[str]:
    """The parts of a template in order, its lines kept in number."""
    block: list[str] | None = None
    translated = False
    for _line, kind, text in ENVIRONMENT.lex(source):
        if kind == "block_begin":
            block = []
        elif kind == "block_end":
            first, last = (block[0], block[-1]) if block else ("", "")
            ended = first in {"endtrans", "endblock"}
            translated = first == "trans" or (first == "block" and last.endswith(CLASSES)) or (translated and not ended)
            block = None
        elif block is not None and kind == "name":
            block.append(text)
        yield text if kind == "data" and not translated else "\n" * text.count("\n")


class Reader(HTMLParser):
    """Notes text and spoken attributes that hold words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self.closed: list[str] = []  # the elements around us since one that is not to be read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN and not self.closed:
                self.note(value or "")
        if tag in VOID:
            return
        if self.closed or tag in UNSPOKEN or ("translate", "no") in attrs:
            self.closed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<path />` opens nothing."""
        for name, value in attrs:
            if name in SPOKEN and not self.closed:
                self.note(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.closed:
            while self.closed.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.closed:
            self.note(data)

    def note(self, text: str) -> None:
        if WORDS.search(UNREAD.sub("", text)):
            self.found.append((self.getpos()[0], " ".join(text.split())))
