"""Who may link innovations as one: officers of a union above both. Their units read it and say what they think."""

from typing import TYPE_CHECKING, cast

from piccolo.columns.combination import And

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.permissions import Permission, Predicate, Rows
from innovations.innovation_tables import Innovation
from innovations.may_innovations import KEEP_INNOVATIONS, innovations_seen

if TYPE_CHECKING:
    from piccolo.custom_types import Combinable

    from foundation.people.sessions import SignedIn


def _below(user: "SignedIn") -> Rows:
    """What they read of units below their own: their own unit would win by it."""
    seen = innovations_seen(user)
    if seen is None or user.hat is None:
        return None
    return And(cast("Combinable", seen), Innovation.organisation != user.hat.organisation_id)


LINK_SAME = Permission(
    "link_same_innovations",
    N_("link innovations of units below as the same, and ask a second person to merge their credit"),
    Predicate(N_("officers of a union above both units"), frozenset({Role.OFFICER}), _below),
)

SEE_SAME = Permission(
    "see_same_innovations",
    N_("read with which other an innovation was linked as the same, and why"),
    LINK_SAME.held_by | KEEP_INNOVATIONS.held_by,
)

PERMISSIONS: tuple[Permission, ...] = (LINK_SAME, SEE_SAME)
