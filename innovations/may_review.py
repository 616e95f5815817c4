"""Who may do what in reviews of innovations. A reviewer needs no permission: a seat and a task of theirs decide."""

from typing import TYPE_CHECKING

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.permissions import Permission, Predicate, Rows, holder
from innovations.may_units import OFFICERS, UNIT, UNIT_ROLES
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewRound

if TYPE_CHECKING:
    from foundation.people.sessions import SignedIn

_CHANNEL = N_("clerks and officers of the union that has places in a round")


def _channels(user: "SignedIn") -> Rows:
    return None if user.hat is None else ReviewChannel.organisation == user.hat.organisation_id


def _entries(user: "SignedIn") -> Rows:
    return None if user.hat is None else ReviewEntry.innovation.organisation == user.hat.organisation_id


RUN_REVIEWS = Permission(
    "run_reviews",
    N_("run reviews of innovations: rules, reviewers, the meeting, the notice"),
    holder(Role.OFFICER, OFFICERS, ReviewRound.organisation.path),
)

RECOMMEND = Permission(
    "recommend_innovations",
    N_("recommend innovations in a review and rank them"),
    Predicate(_CHANNEL, UNIT_ROLES, _channels),
)

SEE_RESULTS = Permission(
    "see_review_results",
    N_("read what became of the unit's innovations in reviews, ask that somebody keeps out"),
    Predicate(UNIT, UNIT_ROLES, _entries),
)

PERMISSIONS = (RUN_REVIEWS, RECOMMEND, SEE_RESULTS)
