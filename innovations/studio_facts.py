"""What the registry knows of a studio, for the standards: the leader's honours and the results are counted here."""

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
    held = await honour_facts.of_worker(worker)
    return [one for one in held if one.worker == worker and one.stage is Stage.CONFERRED and one.family in TITLED]


async def of(studio: "StudioFacts") -> Facts:
    """A studio as the standards see it."""
    body = studio.draft.body
    return Facts(
        leader_titles=len(await titles(studio.leader)), founded_on=studio.draft.founded_on,
        results=await studio_results.count(studio.home), trainings=body.trainings, upgraded=body.upgraded,
        fund=body.fund, place=body.place, rules=body.rules, topics=body.topics,
    )  # fmt: skip
