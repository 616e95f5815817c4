"""What an application for money is about, as it was handed in: the only writer of `SubsidyKey`.

Innovation, patents, studio and people of the version that was handed in; by them money for the same is found again
whatever is written later. Knows no round and decides nothing.
"""

from foundation.people.worker_tables import Worker
from innovations import innovation_versions
from innovations.innovation_tables import Innovation
from innovations.rules.double_funding import Same, patent_number
from innovations.subsidy_tables import SubsidyKey


async def keep(application_id: int, innovation_id: int) -> None:
    """Write what it is about anew, in the transaction that hands it in."""
    row = await Innovation.select(Innovation.version, Innovation.studio).where(Innovation.id == innovation_id).first()
    if row is None or not row["version"]:
        raise RuntimeError("An application grows out of what was handed in.")
    said = await innovation_versions.one(innovation_id, row["version"])
    keys = {(Same.INNOVATION, str(innovation_id))}
    keys |= {(Same.PATENT, number) for one in said.body.patents if (number := patent_number(one.number))}
    keys |= {(Same.PERSON, str(one)) for one in await _persons([one.worker for one in said.authors if one.worker])}
    keys |= {(Same.STUDIO, str(row["studio"]))} if row["studio"] else set()
    await SubsidyKey.delete().where(SubsidyKey.application == application_id)
    made = [SubsidyKey(application=application_id, same=same.value, of=of[:80]) for same, of in sorted(keys)]
    await SubsidyKey.insert(*made)


async def _persons(ids: list[int]) -> set[int]:
    """Workers as the registry has them now: two records may have become one since."""
    rows = await Worker.select(Worker.id, Worker.merged_into).where(Worker.id.is_in(ids or [0]))
    return {row["merged_into"] or row["id"] for row in rows}
