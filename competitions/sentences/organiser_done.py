"""What an organiser is told once when an act is done."""

from foundation.base.problem import N_

DONE: dict[str, str] = {
    "competition_created": N_("The competition is created. Now add its contests."),
    "competition_changed": N_("The competition is saved."),
    "organiser_added": N_("The organiser is added."),
    "organiser_removed": N_("The organiser is removed."),
    "contest_created": N_("The contest is created."),
    "contest_changed": N_("The contest is saved."),
    "settings_changed": N_("Who sees what is saved."),
    "scheme_saved": N_("The draft is saved."),
    "scheme_uploaded": N_("The scheme file is the draft now. Look it over."),
    "scheme_frozen": N_("The scheme is frozen. Its hash stands in the ledger."),
    "scheme_amended": N_("The amendment is published with its reason. Its hash stands in the ledger."),
    "roster_added": N_("The entries are added."),
    "entry_removed": N_("The entry is removed."),
    "facts_saved": N_("What is recorded of the entry is saved."),
    "difficulty_saved": N_("The difficulty is saved."),
    "person_corrected": N_("The contestant is corrected."),
    "seat_given": N_("The judge is seated."),
    "seat_changed": N_("The seat is saved."),
    "seat_removed": N_("The seat is removed."),
    "marking_opened": N_("Marking is open. The judges can begin."),
}
