"""What a round's rules look at in a nomination: facts with few values each, no name and no number. Pure.

Filters of composition rows, special quotas, opinions and materials are conjunctions of (fact, value) over these.
Which workers count as what is custom of the field (RULES: "Craftsmen and honours"); the words are data here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum


class Role(StrEnum):
    """What somebody does at work (岗位身份); heads and cadres need more opinions than others."""

    FRONT_LINE = "front_line"  # 一线职工
    TECHNICAL = "technical"  # 其他一线和专业技术人员
    MANAGER = "manager"  # 管理人员, no head
    ENTERPRISE_HEAD = "enterprise_head"  # 企业负责人
    CADRE = "cadre"  # 党政机关、事业单位 干部


class UnitType(StrEnum):
    """What kind of unit somebody works in."""

    STATE_ENTERPRISE = "state_enterprise"
    NON_PUBLIC = "non_public"  # 非公有制企业
    INSTITUTION = "institution"  # 事业单位
    AUTHORITY = "authority"  # 机关
    SOCIAL = "social"  # 社会组织


@dataclass(frozen=True, slots=True)
class NomineeFacts:
    """One nomination as composition, opinions and materials see it. `special` is a quota's code or empty."""

    key: int  # the nomination's id
    gender: str  # female, male, or empty: not known
    role: Role
    unit_type: UnitType
    migrant: bool = False
    new_form: bool = False
    minority: bool = False  # 少数民族: an ethnicity that is known and is not 汉族
    team: bool = False
    channel: int = 0
    special: str = ""


def _word(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


FACTS = tuple(field.name for field in fields(NomineeFacts) if field.name != "key")
"""The names that a filter may use."""

Filter = tuple[tuple[str, str], ...]
"""All of these must hold: (("gender", "female"), ("migrant", "yes")); the empty one holds for everybody."""


_YES_NO = ("yes", "no")

VALUES: Mapping[str, tuple[str, ...]] = {
    "gender": ("female", "male"),
    "role": tuple(Role),
    "unit_type": tuple(UnitType),
    "migrant": _YES_NO,
    "new_form": _YES_NO,
    "minority": _YES_NO,
    "team": _YES_NO,
}
"""What a filter may ask of whom; a channel or a special quota is no kind of person, so no filter speaks of it."""


def wrong_part(wanted: Filter) -> tuple[str, str] | None:
    """The first part of a filter that asks for a fact or a value that there is not, or None."""
    for name, value in wanted:
        if name not in VALUES or not set(value.split("|")) <= set(VALUES[name]):
            return name, value
    return None


def chosen(wanted: Filter) -> Mapping[str, frozenset[str]]:
    """For each fact that a filter speaks of, the values that it leaves; one left none holds for nobody."""
    left: dict[str, frozenset[str]] = {}
    for name, value in wanted:
        values = frozenset(value.split("|"))
        left[name] = left[name] & values if name in left else values
    return left


def nobody(wanted: Filter) -> bool:
    """Whether a filter contradicts itself, so that it holds for nobody: female and male at once."""
    return not all(chosen(wanted).values())


def holds(wanted: Filter, facts: NomineeFacts) -> bool:
    """Whether every part of the filter holds; `a|b` as a value means either."""
    return all(_word(getattr(facts, name)) in value.split("|") for name, value in wanted)


def as_words(facts: NomineeFacts) -> Mapping[str, str]:
    """Every fact as a filter writes it."""
    return {name: _word(getattr(facts, name)) for name in FACTS}
