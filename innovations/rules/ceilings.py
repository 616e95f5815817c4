"""Whether amounts keep every ceiling of a round of subsidies. Pure.

It knows nothing of how the amounts came about: whoever proposes, approves or pays asks here, so that a fault in the
allocation cannot become a payment.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from innovations.rules.subsidy_terms import MILLION, Application, Bound, Excess, Terms


def most_for(terms: Terms, one: Application) -> int:
    """The most that this application could get if it were alone, in fen; 0 where something bars it."""
    if one.bars:
        return 0
    most = min(one.asked, terms.item)
    return most if terms.cost_share is None else min(most, one.cost * terms.cost_share // MILLION)


def exceeded(terms: Terms, applications: Sequence[Application], amounts: Mapping[str, int]) -> list[Excess]:
    """Every ceiling that these amounts (fen by application) break; empty where all are kept.

    Raises KeyError for an amount of an application that is not in the round.
    """
    known = {one.key: one for one in applications}
    found, units, cities = [], defaultdict[str, int](int), defaultdict[str, int](int)
    for key, amount in sorted(amounts.items()):
        one = known[key]
        units[one.unit] += amount
        cities[one.city] += amount
        found += _alone(terms, one, amount)
    if terms.unit is not None:
        found += [
            Excess(Bound.UNIT, unit, terms.unit, sum_) for unit, sum_ in sorted(units.items()) if sum_ > terms.unit
        ]
    for city, sum_ in sorted(cities.items()):
        most = terms.of_city(city)
        if most is not None and sum_ > most:
            found.append(Excess(Bound.CITY, city, most, sum_))
    if (total := sum(amounts.values())) > terms.budget:
        found.append(Excess(Bound.BUDGET, "", terms.budget, total))
    return found


def _alone(terms: Terms, one: Application, amount: int) -> list[Excess]:
    found = []
    if amount and one.bars:
        found.append(Excess(Bound.BARRED, one.key, 0, amount))
    if amount > one.asked:
        found.append(Excess(Bound.ASKED, one.key, one.asked, amount))
    if amount > terms.item:
        found.append(Excess(Bound.ITEM, one.key, terms.item, amount))
    if terms.cost_share is not None and amount > (most := one.cost * terms.cost_share // MILLION):
        found.append(Excess(Bound.COST, one.key, most, amount))
    if amount < 0:
        found.append(Excess(Bound.LEAST, one.key, 0, amount))
    return found
