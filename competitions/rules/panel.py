"""Whether the seats of a contest can give every mark that its scheme asks for. Pure.

All problems at once, in the scheme's order; works are named by their work numbers, judges by seat and name.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from foundation.base.problem import Problem
from foundation.tabulation.scheme import Aspect, Scheme

SHARED = ("judgement", "panel")  # kinds that a stated number of judges mark, each on their own
NAMED = 8  # so many work numbers are named in one sentence, the rest counted


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """What one judge may mark; `works` is None where that is every work."""

    position: int
    name: str
    chief: bool
    aspects: frozenset[str]
    works: frozenset[str] | None = None

    @property
    def code(self) -> str:
        """The judge code of the seat, as in marks.csv."""
        return f"J{self.position}"


@dataclass(frozen=True, slots=True)
class SeatDraft:
    """What a judge is to mark; `works` is None where that is every work."""

    aspects: tuple[str, ...] = ()
    chief: bool = False
    works: tuple[str, ...] | None = None


def draft_problems(draft: SeatDraft, aspects: Collection[str], works: Collection[str]) -> list[Problem]:
    """What is wrong with a seat by itself, by the fields of its form."""
    problems = []
    if strange := [code for code in draft.aspects if code not in aspects]:
        problems.append(Problem("seat_aspect_unknown", "aspects", {"aspects": "、".join(strange[:NAMED])[:80]}))
    if not draft.aspects and not draft.chief:
        problems.append(Problem("seat_empty", "aspects"))
    if strange := [number for number in draft.works or () if number not in works]:
        problems.append(Problem("seat_work_unknown", "works", {"works": named(strange)[:80]}))
    if draft.works is not None and not draft.works and draft.aspects:
        problems.append(Problem("seat_no_works", "works"))
    return problems


def panel_problems(scheme: Scheme, works: Sequence[str], seats: Sequence[SeatPlan]) -> list[Problem]:
    """Why marking cannot open yet; empty if it can."""
    problems: list[Problem] = []
    if not works:
        problems.append(Problem("panel_no_entries", "roster"))
    chiefs = [seat for seat in seats if seat.chief]
    if not chiefs:
        problems.append(Problem("panel_no_chief", "panel"))
    if len(chiefs) > 1:
        names = "、".join(f"{seat.code} {seat.name}" for seat in chiefs)
        problems.append(Problem("panel_many_chiefs", "panel", {"names": names}))
    known = {aspect.code for aspect in scheme.aspects()}
    for seat in seats:
        problems += _seat_problems(seat, known)
    for aspect in scheme.aspects():
        problems += _aspect_problems(aspect, works, [seat for seat in seats if aspect.code in seat.aspects])
    return problems


def _seat_problems(seat: SeatPlan, known: Iterable[str]) -> list[Problem]:
    who = {"judge": f"{seat.code} {seat.name}"}
    problems = []
    if not seat.aspects and not seat.chief:
        problems.append(Problem("seat_without_aspects", "panel", who))
    if seat.aspects and seat.works is not None and not seat.works:
        problems.append(Problem("seat_without_works", "panel", who))
    stale = sorted(seat.aspects - set(known))
    if stale:
        problems.append(Problem("seat_stale_aspects", "panel", {**who, "aspects": "、".join(stale)}))
    return problems


def _aspect_problems(aspect: Aspect, works: Sequence[str], seats: list[SeatPlan]) -> list[Problem]:
    about = {"aspect": f"{aspect.code} {aspect.name}"}
    shared = aspect.kind in SHARED
    if not works:
        return []
    count = Counter(dict.fromkeys(works, 0))
    for seat in seats:
        count.update(work for work in works if seat.works is None or work in seat.works)
    wanted, most = (aspect.judges or 1, aspect.judges or 1) if shared else (1, aspect.judges or len(seats))
    problems = []
    for have in sorted({have for have in count.values() if not wanted <= have <= most}):
        wrong = [work for work in works if count[work] == have]
        numbers = {"have": str(have), "wanted": str(wanted if have < wanted else most)}
        if len(wrong) == len(works):
            code = "panel_wrong_everywhere" if shared else "panel_nobody" if not have else "panel_too_many"
            problems.append(Problem(code, "panel", {**about, **numbers}))
        else:
            code = "panel_wrong_for" if shared else "panel_nobody_for" if not have else "panel_too_many_for"
            problems.append(Problem(code, "panel", {**about, **numbers, "works": named(wrong)}))
    return problems


def named(works: Sequence[str]) -> str:
    """Work numbers for a sentence: the first few, and how many more."""
    shown = "、".join(works[:NAMED])
    return f"{shown} … (+{len(works) - NAMED})" if len(works) > NAMED else shown
