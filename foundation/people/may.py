"""Who may do what with organisations, accounts and workers: this room's permissions, one list.

Each is a predicate over rows (see `permissions`); pages name one with `may=`, loaders select through it.
"""

from typing import TYPE_CHECKING

from piccolo.columns.combination import And, WhereRaw

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ROOT_PATH, end_of, under
from foundation.people.permissions import EVERYTHING, Permission, Predicate, Rows, at_root, holder
from foundation.people.token_tables import ApiToken
from foundation.people.worker_tables import Worker

if TYPE_CHECKING:
    from foundation.people.sessions import SignedIn

# --- accounts and posts ---

KEEP_ACCOUNTS = Permission(
    "keep_accounts",
    N_("create accounts, hand out activation codes, give and end posts"),
    holder(Role.OFFICER, N_("union officers, for their organisation and those below it"), Organisation.path),
)

HAND_OVER = Permission(
    "hand_over",
    N_("hand over a post to a successor"),
    holder(Role.OFFICER, N_("union officers, for their organisation and those below it"))
    | Predicate(N_("whoever holds the post themselves"), frozenset(), lambda user: EVERYTHING if user.hats else None),
)

# --- organisations ---

KEEP_ORGANISATIONS = Permission(
    "keep_organisations",
    N_("look through the union tree, add organisations and keep their facts"),
    holder(Role.OFFICER, N_("union officers, for their organisation and those below it"), Organisation.path),
)


def _under_their_own(user: "SignedIn") -> Rows:
    if user.hat is None or user.hat.path == ROOT_PATH:
        return EVERYTHING if user.hat else None
    return under(Organisation.path, user.hat.path)


SHAPE_ORGANISATIONS = Permission(
    "shape_organisations",
    N_("rename, move, merge and close organisations"),
    Predicate(
        N_("union officers, for those below their organisation; the federation's for itself as well"),
        frozenset({Role.OFFICER}),
        _under_their_own,
    ),
)

# --- workers ---

KEEP_WORKERS = Permission(
    "keep_workers",
    N_("keep workers, see their telephone or ID number for a reason, hand out codes for their own page"),
    holder(
        (Role.OFFICER, Role.CLERK),
        N_("union officers and unit clerks, for workers of their organisation and those below it"),
        Worker.unit.path,
    ),
)

MERGE_WORKERS = Permission(
    "merge_workers",
    N_("decide whether two records are one worker, and ask to merge them"),
    holder(Role.OFFICER, N_("union officers, for workers of their organisation and those below it"), Worker.unit.path),
)

# --- second factors ---

SET_FACTOR_RULES = Permission(
    "set_factor_rules",
    N_("say which roles sign in with a second factor"),
    at_root(Role.OFFICER, N_("union officers of the federation itself")),
)

# --- tokens for systems ---

KEEP_TOKENS = Permission(
    "keep_tokens",
    N_("see and revoke the tokens of units' own systems; make one for one's own organisation"),
    holder(
        Role.OFFICER,
        N_("union officers, for their organisation and those below it"),
        ApiToken.organisation.path,
    ),
)

# --- acts of two people, messages ---


_VEILS: list[str] = []


def veil_acts(condition: str) -> None:
    """Acts that a person is not shown whatever hats they have: SQL on `two_person_act`, one `{}` for the account."""
    _VEILS.append(condition)


def _acts_below(user: "SignedIn") -> Rows:
    """Acts whose organisation stands at or below the hat's. Acts know ids only, so the tree is asked by id."""
    if user.hat is None:
        return None
    unveiled = WhereRaw(" AND ".join(f"NOT ({one})" for one in _VEILS), *(user.account_id for _ in _VEILS))
    if user.hat.path == ROOT_PATH:
        return unveiled if _VEILS else EVERYTHING
    there = "SELECT 1 FROM organisation WHERE organisation.id = two_person_act.organisation_id"
    here = WhereRaw(f"EXISTS ({there} AND path >= {{}} AND path < {{}})", user.hat.path, end_of(user.hat.path))
    return And(here, unveiled) if _VEILS else here


CONFIRM_ACTS = Permission(
    "confirm_acts",
    N_("confirm or reject what somebody else asked for; it takes two people"),
    Predicate(
        N_("reviewers and union officers, for their organisation and those below it, never for what they asked"),
        frozenset({Role.REVIEWER, Role.OFFICER}),
        _acts_below,
    ),
)

KEEP_OUTBOX = Permission(
    "keep_outbox",
    N_("see messages that could not be delivered, and send them again"),
    at_root(Role.OFFICER, N_("union officers of the federation itself")),
)

PERMISSIONS: tuple[Permission, ...] = (
    KEEP_ORGANISATIONS,
    SHAPE_ORGANISATIONS,
    KEEP_ACCOUNTS,
    HAND_OVER,
    KEEP_WORKERS,
    MERGE_WORKERS,
    SET_FACTOR_RULES,
    KEEP_TOKENS,
    CONFIRM_ACTS,
    KEEP_OUTBOX,
)
