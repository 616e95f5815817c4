"""Everything that can be wrong with a file, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "stored_missing": N_("Choose a file."),
    "file_empty": N_("The file “%(name)s” is empty. Open it, save it again and choose it once more."),
    "stored_large": N_("The file “%(name)s” is larger than %(most)s MB. Save it smaller, or split it."),
    "file_kind": N_(
        "What “%(name)s” holds is of no kind that is accepted here: PDF, OFD, Word, Excel, PowerPoint, WPS, pictures "
        "(PNG, JPEG, WebP), plain text or ZIP. Its name does not matter; save the document as one of these."
    ),
    "file_two_kinds": N_(
        "“%(name)s” holds a second file behind the first, which is a way to hide programs. "
        "Save the document anew and choose that."
    ),
    "file_broken": N_("“%(name)s” is cut off or damaged. Check that it opens on your computer, then choose it again."),
    "file_macros": N_(
        "“%(name)s” holds macros (small programs). Save it without macros, as .docx or .xlsx, or as PDF."
    ),
    "picture_missing": N_("Choose a picture."),
    "picture_kind": N_(
        "What “%(name)s” holds is no picture that is accepted here: JPEG, PNG, WebP, or HEIC from a telephone. "
        "Its name does not matter; save the picture as one of these."
    ),
    "picture_broken": N_("The picture “%(name)s” is cut off or damaged, so it cannot be shown whole. Choose it again."),
    "picture_pixels": N_("The picture “%(name)s” has more than 50 million pixels. Save it smaller, then choose it."),
    "picture_small": N_(
        "The picture “%(name)s” is too small or too narrow to be shown: each side needs at least 64 pixels. "
        "Choose a larger one."
    ),
    "picture_alt_missing": N_(
        "Say in a few words what the picture shows, for those who cannot see it: who, where, doing what."
    ),
    "picture_alt_long": N_("Say what the picture shows in at most %(most)s characters."),
    "picture_focus": N_("Choose the point of the picture that stays in view when it is cut."),
    "photographs_missing": N_("Choose the photographs of the pages, in their order."),
    "photographs_many": N_("At most %(most)s photographs become one document. Send the others as a second one."),
    "picture_unknown": N_("The picture that was kept for you is gone. Choose it again."),
    "file_unknown": N_("The file that was kept for you is gone. Choose it again."),
    "file_locked": N_("“%(name)s” is protected by a password, so nobody here could read it. Save it without one."),
    "archive_missing": N_("Choose the zip that holds the photographs."),
    "archive_kind": N_("What “%(name)s” holds is no ZIP. Pack the photographs as .zip, not as .rar or .7z."),
    "archive_empty": N_("There are no files in the zip."),
    "archive_broken": N_("The zip is damaged at “%(name)s”. Pack it anew, and choose it again."),
    "archive_many": N_("There are more than %(most)s files in the zip. Make several of it."),
    "archive_large": N_(
        "“%(name)s” makes the zip too large: one file may have %(one)s MB, all together %(whole)s MB when unpacked."
    ),
    "archive_path": N_(
        "The zip names a place outside itself (“%(name)s”), which is a way to overwrite files. Pack it anew."
    ),
    "archive_link": N_("“%(name)s” in the zip is a link and no file. Pack the photographs themselves."),
    "archive_locked": N_("The zip is protected by a password at “%(name)s”. Pack it without one."),
}
