"""What a file of rows is, told by its content alone, and whether it may be opened at all.

A bomb is refused by the sizes that its own archive states; one that lies about them meets the limits of the process
that reads it (`sheet_reader.py`). Knows formats; reads no cell.
"""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from foundation.base.problem import Problem, Refused

MOST = 20 * 1024 * 1024  # bytes of a file
MOST_UNPACKED = 400 * 1024 * 1024  # bytes of all that an archive says it holds
MOST_MEMBERS = 5000
MOST_RATIO = 400  # a sheet is text and packs well, but not a thousand times

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06")
_PAGE = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype|html|table|head|meta|body|\?xml|style)", re.IGNORECASE)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


class Format(StrEnum):
    """How rows are kept."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


def format_of(path: Path, field: str, most: int = MOST) -> Format:
    """The format of a file. Raises Refused, with `field` as the place, for what is no sheet or not fit to be opened."""
    size = path.stat().st_size
    if size > most:
        raise Refused(Problem("sheet_large", field, {"most": str(most // 1024 // 1024)}))
    if not size:
        raise Refused(Problem("sheet_nothing", field))
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_ZIP):
        return _archive(path, field)
    if start.startswith(_OLE):
        return _ole(path.read_bytes(), field)
    if _PAGE.match(start):
        raise Refused(Problem("sheet_page", field))
    if start.startswith(_OTHERS):
        raise Refused(Problem("sheet_kind", field))
    return Format.TEXT


def _archive(path: Path, field: str) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            _check_sizes(infos, field)
            names = {info.filename for info in infos}
            if "xl/workbook.xml" in names:
                return Format.XLSX
            if "mimetype" in names and archive.read("mimetype")[:100].strip() == _ODS:
                if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise Refused(Problem("sheet_locked", field))
                return Format.ODS
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refused(Problem("sheet_broken", field)) from error
    raise Refused(Problem("sheet_kind", field))


def _check_sizes(infos: list[zipfile.ZipInfo], field: str) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise Refused(Problem("sheet_locked", field))
    bombs = any(info.file_size > MOST_RATIO * max(info.compress_size, 1024) for info in infos)
    if bombs or len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise Refused(Problem("sheet_bomb", field))


def _ole(content: bytes, field: str) -> Format:
    if _stream("EncryptedPackage") in content:
        raise Refused(Problem("sheet_locked", field))
    if _stream("Workbook") in content or _stream("Book") in content:
        return Format.XLS
    raise Refused(Problem("sheet_kind", field))


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"
