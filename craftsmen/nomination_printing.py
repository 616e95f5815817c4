"""What papers of nominations need from the database: words, honours, the portrait; and the print of a form, recorded.

A paper that is printed is a `process.prints` version of `nomination:<id>`, each paper for itself; the scan that comes
back is attached to the version on it, in `materials.py`. Knows no page; the nominations were loaded through what their
reader may see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from craftsmen import nomination_pictures, nomination_records, standings
from craftsmen.nomination_papers import Printed
from craftsmen.nomination_reads import NominationFacts
from craftsmen.rules.facts import holds
from craftsmen.rules.papers_printed import Form, form_of, record_of
from craftsmen.rules.round_rules import MaterialRule, RoundRules
from foundation.base.problem import NotFound
from foundation.files import picture_reads
from foundation.files.picture_reads import ShownPicture
from foundation.papers.documents import Picture
from foundation.process import prints
from foundation.store.transactions import transaction

WIDEST = 640  # pixels: 35 mm of a portrait at 450 dots an inch


@dataclass(frozen=True, slots=True)
class Words:
    """The Chinese of a worker's record by code, as pages say it."""

    politics: Mapping[str, str]
    education: Mapping[str, str]
    grades: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Printing:
    """How one paper of ours stands: the version it would print now, those that were printed, the newest first."""

    version: str
    made: tuple[prints.PrintFacts, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether what stands on the paper changed after it was printed last."""
        return bool(self.made) and self.version != self.made[0].data_hash


async def record(nomination: NominationFacts, rules: RoundRules, rule: MaterialRule, by: int, now: datetime) -> None:
    """Say that a paper of ours is printed with the data it has in `nomination`."""
    version = standings.version_on(nomination, rules, rule)
    async with transaction():
        await prints.record(nomination.subject, record_of(rule), version, by, now)


async def of(nomination: NominationFacts, rules: RoundRules) -> dict[str, Printing]:
    """How the papers of ours stand that this nominee needs, by their codes."""
    return {
        rule.code: Printing(
            standings.version_on(nomination, rules, rule), tuple(await prints.of(nomination.subject, record_of(rule)))
        )
        for rule in rules.materials
        if rule.ours and holds(rule.when, nomination.facts)
    }


def paper_of(nomination: NominationFacts, rules: RoundRules, code: str) -> MaterialRule:
    """The paper of ours with this code that this nominee needs; without a code the approval form. Raises NotFound."""
    ours = [one for one in rules.materials if one.ours and holds(one.when, nomination.facts)]
    wanted = [one for one in ours if (one.code == code if code else form_of(one) is Form.APPROVAL)]
    if not wanted:
        raise NotFound
    return wanted[0]


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
