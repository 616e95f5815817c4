"""Tells the background at once that there is something to do; knows neither messages nor jobs.

Only a hint within this process: what is missed (a crash, another process) is found by looking every few seconds.
"""

from collections.abc import Callable

_sleepers: set[Callable[[], None]] = set()


def wake() -> None:
    """Say that something to do was committed: `transaction.after_commit(wake)`."""
    for sleeper in tuple(_sleepers):
        sleeper()


def on_wake(sleeper: Callable[[], None]) -> Callable[[], None]:
    """Have `sleeper` called at every `wake`; answers what ends that."""
    _sleepers.add(sleeper)
    return lambda: _sleepers.discard(sleeper)
