"""Many files as one zip, made while it is sent and never held: folders by city and unit, names that say whose it is.

    南昌市/云窑陶瓷有限公司工会/南昌市-云窑陶瓷有限公司工会-龚䶮-推荐审批表.pdf

Knows rows and stored files; whether somebody may have them is decided before.
"""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import structlog

from foundation.base import clock
from foundation.base.problem import NotFound
from foundation.files import stored
from foundation.files.names import safe_part
from foundation.files.stored import FileDamagedError

PIECE = 256 * 1024  # bytes read at once
FOLDER = 40  # characters of a folder's name, and of each part of a file's
NAME = 120
UNKNOWN = "其他"
MISSING = "缺少的文件.txt"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class BundleRow:
    """One file: whose it is, what it is ("推荐审批表"), and which."""

    city: str
    unit: str
    person: str
    label: str
    file_id: int


async def bundle(rows: Sequence[BundleRow]) -> AsyncIterator[bytes]:
    """The zip, piece by piece. A file that is gone or damaged is named in a list inside, and ends nothing."""
    out = _Out()
    names, missing = _Names(), list[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for row in rows:
            try:
                facts, path = await stored.located(row.file_id)
            except (NotFound, FileDamagedError) as error:
                log.error("file_not_bundled", file=row.file_id, error=str(error))
                missing.append(names.of(row, ""))
                continue
            info = _info(names.of(row, PurePosixPath(facts.name).suffix), facts.uploaded_at)
            with path.open("rb") as source, archive.open(info, "w") as member:
                while piece := await asyncio.to_thread(source.read, PIECE):
                    await asyncio.to_thread(member.write, piece)
                    yield out.taken()
            yield out.taken()
        if missing:
            archive.writestr(MISSING, "\r\n".join(missing).encode("utf-8-sig"))
    yield out.taken()


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    local = at.astimezone(clock.zone())
    info = zipfile.ZipInfo(name, max(local.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


class _Names:
    """Gives each row its path; two that would be the same on Windows are numbered."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, row: BundleRow, ending: str) -> str:
        parts = [safe_part(part, FOLDER) for part in (row.city, row.unit, row.person, row.label)]
        folder = "/".join(part or UNKNOWN for part in parts[:2])
        stem = "-".join(part for part in parts if part)[:NAME].rstrip(" .") or UNKNOWN
        for name in self._tries(f"{folder}/{stem}", ending):
            if name.casefold() not in self._given:
                self._given.add(name.casefold())
                return name
        raise AssertionError

    @staticmethod
    def _tries(stem: str, ending: str) -> Iterator[str]:
        yield f"{stem}{ending}"
        number = 2
        while True:
            yield f"{stem}({number}){ending}"
            number += 1


class _Out(io.RawIOBase):
    """What the archive writes to: hands out what was written since it was last asked, and cannot go back."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        taken = bytes(piece)  # type: ignore[call-overload]
        self._written += taken
        return len(taken)

    def taken(self) -> bytes:
        taken, self._written = bytes(self._written), bytearray()
        return taken
