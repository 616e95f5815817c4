"""Who may do what in reviews of innovations. A reviewer needs no permission: a seat and a task of theirs decide."""

from typing import TYPE_CHECKING

from piccolo.columns.combination import And, WhereRaw

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.permissions import Permission, Predicate, Rows, holder
from innovations.may_units import OFFICERS, UNIT, UNIT_ROLES
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewRound

if TYPE_CHECKING:
    from foundation.people.sessions import SignedIn

# Who reviews in a blind round reads of its entries what `review_desk` shows, and nothing under another hat.
_SEATED = """NOT EXISTS (SELECT 1 FROM review_seat JOIN review_round ON review_round.id = review_seat.round
    WHERE review_seat.round = {table}.round AND review_seat.account = {{}} AND review_seat.active
    AND review_round.stage IN ({stages}) AND review_round.rules LIKE '%"blind":true%')"""
_CLOSED = "'assigning', 'marking', 'deciding', 'notice'"
_ENTRY = _SEATED.format(table="review_entry", stages=f"'open', {_CLOSED}")
_LIST = _SEATED.format(table="review_channel", stages=_CLOSED)  # while it is written, its union has to see it
_NOT_SEATED = N_("nobody who reviews in the round while it hides names")
_CHANNEL = N_("clerks and officers of the union that has places in a round")


def _channels(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    return And(ReviewChannel.organisation == user.hat.organisation_id, WhereRaw(_LIST, user.account_id))


def _entries(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    own = ReviewEntry.innovation.organisation == user.hat.organisation_id
    return And(own, WhereRaw(_ENTRY, user.account_id))


def _not_seated(user: "SignedIn") -> Rows:
    """Whose an entry is stands on the pages of those who run a round: a reviewer of a blind one reads them later."""
    return WhereRaw(
        """NOT EXISTS (SELECT 1 FROM review_seat WHERE review_seat.round = review_round.id
        AND review_seat.account = {} AND review_seat.active
        AND review_round.stage IN ('open', 'assigning', 'marking', 'deciding', 'notice')
        AND review_round.rules LIKE '%"blind":true%')""",
        user.account_id,
    )


RUN_REVIEWS = Permission(
    "run_reviews",
    N_("run reviews of innovations: rules, reviewers, the meeting, the notice"),
    holder(Role.OFFICER, OFFICERS, ReviewRound.organisation.path) & Predicate(_NOT_SEATED, frozenset(), _not_seated),
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
