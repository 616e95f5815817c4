"""What can be wrong with what the site says of itself, and with how it is asked to look, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "site_text_long": N_("This has at most %(most)s characters."),
    "site_changed_meanwhile": N_(
        "Somebody else changed these texts while this page was open. Nothing of yours was saved, and nothing is lost: "
        "compare with what stands now, below, and save again."
    ),
    "prefs_unknown": N_("Choose one of these."),
    "site_done": N_("Saved. Every page shows it from now on."),
}
