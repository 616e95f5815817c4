"""A unit's proposals of some time in figures; claimed and verified benefit are never added up. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from innovations.rules.proposals import Stage

WAITING = frozenset({Stage.SUBMITTED, Stage.ACCEPTED, Stage.REVIEW, Stage.RETURNED})


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals that stand at one stage, counted together: how many, and fen of all of them.

    `adopted` and `done` hold for concluded ones too. `claimed` is of those alone that are not verified.
    """

    stage: Stage
    ended: Stage | None = None  # of concluded ones that were not adopted: where they stood before
    count: int = 0
    adopted: int = 0
    done: int = 0
    verified: int = 0
    verified_count: int = 0
    claimed: int = 0
    claimed_count: int = 0
    uncounted: int = 0
    rewards: int = 0
    rewarded: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """件 of proposals, 人 of proposers, fen of benefit and rewards.

    What was handed in is adopted, waiting, not adopted, passed on or not accepted: these five sum to it.
    """

    handed_in: int = 0
    people: int = 0
    adopted: int = 0
    done: int = 0
    waiting: int = 0
    not_adopted: int = 0
    passed_on: int = 0
    not_accepted: int = 0
    verified: int = 0  # fen, of those verified alone
    verified_count: int = 0
    claimed: int = 0  # fen, of those still to be verified alone
    claimed_count: int = 0
    uncounted: int = 0
    rewards: int = 0
    rewarded: int = 0


def figures(groups: Iterable[Group], people: int = 0) -> Figures:
    """Groups added up, by `people` proposers; what was taken back, or never handed in, is left out."""
    kept = [one for one in groups if one.stage not in (Stage.DRAFT, Stage.WITHDRAWN)]
    return Figures(
        handed_in=sum(one.count for one in kept),
        people=people,
        adopted=sum(one.adopted for one in kept),
        done=sum(one.done for one in kept),
        waiting=sum(one.count for one in kept if one.stage in WAITING),
        not_adopted=sum(one.count for one in kept if Stage.NOT_ADOPTED in (one.stage, one.ended)),
        passed_on=sum(one.count for one in kept if Stage.PASSED_ON in (one.stage, one.ended)),
        not_accepted=sum(one.count for one in kept if Stage.NOT_ACCEPTED in (one.stage, one.ended)),
        verified=sum(one.verified for one in kept),
        verified_count=sum(one.verified_count for one in kept),
        claimed=sum(one.claimed for one in kept),
        claimed_count=sum(one.claimed_count for one in kept),
        uncounted=sum(one.uncounted for one in kept),
        rewards=sum(one.rewards for one in kept),
        rewarded=sum(one.rewarded for one in kept),
    )
