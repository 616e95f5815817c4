"""Subsidies are never allocated above any ceiling, and every amount says why it is what it is."""

from dataclasses import dataclass
from random import Random

import pytest
from msgspec.structs import replace

from foundation.base.problem import Problem
from innovations.rules.allocation import Change, allocate, changes, problems_with
from innovations.rules.ceilings import exceeded, most_for
from innovations.rules.subsidy_terms import Application, Bound, Excess, Grant, Method, Reason, Terms, bound_words

YUAN = 100


def wan(number: int) -> int:
    """So many 万元 in fen."""
    return number * 10_000 * YUAN


def asks(key: str, rank: int, asked: int, unit: str = "", city: str = "nc", **more) -> Application:
    return Application(key, unit or key, city, rank, asked, **more)


def amounts(terms: Terms, *applications: Application) -> list[int]:
    return [one.amount for one in allocate(terms, applications)]


def test_from_the_top_until_the_budget_is_spent():
    terms = Terms(budget=wan(10), item=wan(5))
    asked = [asks("a", 1, wan(5)), asks("b", 2, wan(3)), asks("c", 3, wan(4)), asks("d", 4, wan(1))]
    assert amounts(terms, *asked) == [wan(5), wan(3), wan(2), 0]


@dataclass
class Case:
    terms: Terms
    one: Application
    reasons: tuple[Reason, ...]


@pytest.mark.parametrize(
    "case",
    [
        Case(Terms(wan(99), wan(5)), asks("a", 1, wan(8)), (Reason(Bound.ASKED, wan(8)), Reason(Bound.ITEM, wan(5)))),
        Case(
            Terms(wan(99), wan(5), cost_share=500_000),
            asks("a", 1, wan(8), cost=wan(6)),
            (Reason(Bound.ASKED, wan(8)), Reason(Bound.COST, wan(3))),
        ),
        Case(
            Terms(wan(99), wan(5), unit=wan(4)),
            asks("a", 1, wan(8)),
            (Reason(Bound.ASKED, wan(8)), Reason(Bound.ITEM, wan(5)), Reason(Bound.UNIT, wan(4))),
        ),
        Case(
            Terms(wan(99), wan(5), city=wan(4), cities={"nc": wan(2)}),
            asks("a", 1, wan(8)),
            (Reason(Bound.ASKED, wan(8)), Reason(Bound.ITEM, wan(5)), Reason(Bound.CITY, wan(2))),
        ),
        Case(
            Terms(wan(99), wan(5)),
            asks("a", 1, 12_345_67),
            (Reason(Bound.ASKED, 12_345_67), Reason(Bound.STEP, 12_300_00)),
        ),
        Case(
            Terms(wan(99), wan(5), least=wan(1)),
            asks("a", 1, 9_000_00),
            (Reason(Bound.ASKED, 9_000_00), Reason(Bound.LEAST, 0)),
        ),
        Case(
            Terms(wan(99), wan(5)),
            asks("a", 1, wan(3), bars=("funded", "no_report")),
            (
                Reason(Bound.ASKED, wan(3)),
                Reason(Bound.BARRED, 0, "funded"),
                Reason(Bound.BARRED, 0, "no_report"),
            ),
        ),
    ],
)
def test_each_ceiling_is_told_where_it_binds(case):
    assert allocate(case.terms, [case.one]) == [Grant("a", case.reasons[-1].amount, case.reasons)]


def test_a_unit_and_a_city_share_their_ceilings_among_their_items():
    terms = Terms(budget=wan(99), item=wan(5), unit=wan(6), city=wan(8))
    asked = [
        asks("a", 1, wan(5), "one"),
        asks("b", 2, wan(5), "one"),
        asks("c", 3, wan(5), "two"),
        asks("d", 4, wan(5), "x", "jj"),
    ]
    assert amounts(terms, *asked) == [wan(5), wan(1), wan(2), wan(5)]


