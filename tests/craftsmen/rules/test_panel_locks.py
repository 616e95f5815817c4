"""When the lock on a panel's marks may be taken back."""

import pytest

from craftsmen.rules.panel_locks import unlock_problem
from craftsmen.rules.round_stages import Stage as RoundStage
from craftsmen.rules.votes import Stage

DECIDING = RoundStage.DECIDING


@pytest.mark.parametrize(
    ("stage", "locked", "ballots", "code"),
    [
        (DECIDING, True, [], None),
        (DECIDING, True, [Stage.BROKEN], None),
        (DECIDING, False, [], "panel_unlock_not_locked"),
        (DECIDING, True, [Stage.OPEN], "panel_unlock_voting"),
        (DECIDING, True, [Stage.BROKEN, Stage.COUNTED], "panel_unlock_voting"),
        (DECIDING, True, [Stage.CLOSED], "panel_unlock_voted"),
        (DECIDING, True, [Stage.CLOSED, Stage.OPEN], "panel_unlock_voted"),
        *((stage, True, [], "panel_not_deciding") for stage in RoundStage if stage is not DECIDING),
    ],
)
def test_a_lock_is_taken_back_only_while_nothing_rests_on_it(stage, locked, ballots, code):
    problem = unlock_problem(stage, locked=locked, ballots=ballots)
    assert (problem.code if problem else None) == code
