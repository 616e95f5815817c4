"""The keys of this registry: from the setting `GANPO_KEYS`, or from the file `keys` in the data folder.

One key hashes and is never changed; any number of others seal, the newest is the last. The file is made once, at
first use, for its owner's eyes only, and nothing but `add` and `drop` replaces it. Knows files; knows no database.
"""

import base64
import binascii
import contextlib
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from foundation.base.problem import Problem, Refused
from foundation.base.settings import Settings

KEY_BYTES = 32
HASH = "hash"

_HEADING = "# Ganpo: what seals ID numbers and telephones. Keep a copy elsewhere than the copies of the database.\n"
_ENTRY = re.compile(r"([0-9a-f]{8}|hash):([A-Za-z0-9_=-]{44})")


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """All keys in the order they were made. It has no repr: a traceback must not show keys."""

    hash_key: bytes
    sealing: tuple[tuple[str, bytes], ...]

    @property
    def newest(self) -> tuple[str, bytes]:
        return self.sealing[-1]

    @property
    def ids(self) -> list[str]:
        return [key_id for key_id, _ in self.sealing]

    def key(self, key_id: str) -> bytes | None:
        return dict(self.sealing).get(key_id)

    def text(self) -> str:
        """The file's text, keys included."""
        return _HEADING + "".join(map(entry, [HASH, *self.ids], [self.hash_key, *(key for _, key in self.sealing)]))


def entry(name: str, key: bytes) -> str:
    """One line of the file."""
    return f"{name}:{base64.urlsafe_b64encode(key).decode()}\n"


def fresh_entry() -> str:
    """A line with a new sealing key, to be put behind the others in the setting."""
    return entry(*_new_key())


_read: dict[object, Keyring] = {}  # the one keyring that was read last, by what it was read from


def current() -> Keyring:
    """The keyring in use. Made at first use where there is none; read again where its file was replaced.

    Raises Refused where keys cannot be read.
    """
    settings = Settings.from_env()
    if settings.keys:
        return _remembered(settings.keys, settings.keys, "GANPO_KEYS")
    path = file_of(settings)
    try:
        state = path.stat()
    except FileNotFoundError:
        make(path)
        state = path.stat()
    return _remembered((path, state.st_mtime_ns, state.st_ino), path, str(path))


def holding(key_id: str) -> bytes | None:
    """The key with this id, None where this registry does not have it."""
    return current().key(key_id)


def file_of(settings: Settings) -> Path:
    return settings.home / "keys"


def fresh() -> Keyring:
    """A new keyring of random keys."""
    return Keyring(os.urandom(KEY_BYTES), (_new_key(),))


def make(path: Path) -> None:
    """Write a fresh keyring to `path` unless there is a file already: of two processes the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        _write(draft, fresh().text())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # whole or not at all, and never in place of another
    finally:
        draft.unlink(missing_ok=True)
    _keep(path.parent)


def add() -> str:
    """Add a new sealing key to the file; answers its id. Raises Refused where keys come from the setting."""
    key = _new_key()
    _replace(replace(current(), sealing=(*current().sealing, key)))
    return key[0]


def drop(key_id: str) -> None:
    """Forget a sealing key. Who calls this knows that nothing is sealed by it any more. Raises Refused."""
    ring = current()
    if key_id not in ring.ids:
        raise Refused(Problem("privacy_key_unknown", params={"key": key_id}))
    if key_id == ring.newest[0]:
        raise Refused(Problem("privacy_key_newest", params={"key": key_id}))
    _replace(replace(ring, sealing=tuple(one for one in ring.sealing if one[0] != key_id)))


def read(text: str, place: str) -> Keyring:
    """The keyring that this text spells. Raises Refused, naming the place and never what stands there."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    entries: dict[str, bytes] = {}
    for word in re.split(r"[\s,]+", " ".join(lines).strip()):
        found = _ENTRY.fullmatch(word)
        try:
            key = base64.urlsafe_b64decode(found[2]) if found else b""
        except binascii.Error:
            key = b""
        if found is None or len(key) != KEY_BYTES or found[1] in entries:
            raise Refused(Problem("privacy_keys_unreadable", params={"place": place}))
        entries[found[1]] = key
    hash_key = entries.pop(HASH, None)
    if hash_key is None or not entries:
        raise Refused(Problem("privacy_keys_unreadable", params={"place": place}))
    return Keyring(hash_key, tuple(entries.items()))


def _remembered(key: object, source: str | Path, place: str) -> Keyring:
    ring = _read.get(key)
    if ring is None:
        try:
            text = source if isinstance(source, str) else source.read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            raise Refused(Problem("privacy_keys_unreadable", params={"place": place})) from error
        ring = read(text, place)
        _read.clear()
        _read[key] = ring
    return ring


def _replace(ring: Keyring) -> None:
    settings = Settings.from_env()
    if settings.keys:
        raise Refused(Problem("privacy_keys_in_setting"))
    path = file_of(settings)
    draft = path.with_name(f"{path.name}.new")
    try:
        _write(draft, ring.text())
    except FileExistsError as error:
        raise Refused(Problem("privacy_keys_busy", params={"place": str(draft)})) from error
    draft.replace(path)
    _keep(path.parent)


def _new_key() -> tuple[str, bytes]:
    return os.urandom(4).hex(), os.urandom(KEY_BYTES)


def _write(path: Path, text: str) -> None:
    """A new file that only its owner may read, on the disk before anything is sealed by what it holds."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _keep(folder: Path) -> None:
    """The folder's own entry on the disk too."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a system that opens no folders
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
