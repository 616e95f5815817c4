"""What the unit of an entry reads of its result: award, points line by line, reviewers' words. Only once it is decided.

Nobody's name stands in it, and the words come in an order that tells nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.base.problem import NotFound
from innovations import review_chair, review_deciding
from innovations.review_desk import scheme_of
from innovations.review_list_reads import OwnLine
from innovations.rules.review_steps import Stage


@dataclass(frozen=True, slots=True)
class Result:
    """One entry's result; `lines` are (line of the rubric, full marks in thousandths, points)."""

    award: str
    total: str
    lines: Sequence[tuple[str, int, str]]
    opinions: Sequence[str]


async def of(line: OwnLine) -> Result:
    """The result of a unit's own entry. Raises NotFound before the round is decided."""
    if line.round.stage is not Stage.DECIDED:
        raise NotFound
    locked = await review_chair.locked_of(line.round.id)
    own = next((one for one in (locked.lines if locked else ()) if one.entry == line.id), None)
    named = line.round.rules.award_name(line.award)
    if own is None:
        return Result(named, "", (), ())
    aspects = scheme_of(line.round.rules).aspects()
    parts = tuple((one.name, one.max or 0, own.lines.get(one.code, "–")) for one in aspects)
    said = await review_deciding.opinions_of(line.round, [line.id])
    return Result(named, own.total, parts, said.get(line.id, ()))
