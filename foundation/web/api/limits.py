"""How much one program may ask: counted in the memory of this process, as a bucket that fills again all the time.

Each process counts by itself, so where several serve, a program gets as many times as much; a restart forgets. That is
enough for what it is for: that one program cannot take all the time there is. Memory is bounded: of more senders than
`MOST`, whoever asked the longest ago is forgotten first.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

MOST = 20_000  # senders that are remembered


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in a minute, and at most `burst` of them at once."""

    a_minute: int
    burst: int


ADDRESS = Limit(600, 200)  # everything that comes from one network
TOKEN = Limit(300, 100)  # what one token asks; a write counts as `WRITE`
WRONG = Limit(30, 20)  # tokens that open nothing, from one network
WRITE = 5


class Limits:
    """The buckets of one process. Answers in seconds; `clock` is any clock that only goes forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self.clock = clock
        self.most = most
        self._full_at: OrderedDict[str, float] = OrderedDict()  # when a bucket would be full again

    def __len__(self) -> int:
        return len(self._full_at)

    def forget(self) -> None:
        """Begin anew."""
        self._full_at.clear()

    def count(self, who: str, limit: Limit, cost: int = 1) -> int:
        """One more from this sender: 0, or the seconds to wait where it is too many; that one is not counted."""
        now, each = self.clock(), 60 / limit.a_minute
        full_at = max(self._full_at.get(who, now), now) + cost * each
        over = full_at - now - limit.burst * each
        if over > 1e-9:
            return max(1, ceil(over))
        self._full_at[who] = full_at
        self._full_at.move_to_end(who)
        while len(self._full_at) > self.most:
            self._full_at.popitem(last=False)
        return 0
