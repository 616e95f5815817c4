"""Who may do what with technical innovations.

A draft is its unit's: nobody else selects it. The unions above a unit read what was handed in.
"""

from typing import TYPE_CHECKING, cast

from piccolo.columns.combination import And, Or, WhereRaw

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.organisation_tree import ROOT_PATH, below
from foundation.people.permissions import Permission, Predicate, Rows
from innovations.innovation_tables import Innovation
from innovations.may_units import READERS, READING, UNIT, UNIT_OFFICERS, UNIT_ROLES, own
from innovations.rules.innovations import HANDED_IN_ONCE

if TYPE_CHECKING:
    from piccolo.columns import Varchar
    from piccolo.custom_types import Combinable

    from foundation.people.sessions import SignedIn


# Who reviews in a blind round reads its entries there and nowhere else until it is decided, whatever hats they have.
VEILED = """FROM review_entry JOIN review_round ON review_round.id = review_entry.round
    JOIN review_seat ON review_seat.round = review_round.id
    WHERE review_seat.account = {} AND review_seat.active
    AND review_round.stage IN ('open', 'assigning', 'marking', 'deciding', 'notice')
    AND review_round.rules LIKE '%"blind":true%'"""
_UNVEILED = f"NOT EXISTS (SELECT 1 {VEILED} AND review_entry.innovation = innovation.id)"


def innovations_seen(user: "SignedIn") -> Rows:
    """All of the hat's own unit, and what was handed in below it; nothing that the person reviews blind."""
    if user.hat is None:
        return None
    of_unit = Innovation.organisation == user.hat.organisation_id
    handed_in: Combinable = Innovation.stage.is_in([stage.value for stage in HANDED_IN_ONCE])
    if user.hat.path != ROOT_PATH:
        handed_in = And(below(cast("Varchar", Innovation.organisation.path), user.hat.path), handed_in)
    return And(Or(of_unit, handed_in), WhereRaw(_UNVEILED, user.account_id))


SEE_INNOVATIONS = Permission(
    "see_innovations",
    N_("read innovations: of their own unit all, of the units below what was handed in"),
    Predicate(READERS, READING, innovations_seen),
)

KEEP_INNOVATIONS = Permission(
    "keep_innovations",
    N_("write innovations of the unit, hand them in and withdraw them, claim their benefit"),
    Predicate(UNIT, UNIT_ROLES, lambda user: own(Innovation.organisation, user)),
)

CLEAR_INNOVATIONS = Permission(
    "clear_innovations",
    N_("confirm for the unit that nothing secret is in an innovation"),
    Predicate(UNIT_OFFICERS, frozenset({Role.OFFICER}), lambda user: own(Innovation.organisation, user)),
)

PERMISSIONS: tuple[Permission, ...] = (SEE_INNOVATIONS, KEEP_INNOVATIONS, CLEAR_INNOVATIONS)
