"""A layout and its values become a PDF/A-2b: with the packaged fonts only, in bounded time, off the event loop.

Layouts are the .typ files beside this one; what people wrote reaches them as the strings of one JSON file and is
never read as typst's markup. Knows processes and folders; knows no form.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

from foundation.base.problem import Problem, Refused
from foundation.papers.fonts import FOLDERS, missing_characters

LONGEST = 60.0  # seconds for one PDF
LAYOUTS = Path(__file__).with_name("layouts")
STANDARD = "a-2b"  # PDF/A for archives: fonts within, nothing from elsewhere, colours that are defined
_TYPESETTER = Path(__file__).with_name("typesetter.py")
_TURNS = ThreadPoolExecutor(2, "papers")  # two at a time; the others wait their turn
_MARK = "ganpo:"  # before what a layout refuses in words of its own: "ganpo:paper_leaf_full:leaf=3"
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160), *range(0xD800, 0xE000)} - {ord("\n")})


class PaperError(Exception):
    """A layout could not be set although its values were fit: a fault of ours, never of who asked."""


async def typeset(
    layout: str,
    data: Mapping[str, Any],
    at: datetime,
    pictures: Sequence[bytes] = (),
    longest: float = LONGEST,
) -> bytes:
    """Set `layouts/{layout}.typ`, which reads `data` from data.json and pictures from `picture_name(n)`.

    `at` is the time that the file says it was made; the same values give the same bytes. Raises Refused where a
    character cannot be printed or it takes longer than `longest` seconds, ValueError for a picture of another kind.
    """
    values = cleaned(data)
    if missing := await asyncio.to_thread(missing_characters, "".join(dict.fromkeys("".join(texts_in(values))))):
        raise Refused(Problem("paper_characters", "", {"characters": "、".join(missing)}))
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_TURNS, _set, layout, values, at, tuple(pictures), longest)


def cleaned(value: Any) -> Any:
    """The same values without control characters; line ends are one kind."""
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(_CONTROLS)
        case Mapping():
            return {key: cleaned(one) for key, one in value.items()}
        case list() | tuple():
            return [cleaned(one) for one in value]
    return value


def texts_in(value: Any) -> Iterator[str]:
    """Every string within."""
    match value:
        case str():
            yield value
        case Mapping():
            for one in value.values():
                yield from texts_in(one)
        case list() | tuple():
            for one in value:
                yield from texts_in(one)


def picture_name(number: int, content: bytes) -> str:
    """The file of the nth picture, for the layout's data. Raises ValueError for what is no PNG, JPEG or WebP."""
    for start, ending in ((b"\x89PNG\r\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"RIFF", "webp")):
        if content.startswith(start):
            return f"picture-{number}.{ending}"
    raise ValueError("A picture on paper is PNG, JPEG or WebP.")


def _set(layout: str, data: Any, at: datetime, pictures: Sequence[bytes], longest: float) -> bytes:
    with tempfile.TemporaryDirectory(prefix="ganpo-paper-") as name:
        folder = Path(name)
        for source in LAYOUTS.iterdir():
            (folder / source.name).write_bytes(source.read_bytes())
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for number, content in enumerate(pictures):
            (folder / picture_name(number, content)).write_bytes(content)
        asked = {
            "folder": name,
            "layout": str(folder / f"{layout}.typ"),
            "fonts": [str(one) for one in FOLDERS],
            "standard": [STANDARD],
            "at": int(at.timestamp()),
        }
        try:
            done = subprocess.run(  # noqa: S603 - our own file, by our own interpreter
                [sys.executable, "-I", str(_TYPESETTER)],
                input=json.dumps(asked).encode(),
                capture_output=True,
                check=False,
                timeout=longest,
            )
        except subprocess.TimeoutExpired as late:
            raise Refused(Problem("paper_too_long")) from late
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode(errors="replace")
    if _MARK in said:
        raise Refused(_problem(said[said.index(_MARK) + len(_MARK) :]))
    raise PaperError(f"{layout}: {said.strip()[-600:]}")


def _problem(said: str) -> Problem:
    """paper_leaf_full:leaf=3 as the problem it names."""
    code, _, rest = said.split("\n", 1)[0].strip().strip('"').partition(":")
    return Problem(code, "", dict(one.split("=", 1) for one in rest.split(",") if "=" in one))
