"""Who may do what with proposals. A draft is its writer's alone: nobody else selects it."""

from typing import TYPE_CHECKING, Any, cast

from piccolo.columns.combination import And, WhereRaw

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.organisation_tree import ROOT_PATH, below
from foundation.people.permissions import Permission, Predicate, Rows
from innovations.may_innovations import VEILED
from innovations.may_units import ABOVE, UNIT, UNIT_ROLES, own
from innovations.proposal_comparing_tables import ProposalAlike
from innovations.proposal_tables import Proposal, ProposalDoor, RewardTable
from innovations.rules.proposals import SEEN, Stage

if TYPE_CHECKING:
    from piccolo.columns import Varchar

    from foundation.people.sessions import SignedIn

# An entry of a blind round is not known by the proposal that it grew out of either.
_GREW = "SELECT innovation.id FROM innovation WHERE innovation.proposal = proposal.id"
_UNVEILED = f"NOT EXISTS (SELECT 1 {VEILED} AND review_entry.innovation IN ({_GREW}))"
_GREW_OF_PAIR = (
    "SELECT innovation.id FROM innovation WHERE innovation.proposal IN (proposal_alike.proposal, proposal_alike.other)"
)
_PAIR_UNVEILED = f"NOT EXISTS (SELECT 1 {VEILED} AND review_entry.innovation IN ({_GREW_OF_PAIR}))"
_HANDED_IN = [stage.value for stage in SEEN]


def _proposals_of_unit(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    return And(Proposal.organisation == user.hat.organisation_id, Proposal.stage.is_in(_HANDED_IN))


def _proposals_below(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    handed_in = And(Proposal.stage.is_in(_HANDED_IN), WhereRaw(_UNVEILED, user.account_id))
    if user.hat.path == ROOT_PATH:
        return handed_in
    return And(below(cast("Varchar", Proposal.organisation.path), user.hat.path), handed_in)


def _alike_of_unit(user: "SignedIn") -> Rows:
    """Pairs of which the unit has the one, and may read the other; none that the person reviews blind."""
    if user.hat is None:
        return None
    own_one = And(ProposalAlike.proposal.organisation == user.hat.organisation_id, _is_in(ProposalAlike.proposal))
    other = _is_in(ProposalAlike.other)
    if user.hat.path != ROOT_PATH:
        path: Any = cast("Any", ProposalAlike.other.organisation).path
        other = And(below(path, user.hat.path), other)
    return And(And(own_one, other), WhereRaw(_PAIR_UNVEILED, user.account_id))


def _is_in(proposal: Any) -> Any:
    return proposal.stage.is_in([stage.value for stage in SEEN if stage is not Stage.WITHDRAWN])


SEE_PROPOSALS = Permission(
    "see_proposals",
    N_("read the proposals that were handed in, and what became of them"),
    Predicate(ABOVE, frozenset({Role.CLERK, Role.OFFICER, Role.REVIEWER}), _proposals_below),
)

HANDLE_PROPOSALS = Permission(
    "handle_proposals",
    N_("answer proposals, carry them out, state their benefit, reward them"),
    Predicate(UNIT, UNIT_ROLES, _proposals_of_unit),
)

KEEP_DOORS = Permission(
    "keep_proposal_doors",
    N_("open and close the addresses at which workers propose, print their posters"),
    Predicate(UNIT, UNIT_ROLES, lambda user: own(ProposalDoor.organisation, user)),
)

KEEP_REWARD_TABLES = Permission(
    "keep_reward_tables",
    N_("set the unit's own table of rewards and its deadlines for answers"),
    Predicate(UNIT, UNIT_ROLES, lambda user: own(RewardTable.organisation, user)),
)

SEE_ALIKE = Permission(
    "see_alike_proposals",
    N_("see which proposals of a sheet are much like another"),
    Predicate(UNIT, UNIT_ROLES, _alike_of_unit),
)

PERMISSIONS: tuple[Permission, ...] = (SEE_PROPOSALS, HANDLE_PROPOSALS, KEEP_DOORS, KEEP_REWARD_TABLES, SEE_ALIKE)
