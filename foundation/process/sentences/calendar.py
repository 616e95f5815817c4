"""What can be wrong with the table of working days, in sentences, and what is said when it was changed."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "calendar_reason_empty": N_("Say why, for example the number of the notice that says so."),
    "calendar_day_form": N_("Enter the day as 2026-10-18."),
    "calendar_day_far": N_("Days from %(first)s to %(last)s can be entered."),
    "calendar_day_same": N_("Nothing to change: %(day)s is entered so already."),
    "calendar_working_empty": N_("Choose whether people work on this day."),
    "calendar_grounds_empty": N_("Name the notice from which the year was entered."),
    "calendar_year_known": N_("The working days of %(year)s are known already, or it is no year that can be entered."),
    "calendar_day_saved": N_("The day is saved."),
    "calendar_day_taken_back": N_("What was entered for the day is taken back."),
    "calendar_year_saved": N_("The year is entered. Its working days can be counted now."),
    "calendar_customs_saved": N_("Saved. It holds for notices that are opened from now on."),
}
