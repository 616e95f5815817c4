"""What a file is, told by its content alone; its name never decides. A content in; a kind or a problem out.

One file is one kind: what also holds a second file behind its own end (an archive behind a picture, a page before a
document) is refused, because the two are read differently by different programs.
"""

import io
import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file; the first of its endings is given to names that have none of them."""

    media_type: str
    endings: tuple[str, ...]


class Unfit(Exception):  # noqa: N818 - an answer about the file
    """The content is refused; `code` is a sentence's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = Kind("application/pdf", (".pdf",))
PNG = Kind("image/png", (".png",))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"))
WEBP = Kind("image/webp", (".webp",))
HEIC = Kind("image/heic", (".heic", ".heif"))  # what telephones make; few programs open it, so only pictures take it
TEXT = Kind("text/plain; charset=utf-8", (".txt", ".csv"))
ZIP = Kind("application/zip", (".zip",))
DOCX = Kind(f"{_OFFICE}wordprocessingml.document", (".docx",))
XLSX = Kind(f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
PPTX = Kind(f"{_OFFICE}presentationml.presentation", (".pptx",))
OFD = Kind("application/ofd", (".ofd",))  # the national format of official documents
DOC = Kind("application/msword", (".doc", ".wps"))
XLS = Kind("application/vnd.ms-excel", (".xls", ".et"))
PPT = Kind("application/vnd.ms-powerpoint", (".ppt", ".dps"))
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", (".ods",))
PICTURES = frozenset({JPEG, PNG, WEBP, HEIC})
DOCUMENTS = frozenset({PDF, PNG, JPEG, WEBP, TEXT, ZIP, DOCX, XLSX, PPTX, OFD, DOC, XLS, PPT})

Content = bytes | mmap.mmap

_MOST_MEMBERS = 5000
_BEHIND = 65_557  # how far an archive's directory may stand before the end of a file
_MARKUP = re.compile(r"\s*(<!|<\?|<(html|head|body|script|svg|math|iframe|meta|link|style)\b)", re.IGNORECASE)
_OLE_STREAMS = ((DOC, "WordDocument"), (XLS, "Workbook"), (XLS, "Book"), (PPT, "PowerPoint Document"))


def kind_of(content: Content) -> Kind:
    """The one kind of this content. Raises `Unfit`."""
    if not len(content):
        raise Unfit("file_empty")
    start = content[:16]
    for signature, read in _BY_START:
        if start.startswith(signature):
            return read(content)
    if start[4:8] == b"ftyp":
        return _heic(content)
    return _text(content[:])


def kind_of_file(path: Path) -> Kind:
    """The one kind of a file, which is looked at where it lies and not loaded. Raises `Unfit`."""
    if not path.stat().st_size:
        raise Unfit("file_empty")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return kind_of(content)


def _pdf(content: Content) -> Kind:
    end = content[-2048:]
    if b"%%EOF" not in end:
        raise Unfit("file_broken")
    if end.rstrip(b"\r\n \0")[-5:] != b"%%EOF":
        raise Unfit("file_two_kinds")
    if content.find(b"/Encrypt") >= 0 and re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", content):
        raise Unfit("file_locked")
    return _alone(content, PDF)


def _png(content: Content) -> Kind:
    at = 8
    while at + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            break
        if name == b"IEND":
            if end != len(content):
                raise Unfit("file_two_kinds")
            return PNG
        at = end
    raise Unfit("file_broken")


def _jpeg(content: Content) -> Kind:
    # Cameras put previews and small films behind the picture, so only archives and documents there are refused.
    if content.find(b"\xff\xd9") < 0:
        raise Unfit("file_broken")
    return _alone(content, JPEG)


def _webp(content: Content) -> Kind:
    if content[8:12] != b"WEBP":
        raise Unfit("file_kind")
    told = int.from_bytes(content[4:8], "little") + 8
    if len(content) < told:
        raise Unfit("file_broken")
    if len(content) > told + 1:
        raise Unfit("file_two_kinds")
    return WEBP


_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"hevc"})
_HEIC_BOXES = frozenset({b"ftyp", b"meta", b"mdat", b"free", b"skip", b"uuid", b"idat", b"mpvd", b"moov"})


