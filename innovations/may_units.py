"""Who the people of a unit and of the unions above it are, as every `may_<part>` of this package says it."""

from typing import TYPE_CHECKING

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.permissions import Rows

if TYPE_CHECKING:
    from piccolo.columns import ForeignKey

    from foundation.people.organisation_tables import Organisation
    from foundation.people.sessions import SignedIn

UNIT = N_("clerks and officers of the unit itself")
ABOVE = N_("clerks, officers and reviewers, for their organisation and those below it")
UNIT_OFFICERS = N_("officers of the unit itself")
READERS = N_("clerks, officers and reviewers, for their organisation; of those below it what was handed in")
OFFICERS = N_("union officers, for their organisation and those below it")
UNIT_ROLES = frozenset({Role.CLERK, Role.OFFICER})
READING = frozenset({Role.CLERK, Role.OFFICER, Role.REVIEWER})


def own(column: "ForeignKey[Organisation]", user: "SignedIn") -> Rows:
    """The rows of the hat's own organisation."""
    return None if user.hat is None else column == user.hat.organisation_id
