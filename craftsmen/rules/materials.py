"""The checklist of materials (齐 / 缺) and the opinions of other bodies: what is needed and what is there. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from craftsmen.rules.facts import NomineeFacts, holds
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.round_rules import MaterialRule, OpinionRule

SOON = timedelta(days=10)  # an opinion that ends within it is pressing

STAGE_PAPERS: Mapping[Stage, str] = {Stage.CONGRESS: "minutes", Stage.UNIT_NOTICE: "unit_notice"}
"""The material by which a stage at the unit is left: minutes of the workers' congress, the stamped notice."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A material that was handed in; `outdated`: it was printed from other data than stand there now."""

    code: str
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist: `state` is here, outdated or missing."""

    rule: MaterialRule
    state: str


class Said(StrEnum):
    """How an opinion stands today."""

    MISSING = "missing"
    AGREES = "agrees"
    SOON = "soon"  # agrees, and ends within days
    EXPIRED = "expired"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Given:
    """An opinion that was given."""

    code: str
    agrees: bool
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion that is needed, and how it stands; `valid_until` is its last day, None for ever or missing."""

    rule: OpinionRule
    state: Said
    valid_until: date | None = None


def checklist(rules: Sequence[MaterialRule], facts: NomineeFacts, handed: Iterable[Handed]) -> tuple[Line, ...]:
    """What must be handed in for somebody like this, in the round's order."""
    by_code = {one.code: one for one in handed}

    def state(rule: MaterialRule) -> str:
        found = by_code.get(rule.code)
        return "missing" if found is None else "outdated" if found.outdated else "here"

    return tuple(Line(rule, state(rule)) for rule in rules if holds(rule.when, facts))


def opinions(
    rules: Sequence[OpinionRule], facts: NomineeFacts, given: Iterable[Given], today: date
) -> tuple[Opinion, ...]:
    """Which opinions must be there for somebody like this, and how each stands today."""
    by_code = {one.code: one for one in given}
    return tuple(_stands(rule, by_code.get(rule.code), today) for rule in rules if holds(rule.when, facts))


def valid_until(rule: OpinionRule, given_on: date) -> date | None:
    """The last day of an opinion given then; a round with 0 days lets it hold for ever."""
    return given_on + timedelta(days=rule.valid_days) if rule.valid_days else None


def _stands(rule: OpinionRule, given: Given | None, today: date) -> Opinion:
    if given is None:
        return Opinion(rule, Said.MISSING)
    if not given.agrees:
        return Opinion(rule, Said.AGAINST, given.valid_until)
    if given.valid_until is None:
        return Opinion(rule, Said.AGREES)
    if given.valid_until < today:
        return Opinion(rule, Said.EXPIRED, given.valid_until)
    return Opinion(rule, Said.SOON if given.valid_until - today <= SOON else Said.AGREES, given.valid_until)
