"""The composition check (结构比例测算): what a choice does to each ratio, what it still needs, whether it can end well.

Pure and exact: whole numbers, no rounding. Those under a special quota (专项名额) count in no ratio; with nobody in a
denominator its ratio holds. `of` of a row is everybody who counts, or a filter: then the denominator grows with the
choice. The search behind `feasible` may run out of work: then it says so.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from craftsmen.rules.facts import NomineeFacts, holds
from craftsmen.rules.outlook import Answer, Effect, Name, Outlook, Within
from craftsmen.rules.ratio_search import WHOLE, WORK, Kind, Ratio
from craftsmen.rules.round_rules import CompositionRow, SpecialQuota


@dataclass(frozen=True, slots=True)
class RowState:
    """A row as it stands: `among` of `of`, whether that holds, and what is missing.

    `bound` is the number that `among` must reach (or not pass) once every place is filled with people who count;
    None where the denominator is a filter, since nobody knows how large it will be. `needed` is how many more of the
    row's kind it takes, `room` how many more fit (for "at most"), `others` how many more of the denominator outside
    the kind would mend a nested "at most".
    """

    row: CompositionRow
    among: int
    of: int
    holds: bool
    bound: int | None = None
    needed: int = 0
    room: int | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class CompositionState:
    """The whole choice. `goal` is how many there will be at the end: all places, or all candidates if fewer."""

    confer: int
    picked: int
    counted: int  # of the picked, those in the ratios
    specials: Mapping[str, int]  # code -> picked under it
    specials_over: Mapping[str, int]  # code -> how many too many
    places_left: int
    goal: int
    rows: tuple[RowState, ...]
    feasible: Answer  # can the places left be filled so that every row holds
    most: int | None  # the most that can be conferred with every row kept; None: no number at all, see `most_known`
    most_known: bool  # False: not decided with the work allowed
    conflict: tuple[str, ...]  # where it cannot: codes of rows that cannot hold together, none of them too many
    effects: Mapping[int, tuple[Effect, ...]]  # candidate -> what picking them does to each row
    after: Mapping[int, Answer]  # candidate -> whether it can still end well with them picked

    @property
    def holds(self) -> bool:
        """Whether what is picked is right as it stands."""
        return self.places_left >= 0 and not self.specials_over and all(row.holds for row in self.rows)


def state(
    rows: Sequence[CompositionRow],
    picked: Collection[NomineeFacts],
    candidates: Collection[NomineeFacts],
    confer: int,
    *,
    specials: Sequence[SpecialQuota] = (),
    work: int = WORK,
) -> CompositionState:
    """What this choice is, and what can become of it. `candidates` are those who are not picked."""
    used = {quota.code: sum(one.special == quota.code for one in picked) for quota in specials}
    over = {quota.code: used[quota.code] - quota.most for quota in specials if used[quota.code] > quota.most}
    left = confer - len(picked)
    grouped = _grouped(rows, candidates)
    free = {quota.code: max(0, quota.most - used[quota.code]) for quota in specials}
    kinds = {name: Kind(_available(name, len(keys), free), name[0]) for name, keys in grouped.items()}
    ratios = [_ratio(row, picked) for row in rows]
    outlook = Outlook(ratios, kinds, left, work=work)
    possible = left >= 0 and not over
    feasible, conflict = outlook.feasible() if possible else (Answer.NO, ())
    most, known = outlook.most(len(picked)) if possible else (None, True)
    full = confer - sum(used.values())
    return CompositionState(
        confer=confer,
        picked=len(picked),
        counted=sum(not one.special for one in picked),
        specials=used,
        specials_over=over,
        places_left=left,
        goal=len(picked) + outlook.able,
        rows=tuple(_row_state(row, ratio, full) for row, ratio in zip(rows, ratios, strict=True)),
        feasible=feasible,
        most=most,
        most_known=known,
        conflict=tuple(rows[at].code for at in conflict),
        effects={key: outlook.effects(name) for name, keys in grouped.items() for key in keys},
        after={key: outlook.after(name) if possible else Answer.NO for name, keys in grouped.items() for key in keys},
    )


def within(rows: Sequence[CompositionRow], one: NomineeFacts) -> Within:
    """For each row whether somebody is in its denominator, and whether in both."""
    if one.special:
        return ((False, False),) * len(rows)
    inside = [holds(row.of, one) for row in rows]
    return tuple((of, of and holds(row.among, one)) for row, of in zip(rows, inside, strict=True))


def _grouped(rows: Sequence[CompositionRow], candidates: Collection[NomineeFacts]) -> dict[Name, list[int]]:
    """The candidates by what they count in, those of a special quota apart."""
    grouped: dict[Name, list[int]] = {}
    for one in candidates:
        grouped.setdefault((within(rows, one), one.special), []).append(one.key)
    return grouped


def _available(name: Name, count: int, free: Mapping[str, int]) -> int:
    """Of a special quota no more than it has left; under one that the rules do not know, nobody."""
    return min(count, free.get(name[1], 0)) if name[1] else count


def _ratio(row: CompositionRow, picked: Collection[NomineeFacts]) -> Ratio:
    inside = [one for one in picked if not one.special and holds(row.of, one)]
    return Ratio(row.operator == ">=", row.percent, len(inside), sum(holds(row.among, one) for one in inside))


def _kept(ratio: Ratio) -> bool:
    balance = WHOLE * ratio.among - ratio.percent * ratio.of
    return balance >= 0 if ratio.least else balance <= 0


def _row_state(row: CompositionRow, ratio: Ratio, full: int) -> RowState:
    of, among, percent, kept = ratio.of, ratio.among, ratio.percent, _kept(ratio)
    if not row.of:
        share = percent * max(full, of)
        bound = -(-share // WHOLE) if ratio.least else share // WHOLE
        if ratio.least:
            return RowState(row, among, of, kept, bound, needed=max(0, bound - among))
        return RowState(row, among, of, kept, bound, room=max(0, bound - among))
    lack = percent * of - WHOLE * among
    if ratio.least:  # each of the kind is one more in the denominator as well
        missing = 0 if kept else (-(-lack // (WHOLE - percent)) if percent < WHOLE else of - among)
        return RowState(row, among, of, kept, needed=missing)
    room = None if percent >= WHOLE else max(0, lack // (WHOLE - percent))
    others = 0 if kept or not percent else -(lack // percent)
    return RowState(row, among, of, kept, room=room, others=others)
