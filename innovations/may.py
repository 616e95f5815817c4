"""Who may do what in this package: its permissions, one list. Each part has a file `may_<part>`."""

from foundation.people.permissions import Permission
from innovations import (
    may_acts,  # noqa: F401 - what of two people blind reviewers are not shown
    may_benefits,
    may_innovations,
    may_proposals,
    may_review,
    may_same_as,
    may_spread,
    may_studios,
    may_subsidies,
)
from innovations.may_innovations import CLEAR_INNOVATIONS, KEEP_INNOVATIONS, SEE_INNOVATIONS
from innovations.may_proposals import HANDLE_PROPOSALS, KEEP_DOORS, KEEP_REWARD_TABLES, SEE_PROPOSALS
from innovations.may_subsidies import CHECK_APPLICATIONS, RUN_SUBSIDIES, SEE_APPLICATIONS, WRITE_APPLICATIONS

__all__ = [
    "CHECK_APPLICATIONS", "CLEAR_INNOVATIONS", "HANDLE_PROPOSALS", "KEEP_DOORS", "KEEP_INNOVATIONS",
    "KEEP_REWARD_TABLES", "PERMISSIONS", "RUN_SUBSIDIES", "SEE_APPLICATIONS", "SEE_INNOVATIONS", "SEE_PROPOSALS",
    "WRITE_APPLICATIONS",
]  # fmt: skip

PERMISSIONS: tuple[Permission, ...] = (
    *may_proposals.PERMISSIONS,
    *may_innovations.PERMISSIONS,
    *may_review.PERMISSIONS,
    *may_benefits.PERMISSIONS,
    *may_spread.PERMISSIONS,
    *may_same_as.PERMISSIONS,
    *may_subsidies.PERMISSIONS,
    *may_studios.PERMISSIONS,
)
