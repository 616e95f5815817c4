"""Every sentence that tabulation can need, by the code of its problem.

Written to stand after a place (`marks.csv:17: ...`) as well as beside a field of a form, hence without a full stop.
"""

from typing import Final

from foundation.base.problem import N_

SENTENCES: Final[dict[str, str]] = {
    # any file
    "file_missing": N_("There is no such file"),
    "file_is_folder": N_("This is a folder, not a file"),
    "file_forbidden": N_("This file may not be read"),
    "file_unreadable": N_("This file cannot be read: %(reason)s"),
    "file_large": N_("This file is larger than %(limit)s MiB"),
    # scheme.json and any other JSON
    "json": N_("This is not JSON: something is wrong at column %(column)s"),
    "json_deep": N_("This JSON is nested too deeply"),
    "not_object": N_("A JSON object is needed here"),
    "missing": N_("This must be said"),
    "null": N_("null is no value here: leave the key out or say something"),
    "not_text": N_("A text is needed here"),
    "not_unicode": N_("This text holds half a character and cannot be written as UTF-8"),
    "blank": N_("This must not be blank"),
    "not_decimal": N_(
        "A plain decimal is needed, with at most 12 digits before the point and %(places)s after it, not %(value)s"
    ),
    "not_whole": N_("A whole number from %(low)s to %(high)s is needed, not %(value)s"),
    "not_flag": N_("true or false is needed, not %(value)s"),
    "not_choice": N_("One of %(choices)s is needed, not %(value)s"),
    "not_list": N_("A list is needed here"),
    "empty_list": N_("At least one is needed here"),
    "key_repeated": N_("The key %(key)s stands here more than once"),
    "key_unknown": N_("The key %(key)s is not known here"),
    "key_not_of_kind": N_("The key %(key)s does not belong to this kind of aspect"),
    "key_not_of_step": N_("The key %(key)s does not belong to this tie-break step"),
    "format": N_("The format is %(format)s"),
    "code_is_column": N_("%(code)s is a column of the standings; choose another code"),
    "code_repeated": N_("%(code)s is there already; full-width and ordinary letters count as the same"),
    "no_such_module": N_("The scheme has no module %(code)s"),
    "no_such_aspect": N_("The scheme has no aspect %(code)s"),
    "negative": N_("This must not be negative"),
    "not_positive": N_("This must be greater than 0"),
    "max_not_above_min": N_("The highest mark must be greater than %(min)s"),
    "min_marks_below": N_("min_marks is at least %(least)s: the marks dropped and one more"),
    "min_marks_above": N_("min_marks is %(min_marks)s, but there are only %(judges)s judges"),
    "min_marks_of_sum": N_("A sum needs a mark of every judge: min_marks must be %(judges)s, not %(min_marks)s"),
    "levels": N_("Four texts are needed, for the levels 0, 1, 2 and 3"),
    "table_key_blank": N_("A key of the table must not be blank"),
    "table_key_word": N_("%(key)s has a meaning of its own in marks and cannot be a grade"),
    # any CSV file
    "not_utf8": N_("This is not UTF-8 text; save the file as CSV UTF-8"),
    "no_header": N_("The header is missing; it names the columns %(columns)s"),
    "column_missing": N_("There is no column %(column)s"),
    "column_repeated": N_("The column %(column)s is there more than once"),
    "cells_missing": N_("This line has %(cells)s cells, but the header has %(columns)s"),
    "cells_surplus": N_("This line has %(cells)s cells, but the header has only %(columns)s"),
    "csv_broken": N_("A quotation mark is wrong from here on; the rest of the file was not read"),
    "cell_blank": N_("%(column)s is blank"),
    "cell_not_decimal": N_(
        "%(column)s takes a plain decimal with at most 12 digits before the point and %(places)s after it, "
        "not %(value)s"
    ),
    "cell_negative": N_("%(column)s is never negative, not %(value)s"),
    # entries.csv
    "entry_repeated": N_("Entry %(entry)s is there already; full-width and ordinary letters count as the same"),
    "status_unknown": N_("status is one of %(choices)s, not %(status)s"),
    # marks.csv
    "mark_step": N_("%(aspect)s takes marks from %(min)s to %(max)s in steps of %(step)s, not %(mark)s"),
    "mark_range": N_("%(aspect)s takes marks from %(min)s to %(max)s with at most 3 decimals, not %(mark)s"),
    "mark_level": N_("%(aspect)s takes the levels 0, 1, 2 and 3, not %(mark)s"),
    "mark_grade": N_("%(aspect)s takes one of %(keys)s, not %(mark)s"),
    "row_repeated": N_("%(judge)s has marked %(aspect)s of entry %(entry)s already, in %(first)s"),
    "rows_surplus": N_("%(aspect)s has %(judges)s judges, but entry %(entry)s has rows of %(rows)s"),
    "no_such_entry": N_("There is no entry %(entry)s"),
    # coefficients.csv
    "coefficient_value": N_(
        "coefficient takes a plain decimal greater than 0 with at most 12 digits before the point and %(places)s "
        "after it, not %(value)s"
    ),
    "coefficient_repeated": N_("Entry %(entry)s has a coefficient for %(aspect)s already, in %(first)s"),
    "coefficient_unwanted": N_("%(aspect)s takes no coefficient"),
    "coefficient_missing": N_("Entry %(entry)s has marks in %(aspect)s, but no coefficient"),
    # a results bundle that is none
    "not_zip": N_("This is not a zip file that can be read"),
    "zip_encrypted": N_("%(name)s is encrypted"),
    "zip_strange": N_("%(name)s does not belong in a results bundle"),
    "zip_twice": N_("%(name)s is in the zip more than once"),
    "zip_large": N_("%(name)s is larger than %(limit)s MiB"),
    "zip_damaged": N_("%(name)s is damaged"),
    "bundle_lacks": N_("The bundle has no %(name)s"),
    # a results bundle that does not hold
    "hash_missing": N_("The manifest has no hash of this file"),
    "hash_differs": N_("The file was changed: its hash is %(found)s, but the manifest says %(stated)s"),
    "file_gone": N_("The manifest names this file, but the bundle does not have it"),
    "scheme_hash_differs": N_("The scheme is not the one that was frozen: its hash is %(found)s, not %(stated)s"),
    "header_differs": N_("The columns are %(found)s, recomputed %(expected)s"),
    "row_missing": N_("There is no row for entry %(entry)s, recomputed %(expected)s"),
    "row_unknown": N_("Entry %(entry)s has a row, but recomputed it has none"),
    "row_twice": N_("Entry %(entry)s has a row already"),
    "cell_differs": N_("Entry %(entry)s: %(column)s is %(found)s, recomputed %(expected)s"),
    "order_differs": N_("Entry %(entry)s stands here, recomputed it is entry %(expected)s"),
}
