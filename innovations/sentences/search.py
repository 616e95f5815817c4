"""What is said about searches, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "search_unit_unknown": N_("No unit with “%(name)s” in its name is found here. Try fewer characters of the name."),
    "search_unit_many": N_("More than %(most)s units have “%(name)s” in their name: write more of it, or choose one."),
}