def _heic(content: Content) -> Kind:
    if content[8:12] not in _HEIC_BRANDS:
        raise Unfit("file_kind")  # a film, or a picture that few cameras make
    names = set(_boxes(content))
    if b"meta" not in names or (b"mdat" not in names and content.find(b"idat") < 0):
        raise Unfit("file_broken")
    return HEIC


def _boxes(content: Content) -> Iterator[bytes]:
    """The names of the boxes one behind the other, which fill the file to its last byte. Raises Unfit."""
    at = 0
    while at < len(content):
        if at + 8 > len(content):
            raise Unfit("file_two_kinds")
        length, name = struct.unpack(">I4s", content[at : at + 8])
        if name not in _HEIC_BOXES:
            raise Unfit("file_two_kinds")
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16], "big")
        at = at + length if length >= 8 else len(content) if length == 0 else len(content) + 1
        if at > len(content):
            raise Unfit("file_broken")
        yield name


def _zip(content: Content) -> Kind:
    try:
        with zipfile.ZipFile(_opened(content)) as archive:
            members = archive.infolist()
            comment = len(archive.comment)
    except (zipfile.BadZipFile, ValueError, struct.error, UnicodeError, NotImplementedError, EOFError) as error:
        raise Unfit("file_broken") from error
    if not members or len(members) > _MOST_MEMBERS:
        raise Unfit("file_broken")
    directory = content.rfind(b"PK\x05\x06")
    if min(member.header_offset for member in members) != 0 or directory + 22 + comment != len(content):
        raise Unfit("file_two_kinds")
    if any(member.flag_bits & 1 for member in members):
        raise Unfit("file_locked")
    names = {member.filename for member in members}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unfit("file_macros")
    if names & {"META-INF/MANIFEST.MF", "AndroidManifest.xml"} and "mimetype" not in names:
        raise Unfit("file_kind")  # programs that are packed like archives
    for kind, needed in ((DOCX, "word/"), (XLSX, "xl/"), (PPTX, "ppt/")):
        if "[Content_Types].xml" in names and any(name.startswith(needed) for name in names):
            return kind
    return OFD if "OFD.xml" in names else ZIP


def _opened(content: Content) -> io.BytesIO:
    """As the zip reader takes it; a mapped file can do what it asks for, without being loaded."""
    if isinstance(content, bytes):
        return io.BytesIO(content)
    content.seek(0)
    return content  # type: ignore[return-value]


def _ole(content: Content) -> Kind:
    if len(content) < 1536:
        raise Unfit("file_broken")
    if content.find("_VBA_PROJECT".encode("utf-16-le")) >= 0:
        raise Unfit("file_macros")
    if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
        raise Unfit("file_locked")
    for kind, stream in _OLE_STREAMS:
        if content.find((stream + "\0").encode("utf-16-le")) >= 0:
            return _alone(content, kind)
    raise Unfit("file_kind")  # an installer, a message, a picture database


def _text(content: bytes) -> Kind:
    if b"%PDF-" in content[:1024] or content[-_BEHIND:].rfind(b"PK\x05\x06") >= 0:
        raise Unfit("file_two_kinds")
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if any(char < " " and char not in "\t\n\r\f" for char in text) or "\x7f" in text or _MARKUP.match(text):
            raise Unfit("file_kind")
        if not text.strip():
            raise Unfit("file_empty")
        return TEXT
    raise Unfit("file_kind")


def _alone(content: Content, kind: Kind) -> Kind:
    """The kind, where no archive stands behind its content and no document begins within its first bytes."""
    if content[-_BEHIND:].rfind(b"PK\x05\x06") >= 0 and zipfile.is_zipfile(_opened(content)):
        raise Unfit("file_two_kinds")
    if kind is not PDF and b"%PDF-" in content[:1024]:
        raise Unfit("file_two_kinds")
    return kind


_BY_START: tuple[tuple[bytes, Callable[[Content], Kind]], ...] = (
    (b"%PDF-", _pdf),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"RIFF", _webp),
    (b"PK\x03\x04", _zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _ole),
)
