"""Rules of objections: which step when, what holds, what must be said, what is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from foundation.base.problem import Problem
from foundation.process.rules.objections import (
    HOLDING,
    STEPS,
    Count,
    ObjectionDraft,
    Stage,
    Verdict,
    after,
    count,
    day_received,
    note_problem,
    read_objection,
    time_problem,
)

OPENED = datetime(2026, 4, 27, 1, 30, tzinfo=UTC)
ENDS = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def test_every_step_that_is_not_listed_is_refused() -> None:
    steps = {step for step, _ in STEPS}
    assert {(step, stage) for step in steps for stage in Stage if isinstance(after(step, stage), Stage)} == set(STEPS)
    ends = {Stage.REFUSED, Stage.CLOSED, Stage.WITHDRAWN}
    assert [pair for pair in STEPS if pair[1] in ends] == []


def test_only_accepted_ones_that_are_not_closed_hold() -> None:
    assert {Stage.ACCEPTED, Stage.CHECKING, Stage.ANSWERED} == HOLDING


@pytest.mark.parametrize(
    ("stages", "counted", "verdict"),
    [
        ([], Count(), Verdict.NONE),
        ([Stage.WITHDRAWN], Count(), Verdict.NONE),
        ([Stage.REFUSED], Count(1, 0, 0, 1, 0), Verdict.SETTLED),
        ([Stage.CLOSED, Stage.REFUSED], Count(2, 0, 1, 1, 0), Verdict.SETTLED),
        ([Stage.CLOSED, Stage.REGISTERED], Count(2, 1, 1, 0, 0), Verdict.OPEN),
        ([Stage.CHECKING], Count(1, 0, 1, 0, 1), Verdict.OPEN),
    ],
)
def test_what_an_ended_notice_says(stages: list[Stage], counted: Count, verdict: Verdict) -> None:
    assert (count(stages), count(stages).verdict) == (counted, verdict)


def test_without_a_name_nothing_of_one_is_kept() -> None:
    typed = {"text": " 有误 ", "named": "no", "name": "王一", "contact": "13800001234"}
    assert read_objection(typed) == (ObjectionDraft("有误", False), [])
    assert read_objection({**typed, "named": "yes"}) == (ObjectionDraft("有误", True, "王一", "13800001234"), [])


def test_what_is_missing_is_told_at_once() -> None:
    assert read_objection({"named": "yes", "text": "x" * 4001}) == (
        None,
        [
            Problem("objection_name_empty", "name"),
            Problem("objection_contact_empty", "contact"),
            Problem("objection_long", "text", {"most": "4000"}),
        ],
    )
    assert read_objection({})[1] == [Problem("objection_named", "named"), Problem("objection_text_empty", "text")]


def test_an_objection_counts_from_the_opening_to_the_end() -> None:
    early, late = Problem("objection_early"), Problem("objection_late")
    told = [time_problem(at, OPENED, ENDS) for at in (OPENED - TICK, OPENED, ENDS - TICK, ENDS)]
    assert told == [early, None, None, late]
    assert time_problem(OPENED, None, None) == early


@pytest.mark.parametrize(
    ("day", "now", "received"),
    [
        (datetime(2026, 4, 28, tzinfo=UTC), ENDS + TICK, datetime(2026, 4, 29, tzinfo=UTC) - TICK),
        (datetime(2026, 5, 6, tzinfo=UTC), datetime(2026, 5, 9, tzinfo=UTC), ENDS - TICK),  # the last day, as a whole
        (datetime(2026, 5, 7, tzinfo=UTC), datetime(2026, 5, 9, tzinfo=UTC), datetime(2026, 5, 8, tzinfo=UTC) - TICK),
        (datetime(2026, 4, 28, tzinfo=UTC), datetime(2026, 4, 28, 3, tzinfo=UTC), datetime(2026, 4, 28, 3, tzinfo=UTC)),
        (datetime(2026, 4, 29, tzinfo=UTC), datetime(2026, 4, 28, 3, tzinfo=UTC), datetime(2026, 4, 29, tzinfo=UTC)),
    ],
)
def test_a_day_on_which_something_came(day: datetime, now: datetime, received: datetime) -> None:
    assert day_received(day, day + timedelta(days=1) - TICK, ENDS, now) == received


def test_only_closing_may_stay_silent() -> None:
    silent = {step: note_problem(step, " ", "upheld") for step in ("accept", "refuse", "check", "answer", "close")}
    assert {step for step, problems in silent.items() if not problems} == {"close"}
    assert note_problem("close", "x" * 2001) == [Problem("objection_long", "note", {"most": "2000"})]
