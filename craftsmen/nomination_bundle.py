"""Every file of nominations as rows of one zip: papers that count, opinions, portrait and photographs.

Knows what is called how, and the order (channel, rank); the nominations were loaded through what their reader may see.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from craftsmen import materials, nomination_pictures, opinions
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_rounds import RoundForNominations
from foundation.files.bundle import BundleRow
from foundation.store import ledger
from foundation.store.transactions import transaction

PORTRAIT, PHOTOGRAPH = "肖像", "工作照片"
CITY_UNION = "总工会"


async def rows(nominations: Sequence[NominationFacts], rounds: Mapping[int, RoundForNominations]) -> list[BundleRow]:
    """The files of these nominations, in their order: papers, then opinions, then pictures."""
    ids = [one.id for one in nominations]
    papers, said = await materials.of(ids), await opinions.of(ids)
    shown = await nomination_pictures.of_all(nominations)
    made: list[BundleRow] = []
    for one in nominations:
        rules = rounds[one.round_id].rules
        called = {rule.code: rule.name for rule in rules.materials} | {
            f"opinion {rule.code}": rule.name for rule in rules.opinions
        }
        files = [(called.get(paper.code, paper.code), paper.file_id) for paper in papers[one.id]]
        files += [
            (called.get(f"opinion {each.code}", each.code), each.file_id)
            for each in said[one.id]
            if each.file_id is not None
        ]
        pictures = shown[one.id]
        if pictures.portrait is not None:
            files.append((PORTRAIT, pictures.portrait.file_id))
        files += [(PHOTOGRAPH, each.picture.file_id) for each in pictures.photographs]
        made += [BundleRow(city_of(one), one.unit, one.name, label, file_id) for label, file_id in files]
    return made


def city_of(one: NominationFacts) -> str:
    """南昌市 of 南昌市总工会; a channel that is no city keeps its name."""
    return one.channel.removesuffix(CITY_UNION) or one.channel


async def note_taken(found: RoundForNominations, count: int, by: int, now: datetime) -> None:
    """Say in the round's stream that somebody took the files of so many nominations away. `now` is the ledger's."""
    async with transaction():
        payload = {"nominations": count, "at": now.isoformat()}
        ledger.record(stream=f"round:{found.id}", act="round.attachments_taken", actor=f"account:{by}", payload=payload)
