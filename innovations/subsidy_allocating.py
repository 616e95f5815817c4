"""What a round is proposed to spend on whom: the only writer of `SubsidyAllocation`, and of what is granted.

Every try is kept as it was computed, with what it was computed from. One is approved by two people; in the approving
transaction everything is read anew, allocated anew and compared, and every ceiling is asked about again by rules that
know nothing of how the amounts came about.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from foundation.base.money import yuan
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import subsidies, subsidy_applications, subsidy_notices, subsidy_overlaps, subsidy_ranking
from innovations.rules.allocation import allocate, problems_with
from innovations.rules.ceilings import exceeded
from innovations.rules.subsidy_steps import Stage
from innovations.rules.subsidy_terms import Application, Grant, Terms
from innovations.subsidies import RoundFacts
from innovations.subsidy_tables import SubsidyAllocation, SubsidyApplication, SubsidyRound


class Basis(msgspec.Struct, frozen=True):
    """What an allocation was computed from."""

    terms: Terms
    applications: tuple[Application, ...]


@dataclass(frozen=True, slots=True)
class AllocationFacts:
    """A try as a page shows it; amounts in fen."""

    id: int
    number: int
    grants: tuple[Grant, ...]
    digest: str
    made_at: datetime
    act: int | None
    approved_at: datetime | None

    @property
    def total(self) -> int:
        """All grants together."""
        return sum(one.amount for one in self.grants)


@tried_again
async def propose(round_id: int, by: int, now: datetime) -> int:
    """Allocate what stands there now, and keep it; answers its number. Raises NotFound; Refused where people must
    decide something first (applications unchecked, unranked or ranked the same, amounts pinned above a ceiling)."""
    async with transaction():
        found = await _checking(round_id)
        await _check_all_judged(round_id)
        basis, grants = await _computed(found)
        await _check_payable([int(one.key) for one in grants if one.amount])
        last = await SubsidyAllocation.count().where(SubsidyAllocation.round == round_id)
        asked, given = _text(basis), _text(grants)
        digest = _digest(asked, given)
        await SubsidyAllocation(
            round=round_id, number=last + 1, asked=asked, grants=given, digest=digest, made_by=by,
            made_at=now,
        ).save()  # fmt: skip
        subsidies.record(round_id, "allocated", by, {"number": last + 1, "digest": digest})
        return int(last) + 1


async def what_if(round_id: int, terms: Terms) -> tuple[Grant, ...]:
    """What other terms would give; nothing is kept. Raises NotFound; Refused as `propose` does."""
    return (await _computed(await subsidies.by_id(round_id), terms))[1]


@tried_again
async def ask_approval(round_id: int, number: int, reason: str, by: int, now: datetime) -> int:
    """Ask a second person to approve a try; answers the act's id. Raises NotFound, Refused."""
    async with transaction():
        found = await _checking(round_id)
        row = await _row(round_id, number)
        payload = {"round": round_id, "number": number, "digest": row["digest"]}
        act = await two_person.ask(APPROVE, found.subject, payload, found.organisation_id, by, reason, now)
        await SubsidyAllocation.update({SubsidyAllocation.act: act}).where(SubsidyAllocation.id == row["id"])
        return act


