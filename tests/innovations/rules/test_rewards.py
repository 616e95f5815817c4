"""Rewards: the regulation's figures, bounds, dates, and splitting with nothing lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.base.problem import Problem
from innovations.rules.reward_form import Award, Recipient, read_award, read_recipients, read_table, tier_of
from innovations.rules.rewards import BY_CODE, RewardTable, Tier, award_problems, split, table_of, table_problems

OF_1982, OF_1986 = BY_CODE["1982"], BY_CODE["1986"]
OWN = RewardTable(
    "own:7", "云窑奖励办法", date(2025, 1, 1), (Tier("大", 100_00, 50_00, 800_00), Tier("小", 0, 0, 50_00))
)
TODAY = date(2026, 5, 8)


@pytest.mark.parametrize(
    ("yuan", "of_1982", "of_1986"),
    [
        (0, (0, 200), (0, 300)),
        (9_999, (0, 200), (0, 300)),
        (10_000, (200, 500), (300, 500)),
        (99_999, (200, 500), (300, 500)),
        (100_000, (500, 1_000), (500, 1_500)),
        (499_999, (500, 1_000), (500, 1_500)),
        (500_000, (500, 1_000), (1_500, 2_500)),
        (999_999, (500, 1_000), (1_500, 2_500)),
        (1_000_000, (1_000, 2_000), (2_500, 4_000)),
        (60_000_000, (1_000, 2_000), (2_500, 4_000)),
    ],
)
def test_the_tables_of_1982_and_1986(yuan, of_1982, of_1986):
    for table, expected in ((OF_1982, of_1982), (OF_1986, of_1986)):
        tier = table.by_benefit(yuan * 100)
        assert (tier.least // 100, tier.most // 100) == expected


def test_the_fen_below_a_bound_belongs_to_the_lower_tier():
    assert OF_1986.by_benefit(9_999_99).name == "五等"
    assert OF_1986.by_benefit(10_000_00).name == "四等"


@pytest.mark.parametrize(
    ("day", "own", "code"),
    [
        (date(1982, 3, 15), (), None),
        (date(1982, 3, 16), (), "1982"),
        (date(1986, 6, 3), (), "1982"),
        (date(1986, 6, 4), (), "1986"),
        (date(2026, 5, 8), (), "1986"),
        (date(2024, 12, 31), (OWN,), "1986"),
        (date(2025, 1, 1), (OWN,), "own:7"),
    ],
)
def test_an_award_is_made_under_the_table_of_its_day(day, own, code):
    table = table_of(own, day)
    assert (table.code if table else None) == code


def test_the_newest_of_ones_own_holds():
    later = RewardTable("own:9", "修订", date(2026, 1, 1), OWN.tiers)
    assert table_of((OWN, later), date(2026, 1, 1)) is later
    assert table_of((later, OWN), date(2025, 12, 31)) is OWN


@pytest.mark.parametrize(
    ("amount", "ok"), [(499_99, False), (500_00, True), (1_500_00, True), (1_500_01, False), (0, False)]
)
def test_an_award_lies_within_its_tier_bounds_included(amount, ok):
    assert (award_problems(OF_1986.by_benefit(100_000_00), amount) == []) is ok


def test_the_lowest_tier_still_awards_something():
    assert award_problems(OF_1986.by_benefit(0), 1) == []
    assert [problem.code for problem in award_problems(OF_1986.by_benefit(0), 0)] == ["reward_out_of_bounds"]


def test_a_digest_tells_tables_apart():
    assert OF_1982.digest != OF_1986.digest
    assert OWN.digest == RewardTable("own:7", "云窑奖励办法", date(2025, 1, 1), OWN.tiers).digest


@pytest.mark.parametrize(
    ("amount", "shares", "parts"),
    [
        (800_00, [100], [800_00]),
        (100, [34, 33, 33], [34, 33, 33]),
        (1000_01, [50, 50], [500_01, 500_00]),
        (1, [50, 50], [1, 0]),
        (2, [34, 33, 33], [1, 1, 0]),
        (500_00, [40, 20, 15, 15, 10], [200_00, 100_00, 75_00, 75_00, 50_00]),
        (101, [40, 20, 15, 15, 10], [41, 20, 15, 15, 10]),
    ],
)
def test_an_award_is_split_by_largest_remainder(amount, shares, parts):
    assert split(amount, shares) == parts


def test_shares_that_do_not_sum_to_100_are_no_shares():
    for shares in ([99], [50, 51], [110, -10]):
        with pytest.raises(ValueError, match="sum to 100"):
            split(100, shares)


@st.composite
def all_shares(draw) -> list[int]:
    cuts = sorted(draw(st.lists(st.integers(0, 100), max_size=19)))
    return [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]


@given(st.integers(0, 10**12), all_shares())
def test_nothing_is_lost_and_nobody_is_off_by_a_fen(amount, shares):
    parts = split(amount, shares)
    assert sum(parts) == amount
    assert all(abs(part * 100 - amount * share) < 100 for part, share in zip(parts, shares, strict=True))


@given(st.integers(0, 10**12), all_shares())
def test_a_larger_share_never_gets_less(amount, shares):
    parts = split(amount, shares)
    by_share = sorted(zip(shares, parts, strict=True))
    assert [part for _, part in by_share] == sorted(parts)


@pytest.mark.parametrize(
    ("text", "found", "problems"),
    [
        ("冯砚秋", [("冯砚秋", 100)], []),
        ("冯砚秋 60\n占云帆，40%", [("冯砚秋", 60), ("占云帆", 40)], []),
        ("冯砚秋：６０\n\n程𠮷 40", [("冯砚秋", 60), ("程𠮷", 40)], []),
        ("1. 冯砚秋60\n2、占云帆40％", [("冯砚秋", 60), ("占云帆", 40)], []),
        ("冯砚秋\t60\n占云帆\t40", [("冯砚秋", 60), ("占云帆", 40)], []),
        ("冯砚秋、占云帆", [("冯砚秋、占云帆", 100)], ["reward_line_several"]),
        ("冯砚秋 60 占云帆 40", [("冯砚秋 60 占云帆", 40)], ["reward_line_several"]),
        ("冯砚秋 60.5\n占云帆 39.5", [], ["reward_share_missing", "reward_share_missing"]),
        ("冯砚秋 99.5", [], ["reward_share_missing"]),
        ("100", [], ["reward_share_missing"]),
        ("", [], ["reward_recipients_none"]),
        ("冯砚秋 60\n占云帆", [("冯砚秋", 60)], ["reward_share_missing"]),
        ("冯砚秋 60\n占云帆 30", [("冯砚秋", 60), ("占云帆", 30)], ["reward_shares_sum"]),
        ("冯砚秋 100\n占云帆 0", [("冯砚秋", 100), ("占云帆", 0)], ["reward_share_none"]),
        ("\n".join(["人 5"] * 21), [], ["reward_recipients_many"]),
    ],
)
def test_recipients_are_read_a_line_each(text, found, problems):
    assert (read_recipients(text)[0], [problem.code for problem in read_recipients(text)[1]]) == (found, problems)


def test_an_award_by_benefit_finds_its_tier():
    said, problems = read_award({"amount": "500", "recipients": "冯砚秋 60\n占云帆 40"}, OF_1986, 100_000_00)
    assert problems == []
    assert said == Award(
        OF_1986.tiers[2], 500_00, "", (Recipient("冯砚秋", 60, 300_00), Recipient("占云帆", 40, 200_00))
    )


def test_what_is_not_counted_is_graded_by_hand_and_says_why():
    said, problems = read_award({"amount": "200", "recipients": "冯砚秋"}, OF_1986, None)
    assert (said, [problem.field for problem in problems]) == (None, ["tier", "reason"])
    said, problems = read_award(
        {"amount": "200", "recipients": "冯砚秋", "tier": "五等", "reason": "消除一处隐患"}, OF_1986, None
    )
    assert problems == []
    assert said is not None
    assert said.tier.name == "五等"


def test_a_table_of_ones_own_is_read_from_its_form():
    values = {
        "title": "云窑奖励办法", "from_day": "2026-06-01", "name-1": "一等", "from-1": "10万",
        "least-1": "500", "most-1": "800",
        "for-1": "重大隐患", "name-2": "二等", "from-2": "", "least-2": "", "most-2": "300",
    }  # fmt: skip
    tiers = (Tier("一等", 100_000_00, 500_00, 800_00, "重大隐患"), Tier("二等", 0, 0, 300_00))
    assert read_table(values, TODAY) == (("云窑奖励办法", date(2026, 6, 1), tiers), [])


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": ""}, ["title"]),
        ({"from_day": "2026-05-07"}, ["from_day"]),
        ({"from_day": "明天"}, ["from_day"]),
        ({"most-1": "400"}, ["most-1"]),
        ({"most-1": "一百"}, ["most-1"]),
        ({"from-2": "10万"}, ["from-2", "from-2"]),
        ({"from-2": "1"}, ["from-2"]),
        ({"name-2": "一等"}, ["name-2"]),
        ({"name-2": ""}, ["name-2"]),
        ({"most-2": ""}, ["most-2"]),
    ],
)
def test_a_wrong_table_says_where(changes, fields):
    values = {
        "title": "办法", "from_day": "2026-06-01", "name-1": "一等", "from-1": "10万",
        "least-1": "500", "most-1": "800",
        "name-2": "二等", "from-2": "0", "least-2": "0", "most-2": "300", **changes,
    }  # fmt: skip
    said, problems = read_table(values, TODAY)
    assert (said, [problem.field for problem in problems]) == (None, fields)


def test_the_shipped_tables_are_tables():
    assert [table_problems(table.tiers) for table in BY_CODE.values()] == [[], []]


def test_what_is_wrong_with_a_tier_stands_at_its_own_line_where_one_before_was_left_empty():
    typed = {
        "title": "本厂办法", "from_day": "2026-06-01", "name-1": "一等", "from-1": "1万", "least-1": "100",
        "most-1": "500", "name-3": "二等", "from-3": "0", "least-3": "90", "most-3": "50",
    }  # fmt: skip
    assert read_table(typed, date(2026, 5, 12)) == (None, [Problem("reward_bounds_order", "most-3")])


@pytest.mark.parametrize(
    ("yuan", "tier"),
    [
        (None, None), (-1, None), (0, "五等"), (9_999, "五等"), (10_000, "四等"), (100_000, "三等"),
        (500_000, "二等"), (1_000_000, "一等"),
    ],
)  # fmt: skip
def test_a_tier_follows_from_a_verified_benefit_and_from_nothing_else(yuan, tier):
    found = tier_of(OF_1986, None if yuan is None else yuan * 100)
    assert (found and found.name) == tier


def test_people_that_stand_already_take_the_place_of_recipients():
    said, problems = read_award({"amount": "100.01", "recipients": "别人"}, OF_1986, 0, [("甲", 67), ("乙", 33)])
    assert problems == []
    assert [(one.name, one.share, one.fen) for one in said.recipients] == [("甲", 67, 67_01), ("乙", 33, 33_00)]
    _, problems = read_award({"amount": "100"}, OF_1986, -1, [("甲", 100)])
    assert [one.code for one in problems] == ["reward_nothing_gained"]
