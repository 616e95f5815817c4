"""Consents: what a worker lets public pages show, thing by thing; the only writer of `Consent`.

Nothing is shown without one. The newest word on a thing holds; earlier ones stay as its history, until the worker's
record is erased.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from foundation.base.problem import N_, NotFound
from foundation.people.worker_tables import Consent, Worker
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

THINGS: Mapping[str, str] = {
    "name": N_("my name, gender, unit, trade and city on public pages"),
    "portrait": N_("my portrait"),
    "story": N_("my story"),
    "works": N_("my works, with their pictures"),
    "trick": N_("one trick of my trade, for others to learn"),
    "apprentices": N_("my masters and apprentices, as far as they agree themselves"),
}
"""Codes as they are stored, and English sentences marked for translation."""

Changed = Callable[[int, datetime], Awaitable[None]]
_changed: list[Changed] = []


def on_change(changed: Changed) -> Changed:
    """Have `changed(worker_id, now)` called inside the transaction of every word that changes something."""
    _changed.append(changed)
    return changed


@dataclass(frozen=True, slots=True)
class Word:
    """One word on one thing."""

    what: str
    given: bool
    at: datetime
    by: str


async def of_worker(worker_id: int) -> Mapping[str, Word]:
    """What holds now, by thing; a thing nobody said anything about is missing, which is a no."""
    return {word.what: word for word in reversed(await history(worker_id))}


async def history(worker_id: int, limit: int = 200) -> list[Word]:
    """Every word, newest first."""
    rows = (
        await Consent.select(Consent.what, Consent.given, Consent.at, Consent.by)
        .where(Consent.worker == worker_id)
        .order_by(Consent.id, ascending=False)
        .limit(limit)
    )
    return [Word(**row) for row in rows]


async def allows(worker_id: int, what: str) -> bool:
    """Whether the worker lets this thing be shown now."""
    row = (
        await Consent.select(Consent.given)
        .where(Consent.worker == worker_id, Consent.what == what)
        .order_by(Consent.id, ascending=False)
        .first()
    )
    return bool(row and row["given"])


async def words_on(what: str, worker_ids: Collection[int]) -> Mapping[int, bool]:
    """The newest word of each of these workers on one thing; who never said one is missing, which is a no."""
    if not worker_ids:
        return {}
    rows = (
        await Consent.select(Consent.worker, Consent.given)
        .where(Consent.worker.is_in(sorted(worker_ids)), Consent.what == what)
        .order_by(Consent.id)
    )
    return {row["worker"]: row["given"] for row in rows}


async def say(worker_id: int, what: str, given: bool, by: str, now: datetime) -> bool:
    """Give or withdraw a consent; answers whether that changed anything. Raises NotFound for what nobody asks."""
    return bool(await say_all(worker_id, {what: given}, by, now))


@tried_again
async def say_all(worker_id: int, words: Mapping[str, bool], by: str, now: datetime) -> list[str]:
    """Several consents in one act; answers those that changed. Raises NotFound for what nobody asks."""
    if not words.keys() <= THINGS.keys():
        raise NotFound
    async with transaction():
        if not await lock_row(Worker, worker_id):
            raise NotFound
        changed = [what for what, given in words.items() if await allows(worker_id, what) != given]
        for what in changed:
            await Consent(worker=worker_id, what=what, given=words[what], at=now, by=by).save()
            act = "consent.given" if words[what] else "consent.withdrawn"
            ledger.record(stream=f"worker:{worker_id}", act=act, actor=by, payload={"what": what})
        for follow in _changed if changed else ():
            await follow(worker_id, now)
    return changed
