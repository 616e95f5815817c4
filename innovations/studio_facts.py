"""What the registry knows of a studio, for the standards: the leader's honours and the results are counted here."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from craftsmen import honour_facts
from craftsmen.honour_facts import HonourFacts
from craftsmen.rules.honours import Family, Stage
from innovations import studio_results
from innovations.rules.studios import Facts

if TYPE_CHECKING:
    from innovations.studios import StudioFacts

TITLED = (Family.CRAFTSMAN, Family.MEDAL, Family.SKILL_LEADER)
"""Which honours make somebody a leader (劳模、工匠): titles and medals, not prizes of a contest."""


async def titles(worker: int) -> Sequence[HonourFacts]:
    """The titles that somebody holds, the newest first."""
    held = [one for one in await honour_facts.held_by([worker]) if _is_title(one)]
    return sorted(held, key=lambda one: (one.on.first_day, one.id), reverse=True)


async def of(studio: "StudioFacts") -> Facts:
    """A studio as the standards see it."""
    return (await of_all([studio]))[studio.id]


async def of_all(found: Sequence["StudioFacts"]) -> dict[int, Facts]:
    """Many studios as the standards see them, by id; in as many queries as for one."""
    held = Counter(one.worker for one in await honour_facts.held_by([one.leader for one in found]) if _is_title(one))
    results = await studio_results.counts([one.home for one in found])
    return {
        one.id: Facts(
            leader_titles=held[one.leader], founded_on=one.draft.founded_on, results=results.get(one.home, 0),
            trainings=one.draft.body.trainings, upgraded=one.draft.body.upgraded, fund=one.draft.body.fund,
            place=one.draft.body.place, rules=one.draft.body.rules, topics=one.draft.body.topics,
        )
        for one in found
    }  # fmt: skip


def _is_title(one: HonourFacts) -> bool:
    return one.stage is Stage.CONFERRED and one.family in TITLED
