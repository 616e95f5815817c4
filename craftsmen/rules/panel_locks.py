"""When the lock on a panel's marks may be taken back. Pure."""

from collections.abc import Collection

from craftsmen.rules.round_stages import Stage as RoundStage
from craftsmen.rules.votes import Stage as VoteStage
from foundation.base.problem import Problem


def unlock_problem(stage: RoundStage, *, locked: bool, ballots: Collection[VoteStage]) -> Problem | None:
    """Why the lock of a round cannot be taken back; None where two people may do it.

    A ballot rests on the scores: one that counts leaves them as they are for ever, one that goes on is broken off
    first, and one that was broken off rests on nothing.
    """
    if stage is not RoundStage.DECIDING:
        return Problem("panel_not_deciding")
    if VoteStage.CLOSED in ballots:
        return Problem("panel_unlock_voted")
    if {VoteStage.OPEN, VoteStage.COUNTED} & set(ballots):
        return Problem("panel_unlock_voting")
    return None if locked else Problem("panel_unlock_not_locked")
