"""What is said about exhibitions of innovations, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "exhibition_name": N_("Give the exhibition a name."),
    "exhibition_long": N_("At most %(most)s characters stand here."),
    "exhibition_day": N_("Enter a day, such as 2026-11-01."),
    "exhibition_days": N_("The last day is not before the first one."),
    "exhibition_time": N_("Enter a time of day, such as 09:30."),
    "exhibition_step_late": N_("Somebody has done this already, or it cannot be done now. Reload the page."),
    "exhibition_changed": N_(
        "Somebody changed the exhibition while you were writing. What you typed is still here: "
        "compare, and send it again."
    ),
    "exhibition_empty": N_("Choose at least one innovation before everyone reads it."),
    "exhibition_full": N_("At most %(most)s exhibits."),
    "exhibit_number": N_("The number of an exhibit is from 1 to %(most)s."),
    "exhibit_number_twice": N_("Number %(number)s stands twice."),
    "exhibition_talk_title": N_("Say what the talk is about."),
    "exhibition_talk_place": N_("Say where the talk is held."),
    "exhibition_talk_hours": N_("A talk ends after it begins, on the same day."),
    "exhibition_talks_many": N_("At most %(most)s talks."),
    "exhibition_by": N_("Choose how the halls are made."),
    "exhibition_made": N_("The exhibition is a draft. Choose its innovations next."),
    "exhibition_saved": N_("The exhibition is kept."),
    "exhibition_chosen": N_("The choice is kept. Have halls proposed, or arrange them yourself."),
    "exhibition_arranged": N_("Halls and numbers are kept."),
    "exhibition_talk_kept": N_("The talks are kept."),
    "exhibition_step_taken": N_("Done. What everyone reads has changed with it."),
}
