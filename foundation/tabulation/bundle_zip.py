"""Zip files: written so that the same content is the same bytes, opened so that a hostile one does no harm.

Nothing is ever extracted to a disk. A member is read only up to a limit, whatever size it claims.
"""

import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Final

from foundation.base.problem import Problem
from foundation.tabulation.texts import shown

MIB: Final = 1024 * 1024
LARGEST_MEMBER: Final = 64 * MIB
LARGEST_ZIP: Final = 64 * MIB

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED: Final = 0x1
_PLAIN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""All that `zipfile` raises for files that are damaged or made to mislead it."""


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """The files in their order, without any trace of when and where."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, data, compresslevel=9)
    return buffer.getvalue()


def read_zip(data: bytes, names: Collection[str]) -> tuple[dict[str, bytes], list[Problem]]:
    """The members by name; problems for anything that is not a plain zip of some of `names`, each at most once."""
    if len(data) > LARGEST_ZIP:
        return {}, [Problem("zip_large", "", {"name": "zip", "limit": str(LARGEST_ZIP // MIB)})]
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            problems = _check_members(members, names)
            if problems:
                return {}, problems
            return _read_members(archive, members)
    except _UNREADABLE:
        return {}, [Problem("not_zip")]


def _check_members(members: list[zipfile.ZipInfo], names: Collection[str]) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename  # `filename` ends at a null character, this one does not
        params = {"name": shown(name)}
        if name not in names:
            problems.append(Problem("zip_strange", "", params))
        elif name in seen:
            problems.append(Problem("zip_twice", "", params))
        elif member.flag_bits & _ENCRYPTED:
            problems.append(Problem("zip_encrypted", "", params))
        elif member.compress_type not in _PLAIN_METHODS:
            problems.append(Problem("zip_damaged", "", params))
        seen.add(name)
    return problems


def _read_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> tuple[dict[str, bytes], list[Problem]]:
    files: dict[str, bytes] = {}
    problems = []
    for member in members:
        try:
            with archive.open(member) as opened:
                content = opened.read(LARGEST_MEMBER + 1)
        except _UNREADABLE:
            problems.append(Problem("zip_damaged", "", {"name": member.filename}))
            continue
        if len(content) > LARGEST_MEMBER:
            limit = str(LARGEST_MEMBER // MIB)
            problems.append(Problem("zip_large", "", {"name": member.filename, "limit": limit}))
        files[member.filename] = content
    return files, problems
