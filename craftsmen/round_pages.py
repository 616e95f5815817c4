"""What the pages of rounds show, gathered: the office's overview, sections with their problems, choices of a new round.

Reads only; every function that takes a person selects through what that person may do.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from craftsmen.honour_tables import HonourTitle
from craftsmen.presets.round_presets import Preset, list_presets
from craftsmen.round_channels import possible_channels
from craftsmen.round_reads import RoundFacts, Version, draft_rules, for_officer, rounds_of, versions
from craftsmen.rounds import check
from craftsmen.rules.round_rows import SECTIONS
from craftsmen.rules.round_rules import Places, RoundRules, canonical, rules_hash
from foundation.base.problem import NotFound, Problem
from foundation.people.organisation_tree import is_below
from foundation.people.sessions import SignedIn


@dataclass(frozen=True, slots=True)
class Title:
    """A title that a round may confer."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a new round can be made from."""

    titles: Sequence[Title]
    presets: Sequence[Preset]
    before: Sequence[RoundFacts]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The rules of a round as they hold or are written, with what is wrong by section (drafts only)."""

    rules: RoundRules
    hash: str
    problems: Mapping[str, Sequence[Problem]]
    versions: Sequence[Version]

    @property
    def wrong(self) -> int:
        return sum(len(found) for found in self.problems.values())

    @property
    def number(self) -> int:
        """Of the newest version; 0 as frozen, and in a draft."""
        return self.versions[-1].number if self.versions else 0


async def choices(user: SignedIn, also: str = "") -> Choices:
    """What this person may start from: titles of their organisation or one above it, presets, rounds they run.

    Of rounds the newest, and the one at the address `also`, where they run it.
    """
    path = user.hat.path if user.hat else ""
    rows = (
        await HonourTitle.select(
            HonourTitle.id, HonourTitle.code, HonourTitle.name, HonourTitle.organisation.path.as_alias("path")
        )
        .where(HonourTitle.active.eq(True))
        .order_by(HonourTitle.position, HonourTitle.id)
    )
    titles = [Title(row["id"], row["code"], row["name"]) for row in rows if is_below(path, row["path"])]
    before = await rounds_of(user)
    if also and also not in {one.address for one in before}:
        with suppress(NotFound):
            before.append(await for_officer(user, also))
    return Choices(titles, list_presets(), before)


async def prepared(found: RoundFacts) -> Prepared:
    """The rules of a round, and for a draft every inconsistency."""
    frozen = await versions(found.id)
    rules = frozen[-1].rules if frozen else await draft_rules(found.id)
    problems: dict[str, list[Problem]] = {section: [] for section in SECTIONS}
    for problem in () if frozen else await check(rules):
        problems[section_of(problem.field)].append(problem)
    return Prepared(rules, rules_hash(canonical(rules)), problems, frozen)


def section_of(field: str) -> str:
    """The section that a problem's field stands in."""
    start = field.partition("-")[0]
    return "vote" if start in ("scheme", "criteria") else start if start in SECTIONS else "general"


async def channels_for(found: RoundFacts, rules: RoundRules) -> list[Places]:
    """All that may recommend, with the places they have."""
    return await possible_channels(found.organisation_id, rules.places)
