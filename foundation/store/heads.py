"""The file of heads: the last record of every stream on one day, to be kept where nobody of the registry can write.

Knows the file's form and how to write it safely; knows no table but the heads. Whoever holds an old file can prove
that a stream was cut or rewritten since.
"""

import contextlib
import json
import os
import re
import tempfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

from foundation.base.problem import Problem, Refused
from foundation.store.ledger import Head
from foundation.store.transactions import Transaction, snapshot

FORMAT = "ganpo-ledger-heads/1"
_HASH = re.compile(r"[0-9a-f]{64}")
_PAGE = 1000


async def write_heads(folder: Path, now: datetime) -> Path:
    """Write all heads to `folder`/ledger-heads-YYYY-MM-DD.json, complete or not at all; returns the file.

    The date is that of `now` (aware) in its own zone; a second file of one day replaces the first.
    Raises `Refused` where the folder cannot be written.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    lines: list[str] = []
    async with snapshot() as reading:
        async for head in _heads(reading):
            lines.append(json.dumps({"stream": head.stream, "seq": head.seq, "hash": head.hash}, ensure_ascii=False))
    opening = f'{{"format": {json.dumps(FORMAT)}, "at": {json.dumps(now.isoformat())}, "heads": ['
    text = opening + "\n" + ",\n".join(lines) + "\n]}\n"
    path = folder / f"ledger-heads-{now:%Y-%m-%d}.json"
    try:
        _replace(path, text.encode())
    except OSError as error:
        raise Refused(Problem("heads_folder", params={"path": str(folder), "why": error.strerror or ""})) from error
    return path


def read_heads(path: Path) -> list[Head]:
    """The heads in a file that `write_heads` wrote. Raises `Refused` for anything else."""
    try:
        data: Any = json.loads(path.read_bytes())
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refused(Problem("heads_unreadable", params={"path": str(path), "why": why})) from error
    except (ValueError, RecursionError) as error:
        raise Refused(Problem("heads_format", params={"path": str(path)})) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("heads"), list):
        raise Refused(Problem("heads_format", params={"path": str(path)}))
    heads = [_head(item) for item in data["heads"]]
    if None in heads:
        raise Refused(Problem("heads_format", params={"path": str(path)}))
    return [head for head in heads if head is not None]


def _head(item: Any) -> Head | None:
    match item:
        case {"stream": str(stream), "seq": int(seq), "hash": str(digest), **rest} if (
            not rest and not isinstance(seq, bool) and 1 <= seq < 2**31 and stream and "\x00" not in stream
            and stream.isprintable() and _HASH.fullmatch(digest)
        ):  # fmt: skip
            return Head(stream, seq, digest)
    return None


async def _heads(reading: Transaction) -> AsyncIterator[Head]:
    last = ""
    while True:
        rows = await reading.run(
            "SELECT stream, seq, hash FROM ledger_head WHERE stream > {} ORDER BY stream LIMIT {}", last, _PAGE
        )
        for row in rows:
            if row["seq"] > 0:
                yield Head(row["stream"], row["seq"], row["hash"])
        if len(rows) < _PAGE:
            return
        last = rows[-1]["stream"]


def _replace(path: Path, content: bytes) -> None:
    """Put a whole file in place: after a power cut there is the old one or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
