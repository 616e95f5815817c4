"""What can be wrong with a sheet that a unit hands in, and what was done with one, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "sheet_kind_gone": N_("This registry knows no sheets of this kind any more."),
    "sheet_row_twice": N_("The same as row %(first)s of this sheet; it is taken once."),
    "sheet_column_unknown": N_("Choose one of the columns."),
    "sheet_column_twice": N_("Two of your columns would be “%(column)s”. Choose one of them."),
    "sheet_column_missing": N_("None of your columns is “%(column)s” yet, and it is needed."),
    "sheet_wrong": N_(
        "Rows that need mending: %(count)s. Mend them and hand the sheet in again, or tick that they are left out for "
        "now."
    ),
    "sheet_nothing_new": N_("No row of this sheet is new and right."),
    "sheet_not_stopped": N_("The work on this sheet goes on, or is done."),
    "sheet_is_reading": N_("This sheet is still being read."),
    "sheet_is_asking": N_("The headings of this sheet need your help first."),
    "sheet_is_checked": N_("This sheet is not taken in yet."),
    "sheet_is_taking": N_("This sheet is being taken in."),
    "sheet_is_visible": N_("This sheet is taken in already."),
    "sheet_is_undoing": N_("This sheet is being taken back."),
    "sheet_is_undone": N_("This sheet was taken back."),
    "sheet_is_dropped": N_("This sheet was dropped."),
    "sheet_dropped": N_("The sheet is dropped."),
    "sheet_headings_said": N_("Your headings are remembered. The sheet is read again."),
    "sheet_taken_back": N_("Nothing of the sheet is visible any more; it is being deleted."),
}
