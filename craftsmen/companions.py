"""Who stands beside a craftsman on their page: masters and apprentices. Reads only.

Somebody else is named by their own word alone; how they are shown is not known here.
"""

from collections.abc import Collection, Mapping, Sequence

from craftsmen.guild_tables import Apprenticeship
from craftsmen.rules.showing import Person
from craftsmen.showcase_tables import ShownCraftsman
from foundation.people import consents


async def around(worker_id: int) -> list[int]:
    """The workers who are master or apprentice of this one, by their ids."""
    rows = await Apprenticeship.select(Apprenticeship.master, Apprenticeship.apprentice).where(
        (Apprenticeship.master == worker_id) | (Apprenticeship.apprentice == worker_id),
        Apprenticeship.stage != "ended",
    )
    return sorted({row[side] for row in rows for side in ("master", "apprentice")} - {worker_id})


async def of(worker_id: int) -> tuple[Sequence[Person], Sequence[Person]]:
    """Apprentices and masters of somebody: named where they agreed to their own name, with a page where they have one.

    However many there are, they are read in as many queries as one.
    """
    rows = (
        await Apprenticeship.select(
            Apprenticeship.skill, Apprenticeship.master, Apprenticeship.apprentice,
            Apprenticeship.master.name.as_alias("master_name"),
            Apprenticeship.apprentice.name.as_alias("apprentice_name"),
        )
        .where(
            (Apprenticeship.master == worker_id) | (Apprenticeship.apprentice == worker_id),
            Apprenticeship.stage != "ended",
        )
        .order_by(Apprenticeship.starts_on, Apprenticeship.id)
    )  # fmt: skip
    others = {row[side] for row in rows for side in ("master", "apprentice")} - {worker_id}
    named = {worker for worker, given in (await consents.words_on("name", others)).items() if given}
    pages = await _pages_of(named)

    def people(own: str, other: str) -> list[Person]:
        return [
            Person(row[f"{other}_name"], row["skill"], pages.get(row[other], ""))
            if row[other] in named
            else Person("", row["skill"])
            for row in rows
            if row[own] == worker_id
        ]

    return people("master", "apprentice"), people("apprentice", "master")


async def _pages_of(workers: Collection[int]) -> Mapping[int, str]:
    """The addresses of their public pages, by worker."""
    if not workers:
        return {}
    rows = await ShownCraftsman.select(ShownCraftsman.address, ShownCraftsman.profile.worker.as_alias("worker")).where(
        ShownCraftsman.profile.worker.is_in(sorted(workers))
    )
    return {row["worker"]: row["address"] for row in rows}
