"""Money of a granted subsidy: instalments, what was paid, what came back. Pure; all money is whole fen."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from foundation.base.money import yuan
from foundation.base.problem import Problem

WHOLE = 100  # percent


class Kind(StrEnum):
    """Which way money went."""

    PAID = "paid"
    RETURNED = "returned"


class Movement(msgspec.Struct, frozen=True):
    """One payment or return that is proved by a paper; `amount` in fen, above 0."""

    kind: Kind
    amount: int


class Account(msgspec.Struct, frozen=True):
    """How a grant stands, in fen: granted, paid out, come back, kept by the unit, and still to be paid."""

    granted: int
    paid: int
    returned: int

    @property
    def kept(self) -> int:
        """What the unit has."""
        return self.paid - self.returned

    @property
    def open(self) -> int:
        """What may still be paid."""
        return self.granted - self.paid


def account(granted: int, movements: Sequence[Movement]) -> Account:
    """How a grant stands after these movements."""
    paid = sum(one.amount for one in movements if one.kind is Kind.PAID)
    return Account(granted, paid, sum(one.amount for one in movements if one.kind is Kind.RETURNED))


def movement_problems(stands: Account, one: Movement) -> list[Problem]:
    """Why this movement cannot be recorded: no more is paid than was granted, no more comes back than was paid.

    What came back is not paid again: a new grant would need a new decision.
    """
    if one.amount <= 0:
        return [Problem("subsidy_amount_empty", "amount")]
    if one.kind is Kind.PAID and one.amount > stands.open:
        return [Problem("subsidy_paid_above", "amount", {"most": yuan(stands.open)})]
    if one.kind is Kind.RETURNED and one.amount > stands.kept:
        return [Problem("subsidy_returned_above", "amount", {"most": yuan(stands.kept)})]
    return []


def instalment_problems(percents: Sequence[int]) -> list[Problem]:
    """What is wrong with a plan such as (60, 40): whole percents above 0 that make 100 together."""
    if any(one <= 0 for one in percents) or sum(percents) != WHOLE:
        return [Problem("subsidy_instalments_sum", "instalments", {"sum": str(sum(percents))})]
    return []


def instalments(granted: int, percents: Sequence[int]) -> list[int]:
    """The instalments in fen; together exactly what was granted: the last one takes what rounding down left.

    Raises ValueError where `instalment_problems` finds something.
    """
    if instalment_problems(percents):
        raise ValueError(f"no plan of instalments: {percents}")
    parts = [granted * one // WHOLE for one in percents[:-1]]
    return [*parts, granted - sum(parts)]


def next_payment(plan: Sequence[int], paid: int) -> int:
    """The next instalment after `paid` fen went out, 0 where all did; one that was paid in part is made whole first."""
    due = 0
    for part in plan:
        due += part
        if due > paid:
            return due - paid
    return 0


def report_due(first: date, months: int) -> date:
    """The last day for the report, so many months after the first payment; the last of a month that is shorter."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=first.day - 1), following - timedelta(days=1))
