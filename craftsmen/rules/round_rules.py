"""The rules of a selection round as one frozen value, its canonical text and hash. Pure; the forms are elsewhere.

Every figure is data with a preset (presets/), frozen and hashed before the first nomination, and amended only with a
date and a reason. Percentages are hundredths of a per cent (3500 is 35%), counts are persons or teams, days are
working days.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import msgspec

from craftsmen.rules.facts import Filter

FORMAT = "ganpo-round/1"


@dataclass(frozen=True, slots=True)
class Places:
    """A channel (推荐渠道) and how many it may recommend (限额). `organisation` is its id, `name` as it was frozen."""

    organisation: int
    name: str
    places: int


@dataclass(frozen=True, slots=True)
class CompositionRow:
    """Of those in `of`, at least or at most `percent` are in `among` too. Rows nest: `of` may name another's filter."""

    code: str
    name: str
    among: Filter  # the numerator; counted within `of`
    of: Filter = ()  # the denominator; () is everybody who counts
    operator: str = ">="  # or "<="
    percent: int = 0  # hundredths of a per cent


@dataclass(frozen=True, slots=True)
class SpecialQuota:
    """Places outside the ratios (专项名额): those recommended under it count in no composition row.

    They come on top of the channels' places, and within the number that can be conferred.
    """

    code: str
    name: str
    most: int


@dataclass(frozen=True, slots=True)
class MaterialRule:
    """A paper that must be handed in, by those for whom `when` holds."""

    code: str
    name: str
    when: Filter = ()
    copies: int = 1
    sheet: str = "A4"  # or A3
    ours: bool = False  # printed from the registry, stamped, and uploaded again


@dataclass(frozen=True, slots=True)
class OpinionRule:
    """An opinion to be asked for (征求意见), for those for whom `when` holds; valid so many days, 0: for ever."""

    code: str
    name: str
    when: Filter = ()
    valid_days: int = 0  # calendar days


@dataclass(frozen=True, slots=True)
class Question:
    """Something that must be so (申报条件): its text, the rule it comes from, and the answer that lets one go on."""

    code: str
    text: str
    basis: str
    wanted: str = "yes"
    evidence: bool = True  # a word of evidence is asked for


@dataclass(frozen=True, slots=True)
class StageRule:
    """A stage that nominations of this round go through; for a notice (公示) `days` working days, else 0."""

    code: str  # rules.nomination_steps.Stage
    days: int = 0
    due: date | None = None  # until when it is to be left


@dataclass(frozen=True, slots=True)
class VoteRule:
    """When somebody is chosen: denominator x yes >= numerator x base, in integers, and who is in the base."""

    base: str = "present"  # present (实到), eligible (有表决权), total (全体委员)
    numerator: int = 2
    denominator: int = 3
    quorum_numerator: int = 2  # present of total
    quorum_denominator: int = 3
    most_ballots: int = 3  # 轮次
    ties: str = "ballot"  # another ballot among the equal; or "chair", or "score"
    mode: str = "paper"  # or electronic


@dataclass(frozen=True, slots=True)
class Criterion:
    """By what standard the panel marks an aspect of the scheme (评分标准)."""

    code: str  # of the aspect
    text: str


@dataclass(frozen=True, slots=True)
class RoundRules:
    """Everything that decides in a round."""

    confer: int  # how many can be conferred
    holder: str = "person"  # or team
    own: bool = False  # people may nominate themselves (自荐)
    places: tuple[Places, ...] = ()
    composition: tuple[CompositionRow, ...] = ()
    specials: tuple[SpecialQuota, ...] = ()
    stages: tuple[StageRule, ...] = ()
    materials: tuple[MaterialRule, ...] = ()
    opinions: tuple[OpinionRule, ...] = ()
    questions: tuple[Question, ...] = ()
    vote: VoteRule = field(default_factory=VoteRule)
    scheme: str = ""  # canonical scheme.json of foundation.tabulation for the panel; empty: no scores
    summary_most: int = 500  # characters
    story_least: int = 0
    story_most: int = 2000
    criteria: tuple[Criterion, ...] = ()

    def stage(self, code: str) -> StageRule | None:
        """The rule of a stage, or None where this round leaves it out."""
        return next((stage for stage in self.stages if stage.code == code), None)

    @property
    def wanted(self) -> frozenset[str]:
        """The codes of its stages, for `nomination_steps.after`."""
        return frozenset(stage.code for stage in self.stages)

    @property
    def all_places(self) -> int:
        """What the channels may recommend together, special quotas not counted."""
        return sum(channel.places for channel in self.places)


def canonical(rules: RoundRules) -> str:
    """The one text of these rules: what is stored, hashed and shown. Rules without criteria have no word of them, as
    those that were frozen before there were any."""
    data = {"format": FORMAT, **asdict(rules)}
    if not rules.criteria:
        del data["criteria"]
    return json.dumps(data, ensure_ascii=False, sort_keys=True, default=_day)


def rules_hash(text: str) -> str:
    """sha256 (hex) of the canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def parsed(text: str) -> RoundRules:
    """The rules of a canonical text of ours, which they give again letter by letter.

    Raises ValueError for anything else: another format, a field too many or too few, a word where a number belongs.
    """
    try:
        data: dict[str, Any] = json.loads(text)
        if data.pop("format") != FORMAT:
            raise ValueError
        rules = msgspec.convert(data, RoundRules)
    except (ValueError, KeyError, AttributeError, TypeError) as error:  # msgspec's own error is a ValueError
        raise ValueError(f"Not the rules of a round in the format {FORMAT}.") from error
    if canonical(rules) != text:
        raise ValueError(f"Not the canonical text of rules in the format {FORMAT}.")
    return rules


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"No value of a round's rules: {value!r}")
