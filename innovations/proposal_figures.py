"""A year's proposals in figures, added up in the database through what the reader may see, however many there are.

What counts as what is said in `rules/figures.py`; here rows are only put into groups.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from piccolo.columns.combination import And

from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ancestors
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn
from innovations.proposal_tables import Proposal
from innovations.rules.figures import Figures, Group, figures
from innovations.rules.outcomes import UNSTATED
from innovations.rules.proposals import Stage

ENDS = {"not_accept": Stage.NOT_ACCEPTED, "not_adopt": Stage.NOT_ADOPTED, "pass_on": Stage.PASSED_ON}
# What was last said of one that is concluded and was never adopted.
_ENDED = """
  CASE WHEN one.stage = 'closed' AND one.adopted_at IS NULL THEN (
    SELECT step.step FROM proposal_step step
    WHERE step.proposal = one.id AND step.step IN ('not_accept', 'not_adopt', 'pass_on')
    ORDER BY step.id DESC LIMIT 1
  ) END
"""
_GROUPS = f"""
  SELECT one.path AS path, one.stage AS stage, {_ENDED} AS ended, COUNT(*) AS count,
    COUNT(one.adopted_at) AS adopted, COUNT(outcome.id) AS done,
    SUM(outcome.verified) AS verified, COUNT(outcome.verified) AS verified_count,
    SUM(CASE WHEN outcome.verified IS NULL THEN outcome.claimed END) AS claimed,
    COUNT(CASE WHEN outcome.verified IS NULL THEN outcome.claimed END) AS claimed_count,
    COUNT(CASE WHEN outcome.uncounted NOT IN ('', '{UNSTATED}') THEN 1 END) AS uncounted,
    SUM(reward.amount) AS rewards, COUNT(CASE WHEN reward.amount > 0 THEN 1 END) AS rewarded
  FROM ({{}}) one
  LEFT JOIN proposal_outcome outcome ON outcome.proposal = one.id
  LEFT JOIN proposal_reward reward ON reward.proposal = one.id
  GROUP BY 1, 2, 3
"""  # noqa: S608 - ours
# Proposers are told apart by their record, those without one by their name within their unit.
_PEOPLE = """
  SELECT COUNT(*) AS people FROM (
    SELECT DISTINCT one.worker, CASE WHEN one.worker IS NULL THEN one.organisation_id END,
      CASE WHEN one.worker IS NULL THEN one.folded END
    FROM ({}) one
  ) person
"""


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one organisation with all below it. Of people nothing: a person may be in two."""

    id: int
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class YearFigures:
    """All that a reader may see of a year, and the same by each organisation right below theirs (itself too)."""

    whole: Figures
    parts: tuple[Part, ...]


def handed_in(year: int, zone: ZoneInfo) -> Any:
    """The condition on proposals that were handed in during a year of the registry's zone, and not taken back."""
    begins, ends = (datetime.combine(date(one, 1, 1), time(), zone) for one in (year, year + 1))
    return And(
        And(Proposal.handed_in_at >= begins, Proposal.handed_in_at < ends), Proposal.stage != Stage.WITHDRAWN.value
    )


async def of_year(user: SignedIn, permission: Permission, year: int, zone: ZoneInfo) -> YearFigures:
    """What was handed in during a year, as far as this hat may see."""
    chosen = permitted(
        Proposal.select(
            Proposal.id, Proposal.stage, Proposal.adopted_at, Proposal.worker, Proposal.folded,
            Proposal.organisation.id.as_alias("organisation_id"), Proposal.organisation.path.as_alias("path"),
        ),
        permission, user,
    ).where(handed_in(year, zone)).querystrings[0]  # fmt: skip
    rows = await Proposal.raw(_GROUPS, chosen)
    people = (await Proposal.raw(_PEOPLE, chosen))[0]["people"]
    return YearFigures(figures(map(_group, rows), people), await _parts(user, rows))


async def _parts(user: SignedIn, rows: list[Mapping[str, Any]]) -> tuple[Part, ...]:
    depth = len(ancestors(user.hat.path)) if user.hat else 0
    groups: dict[int, list[Group]] = {}
    for row in rows:
        trail = ancestors(row["path"])
        groups.setdefault(trail[depth] if len(trail) > depth else trail[-1], []).append(_group(row))
    found = await (
        Organisation.select(Organisation.id, Organisation.name)
        .where(Organisation.id.is_in(sorted(groups) or [0]))
        .order_by(Organisation.position, Organisation.id)
    )
    return tuple(Part(row["id"], row["name"], figures(groups[row["id"]])) for row in found)


def _group(row: Mapping[str, Any]) -> Group:
    numbers = {name: int(row[name] or 0) for name in Group.__dataclass_fields__ if name not in ("stage", "ended")}
    return Group(Stage(row["stage"]), ENDS.get(row["ended"]), **numbers)