async def _approve(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction."""
    round_id, number = int(act.payload["round"]), int(act.payload["number"])
    found = await _checking(round_id)
    row = await _row(round_id, number)
    await _check_all_judged(round_id)
    basis, grants = await _computed(found)
    as_kept = row["digest"] == act.payload["digest"] == _digest(row["asked"], row["grants"])
    if not as_kept or (_basis_of(row), _grants_of(row)) != (basis, grants):  # values: terms may have got a field since
        raise Refused(Problem("subsidy_allocation_old"))
    amounts = {one.key: one.amount for one in grants}
    if exceeded(found.terms, basis.applications, amounts):  # no fault of ours becomes a payment
        raise Refused(Problem("subsidy_allocation_exceeds"))
    await _check_payable([int(one.key) for one in grants if one.amount])
    for one in grants:
        values: dict[Any, Any] = {
            SubsidyApplication.granted: one.amount,
            SubsidyApplication.reasons: _text(one.reasons),
        }
        await SubsidyApplication.update(values).where(SubsidyApplication.id == int(one.key))
    await subsidy_ranking.leave_incomplete(round_id, by)
    await SubsidyAllocation.update({SubsidyAllocation.approved_at: now}).where(SubsidyAllocation.id == row["id"])
    payload = {"number": number, "digest": row["digest"], "asked_by": act.asked_by, "total": sum(amounts.values())}
    await subsidies.step_taken(found, "approve", by, payload=payload)


@tried_again
async def check_again(round_id: int, by: int) -> None:
    """Go back to checking, as after an accepted objection: what was approved holds no more. Raises Refused."""
    async with transaction():
        found = await subsidies.locked(round_id)
        await subsidies.step_taken(found, "check_again", by)
        await SubsidyApplication.update({SubsidyApplication.granted: None, SubsidyApplication.reasons: "[]"}).where(
            SubsidyApplication.round == round_id
        )


@tried_again
async def grant(round_id: int, document: str, by: int, now: datetime) -> None:
    """Grant what was approved (下达), and tell each application its outcome. Raises NotFound, Refused."""
    async with transaction():
        await subsidies.granted(round_id, document, by, now)
        await subsidy_notices.check_told(await subsidies.by_id(round_id))
        ranked = await subsidy_ranking.ranked(round_id)
        await _check_payable([one.id for one in ranked if one.granted])
        for one in ranked:
            await subsidy_applications.move(one, "grant" if one.granted else "not_grant", by)


async def listed(round_id: int, most: int = 50) -> list[AllocationFacts]:
    """The tries of a round that was loaded through what its reader may see, the newest first."""
    rows = await (
        SubsidyAllocation.select()
        .where(SubsidyAllocation.round == round_id)
        .order_by(SubsidyAllocation.number, ascending=False)
        .limit(most)
    )
    return [
        AllocationFacts(
            row["id"], row["number"], msgspec.json.decode(row["grants"], type=tuple[Grant, ...]), row["digest"],
            row["made_at"], row["act"], row["approved_at"],
        )
        for row in rows
    ]  # fmt: skip


async def _checking(round_id: int) -> RoundFacts:
    found = await subsidies.locked(round_id)
    if found.stage is not Stage.CHECKING:
        raise Refused(Problem("subsidy_step_late"))
    return found


async def _check_all_judged(round_id: int) -> None:
    """Refuse while somebody's application has no word yet: money that is allocated leaves none for it."""
    if count := await subsidy_ranking.unchecked(round_id):
        raise Refused(Problem("subsidy_unchecked", "", {"count": str(count)}))


async def _computed(found: RoundFacts, terms: Terms | None = None) -> tuple[Basis, tuple[Grant, ...]]:
    ranked = await subsidy_ranking.ranked(found.id)
    if not ranked:
        raise Refused(Problem("subsidy_nothing_admitted"))
    if unranked := [one for one in ranked if one.rank is None]:
        raise Refused(Problem("subsidy_unranked", "", {"count": str(len(unranked))}))
    basis = Basis(terms or found.terms, tuple(map(subsidy_ranking.as_asked, ranked)))
    if problems := problems_with(basis.terms, basis.applications):
        raise Refused(*problems)
    return basis, tuple(allocate(basis.terms, basis.applications))


async def _check_payable(ids: Sequence[int]) -> None:
    """Refuse while nobody decided on money that another round gave for the same since these were admitted, and where
    an innovation was withdrawn, or merged into another, since."""
    problems = await subsidy_applications.gone(ids) + await subsidy_overlaps.hindrances_of_all(ids)
    if problems:
        raise Refused(*problems)


async def _row(round_id: int, number: int) -> dict[str, Any]:
    row: dict[str, Any] | None = await (
        SubsidyAllocation.select()
        .where(SubsidyAllocation.round == round_id, SubsidyAllocation.number == number)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def _text(value: Any) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()


def _digest(asked: str, grants: str) -> str:
    return hashlib.sha256(f"{asked}\n{grants}".encode()).hexdigest()


def _basis_of(row: Mapping[str, Any]) -> Basis:
    return msgspec.json.decode(row["asked"], type=Basis)


def _grants_of(row: Mapping[str, Any]) -> tuple[Grant, ...]:
    return msgspec.json.decode(row["grants"], type=tuple[Grant, ...])


async def _shown_grants(basis: Basis, grants: Sequence[Grant]) -> list[tuple[str, str]]:
    """Each grant by rank, for whoever is to approve it and may not open the round itself."""
    rows = await SubsidyApplication.select(
        SubsidyApplication.id, SubsidyApplication.unit.name.as_alias("unit"),
        SubsidyApplication.innovation.handed_title.as_alias("title"),
    ).where(SubsidyApplication.id.is_in([int(one.key) for one in grants] or [0]))  # fmt: skip
    whose = {str(row["id"]): f"{row['title']} · {row['unit']}" for row in rows}
    asked = {one.key: one for one in basis.applications}
    return [
        (
            N_("Asked → proposed, yuan"),
            f"{asked[one.key].rank} · {whose[one.key]} · {yuan(asked[one.key].asked)} → {yuan(one.amount)}",
        )
        for one in grants
    ]


async def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    row = await _row(int(payload["round"]), int(payload["number"]))
    of = await SubsidyRound.select(SubsidyRound.name).where(SubsidyRound.id == int(payload["round"])).first()
    grants, basis = _grants_of(row), _basis_of(row)
    return (
        (N_("Round of subsidies"), str(of["name"]) if of else ""),
        (N_("Applications that get money"), str(sum(one.amount > 0 for one in grants))),
        (N_("Together, yuan"), yuan(sum(one.amount for one in grants))),
        (N_("Budget, yuan"), yuan(basis.terms.budget)),
        *await _shown_grants(basis, grants),
        (N_("Digest of the allocation"), str(row["digest"])),
    )


APPROVE = two_person.register(
    two_person.Kind(
        "subsidy.allocation",
        N_("Approve the allocation of subsidies"),
        perform=_approve,
        show=_show,
        address=lambda act: f"/subsidies/desk/{act.payload['round']}",
    )
)
