"""Who may not review what, and by which fact. Pure.

Conflicts are derived from what the registry knows: employer, the company above it, co-authors, studios; to these come
the persons whom the authors named, and what reviewers declared of themselves. A round may add "same city".
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from foundation.base.problem import N_
from innovations.rules.review_rules import Level


class Ground(StrEnum):
    """Why somebody stands too near to an item, in the order in which it is told."""

    AUTHOR = "author"
    UNIT = "unit"
    GROUP = "group"
    CO_AUTHOR = "co_author"
    STUDIO = "studio"
    CITY = "city"
    NAMED = "named"
    DECLARED = "declared"


GROUNDS: Mapping[Ground, str] = {
    Ground.AUTHOR: N_("one of its authors, or called like one"),
    Ground.UNIT: N_("of the same unit, now or before"),
    Ground.GROUP: N_("of the same group of companies"),
    Ground.CO_AUTHOR: N_("made innovations together with one of its authors"),
    Ground.STUDIO: N_("of the same studio"),
    Ground.CITY: N_("of the same city"),
    Ground.NAMED: N_("its unit asked for it"),
    Ground.DECLARED: N_("by their own word"),
}


class Judge(msgspec.Struct, frozen=True):
    """A reviewer as the registry knows them.

    `worker` is 0 where they are no worker of the registry; `units` their employers now and in the years that the round
    looks back; `groups` the companies above these; `co_authors` the workers with whom they made innovations;
    `cities` where their employers stand; `name` as names are compared.
    """

    key: str
    name: str = ""
    worker: int = 0
    units: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    co_authors: frozenset[int] = frozenset()
    studios: frozenset[int] = frozenset()
    cities: frozenset[int] = frozenset()
    declared: frozenset[str] = frozenset()  # items


class Work(msgspec.Struct, frozen=True):
    """An item to review, its authors (workers), their units, groups and studios, and whom they asked to keep out.

    `names` are those of all authors as names are compared, `unknown` of those who are no workers of the registry.
    """

    key: str
    names: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    authors: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    studios: frozenset[int] = frozenset()
    cities: frozenset[int] = frozenset()
    named: frozenset[str] = frozenset()  # reviewers


def grounds(judge: Judge, work: Work, same_city: bool) -> tuple[Ground, ...]:
    """Every ground for keeping this reviewer out of this item; empty where there is none.

    A company above both is a ground also where it is itself the employer or the unit of one of them. Where the
    registry does not know the reviewer or an author, who bears the author's name is taken for them.
    """
    called = judge.name in (work.unknown if judge.worker else work.names) if judge.name else False
    found = {
        Ground.AUTHOR: called or (judge.worker in work.authors if judge.worker else False),
        Ground.UNIT: bool(judge.units & work.units),
        Ground.GROUP: bool((judge.groups | judge.units) & (work.groups | work.units)) and not judge.units & work.units,
        Ground.CO_AUTHOR: bool(judge.co_authors & work.authors),
        Ground.STUDIO: bool(judge.studios & work.studios),
        Ground.CITY: same_city and bool(judge.cities & work.cities),
        Ground.NAMED: judge.key in work.named,
        Ground.DECLARED: work.key in judge.declared,
    }
    return tuple(ground for ground in Ground if found[ground])


def counted(found: Iterable[Ground], level: Level) -> tuple[Ground, ...]:
    """The grounds that count at a level: in a unit's own review everybody is of the unit, so that alone is none."""
    if level is not Level.ENTERPRISE:
        return tuple(found)
    return tuple(ground for ground in found if ground not in {Ground.UNIT, Ground.GROUP, Ground.CITY})


def barred(judges: Sequence[Judge], works: Sequence[Work], same_city: bool) -> Mapping[str, frozenset[str]]:
    """By item, the reviewers who may not have it."""
    return {work.key: frozenset(judge.key for judge in judges if grounds(judge, work, same_city)) for work in works}
