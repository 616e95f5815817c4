"""What a round of subsidies (职工创新补助资金) may spend, and on whom: frozen values. Pure.

All money is whole fen. A ceiling that is None does not bind.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from foundation.base.problem import N_

MILLION = 1_000_000  # shares are millionths


class Method(StrEnum):
    """How money is given out where there is not enough for all."""

    IN_ORDER = "in_order"  # the ranked list from the top, as long as there is money
    IN_PROPORTION = "in_proportion"  # all who share a ceiling the same share of what they could have


CHOSEN_BARS = ("funded", "unreported", "not_awarded", "disputed")
"""What may make an application ineligible, where the terms say so; missing papers and other reasons always do."""


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The frozen terms of a round.

    `cities` are ceilings of single channels (cities, industry unions) by their code and go before `city`, which holds
    for each of the others. `cost_share` is the most of an item's own cost, in millionths. Amounts are multiples of
    `step`; who would get less than `least` gets nothing, so that no unit is sent a sum that it can do nothing with.
    """

    budget: int
    item: int
    unit: int | None = None
    city: int | None = None
    cities: Mapping[str, int] = {}
    cost_share: int | None = None
    step: int = 100_00
    least: int = 0
    method: Method = Method.IN_ORDER
    who: str = ""  # may apply, in words: "units with fewer than 300 workers"
    bars: tuple[str, ...] = CHOSEN_BARS

    def bars_out(self, code: str) -> bool:
        """Whether this makes an application ineligible in this round."""
        return code in self.bars or code not in CHOSEN_BARS

    def of_city(self, city: str) -> int | None:
        """The ceiling of one channel in fen."""
        return self.cities.get(city, self.city)


class Application(msgspec.Struct, frozen=True):
    """One application as the allocation sees it: `rank` 1 is the first; `bars` tell by codes why it is not eligible.

    `asked` and `cost` in fen. `pinned` is an amount that the officers decided by hand (in fen, 0 for nothing).
    """

    key: str
    unit: str
    city: str
    rank: int
    asked: int
    cost: int = 0
    bars: tuple[str, ...] = ()
    pinned: int | None = None


class Bound(StrEnum):
    """What brought an amount down, in the order in which it is asked."""

    BARRED = "barred"
    PINNED = "pinned"
    ASKED = "asked"
    COST = "cost"
    ITEM = "item"
    UNIT = "unit"
    CITY = "city"
    BUDGET = "budget"
    STEP = "step"
    LEAST = "least"


BOUNDS: Mapping[Bound, str] = {
    Bound.BARRED: N_("not eligible"),
    Bound.PINNED: N_("decided by hand"),
    Bound.ASKED: N_("asked"),
    Bound.COST: N_("share of its cost"),
    Bound.ITEM: N_("most for one item"),
    Bound.UNIT: N_("left for the unit"),
    Bound.CITY: N_("left for the channel"),
    Bound.BUDGET: N_("left of the budget"),
    Bound.STEP: N_("in whole steps"),
    Bound.LEAST: N_("below the least amount"),
}


_SHARED: Mapping[Bound, str] = {
    Bound.UNIT: N_("the same share of what the unit may get"),
    Bound.CITY: N_("the same share of what the channel may get"),
    Bound.BUDGET: N_("the same share of the budget"),
}


def bound_words(method: Method) -> Mapping[Bound, str]:
    """What brought an amount down, in words: in proportion nobody gets what is left, all get the same share."""
    return BOUNDS if method is Method.IN_ORDER else {**BOUNDS, **_SHARED}


class Reason(msgspec.Struct, frozen=True):
    """After `bound` was asked, `amount` fen were left; `code` tells which bar it was."""

    bound: Bound
    amount: int
    code: str = ""


class Grant(msgspec.Struct, frozen=True):
    """What one application gets in fen, and why: from what was asked, one reason after the other, to the amount itself.

    Each takes something off; only the last STEP of money in proportion may give back what rounding left over.
    """

    key: str
    amount: int
    reasons: tuple[Reason, ...]


class Excess(msgspec.Struct, frozen=True):
    """A ceiling that a set of amounts breaks: whose, how much it allows and how much was given, in fen."""

    bound: Bound
    whose: str
    most: int
    given: int
