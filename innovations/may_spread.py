"""Who may do what with innovations that another unit takes over: the taker tells, the makers answer."""

from typing import TYPE_CHECKING, cast

from foundation.base.problem import N_
from foundation.people.permissions import Permission, Predicate
from innovations.innovation_tables import Spread
from innovations.may_units import UNIT, UNIT_ROLES, own

if TYPE_CHECKING:
    from piccolo.columns import ForeignKey

    from foundation.people.organisation_tables import Organisation

_MAKERS = cast("ForeignKey[Organisation]", Spread.innovation.organisation)

TELL_SPREAD = Permission(
    "tell_spread",
    N_("tell that the unit has taken over an innovation of another, and what it brought there"),
    Predicate(UNIT, UNIT_ROLES, lambda user: own(Spread.organisation, user)),
)

ANSWER_SPREAD = Permission(
    "answer_spread",
    N_("agree or not that another unit has taken over an innovation of the unit"),
    Predicate(UNIT, UNIT_ROLES, lambda user: own(_MAKERS, user)),
)

SEE_SPREAD = Permission(
    "see_spread",
    N_("read what was told between a unit and the makers of what it took over"),
    TELL_SPREAD.held_by | ANSWER_SPREAD.held_by,
)

PERMISSIONS: tuple[Permission, ...] = (TELL_SPREAD, ANSWER_SPREAD, SEE_SPREAD)
