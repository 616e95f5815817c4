"""Who may do what with proposals, innovations and subsidies: this package's permissions, one list.

A proposal's draft is its writer's alone, an innovation's its unit's: nobody else selects it. The unions above a unit
read what was handed in.
"""

from typing import TYPE_CHECKING, cast

from piccolo.columns.combination import And, Or

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.organisation_tree import ROOT_PATH, below
from foundation.people.permissions import Permission, Predicate, Rows, holder
from innovations.innovation_tables import Innovation
from innovations.proposal_tables import Proposal, ProposalDoor, RewardTable
from innovations.rules.innovations import HANDED_IN_ONCE
from innovations.rules.proposals import SEEN
from innovations.rules.subsidy_steps import ApplicationStage
from innovations.subsidy_tables import SubsidyApplication, SubsidyRound

if TYPE_CHECKING:
    from piccolo.columns import ForeignKey, Varchar
    from piccolo.custom_types import Combinable

    from foundation.people.organisation_tables import Organisation
    from foundation.people.sessions import SignedIn

UNIT = N_("clerks and officers of the unit itself")
ABOVE = N_("clerks, officers and reviewers, for their organisation and those below it")
_UNIT_ROLES = frozenset({Role.CLERK, Role.OFFICER})
UNIT_OFFICERS = N_("officers of the unit itself")
READERS = N_("clerks, officers and reviewers, for their organisation; of those below it what was handed in")
_READING = frozenset({Role.CLERK, Role.OFFICER, Role.REVIEWER})
_HANDED_IN = [stage.value for stage in SEEN]


def _own(column: "ForeignKey[Organisation]", user: "SignedIn") -> Rows:
    return None if user.hat is None else column == user.hat.organisation_id


def _proposals_of_unit(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    return And(Proposal.organisation == user.hat.organisation_id, Proposal.stage.is_in(_HANDED_IN))


def _proposals_below(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    handed_in = Proposal.stage.is_in(_HANDED_IN)
    if user.hat.path == ROOT_PATH:
        return handed_in
    return And(below(cast("Varchar", Proposal.organisation.path), user.hat.path), handed_in)


def _innovations_seen(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    own = Innovation.organisation == user.hat.organisation_id
    handed_in: Combinable = Innovation.stage.is_in([stage.value for stage in HANDED_IN_ONCE])
    if user.hat.path != ROOT_PATH:
        handed_in = And(below(cast("Varchar", Innovation.organisation.path), user.hat.path), handed_in)
    return Or(own, handed_in)


SEE_PROPOSALS = Permission(
    "see_proposals",
    N_("read the proposals that were handed in, and what became of them"),
    Predicate(ABOVE, frozenset({Role.CLERK, Role.OFFICER, Role.REVIEWER}), _proposals_below),
)

HANDLE_PROPOSALS = Permission(
    "handle_proposals",
    N_("answer proposals, carry them out, state their benefit, reward them"),
    Predicate(UNIT, _UNIT_ROLES, _proposals_of_unit),
)

KEEP_DOORS = Permission(
    "keep_proposal_doors",
    N_("open and close the addresses at which workers propose, print their posters"),
    Predicate(UNIT, _UNIT_ROLES, lambda user: _own(ProposalDoor.organisation, user)),
)

KEEP_REWARD_TABLES = Permission(
    "keep_reward_tables",
    N_("set the unit's own table of rewards and its deadlines for answers"),
    Predicate(UNIT, _UNIT_ROLES, lambda user: _own(RewardTable.organisation, user)),
)

SEE_INNOVATIONS = Permission(
    "see_innovations",
    N_("read innovations: of their own unit all, of the units below what was handed in"),
    Predicate(READERS, _READING, _innovations_seen),
)

KEEP_INNOVATIONS = Permission(
    "keep_innovations",
    N_("write innovations of the unit, hand them in and withdraw them, claim their benefit"),
    Predicate(UNIT, _UNIT_ROLES, lambda user: _own(Innovation.organisation, user)),
)

CLEAR_INNOVATIONS = Permission(
    "clear_innovations",
    N_("confirm for the unit that nothing secret is in an innovation"),
    Predicate(UNIT_OFFICERS, frozenset({Role.OFFICER}), lambda user: _own(Innovation.organisation, user)),
)

OFFICERS = N_("union officers, for their organisation and those below it")

RUN_SUBSIDIES = Permission(
    "run_subsidies",
    N_("run rounds of subsidies: terms, eligibility, allocation, payments"),
    holder(Role.OFFICER, OFFICERS, SubsidyRound.organisation.path),
)


def _applications_of_rounds(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    handed_in = SubsidyApplication.stage != ApplicationStage.DRAFT.value
    if user.hat.path == ROOT_PATH:
        return handed_in
    return And(below(cast("Varchar", SubsidyApplication.round.organisation.path), user.hat.path), handed_in)  # type: ignore[union-attr]


SEE_APPLICATIONS = Permission(
    "see_subsidy_applications",
    N_("read applications for subsidies and what became of the money"),
    Predicate(UNIT, _UNIT_ROLES, lambda user: _own(SubsidyApplication.unit, user))
    | Predicate(OFFICERS, frozenset({Role.OFFICER}), _applications_of_rounds),
)

WRITE_APPLICATIONS = Permission(
    "write_subsidy_applications",
    N_("apply for subsidies for the unit's innovations, report what became of the money"),
    Predicate(UNIT, _UNIT_ROLES, lambda user: _own(SubsidyApplication.unit, user)),
)

CHECK_APPLICATIONS = Permission(
    "check_subsidy_applications",
    N_("check applications of rounds they run, record payments and accept reports"),
    Predicate(OFFICERS, frozenset({Role.OFFICER}), _applications_of_rounds),
)

PERMISSIONS: tuple[Permission, ...] = (
    SEE_PROPOSALS, HANDLE_PROPOSALS, KEEP_DOORS, KEEP_REWARD_TABLES,
    SEE_INNOVATIONS, KEEP_INNOVATIONS, CLEAR_INNOVATIONS,
    RUN_SUBSIDIES, SEE_APPLICATIONS, WRITE_APPLICATIONS, CHECK_APPLICATIONS,
)  # fmt: skip