def test_what_officers_pinned_comes_first_and_takes_from_the_same_ceilings():
    terms = Terms(budget=wan(6), item=wan(5))
    given = allocate(terms, [asks("a", 1, wan(5)), asks("b", 2, wan(5), pinned=wan(4))])
    assert [one.amount for one in given] == [wan(2), wan(4)]
    assert given[1].reasons == (Reason(Bound.ASKED, wan(5)), Reason(Bound.PINNED, wan(4)))


def test_amounts_by_hand_that_are_too_much_together_are_told_by_their_ranks():
    terms = Terms(budget=wan(99), item=wan(5), unit=wan(6), city=wan(8))
    asked = [
        asks("a", 1, wan(5), "one", pinned=wan(4)), asks("b", 2, wan(5), "two", pinned=wan(3)), asks("c", 3, wan(5)),
        asks("d", 4, wan(5), "one", pinned=wan(3)),
    ]  # fmt: skip
    assert problems_with(terms, asked) == [
        Problem("subsidy_pinned_above", "", {"ranks": "1, 4", "most": "60,000"}),
        Problem("subsidy_pinned_above", "", {"ranks": "1, 2, 4", "most": "80,000"}),
    ]


def test_a_pinned_amount_above_a_ceiling_and_equal_ranks_are_for_people_to_decide():
    terms = Terms(budget=wan(6), item=wan(5))
    asked = [asks("a", 1, wan(9), pinned=wan(7)), asks("b", 1, wan(5))]
    assert problems_with(terms, asked) == [
        Problem("subsidy_rank_twice", "", {"rank": "1", "count": "2"}),
        Problem("subsidy_pinned_above", "", {"ranks": "1", "most": "50,000"}),
        Problem("subsidy_pinned_above", "", {"ranks": "1", "most": "60,000"}),
    ]
    with pytest.raises(ValueError, match="not ready"):
        allocate(terms, asked)


def test_in_proportion_all_under_one_ceiling_get_the_same_share():
    terms = Terms(budget=wan(6), item=wan(5), step=1_000_00, method=Method.IN_PROPORTION)
    asked = [asks("a", 1, wan(4)), asks("b", 2, wan(4)), asks("c", 3, wan(4))]
    assert amounts(terms, *asked) == [wan(2), wan(2), wan(2)]


def test_in_proportion_a_poor_city_takes_nothing_from_the_others():
    terms = Terms(wan(99), wan(5), cities={"jj": wan(2)}, step=1_000_00, method=Method.IN_PROPORTION)
    asked = [asks("a", 1, wan(4)), asks("b", 2, wan(2), city="jj"), asks("c", 3, wan(2), city="jj")]
    assert amounts(terms, *asked) == [wan(4), wan(1), wan(1)]


def test_in_proportion_what_rounding_leaves_is_handed_round_from_the_top():
    terms = Terms(budget=wan(1), item=wan(5), step=1_000_00, method=Method.IN_PROPORTION)
    asked = [asks("a", 1, wan(1)), asks("b", 2, wan(1)), asks("c", 3, wan(1))]
    given = allocate(terms, asked)
    assert [one.amount for one in given] == [4_000_00, 3_000_00, 3_000_00]
    assert given[0].reasons[-1] == Reason(Bound.STEP, 4_000_00)


@pytest.mark.parametrize("bound", [Bound.UNIT, Bound.CITY, Bound.BUDGET])
def test_in_proportion_no_share_is_called_what_is_left(bound):
    assert bound_words(Method.IN_ORDER)[bound].startswith("left ")
    assert bound_words(Method.IN_PROPORTION)[bound].startswith("the same share ")
    assert set(bound_words(Method.IN_PROPORTION)) == set(Bound)


def test_what_if_tells_only_what_differs():
    asked = [asks("a", 1, wan(5)), asks("b", 2, wan(3))]
    before = allocate(Terms(budget=wan(6), item=wan(5)), asked)
    after = allocate(Terms(budget=wan(8), item=wan(5)), asked)
    assert changes(before, after) == [Change("b", wan(1), wan(3))]


