"""The limit on wrong codes, for pages that a personal code opens: of a receipt, of one's own score.

A code is 128 random bits, so no guessing comes near one; the limit only keeps one address from busying the registry.
It is in this process's memory alone and knows addresses, not what was typed.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

from foundation.base.problem import Problem, Refused

WINDOW = timedelta(minutes=10)
WRONG = 60  # wrong codes in a window from one address: a whole delegation may sit behind it
ADDRESSES = 4096  # so many addresses are remembered, the longest silent forgotten first


class WrongCodes:
    """How many wrong codes came from each address lately; `paused` is the problem that tells to wait `minutes`."""

    def __init__(self, paused: str) -> None:
        self._paused = paused
        self._since: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._since)

    def check(self, address: str, now: datetime) -> None:
        """Raises Refused where too many came within the window."""
        since, count = self._since.get(address, (now, 0))
        left = WINDOW - (now - since)
        if count >= WRONG and left > timedelta():
            raise Refused(Problem(self._paused, "code", {"minutes": str(int(left.total_seconds()) // 60 + 1)}))

    def add(self, address: str, now: datetime) -> None:
        """One more wrong code."""
        since, count = self._since.pop(address, (now, 0))
        self._since[address] = (since, count + 1) if now - since < WINDOW else (now, 1)
        while len(self._since) > ADDRESSES:
            self._since.popitem(last=False)
