"""Everything that can be wrong with certificates, their numbers, printers and runs, and with prints of forms."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "certificate_empty": N_("Fill this in; it stands on the certificate."),
    "certificate_long": N_("This has at most %(most)s characters."),
    "certificate_characters": N_(
        "These characters cannot be printed, because no font here has them: %(characters)s. "
        "Compare them with the ID card."
    ),
    "certificate_reason_empty": N_("Say why. Everyone who checks the certificate reads it."),
    "certificate_at_valid": N_("This certificate is valid."),
    "certificate_at_corrected": N_("This certificate was corrected already; look at the one in its place."),
    "certificate_at_replaced": N_("This certificate was replaced already; look at the one in its place."),
    "certificate_at_revoked": N_("This certificate was revoked already."),
    "certificate_number_taken": N_("The number %(number)s exists in another series. Give this series another pattern."),
    "series_unknown": N_("There is no series of certificate numbers called “%(code)s”. An officer defines it first."),
    "series_code": N_("The code is made of small letters, digits and hyphens, and begins with a letter."),
    "series_name": N_("Give the series a name of at most 100 characters."),
    "series_pattern": N_("A pattern has {号} once and {年} at most once, such as 赣匠证〔{年}〕{号}."),
    "series_sign": N_("Put a sign before the number, such as 赣匠证, so that it is told from others."),
    "series_digits": N_("The number has 1 to %(most)s digits."),
    "series_taken": N_("There is a series of this code already."),
    "series_pattern_taken": N_("Another series has this pattern."),
    "series_in_use": N_("Numbers of this series were given out, so their form stays. Begin another series."),
    "printer_name": N_("Give the printer a name of at most 60 characters, such as its room and the blank in it."),
    "printer_number": N_("This is a whole number from %(least)s to %(most)s."),
    "printer_align": N_("Choose where the lines stand."),
    "printer_beyond": N_("This reaches beyond the right edge of the blank."),
    "printer_offset": N_("This is a number of millimetres from -%(most)s to %(most)s, with at most one decimal."),
    "printer_nothing": N_("At least one field has a place, or nothing would be printed."),
    "printer_changed_meanwhile": N_(
        "Somebody changed this printer meanwhile. What you typed is kept; compare, then save again."
    ),
    "run_empty": N_("Choose at least one valid certificate."),
    "run_range": N_("There is no valid certificate between these two numbers."),
    "run_range_unknown": N_("No certificate of this series has this number."),
    "run_there": N_("The PDFs of this run are there, or being made."),
    "run_large": N_("At most %(most)s certificates are printed at once. Divide them."),
    "check_empty": N_("Type the number or the code that stands on the certificate."),
    "check_nothing": N_("Nothing that was issued here has this number or code. Compare each character with the paper."),
    "print_version_unknown": N_(
        "No version %(version)s of this form was printed. It stands at the lower left of each page, such as 3f2a-91c0."
    ),
    "certificate_replaced_done": N_("A new certificate was given out. The lost one is not valid any more."),
    "series_defined_done": N_("The series is defined."),
    "series_changed_done": N_("The series is changed."),
    "printer_saved_done": N_(
        "The printer is saved. Print the setting page, and hold it with a blank against the light."
    ),
}
