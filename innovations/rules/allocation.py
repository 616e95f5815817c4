"""How much each application of a round of subsidies is proposed to get, and why. Pure.

In order: the ranked list from the top, each as much as every ceiling still allows. In proportion: where the wishes of a
unit, of a city or of all are more than its ceiling, each of them is brought down by the same share, and the steps that
rounding left over are handed round from the top. Amounts that officers pinned
by hand come first of all, so that they take from the same ceilings as the others. No way of counting here is trusted:
`ceilings.exceeded` looks at the result again before anybody approves it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from foundation.base.money import yuan
from foundation.base.problem import Problem
from innovations.rules.ceilings import exceeded, most_for
from innovations.rules.subsidy_terms import MILLION, Application, Bound, Excess, Grant, Method, Reason, Terms


class Change(msgspec.Struct, frozen=True):
    """What another try (what-if) does to one application: fen before and after."""

    key: str
    before: int
    after: int


def problems_with(terms: Terms, applications: Sequence[Application]) -> list[Problem]:
    """What must be decided by people before anything can be allocated: equal ranks, pinned amounts beyond a ceiling."""
    ranks = defaultdict[int, list[str]](list)
    for one in applications:
        ranks[one.rank].append(one.key)
    tied = [
        Problem("subsidy_rank_twice", "", {"rank": str(rank), "count": str(len(keys))})
        for rank, keys in sorted(ranks.items())
        if len(keys) > 1
    ]
    pinned = {one.key: one.pinned for one in applications if one.pinned is not None}
    return tied + [
        Problem("subsidy_pinned_above", "", {"ranks": _ranks(applications, one), "most": yuan(one.most)})
        for one in exceeded(terms, applications, pinned)
    ]


def _ranks(applications: Sequence[Application], excess: Excess) -> str:
    """Which amounts by hand break a ceiling together, by rank: "1, 4"."""

    def whose(one: Application) -> str:
        return {Bound.UNIT: one.unit, Bound.CITY: one.city, Bound.BUDGET: ""}.get(excess.bound, one.key)

    ranks = [one.rank for one in applications if one.pinned and whose(one) == excess.whose]
    return ", ".join(map(str, sorted(ranks)))


def allocate(terms: Terms, applications: Sequence[Application]) -> list[Grant]:
    """A grant for every application, by rank. Raises ValueError where `problems_with` finds something."""
    if problems := problems_with(terms, applications):
        raise ValueError(f"not ready to be allocated: {problems}")
    ranked = sorted(applications, key=lambda one: one.rank)
    left = _Left(terms)
    pinned = {one.key: left.take(one, one.pinned) for one in ranked if one.pinned is not None}
    free = [one for one in ranked if one.pinned is None]
    given = _in_order(terms, free, left) if terms.method is Method.IN_ORDER else _in_proportion(terms, free, left)
    return [given[one.key] if one.pinned is None else _pinned(one, pinned[one.key]) for one in ranked]


def changes(before: Iterable[Grant], after: Iterable[Grant]) -> list[Change]:
    """What differs between two tries, in the order of the second."""
    was = {one.key: one.amount for one in before}
    return [Change(one.key, was.get(one.key, 0), one.amount) for one in after if was.get(one.key, 0) != one.amount]


@dataclass
class _Left:
    """What every ceiling still allows."""

    terms: Terms
    given: int = 0
    units: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    cities: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def take(self, one: Application, amount: int) -> int:
        self.given += amount
        self.units[one.unit] += amount
        self.cities[one.city] += amount
        return amount

    def bounds(self, one: Application) -> list[tuple[Bound, int]]:
        city = self.terms.of_city(one.city)
        found = [] if self.terms.unit is None else [(Bound.UNIT, self.terms.unit - self.units[one.unit])]
        found += [] if city is None else [(Bound.CITY, city - self.cities[one.city])]
        return [*found, (Bound.BUDGET, self.terms.budget - self.given)]

    def most(self, one: Application) -> int:
        return min(bound for _, bound in self.bounds(one))


def _alone(terms: Terms, one: Application) -> list[Reason]:
    """What an application could have if it were alone, and what took something off."""
    if one.bars:
        return [Reason(Bound.ASKED, one.asked), *(Reason(Bound.BARRED, 0, code) for code in one.bars)]
    bounds = [(Bound.ITEM, terms.item)]
    if terms.cost_share is not None:
        bounds.insert(0, (Bound.COST, one.cost * terms.cost_share // MILLION))
    return _lowered([Reason(Bound.ASKED, one.asked)], bounds)


def _lowered(reasons: list[Reason], bounds: Iterable[tuple[Bound, int]]) -> list[Reason]:
    reasons = list(reasons)
    for bound, most in bounds:
        if most < reasons[-1].amount:
            reasons.append(Reason(bound, max(0, most)))
    return reasons


def _rounded(terms: Terms, reasons: list[Reason]) -> list[Reason]:
    amount = reasons[-1].amount
    reasons = _lowered(reasons, [(Bound.STEP, amount - amount % terms.step)])
    return [*reasons, Reason(Bound.LEAST, 0)] if 0 < reasons[-1].amount < terms.least else reasons


def _in_order(terms: Terms, ranked: Sequence[Application], left: _Left) -> dict[str, Grant]:
    given = {}
    for one in ranked:
        reasons = _rounded(terms, _lowered(_alone(terms, one), left.bounds(one)))
        given[one.key] = Grant(one.key, left.take(one, reasons[-1].amount), tuple(reasons))
    return given


def _in_proportion(terms: Terms, ranked: Sequence[Application], left: _Left) -> dict[str, Grant]:
    reasons = {one.key: _alone(terms, one) for one in ranked}
    for bound, group, most in _levels(ranked, left):
        _scale(bound, [reasons[one.key] for one in group], max(0, most))
    amounts = {one.key: left.take(one, _rounded(terms, reasons[one.key])[-1].amount) for one in ranked}
    _hand_round(terms, ranked, left, amounts)
    return {
        one.key: Grant(one.key, amounts[one.key], tuple(_ended(terms, reasons[one.key], amounts[one.key])))
        for one in ranked
    }


def _levels(ranked: Sequence[Application], left: _Left) -> Iterator[tuple[Bound, list[Application], int]]:
    """Each ceiling with those under it, from the narrowest to the widest."""
    if left.terms.unit is not None:
        for unit in dict.fromkeys(one.unit for one in ranked):
            yield Bound.UNIT, [one for one in ranked if one.unit == unit], left.terms.unit - left.units[unit]
    for city in dict.fromkeys(one.city for one in ranked):
        if (most := left.terms.of_city(city)) is not None:
            yield Bound.CITY, [one for one in ranked if one.city == city], most - left.cities[city]
    yield Bound.BUDGET, list(ranked), left.terms.budget - left.given


def _scale(bound: Bound, group: Sequence[list[Reason]], most: int) -> None:
    """Bring a group down to what its ceiling allows: everyone the same share, rounded down to the fen."""
    wanted = sum(one[-1].amount for one in group)
    if wanted > most:
        for reasons in group:
            if reasons[-1].amount:
                reasons.append(Reason(bound, reasons[-1].amount * most // wanted))


def _hand_round(terms: Terms, ranked: Sequence[Application], left: _Left, amounts: dict[str, int]) -> None:
    """What rounding left over, from the top, the same steps to each, until no ceiling allows another.

    While there is much, many steps go round at once; never so many that the first could take another's.
    """
    takers = [one for one in ranked if amounts[one.key]]
    while takers := [one for one in takers if _room(terms, one, left, amounts[one.key])]:
        steps = max(1, min(left.most(one) for one in takers) // terms.step // len(takers))
        for one in takers:
            amounts[one.key] += left.take(one, min(steps * terms.step, _room(terms, one, left, amounts[one.key])))


def _room(terms: Terms, one: Application, left: _Left, amount: int) -> int:
    """How much more fits under every ceiling, in whole steps."""
    room = min(most_for(terms, one) - amount, left.most(one))
    return max(0, room - room % terms.step)


def _ended(terms: Terms, reasons: list[Reason], amount: int) -> list[Reason]:
    """The reasons with the last step to the amount itself, which may be up to what was left over."""
    if amount == reasons[-1].amount:
        return reasons
    return [*reasons, Reason(Bound.STEP, amount)] if amount else _rounded(terms, reasons)


def _pinned(one: Application, amount: int) -> Grant:
    return Grant(one.key, amount, (Reason(Bound.ASKED, one.asked), Reason(Bound.PINNED, amount)))
