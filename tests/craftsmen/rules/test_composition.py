"""The composition check: cases with the figures of the field, and the search against counting every choice."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from craftsmen.presets.round_presets import load_preset
from craftsmen.rules.composition import Answer, CompositionState, Effect, state
from craftsmen.rules.facts import NomineeFacts, Role, UnitType, holds
from craftsmen.rules.ratio_search import Kind, OutOfWorkError, Ratio, Search
from craftsmen.rules.round_rules import CompositionRow, SpecialQuota

FRONT = CompositionRow("front_line", "一线职工", (("role", "front_line"),), (), ">=", 3500)
WOMEN = CompositionRow("women", "女职工", (("gender", "female"),), (), ">=", 2000)
HEADS = CompositionRow("heads", "企业负责人", (("role", "enterprise_head"),), (), "<=", 1500)
NON_PUBLIC = CompositionRow(
    "non_public", "非公", (("unit_type", "non_public"),), (("unit_type", "state_enterprise|non_public"),), ">=", 3500
)


def people(count: int, start: int = 0, **facts: object) -> list[NomineeFacts]:
    said = {"gender": "male", "role": Role.FRONT_LINE, "unit_type": UnitType.STATE_ENTERPRISE, **facts}
    return [NomineeFacts(start + at, **said) for at in range(count)]  # type: ignore[arg-type]


def numbers(found: CompositionState, code: str) -> tuple[int, int, bool, int | None, int]:
    row = next(one for one in found.rows if one.row.code == code)
    return row.among, row.of, row.holds, row.bound, row.needed


def test_129_of_149_count_and_twenty_stand_outside():
    """2019: 149 conferred, 129 of them in the ratios (RULES). 35% of 129 is 45.15: 46 are needed, 45 are too few."""
    special = SpecialQuota("special", "专项", 20)
    outside = people(20, 1000, special="special", role=Role.ENTERPRISE_HEAD)
    for front, kept in ((46, True), (45, False)):
        inside = people(front) + people(129 - front, 500, role=Role.TECHNICAL)
        found = state([FRONT, HEADS], [*inside, *outside], [], 149, specials=[special])
        assert (found.picked, found.counted, found.places_left, dict(found.specials)) == (149, 129, 0, {"special": 20})
        assert numbers(found, "front_line") == (front, 129, kept, 46, 46 - front)
        assert numbers(found, "heads") == (0, 129, True, 19, 0)
        assert (found.holds, found.feasible) == (kept, Answer.YES if kept else Answer.NO)
    # 149 as the denominator would have asked for 53
    assert numbers(state([FRONT], [], [], 149), "front_line")[3] == 53


def test_a_special_quota_is_never_overdrawn_nor_counted_on():
    special = SpecialQuota("special", "专项", 1)
    found = state([FRONT], people(2, special="special"), [], 3, specials=[special])
    assert (found.specials_over, found.feasible) == ({"special": 1}, Answer.NO)
    # two places left, three candidates of whom two are special: only one of these can ever be taken
    found = state([FRONT], people(1), people(2, 10, special="special"), 3, specials=[special])
    assert (found.feasible, found.most, found.goal) == (Answer.NO, 2, 2)
    found = state([FRONT], [], people(1, special="unknown"), 1, specials=[special])
    assert found.feasible is Answer.NO


@pytest.mark.parametrize(
    "picked, places, needed, effects",
    [
        # of ten, four front-line and two women: nobody picked yet
        ([], 10, (4, 2), (Effect.WORSE, Effect.WORSE)),
        # six men of the office picked: every place left must be a woman at the front line or nearly so
        (people(6, role=Role.MANAGER), 4, (4, 2), (Effect.BREAKS, Effect.WORSE)),
        (people(5, role=Role.MANAGER) + people(3, 50), 2, (1, 2), (Effect.WORSE, Effect.BREAKS)),
    ],
)
def test_what_is_still_missing_and_what_one_more_does(picked, places, needed, effects):
    candidates = people(9, 100, gender="female") + people(1, 200, role=Role.MANAGER)
    found = state([FRONT, WOMEN], picked, candidates, 10)
    assert (found.places_left, tuple(row.needed for row in found.rows)) == (places, needed)
    assert found.effects[200] == effects
    assert found.after[200] is (Answer.NO if Effect.BREAKS in effects else Answer.YES)
    assert found.effects[100] == (Effect.BETTER, Effect.BETTER)


def test_denominators_nest_and_grow_with_the_choice():
    """Of those from enterprises 35% are from non-public ones; cadres are in no denominator there."""
    picked = people(7) + people(3, 50, unit_type=UnitType.NON_PUBLIC) + people(5, 80, unit_type=UnitType.AUTHORITY)
    candidates = people(9, 100, unit_type=UnitType.NON_PUBLIC) + people(9, 200, unit_type=UnitType.AUTHORITY)
    found = state([NON_PUBLIC], picked, candidates, 20)
    assert numbers(found, "non_public") == (3, 10, False, None, 1)  # 4 of 11, not 4 of 10
    assert (found.effects[100], found.effects[200]) == ((Effect.BETTER,), (Effect.NEUTRAL,))
    assert (found.feasible, found.after[200]) == (Answer.YES, Answer.YES)
    # nobody from an enterprise: a share of nobody is kept
    assert state([NON_PUBLIC], people(2, unit_type=UnitType.AUTHORITY), [], 2).holds


def test_at_most_has_room_and_then_none():
    heads = people(9, 100, role=Role.ENTERPRISE_HEAD)
    found = state([HEADS], [], heads + people(20), 20)
    assert (found.rows[0].bound, found.rows[0].room, found.effects[100]) == (3, 3, (Effect.WORSE,))
    found = state([HEADS], heads[:3], heads[3:] + people(20), 20)
    assert (found.rows[0].room, found.effects[103], found.after[103]) == (0, (Effect.BREAKS,), Answer.NO)
    assert found.feasible is Answer.YES
    assert not found.rows[0].holds  # 3 of 3 now, 3 of 20 in the end


def test_where_it_cannot_end_well_the_rows_in_the_way_are_named_and_how_many_could_be():
    rows = [FRONT, WOMEN, HEADS]
    candidates = people(40) + people(3, 100, gender="female", role=Role.TECHNICAL)
    found = state(rows, [], candidates, 20)
    assert (found.feasible, found.conflict, found.most, found.most_known) == (Answer.NO, ("women",), 15, True)
    found = state(rows, people(6, role=Role.ENTERPRISE_HEAD), candidates, 20)
    assert (found.feasible, found.conflict, found.most) == (Answer.NO, ("heads",), None)
    few = state(rows, [], people(3, gender="female"), 20)
    assert (few.feasible, few.conflict, few.goal, few.most) == (Answer.NO, (), 3, 3)


def test_nobody_too_many_and_nobody_at_all():
    assert state([FRONT], people(3), [], 2).feasible is Answer.NO
    found = state([], [], [], 0)
    assert (found.feasible, found.most, found.holds) == (Answer.YES, 0, True)


def test_out_of_work_it_says_so_and_guesses_nothing():
    rows = load_preset("may-day-medal").rules.composition
    found = state(rows, [], a_province(300), 100, work=1)
    assert (found.feasible, found.most, found.most_known, found.conflict) == (Answer.UNKNOWN, None, False, ())
    assert set(found.after.values()) == {Answer.UNKNOWN}
    with pytest.raises(OutOfWorkError):
        Search([Kind(9, ((True, True),)), Kind(9, ((True, False),))], [Ratio(True, 5000, 0, 0)], 0).fill(7)


def a_province(count: int, seed: int = 1, women: float = 0.3) -> list[NomineeFacts]:
    chance = Random(seed)
    return [
        NomineeFacts(
            key=at,
            gender="female" if chance.random() < women else "male",
            role=chance.choices(list(Role), (45, 25, 10, 12, 8))[0],
            unit_type=chance.choices(list(UnitType), (35, 40, 12, 8, 5))[0],
            migrant=chance.random() < 0.15,
            minority=chance.random() < 0.05,
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_three_hundred_candidates_are_decided_and_the_answer_is_true(seed):
    """With the medal's rows: a greedy choice that follows the answers ends with every ratio kept."""
    rows = load_preset("may-day-medal").rules.composition
    everybody, picked = a_province(300, seed), []
    found = state(rows, picked, everybody, 100)
    assert found.feasible is Answer.YES
    while found.places_left:
        left = [one for one in everybody if one not in picked]
        good = [one for one in left if found.after[one.key] is Answer.YES]
        picked += good[: max(1, found.places_left // 8)]
        found = state(rows, picked, [one for one in everybody if one not in picked], 100)
        if found.feasible is not Answer.YES:  # several at once may be too many: take the last ones back
            picked = picked[: -max(1, (found.places_left + 1) // 8)] or picked[:-1]
            found = state(rows, picked, [one for one in everybody if one not in picked], 100)
            assert found.feasible is Answer.YES
            one = next(one for one in everybody if one not in picked and found.after[one.key] is Answer.YES)
            picked = [*picked, one]
            found = state(rows, picked, [one for one in everybody if one not in picked], 100)
        assert found.feasible is Answer.YES
    assert found.holds


# --- against counting every choice ---

_FACTS = some.builds(
    NomineeFacts,
    key=some.just(0),
    gender=some.sampled_from(["female", "male"]),
    role=some.sampled_from([Role.FRONT_LINE, Role.TECHNICAL, Role.ENTERPRISE_HEAD]),
    unit_type=some.sampled_from([UnitType.STATE_ENTERPRISE, UnitType.NON_PUBLIC, UnitType.AUTHORITY]),
    special=some.sampled_from(["", "", "", "special"]),
)
_PARTS = [
    ("gender", "female"), ("role", "front_line"), ("role", "technical|enterprise_head"), ("unit_type", "non_public"),
    ("unit_type", "state_enterprise|non_public"),
]  # fmt: skip
_ROWS = some.lists(
    some.builds(
        CompositionRow,
        code=some.uuids().map(str),
        name=some.just(""),
        among=some.sampled_from(_PARTS).map(lambda part: (part,)),
        of=some.one_of(some.just(()), some.sampled_from(_PARTS).map(lambda part: (part,))),
        operator=some.sampled_from([">=", "<="]),
        percent=some.sampled_from([1000, 2000, 3333, 3500, 5000, 6667, 10_000]),
    ),
    max_size=4,
)


def kept(rows, chosen) -> bool:
    """Every row by its definition, and the special quota of one."""
    if sum(bool(one.special) for one in chosen) > 1:
        return False
    for row in rows:
        of = [one for one in chosen if not one.special and holds(row.of, one)]
        share, wanted = 10_000 * sum(holds(row.among, one) for one in of), row.percent * len(of)
        if (share < wanted) if row.operator == ">=" else (share > wanted):
            return False
    return True


@settings(max_examples=250)
@given(_ROWS, some.lists(_FACTS, max_size=3), some.lists(_FACTS, max_size=8), some.integers(0, 9))
def test_the_answers_are_those_of_trying_every_choice(rows, first, others, confer):
    made = [NomineeFacts(at, one.gender, one.role, one.unit_type, special=one.special)
            for at, one in enumerate([*first, *others])]  # fmt: skip
    picked, candidates = made[: len(first)], made[len(first) :]
    found = state(rows, picked, candidates, confer, specials=[SpecialQuota("special", "", 1)])
    left = confer - len(picked)
    ways = {
        more: [set(way) for way in combinations(range(len(candidates)), more)
               if kept(rows, [*picked, *(candidates[at] for at in way)])]
        for more in range(max(left, -1) + 1)
    }  # fmt: skip
    full = ways.get(left, [])
    assert found.feasible is (Answer.YES if full else Answer.NO)
    assert found.most == max((len(picked) + more for more, good in ways.items() if good), default=None)
    for at, one in enumerate(candidates):
        assert found.after[one.key] is (Answer.YES if any(at in way for way in full) else Answer.NO), one
    if found.conflict and full == []:
        named = [row for row in rows if row.code in found.conflict]
        choices = list(combinations(candidates, left))
        assert not any(kept(named, [*picked, *way]) for way in choices)
        for spared in named:  # none of them is named needlessly
            rest = [row for row in named if row is not spared]
            assert any(kept(rest, [*picked, *way]) for way in choices)
