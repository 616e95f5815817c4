"""What is said about searches, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "search_unit_unknown": N_("No unit with “%(name)s” in its name is found here. Try fewer characters of the name."),
    "search_unit_many": N_("More than %(most)s units have “%(name)s” in their name: write more of it, or choose one."),
    "saved_search_empty": N_("Write what is to be looked for, and then keep the search."),
    "saved_search_name_long": N_("A name has at most %(most)s characters."),
    "saved_search_many": N_("You keep %(most)s searches already. Remove one that you need no longer."),
    "saved_search_kept": N_("The search is kept. You find it under “Kept searches”."),
    "saved_search_removed": N_("The search is removed, and its feed ends."),
    "saved_search_feed_closed": N_("The address of the feed answers nothing any more."),
    "search_export_empty": N_("Nothing is found, so there is nothing to take away."),
    "search_export_gone": N_("The post under which this was begun is not yours any more."),
}
