"""Who may do what with competitions and contests: this package's permissions, one list.

Each is a predicate over `Competition`; what a judge may do is a seat in a contest and stands in `desk.py`.
"""

from typing import TYPE_CHECKING

from competitions.tables import Competition, CompetitionOrganiser, Seat
from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.permissions import Permission, Predicate, Rows, holder

if TYPE_CHECKING:
    from foundation.people.sessions import SignedIn


def _named(user: "SignedIn") -> Rows:
    """The competitions that name this account among those who run them."""
    return Competition.id.is_in(
        CompetitionOrganiser.select(CompetitionOrganiser.competition).where(
            CompetitionOrganiser.account == user.account_id
        )
    )


def _judging_nothing_of_it(user: "SignedIn") -> Rows:
    """The competitions in which this account has no seat: who runs one sees names, and judges see none."""
    return Competition.id.not_in(Seat.select(Seat.contest.competition).where(Seat.account == user.account_id))


NO_JUDGE = Predicate(N_("who judges in none of its contests"), frozenset(), _judging_nothing_of_it)

CREATE_COMPETITIONS = Permission(
    "create_competitions",
    N_("create competitions of the own organisation"),
    holder((Role.OFFICER, Role.ORGANISER), N_("union officers and contest offices")),
)

RUN_COMPETITIONS = Permission(
    "run_competitions",
    N_("run a competition and its contests: schemes, rosters, panels, publication"),
    (
        holder(
            Role.OFFICER,
            N_("union officers, for competitions of their organisation and those below it"),
            Competition.organisation.path,
        )
        | Predicate(N_("contest offices that the competition names"), frozenset({Role.ORGANISER}), _named)
    )
    & NO_JUDGE,
)

PERMISSIONS: tuple[Permission, ...] = (CREATE_COMPETITIONS, RUN_COMPETITIONS)
