"""What an act of two people is: its facts, its stages, the kinds there are, and reading them.

Knows account ids and frozen questions; writes nothing: `two_person.py` does.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from foundation.work.act_tables import TwoPersonAct


class Stage(StrEnum):
    """Where an act stands; all but the first are final."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Asked:
    """One act as it was asked, and what became of it. `payload` is never edited after asking."""

    id: int
    kind: str
    about: str
    payload: Mapping[str, Any]
    organisation_id: int
    asked_by: int
    asked_at: datetime
    reason: str
    stage: Stage = Stage.ASKED
    decided_by: int | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""
    paper: int | None = None


Shown: TypeAlias = Sequence[tuple[str, str]]  # (label as N_() in English, value) in the order of the page
Perform: TypeAlias = Callable[[Asked, int, datetime], Awaitable[None]]


async def _nothing(act: Asked, by: int, now: datetime) -> None:
    """Most kinds have nothing to undo."""


def _no_evidence(act: Asked) -> int | None:
    return None


def _no_words(payload: Mapping[str, Any]) -> Shown:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of act.

    `title` is an N_() sentence: what is asked. `perform(act, confirmer, now)` does it, inside the transaction that
    confirms (so it opens none and calls no group commit; it locks what it changes); its `Refused` leaves the act
    open and is shown. `show(payload)` says in words what is asked, plainly or as a coroutine. `unperformed(act, by,
    now)` runs inside the transaction that rejects or withdraws; `act.stage` says which. `address(act)` is the page
    of what it is about, "" where there is none. `evidence(act)` is the stored file that the question rests on: whoever
    decides may open it, and confirms only after they did (`evidence.py`).
    """

    code: str
    title: str
    perform: Perform
    show: Callable[[Mapping[str, Any]], Shown | Awaitable[Shown]] = _no_words
    unperformed: Perform = _nothing
    address: Callable[[Asked], str] = lambda act: ""
    evidence: Callable[[Asked], int | None] = _no_evidence


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; called once where the kind is defined. Raises `ValueError` for a second one of its code."""
    if KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"There is another kind of act called {kind.code!r}.")
    return kind


def facts(row: Mapping[str, Any]) -> Asked:
    """The act of one whole row."""
    columns = {name: row[name] for name in Asked.__dataclass_fields__ if name not in ("payload", "stage")}
    return Asked(payload=json.loads(row["payload"]), stage=Stage(row["stage"]), **columns)


async def by_id(act_id: int) -> Asked | None:
    """One act."""
    row = await TwoPersonAct.select().where(TwoPersonAct.id == act_id).first()
    return facts(row) if row else None


async def open_act(kind: str, about: str) -> int | None:
    """The id of the open act of this kind on this thing."""
    row = (
        await TwoPersonAct.select(TwoPersonAct.id)
        .where(TwoPersonAct.kind == kind, TwoPersonAct.about == about, TwoPersonAct.stage == Stage.ASKED.value)
        .first()
    )
    return int(row["id"]) if row else None


async def about(thing: str, limit: int = 50) -> list[Asked]:
    """The newest acts on one thing, decided ones too."""
    rows = (
        await TwoPersonAct.select()
        .where(TwoPersonAct.about == thing)
        .order_by(TwoPersonAct.id, ascending=False)
        .limit(limit)
    )
    return [facts(row) for row in rows]
