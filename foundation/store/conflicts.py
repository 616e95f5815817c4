"""Acts that the database broke off because others were writing (40P01, 40001) are done once more, a few times.

Knows which errors are worth it; knows no table. Acts that join the group commit have this from `commit.write`; an act
with a transaction of its own is decorated with `tried_again`.
"""

import functools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from foundation.store import commit, engines
from foundation.store.transactions import mine

P = ParamSpec("P")
T = TypeVar("T")


def tried_again(act: Callable[P, Awaitable[T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """An act whose one transaction is all that it does: where the database breaks that off, it begins anew.

    Nothing of it was saved then, so it may well succeed in a moment. After `commit.TRIES` the error goes on to the
    caller, as it does at once where the act is part of a transaction that is not its own.
    """

    @functools.wraps(act)
    async def again(*args: P.args, **kwargs: P.kwargs) -> T:
        engine, tries = engines.current(), 0
        while True:
            tries += 1
            try:
                return await act(*args, **kwargs)
            except engine.conflicts:
                if tries >= commit.TRIES or mine(engine) is not None:
                    raise
            await commit.pause(tries)

    return again
