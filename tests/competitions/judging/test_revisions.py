"""Retries write nothing, stale pages are refused by name, untouched fields are left alone."""

import pytest

from competitions.rules.revisions import NewMark, Revision, newest, to_write, unfit
from foundation.base.problem import Problem
from tests.competitions.judging.sheets_made_up import SCHEME

FIRST = Revision("D1", 1, "5", "", "a:D1")
SECOND = Revision("D1", 2, "6", "", "b:D1")
TAKEN_BACK = Revision("D1", 3, "", "", "c:D1")


def sent(value: str, base: int, client: str = "new:D1", aspect: str = "D1", detail: str = "") -> NewMark:
    return NewMark(aspect, value, detail, client, base)


def stale(code: str, value: str) -> list[Problem]:
    return [Problem(code, "mark-D1", {"aspect": "D1", "value": value})]


@pytest.mark.parametrize(
    "stored, mark, writes, problems",
    [
        ([], sent("5", 0), True, []),
        ([], sent("", 0), False, []),
        ([FIRST], sent("5", 1), False, []),  # nothing changed
        ([FIRST], sent("6", 1), True, []),  # changed
        ([FIRST], sent("", 1), True, []),  # taken back
        ([FIRST], sent("5", 0, "a:D1"), False, []),  # the answer was lost, the same sheet comes again
        ([FIRST, SECOND], sent("5", 0, "a:D1"), False, []),  # and comes again late
        ([FIRST], sent("5", 0), False, []),  # two tabs say the same
        ([FIRST, SECOND], sent("5", 1), False, []),  # an old tab in which this line was not touched
        ([FIRST], sent("6", 0), False, stale("mark_stale", "5")),  # the back button
        ([FIRST, SECOND], sent("4", 1), False, stale("mark_stale", "6")),
        ([FIRST, SECOND], sent("", 0), False, []),  # an old empty tab, not touched here
        ([FIRST, SECOND, TAKEN_BACK], sent("4", 2), False, stale("mark_stale_blank", "")),
        ([FIRST], sent("6", 7), False, stale("mark_stale", "5")),  # a revision that does not exist
        ([FIRST], sent("6", -1), False, stale("mark_stale", "5")),
        ([FIRST], sent("", -1), False, stale("mark_stale", "5")),  # unreadable base: never taken for untouched
        ([Revision("D1", 1, "absent", "", "a:D1")], sent("6", 0), False, stale("mark_stale_absent", "absent")),
        ([Revision("D1", 1, "void", "", "a:D1")], sent("6", 0), False, stale("mark_stale_void", "void")),
        ([FIRST], sent("6", 1, "a:D1"), True, [Problem("sheet_sent_before")]),  # one id for two marks
        ([FIRST], sent("5", 1, detail="{}"), True, []),  # the reasons count too
    ],
)
def test_what_becomes_a_revision(stored: list[Revision], mark: NewMark, writes: bool, problems: list[Problem]) -> None:
    taken = {each.client_id for each in stored} & {mark.client_id}
    assert to_write([mark], stored, taken) == ([mark] if writes else [], problems)


def test_an_id_that_stands_on_another_work_is_refused() -> None:
    assert to_write([sent("5", 0)], [], {"new:D1"})[1] == [Problem("sheet_sent_before")]


def test_the_newest_revision_counts_whatever_the_order() -> None:
    assert newest([SECOND, FIRST]) == newest([FIRST, SECOND]) == {"D1": SECOND}


@pytest.mark.parametrize(
    "mark, code",
    [
        (sent("5", 0), None),
        (sent("", 0), None),
        (sent("void", 0), None),
        (sent("absent", 0), None),
        (sent("7", 0), "mark_step"),
        (sent("5.0", 0), "sheet_unfinished"),
        (sent("５", 0), "sheet_unfinished"),
        (sent("5", 0, aspect="X"), "sheet_amended"),
    ],
)
def test_only_what_the_scheme_allows_is_stored_and_in_one_spelling(mark: NewMark, code: str | None) -> None:
    assert [problem.code for problem in unfit(SCHEME, [mark])] == ([code] if code else [])
