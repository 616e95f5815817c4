"""A document and the row that keeps it: folded texts, facets, value, and the tokens that follow from them.

Pure. The tokens of a row are the same whenever they are made of it by the same tokenizer, for the index takes a
document out only with exactly the tokens that were put in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from foundation.text import bands, expression, tokens

Record = dict[str, Any]  # a row of `text_document`
CODING = "gb18030"  # two bytes a character, and every character there is
_NO_TEXTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Document:
    """One row of a domain, to be found by its words, facets and value.

    `kind` and the names in `named` are short lower-case codes; every row has its kind twice, so one letter or two
    are best where there are millions. `facets` are tokens of the domain's own: years
    (`y2024`), categories (`c36`), every organisation above (`u1`, `u57`), who may see it. `named` are texts that are
    found by themselves as well (`person`: names); they count as words too, but not for likeness. `value` is an exact
    integer that ranges are asked of. `batch` is the code of what it came with, see `index.hide`.
    """

    kind: str
    item: int
    words: str
    facets: Sequence[str] = ()
    value: int | None = None
    named: Mapping[str, str] = field(default_factory=lambda: _NO_TEXTS)
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of `text_document` and its tokens."""

    record: Record
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A document's folded texts, as they are compared and looked through."""

    words: str
    named: Mapping[str, str]

    def holds(self, phrase: str, name: str = "") -> bool:
        """Whether the text of this name has a folded phrase in one piece; without a name, any text."""
        if name:
            return tokens.holds(self.named.get(name, ""), phrase)
        return tokens.holds(self.words, phrase) or any(tokens.holds(text, phrase) for text in self.named.values())


def record_of(document: Document) -> Record:
    """The row of a document, without its id."""
    for name in (document.kind, *document.named):
        if not expression.NAME.fullmatch(name):
            raise ValueError(f"No code of a kind or a text: {name!r}")
    given = [expression.facet(each).text[1:] for each in document.facets]
    if document.batch:
        given.append(batch_facet(document.batch).text[1:])
    if document.value is not None:
        bands.tokens_of(document.value)
    words = tokens.folded(document.words)
    lines = [words, *(f"{name} {tokens.folded(text)}" for name, text in sorted(document.named.items()))]
    return {
        "kind": document.kind,
        "item": document.item,
        "facets": f" {' '.join(dict.fromkeys(given))} ",
        "value": document.value,
        "repeat_key": repeat_key(joined(words)),
        "kept": "\n".join(lines).encode(CODING),
    }


def kept_of(record: Mapping[str, Any]) -> Kept:
    """The folded texts of a row."""
    words, *named = record["kept"].decode(CODING).split("\n")
    return Kept(words, dict(line.split(" ", 1) for line in named) if named else _NO_TEXTS)


def entry_of(record: Record) -> Entry:
    """A row with its tokens, the same whenever they are made of the same row by the same tokenizer."""
    kept = kept_of(record)
    found = dict.fromkeys(tokens.tokens(kept.words))
    for name, text in kept.named.items():
        for token in tokens.tokens(text):
            found[token] = found[f"{name};{token}"] = None
    found.update((f":{facet}", None) for facet in record["facets"].split())
    found[kind_facet(record["kind"]).text] = found[expression.ALL] = None
    if record["value"] is not None:
        found.update((value_facet(band).text, None) for band in bands.tokens_of(record["value"]))
    return Entry(record, tuple(found))


def kind_facet(kind: str) -> expression.Token:
    return expression.own(f"k.{kind}")


def value_facet(band: str) -> expression.Token:
    return expression.own(f"r.{band}")


def joined(kept: str) -> str:
    """A folded text without spaces: equal for texts that are the same but for spaces, punctuation and capitals."""
    return kept.replace(" ", "")


def repeat_key(text: str) -> int:
    """Of a joined text, by which equal ones are looked up; 47 bits, so two others may have the same."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()) >> 1


def batch_facet(batch: str) -> expression.Token:
    return expression.own(f"b.{expression.facet(batch).text[1:]}")
