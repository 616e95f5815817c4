"""What can be wrong with what a unit's own system sends, in sentences; the rest is said as on the desk."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "proposals_long": N_(
        "Together at most %(most)s characters at once; these have %(length)s. Send them in several parts."
    ),
}
