"""Documents as PDF/A-2b with extractable text. Knows how the vocabulary is handed to its layout, `document.typ`."""

from dataclasses import fields
from typing import Any

from foundation.papers import pdf
from foundation.papers.documents import Document, Picture, pictures


async def to_pdf(document: Document, longest: float = pdf.LONGEST) -> bytes:
    """The document as PDF/A. Raises Refused for characters that no font has, or where it takes too long."""
    found = list(dict.fromkeys(one for part in document.parts for one in pictures(part.blocks)))
    names = {one: pdf.picture_name(number, one.content) for number, one in enumerate(found)}
    data = {
        "title": document.title,
        "footer": document.footer,
        "numbered": document.numbered,
        "parts": [
            {"sheet": part.sheet, "blocks": [_plain(one, names) for one in part.blocks]} for part in document.parts
        ],
    }
    return await pdf.typeset("document", data, document.printed_at, [one.content for one in found], longest)


def _plain(value: Any, names: dict[Picture, str]) -> Any:
    """A value of the vocabulary as JSON has it: its kind and its fields, a picture by the name of its file."""
    if isinstance(value, tuple):
        return [_plain(one, names) for one in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    plain = {one.name: _plain(getattr(value, one.name), names) for one in fields(value) if one.name != "content"}
    kind = {"kind": type(value).__name__}
    return kind | plain | ({"file": names[value]} if isinstance(value, Picture) else {})
