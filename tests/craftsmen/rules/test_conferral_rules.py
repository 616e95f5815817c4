"""Whom a notice of the chosen shows, and when it can be drafted."""

from datetime import UTC, datetime

import pytest

from craftsmen.rules.conferral import Nominee, State, notice_problems, notice_word
from craftsmen.rules.nomination_steps import Stage

PANEL, NOTICE, SECOND, PROPOSED, CONFERRED = (
    Stage.PANEL, Stage.NOTICE, Stage.SECOND, Stage.PROPOSED, Stage.CONFERRED,
)  # fmt: skip


def state(*stages: Stage, chosen=(), wanted=("notice", "second"), **more) -> State:
    nominees = [Nominee(n, f"某{n}", "单位", "", "南昌", stage) for n, stage in enumerate(stages, 1)]
    return State(**{"nominees": nominees, "chosen": chosen, "notice": "", "wanted": wanted, "confer": 3,
                    "voting": False, **more})  # fmt: skip


@pytest.mark.parametrize(
    ("found", "shown", "codes"),
    [
        (state(PANEL, PANEL), [], ["conferral_nobody_chosen"]),
        (state(PANEL, PANEL, chosen=[2]), [2], []),
        (state(NOTICE, PANEL, chosen=[1]), [1], []),  # its notice was stopped while they stood in it
        (state(SECOND, PANEL), [1], []),  # … or after they had gone on
        (state(PROPOSED, SECOND, NOTICE, PANEL, chosen=[1, 2, 3]), [1, 2, 3], []),
        (state(CONFERRED), [], ["conferral_nobody_chosen"]),
        (state(SECOND, PROPOSED, wanted=("second",)), [], ["conferral_nobody_chosen"]),  # this round has no notice
        (state(SECOND, voting=True), [1], ["conferral_voting"]),
        (state(SECOND, PANEL, due=True), [1], ["conferral_ballot_due"]),
    ],
)
def test_a_notice_shows_everybody_who_is_still_to_be_named(found, shown, codes):
    assert [one.id for one in found.to_show] == shown
    assert [problem.code for problem in notice_problems(found)] == codes


DAY = [datetime(2026, 3, day, tzinfo=UTC) for day in range(1, 4)]


@pytest.mark.parametrize(
    ("found", "ended", "stopped", "word"),
    [
        ("", None, None, ""),
        ("passed", DAY[1], None, "passed"),
        ("passed", DAY[1], DAY[0], "passed"),  # stopped, shown again, and passed
        ("passed", DAY[0], DAY[1], "stopped"),  # passed, shown again, and that was stopped
        ("", None, DAY[0], "stopped"),
        ("running", None, DAY[0], "running"),
        ("held", DAY[0], DAY[1], "held"),
    ],
)
def test_what_was_stopped_last_has_to_be_shown_again(found, ended, stopped, word):
    assert notice_word(found, ended, stopped) == word
