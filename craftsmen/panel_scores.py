"""What the marks of a panel come to: how far every nomination is, totals, and where members are far apart.

Writes nothing. Reads everybody's marks, so only the chair's page, the lock and what follows it call `overview`; whose
mark is whose leaves this file only as counts.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from craftsmen import panel_reads, recusals
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_tables import Nomination
from craftsmen.panel_reads import Seat, scheme_of
from craftsmen.panel_tables import PanelMark
from craftsmen.round_reads import rules_of
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.panel_marks import spread
from foundation.base.problem import Problem
from foundation.tabulation.decimals import show_exact, show_fixed
from foundation.tabulation.marks import ABSENT, Mark, read_value
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme import Scheme
from foundation.tabulation.standings import Entry, Line


@dataclass(frozen=True, slots=True)
class Score:
    """A total as it is read, rounded as the scheme says, and exact as n/d."""

    text: str
    exact: str


def shown(scores: Mapping[int, Fraction], scheme: Scheme | None) -> dict[int, Score]:
    """Locked totals for a page."""
    digits = scheme.digits if scheme else 2
    return {key: Score(show_fixed(total, digits), show_exact(total)) for key, total in scores.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """One nomination: aspects marked by each seat (None: keeps out), whether it can be locked, and what it comes to."""

    nomination: NominationFacts
    done: Mapping[int, int | None]  # by seat id
    wanted: int
    settled: bool
    total: Fraction | None
    apart: tuple[tuple[str, int], ...]  # aspects on which members are far apart, in thousandths

    @property
    def finished(self) -> bool:
        """Whether everybody who marks it has."""
        return all(found is None or found >= self.wanted for found in self.done.values())


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole panel's progress; `seen` tells these marks from any others."""

    seats: tuple[Seat, ...]
    rows: tuple[Row, ...]
    seen: str
    asked: int | None = None  # how many members the scheme asks for, where that is another number than sit here

    @property
    def unsettled(self) -> list[Problem]:
        """Why the marks cannot be locked, one problem a nomination."""
        if not self.rows:
            return [Problem("panel_none_before")]
        if self.asked is not None:
            return [Problem("panel_size", "", {"asked": str(self.asked), "n": str(len(self.seats))})]
        return [
            Problem("panel_missing" if not one.finished else "panel_apart", "", {"name": one.nomination.name})
            for one in self.rows
            if not one.settled
        ]


async def ids_before(round_id: int) -> frozenset[int]:
    """The nominations that stand before the panel."""
    rows = await Nomination.select(Nomination.id).where(
        Nomination.round == round_id, Nomination.stage == Stage.PANEL.value
    )
    return frozenset(row["id"] for row in rows)


async def overview(round_id: int) -> Overview:
    """Everybody's progress under the rules that hold now."""
    scheme, hashed = scheme_of(await rules_of(round_id))
    seats = await panel_reads.seats_of(round_id)
    nominations = await panel_reads.before_panel(round_id)
    kept = await recusals.of_round(round_id)
    given = await _newest([one.id for one in seats])
    if scheme is None:
        return Overview(tuple(seats), (), "")
    marks = _marks(scheme, seats, nominations, kept, given)
    table = tabulate(scheme, [Entry(str(one.id)) for one in nominations], marks)
    lines = {int(line.entry): line for line in table.lines}
    codes = [aspect.code for aspect in scheme.aspects()]
    rows = tuple(
        _row(one, scheme, lines[one.id], {
            seat.id: None if (seat.id, one.id) in kept else sum(bool(given.get((seat.id, one.id, c))) for c in codes)
            for seat in seats
        })
        for one in nominations
    )  # fmt: skip
    counted = sorted([mark.entry, mark.aspect, mark.judge, str(mark.value)] for mark in marks)
    seen = hashlib.sha256(json.dumps([hashed, counted], ensure_ascii=False).encode()).hexdigest()
    asked = next((one.judges for one in scheme.aspects() if one.judges not in (None, len(seats))), None)
    return Overview(tuple(seats), rows, seen, asked)


def _row(one: NominationFacts, scheme: Scheme, line: Line, done: Mapping[int, int | None]) -> Row:
    wanted = len(list(scheme.aspects()))
    finished = bool(done) and all(found is None or found >= wanted for found in done.values())
    settled = finished and line.status == "ok"
    total = line.exact_total if settled else None
    return Row(one, done, wanted, settled, total, tuple(spread(line, scheme)) if finished else ())


def _marks(
    scheme: Scheme,
    seats: list[Seat],
    nominations: list[NominationFacts],
    kept: recusals.Kept,
    given: Mapping[tuple[int, int, str], str],
) -> list[Mark]:
    """Every mark as tabulation reads it; whoever keeps out is absent in each aspect."""
    found = []
    for one in nominations:
        for seat in seats:
            for aspect in scheme.aspects():
                text = "" if (seat.id, one.id) in kept else given.get((seat.id, one.id, aspect.code), "")
                if (seat.id, one.id) in kept:
                    found.append(Mark(str(one.id), aspect.code, seat.code, ABSENT))
                elif text and not isinstance(value := read_value(aspect, text), Problem):
                    found.append(Mark(str(one.id), aspect.code, seat.code, value))
    return found


async def _newest(seat_ids: list[int]) -> dict[tuple[int, int, str], str]:
    """The mark that counts, by seat, nomination and aspect."""
    if not seat_ids:
        return {}
    rows: list[dict[str, Any]] = (
        await PanelMark.select(PanelMark.seat, PanelMark.nomination, PanelMark.aspect, PanelMark.value)
        .where(PanelMark.seat.is_in(seat_ids))
        .order_by(PanelMark.revision)
    )
    return {(row["seat"], row["nomination"], row["aspect"]): row["value"] for row in rows}
