"""What can be wrong with numbers and codes that the base checks, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "calendar_year_unknown": N_(
        "The days off of %(year)s are not known here yet. "
        "An officer of the federation enters them on the page “Working days”."
    ),
    "calendar_days_count": N_("The number of working days is a whole number from 1 to %(most)s."),
    "code_length": N_("A unified social credit code has 18 characters, not %(length)s."),
    "code_character": N_(
        "“%(character)s” cannot stand in a unified social credit code: it is made of digits and capital letters "
        "without I, O, S, V and Z."
    ),
    "code_district": N_("Characters 3 to 8 of a unified social credit code are digits: those of the place."),
    "code_check": N_("The last character does not fit the others: at least one character of the code is wrong."),
    "identity_length": N_("An ID number has 18 characters, not %(length)s."),
    "identity_old": N_(
        "This is an ID number of 15 digits, which is no longer valid. Enter the 18 characters of the present card."
    ),
    "identity_characters": N_("An ID number is made of 17 digits and a last digit or X."),
    "identity_date": N_("Characters 7 to 14 of an ID number are the birth date; this one is no possible date."),
    "identity_check": N_("The last character of the ID number does not fit the others: at least one is wrong."),
    "identity_scientific": N_(
        "“%(text)s” is what a spreadsheet makes of a long number: its last digits are lost. "
        "Set the column to text there, then enter the number again."
    ),
    "identity_phone": N_("A mobile number has 11 digits and starts with 13 to 19."),
    "money_form": N_("Enter an amount as 128600, 128,600.50 or 12.86万."),
    "money_fen": N_("Enter at most two decimals of a yuan."),
    "money_negative": N_("An amount is not below zero."),
    "money_large": N_("This amount is too large; check the number of digits."),
    "upload_encoding": N_("The text of this file cannot be read. Save it as “CSV UTF-8” and upload it again."),
    "upload_long": N_("The list has more than %(most)s lines. Upload it in parts."),
    "upload_cells": N_("Line %(line)s cannot be read: a quotation mark is open, or a cell is far too long."),
}
