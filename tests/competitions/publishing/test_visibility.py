"""Who sees what: the lines that everyone may see, for every setting, and that nothing follows from them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.rules.visibility import (
    NamesShown,
    Person,
    PublicLine,
    TotalsShown,
    Visibility,
    counts,
    public_lines,
    with_totals,
)
from foundation.tabulation.marks import Mark
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme_model import Aspect, Module, Scheme, TieStep
from foundation.tabulation.standings import Entry, Standings
from tests.competitions.publishing.contests_made_up import MadeUp, made_up

SCHEME = Scheme(
    "电工",
    1,
    "incomplete",
    (
        Module("T", "理论", 1_000_000, False, (Aspect("T1", "笔试", "measurement", max=100_000),)),
        Module("P", "实操", 1_000_000, False, (Aspect("P1", "接线", "measurement", max=100_000),)),
    ),
    (TieStep("module", "P"),),
)
PEOPLE = {f"W{number}": Person(f"姓名{number}", f"单位{number}", "南昌") for number in range(1, 7)}
MARKS = {  # theory and practical: totals 90, 80, 80, 80, then nothing for who did not come
    "W1": (50, 40),
    "W2": (30, 50),
    "W3": (40, 40),
    "W4": (40, 40),
}


def standings() -> Standings:
    entries = [Entry(code, "职工组") for code in MARKS] + [Entry("W5", "职工组", "absent"), Entry("W6", "学生组")]
    marks = [
        Mark(entry, aspect, "J1", mark * 1000)
        for entry, both in [*MARKS.items(), ("W6", (10, 10))]
        for aspect, mark in zip(("T1", "P1"), both, strict=True)
    ]
    return tabulate(SCHEME, entries, marks)


def only(table: Standings, entries: frozenset[str]) -> Standings:
    """The standings of some entries alone, from the marks that are in the table."""
    marks = [
        Mark(line.entry, aspect.code, mark.judge, mark.value)
        for line in table.lines
        for module in line.modules
        for aspect in module.aspects
        for mark in aspect.marks
    ]
    kept = [
        Entry(line.entry, line.group, "ok", line.penalty, line.carried, line.time)
        for line in table.lines
        if line.entry in entries
    ]
    return tabulate(SCHEME, kept, marks)


def shown(names: NamesShown, totals: TotalsShown, awarded: int) -> list[PublicLine]:
    table, visibility = standings(), Visibility(names, totals, awarded)
    return public_lines(
        table, only(table, with_totals(table, visibility)), visibility, PEOPLE, groups=("职工组", "学生组")
    )


def line(entry: str, place: int, named: bool, total: str = "", modules: tuple[str, ...] = (), **more: object):
    person = PEOPLE[entry] if named else Person("", "", "")
    group = "学生组" if entry == "W6" else "职工组"
    plain = PublicLine(group, place, entry, person.name, person.unit, person.city, total, modules, False, "")
    return replace(plain, **more)


def test_by_default_the_awarded_have_names_and_totals_and_all_others_work_numbers():
    assert shown(NamesShown.AWARDED, TotalsShown.AWARDED, 2) == [
        line("W1", 1, True, "90.0", ("50.0", "40.0")),
        # parted from the third and fourth by the practical module; as their totals are hidden, that is not said
        line("W2", 2, True, "80.0", ("30.0", "50.0")),
        line("W3", 3, False, tied=True),
        line("W4", 3, False, tied=True),
        line("W6", 1, True, "20.0", ("10.0", "10.0")),
    ]


def test_a_shared_place_is_awarded_whole_and_ties_are_explained_among_those_whose_totals_are_shown():
    tied = {"tied": True, "decided_by": "module:P"}
    assert shown(NamesShown.AWARDED, TotalsShown.AWARDED, 3)[1:4] == [
        line("W2", 2, True, "80.0", ("30.0", "50.0"), decided_by="module:P"),
        line("W3", 3, True, "80.0", ("40.0", "40.0"), **tied),
        line("W4", 3, True, "80.0", ("40.0", "40.0"), **tied),
    ]


@pytest.mark.parametrize(
    "names, totals, named, with_total",
    [
        (NamesShown.AWARDED, TotalsShown.AWARDED, ["W1", "W6"], ["W1", "W6"]),
        (NamesShown.AWARDED, TotalsShown.ALL, ["W1", "W6"], ["W1", "W2", "W3", "W4", "W6"]),
        (NamesShown.ALL, TotalsShown.AWARDED, ["W1", "W2", "W3", "W4", "W6"], ["W1", "W6"]),
        (NamesShown.ALL, TotalsShown.ALL, ["W1", "W2", "W3", "W4", "W6"], ["W1", "W2", "W3", "W4", "W6"]),
        (NamesShown.NOBODY, TotalsShown.AWARDED, [], ["W1", "W6"]),
        (NamesShown.NOBODY, TotalsShown.ALL, [], ["W1", "W2", "W3", "W4", "W6"]),
    ],
)
def test_each_setting_shows_what_it_says(
    names: NamesShown, totals: TotalsShown, named: list[str], with_total: list[str]
):
    lines = shown(names, totals, 1)
    assert [each.work_number for each in lines if each.name or each.unit or each.city] == named
    assert [each.work_number for each in lines if each.total or each.modules] == with_total
    assert [(each.work_number, each.place) for each in lines] == [
        ("W1", 1), ("W2", 2), ("W3", 3), ("W4", 3), ("W6", 1),
    ]  # fmt: skip


def test_who_has_no_place_is_only_counted():
    assert counts(standings().lines) == {"职工组": {"ok": 4, "absent": 1}, "学生组": {"ok": 1}}
    assert "W5" not in [each.work_number for each in shown(NamesShown.ALL, TotalsShown.ALL, 9)]


@given(made_up(), st.integers(0, 4), st.sampled_from(NamesShown))
def test_nothing_follows_from_the_page_about_totals_that_are_hidden(contest: MadeUp, awarded: int, names: NamesShown):
    """Two contests that differ in hidden totals alone, the order kept, have the same page."""
    visibility = Visibility(names, TotalsShown.AWARDED, awarded)
    before = tabulate(contest.scheme, contest.entries, contest.marks, contest.coefficients)
    after = replace(
        before,
        lines=tuple(
            each
            if each.entry in with_totals(before, visibility) or each.total is None
            else replace(each, total=each.total - 1000, modules=(), decided_by="")
            for each in before.lines
        ),
    )
    apart = tabulate(
        contest.scheme,
        [entry for entry in contest.entries if entry.code in with_totals(before, visibility)],
        contest.marks,
        contest.coefficients,
    )
    assert public_lines(after, apart, visibility, PEOPLE) == public_lines(before, apart, visibility, PEOPLE)


@given(made_up(), st.integers(0, 4))
def test_those_whose_totals_are_shown_keep_their_places_when_ranked_alone(contest: MadeUp, awarded: int):
    visibility = Visibility(NamesShown.ALL, TotalsShown.AWARDED, awarded)
    all_of_them = tabulate(contest.scheme, contest.entries, contest.marks, contest.coefficients)
    chosen = with_totals(all_of_them, visibility)
    apart = tabulate(
        contest.scheme,
        [entry for entry in contest.entries if entry.code in chosen],
        contest.marks,
        contest.coefficients,
    )
    assert {each.entry: each.place for each in apart.lines} == {
        each.entry: each.place for each in all_of_them.lines if each.entry in chosen
    }
