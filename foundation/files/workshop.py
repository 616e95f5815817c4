"""Where pictures are worked on: `imaging.py` as a process of its own for each, one or two at a time.

Knows processes, time and turns; knows nothing of pixels. The event loop only waits.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import structlog

from foundation.files.kinds import HEIC, JPEG, PNG, WEBP, Kind

PROGRAM = Path(__file__).with_name("imaging.py")
LONGEST = 90.0  # seconds of one picture, on a machine that is busy; then it is taken for hostile
AT_ONCE = 2 if (os.cpu_count() or 1) >= 4 else 1
DECODERS: Mapping[Kind, str] = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}

log = structlog.get_logger()
_turns: "WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]" = WeakKeyDictionary()


class WorkshopError(Exception):
    """The program itself failed: a fault of ours."""


class UnfitPicture(Exception):  # noqa: N818 - an answer about the picture
    """The picture is refused; `code` is a sentence's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def allow(at_once: int) -> None:
    """Work on so many pictures at the same time in this event loop: for whoever makes many, and nobody beside them."""
    _turns[asyncio.get_running_loop()] = asyncio.Semaphore(at_once)


async def work(task: Mapping[str, Any], pictures: int = 1) -> dict[str, Any]:
    """Have one task done when it is its turn; one of several pictures may take longer.

    Raises UnfitPicture, WorkshopError.
    """
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)):
        code, said, complaint = await _run(json.dumps(task).encode(), LONGEST + 15 * (pictures - 1))
    if code is None or code < 0:  # too long, or a decoder that crashed or took too much
        log.warning("picture_ended_its_process", code=code)
        raise UnfitPicture("picture_broken")
    if code != 0:
        raise WorkshopError(complaint.decode("utf-8", "replace")[-2000:])
    answer: dict[str, Any] = json.loads(said)
    if "problem" in answer:
        raise UnfitPicture(answer["problem"])
    return answer


async def _run(task: bytes, longest: float) -> tuple[int | None, bytes, bytes]:
    """Exit code (None where it was ended for its slowness), output and complaints of one run."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(PROGRAM),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ},
    )  # fmt: skip
    try:
        async with asyncio.timeout(longest):
            said, complaint = await process.communicate(task)
        return process.returncode, said, complaint
    except TimeoutError:
        return None, b"", b""
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
