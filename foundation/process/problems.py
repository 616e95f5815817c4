"""Everything that can be wrong in this room, in sentences."""

from foundation.process.sentences import (
    calendar,
    certificates,
    circulars,
    notices,
    objections,
    sheets,
    site,
    suspensions,
)

SENTENCES = (
    circulars.SENTENCES
    | notices.SENTENCES
    | objections.SENTENCES
    | calendar.SENTENCES
    | suspensions.SENTENCES
    | site.SENTENCES
    | certificates.SENTENCES
    | sheets.SENTENCES
)
