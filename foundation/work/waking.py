"""Tells the background at once that there is something to do; knows neither messages nor jobs.

Only a hint, to this process and by the bell to the others: what is missed is found by looking every few seconds.
"""

from collections.abc import Callable
from contextlib import ExitStack

from foundation.store import bell
from foundation.store.transactions import Transaction

_sleepers: set[Callable[[], None]] = set()


def wake() -> None:
    """Say in this process that there is something to do."""
    for sleeper in tuple(_sleepers):
        sleeper()


def wake_after(held: Transaction) -> None:
    """Say so in every process, once this transaction is committed."""
    held.after_commit(wake)
    bell.ring(bell.WORK)


def on_wake(sleeper: Callable[[], None]) -> Callable[[], None]:
    """Have `sleeper` called whenever there may be something to do; answers what ends that."""
    _sleepers.add(sleeper)
    ends = ExitStack()
    ends.callback(_sleepers.discard, sleeper)
    ends.callback(bell.on_ring(bell.WORK, sleeper))
    return ends.close