def test_the_second_look_finds_every_broken_ceiling():
    terms = Terms(budget=wan(5), item=wan(3), unit=wan(4), city=wan(4), cost_share=500_000)
    asked = [asks("a", 1, wan(3), "one", cost=wan(4)), asks("b", 2, wan(3), "one", cost=wan(9), bars=("late",))]
    assert exceeded(terms, asked, {"a": wan(4), "b": wan(2)}) == [
        Excess(Bound.ASKED, "a", wan(3), wan(4)),
        Excess(Bound.ITEM, "a", wan(3), wan(4)),
        Excess(Bound.COST, "a", wan(2), wan(4)),
        Excess(Bound.BARRED, "b", 0, wan(2)),
        Excess(Bound.UNIT, "one", wan(4), wan(6)),
        Excess(Bound.CITY, "nc", wan(4), wan(6)),
        Excess(Bound.BUDGET, "", wan(5), wan(6)),
    ]


def drawn_round(random: Random) -> tuple[Terms, list[Application]]:
    """Terms and up to fourteen applications, with sums that meet and miss each other's ceilings."""

    def money() -> int:
        return random.choice(
            [0, random.randint(0, 5_000_00), random.randint(0, 3_000_000_00), wan(random.randint(0, 30))]
        )

    def maybe() -> int | None:
        return random.choice([None, money()])

    terms = Terms(
        budget=money() * random.randint(1, 5),
        item=money(),
        unit=maybe(),
        city=maybe(),
        cities={city: money() for city in random.sample(["nc", "jj"], random.randint(0, 2))},
        cost_share=random.choice([None, random.randint(0, 1_000_000)]),
        step=random.choice([1, 100, 100_00, 1_000_00]),
        least=random.choice([0, 5_000_00, 20_000_00]),
        method=random.choice(list(Method)),
    )
    ranks = random.sample(range(1, 15), random.randint(0, 14))
    bars = [(), (), (), ("late",)]
    asked = [
        Application(
            f"{rank}",
            random.choice("uvw"),
            random.choice(["nc", "jj", "gz"]),
            rank,
            money(),
            money(),
            random.choice(bars),
        )
        for rank in ranks
    ]
    if asked and random.random() < 0.5:
        alone = allocate(terms, [asked[0]])[0].amount
        asked[0] = replace(asked[0], pinned=random.randint(0, alone))
    return terms, asked


@pytest.mark.parametrize("thousand", range(4))
def test_in_thousands_of_rounds_no_ceiling_is_exceeded_and_nothing_is_left_lying(thousand):
    random = Random(thousand)
    for _ in range(1000):
        check(*drawn_round(random))


def check(terms: Terms, asked: list[Application]) -> None:
    grants = allocate(terms, asked)
    sums = {one.key: one.amount for one in grants}
    assert exceeded(terms, asked, sums) == []
    assert [one.key for one in grants] == [one.key for one in sorted(asked, key=lambda one: one.rank)]
    by_key = {one.key: one for one in asked}
    for one in grants:
        application = by_key[one.key]
        assert one.reasons[0] == Reason(Bound.ASKED, application.asked)
        assert one.reasons[-1].amount == one.amount
        if application.pinned is None:
            assert one.amount % terms.step == 0
            assert one.amount == 0 or one.amount >= terms.least
            if one.amount:  # one step more would break a ceiling
                more = sums | {one.key: one.amount + terms.step}
                assert exceeded(terms, asked, more) or one.amount + terms.step > most_for(terms, application)
    assert allocate(terms, asked[::-1]) == grants  # the order in which they are read decides nothing


def test_in_order_nobody_ahead_loses_by_who_stands_behind():
    random = Random("behind")
    for _ in range(500):
        terms, asked = drawn_round(random)
        terms = replace(terms, method=Method.IN_ORDER)
        asked = sorted((replace(one, pinned=None) for one in asked), key=lambda one: one.rank)
        assert allocate(terms, asked)[: len(asked) // 2] == allocate(terms, asked[: len(asked) // 2])
