"""The roles that a grant gives, each for one organisation and all below it, and who may give which.

Knows words and no table. What a judge may do is a seat in a contest, not a role.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """A role by grant, for the organisation of the grant and everything below it."""

    OFFICER = "officer"  # keeps organisations, accounts, workers, circulars, notices; at the root: everything
    REVIEWER = "reviewer"  # reviews drafts, confirms what two people must do
    SIGNER = "signer"  # signs off what is issued
    ORGANISER = "organiser"  # the contest office: creates competitions and runs those they are named in
    CLERK = "clerk"  # a unit's own union: signs for circulars, keeps the unit's workers
    SUPERVISOR = "supervisor"  # reads what the ledger backs, and objections; may suspend a public page


GIVES: Mapping[Role, frozenset[Role]] = {
    Role.OFFICER: frozenset({Role.OFFICER, Role.REVIEWER, Role.SIGNER, Role.ORGANISER, Role.CLERK}),
}
"""Which role may give which, at its own organisation and below."""

GIVES_AT_ROOT: Mapping[Role, frozenset[Role]] = {Role.OFFICER: frozenset(Role)}
"""The same for a hat worn at the root: only the federation names supervisors, so that no unit picks its own."""


def may_give(worn: frozenset[str], *, at_root: bool) -> frozenset[Role]:
    """The roles that somebody wearing these roles may give, at the organisation of their hat and below."""
    given = GIVES_AT_ROOT if at_root else GIVES
    return frozenset(role for giver, roles in given.items() if giver in worn for role in roles)
