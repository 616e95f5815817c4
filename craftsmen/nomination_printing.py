"""What papers of nominations need from the database: words, honours, the portrait; and the print of a form, recorded.

A form that is printed is a `process.prints` version of `nomination:<id>`; the scan that comes back is attached to the
version on it, in `materials.py`. Knows no page; the nominations were loaded through what their reader may see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from craftsmen import nomination_pictures, nomination_records, standings
from craftsmen.nomination_papers import Printed
from craftsmen.nomination_reads import NominationFacts
from foundation.files import picture_reads
from foundation.files.picture_reads import ShownPicture
from foundation.papers.documents import Picture
from foundation.process import prints
from foundation.store.transactions import transaction

FORM = "approval"
WIDEST = 640  # pixels: 35 mm of a portrait at 450 dots an inch


@dataclass(frozen=True, slots=True)
class Words:
    """The Chinese of a worker's record by code, as pages say it."""

    politics: Mapping[str, str]
    education: Mapping[str, str]
    grades: Mapping[str, str]


async def record(nomination: NominationFacts, by: int, now: datetime) -> None:
    """Say that the approval form is printed with the data it has in `nomination`."""
    async with transaction():
        await prints.record(nomination.subject, FORM, standings.version(nomination), by, now)


async def printed(nominations: Sequence[NominationFacts], words: Words) -> list[Printed]:
    """Nominations with all that is printed beside them, in their order."""
    shown = await nomination_pictures.of_all(nominations)
    return [await _one(one, words, shown[one.id].portrait) for one in nominations]


async def _one(one: NominationFacts, words: Words, portrait: ShownPicture | None) -> Printed:
    person = one.person
    return Printed(
        one,
        tuple(await nomination_records.honours_of(one.worker_id)),
        politics=words.politics.get(person.politics, "") if person else "",
        education=words.education.get(person.education, "") if person else "",
        grade=words.grades.get(person.grade, "") if person else "",
        portrait=await _portrait(portrait) if portrait else None,
    )


async def _portrait(shown: ShownPicture) -> Picture:
    """The cut around the face, as our own workshop made it: nothing of the upload but its pixels."""
    widths = [width for width in shown.widths("portrait") if width <= WIDEST] or shown.widths("portrait")[:1]
    sent = await picture_reads.hidden_rendition(shown.id, "portrait", widths[-1], "webp")
    return Picture(await sent.content(), shown.alt)
