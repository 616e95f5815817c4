"""The text and the properties of an attachment, as far as a machine reads them; in bounded time, off the event loop.

Knows PDF, docx and xlsx, plain text and pictures; knows nothing of nominations. What it cannot read it says, so that a
person looks: a scanned page has no text, an old .doc keeps its own secrets.
"""

import asyncio
import io
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from PIL import ExifTags, Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from foundation.files import kinds

MOST_PAGES = 60
MOST_CHARACTERS = 200_000
MOST_MEMBER = 8 * 1024 * 1024  # bytes of one part of a docx, unpacked
SECONDS = 20.0
_PEOPLE = {  # properties that say who made it, or where
    "creator": "author", "lastModifiedBy": "last changed by", "manager": "manager", "Manager": "manager",
    "Company": "company", "company": "company",
}  # fmt: skip
_PDF_PEOPLE = {"/Author": "author", "/Company": "company"}
_EXIF_PEOPLE = {
    ExifTags.Base.Artist: "author", ExifTags.Base.Copyright: "copyright", ExifTags.Base.XPAuthor: "author",
    ExifTags.Base.BodySerialNumber: "camera number", ExifTags.Base.CameraOwnerName: "owner",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachment:
    """What was read. `unread` is why it could not be read: picture, old, broken, slow, kind; "" where it was."""

    text: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    unread: str = ""


async def read(media_type: str, content: bytes) -> Attachment:
    """Read an attachment of this kind (`foundation.files.kinds`); never raises for what it holds."""
    try:
        return await asyncio.wait_for(asyncio.to_thread(_read, media_type, content), SECONDS)
    except TimeoutError:
        return Attachment(unread="slow")


def _read(media_type: str, content: bytes) -> Attachment:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if media_type == kinds.PDF.media_type:
                return _pdf(content)
            if media_type in {kind.media_type for kind in (kinds.DOCX, kinds.XLSX, kinds.PPTX)}:
                return _office(content)
            if media_type == kinds.TEXT.media_type:
                return Attachment(_text(content))
            if media_type.startswith("image/"):
                return _picture(content)
    except (PyPdfError, zipfile.BadZipFile, ElementTree.ParseError, OSError, ValueError, KeyError, RecursionError):
        return Attachment(unread="broken")
    return Attachment(unread="old" if media_type.startswith("application/") else "kind")


def _pdf(content: bytes) -> Attachment:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        return Attachment(unread="broken")
    text, pages = "", reader.pages
    for page in pages[:MOST_PAGES]:
        text += (page.extract_text() or "") + "\n"
        if len(text) > MOST_CHARACTERS:
            break
    said: Mapping[str, Any] = reader.metadata or {}
    properties = {word: str(said[name]) for name, word in _PDF_PEOPLE.items() if said.get(name)}
    return Attachment(text[:MOST_CHARACTERS].strip(), properties, "" if text.strip() else "picture")


def _office(content: bytes) -> Attachment:
    """The texts of every part that holds words, and the properties of core and app."""
    text = ""
    properties: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            name = member.filename
            if not name.endswith(".xml") or member.file_size > MOST_MEMBER:
                continue
            if name.startswith("docProps/"):
                properties |= _properties(_tree(archive.read(member)))
            elif name.startswith(("word/", "xl/", "ppt/slides/", "ppt/notesSlides/")) and len(text) < MOST_CHARACTERS:
                text += _words(_tree(archive.read(member)))
    return Attachment(text[:MOST_CHARACTERS].strip(), properties)


def _tree(content: bytes) -> ElementTree.Element:
    """One part's tree. A document type is refused before it is read: entities that explode stand in one."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("a part with a document type")
    return ElementTree.fromstring(content)  # noqa: S314 - no document type, and at most MOST_MEMBER


def _words(tree: ElementTree.Element) -> str:
    """The text of a part, a line for each paragraph: runs of one number may be parted by their looks alone."""
    lines, line = [], ""
    for element in tree.iter():
        name = element.tag.rpartition("}")[2]
        if name in ("p", "si", "c", "row"):
            lines.append(line)
            line = ""
        elif name in ("t", "v", "delText", "instrText"):
            line += element.text or ""
    return "\n".join([*lines, line]) + "\n"


def _properties(tree: ElementTree.Element) -> dict[str, str]:
    found = {}
    for element in tree.iter():
        word = _PEOPLE.get(element.tag.rpartition("}")[2])
        if word and (element.text or "").strip():
            found[word] = (element.text or "").strip()
    return found


def _picture(content: bytes) -> Attachment:
    """What stands beside a picture: who took it and where. What is in the picture itself nobody reads here."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
        exif = picture.getexif()
        texts = picture.info
    found = {word: str(exif[tag]) for tag, word in _EXIF_PEOPLE.items() if exif.get(tag)}
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        found["place"] = "GPS"
    said = " ".join(str(value) for name, value in texts.items() if isinstance(value, str) and name != "icc_profile")
    return Attachment(said[:MOST_CHARACTERS], found, "picture")


def _text(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)[:MOST_CHARACTERS]
        except UnicodeError:
            continue
    return ""
