"""Why the demonstration is not made, in sentences."""

from foundation.base.problem import N_

SENTENCES = {
    "demo_made": N_("This database holds the demonstration already; nothing was changed."),
    "demo_half_made": N_(
        "The making of the demonstration was broken off in this database. Remove the database and start again, or set "
        "GANPO_HOME to an empty folder."
    ),
    "demo_not_empty": N_(
        "This database is in use and is no demonstration; nothing was changed. Set GANPO_HOME to an empty folder."
    ),
}
