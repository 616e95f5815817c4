"""What can become of a choice: what `composition.py` asks of the search, all with one allowance of work. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from craftsmen.rules.ratio_search import WHOLE, WORK, Kind, OutOfWorkError, Ratio, Search

Within = tuple[tuple[bool, bool], ...]
"""For each row whether somebody is in its denominator, and whether in both."""

Name = tuple[Within, str]
"""What makes a kind: what they count in, and their special quota."""


class Answer(StrEnum):
    """Yes, no, or not decided with the work allowed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    """What one more does to a row."""

    BETTER = "better"
    NEUTRAL = "neutral"
    WORSE = "worse"
    BREAKS = "breaks"  # the row could be met before, and cannot be met any more


class Outlook:
    """A choice with `left` places, of which the candidates can fill `able`; `kinds` are who can still be picked."""

    def __init__(self, ratios: Sequence[Ratio], kinds: Mapping[Name, Kind], left: int, *, work: int = WORK) -> None:
        self.ratios, self.left = ratios, left
        self.names, self.kinds = list(kinds), list(kinds.values())
        self.able = max(0, min(left, sum(kind.available for kind in self.kinds)))
        self.search = Search(self.kinds, ratios, work)
        self.found: list[list[int]] = []  # ways to fill every place, each as how many of each kind
        self.answer = Answer.UNKNOWN

    def feasible(self) -> tuple[Answer, tuple[int, ...]]:
        """Whether all places can be filled, and where not, which rows are in each other's way."""
        try:
            way = self.search.fill(self.left)
        except OutOfWorkError:
            return Answer.UNKNOWN, ()
        if way is not None:
            self.found.append(way)
            self.answer = Answer.YES
            return Answer.YES, ()
        self.answer = Answer.NO
        return Answer.NO, self._conflict()

    def most(self, picked: int) -> tuple[int | None, bool]:
        """The most that can be conferred in all with every row kept (None: nothing can), and whether that is known."""
        if self.answer is Answer.YES:
            return picked + self.left, True
        if self.answer is Answer.UNKNOWN:
            return None, False
        try:
            for places in range(self.able, -1, -1):
                if self.search.fill(places) is not None:
                    return picked + places, True
        except OutOfWorkError:
            return None, False
        return None, True

    def after(self, name: Name) -> Answer:
        """Whether every place can be filled with one of this kind among them."""
        at = self.names.index(name)
        if self.answer is not Answer.YES:
            return self.answer
        if not self.left or not self.kinds[at].available:
            return Answer.NO
        if not any(way[at] for way in self.found):
            try:
                way = self.search.fill(self.left, [int(at == other) for other in range(len(self.kinds))])
            except OutOfWorkError:
                return Answer.UNKNOWN
            if way is None:
                return Answer.NO
            self.found.append(way)
        return Answer.YES

    def effects(self, name: Name) -> tuple[Effect, ...]:
        return tuple(self._effect(at, name[0][at], self.names.index(name)) for at in range(len(self.ratios)))

    def _effect(self, at: int, inside: tuple[bool, bool], kind: int) -> Effect:
        ratio = self.ratios[at]
        weight = (WHOLE if inside[1] else 0) - (ratio.percent if inside[0] else 0)
        weight = weight if ratio.least else -weight
        if self._reachable(at, None) and not self._reachable(at, kind):
            return Effect.BREAKS
        return Effect.BETTER if weight > 0 else Effect.WORSE if weight < 0 else Effect.NEUTRAL

    def _reachable(self, at: int, taken: int | None) -> bool:
        """Whether this row alone can be kept once the places are filled, best for it first, one of a kind taken."""
        ratio = self.ratios[at]
        sign = 1 if ratio.least else -1

        def weight(kind: Kind) -> int:
            of, among = kind.within[at]
            return sign * ((WHOLE if among else 0) - (ratio.percent if of else 0))

        balance = sign * (WHOLE * ratio.among - ratio.percent * ratio.of)
        places = self.able
        if taken is not None:
            balance += weight(self.kinds[taken])
            places -= 1
        for value, available in sorted(
            ((weight(kind), kind.available - (other == taken)) for other, kind in enumerate(self.kinds)), reverse=True
        ):
            take = max(0, min(available, places))
            balance += value * take
            places -= take
        return balance >= 0

    def _conflict(self) -> tuple[int, ...]:
        """Rows of which none can be spared: leave any of them out, and the places could be filled."""
        if sum(kind.available for kind in self.kinds) < self.left:
            return ()  # too few candidates, whatever the rows
        kept, work = list(range(len(self.ratios))), self.search.work
        try:
            for at in list(kept):
                fewer = [other for other in kept if other != at]
                kinds = [Kind(kind.available, tuple(kind.within[one] for one in fewer)) for kind in self.kinds]
                search = Search(kinds, [self.ratios[one] for one in fewer], work)
                if search.fill(self.left) is None:
                    kept = fewer
                work = search.work
        except OutOfWorkError:
            return ()
        return tuple(kept)
