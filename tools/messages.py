"""Compares the sentences in code and templates with the Chinese catalogues.

Knows where sentences stand (`_`, `ngettext`, `N_` in the packages and in templates/) and that all files of
locales/zh_CN count as one catalogue. `findings` says what is missing, left over, contradictory or would fail when
shown; the command prints it, a test refuses it.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import PoFileParser

from tools.bare_words import bare_words

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TEMPLATE_OPTIONS = {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true", "silent": "false"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence that somebody may read: singular, plural ("" where it has none), and where it stands."""

    text: str
    plural: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry of a catalogue: its Chinese is "" where it has none or only a doubtful (fuzzy) one."""

    text: str
    plural: str
    chinese: str
    place: str


@dataclass(slots=True)
class Collected:
    """One file of a catalogue as it is written, entries that were commented out with `#~` and repeats included."""

    entries: list[Translation] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)


class EveryEntry(Catalog):
    """A catalogue that notes each entry as it is read; Babel's own would merge repeats in silence."""

    def __init__(self, name: str) -> None:
        super().__init__(locale="zh_CN", charset="utf-8")
        self.name = name
        self.seen: list[Translation] = []

    def __setitem__(self, key: str | tuple[str, ...] | list[str], message: Message) -> None:
        if message.id:
            text, plural = message.id if isinstance(message.id, tuple | list) else (message.id, "")
            string = message.string[0] if isinstance(message.string, tuple | list) else message.string
            chinese = "" if message.fuzzy else str(string or "")
            self.seen.append(Translation(text, plural, chinese, f"{self.name}:{message.lineno}"))
        super().__setitem__(key, message)


def sentences(root: Path) -> dict[str, Sentence]:
    """Every marked sentence of the packages and templates, by its singular."""
    found: dict[str, Sentence] = {}
    for place, text, plural in extracted(root):
        known = found.get(text, Sentence(text, "", ()))
        found[text] = Sentence(text, known.plural or plural, (*known.places, place))
    return found


def extracted(root: Path) -> Iterator[tuple[str, str, str]]:
    """(place, singular, plural or "") of every mark, in the order of files and lines."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    tops = sorted({name.partition(".")[0] for name in project["tool"]["setuptools"]["packages"]})
    code = [path for top in tops for path in sorted((root / top).rglob("*.py"))]
    for path in [*code, *sorted((root / "templates").rglob("*.html"))]:
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        options = {} if path.suffix == ".py" else TEMPLATE_OPTIONS
        content = BytesIO(path.read_bytes())
        for line, message, _comments, _context in extract(method, content, DEFAULT_KEYWORDS, (), options):
            text, plural = message if isinstance(message, tuple) else (message, "")
            if text:
                yield f"{path.relative_to(root)}:{line}", text, plural or ""


def translations(root: Path) -> Collected:
    """Every entry of every file of locales/zh_CN."""
    collected = Collected()
    for path in sorted((root / "locales" / "zh_CN").glob("*.po")):
        catalogue = EveryEntry(str(path.relative_to(root)))
        with path.open(encoding="utf-8") as stream:
            PoFileParser(catalogue, abort_invalid=True).parse(stream)
        collected.entries += catalogue.seen
        collected.obsolete += [f"{catalogue.name}: {message.id!r}" for message in catalogue.obsolete.values()]
    return collected


def findings(root: Path = ROOT) -> list[str]:
    """What is wrong, one line each; empty where every sentence has exactly one fitting Chinese one."""
    said = sentences(root)
    collected = translations(root)
    chinese: dict[str, Translation] = {}
    found: list[str] = []
    for entry in collected.entries:
        first = chinese.setdefault(entry.text, entry)
        if first.chinese != entry.chinese:
            found.append(f"{entry.place}: {first.place} says it otherwise: {entry.text!r}")
        if entry.text not in said:
            found.append(f"{entry.place}: nobody says this any more: {entry.text!r}")
        found += unfit(entry)
    found += [f"{line}: an obsolete entry" for line in collected.obsolete]
    for sentence in said.values():
        found += unsaid(sentence, chinese.get(sentence.text))
    found += [line for path in sorted((root / "templates").rglob("*.html")) for line in bare_words(path, root)]
    return found


def unsaid(sentence: Sentence, entry: Translation | None) -> list[str]:
    """What a sentence lacks in Chinese."""
    if entry is None or not entry.chinese:
        return [f"{sentence.places[0]}: no Chinese for {sentence.text!r}"]
    if sentence.plural and entry.plural != sentence.plural:
        return [f"{entry.place}: msgid_plural must be {sentence.plural!r}"]
    return []


def unfit(entry: Translation) -> list[str]:
    """What would fail or lose a value when the entry is shown: other placeholders, a bare per cent sign."""
    found: list[str] = []
    wanted = set(PLACEHOLDER.findall(entry.plural or entry.text))
    if entry.chinese and set(PLACEHOLDER.findall(entry.chinese)) != wanted:
        found.append(f"{entry.place}: needs exactly {sorted(wanted)}: {entry.chinese!r}")
    for text in (entry.text, entry.plural, entry.chinese):
        if "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
            found.append(f"{entry.place}: a per cent sign is written %%: {text!r}")
    return found


def main() -> None:
    """Print what is wrong; end with code 1 if anything is."""
    found = findings()
    for line in found:
        print(line)
    if found:
        sys.exit(f"{len(found)} findings in {len(sentences(ROOT))} sentences.")
    print(f"All {len(sentences(ROOT))} sentences have their Chinese.")


if __name__ == "__main__":
    main()
