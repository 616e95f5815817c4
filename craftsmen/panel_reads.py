"""A round's panel as frozen values: seats, and what a member's seat lets them see. Writes nothing.

What other members marked is never selected here, and neither is anything of a nomination that does not stand before
the panel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen import nomination_reads, recusals
from craftsmen.may import SCORE_NOMINATIONS
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_tables import Nomination
from craftsmen.panel_tables import PanelMark, PanelMarking, PanelSeat
from craftsmen.recusals import Keeping
from craftsmen.round_reads import RoundFacts, round_by_address, rules_of
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.panel_marks import Revision, newest
from craftsmen.rules.round_rules import RoundRules
from craftsmen.rules.round_stages import Stage as RoundStage
from foundation.base.problem import NotFound, Problem
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.tabulation.scheme import Scheme, read_scheme, scheme_hash


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a panel; `code` is J1, J2 …"""

    id: int
    position: int
    account: int
    name: str
    sign_in: str
    chair: bool
    active: bool

    @property
    def code(self) -> str:
        return f"J{self.position}"


@dataclass(frozen=True, slots=True)
class Desk:
    """One member in one round: the rules, the scheme (None: nothing is scored), and whether marks are locked."""

    round: RoundFacts
    rules: RoundRules
    seat: Seat
    scheme: Scheme | None
    scheme_hash: str
    locked_at: datetime | None

    @property
    def closed(self) -> Problem | None:
        """Why nothing can be marked now."""
        return marking_problem(self.round.stage, self.scheme, self.locked_at)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands before the panel, as the agenda has it; what was handed in is read by `judged` alone."""

    id: int
    address: str
    name: str
    unit: str
    channel_id: int
    channel: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Work:
    """One nomination on a member's list; `keeps` says why they keep out of it."""

    nomination: Standing
    done: int
    wanted: int
    keeps: Keeping | None

    @property
    def open(self) -> bool:
        return self.keeps is None and self.done < self.wanted


def marking_problem(stage: RoundStage, scheme: Scheme | None, locked_at: datetime | None) -> Problem | None:
    """Why a round's panel cannot mark now; None while it can."""
    if scheme is None:
        return Problem("panel_no_scheme")
    if stage is not RoundStage.DECIDING:
        return Problem("panel_not_deciding")
    return Problem("panel_locked") if locked_at is not None else None


def scheme_of(rules: RoundRules) -> tuple[Scheme | None, str]:
    """The scheme of a round and its hash; (None, "") where nothing is scored."""
    if not rules.scheme:
        return None, ""
    scheme, problems = read_scheme(rules.scheme)
    if scheme is None:
        raise ValueError(f"the stored scheme is damaged: {problems}")
    return scheme, scheme_hash(scheme)


_SEAT = (
    PanelSeat.id, PanelSeat.position, PanelSeat.account, PanelSeat.chair, PanelSeat.active,
    PanelSeat.account.name.as_alias("name"), PanelSeat.account.sign_in.as_alias("sign_in"),
)  # fmt: skip


_STANDING = (
    Nomination.id, Nomination.address, Nomination.team_name, Nomination.rank,
    Nomination.channel.as_alias("channel_id"), Nomination.worker.name.as_alias("name"),
    Nomination.unit.name.as_alias("unit"),
    Nomination.channel.organisation.name.as_alias("channel"),  # type: ignore[union-attr]
)  # fmt: skip


async def seats_of(round_id: int, *, active: bool = True) -> list[Seat]:
    """The members of a panel, in their order; with active=False those who left as well."""
    query = PanelSeat.select(*_SEAT).where(PanelSeat.round == round_id).order_by(PanelSeat.position)
    return [Seat(**row) for row in await query if row["active"] or not active]


async def seat_in(account: int, round_id: int) -> Seat | None:
    """This account's seat on the panel of a round, while it holds."""
    row = (
        await PanelSeat.select(*_SEAT)
        .where(PanelSeat.round == round_id, PanelSeat.account == account, PanelSeat.active.eq(True))
        .first()
    )
    return Seat(**row) if row else None


async def locked_at(round_id: int) -> datetime | None:
    """When the marks of a round were locked."""
    row = await PanelMarking.select(PanelMarking.locked_at).where(PanelMarking.round == round_id).first()
    return row["locked_at"] if row else None


