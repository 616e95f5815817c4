"""The media folder: contents under their digests, and parts that are on their way there. Knows disks, no tables.

media/ab/abcd…   a content, named by its sha256, whole or not there
media/.parts/    uploads as they arrive and pictures in work; what is older than a day was left behind
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from foundation.base.settings import Settings

PIECE = 1024 * 1024  # bytes read at once


@dataclass(frozen=True, slots=True)
class Part:
    """A whole content that lies outside its place still; `size` is bytes."""

    path: Path
    sha256: str
    size: int


def root() -> Path:
    return Settings.from_env().home / "media"


def place(sha256: str) -> Path:
    """Where a content lies, or would."""
    return root() / sha256[:2] / sha256


def parts() -> Path:
    """The folder of what is on its way."""
    folder = root() / ".parts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def new_part() -> Path:
    """An empty file of one's own, to be written and then put in place or removed."""
    handle, name = tempfile.mkstemp(dir=parts(), prefix="part-")
    os.close(handle)
    return Path(name)


@contextmanager
def bench() -> Iterator[Path]:
    """A folder to work in, gone afterwards."""
    folder = Path(tempfile.mkdtemp(dir=parts(), prefix="work-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)


def digest(path: Path) -> Part:
    """What a file holds."""
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
            size += len(piece)
    return Part(path, found.hexdigest(), size)


def measure(path: Path) -> Part:
    """What a written file holds; it is on the disk when this returns."""
    with path.open("rb") as file, contextlib.suppress(OSError):  # read-only places need no more
        os.fsync(file.fileno())
    return digest(path)


def put(part: Part) -> None:
    """Put a content in its place, whole or not at all, over whatever is there; the part stays."""
    target = place(part.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".part-{secrets.token_hex(8)}")
    try:
        try:
            os.link(part.path, beside)
        except OSError:  # another file system, or one without links
            shutil.copyfile(part.path, beside)
            measure(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    for changed in (target.parent, root()):
        _sync(changed)


def remove(sha256: str) -> None:
    place(sha256).unlink(missing_ok=True)


def contents() -> Iterator[tuple[str, float]]:
    """Every content that lies here, with when it was put there (seconds of the epoch)."""
    for folder in sorted(root().glob("[0-9a-f][0-9a-f]")):
        for path in sorted(folder.iterdir()):
            with contextlib.suppress(FileNotFoundError):
                if len(path.name) == 64:
                    yield path.name, path.stat().st_mtime


def left_over(before: float) -> list[Path]:
    """Parts and workbenches that nobody touched since (seconds of the epoch)."""
    found = [*parts().iterdir(), *root().glob("[0-9a-f][0-9a-f]/.part-*")]
    old = []
    for path in found:
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                old.append(path)
    return sorted(old)


def throw_away(path: Path) -> None:
    """Remove a part or a workbench."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
