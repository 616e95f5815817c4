"""What can be wrong with a spreadsheet and its cells, in sentences. Row and column stand beside them on the page."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    # the file
    "sheet_missing": N_("Choose a file."),
    "sheet_nothing": N_("This file is empty."),
    "sheet_large": N_("The file is larger than %(most)s MB. Divide it into several parts."),
    "sheet_kind": N_("This is no spreadsheet. Choose a file of Excel or WPS (.xlsx, .xls, .et, .ods) or a CSV."),
    "sheet_page": N_(
        "This is a web page that only bears the name of a spreadsheet, as some systems export it. "
        "Open it in WPS or Excel, save it as .xlsx and choose that file."
    ),
    "sheet_locked": N_("This file opens with a password only. Save it without one and choose it again."),
    "sheet_broken": N_("This file is damaged. Open it in WPS or Excel, save it anew and choose that file."),
    "sheet_bomb": N_(
        "Unpacked, this file would be far larger than any list. It is not opened; copy the rows into a new file."
    ),
    "sheet_absurd": N_(
        "This sheet spreads over so many rows or columns that it cannot be opened, mostly because of something far "
        "below or to the right. Copy the rows into a new file."
    ),
    "sheet_long": N_("The sheet has more than %(rows)s lines. Divide it into several parts."),
    "sheet_wide": N_(
        "The sheet has more than %(columns)s columns, mostly because of something far to the right. "
        "Copy the rows into a new file."
    ),
    "sheet_many": N_("The workbook has too many sheets. Copy the one that counts into a new file."),
    # its cells
    "sheet_empty": N_("This cell is empty, and it is needed."),
    "sheet_failed": N_("The formula in this cell has no result. Mend it, or paste the value itself."),
    "sheet_text_long": N_("The text has %(length)s characters; %(most)s fit."),
    "sheet_character_lost": N_("A character of this text was lost (�). Enter it again."),
    "sheet_digits_lost": N_(
        "The spreadsheet has made a number such as 3.6E+17 of this, and its last digits are lost. "
        "Set the column to text first, then enter it again."
    ),
    "sheet_zeros_lost": N_(
        "“%(text)s” has fewer than %(length)s digits: the spreadsheet has dropped the zeros in front. "
        "Set the column to text first, then enter it again."
    ),
    "sheet_code_length": N_("“%(text)s” does not have %(length)s characters."),
    "sheet_whole": N_("“%(text)s” is no whole number."),
    "sheet_whole_range": N_("The number must lie between %(least)s and %(most)s."),
    "sheet_money": N_(
        "“%(text)s” is no amount. Write a number, with 元 or 万元 behind it where the heading says neither."
    ),
    "sheet_money_fine": N_("“%(text)s” is finer than one fen. Round it."),
    "sheet_money_range": N_("The amount must lie between %(least)s and %(most)s yuan."),
    "sheet_day": N_("“%(text)s” is no date. Write it as 2025-03-01, 2025年3月 or 2025."),
    "sheet_day_ambiguous": N_(
        "“%(text)s” may be January or October, for spreadsheets make %(year)s.1 of %(year)s.10. "
        "Write %(year)s-01 or %(year)s-10."
    ),
    "sheet_day_serial": N_("“%(text)s” is how a spreadsheet counts days, probably %(day)s. Set the cell to a date."),
    "sheet_day_short_month": N_("“%(text)s” names a year alone; the month is needed as well."),
    "sheet_day_short_day": N_("“%(text)s” names no day; year, month and day are needed."),
    "sheet_day_future": N_("“%(text)s” is still to come."),
    "sheet_choice": N_("“%(text)s” is not among the choices: %(choices)s."),
}
