"""Rounds as frozen values: the loaders that everybody shares, and what amendments made of their rules.

Reads rounds, channels and amendments; never a nomination. Officers' loaders select through RUN_ROUNDS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen.may import RUN_ROUNDS
from craftsmen.round_tables import Channel, RoundAmendment, SelectionRound
from craftsmen.rules.round_draft import is_address
from craftsmen.rules.round_rules import RoundRules, parsed
from craftsmen.rules.round_stages import Stage
from foundation.base.problem import NotFound
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.store.locks import lock_row

SIZE = 30  # rounds on a page
Cursor = tuple[int, int]
"""(year, id) of the last round that was read."""


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round and where it stands. `rules_hash` is of the rules as first frozen; empty in a draft."""

    id: int
    address: str
    title_id: int
    title_code: str
    title_name: str
    verb: str  # of the title
    body: str  # who confers the title
    organisation_id: int
    organisation_name: str
    organisation_path: str
    year: int
    edition: int  # 0: counted by years
    name: str
    stage: Stage
    rules_hash: str
    revision: int
    document: str
    ended_reason: str  # public; of a round that was cancelled
    copied_from: int | None
    frozen_at: datetime | None

    @property
    def stream(self) -> str:
        """Its stream in the ledger, and how circulars and notices call it is `round:<address>`."""
        return f"round:{self.id}"

    @property
    def public(self) -> bool:
        """Whether everybody may see it: from the freezing of its rules on."""
        return self.frozen_at is not None


@dataclass(frozen=True, slots=True)
class Version:
    """Rules as they held from a day on: number 0 is what was frozen, each amendment one more."""

    number: int
    rules: RoundRules
    hash: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A channel of a round that is frozen."""

    id: int
    organisation_id: int
    name: str
    path: str
    places: int
    position: int
    submitted_at: datetime | None


_COLUMNS = (
    SelectionRound.id, SelectionRound.address, SelectionRound.year, SelectionRound.edition, SelectionRound.name,
    SelectionRound.stage, SelectionRound.rules_hash, SelectionRound.revision, SelectionRound.document,
    SelectionRound.ended_reason, SelectionRound.copied_from, SelectionRound.frozen_at,
    SelectionRound.title.as_alias("title_id"), SelectionRound.organisation.as_alias("organisation_id"),
    SelectionRound.title.code.as_alias("title_code"), SelectionRound.title.name.as_alias("title_name"),
    SelectionRound.title.verb.as_alias("verb"), SelectionRound.title.body.as_alias("body"),
    SelectionRound.organisation.name.as_alias("organisation_name"),
    SelectionRound.organisation.path.as_alias("organisation_path"),
)  # fmt: skip


def facts(row: Mapping[str, Any]) -> RoundFacts:
    """A row of `_COLUMNS`."""
    return RoundFacts(**{**row, "stage": Stage(row["stage"])})


async def round_by_address(address: str) -> RoundFacts | None:
    """The round at this address, whatever its stage."""
    if not is_address(address):
        return None
    row = await SelectionRound.select(*_COLUMNS).where(SelectionRound.address == address).first()
    return facts(row) if row else None


async def round_by_id(round_id: int) -> RoundFacts | None:
    """The round with this id, whatever its stage."""
    row = await SelectionRound.select(*_COLUMNS).where(SelectionRound.id == round_id).first()
    return facts(row) if row else None


async def for_officer(user: SignedIn, address: str) -> RoundFacts:
    """The round at this address if this person runs it; raises NotFound for strangers."""
    if not is_address(address):
        raise NotFound
    query = SelectionRound.select(*_COLUMNS).where(SelectionRound.address == address).first()
    row = await permitted(query, RUN_ROUNDS, user)
    if row is None:
        raise NotFound
    return facts(row)


async def rounds_of(user: SignedIn, before: Cursor | None = None) -> list[RoundFacts]:
    """The rounds this person runs below the cursor, the newest first; one more than a page."""
    return [facts(row) for row in await permitted(_newest(before), RUN_ROUNDS, user)]


async def public_rounds(before: Cursor | None = None) -> list[RoundFacts]:
    """Rounds whose rules are frozen below the cursor, the newest first; one more than a page."""
    return [facts(row) for row in await _newest(before).where(SelectionRound.frozen_at.is_not_null())]


def cursor(one: RoundFacts) -> Cursor:
    """Where a list goes on after this round."""
    return one.year, one.id


def _newest(before: Cursor | None) -> Any:
    query = SelectionRound.select(*_COLUMNS)
    if before is not None:
        year, round_id = before
        query = query.where(
            (SelectionRound.year < year) | ((SelectionRound.year == year) & (SelectionRound.id < round_id))
        )
    return query.order_by(SelectionRound.year, SelectionRound.id, ascending=False).limit(SIZE + 1)


async def lock_round(round_id: int) -> RoundFacts:
    """Lock a round inside the caller's transaction and read it after. Raises NotFound."""
    if not await lock_row(SelectionRound, round_id):
        raise NotFound
    found = await round_by_id(round_id)
    if found is None:
        raise NotFound
    return found


async def draft_rules(round_id: int) -> RoundRules:
    """The rules as first written, frozen or not. Raises NotFound."""
    row = await SelectionRound.select(SelectionRound.rules).where(SelectionRound.id == round_id).first()
    if row is None:
        raise NotFound
    return parsed(row["rules"])


async def versions(round_id: int) -> list[Version]:
    """The frozen rules and every amendment, the oldest first; none while it is a draft."""
    row = (
        await SelectionRound.select(SelectionRound.rules, SelectionRound.rules_hash, SelectionRound.frozen_at)
        .where(SelectionRound.id == round_id, SelectionRound.frozen_at.is_not_null())
        .first()
    )
    if row is None:
        return []
    amended = await RoundAmendment.select().where(RoundAmendment.round == round_id).order_by(RoundAmendment.number)
    first = Version(0, parsed(row["rules"]), row["rules_hash"], "", row["frozen_at"])
    return [first, *(Version(a["number"], parsed(a["rules"]), a["rules_hash"], a["reason"], a["at"]) for a in amended)]


async def rules_of(round_id: int) -> RoundRules:
    """The rules that hold: the newest frozen ones. Raises NotFound while it is a draft."""
    found = await versions(round_id)
    if not found:
        raise NotFound
    return found[-1].rules


async def channels_of(round_id: int) -> Sequence[ChannelFacts]:
    """The channels of a frozen round, in the order of its rules."""
    rows = (
        await Channel.select(
            Channel.id, Channel.places, Channel.position, Channel.submitted_at,
            Channel.organisation.as_alias("organisation_id"), Channel.organisation.name.as_alias("name"),
            Channel.organisation.path.as_alias("path"),
        )
        .where(Channel.round == round_id)
        .order_by(Channel.position, Channel.id)
    )  # fmt: skip
    return [ChannelFacts(**row) for row in rows]
