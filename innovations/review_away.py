"""From which entries a person keeps out when they look at a round: what is hidden from them leaves no trace in totals.

A reviewer keeps out of what the registry derived, its unit named or they declared; whoever has a post at the unit of
an entry, or at the company above it, keeps out of that entry too, whichever hat they wear. In a unit's own round all
entries are the unit's: there only the reviewers' grounds count.
"""

from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import is_below
from foundation.people.tables import Grant
from innovations.review_tables import ReviewEntry, ReviewKeptOut
from innovations.reviews import RoundFacts
from innovations.rules.review_rules import Level

EMPLOYERS = (Kind.ENTERPRISE, Kind.DIRECT, Kind.JOINT)


async def entries(found: RoundFacts, account: int) -> frozenset[int]:
    """The entries of a round from which this account keeps out."""
    kept = await ReviewKeptOut.select(ReviewKeptOut.entry).where(
        ReviewKeptOut.seat.round == found.id, ReviewKeptOut.seat.account == account
    )
    away = {int(row["entry"]) for row in kept}
    if found.rules.level is Level.ENTERPRISE:
        return frozenset(away)
    posts = await Grant.select(Grant.organisation).where(Grant.account == account, Grant.ended_at.is_null())
    units = await Organisation.select(Organisation.path).where(
        Organisation.id.is_in([row["organisation"] for row in posts if row["organisation"]] or [0]),
        Organisation.kind.is_in([kind.value for kind in EMPLOYERS]),
    )
    if units:
        rows = await ReviewEntry.select(
            ReviewEntry.id,
            ReviewEntry.innovation.organisation.path.as_alias("path"),  # type: ignore[union-attr]
        ).where(ReviewEntry.round == found.id)
        away |= {row["id"] for row in rows if any(is_below(row["path"], unit["path"]) for unit in units)}
    return frozenset(away)
