"""What the registry has of a nominated worker beside the nomination: conferred honours, masters and apprentices.

Reads only; who may see the nomination was asked before. It stands in a nomination without being typed again.
"""

from dataclasses import dataclass
from datetime import date

from craftsmen.guild_tables import Apprenticeship
from craftsmen.honour_tables import Honour
from craftsmen.rules.honours import Stage as HonourStage
from craftsmen.visible_lists import visible


@dataclass(frozen=True, slots=True)
class HonourLine:
    """An honour that the registry has of somebody: what stands in a nomination as evidence."""

    id: int
    address: str
    title_id: int
    title: str
    body: str
    document: str
    year: int


@dataclass(frozen=True, slots=True)
class Bond:
    """Master and apprentice, as the registry has them; `other` is the one who is not nominated."""

    master: bool  # the nominated person teaches
    other: str
    skill: str
    starts_on: date
    ends_on: date
    stage: str


async def honours_of(worker_id: int | None) -> list[HonourLine]:
    """The conferred honours that the registry has of a worker, the newest first."""
    if worker_id is None:
        return []
    rows = await (
        Honour.select(
            Honour.id, Honour.address, Honour.title, Honour.title.name.as_alias("title_name"), Honour.body,
            Honour.document, Honour.year,
        )
        .where(Honour.worker == worker_id, Honour.stage == HonourStage.CONFERRED.value, visible(Honour.honour_list))
        .order_by(Honour.year, Honour.id, ascending=False)
    )  # fmt: skip
    return [
        HonourLine(
            row["id"], row["address"], row["title"], row["title_name"], row["body"], row["document"], row["year"]
        )
        for row in rows
    ]


async def bonds_of(worker_id: int | None) -> list[Bond]:
    """Masters and apprentices of a worker, the newest first; what an agreement says stands with the agreement."""
    if worker_id is None:
        return []
    rows = await (
        Apprenticeship.select(
            Apprenticeship.master, Apprenticeship.skill, Apprenticeship.starts_on, Apprenticeship.ends_on,
            Apprenticeship.stage, Apprenticeship.master.name.as_alias("master_name"),
            Apprenticeship.apprentice.name.as_alias("apprentice_name"),
        )
        .where((Apprenticeship.master == worker_id) | (Apprenticeship.apprentice == worker_id))
        .order_by(Apprenticeship.starts_on, Apprenticeship.id, ascending=False)
    )  # fmt: skip
    return [
        Bond(
            master=row["master"] == worker_id,
            other=row["apprentice_name"] if row["master"] == worker_id else row["master_name"],
            skill=row["skill"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            stage=row["stage"],
        )
        for row in rows
    ]
