"""Who may do what with subsidies: rounds by who runs them, applications by their unit and those who run the round."""

from typing import TYPE_CHECKING, cast

from piccolo.columns.combination import And, WhereRaw

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.organisation_tree import ROOT_PATH, below
from foundation.people.permissions import Permission, Predicate, Rows, holder
from innovations.may_innovations import VEILED
from innovations.may_units import OFFICERS, UNIT, UNIT_ROLES, own
from innovations.rules.subsidy_steps import ApplicationStage
from innovations.subsidy_tables import SubsidyApplication, SubsidyRound

if TYPE_CHECKING:
    from piccolo.columns import Varchar

    from foundation.people.sessions import SignedIn

RUN_SUBSIDIES = Permission(
    "run_subsidies",
    N_("run rounds of subsidies: terms, eligibility, allocation, payments"),
    holder(Role.OFFICER, OFFICERS, SubsidyRound.organisation.path),
)


_UNVEILED = f"NOT EXISTS (SELECT 1 {VEILED} AND review_entry.innovation = subsidy_application.innovation)"


def _applications_of_rounds(user: "SignedIn") -> Rows:
    """What was handed in to rounds at or below the hat's place; nothing that the person reviews blind."""
    if user.hat is None:
        return None
    unveiled = WhereRaw(_UNVEILED, user.account_id)
    handed_in = And(SubsidyApplication.stage != ApplicationStage.DRAFT.value, unveiled)
    if user.hat.path == ROOT_PATH:
        return handed_in
    return And(below(cast("Varchar", SubsidyApplication.round.organisation.path), user.hat.path), handed_in)  # type: ignore[union-attr]


SEE_APPLICATIONS = Permission(
    "see_subsidy_applications",
    N_("read applications for subsidies and what became of the money"),
    Predicate(UNIT, UNIT_ROLES, lambda user: own(SubsidyApplication.unit, user))
    | Predicate(OFFICERS, frozenset({Role.OFFICER}), _applications_of_rounds),
)

WRITE_APPLICATIONS = Permission(
    "write_subsidy_applications",
    N_("apply for subsidies for the unit's innovations, report what became of the money"),
    Predicate(UNIT, UNIT_ROLES, lambda user: own(SubsidyApplication.unit, user)),
)

CHECK_APPLICATIONS = Permission(
    "check_subsidy_applications",
    N_("check applications of rounds they run, record payments and accept reports"),
    Predicate(OFFICERS, frozenset({Role.OFFICER}), _applications_of_rounds),
)

PERMISSIONS: tuple[Permission, ...] = (RUN_SUBSIDIES, SEE_APPLICATIONS, WRITE_APPLICATIONS, CHECK_APPLICATIONS)
