"""Seats of a round: who reviews, what they know, how much they take, who takes the chair. Only writer of `ReviewSeat`.

Seats come before reviewers are drawn; while entries are marked more may be added, for whoever falls out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_tree, workers
from foundation.people.account_facts import folded
from foundation.people.grants import Role
from foundation.people.organisation_tree import ancestors
from foundation.people.organisation_words import INDUSTRIES
from foundation.people.tables import Account, Grant
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import reviews
from innovations.review_tables import ReviewSeat, ReviewTask
from innovations.rules.review_steps import Stage

MOST_SEATS = 60
MOST_ITEMS = 400
OPEN = (Stage.OPEN, Stage.ASSIGNING, Stage.MARKING)


@dataclass(frozen=True, slots=True)
class Seat:
    """A reviewer as the office and the chair know them."""

    id: int
    account: int
    name: str
    sign_in: str
    worker: int | None
    fields: frozenset[str]
    most: int
    chair: bool
    load: int = 0


@tried_again
async def seat(  # noqa: PLR0917 - a seat is all of these
    round_id: int, account_id: int, worker: int | None, fields: Sequence[str], most: int, by: int, now: datetime
) -> int:
    """Give an account a seat, or change what it knows and takes; answers its id. The first takes the chair.

    Raises NotFound; Refused once marks are locked, and for who runs a round that hides names.
    """
    async with transaction():
        found = await reviews.at(round_id, *OPEN)
        problems = most_problems(most)
        if not await Account.exists().where(Account.id == account_id, Account.active.eq(True)):
            problems.append(Problem("review_account", "account"))
        if found.rules.blind and await _runs(account_id, found.organisation_id):
            problems.append(Problem("review_seat_runs", "account"))
        seats = await of(round_id)
        known = await ReviewSeat.select(ReviewSeat.id).where(
            ReviewSeat.round == round_id, ReviewSeat.account == account_id
        ).first()  # fmt: skip
        if known is None and len(seats) >= MOST_SEATS:
            problems.append(Problem("review_seats", "account", {"most": str(MOST_SEATS)}))
        if problems:
            raise Refused(*problems)
        chaired = any(one.chair for one in seats)
        values: dict[Any, Any] = {
            "worker": worker, "fields": " ".join(code for code in INDUSTRIES if code in fields), "most": most,
            "active": True, **({} if chaired else {"chair": True}),
        }  # fmt: skip
        if known is not None:
            await ReviewSeat.update(values).where(ReviewSeat.id == known["id"])
            seat_id = int(known["id"])
        else:
            row = ReviewSeat(round=round_id, account=account_id, **values)
            await row.save()
            seat_id = int(row.id)
        reviews.record(round_id, "seated", by, {"seat": seat_id, "account": account_id, "most": most})
        return seat_id


def most_problems(most: int) -> list[Problem]:
    """What is wrong with how much somebody takes."""
    return [] if 1 <= most <= MOST_ITEMS else [Problem("review_most", "most", {"most": str(MOST_ITEMS)})]


@tried_again
async def make_chair(round_id: int, seat_id: int, by: int) -> None:
    """Have this reviewer take the chair. Raises NotFound, Refused."""
    async with transaction():
        await reviews.at(round_id, *OPEN, Stage.DECIDING)
        if not any(one.id == seat_id for one in await of(round_id)):
            raise NotFound
        values: dict[Any, Any] = {ReviewSeat.chair: False}
        await ReviewSeat.update(values).where(ReviewSeat.round == round_id)
        await ReviewSeat.update({ReviewSeat.chair: True}).where(ReviewSeat.id == seat_id)
        reviews.record(round_id, "chaired", by, {"seat": seat_id})


@tried_again
async def remove(round_id: int, seat_id: int, by: int, now: datetime) -> None:
    """Take somebody off before entries are marked; what was drawn for them is drawn anew. Raises NotFound, Refused."""
    async with transaction():
        await reviews.at(round_id, Stage.OPEN, Stage.ASSIGNING)
        seats = await of(round_id)
        found = next((one for one in seats if one.id == seat_id), None)
        if found is None:
            raise NotFound
        if found.chair and len(seats) > 1:
            raise Refused(Problem("review_chair_leaves"))
        await ReviewTask.delete().where(ReviewTask.seat == seat_id)
        await ReviewSeat.update({ReviewSeat.active: False, ReviewSeat.chair: False}).where(ReviewSeat.id == seat_id)
        reviews.record(round_id, "left", by, {"seat": seat_id, "account": found.account})


async def of(round_id: int) -> list[Seat]:
    """The active reviewers of a round with what they have to review, in their order."""
    rows = await (
        ReviewSeat.select(
            ReviewSeat.id, ReviewSeat.account, ReviewSeat.worker, ReviewSeat.fields, ReviewSeat.most,
            ReviewSeat.chair, ReviewSeat.account.name.as_alias("name"),
            ReviewSeat.account.sign_in.as_alias("sign_in"),
        )
        .where(ReviewSeat.round == round_id, ReviewSeat.active.eq(True))
        .order_by(ReviewSeat.id)
    )  # fmt: skip
    tasks = await ReviewTask.select(ReviewTask.seat).where(
        ReviewTask.seat.is_in([row["id"] for row in rows] or [0]), ReviewTask.ended_at.is_null()
    )
    loads: dict[int, int] = {}
    for task in tasks:
        loads[task["seat"]] = loads.get(task["seat"], 0) + 1
    return [_facts(row, loads) for row in rows]


async def chair_of(round_id: int) -> Seat | None:
    """Who takes the chair."""
    return next((one for one in await of(round_id) if one.chair), None)


async def account_of(sign_in: str) -> int | None:
    """The account that is typed so; None where there is none."""
    row = await Account.select(Account.id).where(Account.sign_in == folded(sign_in)).first()
    return int(row["id"]) if row else None


async def _runs(account_id: int, organisation_id: int) -> bool:
    """Whether somebody runs reviews there, and so reads whose each entry is."""
    organisation = await organisation_tree.by_id(organisation_id)
    return await Grant.exists().where(
        Grant.account == account_id, Grant.role == Role.OFFICER.value, Grant.ended_at.is_null(),
        Grant.organisation.is_in(ancestors(organisation.path) if organisation else [0]),
    )  # fmt: skip


def _facts(row: Mapping[str, Any], loads: Mapping[int, int]) -> Seat:
    return Seat(
        row["id"], row["account"], row["name"], row["sign_in"], row["worker"], frozenset(row["fields"].split()),
        row["most"], row["chair"], loads.get(row["id"], 0),
    )  # fmt: skip


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records become one worker: reviewers go along. Runs in the merging transaction."""
    await ReviewSeat.update({ReviewSeat.worker: stays}).where(ReviewSeat.worker == goes)


workers.on_merge(_follow_worker)
