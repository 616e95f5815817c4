"""Who may do what with innovation studios and exhibitions: this part's permissions, one list.

A draft of a studio is its unit's alone. A channel ranks what was applied for below it; whoever called names, assesses
and ends.
"""

from typing import TYPE_CHECKING, cast

from piccolo.columns.combination import And

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.organisation_tree import ROOT_PATH, below
from foundation.people.permissions import Permission, Predicate, Rows, holder
from innovations.library_tables import Exhibition
from innovations.may_units import OFFICERS, UNIT, UNIT_ROLES, own
from innovations.rules.studios import Stage
from innovations.studio_tables import Studio, StudioRound

if TYPE_CHECKING:
    from piccolo.columns import Varchar

    from foundation.people.sessions import SignedIn

_OFFICER = frozenset({Role.OFFICER})
CHANNEL = N_("officers of the channel itself")
LEFT = [stage.value for stage in (Stage.DRAFT, Stage.WITHDRAWN)]  # these are the unit's alone


def _of_channel(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    return And(Studio.channel == user.hat.organisation_id, Studio.stage.not_in(LEFT))


def _below(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    if user.hat.path == ROOT_PATH:
        return Studio.stage.not_in(LEFT)
    return And(below(cast("Varchar", Studio.organisation.path), user.hat.path), Studio.stage.not_in(LEFT))


def _of_calls(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    if user.hat.path == ROOT_PATH:
        return Studio.stage.not_in(LEFT)
    return And(below(cast("Varchar", Studio.round.organisation.path), user.hat.path), Studio.stage.not_in(LEFT))  # type: ignore[union-attr]


SEE_STUDIOS = Permission(
    "see_studios",
    N_("read studios: of their own unit all, of those below what was applied for"),
    Predicate(UNIT, UNIT_ROLES, lambda user: own(Studio.organisation, user)) | Predicate(OFFICERS, _OFFICER, _below),
)

KEEP_STUDIOS = Permission(
    "keep_studios",
    N_("apply for studios of the unit, keep their members and results, report their years"),
    Predicate(UNIT, UNIT_ROLES, lambda user: own(Studio.organisation, user)),
)

RANK_STUDIOS = Permission(
    "rank_studios",
    N_("rank what their channel recommends as studios, give applications back, hand the list in"),
    Predicate(CHANNEL, _OFFICER, _of_channel),
)

RUN_STUDIO_CALLS = Permission(
    "run_studio_calls",
    N_("run calls for studios: standards, places, choice, notice, naming"),
    holder(Role.OFFICER, OFFICERS, StudioRound.organisation.path),
)

KEEP_NAMED_STUDIOS = Permission(
    "keep_named_studios",
    N_("assess studios of calls they run, renew and end their names"),
    Predicate(OFFICERS, _OFFICER, _of_calls),
)

RUN_EXHIBITIONS = Permission(
    "run_exhibitions",
    N_("make exhibitions of published innovations, with halls, talks and posters"),
    holder(Role.OFFICER, OFFICERS, Exhibition.organisation.path),
)

PERMISSIONS: tuple[Permission, ...] = (
    SEE_STUDIOS, KEEP_STUDIOS, RANK_STUDIOS, RUN_STUDIO_CALLS, KEEP_NAMED_STUDIOS, RUN_EXHIBITIONS,
)  # fmt: skip