async def desk_for(user: SignedIn, address: str) -> Desk:
    """This person's place on the panel of the round at the address. Raises NotFound for everybody else."""
    found = await round_by_address(address)
    seat = await seat_in(user.account_id, found.id) if found and found.public else None
    if found is None or seat is None:
        raise NotFound
    rules = await rules_of(found.id)
    scheme, hashed = scheme_of(rules)
    return Desk(found, rules, seat, scheme, hashed, await locked_at(found.id))


async def works_of(desk: Desk, user: SignedIn) -> list[Work]:
    """What stands before the panel, by channel and its ranking, with how far this member is."""
    return await _works(desk, user, None)


async def work_of(desk: Desk, user: SignedIn, address: str) -> Work:
    """One nomination before the panel. Raises NotFound."""
    if not address.isprintable():
        raise NotFound
    found = await _works(desk, user, address)
    if not found:
        raise NotFound
    return found[0]


async def judged(desk: Desk, user: SignedIn, work: Work) -> NominationFacts:
    """What was handed in, for a member who judges it. Raises NotFound for who keeps out: of that they see nothing."""
    if work.keeps is not None:
        raise NotFound
    return await nomination_reads.for_user(user, work.nomination.address, SCORE_NOMINATIONS)


async def _works(desk: Desk, user: SignedIn, address: str | None) -> list[Work]:
    query = Nomination.select(*_STANDING).where(Nomination.round == desk.round.id)
    if address is not None:
        query = query.where(Nomination.address == address)
    rows = await permitted(query, SCORE_NOMINATIONS, user)
    kept = await recusals.of_seat(desk.round.id, desk.seat.id)
    given = await own_marks(desk.seat.id)
    wanted = len(list(desk.scheme.aspects())) if desk.scheme else 0
    found = sorted((_standing(row) for row in rows), key=_in_order)
    return [
        Work(one, sum(bool(mark.value) for mark in given.get(one.id, {}).values()), wanted, kept.get(one.id))
        for one in found
    ]


def _standing(row: Mapping[str, Any]) -> Standing:
    names = {name: row[name] for name in Standing.__dataclass_fields__ if name != "name"}
    return Standing(name=row["name"] or row["team_name"], **names)


async def own_marks(seat_id: int) -> Mapping[int, Mapping[str, Revision]]:
    """One member's newest marks, by nomination and aspect."""
    return {key: newest(found) for key, found in (await own_revisions(seat_id)).items()}


async def own_revisions(seat_id: int, nomination_id: int | None = None) -> Mapping[int, Sequence[Revision]]:
    """Every revision of one member's marks, by nomination."""
    query = PanelMark.select(
        PanelMark.nomination, PanelMark.aspect, PanelMark.revision, PanelMark.value, PanelMark.client_id
    ).where(PanelMark.seat == seat_id)
    if nomination_id is not None:
        query = query.where(PanelMark.nomination == nomination_id)
    found: dict[int, list[Revision]] = {}
    for row in await query:
        found.setdefault(row.pop("nomination"), []).append(Revision(**row))
    return found


async def before_panel(round_id: int) -> list[NominationFacts]:
    """Everybody who stands before a round's panel: for its officers and for rules."""
    rows = await nomination_reads.select_all().where(
        Nomination.round == round_id, Nomination.stage == Stage.PANEL.value
    )
    return sorted(await nomination_reads.whole(rows), key=_in_order)


async def rounds_of_member(account: int) -> list[tuple[str, str, int]]:
    """(address, name, seat id) of the rounds that are being decided and on whose panel this account sits."""
    rows: list[dict[str, Any]] = await (
        PanelSeat.select(
            PanelSeat.id, PanelSeat.round.address.as_alias("address"), PanelSeat.round.name.as_alias("name")
        )
        .where(
            PanelSeat.account == account, PanelSeat.active.eq(True),
            PanelSeat.round.stage == RoundStage.DECIDING.value,
        )
        .order_by(PanelSeat.id)
    )  # fmt: skip
    return [(row["address"], row["name"], row["id"]) for row in rows]


def _in_order(one: NominationFacts | Standing) -> tuple[int, bool, int, int]:
    return one.channel_id, one.rank is None, one.rank or 0, one.id
