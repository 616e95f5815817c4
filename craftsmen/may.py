"""Who may do what with honours, rounds, nominations and pages: this package's permissions, one list.

Each is a predicate over rows; what a member of a panel may do is a seat in a round and stands with the panel.
"""

from craftsmen.guild_tables import Apprenticeship
from craftsmen.honour_tables import Honour, HonourTitle
from craftsmen.nomination_tables import Nomination
from craftsmen.round_tables import SelectionRound
from craftsmen.showcase_tables import Profile
from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.permissions import Permission, holder

OFFICERS = N_("union officers, for their organisation and those below it")

# --- honours ---

KEEP_TITLES = Permission(
    "keep_titles",
    N_("keep titles: their verb, conferring body and wording"),
    holder(Role.OFFICER, OFFICERS, HonourTitle.organisation.path),
)

KEEP_HONOURS = Permission(
    "keep_honours",
    N_("register honours, ask to correct or revoke them"),
    holder(Role.OFFICER, OFFICERS, Honour.title.organisation.path),  # type: ignore[union-attr]
)

# --- rounds ---

RUN_ROUNDS = Permission(
    "run_rounds",
    N_("prepare and run selection rounds: rules, stages, panel, conferral"),
    holder(Role.OFFICER, OFFICERS, SelectionRound.organisation.path),
)

# --- nominations ---

NOMINATE = Permission(
    "nominate",
    N_("nominate workers and teams of the own unit, keep their materials"),
    holder(
        (Role.CLERK, Role.OFFICER),
        N_("clerks and officers of a unit, for their unit and those below it"),
        Nomination.unit.path,
    ),
)

# --- pages ---

KEEP_PROFILES = Permission(
    "keep_profiles",
    N_("write and approve the pages of craftsmen, as far as these consent"),
    holder(Role.OFFICER, OFFICERS, Profile.worker.unit.path),  # type: ignore[union-attr]
)

# --- masters, apprentices, talks ---

KEEP_APPRENTICESHIPS = Permission(
    "keep_apprenticeships",
    N_("keep agreements of masters and apprentices, and talks"),
    holder(
        (Role.OFFICER, Role.CLERK),
        N_("union officers and unit clerks, for their organisation and those below it"),
        Apprenticeship.organisation.path,
    ),
)

PERMISSIONS: tuple[Permission, ...] = (
    KEEP_TITLES,
    KEEP_HONOURS,
    RUN_ROUNDS,
    NOMINATE,
    KEEP_PROFILES,
    KEEP_APPRENTICESHIPS,
)
