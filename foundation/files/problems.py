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
    "file_locked": N_("“%(name)s” is protected by a password, so nobody here could read it. Save it without one."),
}
