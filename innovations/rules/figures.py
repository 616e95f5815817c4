"""A unit's proposals of some time in figures; claimed and verified benefit are never added up. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from innovations.rules.proposals import Stage


@dataclass(frozen=True, slots=True)
class Counted:
    """One proposal as it is counted. `adopted` and `done` hold for concluded ones too. Amounts are fen."""

    stage: Stage
    adopted: bool
    done: bool
    person: str  # what tells proposers apart; never shown
    claimed: int | None
    verified: int | None
    uncounted: bool
    reward: int
    ended: Stage | None = None  # of a concluded one that was not adopted: where it stood before


@dataclass(frozen=True, slots=True)
class Figures:
    """件 of proposals, 人 of proposers, fen of benefit and rewards."""

    handed_in: int = 0
    people: int = 0
    adopted: int = 0
    done: int = 0
    waiting: int = 0
    not_adopted: int = 0
    passed_on: int = 0
    verified: int = 0  # fen, of those verified alone
    verified_count: int = 0
    claimed: int = 0  # fen, of those still to be verified alone
    claimed_count: int = 0
    uncounted: int = 0
    rewards: int = 0
    rewarded: int = 0


def figures(proposals: Iterable[Counted]) -> Figures:
    """Count them; what was taken back is left out."""
    kept = [one for one in proposals if one.stage not in (Stage.DRAFT, Stage.WITHDRAWN)]
    verified = [one.verified for one in kept if one.verified is not None]
    claimed = [one.claimed for one in kept if one.claimed is not None and one.verified is None]
    waiting = (Stage.SUBMITTED, Stage.ACCEPTED, Stage.REVIEW, Stage.RETURNED)
    return Figures(
        handed_in=len(kept),
        people=len({one.person for one in kept}),
        adopted=sum(one.adopted for one in kept),
        done=sum(one.done for one in kept),
        waiting=sum(one.stage in waiting for one in kept),
        not_adopted=sum(Stage.NOT_ADOPTED in (one.stage, one.ended) for one in kept),
        passed_on=sum(Stage.PASSED_ON in (one.stage, one.ended) for one in kept),
        verified=sum(verified),
        verified_count=len(verified),
        claimed=sum(claimed),
        claimed_count=len(claimed),
        uncounted=sum(one.uncounted for one in kept),
        rewards=sum(one.reward for one in kept),
        rewarded=sum(one.reward > 0 for one in kept),
    )
