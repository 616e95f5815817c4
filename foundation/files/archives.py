"""What lies in a zip that somebody uploaded, read without unpacking it anywhere: names as text, contents in memory.

Nothing in it is trusted: an absolute path, one that climbs, a link, too many files or too many bytes refuse the whole,
and every content is measured while it is read, for what the directory says of sizes may be a lie. Knows no list.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from foundation.base.problem import Problem, Refused
from foundation.files.limits import MB, PICTURE
from foundation.files.names import plain_name

MOST_MEMBERS = 2000
MOST_ONE = PICTURE.most
MOST_WHOLE = 400 * MB
PIECE = 256 * 1024
_UTF8 = 0x800
_UNICODE_PATH = 0x7075  # the field in which some packers keep a name as UTF-8 beside the old one
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)  # what systems put there unasked
_ABSOLUTE = re.compile(r"[/]|[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its whole path as text, and its last part."""

    path: str
    info: zipfile.ZipInfo = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(slots=True)
class Archive:
    """An open archive; `left` is how many bytes may still come out of it."""

    members: tuple[Member, ...]
    file: zipfile.ZipFile
    left: int = MOST_WHOLE

    def read(self, member: Member, where: str = "file") -> bytes:
        """The content of one file, measured as it comes. Raises Refused where it is too much, or damaged."""
        pieces, size = [], 0
        try:
            with self.file.open(member.info) as content:
                while piece := content.read(PIECE):
                    size, self.left = size + len(piece), self.left - len(piece)
                    if size > MOST_ONE or self.left < 0:
                        raise _refused("archive_large", where, member.path)
                    pieces.append(piece)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
        ) as error:
            raise _refused("archive_broken", where, member.path) from error
        return b"".join(pieces)


@contextmanager
def opened(source: Path | IO[bytes], where: str = "file") -> Iterator[Archive]:
    """An archive whose directory was looked through. Raises Refused, with `where` as the place, for a hostile one."""
    try:
        file = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, EOFError, OSError) as error:
        raise _refused("archive_broken", where, "") from error
    with file:
        yield Archive(tuple(_members(file, where)), file)


def _members(file: zipfile.ZipFile, where: str) -> Iterator[Member]:
    infos = file.infolist()
    if len(infos) > MOST_MEMBERS:
        raise Refused(Problem("archive_many", where, {"most": str(MOST_MEMBERS)}))
    whole = 0
    for info in infos:
        path = name_of(info).replace("\\", "/")
        if _ABSOLUTE.match(path) or ".." in path.split("/") or "\0" in info.orig_filename:
            raise _refused("archive_path", where, path)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise _refused("archive_link", where, path)
        if info.flag_bits & 1:
            raise _refused("archive_locked", where, path)
        whole += info.file_size
        if info.file_size > MOST_ONE or whole > MOST_WHOLE:
            raise _refused("archive_large", where, path)
        if not path.endswith("/") and kind != stat.S_IFDIR and not _JUNK.search(path):
            yield Member(path, info)


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name as who packed it reads it: marked as UTF-8, kept as UTF-8 beside, plain UTF-8, or GB18030."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    for code, content in _fields(info.extra):
        if code == _UNICODE_PATH and content[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return content[5:].decode("utf-8", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    while len(extra) >= 4:
        code, size = struct.unpack("<HH", extra[:4])
        yield code, extra[4 : 4 + size]
        extra = extra[4 + size :]


def _refused(code: str, where: str, path: str) -> Refused:
    return Refused(
        Problem(code, where, {"name": plain_name(path), "one": str(MOST_ONE // MB), "whole": str(MOST_WHOLE // MB)})
    )
