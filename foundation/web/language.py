"""Languages: which one an address asks for, and the catalogues that hold its words.

Chinese has the plain addresses, English the same ones under `/en`; programs may say theirs in a header. Sources are
written in English; the Chinese of every area is one `locales/zh_CN/<area>.po`, and all of them are read together at
start.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from foundation.base.problem import Problem

CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)


def split_language(path: str) -> tuple[str, str]:
    """`/en/competitions` -> ("en", "/competitions"); everything else is Chinese."""
    if path == "/en":
        return ENGLISH, "/"
    if path.startswith("/en/"):
        return ENGLISH, "/" + path[3:].lstrip("/")  # `//somewhere` would be another site's address in a link
    return CHINESE, path


def preferred(header: str) -> str:
    """The language that an Accept-Language header likes best, of those there are; Chinese where it likes neither."""
    best, language = 0.0, CHINESE
    for part in header[:200].lower().split(","):
        tag, _, parameters = part.partition(";")
        known = tag.strip().partition("-")[0]
        weight = parameters.strip().removeprefix("q=") or "1"
        try:
            liked = float(weight)
        except ValueError:
            continue
        if known in LANGUAGES and liked > best:
            best, language = liked, known
    return language


def address(path: str, language: str) -> str:
    """The address of a page in a language: the reverse of `split_language`."""
    if language != ENGLISH:
        return path
    return "/en" + path if path != "/" else "/en/"


def read_catalogue(folder: Path) -> Catalog:
    """All `.po` files of a folder as one catalogue."""
    merged = Catalog(locale="zh_CN", fuzzy=False, charset="utf-8")
    for file in sorted(folder.glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="zh_CN", charset="utf-8"):
                if message.id:
                    merged.add(message.id, message.string, context=message.context)
    return merged


def translations(folder: Path) -> dict[str, NullTranslations]:
    """The words of each language, by its short name."""
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(folder / "zh_CN"))
    compiled.seek(0)
    return {CHINESE: GNUTranslations(compiled), ENGLISH: NullTranslations()}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says problems and messages in one language."""

    language: str
    words: NullTranslations
    templates: Mapping[str, str]

    def gettext(self, text: str) -> str:
        return self.words.gettext(text)

    def say(self, problem: Problem) -> str:
        """The sentence of a problem. Raises KeyError for a code without a sentence."""
        return self.words.gettext(self.templates[problem.code]) % problem.params
