"""Who reviews what: k reviewers for each item, none in conflict, level by field and load. Pure, the same each time.

Nobody can say "the computer chose": the order is drawn from a seed that is published with the round, so anybody can
draw it again. First as many places as possible are filled (augmenting paths, so none stays empty that could be filled
by exchanging others), by somebody of the field where there is one; then the loads are levelled by moving items along
paths from the fullest reviewer to an emptier one, which takes no item away from somebody of its field.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

Step: TypeAlias = tuple[str, str | None]
"""Somebody, and the item that they would take (None: they take nothing new)."""


class Reviewer(msgspec.Struct, frozen=True):
    """Somebody who reviews: the fields that they know, and the most items that they take."""

    key: str
    fields: frozenset[str]
    most: int


class Item(msgspec.Struct, frozen=True):
    """Something to review, its field, and those who may not review it (all conflicts already derived)."""

    key: str
    field: str
    barred: frozenset[str] = frozenset()


class Assigned(msgspec.Struct, frozen=True):
    """Reviewers by item, sorted; and for items with too few, how many are missing."""

    reviewers: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, int]

    def load(self, reviewer: str) -> int:
        """How many items somebody has."""
        return sum(reviewer in chosen for chosen in self.reviewers.values())


def assign(items: Sequence[Item], reviewers: Sequence[Reviewer], each: int, seed: str) -> Assigned:
    """Give every item `each` different reviewers, as far as that is possible at all."""
    work = _Work(sorted(items, key=lambda one: _drawn(seed, one.key)), reviewers, seed)
    hardest_first = sorted(work.items, key=lambda key: (len(work.eligible(key)), work.turn[key]))
    missing = {}
    for key in hardest_first:
        filled = 0
        while filled < each and work.fill(key):  # where one more is impossible, so is every further one
            filled += 1
        if filled < each:
            missing[key] = each - filled
    work.level()
    return Assigned({key: tuple(sorted(work.chosen[key])) for key in sorted(work.chosen)}, missing)


def _drawn(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{key}".encode()).digest()


class _Work:
    """Who has what so far."""

    def __init__(self, items: Sequence[Item], reviewers: Sequence[Reviewer], seed: str) -> None:
        self.items = {one.key: one for one in items}
        self.turn = {one.key: turn for turn, one in enumerate(items)}
        self.reviewers = {one.key: one for one in sorted(reviewers, key=lambda one: _drawn(seed, one.key))}
        self.chosen: dict[str, set[str]] = {one.key: set() for one in items}
        self.has: dict[str, set[str]] = {key: set() for key in self.reviewers}
        # Reviewers as bits, in their drawn order: who is able to take an item, has it, or knows a field.
        self.order = list(self.reviewers)
        self.bit = {key: 1 << place for place, key in enumerate(self.reviewers)}
        self.able = {one.key: sum(self.bit[key] for key in self.eligible(one.key)) for one in items}
        self.taken = dict.fromkeys(self.items, 0)
        fields = {one.field for one in items}
        self.knowing = {
            field: sum(self.bit[key] for key, one in self.reviewers.items() if field in one.fields) for field in fields
        }

    def eligible(self, item: str) -> list[str]:
        return [key for key, one in self.reviewers.items() if one.most > 0 and key not in self.items[item].barred]

    def knows(self, reviewer: str, item: str) -> bool:
        return self.items[item].field in self.reviewers[reviewer].fields

    def fill(self, item: str) -> bool:
        """One more reviewer for this item, exchanging others where that makes room; False where it is impossible."""
        free = [key for key in self.eligible(item) if key not in self.chosen[item]]
        free.sort(key=lambda key: len(self.has[key]))
        of_the_field = [(key, item) for key in free if self.knows(key, item)]
        return self.along(of_the_field, self.room, self.keeps_field) or self.along(
            [(key, item) for key in free], self.room, self.may
        )

    def level(self) -> None:
        """Move items from full reviewers to emptier ones while somebody has two more than another could take."""
        while any(self.lighten(key) for key in sorted(self.has, key=lambda key: -len(self.has[key]))):
            pass

    def lighten(self, heavy: str) -> bool:
        most = len(self.has[heavy]) - 2
        return self.along([(heavy, None)], lambda key: self.room(key) and len(self.has[key]) <= most, self.keeps_field)

    def room(self, reviewer: str) -> bool:
        return len(self.has[reviewer]) < self.reviewers[reviewer].most

    def may(self, item: str, _giver: str) -> int:
        return self.able[item] & ~self.taken[item]

    def keeps_field(self, item: str, giver: str) -> int:
        takers = self.may(item, giver)
        return takers & self.knowing[self.items[item].field] if self.knows(giver, item) else takers

    def along(self, starts: Sequence[Step], ends: Callable[[str], bool], may: Callable[[str, str], int]) -> bool:
        """Go the shortest way from one of these to somebody with room, each handing one item on to the next."""
        before: dict[str, tuple[str | None, str | None]] = {key: (None, item) for key, item in starts}
        waiting = deque(before)
        unreached = ~sum(self.bit[key] for key in before)
        while waiting:
            giver = waiting.popleft()
            if ends(giver):
                self.go(giver, before)
                return True
            for item in sorted(self.has[giver], key=self.turn.__getitem__):
                if reached := may(item, giver) & unreached:
                    unreached &= ~reached
                    for taker in self.named(reached):
                        before[taker] = (giver, item)
                        waiting.append(taker)
        return False

    def named(self, bits: int) -> Iterator[str]:
        """Whom these bits stand for, in the drawn order."""
        while bits:
            lowest = bits & -bits
            yield self.order[lowest.bit_length() - 1]
            bits ^= lowest

    def go(self, last: str, before: Mapping[str, tuple[str | None, str | None]]) -> None:
        taker: str | None = last
        while taker is not None:
            giver, item = before[taker]
            if item is not None:
                if giver is not None:
                    self.has[giver].remove(item)
                    self.chosen[item].remove(giver)
                    self.taken[item] &= ~self.bit[giver]
                self.has[taker].add(item)
                self.chosen[item].add(taker)
                self.taken[item] |= self.bit[taker]
            taker = giver
