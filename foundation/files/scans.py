"""Several photographs of paper become one PDF: an A4 page each, upright, of a size that can be mailed.

Knows photographs and pages; stores nothing: what comes out is kept like any other document.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from foundation.base.problem import Problem, Refused
from foundation.files import media, stored, workshop
from foundation.files.limits import PHOTOGRAPHS
from foundation.files.names import plain_name


async def photographs_to_pdf(paths: Sequence[Path], names: Sequence[str] = (), field: str = "file") -> bytes:
    """One PDF of the photographs, in their order. `names` are what they were called, for what is told of them.

    Raises Refused with everything that is wrong with any of them, at `field`.
    """
    called = [plain_name(name) for name in names] or [path.name for path in paths]
    if not paths:
        raise Refused(Problem("photographs_missing", field))
    if len(paths) > PHOTOGRAPHS.files:
        raise Refused(Problem("photographs_many", field, {"most": str(PHOTOGRAPHS.files)}))
    sources: list[dict[str, str]] = []
    problems: list[Problem] = []
    for name, path in zip(called, paths, strict=True):
        try:
            kind = await asyncio.to_thread(stored.check, name, path, field, PHOTOGRAPHS.most, PHOTOGRAPHS.kinds)
            sources.append({"source": str(path), "format": workshop.DECODERS[kind]})
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(*(_as_picture(problem) for problem in problems))
    with media.bench() as folder:
        target = folder / "scan.pdf"
        made = await workshop.work({"work": "scan", "sources": sources, "target": str(target)}, len(sources))
        if wrong := made.get("problems"):
            raise Refused(*(Problem(code, field, {"name": called[int(number)]}) for number, code in wrong.items()))
        return await asyncio.to_thread(target.read_bytes)


def _as_picture(problem: Problem) -> Problem:
    return Problem("picture_kind", problem.field, problem.params) if problem.code == "file_kind" else problem
