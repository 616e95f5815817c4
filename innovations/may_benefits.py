"""Who may do what with benefits: read them, verify them, audit them.

A claim is read where its innovation is: by its unit, by the unions above once the innovation was handed in, and by no
reviewer of a blind round in which it stands.
"""

from typing import TYPE_CHECKING, cast

from piccolo.columns.combination import And, Or, WhereRaw

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.organisation_tree import ROOT_PATH, below
from foundation.people.permissions import Permission, Predicate, Rows, holder
from innovations.benefit_tables import BenefitDraw
from innovations.innovation_tables import Benefit, Innovation
from innovations.may_innovations import VEILED
from innovations.may_units import OFFICERS, READERS, READING, own
from innovations.rules.innovations import HANDED_IN_ONCE

if TYPE_CHECKING:
    from piccolo.columns import ForeignKey, Varchar
    from piccolo.custom_types import Combinable

    from foundation.people.organisation_tables import Organisation
    from foundation.people.sessions import SignedIn

_HANDED_IN = [stage.value for stage in HANDED_IN_ONCE]
_UNIT = cast("ForeignKey[Organisation]", Benefit.innovation.organisation)
_UNVEILED = f"NOT EXISTS (SELECT 1 {VEILED} AND review_entry.innovation ="
_OF_DRAWN = "SELECT innovation_benefit.innovation FROM innovation_benefit WHERE innovation_benefit.id ="
FINANCE = N_("clerks, officers and reviewers of the unit; officers and reviewers above it, once it was handed in")


def _seen(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    handed_in: Combinable = Benefit.innovation.stage.is_in(_HANDED_IN)
    if user.hat.path != ROOT_PATH:
        handed_in = And(below(cast("Varchar", Benefit.innovation.organisation.path), user.hat.path), handed_in)  # type: ignore[union-attr]
    seen = Or(cast("Combinable", own(_UNIT, user)), handed_in)
    return And(seen, WhereRaw(f"{_UNVEILED} innovation_benefit.innovation)", user.account_id))


def _handed_in_below(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    unveiled = WhereRaw(f"{_UNVEILED} innovation.id)", user.account_id)
    handed_in = And(Innovation.stage.is_in(_HANDED_IN), unveiled)
    if user.hat.path == ROOT_PATH:
        return handed_in
    return And(below(cast("Varchar", Innovation.organisation.path), user.hat.path), handed_in)


def drawn_unveiled(user: "SignedIn") -> WhereRaw:
    """The condition on what a sample consists of: nothing that the person reviews blind."""
    return WhereRaw(f"{_UNVEILED} ({_OF_DRAWN} innovation_benefit_drawn.benefit))", user.account_id)


SEE_BENEFITS = Permission(
    "see_benefits",
    N_("read what innovations bring, with the working, and its totals"),
    Predicate(READERS, READING, _seen),
)

VERIFY_BENEFITS = Permission(
    "verify_benefits",
    N_("put what finance found beside a claimed benefit and ask a second person to confirm it"),
    Predicate(FINANCE, READING, lambda user: own(Innovation.organisation, user))
    | Predicate(FINANCE, frozenset({Role.OFFICER, Role.REVIEWER}), _handed_in_below),
)

CHECK_CLAIMS = Permission(
    "check_claimed_benefits",
    N_("be told of claimed benefits of the unit that wait to be looked into"),
    Predicate(N_("clerks, officers and reviewers of the unit itself"), READING, lambda user: own(_UNIT, user)),
)

AUDIT_BENEFITS = Permission(
    "audit_benefits",
    N_("draw samples of the verified benefits of units below, and record what an audit found"),
    holder(Role.OFFICER, OFFICERS, BenefitDraw.organisation.path),
)

PERMISSIONS: tuple[Permission, ...] = (SEE_BENEFITS, VERIFY_BENEFITS, CHECK_CLAIMS, AUDIT_BENEFITS)
