"""Our own css, scripts and icons: read once, served from memory under an address that changes with their content.

The whole folder has one version, so that relative addresses inside css keep working; browsers may keep a file for
ever because its address never means anything else.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from foundation.base.problem import NotFound

GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?(\s|,|$))", re.IGNORECASE)  # asked for, and not refused by q=0
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class File:
    """One file, ready to send."""

    plain: bytes
    packed: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """Every file of the folder by its path below it."""

    version: str
    files: Mapping[str, File]

    def address(self, name: str) -> str:
        """The address of a file in templates. Raises KeyError where there is none, so a typo shows at once."""
        self.files[name]
        return f"/static/{self.version}/{name}"


def read_static(folder: Path) -> StaticFiles:
    """Read a folder of static files."""
    version = hashlib.sha256()
    files = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        version.update(name.encode() + b"\0" + content)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        files[name] = File(content, gzip.compress(content, 9, mtime=0), media_type)
    return StaticFiles(version.hexdigest()[:12], files)


@get("/static/{version:str}/{name:path}", public=True)
async def static_file(request: Request[Any, Any, Any], version: FromPath[str], name: FromPath[Path]) -> Response[bytes]:
    static: StaticFiles = request.app.state.pages.static
    file = static.files.get(str(name).lstrip("/"))
    if file is None or version != static.version:
        raise NotFound
    packed = bool(GZIP.search(request.headers.get("accept-encoding", "")))
    headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(content=file.packed if packed else file.plain, media_type=file.media_type, headers=headers)


@get("/favicon.ico", public=True)
async def favicon(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Browsers ask for this address by themselves; they get the seal."""
    file = request.app.state.pages.static.files["favicon.svg"]
    return Response(content=file.plain, media_type=file.media_type, headers={"cache-control": "public, max-age=86400"})


HANDLERS = [static_file, favicon]
